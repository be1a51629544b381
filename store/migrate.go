package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrationLock is the key of the advisory lock that every migrator holds:
// "cairn" in hexadecimal. River's migrator has no lock of its own.
const migrationLock = 0x636169726e

// ErrSchemaTooNew is what Migrate and Schema.Check return (wrapped) when the
// database has been contracted by a newer Cairn past what this binary knows.
var ErrSchemaTooNew = errors.New("the database belongs to a newer Cairn")

// Schema is what a database holds, beside what this binary brings along.
//
// Upgrades roll: while version N+1 is being started, N still runs on the same
// database. So a migration first only adds (expand), and what N needs is taken
// away at the earliest one version later (contract). A database that is ahead of
// the binary is therefore fine, unless a contracting migration has raised the
// floor with
//
//	UPDATE schema_floor SET version = 12;
//
// which says: only binaries that know migration 12 may still run here.
type Schema struct {
	Version int64 // newest of our migrations in the database, 0 when empty
	Known   int64 // newest of our migrations in this binary
	Floor   int64 // what a binary must know to run on this database
	River   int   // newest of River's migrations in the database
	// Pending names our migrations and River's ("river 6") that the binary
	// has and the database lacks, in the order in which Migrate applies them.
	Pending []string
}

// Check returns an error that wraps ErrSchemaTooNew when this binary must not
// run on the database, and nil otherwise, also when migrations are pending.
func (s Schema) Check() error {
	if s.Floor <= s.Known {
		return nil
	}
	return fmt.Errorf("%w: it is at migration %d and serves only binaries that know %d or later, this one knows %d; start the newer version of Cairn, or restore a backup from before the upgrade",
		ErrSchemaTooNew, s.Version, s.Floor, s.Known)
}

// Migrate brings the database to what this binary needs: River's tables, then
// ours. Any number of processes may call it at once; one works while the others
// wait on an advisory lock, until ctx ends. Where nothing is pending it costs one
// query and no lock.
//
// It needs a direct connection: the lock belongs to a session, which PgBouncer's
// transaction pooling does not keep.
func Migrate(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) error {
	if err := migrate(ctx, pool, log, migrationFiles); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// SchemaVersion reads what the database holds and what is pending. It changes
// nothing and takes no lock.
func SchemaVersion(ctx context.Context, pool *pgxpool.Pool) (Schema, error) {
	s, err := readSchema(ctx, pool, migrationFiles)
	if err != nil {
		return Schema{}, fmt.Errorf("read the schema version: %w", err)
	}
	return s, nil
}

// SchemaHash names the migrations that this binary brings along: two binaries
// with the same hash make the same database. Tests key their templates by it.
func SchemaHash() string {
	h := fnv.New64a()
	_ = fs.WalkDir(migrationFiles, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(migrationFiles, path)
		fmt.Fprintf(h, "%s %d\n%s", path, len(data), data)
		return err
	})
	for _, v := range riverVersions() {
		fmt.Fprintf(h, "river %d\n", v)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

func migrate(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger, files fs.FS) error {
	s, err := readSchema(ctx, pool, files)
	if err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return err
	}
	if len(s.Pending) == 0 {
		return nil
	}
	one, err := singleConn(ctx, pool)
	if err != nil {
		return err
	}
	defer one.Close() // ends the session, and with it the lock
	if err := lockMigrations(ctx, one); err != nil {
		return fmt.Errorf("wait for the migration lock: %w", err)
	}
	// Somebody else may have done it, or raised the floor, while we waited.
	if s, err = readSchema(ctx, one, files); err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return err
	}
	if len(s.Pending) == 0 {
		return nil
	}
	began := time.Now()
	if err := applyAll(ctx, one, log, files); err != nil {
		return err
	}
	log.InfoContext(ctx, "database migrated", "from", s.Version, "to", s.Known,
		"steps", len(s.Pending), "took_ms", time.Since(began).Milliseconds())
	return nil
}

// lockPoll is how often a migrator that waits looks whether it is its turn.
const lockPoll = 100 * time.Millisecond

// lockMigrations waits for the migration lock. It asks again and again: a
// statement that waited would be a transaction for which building an index
// concurrently waits in turn, for ever.
func lockMigrations(ctx context.Context, one *pgxpool.Pool) error {
	for {
		var ours bool
		err := one.QueryRow(ctx, "select pg_try_advisory_lock($1)", int64(migrationLock)).Scan(&ours)
		if err != nil || ours {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}

// singleConn returns a pool of exactly one connection, for life. River's
// migrator wants a pgx pool and goose a *sql.DB; both drawn from this pool work
// on the very session that holds the lock. Should it break, the pool must not
// replace it behind our back, for the new one would hold no lock.
func singleConn(ctx context.Context, pool *pgxpool.Pool) (*pgxpool.Pool, error) {
	cfg := pool.Config()
	cfg.MaxConns, cfg.MinConns, cfg.MinIdleConns = 1, 0, 0
	cfg.MaxConnLifetime, cfg.MaxConnIdleTime = 24*time.Hour, 24*time.Hour
	connected := false
	setUp := cfg.AfterConnect
	cfg.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		if connected {
			return errors.New("the connection that held the migration lock was lost")
		}
		connected = true
		if setUp != nil {
			if err := setUp(ctx, c); err != nil {
				return err
			}
		}
		// The limits of everyday statements would end the wait and long steps.
		_, err := c.Exec(ctx, "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0")
		return err
	}
	return pgxpool.NewWithConfig(ctx, cfg)
}

func applyAll(ctx context.Context, one *pgxpool.Pool, log *slog.Logger, files fs.FS) error {
	quiet := slog.New(slog.DiscardHandler)
	river, err := rivermigrate.New(riverpgxv5.New(one), &rivermigrate.Config{Logger: quiet})
	if err != nil {
		return fmt.Errorf("read River's migrations: %w", err)
	}
	if _, err := river.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("apply River's migrations: %w", err)
	}
	_, err = one.Exec(ctx, `
		create table if not exists schema_floor (
			one     boolean primary key default true check (one),
			version bigint not null
		);
		insert into schema_floor (version) values (0) on conflict do nothing`)
	if err != nil {
		return fmt.Errorf("make schema_floor: %w", err)
	}
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(one)
	defer db.Close()
	ours, err := goose.NewProvider(goose.DialectPostgres, db, sub,
		goose.WithSlog(log), goose.WithDisableGlobalRegistry(true),
		// migrations only expand, so their order does not matter, and branches
		// that land in another order than they were numbered must not stop a start
		goose.WithAllowOutofOrder(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	err = up(ctx, one, ours, log)
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		return fmt.Errorf("apply %s: %w", partial.Failed.Source.Path, partial.Err)
	}
	if err != nil {
		return fmt.Errorf("apply the migrations: %w", err)
	}
	return nil
}

// lockPatience is how long a migration waits for a table. Whoever waits for a
// table to itself holds up all who come after, and the version before still
// answers people: so it gives way, and tries again a moment later.
const (
	lockPatience = 500 * time.Millisecond
	lockPause    = time.Second
)

// up applies what is pending, however often it has to give way, until ctx ends.
func up(ctx context.Context, one *pgxpool.Pool, ours *goose.Provider, log *slog.Logger) error {
	for {
		// anew each time: a migration may have been cut off with another limit
		if _, err := one.Exec(ctx, fmt.Sprintf("set lock_timeout = %d", lockPatience.Milliseconds())); err != nil {
			return err
		}
		_, err := ours.Up(ctx)
		var busy *pgconn.PgError
		if !errors.As(err, &busy) || busy.Code != "55P03" { // lock_not_available
			return err
		}
		log.InfoContext(ctx, "a migration waits for a table that is in use")
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(lockPause):
		}
	}
}

type queryer interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func readSchema(ctx context.Context, db queryer, files fs.FS) (Schema, error) {
	var applied, river []int64
	var s Schema
	err := db.QueryRow(ctx, `select
		coalesce((select array_agg(distinct version_id) from goose_db_version where is_applied), '{}'),
		coalesce((select array_agg(version) from river_migration where line = 'main'), '{}'),
		coalesce((select max(version) from schema_floor), 0)`).Scan(&applied, &river, &s.Floor)
	if isUndefined(err) {
		if applied, river, s.Floor, err = readPartialSchema(ctx, db); err != nil {
			return s, err
		}
	} else if err != nil {
		return s, err
	}
	known, err := knownMigrations(files)
	if err != nil {
		return s, err
	}
	for _, v := range riverVersions() {
		if !slices.Contains(river, int64(v)) {
			s.Pending = append(s.Pending, fmt.Sprintf("river %d", v))
		}
	}
	for _, k := range known {
		s.Known = max(s.Known, k.version)
		if !slices.Contains(applied, k.version) {
			s.Pending = append(s.Pending, k.name)
		}
	}
	for _, v := range applied {
		s.Version = max(s.Version, v)
	}
	for _, v := range river {
		s.River = max(s.River, int(v))
	}
	return s, nil
}

// readPartialSchema reads a database in which a first migration has not been
// finished: any of the three tables may be missing, and River's early versions
// have no column "line".
func readPartialSchema(ctx context.Context, db queryer) (applied, river []int64, floor int64, err error) {
	read := func(sql string, into any) {
		if err != nil {
			return
		}
		if err = db.QueryRow(ctx, sql).Scan(into); isUndefined(err) {
			err = nil
		}
	}
	read("select coalesce(array_agg(distinct version_id), '{}') from goose_db_version where is_applied", &applied)
	read("select coalesce(array_agg(version), '{}') from river_migration", &river)
	read("select coalesce(max(version), 0) from schema_floor", &floor)
	return applied, river, floor, err
}

func isUndefined(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "42P01" || pg.Code == "42703") // table, column
}

type migration struct {
	version int64
	name    string
}

// knownMigrations lists the files by goose's rule: the number before the first
// underscore is the version.
func knownMigrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var list []migration
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		list = append(list, migration{v, name[len("migrations/"):]})
	}
	slices.SortStableFunc(list, func(a, b migration) int { return int(a.version - b.version) })
	return list, nil
}

func riverVersions() []int {
	m, err := rivermigrate.New(riverpgxv5.New(nil), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil // unreachable: the only cause is an unknown migration line, and none is named
	}
	var vs []int
	for _, v := range m.AllVersions() {
		vs = append(vs, v.Version)
	}
	return vs
}
