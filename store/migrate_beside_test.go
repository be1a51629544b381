package store

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// hot are the tables that lines and postings write to, or that grow with them.
var hot = []string{"inbox", "outbox", "interactions", "signals", "places", "moves", "suggestions", "verdicts", "shares", "asks", "exchanges", "steps",
	"contacts", "companies", "owners", "aliases", "learned_names", "heard", "refusals", "gaps", "tallies", "audit", "prompt_uses", "second_looks", "model_answers"}

var (
	sqlComment  = regexp.MustCompile(`--[^\n]*`)
	createIndex = regexp.MustCompile(`(?i)create\s+(?:unique\s+)?index\s+(concurrently\s+)?(if\s+not\s+exists\s+)?(\w+\s+)?on\s+(\w+)`)
	createTable = regexp.MustCompile(`(?i)create\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)`)
	alterTable  = regexp.MustCompile(`(?i)alter\s+table\s+(?:if\s+exists\s+)?(\w+)`)
)

// holdsUp says what in a migration would hold up who writes meanwhile.
func holdsUp(file string) (faults []string) {
	alone := strings.Contains(file, "+goose NO TRANSACTION")
	sql := sqlComment.ReplaceAllString(file, "")
	own := map[string]bool{}
	for _, m := range createTable.FindAllStringSubmatch(sql, -1) {
		own[strings.ToLower(m[1])] = true
	}
	busy := func(table string) bool {
		return !own[strings.ToLower(table)] && slices.Contains(hot, strings.ToLower(table))
	}
	for _, m := range createIndex.FindAllStringSubmatch(sql, -1) {
		name := strings.TrimSpace(m[3])
		switch {
		case !busy(m[4]):
		case m[1] == "":
			faults = append(faults, "an index on "+m[4]+" that is not built concurrently")
		case !alone || m[2] == "" || !strings.Contains(sql, "indisvalid") || !strings.Contains(sql, "to_regclass('"+name+"')"):
			faults = append(faults, "the index "+name+" is not built anew where it was left half built")
		}
	}
	altered := map[string]bool{}
	for _, m := range alterTable.FindAllStringSubmatch(sql, -1) {
		if busy(m[1]) {
			altered[m[1]] = true
		}
	}
	if len(altered) > 1 && !alone {
		faults = append(faults, "one transaction that takes several tables to itself")
	}
	return faults
}

// Those before this one were there before there was anybody to hold up.
const firstBeside = "migrations/00013"

func TestMigrationsHoldNobodyUp(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := migrationFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name >= firstBeside {
			for _, fault := range holdsUp(string(file)) {
				t.Errorf("%s: %s; see \"a table\" in CONTRIBUTING.md", name, fault)
			}
		}
	}
	for sql, want := range map[string]int{
		"create index a on interactions (id);":                                                 1,
		"create unique index a\n on inbox (id);":                                               1,
		"create index concurrently if not exists a on moves (id);":                             1,
		"create table moves (id int); create index a on moves (id);":                           0,
		"create index a on schedules (id);":                                                    0,
		"alter table inbox add a int; alter table outbox add a int;":                           1,
		"alter table inbox add a int; alter table inbox add b int;":                            0,
		"-- create index a on interactions (id)\nselect 1;":                                    0,
		"-- +goose NO TRANSACTION\nalter table inbox add a int; alter table outbox add a int;": 0,
		"-- +goose NO TRANSACTION\ncreate index concurrently if not exists a on shares (id);":  1,
		"-- +goose NO TRANSACTION\nselect indisvalid from pg_index where indexrelid = to_regclass('a'); create index concurrently if not exists a on shares (id);": 0,
	} {
		if got := holdsUp(sql); len(got) != want {
			t.Errorf("%q: %q, want %d", sql, got, want)
		}
	}
}

// An index is built while others write, and waits for one of them for longer
// than a migration waits for a table.
func testMigrateBeside(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	mustMigrate(t, pool, versions(1, nil))
	writer := writes(t, pool, "t1")
	files := versions(1, nil).(fstest.MapFS)
	files["migrations/00002_index.sql"] = &fstest.MapFile{Data: []byte("-- +goose NO TRANSACTION\n-- +goose Up\nset lock_timeout = 0;\ncreate index concurrently if not exists t1_n on t1 (n);\n")}
	done := make(chan error, 1)
	go func() { done <- migrate(t.Context(), pool, noLog, files) }()
	time.Sleep(2 * lockPatience)
	ctx, cancel := context.WithTimeout(t.Context(), lockPatience)
	defer cancel()
	if _, err := pool.Exec(ctx, "insert into t1 values (1)"); err != nil {
		t.Errorf("others are kept from writing: %v", err)
	}
	select {
	case err := <-done:
		t.Fatalf("it was not held up at all: %v", err)
	default:
	}
	if err := writer.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil || !valid(t, pool, "t1_n") {
		t.Errorf("%v; the index is valid: %v", err, valid(t, pool, "t1_n"))
	}
}

// The indexes by blocks were left half built, or are of the kind before; they
// come to what a database has that went through it in one go.
func testMigrateHalfBuilt(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	before := fstest.MapFS{}
	names, _ := fs.Glob(migrationFiles, "migrations/*.sql")
	for _, name := range names {
		if name < firstBeside {
			data, _ := migrationFiles.ReadFile(name)
			before[name] = &fstest.MapFile{Data: data}
		}
	}
	mustMigrate(t, pool, before)
	for _, sql := range []string{"create index suggestions_at on suggestions using brin (at)",
		"update pg_index set indisvalid = false where indexrelid = 'suggestions_at'::regclass"} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := Migrate(t.Context(), pool, noLog); err != nil {
		t.Fatal(err)
	}
	for _, index := range []string{"interactions_logged", "suggestions_at"} {
		var def string
		if err := pool.QueryRow(t.Context(), "select pg_get_indexdef($1::regclass)", index).Scan(&def); err != nil || !strings.Contains(def, "USING brin") || !valid(t, pool, index) {
			t.Errorf("%s: %q, %v", index, def, err)
		}
	}
	var gone int
	if err := pool.QueryRow(t.Context(), "select count(*) from pg_class where relname in ('suggestions_team', 'inbox_received', 'interactions_author')").Scan(&gone); err != nil || gone != 0 {
		t.Errorf("%d indexes that nobody needs, %v", gone, err)
	}
}

func writes(t *testing.T, pool *pgxpool.Pool, table string) pgx.Tx {
	t.Helper()
	tx, err := pool.Begin(t.Context())
	if err == nil {
		_, err = tx.Exec(t.Context(), "insert into "+table+" values (0)")
	}
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

func valid(t *testing.T, pool *pgxpool.Pool, index string) bool {
	t.Helper()
	var is bool
	if err := pool.QueryRow(t.Context(), "select indisvalid from pg_index where indexrelid = to_regclass($1)", index).Scan(&is); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		t.Fatal(err)
	}
	return is
}

// A transaction that the server ended for another's sake is run again.
func testAnewAfterDeadlock(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	ctx := t.Context()
	for _, sql := range []string{"create table pair (n int primary key, by text)", "insert into pair values (1, ''), (2, '')"} {
		if _, err := pool.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	other, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	// the other one never finds the deadlock, so ours is the one that is ended
	if _, err := other.Exec(ctx, "set local deadlock_timeout = '1min'; update pair set by = 'other' where n = 2"); err != nil {
		t.Fatal(err)
	}
	tries := 0
	held := make(chan struct{})
	met := make(chan error, 1)
	go func() {
		<-held
		_, err := other.Exec(ctx, "update pair set by = 'other' where n = 1")
		met <- errors.Join(err, other.Commit(ctx))
	}()
	err = New(pool, nil).tx(ctx, func(tx pgx.Tx) error {
		tries++
		if _, err := tx.Exec(ctx, "update pair set by = by || 'ours' where n = 1"); err != nil {
			return err
		}
		if tries == 1 {
			close(held)
		}
		_, err := tx.Exec(ctx, "update pair set by = by || 'ours' where n = 2")
		return err
	})
	if err := errors.Join(err, <-met); err != nil || tries != 2 {
		t.Fatalf("%d tries, %v", tries, err)
	}
	var by []string
	if err := pool.QueryRow(ctx, "select array_agg(by order by n) from pair").Scan(&by); err != nil || !slices.Equal(by, []string{"otherours", "otherours"}) {
		t.Errorf("%q, %v: each is to stand once", by, err)
	}
}

// A commit that could not be sent any more left nothing behind, and that is known.
func testCommitNotSent(t *testing.T, url string) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := New(poolOn(t, url, asIs), nil).tx(ctx, func(pgx.Tx) error { cancel(); return nil })
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUnknown) {
		t.Errorf("it is %v", err)
	}
}

// A connection that breaks while the server commits leaves the outcome unknown,
// however the driver calls that: the rows may stand.
func testBrokenCommit(t *testing.T, url string) {
	var mu sync.Mutex
	var wires []net.Conn
	pool := poolOn(t, url, func(c *pgxpool.Config) {
		dial := c.ConnConfig.DialFunc
		c.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
			wire, err := dial(ctx, network, address)
			mu.Lock()
			defer mu.Unlock()
			wires = append(wires, wire)
			return wire, err
		}
	})
	watch := poolOn(t, url, asIs)
	for _, sql := range []string{"create table slow (n int)", "create function slowly() returns trigger language plpgsql as 'begin perform pg_sleep(1); return null; end'",
		"create constraint trigger slowly after insert on slow deferrable initially deferred for each row execute function slowly()"} {
		if _, err := watch.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	s := New(pool, nil)
	for name, run := range map[string]func(ctx context.Context) error{
		"transaction": func(ctx context.Context) error {
			return s.txOnce(ctx, func(tx pgx.Tx) error { _, err := tx.Exec(ctx, "insert into slow values (1)"); return err })
		},
		"flight, with its last batch": func(ctx context.Context) error {
			return s.fly(ctx, func(f *flight) error {
				b := &pgx.Batch{}
				b.Queue("insert into slow values (1)")
				return errors.Join(f.first(ctx, b), f.land(ctx, &pgx.Batch{}))
			})
		},
		"flight, by itself": func(ctx context.Context) error {
			return s.fly(ctx, func(f *flight) error {
				b := &pgx.Batch{}
				b.Queue("insert into slow values (1)")
				return errors.Join(f.first(ctx, b), f.Commit(ctx))
			})
		},
	} {
		ended := make(chan error, 1)
		go func() { ended <- run(t.Context()) }()
		for sleeps := false; !sleeps; {
			if err := watch.QueryRow(t.Context(), "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')").Scan(&sleeps); err != nil {
				t.Fatal(err)
			}
		}
		mu.Lock()
		for _, wire := range wires {
			wire.Close()
		}
		wires = nil
		mu.Unlock()
		if err := <-ended; !errors.Is(err, ErrUnknown) || AilmentOf(err) != Away {
			t.Errorf("%s: %v", name, err)
		}
		for sleeps := true; sleeps; { // the server commits all the same
			if err := watch.QueryRow(t.Context(), "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')").Scan(&sleeps); err != nil {
				t.Fatal(err)
			}
		}
	}
}
