package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store/localpg"
)

// The migrator is what storetest stands on, so its own tests start from an
// empty database of a server of their own.

func emptyServer(t *testing.T) *localpg.Server {
	t.Helper()
	s, err := localpg.Start(t.Context(), localpg.Options{Test: true, NoDownload: true, NoRestart: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// poolOn opens a pool with room for change, as the bot's own has limits.
func poolOn(t *testing.T, url string, change func(*pgxpool.Config)) *pgxpool.Pool {
	t.Helper()
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	change(cfg)
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func asIs(*pgxpool.Config) {}

func newDatabase(t *testing.T, s *localpg.Server, name string) string {
	t.Helper()
	pool := poolOn(t, s.URL(), asIs)
	if _, err := pool.Exec(t.Context(), "create database "+name); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(s.URL(), "/cairn?", "/"+name+"?", 1)
}

var noLog = slog.New(slog.DiscardHandler)

// versions builds migration files 1…n, each making a table t<n>; more adds others.
func versions(n int, more map[string]string) fs.FS {
	files := fstest.MapFS{}
	for v := 1; v <= n; v++ {
		files[fmt.Sprintf("migrations/%05d_step.sql", v)] = &fstest.MapFile{
			Data: fmt.Appendf(nil, "-- +goose Up\ncreate table t%d (n int);\n", v)}
	}
	for name, sql := range maps.All(more) {
		files["migrations/"+name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + sql)}
	}
	return files
}

func mustMigrate(t *testing.T, pool *pgxpool.Pool, files fs.FS) {
	t.Helper()
	if err := migrate(t.Context(), pool, noLog, files); err != nil {
		t.Fatal(err)
	}
}

func TestMigrate(t *testing.T) {
	s := emptyServer(t)
	t.Run("several at once", func(t *testing.T) { testMigrateAtOnce(t, newDatabase(t, s, "at_once")) })
	t.Run("nothing to do", func(t *testing.T) { testMigrateIdle(t, newDatabase(t, s, "idle")) })
	t.Run("rolling upgrade", func(t *testing.T) { testMigrateRolling(t, newDatabase(t, s, "rolling")) })
	t.Run("floor", func(t *testing.T) { testMigrateFloor(t, newDatabase(t, s, "floor")) })
	t.Run("fault", func(t *testing.T) { testMigrateFault(t, newDatabase(t, s, "fault")) })
	t.Run("waiting", func(t *testing.T) { testMigrateWaiting(t, newDatabase(t, s, "waiting")) })
	t.Run("beside writers", func(t *testing.T) { testMigrateBeside(t, newDatabase(t, s, "beside")) })
	t.Run("half built", func(t *testing.T) { testMigrateHalfBuilt(t, newDatabase(t, s, "half_built")) })
	t.Run("deadlock", func(t *testing.T) { testAnewAfterDeadlock(t, newDatabase(t, s, "deadlock")) })
	t.Run("commit not sent", func(t *testing.T) { testCommitNotSent(t, newDatabase(t, s, "not_sent")) })
	t.Run("commit broken", func(t *testing.T) { testBrokenCommit(t, newDatabase(t, s, "broken")) })
	t.Run("in use", func(t *testing.T) { testMigrateInUse(t, newDatabase(t, s, "in_use")) })
}

// Twelve replicas start at once; each has a pool of one connection and the short
// statement limit of the real one.
func testMigrateAtOnce(t *testing.T, url string) {
	var all sync.WaitGroup
	errs := make([]error, 12)
	for i := range errs {
		pool := poolOn(t, url, func(c *pgxpool.Config) {
			c.MaxConns = 1
			c.ConnConfig.RuntimeParams["statement_timeout"] = "1200"
		})
		all.Go(func() { errs[i] = Migrate(t.Context(), pool, noLog) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	got, err := SchemaVersion(t.Context(), poolOn(t, url, asIs))
	if err != nil || len(got.Pending) != 0 || got.Version != got.Known || got.Version == 0 || got.River == 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// counter counts what is sent to the server.
type counter struct{ queries atomic.Int64 }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.queries.Add(1)
	return ctx
}
func (*counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func testMigrateIdle(t *testing.T, url string) {
	var sent counter
	pool := poolOn(t, url, func(c *pgxpool.Config) { c.ConnConfig.Tracer = &sent })
	before, err := SchemaVersion(t.Context(), pool)
	if err != nil || before.Version != 0 || len(before.Pending) < 2 {
		t.Fatalf("an empty database is %+v, %v", before, err)
	}
	if err := Migrate(t.Context(), pool, noLog); err != nil {
		t.Fatal(err)
	}
	sent.queries.Store(0)
	if err := Migrate(t.Context(), pool, noLog); err != nil {
		t.Fatal(err)
	}
	if n := sent.queries.Load(); n != 1 {
		t.Errorf("nothing to do took %d queries", n)
	}
}

func testMigrateRolling(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	mustMigrate(t, pool, versions(2, nil))
	mustMigrate(t, pool, versions(3, nil)) // the newer replica starts
	mustMigrate(t, pool, versions(2, nil)) // the older one is restarted beside it
	got, err := readSchema(t.Context(), pool, versions(2, nil))
	if err != nil || got.Version != 3 || got.Known != 2 || got.Check() != nil || len(got.Pending) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = readSchema(t.Context(), pool, versions(5, nil))
	if want := []string{"00004_step.sql", "00005_step.sql"}; err != nil || !slices.Equal(got.Pending, want) {
		t.Errorf("pending %v, %v", got.Pending, err)
	}
}

func testMigrateFloor(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	contract := versions(3, map[string]string{"00004_contract.sql": "drop table t1;\nupdate schema_floor set version = 3;\n"})
	mustMigrate(t, pool, contract)
	mustMigrate(t, pool, versions(3, nil)) // knows the floor
	err := migrate(t.Context(), pool, noLog, versions(2, nil))
	if !errors.Is(err, ErrSchemaTooNew) {
		t.Fatalf("a binary below the floor got %v", err)
	}
	for _, word := range []string{"at migration 4", "know 3 or later", "this one knows 2"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
}

func testMigrateFault(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	broken := versions(1, map[string]string{"00002_broken.sql": "create table half (n int);\nselect no_such_thing;\n"})
	err := migrate(t.Context(), pool, noLog, broken)
	if err == nil || !strings.Contains(err.Error(), "00002_broken.sql") {
		t.Fatalf("got %v", err)
	}
	got, err := readSchema(t.Context(), pool, broken)
	if err != nil || got.Version != 1 || !slices.Equal(got.Pending, []string{"00002_broken.sql"}) {
		t.Errorf("after the fault %+v, %v", got, err)
	}
	mustMigrate(t, pool, versions(2, nil)) // mended: half's table was rolled back, the lock is free
}

func testMigrateWaiting(t *testing.T, url string) {
	holder := poolOn(t, url, func(c *pgxpool.Config) { c.MaxConns = 1 })
	if _, err := holder.Exec(t.Context(), "select pg_advisory_lock($1)", int64(migrationLock)); err != nil {
		t.Fatal(err)
	}
	pool := poolOn(t, url, asIs)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	var sent counter
	waits := poolOn(t, url, func(c *pgxpool.Config) { c.ConnConfig.Tracer = &sent })
	go func() { done <- migrate(ctx, waits, noLog, versions(1, nil)) }()
	for sent.queries.Load() < 10 {
		select {
		case err := <-done:
			t.Fatalf("it did not wait: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("a migrator told to stop waiting says %v", err)
	}
	holder.Close()
	mustMigrate(t, pool, versions(1, nil))
}

// A migration that needs a table which is in use does not keep others from it
// while it waits, and is done once the table is free.
func testMigrateInUse(t *testing.T, url string) {
	pool := poolOn(t, url, asIs)
	mustMigrate(t, pool, versions(1, nil))
	reader, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Exec(t.Context(), "select * from t1"); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		done <- migrate(t.Context(), pool, noLog, versions(1, map[string]string{"00002_more.sql": "alter table t1 add column m int;"}))
	}()
	for waiting := 0; waiting == 0; {
		if err := pool.QueryRow(t.Context(), "select count(*) from pg_locks where relation = 't1'::regclass and not granted").Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*lockPatience)
	defer cancel()
	if _, err := pool.Exec(ctx, "select * from t1"); err != nil {
		t.Errorf("others are kept from the table: %v", err)
	}
	if err := reader.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
