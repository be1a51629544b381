package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Address is where the pages are served unless told otherwise: on this machine
// only, since they ask for no password.
const Address = "127.0.0.1:9464"

// Check is one thing without which the process is not fit to serve.
type Check struct {
	Name string // database, socket, token
	// Hint is what to do where it fails; it stands on the page, Fit's error
	// only in the log.
	Hint string
	Fit  func(ctx context.Context) error
}

// Waiting is an error of a check that is still waited for at the start; unlike
// others it is shown on the page.
type Waiting string

func (w Waiting) Error() string { return string(w) }

// Handler serves
//
//	/healthz  200 while the process answers at all
//	/readyz   200 if every check passes, else 503; a line a check
//	/metrics  the figures, for Prometheus
//
// and what is mounted besides, by path.
func Handler(m *Meters, checks []Check, mounted map[string]http.Handler, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.Handle("GET /readyz", &ready{checks: checks, log: log, failing: map[string]bool{}})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 4}))
	for path, h := range mounted {
		mux.Handle(path, h)
	}
	return mux
}

// ready answers /readyz, and logs what begins or ceases to fail.
type ready struct {
	checks  []Check
	log     *slog.Logger
	mu      sync.Mutex
	failing map[string]bool
}

func (h *ready) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), askLimit)
	defer cancel()
	errs := make([]error, len(h.checks))
	var wg sync.WaitGroup
	for i, c := range h.checks {
		wg.Go(func() { errs[i] = c.Fit(ctx) })
	}
	wg.Wait()
	var page strings.Builder
	code := http.StatusOK
	for i, c := range h.checks {
		h.note(c.Name, errs[i])
		if errs[i] == nil {
			fmt.Fprintf(&page, "ok  %s\n", c.Name)
			continue
		}
		code = http.StatusServiceUnavailable
		hint := c.Hint
		if w := Waiting(""); errors.As(errs[i], &w) {
			hint = string(w)
		}
		fmt.Fprintf(&page, "bad %s: %s\n", c.Name, hint)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	_, _ = io.WriteString(w, page.String())
}

func (h *ready) note(name string, err error) {
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

// Serve answers on ln until ctx ends.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if srv.Shutdown(last) != nil {
			_ = srv.Close()
		}
	})
	defer stop()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the watch pages: %w", err)
	}
	return nil
}
