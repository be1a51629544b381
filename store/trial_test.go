package store_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// A trial finds what keeps every line from being recorded, is not misled by a
// lock on one contact, and leaves nothing behind.
func TestTryWrite(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	st := store.New(pool, nil)
	if err := errors.Join(st.TryWrite(t.Context()), st.TryPost(t.Context())); err != nil {
		t.Fatal(err)
	}
	var left, number int
	if err := pool.QueryRow(t.Context(), `select (select count(*) from inbox) + (select count(*) from contacts) + (select count(*) from interactions) + (select count(*) from teams) + (select count(*) from outbox), nextval('interaction_numbers')`).Scan(&left, &number); err != nil || left != 0 || number != 1 {
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
		{spoil: `select from contacts where name = 'Eva' for update`, well: true},
	} {
		tx, err := pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), c.spoil); err != nil {
			t.Fatal(err)
		}
		err = st.TryWrite(t.Context())
		if well := err == nil; well != c.well || !well && (!errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != c.want) {
			t.Errorf("%s: %v", c.spoil, err)
		}
		if held, err := st.Holders(t.Context()); err != nil || !c.well && !holds(held, tx, "inbox") || c.well && len(held) != 0 {
			t.Errorf("%s: held by %+v: %v", c.spoil, held, err)
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
		if err := st.TryWrite(t.Context()); !errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != c.want {
			t.Errorf("%s: %v", c.spoil, err)
		}
		_, _ = pool.Exec(t.Context(), `drop trigger full_disk on interactions`) // the second fault keeps its own
	}
}

// What a trial says of lines is what becomes of them, whatever table is locked: those
// that they write and those that they only read, in every line or now and then.
func TestTryWriteSaysWhatBecomesOfLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		table, mode string
		none, some  bool // lines that can be recorded; neither: all can
	}{
		{"people", "access exclusive", true, false},
		{"teams", "access exclusive", true, false},
		{"owners", "access exclusive", true, false},
		{"interactions", "share", true, false},
		{"heard", "access exclusive", true, false},
		{"people", "share", false, true},
		{"aliases", "access exclusive", false, true},
		{"refusals", "access exclusive", false, true},
		{"gaps", "share", false, true},
		{"content", "access exclusive", false, true},
		{"moves", "share", false, true},
		{"steps", "share", false, true},
		{"asks", "access exclusive", false, true},
		{"signals", "share", false, true},
		{"outbox", "access exclusive", false, false},
		{"verdicts", "access exclusive", false, false},
	} {
		t.Run(c.table+" "+c.mode, func(t *testing.T) {
			t.Parallel()
			pool, err := store.Open(t.Context(), storetest.URL(t), 4)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(pool.Close)
			st := store.New(pool, nil)
			if err := st.SetTeam(t.Context(), "T", "Team"); err != nil {
				t.Fatal(err)
			}
			who := store.Who{Name: "Eva Holm", NameKey: "eva holm", Company: "Acme", CompanyKey: "acme"}
			if err := records(t, st, who); err != nil {
				t.Fatal(err)
			}
			tx, err := pool.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) })
			if _, err := tx.Exec(t.Context(), "lock table "+c.table+" in "+c.mode+" mode"); err != nil {
				t.Fatal(err)
			}
			tried := st.TryWrite(t.Context())
			if said := errors.Is(tried, store.ErrSome); said != c.some || (tried != nil) != (c.none || c.some) {
				t.Errorf("the trial says: %v", tried)
			}
			if post := st.TryPost(t.Context()); (post != nil) != (c.table == "outbox") {
				t.Errorf("of the outbox the trial says: %v", post)
			}
			held, err := st.Holders(t.Context())
			if some := c.none || c.some || c.table == "outbox"; err != nil || some != holds(held, tx, c.table) {
				t.Errorf("held by %+v: %v", held, err)
			}
			known, fresh := records(t, st, who), records(t, st, store.Who{Name: "Jo Lund", NameKey: "jo lund"})
			if recorded := known == nil || fresh == nil; recorded == c.none {
				t.Errorf("a line about who is known: %v; about somebody new: %v", known, fresh)
			}
		})
	}
}

// Who holds a table is seen though a connection to look with is longer in coming than
// a trial waits, and with the name that they go by.
func TestHoldersAreSeenFromAfar(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	if _, err := conn.Exec(t.Context(), "set application_name = 'nightly load'; begin; lock table people"); err != nil {
		t.Fatal(err)
	}
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	dial := cfg.ConnConfig.DialFunc
	cfg.MaxConns = 2
	cfg.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		time.Sleep(time.Second)
		return dial(ctx, network, address)
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	held, err := store.New(pool, nil).Holders(t.Context())
	if err != nil || len(held) != 1 || held[0].Application != "nightly load" || !slices.Equal(held[0].Tables, []string{"people"}) {
		t.Errorf("held by %+v: %v", held, err)
	}
}

// holds reports whether the session of tx alone is told as the holder of table, with
// all that says who it is.
func holds(held []store.Holder, tx pgx.Tx, table string) bool {
	return len(held) == 1 && held[0].PID == int32(tx.Conn().PgConn().PID()) && //nolint:gosec // Postgres' own number
		slices.Equal(held[0].Tables, []string{table}) && held[0].User != "" && held[0].For > 0 && held[0].Behind == 0
}

// records takes down the plainest line there is.
func records(t *testing.T, st *store.Store, who store.Who) error {
	t.Helper()
	id := rand.Text()
	_, err := st.LogInteraction(t.Context(), store.Draft{Delivery: store.Delivery{TeamID: "T", PersonID: "U", EnvelopeID: id, Kind: "command", Key: id, Payload: []byte{}},
		Who: who, At: time.Now(), LoggedAt: time.Now(), Channel: "other", Direction: "out", Note: "call " + id},
		func(store.Known) (store.Decision, error) { return store.Decision{Reading: json.RawMessage("{}")}, nil })
	return err
}

// Without the operator by which similar names are found a line about anybody new
// is not recorded.
func TestTryWriteMissesAnExtension(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	st := store.New(pool, nil)
	if _, err := pool.Exec(t.Context(), "drop extension pg_trgm cascade"); err != nil {
		t.Fatal(err)
	}
	if err := st.TryWrite(t.Context()); !errors.Is(err, store.ErrSome) || !strings.Contains(err.Error(), "operator does not exist") {
		t.Error(err)
	}
}
