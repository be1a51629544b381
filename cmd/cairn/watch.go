package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"cairn/bot"
	"cairn/bot/watch"
	"cairn/store"
)

// watchOver serves health and figures on the private address, and lets go of
// what has been kept long enough, until ctx ends. A taken address is no reason
// not to serve: a second process on one machine has other things to do.
func watchOver(ctx context.Context, e *env, h house, b *bot.Bot, m *watch.Meters, log *slog.Logger) {
	go h.store.Upkeep(ctx, store.UpkeepEvery, time.Now, log)
	if e.config.Listen == "off" {
		return
	}
	m.WatchOutbox(func(ctx context.Context) (watch.Backlog, error) {
		l, err := h.store.Backlog(ctx, b.Team(), time.Now())
		return watch.Backlog{States: l.States, Oldest: l.Oldest}, err
	})
	checks := []watch.Check{
		{Name: "database", Hint: "is Postgres up and writable, and DATABASE_URL right?", Fit: h.store.Writable},
		{Name: "saving", Hint: "the last line could not be recorded: is the database's disk full, or a table locked?", Fit: func(context.Context) error { return b.Saving() }},
		{Name: "slack", Hint: "run cairn doctor", Fit: func(context.Context) error { return b.Ready() }},
	}
	mounted := map[string]http.Handler{}
	if e.config.JobsPage {
		page, err := jobsPage(ctx, h.store.Pool(), e.config.Listen, e.config.JobsOpen, log)
		if err != nil {
			log.Error("the page of jobs is not served", "error", err)
		} else {
			mounted[jobsPath], mounted[jobsPath+"/"] = page, page
		}
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", e.config.Listen)
	if err != nil {
		log.Warn("health and figures are not served: set CAIRN_LISTEN to another address, or to off", "error", err)
		return
	}
	go func() {
		if err := watch.Serve(ctx, ln, watch.Handler(m, checks, mounted, log)); err != nil {
			log.Error("health and figures are served no more", "error", err)
		}
	}()
}
