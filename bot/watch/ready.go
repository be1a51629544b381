package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Check is one thing without which the process is not fit to serve.
type Check struct {
	Name string // database, socket, token
	// Hint is what to do where it fails; it stands on the page, Fit's error
	// only in the log.
	Hint string
	Fit  func(ctx context.Context) error
}

// Notice is something that those who run the process are told of though it is fit to serve.
// It is asked for every [LookEvery], and not when somebody looks: it may take some seconds,
// and whoever asks whether a process is ready mostly waits for one.
type Notice struct {
	Name string
	Page string                                              // what stands on the page, which anybody may read; Ask's words stand in the log
	Ask  func(ctx context.Context) (words string, err error) // "": there is nothing to tell
}

// Waiting is an error of a check that is still waited for at the start; unlike
// others it is shown on the page.
type Waiting string

func (w Waiting) Error() string { return string(w) }

// LookEvery is how often a process looks by itself whether it is ready.
const LookEvery = 10 * time.Second

// Readiness tells whether every check passes, and logs what begins or ceases to
// fail, whether or not anybody asks. What the start still waits for it leaves to
// the start to log. Safe for concurrent use.
type Readiness struct {
	checks  []Check
	notices []Notice
	log     *slog.Logger
	mu      sync.Mutex
	failing map[string]bool
	told    map[string]string // of notices, what there is to tell
}

// NewReadiness makes one of checks, which it asks all at once, and notices.
func NewReadiness(checks []Check, log *slog.Logger, notices ...Notice) *Readiness {
	return &Readiness{checks: checks, notices: notices, log: log, failing: map[string]bool{}, told: map[string]string{}}
}

// Watch looks every so often, until ctx ends.
func (h *Readiness) Watch(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.ask(ctx)
			h.look(ctx)
		}
	}
}

// noticeLimit bounds what is asked for a notice.
const noticeLimit = 5 * time.Second

// look asks for the notices. What cannot be asked is not told: the checks say why.
func (h *Readiness) look(ctx context.Context) {
	for _, n := range h.notices {
		limited, cancel := context.WithTimeout(ctx, noticeLimit)
		words, err := n.Ask(limited)
		cancel()
		if err != nil {
			words = ""
		}
		h.mu.Lock()
		was := h.told[n.Name]
		h.told[n.Name] = words
		h.mu.Unlock()
		switch {
		case words != "" && was == "":
			h.log.Warn("ready, but", "about", n.Name, "noticed", words)
		case words == "" && was != "" && err == nil:
			h.log.Info("no more", "about", n.Name)
		}
	}
}

// noticed reports whether there was something to tell of n.
func (h *Readiness) noticed(n Notice) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.told[n.Name] != ""
}

// ServeHTTP answers /readyz: bad checks make it 503, notices do not.
func (h *Readiness) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var page strings.Builder
	code := http.StatusOK
	for i, err := range h.ask(r.Context()) {
		c := h.checks[i]
		if err == nil {
			fmt.Fprintf(&page, "ok  %s\n", c.Name)
			continue
		}
		code = http.StatusServiceUnavailable
		hint := c.Hint
		if w := Waiting(""); errors.As(err, &w) {
			hint = string(w)
		}
		fmt.Fprintf(&page, "bad %s: %s\n", c.Name, hint)
	}
	for _, n := range h.notices {
		if h.noticed(n) {
			fmt.Fprintf(&page, "but %s: %s\n", n.Name, n.Page)
		}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	_, _ = io.WriteString(w, page.String())
}

// ask gives what each check says within [askLimit].
func (h *Readiness) ask(ctx context.Context) []error {
	limited, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	errs := make([]error, len(h.checks))
	var wg sync.WaitGroup
	for i, c := range h.checks {
		wg.Go(func() { errs[i] = c.Fit(limited) })
	}
	wg.Wait()
	if ctx.Err() != nil {
		return errs // whoever asked is gone, or the process ends: that says nothing of the checks
	}
	for i, c := range h.checks {
		h.note(c.Name, errs[i])
	}
	return errs
}

func (h *Readiness) note(name string, err error) {
	if errors.As(err, new(Waiting)) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if was := h.failing[name]; was == (err != nil) {
		return
	}
	h.failing[name] = err != nil
	if err != nil {
		h.log.Warn("not ready", "check", name, "error", err)
		return
	}
	h.log.Info("ready again", "check", name)
}
