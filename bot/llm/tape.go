package llm

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// Tape is a [Cache] in a file of JSON lines, so that a run with a model can be
// played again without one. It holds keys and right answers, no prompts.
type Tape struct {
	mu   sync.Mutex
	kept map[string]string
	out  io.Writer
}

type taped struct {
	Key    string `json:"key"`
	Answer string `json:"answer"`
}

// NewTape reads what was recorded from in (nil: nothing) and records to out
// (nil: nothing is recorded).
func NewTape(in io.Reader, out io.Writer) (*Tape, error) {
	t := &Tape{kept: map[string]string{}, out: out}
	if in == nil {
		return t, nil
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), 2*MaxBody)
	for n := 1; lines.Scan(); n++ {
		var l taped
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil || l.Key == "" {
			return nil, fmt.Errorf("tape, line %d: it holds no recorded answer", n)
		}
		t.kept[l.Key] = l.Answer
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("tape: %w", err)
	}
	return t, nil
}

// ModelAnswer returns what was recorded under key.
func (t *Tape) ModelAnswer(_ context.Context, _, key string) (string, bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a, ok := t.kept[key]
	return a, ok, nil
}

// KeepModelAnswer records an answer.
func (t *Tape) KeepModelAnswer(_ context.Context, _, key, answer string, _ int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept[key] = answer
	if t.out == nil {
		return nil
	}
	line, err := json.Marshal(taped{Key: key, Answer: answer})
	if err == nil {
		_, err = t.out.Write(append(line, '\n'))
	}
	if err != nil {
		return fmt.Errorf("record an answer: %w", err)
	}
	return nil
}
