package store_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// A process has tables counted as its first lines come, though no autovacuum does.
func TestTablesThatGrewAreCounted(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { st.Upkeep(ctx, time.Hour, time.Now, slog.New(slog.DiscardHandler)) })
	defer wg.Wait()
	defer cancel()
	counted := func(want bool) bool {
		var n float64
		if err := pool.QueryRow(ctx, `select reltuples from pg_class where oid = 'interactions'::regclass`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return want == (n > 0)
	}
	for range 63 {
		logs(t, st, "T1", "dana ruiz", "acme")
	}
	if !counted(false) {
		t.Fatal("the notes were counted before there were many")
	}
	logs(t, st, "T1", "dana ruiz", "acme")
	for range 600 {
		if counted(true) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("64 lines were recorded, and the notes were never counted")
}

// A table that cannot be counted keeps no other from it, and one that takes longer than a
// command has is counted all the same.
func TestOneTableThatCannotBeCounted(t *testing.T) {
	t.Parallel()
	cfg := storetest.DB(t).Config()
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = "500"
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	exec(t, pool, `create function same(n int) returns int language plpgsql immutable as $$ begin return n; end $$`,
		`create function slow(n int) returns int language plpgsql immutable as $$ begin return n; end $$`,
		`create table broken (n int)`, `create index on broken (same(n))`, `insert into broken values (1)`,
		`create table late (n int)`, `create index on late (slow(n))`, `insert into late select generate_series(1, 500)`,
		`create or replace function same(n int) returns int language plpgsql immutable as $$ begin raise 'broken'; end $$`,
		`create or replace function slow(n int) returns int language plpgsql immutable as $$ begin if n = 7 then perform pg_sleep(0.7); end if; return n; end $$`)
	if err := store.New(pool, nil).CountTables(t.Context()); err == nil || !strings.Contains(err.Error(), "broken:") || strings.Contains(err.Error(), "late:") {
		t.Errorf("counted: %v", err)
	}
	var n float64
	if err := pool.QueryRow(t.Context(), `select reltuples from pg_class where oid = 'late'::regclass`).Scan(&n); err != nil || n != 500 {
		t.Errorf("%v rows are known, %v", n, err)
	}
}

// How many of others' rows a line reads does not hang on when its plans were made, nor what is
// read of it when it comes again: here they were made beside empty tables.
func TestALineReadsNothingOfOthers(t *testing.T) {
	t.Parallel()
	wide := storetest.DB(t)
	cfg := wide.Config()
	cfg.MaxConns = 1 // the plans are the connection's
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	round := func() {
		out := logs(t, st, "T1", "dana ruiz", "acme")
		exec(t, pool, fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what) values ('T1', %d, %d, 'U1', 'us', 'send it')`, out.Known.Contact.ID, out.Recorded))
		for _, err := range []error{
			errorOf(st.DeliveryOf(t.Context(), "T1", "U1", out.Recorded)),
			errorOf(st.Receipt(t.Context(), "T1", "U1", out.Recorded)),
			errorOf(st.ArePeople(t.Context(), "T1", "U1", store.Who{NameKey: "dana ruiz", CompanyKey: "tom bell"}, []string{"dana ruiz", "tom bell"})),
			errorOf(st.FindContact(t.Context(), "T1", "U1", store.Who{Name: "Dana Ruiz", NameKey: "dana ruiz", Company: "Acme", CompanyKey: "acme"})),
			errorOf(st.KnownCompanies(t.Context(), "T1", []string{"acme", "borealis"})),
			errorOf(st.Passed(t.Context(), "U1", out.Known.Contact.ID, tallyNow)),
			errorOf(st.Lookup(t.Context(), store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: fmt.Sprint(deliveries.Load()), Kind: "command", Key: fmt.Sprint(deliveries.Load())}, 0)),
		} {
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				t.Fatal(err)
			}
		}
	}
	for range 8 { // from the sixth on a plan is kept for whatever is asked
		round()
	}
	exec(t, wide, `insert into contacts (team_id, name, name_key, created_by) select 'T1', 'c' || i, 'c' || i, 'U1' from generate_series(1, 500) i`,
		`insert into interactions (team_id, contact_id, author_id, at, channel, direction, note) select 'T1', c.id, 'U1', now(), 'phone', 'both', 'x' from contacts c, generate_series(1, 6) where c.name_key like 'c%'`,
		`insert into inbox (team_id, person_id, envelope_id, kind, key, payload, outcome, interaction_id) select team_id, author_id, 'e' || id, 'command', 'k' || id, '', 'recorded', id from interactions where note = 'x'`,
		`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what) select team_id, contact_id, id, author_id, 'us', 'send it' from interactions where note = 'x'`,
		`insert into suggestions (team_id, contact_id, interaction_id, person_id, stage, seed, picks, candidates) select team_id, contact_id, id, author_id, 'permission', 1, '[]', '[]' from interactions where note = 'x'`,
		`insert into moves (team_id, contact_id, interaction_id, journey, kind, from_stage, to_stage, at) select team_id, contact_id, id, 'aipee', 'up', '', 'permission', at from interactions where note = 'x'`)
	check := func(of string, but ...string) {
		t.Helper()
		before := readOf(t, pool)
		const rounds = 10
		for range rounds {
			round()
		}
		var much []string
		for index, n := range readOf(t, pool) {
			if each := (n - before[index]) / rounds; each > 300 && !slices.Contains(but, index) {
				much = append(much, fmt.Sprintf("%s: %d", index, each))
			}
		}
		if len(much) > 0 {
			t.Errorf("%s: of some 3,000 rows of others each round reads: %s", of, strings.Join(much, "; "))
		}
	}
	// its two keys look alike to a plan until they are counted
	check("by plans made beside empty tables", "inbox_key")
	if err := st.CountTables(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("counted")
}

func errorOf(_ any, err error) error { return err }

// readOf is how many entries of each index, and rows of each table from end to end, the one
// connection of a pool read.
func readOf(t *testing.T, pool *pgxpool.Pool) map[string]int64 {
	t.Helper()
	var version int
	if err := pool.QueryRow(t.Context(), `select current_setting('server_version_num')::int`).Scan(&version); err != nil {
		t.Fatal(err)
	}
	if version >= 150000 {
		exec(t, pool, `select pg_stat_force_next_flush()`)
	} else {
		time.Sleep(11 * time.Second) // so late a session that rests tells what it read
	}
	rows, err := pool.Query(t.Context(), `select indexrelname, idx_tup_read from pg_stat_user_indexes union all select relname, coalesce(seq_tup_read, 0) from pg_stat_user_tables`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		all[name] += n
	}
	return all
}
