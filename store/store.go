// Package store keeps Cairn's records in Postgres: the record types next to
// their queries, verbs on one [Store], embedded migrations, the inbox of what
// Slack delivered and the outbox of what is to be posted.
//
// Every row belongs to a Slack team, and every verb takes the team first: a
// query that forgets it cannot be written through this package. The store
// knows nothing of journeys or wording. Where a verb needs a decision between
// its reads and its writes (which contact, what a note says, where that puts
// them), the caller hands in a function, which runs in memory inside the one
// transaction.
//
// Times go in and come out as instants; days without a time of day are noon
// in the writer's own zone. Verbs wrap their error once, with their name.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Limits of one transaction on the way of a command. Together with the time
// that Slack's three seconds leave for parsing and the wire they keep every
// answer under 2.5 s; see Promises in the README.
const (
	PoolWait         = 300 * time.Millisecond
	StatementTimeout = 1200 * time.Millisecond
	CommandTimeout   = 2 * time.Second
)

var (
	// ErrNotFound: no such row in this team, or not for this person to see.
	ErrNotFound = errors.New("not found")
	// ErrUnavailable: the database could not be reached or was too slow. A verb
	// that is a transaction has written nothing; one that is a single statement
	// may have, where the connection broke before its answer.
	ErrUnavailable = errors.New("the database is not available")
	// ErrUnknown: the connection broke, or a time limit ran out, while the commit
	// was under way; the rows may or may not stand. Look the delivery up by its key.
	ErrUnknown = errors.New("the outcome of the commit is unknown")
)

// Jobs puts work into the queue within the transaction that needs it done.
type Jobs interface {
	InsertManyTx(ctx context.Context, tx pgx.Tx, params []river.InsertManyParams) ([]*rivertype.JobInsertResult, error)
}

// Store is the one door to the database. It is safe for concurrent use.
type Store struct {
	pool  *pgxpool.Pool
	jobs  Jobs
	names names
	// together are the lines that are recorded side by side
	together groups
	// patient has an entry for each transaction that waits in turn for a lock: see patience.go
	patient chan struct{}
	// lines are how many this process has recorded; grown asks for its tables to be counted
	lines atomic.Int64
	grown chan struct{}
	// appointed are admins by a setting; nothing of it is in the database
	appointed atomic.Pointer[appointed]
}

// New returns a store over a migrated database. jobs may be nil where nothing
// follows up on what is recorded.
func New(pool *pgxpool.Pool, jobs Jobs) *Store {
	connections := pool.Config().MaxConns
	return &Store{pool: pool, jobs: jobs, patient: make(chan struct{}, waitingOver(connections)), grown: make(chan struct{}, 1),
		together: groups{most: groupsOver(connections), busy: map[subject]bool{}}}
}

// Pool is the pool below, for parts that bring their own queries (River,
// health checks).
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Writable reports why nothing can be written: the database does not answer,
// or it is a standby or read-only.
func (s *Store) Writable(ctx context.Context) error {
	var readOnly bool
	if err := s.pool.QueryRow(ctx, `select current_setting('transaction_read_only')::bool`).Scan(&readOnly); err != nil {
		return fail("Writable", err)
	}
	if readOnly {
		return fail("Writable", errors.Join(ErrUnavailable, errors.New("the database takes no writes")))
	}
	return nil
}

// application is how Cairn's sessions call themselves.
const application = "cairn"

// Open connects to url with at most size connections (0: 10) and the limits of
// a command. It does not migrate.
func Open(ctx context.Context, url string, size int32) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, AddressError(err)
	}
	if size == 0 {
		size = 10
	}
	cfg.MaxConns = size
	cfg.ConnConfig.RuntimeParams["application_name"] = application
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = fmt.Sprint(StatementTimeout.Milliseconds())
	cfg.ConnConfig.RuntimeParams["jit"] = "off" // our queries are short: to compile Home's took ninety times what it runs
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = fmt.Sprint(StatementTimeout.Milliseconds())
	cfg.ShouldPing = mayAsk
	cfg.ConnConfig.ConnectTimeout = 2 * time.Second
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("store.Open: %w", err)
	}
	return pool, nil
}

// closeWait is how long [Close] waits.
const closeWait = 500 * time.Millisecond

// Close ends a pool whose process is to end. Connections that a hanging
// database keeps busy are not waited for beyond half a second: pgx would, for a
// quarter of a minute each.
func Close(pool *pgxpool.Pool) {
	closed := make(chan struct{})
	go func() { defer close(closed); pool.Close() }()
	select {
	case <-closed:
	case <-time.After(closeWait):
	}
}

// tx runs fn in one transaction. A failure before the commit is
// [ErrUnavailable] when it is the database's; a connection that breaks during
// the commit is [ErrUnknown]. fn may be run more than once, each time in a
// transaction of which the one before left nothing: see [Store.anew].
func (s *Store) tx(ctx context.Context, fn func(pgx.Tx) error) error {
	return s.anew(ctx, func(ctx context.Context) error { return s.txOnce(ctx, fn) })
}

func (s *Store) txOnce(ctx context.Context, fn func(pgx.Tx) error) error {
	conn, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	tx, err := conn.BeginTx(ctx, begins(ctx))
	if err != nil {
		return unavailable(err)
	}
	if err := fn(tx); err != nil {
		// the rollback gets a moment of its own: ctx may be the reason for it
		rb, cancel := context.WithTimeout(context.WithoutCancel(ctx), PoolWait)
		defer cancel()
		_ = tx.Rollback(rb)
		return unavailable(err)
	}
	if err := sendable(ctx, conn.Conn()); err != nil {
		return err
	}
	return unlanded(tx.Commit(ctx))
}

// sendable reports why a commit cannot be sent any more: nothing of its
// transaction will stand. Afterwards nobody can tell: of a connection that broke
// while the server committed, pgx says that it is safe to try again.
func sendable(ctx context.Context, conn *pgx.Conn) error {
	err := ctx.Err()
	if err == nil && conn.IsClosed() {
		err = net.ErrClosed
	}
	if err != nil {
		return errors.Join(ErrUnavailable, err)
	}
	return nil
}

// unlanded reads the error of a commit that was sent: where the server refused it
// nothing stands, else nobody knows yet: [ErrUnknown].
func unlanded(err error) error {
	var pe *pgconn.PgError
	if err == nil || errors.As(err, &pe) || errors.Is(err, pgx.ErrTxCommitRollback) {
		return unavailable(err)
	}
	return errors.Join(ErrUnknown, err)
}

// unavailable marks errors that mean "the database, not the request".
func unavailable(err error) error {
	if err == nil || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUnknown) || errors.Is(err, ErrNotFound) {
		return err
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		switch pe.Code[:2] {
		case "08", "25", "40", "53", "55", "57", "58": // connection, read-only, deadlock, resources, locks, shutdown, system
			return errors.Join(ErrUnavailable, err)
		}
		return err
	}
	var wire net.Error
	if errors.As(err, &wire) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) {
		return errors.Join(ErrUnavailable, err)
	}
	return err
}

// fail wraps err once with the verb that met it; nil stays nil.
func fail(verb string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, pgx.ErrNoRows) {
		err = errors.Join(ErrNotFound, err)
	}
	return fmt.Errorf("store.%s: %w", verb, unavailable(err))
}
