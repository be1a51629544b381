package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"cairn/bot"
	"cairn/bot/watch"
	"cairn/store"
)

// standing is how far the start has come: health is served from its beginning.
type standing struct {
	mu    sync.Mutex
	store *store.Store // nil: the database is waited for
	bot   *bot.Bot     // nil: Slack is waited for
	jobs  http.Handler // River's page; nil: not asked for, or not yet
}

func (s *standing) now() (*store.Store, *bot.Bot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store, s.bot
}

// stands is told once the database is there. It lets go of what has been kept
// long enough, and opens the page of jobs where that was asked for, until ctx ends.
func (s *standing) stands(ctx context.Context, e *env, h house, log *slog.Logger) {
	go h.store.Upkeep(ctx, store.UpkeepEvery, time.Now, log)
	var page http.Handler
	if e.config.JobsPage && e.config.Listen != "off" {
		var err error
		if page, err = jobsPage(ctx, h.store.Pool(), e.config.Listen, e.config.JobsOpen, log); err != nil {
			log.Error("the page of jobs is not served", "error", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.store, s.jobs = h.store, page
}

// serves is told once Slack has been greeted.
func (s *standing) serves(b *bot.Bot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bot = b
}

// ServeHTTP is the page of jobs.
func (s *standing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	page := s.jobs
	s.mu.Unlock()
	if page == nil {
		http.Error(w, "The page of jobs is not there: the log says why.", http.StatusServiceUnavailable)
		return
	}
	page.ServeHTTP(w, r)
}

// checks are what /readyz asks.
func (s *standing) checks() []watch.Check {
	return []watch.Check{
		{Name: "database", Hint: "is Postgres up and writable, and DATABASE_URL right?", Fit: func(ctx context.Context) error {
			st, _ := s.now()
			if st == nil {
				return watch.Waiting("waiting for it since the start: is Postgres up, and DATABASE_URL right?")
			}
			return st.Writable(ctx)
		}},
		{Name: "saving", Hint: "lines are not recorded, all or some of them: is the database's disk full, a table locked, something taken away? cairn doctor says which, and who holds it", Fit: func(ctx context.Context) error {
			if _, b := s.now(); b != nil {
				return b.Saving(ctx)
			}
			return watch.Waiting("nothing is taken yet")
		}},
		{Name: "slack", Hint: "run cairn doctor", Fit: func(context.Context) error {
			st, b := s.now()
			switch {
			case st == nil:
				return watch.Waiting("asked once the database is there")
			case b == nil:
				return watch.Waiting("waiting for it since the start: is Slack reached from here? cairn doctor says more")
			}
			return b.Ready()
		}},
	}
}

// notices are what /readyz tells besides.
func (s *standing) notices() []watch.Notice {
	return []watch.Notice{{Name: "contacts", Page: bot.SomeHeld + "; the log and cairn doctor say who", Ask: func(ctx context.Context) (string, error) {
		st, _ := s.now()
		if st == nil {
			return "", nil
		}
		held, err := st.HoldersOfRows(ctx)
		if err != nil || len(held) == 0 {
			return "", err
		}
		return bot.SomeHeld + ": " + bot.Blame(held), nil
	}}}
}

// backlog is what the figures tell of the outbox, and of the database. Whose
// outbox it is, Slack says: while that is waited for there is none.
func (s *standing) backlog(ctx context.Context) (watch.Backlog, error) {
	st, b := s.now()
	switch {
	case st == nil:
		return watch.Backlog{}, errors.New("the database is waited for")
	case b == nil:
		return watch.Backlog{}, st.Writable(ctx)
	}
	l, err := st.Backlog(ctx, b.Team(), time.Now())
	return watch.Backlog{States: l.States, Oldest: l.Oldest}, err
}

// watchOver logs what begins or ceases to fail, and serves health and figures on the
// private address, until ctx ends. A
// taken address is no reason not to serve: a second process on one machine has
// other things to do.
func watchOver(ctx context.Context, e *env, up *standing, m *watch.Meters, log *slog.Logger) error {
	ready := watch.NewReadiness(up.checks(), log, up.notices()...)
	go ready.Watch(ctx, watch.LookEvery)
	if e.config.Listen == "off" {
		return nil
	}
	m.WatchOutbox(up.backlog)
	mounted := map[string]http.Handler{}
	if e.config.JobsPage {
		mounted[jobsPath], mounted[jobsPath+"/"] = up, up
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", e.config.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		log.Warn("health and figures are not served: set CAIRN_LISTEN to another address, or to off", "error", err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("CAIRN_LISTEN is %q, where I cannot listen: write an address of this machine and a port, like 127.0.0.1:9464, or off: %w", e.config.Listen, err)
	}
	go func() {
		if err := watch.Serve(ctx, ln, watch.Handler(m, ready, mounted)); err != nil {
			log.Error("health and figures are served no more", "error", err)
		}
	}()
	return nil
}
