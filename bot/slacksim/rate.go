package slacksim

import (
	"sync"
	"time"
)

// rates counts calls as Slack does. It runs on the wall clock, since the
// pacing of the app does too.
type rates struct {
	cfg   RateLimits
	mu    sync.Mutex
	spent map[string]*bucket
	dead  string // error for every call: token_revoked, invalid_auth, …
}

// bucket holds burst calls and refills evenly.
type bucket struct {
	left float64
	at   time.Time
}

func (r *rates) init(cfg RateLimits) {
	r.cfg = cfg
	r.spent = map[string]*bucket{}
}

// allow counts one call of a method; where it is too many it gives the pause.
func (r *rates) allow(method string, tier int) (time.Duration, bool) {
	if r.cfg.Off || !r.cfg.Tiers || tier == 0 {
		return 0, true
	}
	return r.take(method, float64(tier), float64(tier)/60)
}

// post counts one post to a channel: about one a second.
func (r *rates) post(channel string) bool {
	if r.cfg.Off {
		return true
	}
	_, ok := r.take("post "+channel, float64(r.cfg.PostBurst), 1)
	return ok
}

func (r *rates) take(key string, burst, perSecond float64) (time.Duration, bool) {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.spent[key]
	if b == nil {
		b = &bucket{left: burst, at: now}
		r.spent[key] = b
	}
	b.left = min(burst, b.left+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	if b.left < 1 {
		return time.Duration((1 - b.left) / perSecond * float64(time.Second)), false
	}
	b.left--
	return 0, true
}

func (r *rates) tokens() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.dead
}

func (r *rates) kill(code string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dead = code
}

// Uninstall removes the app: tokens_revoked and app_uninstalled are sent, then
// every call answers token_revoked and the sockets are closed.
func (ws *Workspace) Uninstall() {
	ws.event("tokens_revoked", map[string]any{"type": "tokens_revoked",
		"tokens": map[string]any{"oauth": []string{}, "bot": []string{ws.cfg.App.BotUserID}}})
	ws.event("app_uninstalled", map[string]any{"type": "app_uninstalled"})
	ws.limits.kill("token_revoked")
	ws.faults.Disconnect("link_disabled")
}

// RefuseTokens makes every call answer code (invalid_auth, account_inactive,
// token_revoked) until it is called with "".
func (f *Faults) RefuseTokens(code string) { f.ws.limits.kill(code) }
