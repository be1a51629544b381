package store_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"cairn/store"
	"cairn/store/storetest"
)

// A trial finds what keeps every line from being recorded, is not misled by a
// lock on one contact, and leaves nothing behind.
func TestTryWrite(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	if err := store.TryWrite(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	var left, number int
	if err := pool.QueryRow(t.Context(), `select (select count(*) from inbox) + (select count(*) from contacts) + (select count(*) from interactions), nextval('interaction_numbers')`).Scan(&left, &number); err != nil || left != 0 || number != 1 {
		t.Errorf("%d rows are left, the next number is %d: %v", left, number, err)
	}
	if _, err := pool.Exec(t.Context(), `insert into contacts (team_id, name, name_key, created_by) values ('T', 'Eva', 'eva', 'U')`); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		spoil string
		want  store.Ailment
		well  bool
	}{
		{spoil: `lock table inbox in share mode`, want: store.Slow},
		{spoil: `lock table suggestions in access exclusive mode`, want: store.Slow},
		{spoil: `select from contacts where name = 'Eva' for update`, well: true},
	} {
		tx, err := pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), c.spoil); err != nil {
			t.Fatal(err)
		}
		err = store.TryWrite(t.Context(), pool)
		if well := err == nil; well != c.well || !well && (!errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != c.want) {
			t.Errorf("%s: %v", c.spoil, err)
		}
		if pids, err := store.Holders(t.Context(), pool); err != nil || !c.well && (len(pids) != 1 || pids[0] != int32(tx.Conn().PgConn().PID())) || c.well && len(pids) != 0 { //nolint:gosec // Postgres' own number
			t.Errorf("%s: held by %v: %v", c.spoil, pids, err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		spoil string
		want  store.Ailment
	}{
		{`create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = '53100'; end $$;
			create trigger full_disk before insert on interactions execute function full_disk()`, store.Refusing},
		{`do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`, store.Refusing},
	} {
		if _, err := pool.Exec(t.Context(), c.spoil, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
		pool.Reset()
		if err := store.TryWrite(t.Context(), pool); !errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != c.want {
			t.Errorf("%s: %v", c.spoil, err)
		}
		_, _ = pool.Exec(t.Context(), `drop trigger full_disk on interactions`) // the second fault keeps its own
	}
}
