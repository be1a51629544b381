package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/coach"
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
	s := newShelves(store.New(pool, nil), guide, slog.Default())
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

// A decision for which others wait takes a shelf that is at hand, and waits for none.
func TestAShelfHoldsUpNoGroup(t *testing.T) {
	t.Parallel()
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	s := newShelves(store.New(storetest.DB(t), nil), guide, slog.Default())
	others := store.Known{Team: store.Team{ContentVersion: 3}}
	if _, err := s.within(t.Context(), "T1", others); !errors.Is(err, store.ErrApart) {
		t.Errorf("a library that was never read: %v", err)
	}
	alone := others
	alone.Library = func(context.Context) ([]store.Content, int64, error) { return nil, 3, nil }
	for _, k := range []store.Known{alone, others} {
		if shelf, err := s.within(t.Context(), "T1", k); err != nil || shelf.Version != 3 {
			t.Errorf("version %d, %v", shelf.Version, err)
		}
	}
	others.Team.ContentVersion = 4
	if _, err := s.within(t.Context(), "T1", others); !errors.Is(err, store.ErrApart) {
		t.Errorf("a library that has changed: %v", err)
	}
}

// A library too large for a line's own way holds up no line: it is read beside it, and
// until then nothing is said of it.
func TestALargeLibraryHoldsUpNoLine(t *testing.T) {
	t.Parallel()
	cfg := storetest.DB(t).Config()
	var shut atomic.Bool
	open := make(chan struct{})
	cfg.PrepareConn = func(ctx context.Context, _ *pgx.Conn) (bool, error) {
		if shut.Load() {
			select {
			case <-open:
			case <-ctx.Done():
				return false, ctx.Err()
			}
		}
		return true, nil
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, sql := range []string{`insert into teams (id, content_version) values ('T1', 3)`,
		`insert into content (team_id, title, url, canonical_url) select 'T1', 'Guide ' || n, 'https://x.example/' || n, 'https://x.example/' || n
			from generate_series(0, ` + fmt.Sprint(store.AtOnce) + `) n`} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	st := store.New(pool, nil)
	s := newShelves(st, guide, slog.Default())
	own := func(ctx context.Context) ([]store.Content, int64, error) { return st.SmallLibrary(ctx, "T1") }
	if _, _, err := own(t.Context()); !errors.Is(err, store.ErrLarge) {
		t.Fatalf("%d items are read at once: %v", store.AtOnce+1, err)
	}
	large := func(context.Context) ([]store.Content, int64, error) { return nil, 0, store.ErrLarge }

	shut.Store(true)
	shelf, err := s.get(t.Context(), "T1", 3, large)
	if err != nil || !shelf.Unread || shelf.Library.Len() != 0 {
		t.Fatalf("before it is read: %+v, %v", shelf, err)
	}
	g := (&coach.Coach{}).Suggest(coach.Ask{Now: time.Now()}, shelf)
	if !strings.HasPrefix(g.Silent, coach.UnreadLibrary) || g.Gap != nil {
		t.Errorf("of a library that is not read it says %q, gap %v", g.Silent, g.Gap)
	}
	shut.Store(false)
	close(open)
	<-s.fill("T1")
	shelf, err = s.get(t.Context(), "T1", 3, large)
	if err != nil || shelf.Unread || shelf.Library.Len() != store.AtOnce+1 {
		t.Fatalf("once it is read: %d items, %v", shelf.Library.Len(), err)
	}
	// a change is noticed, and until it is read the shelf as it was holds
	shut.Store(true)
	open = make(chan struct{})
	if _, err := s.get(t.Context(), "T1", 4, large); err != nil {
		t.Fatal(err)
	}
	shut.Store(false)
	close(open)
}
