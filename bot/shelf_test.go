package bot

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/suggest"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/storetest"
)

// Whoever reads a library that has changed holds no lock meanwhile: those who wait
// for it within a transaction have the connections that it may be waiting for.
func TestShelfIsReadOutsideTheLock(t *testing.T) {
	t.Parallel()
	cfg := storetest.DB(t).Config()
	var asked atomic.Int32
	second, go2 := make(chan struct{}), make(chan struct{})
	cfg.PrepareConn = func(context.Context, *pgx.Conn) (bool, error) {
		if asked.Add(1) == 2 { // the library, after the team
			close(second)
			<-go2
		}
		return true, nil
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(t.Context(), `insert into teams (id) values ('T1')`); err != nil {
		t.Fatal(err)
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	s := newShelves(store.New(pool, nil), guide)
	asked.Store(0)
	read := make(chan error, 1)
	go func() { _, err := s.now(t.Context(), "T1"); read <- err }()
	<-second
	got := make(chan error, 1)
	go func() {
		_, err := s.get(t.Context(), "T1", 0, func(context.Context) ([]store.Content, int64, error) { return nil, 0, nil })
		got <- err
	}()
	select {
	case err := <-got:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("a line waits for whoever reads the library")
	}
	close(go2)
	if err := <-read; err != nil {
		t.Error(err)
	}
}
