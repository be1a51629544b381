package main

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

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
