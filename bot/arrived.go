package bot

import (
	"sync"
	"time"

	"cairn/bot/chat"
)

// arrivals remember for some minutes which answers have surely arrived. A later
// copy of such a delivery that cannot be looked up in time is no reason to tell
// its receipt again. Other replicas do not know of it: at worst it is told twice.
type arrivals struct {
	mu          sync.Mutex
	begun       time.Time
	now, before map[string]bool
}

// arrivedFor is how long an answer is remembered, and at most twice that.
const arrivedFor = 5 * time.Minute

func (s *arrivals) add(r *chat.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.begun) > arrivedFor {
		s.begun, s.before, s.now = time.Now(), s.now, map[string]bool{}
	}
	s.now[answered(r)] = true
}

func (s *arrivals) has(r *chat.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now[answered(r)] || s.before[answered(r)]
}

// answered names a delivery, in whatever envelope it comes.
func answered(r *chat.Request) string { return r.TeamID + " " + r.Kind + " " + r.Key }
