package model

import (
	"errors"
	"sync"

	"cairn/bot/llm"
)

// recentReads is how many of the latest questions are remembered.
const recentReads = 10

// recent remembers what became of the latest questions.
type recent struct {
	mu    sync.Mutex
	fault []llm.Fault // oldest first; empty: a usable answer
}

func (r *recent) note(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var e *llm.Error
	fault := llm.Fault("")
	if errors.As(err, &e) {
		fault = e.Fault
	} else if err != nil {
		return // nobody's but ours
	}
	r.fault = append(r.fault, fault)
	r.fault = r.fault[max(0, len(r.fault)-recentReads):]
}

// Lately says how many of the latest notes that the model was asked about
// brought no usable answer, and why the last of those did not; of is at most
// ten.
func (r *Reader) Lately() (failed, of int, last llm.Fault) {
	r.recent.mu.Lock()
	defer r.recent.mu.Unlock()
	for _, f := range r.recent.fault {
		if f != "" {
			failed, last = failed+1, f
		}
	}
	return failed, len(r.recent.fault), last
}
