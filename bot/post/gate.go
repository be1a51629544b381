package post

import (
	"fmt"
	"sync"
	"time"

	"cairn/store"
)

// Between two tries of a token that Slack refused.
const (
	firstProbe = 30 * time.Second
	lastProbe  = 5 * time.Minute
)

// gate lets everybody through while the token is good, and one posting now
// and then while it is not.
type gate struct {
	mu      sync.Mutex
	name    string // Slack's word for what is wrong; empty while open
	until   time.Time
	wait    time.Duration
	probing bool
}

func (g *gate) reason() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.name == "" {
		return nil
	}
	return fmt.Errorf("slack refuses the token: %s", g.name)
}

// enter reports whether a worker may claim now.
func (g *gate) enter(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.name == "" {
		return true
	}
	if g.probing || now.Before(g.until) {
		return false
	}
	g.probing = true
	return true
}

// leave says that there was nothing to claim.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.probing = false
}

// judge opens or closes the gate by what a posting met, and tells whether it did. A
// response_url works without a token, so it says nothing about one.
func (g *gate) judge(kind string, o outcome, now time.Time) (closed, opened bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	probe, was := g.probing, g.name
	g.probing = false
	defer func() { closed, opened = was == "" && g.name != "", was != "" && g.name == "" }()
	switch {
	case o.verdict == halted:
		if g.name == "" || probe { // those that were in flight beside it do not count
			g.wait = min(max(2*g.wait, firstProbe), lastProbe)
			g.until = now.Add(g.wait)
		}
		g.name = o.reason
	case kind != store.KindResponse && (o.verdict == sent || o.verdict == parked):
		g.name, g.wait = "", 0
	}
	return closed, opened
}

// next is when the next try is due.
func (g *gate) next(now time.Time) time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.until.After(now) {
		return g.until
	}
	return now.Add(firstProbe)
}
