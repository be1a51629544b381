package main

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot"
	"cairn/store"
	"cairn/store/storetest"
)

// While Slack alone is waited for the database is up, and is told so; it is not
// while it is waited for itself, or has gone since.
func TestFiguresWhileSlackIsAwaited(t *testing.T) {
	t.Parallel()
	up := &standing{}
	if _, err := up.backlog(t.Context()); err == nil {
		t.Error("a database that is waited for was said to be up")
	}
	gone, err := pgxpool.New(t.Context(), storetest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	up.store = store.New(gone, nil)
	if b, err := up.backlog(t.Context()); err != nil || len(b.States) != 0 {
		t.Errorf("while Slack is waited for: %+v, %v", b, err)
	}
	gone.Close()
	if _, err := up.backlog(t.Context()); err == nil {
		t.Error("a database that has gone was said to be up")
	}
}

// /readyz tells of held contacts as doctor does, and is ready all the same.
func TestNoticeOfHeldContacts(t *testing.T) {
	t.Parallel()
	database := storetest.URL(t)
	pool, err := store.Open(t.Context(), database, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	s := &standing{store: store.New(pool, nil)}
	ask := func() string {
		words, err := s.notices()[0].Ask(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return words
	}
	if got := ask(); got != "" {
		t.Error(got)
	}
	begun := time.Now()
	hold(t, database, "select from contacts for update")
	if got := ask(); got != "" && time.Since(begun) < store.CommandTimeout {
		t.Errorf("of what a line outlasts: %s", got)
	}
	if got := ask(); !strings.HasPrefix(got, bot.SomeHeld+": process ") || !strings.Contains(got, "(application nightly load, user ") {
		t.Error(got)
	}
}
