package post

import (
	"sync"
	"time"
)

// tiers keeps this process below Slack's limits of calls a minute, so that a
// 429 is the exception. chat.postMessage has no tier: its limit is the pace of
// a channel, which the store keeps.
type tiers struct {
	mu    sync.Mutex
	calls map[string][]time.Time
}

// paced is the reason of a call that was held back here and not made.
const paced = "paced"

// perMinute are Slack's tiers 3 and 4, less a tenth for other replicas' sake.
var perMinute = map[string]int{
	"conversations.open":    45,
	"conversations.history": 45,
}

func newTiers() tiers { return tiers{calls: map[string][]time.Time{}} }

// take counts a call, or returns how long to wait until there is room for it.
func (t *tiers) take(method string, now time.Time) time.Duration {
	n, ok := perMinute[method]
	if !ok {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	calls := t.calls[method]
	for len(calls) > 0 && now.Sub(calls[0]) >= time.Minute {
		calls = calls[1:]
	}
	var wait time.Duration
	if len(calls) >= n {
		wait = max(time.Minute-now.Sub(calls[0]), time.Millisecond)
	} else {
		calls = append(calls, now)
	}
	t.calls[method] = calls
	return wait
}
