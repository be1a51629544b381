package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"cairn/store"
	"cairn/store/storetest"
)

// Of a lock that was waited for in vain it is told which row it was, and nothing that
// somebody wrote.
func TestLockOfTellsThePlaceAlone(t *testing.T) {
	for where, want := range map[string]string{
		`while locking tuple (3,14) in relation "contacts"`:                             "contacts (3,14)",
		`beim Sperren von Tupel (0,2) in Relation »inbox«`:                              "inbox (0,2)",
		`while inserting index tuple (0,1) in relation "inbox_team_id_envelope_id_key"`: "inbox_team_id_envelope_id_key (0,1)",
		"while locking tuple (0,1) in relation \"contacts\"\nSQL statement \"SELECT 1 FROM ONLY \"public\".\"contacts\" x WHERE \"id\" OPERATOR(pg_catalog.=) $1 FOR KEY SHARE OF x\"": "contacts (0,1) by a foreign key",
		`COPY notes, line 1, column note: "asked for a (1,2) discount"`:          "",
		`unnamed portal with parameters: $1 = 'Dana (0,1) asked for a discount'`: "",
		"": "",
	} {
		if got := store.LockOf(errors.Join(store.ErrUnavailable, &pgconn.PgError{Code: "55P03", Where: where})); got != want {
			t.Errorf("%s: %q", where, got)
		}
	}
}

// A lock is told of whichever table a row is of: those of this house, and the queue of its jobs.
func TestLockOfKnowsEveryTable(t *testing.T) {
	t.Parallel()
	rows, err := storetest.DB(t).Query(t.Context(), `select relname::text from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
		and relname <> 'goose_db_version' and (relname not like 'river%' or relname = 'river_job') order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || !slices.Equal(tables, store.Lockable) {
		t.Errorf("%v, %v; known are %v", tables, err, store.Lockable)
	}
	for _, table := range tables {
		where := fmt.Sprintf(`while locking tuple (3,14) in relation "%s"`, table)
		if got := store.LockOf(errors.Join(store.ErrUnavailable, &pgconn.PgError{Code: "55P03", Where: where})); got != table+" (3,14)" {
			t.Errorf("%s: %q", table, got)
		}
	}
}

// A line that gives up on a held contact tells which row it was, how often it was tried and
// where its time went.
func TestALineThatGivesUpTellsWhereItsTimeWent(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	people(t, st, "dana")
	defer storetest.Hold(t, pool, `select from contacts for update`)()
	ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
	defer cancel()
	begun := time.Now()
	_, err := st.LogInteraction(ctx, about("dana"), plainly)
	took := time.Since(begun)
	w, ok := store.WaitedFor(err)
	if sum := w.Glancing + w.Queued + w.Trying; !ok || w.Tries < 5 || w.Glancing < 30*time.Millisecond || w.Trying < 200*time.Millisecond || sum > took || sum < took/2 {
		t.Errorf("after %v: %+v, %v", took, w, err)
	}
	if lock := store.LockOf(err); len(lock) < len("contacts (0,1)") || lock[:len("contacts (")] != "contacts (" {
		t.Errorf("%q of %v", lock, err)
	}
}
