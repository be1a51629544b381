package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

func TestUpkeepOfSeveralReplicas(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	s := store.New(pool, nil)
	for _, sql := range []string{
		`insert into inbox (team_id, person_id, envelope_id, kind, key, payload, received_at)
			select 'T1', 'U1', 'e' || i, 'command', 'k' || i, '', now() - case when i <= 11000 then interval '31 days' else interval '29 days' end
			from generate_series(1, 11010) i`,
		`insert into outbox (team_id, kind, channel, lane, key, payload, state, created_at, sent_at)
			select 'T1', 'dm', 'U1', 'U1', 'k' || i, '{}', 'sent', now() - interval '40 days', now() - case when i <= 7 then interval '31 days' else interval '1 day' end
			from generate_series(1, 10) i`,
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { s.Upkeep(ctx, 10*time.Millisecond, time.Now, slog.New(slog.DiscardHandler)) })
	}
	var left string
	for range 2000 {
		var in, out int
		if err := pool.QueryRow(ctx, `select (select count(*) from inbox), (select count(*) from outbox)`).Scan(&in, &out); err != nil {
			t.Fatal(err)
		}
		if left = fmt.Sprint(in, " ", out); left == "10 3" {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	cancel()
	wg.Wait()
	if left != "10 3" {
		t.Errorf("inbox and outbox hold %s rows, want 10 3: the young ones", left)
	}
}

// A table that does not answer keeps none of the others from being trimmed.
func TestUpkeepGoesOnPastWhatHangs(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into outbox (team_id, kind, channel, lane, key, payload, state, created_at, sent_at)
		values ('T1', 'dm', 'U1', 'U1', 'k', '{}', 'sent', now() - interval '40 days', now() - interval '31 days')`)
	tx, err := pool.Begin(t.Context())
	must(t, err)
	defer tx.Rollback(context.WithoutCancel(t.Context()))
	_, err = tx.Exec(t.Context(), `lock table inbox in access exclusive mode`)
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { store.New(pool, nil).Upkeep(ctx, time.Hour, time.Now, slog.New(slog.DiscardHandler)) })
	defer wg.Wait()
	defer cancel()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		var left int
		must(t, pool.QueryRow(ctx, `select count(*) from outbox`).Scan(&left))
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the outbox is not trimmed while the inbox hangs")
		}
	}
}

// A look for old deliveries reads the oldest rows only: were the whole table
// read, a busy team's would never be trimmed within a statement's time.
func TestTrimInboxReadsTheOldestOnly(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	open := func() *pgxpool.Pool {
		pool, err := pgxpool.New(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		return pool
	}
	pool := open()
	exec(t, pool, `insert into inbox (team_id, envelope_id, kind, key, payload) select 'T1', 'e' || i, 'command', 'k' || i, repeat('x', 400)::bytea from generate_series(1, 60000) i`,
		`analyze inbox`)
	pool.Close()
	read := func() (blocks, of int) {
		t.Helper()
		pool := open()
		defer pool.Close()
		// a session tells what it read as it ends, which takes it a moment
		for others := 1; others > 0; {
			if err := pool.QueryRow(t.Context(), `select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`).Scan(&others); err != nil {
				t.Fatal(err)
			}
		}
		if err := pool.QueryRow(t.Context(), `select heap_blks_read + heap_blks_hit, pg_relation_size('inbox') / 8192 from pg_statio_user_tables where relname = 'inbox'`).
			Scan(&blocks, &of); err != nil {
			t.Fatal(err)
		}
		return blocks, of
	}
	before, _ := read()
	pool = open()
	if n, err := store.New(pool, nil).TrimInbox(t.Context(), time.Now()); n != 0 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	pool.Close()
	after, of := read()
	if after == before || after-before > of/4 {
		t.Errorf("it read %d of %d blocks", after-before, of)
	}
}
