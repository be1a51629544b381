package store_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// What stood on a journey in the last week is counted without reading all moves that
// there ever were: whoever recorded for years has an editors' list too.
func TestPromptUsedReadsNoWholeHistory(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	cfg := storetest.DB(t).Config()
	cfg.MaxConns = 1 // so that it tells of its own scans
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	st := store.New(pool, nil)
	for _, sql := range []string{
		`insert into contacts (id, team_id, name, name_key, created_by) overriding system value values (7, 'T1', 'Dana', 'dana', 'U1')`,
		`insert into interactions (id, team_id, contact_id, author_id, at, logged_at, channel, direction, note)
			select n, 'T1', 7, 'U1', now() - (40000 - n) * interval '20 min', now() - (40000 - n) * interval '20 min', 'other', 'out', 'call' from generate_series(1, 40000) n`,
		`insert into moves (team_id, contact_id, interaction_id, journey, kind, from_stage, to_stage, at, created_at)
			select team_id, contact_id, id, 'aipee', 'up', 'a', 'b', at, logged_at from interactions order by id`,
		// of the last week: of another team, replaced since, and of a day long gone
		`insert into interactions (id, team_id, contact_id, author_id, at, logged_at, channel, direction, note)
			values (50001, 'T2', 7, 'U1', now(), now(), 'other', 'out', 'call'), (50002, 'T1', 7, 'U1', now(), now(), 'other', 'out', 'call'), (50003, 'T1', 7, 'U1', now() - interval '1 year', now(), 'other', 'out', 'call')`,
		`insert into moves (team_id, contact_id, interaction_id, journey, kind, from_stage, to_stage, at, replaced_at)
			select team_id, contact_id, id, 'aipee', 'up', 'a', 'b', at, case when id = 50002 then now() end from interactions where id > 50000`,
		`analyze interactions`, `analyze moves`,
	} {
		if _, err := pool.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	read := func() (whole int) {
		t.Helper()
		if _, err := pool.Exec(ctx, `select pg_stat_force_next_flush()`); err != nil {
			t.Fatal(err)
		}
		if err := pool.QueryRow(ctx, `select seq_scan from pg_stat_user_tables where relname = 'moves'`).Scan(&whole); err != nil {
			t.Fatal(err)
		}
		return whole
	}
	before := read()
	used, err := st.PromptUsed(ctx, "T1", now.Add(-7*24*time.Hour))
	if err != nil || len(used) != 1 || used[0].Name != "aipee" || used[0].Made != "move" || used[0].Times < 503 || used[0].Times > 505 || used[0].Contacts != 1 {
		t.Errorf("%+v %v, want some 504 moves", used, err)
	}
	if after := read(); after != before {
		t.Errorf("the whole table of moves was read %d times", after-before)
	}
}
