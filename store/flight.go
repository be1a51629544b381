package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// flight is the transaction of a command. It saves two round trips of an
// ordinary one: it begins with the first batch and is committed with the last,
// which costs as much again as all that a command has to read.
type flight struct {
	conn      *pgx.Conn
	limit     string // how long it waits for a lock, as a statement; empty: as its connection does
	within    bool   // it is a part of a transaction, which is taken back: see [Store.TryWrite]
	again     bool   // a lock was in the way of a try before
	begun     bool
	landing   bool // the commit has been sent, or tried to be
	committed bool
}

// fly runs fn in a flight, which fn must end with [flight.land]. Errors are as
// with [Store.tx]; a flight that has not landed leaves nothing behind.
func (s *Store) fly(ctx context.Context, fn func(*flight) error) error {
	return s.anew(ctx, func(ctx context.Context) error { return s.flyAlive(ctx, fn) })
}

// flyAlive tries until it finds a connection that lives.
func (s *Store) flyAlive(ctx context.Context, fn func(*flight) error) error {
	for range s.pool.Config().MaxConns {
		again, err := s.flyOnce(ctx, fn)
		if !again {
			return err
		}
	}
	_, err := s.flyOnce(ctx, fn)
	return err
}

// flyOnce is one try. It asks for another where the connection turned out to
// be dead, as all are after a restart of the server: nothing was committed.
func (s *Store) flyOnce(ctx context.Context, fn func(*flight) error) (again bool, err error) {
	conn, err := s.acquire(context.WithValue(ctx, unasked{}, true))
	if err != nil {
		return false, err
	}
	defer conn.Release()
	f := &flight{conn: conn.Conn(), limit: lockLimit(ctx), again: isAgain(ctx)}
	err = fn(f)
	if f.begun && !f.committed && !f.conn.IsClosed() {
		// the rollback gets a moment of its own: ctx may be the reason for it
		rb, cancel := context.WithTimeout(context.WithoutCancel(ctx), PoolWait)
		defer cancel()
		_ = f.Rollback(rb) // a connection that is not idle is closed on release, which rolls back too
	}
	return err != nil && f.conn.IsClosed() && !f.landing && ctx.Err() == nil, unavailable(err)
}

// mostAnew bounds how often a transaction begins anew for the sake of another. Of two that
// wait for each other one mostly gives way long before the server calls it a deadlock, after a
// second by its default: see patience.go. It does so to what waits for longer, an import say.
const mostAnew = 5

// anew runs a transaction, and once more where the server ended it for the sake
// of another one: a deadlock, or an order that it could not keep. Nothing of it
// stands then, and the other is over, so that it is not for people to type again.
func (s *Store) anew(ctx context.Context, run func(context.Context) error) error {
	for try := 1; ; try++ {
		err := s.patiently(ctx, run)
		if !sacrificed(err) || try == mostAnew {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(try) * (5*time.Millisecond + rand.N(20*time.Millisecond))): // two that met part ways
		}
	}
}

// sacrificed reports that the server took a transaction back to let others go on.
func sacrificed(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && (pe.Code == "40P01" || pe.Code == "40001") && !errors.Is(err, ErrUnknown)
}

// unasked marks the context of those who find out by themselves whether a
// connection lives: asking first would cost a command a round trip.
type unasked struct{}

// mayAsk says which connections are pinged before they are handed out.
func mayAsk(ctx context.Context, p pgxpool.ShouldPingParams) bool {
	return ctx.Value(unasked{}) == nil && p.IdleDuration > time.Second
}

// savepoint is the name of the part that a flight within a transaction is.
const savepoint = "flight"

// commit ends the transaction, or the part of one, that it was.
func (f *flight) commit() string {
	if f.within {
		return "release savepoint " + savepoint
	}
	return "commit"
}

// first sends the batch that the transaction begins with.
func (f *flight) first(ctx context.Context, batch *pgx.Batch) error {
	f.begun = true
	if f.within { // its savepoint is set: to prepare the batch may fail already
		return f.SendBatch(ctx, batch).Close()
	}
	begin := []*pgx.QueuedQuery{{SQL: "begin"}}
	if f.limit != "" {
		begin = append(begin, &pgx.QueuedQuery{SQL: f.limit})
	}
	all := &pgx.Batch{QueuedQueries: append(begin, batch.QueuedQueries...)}
	return f.SendBatch(ctx, all).Close()
}

// land sends the last batch and commits with it. A connection that breaks
// meanwhile leaves the outcome unknown: [ErrUnknown].
func (f *flight) land(ctx context.Context, batch *pgx.Batch) error {
	if err := f.descend(ctx); err != nil {
		return err
	}
	tag := ""
	batch.Queue(f.commit()).Exec(func(ct pgconn.CommandTag) error {
		tag = ct.String()
		return nil
	})
	err := f.SendBatch(ctx, batch).Close()
	return f.outcome(tag, err)
}

// Commit ends a flight whose last batch has been sent already.
func (f *flight) Commit(ctx context.Context) error {
	if err := f.descend(ctx); err != nil {
		return err
	}
	ct, err := f.Exec(ctx, f.commit())
	return f.outcome(ct.String(), err)
}

// descend begins the landing, if the commit can still be sent.
func (f *flight) descend(ctx context.Context) error {
	f.landing = true
	return sendable(ctx, f.conn)
}

func (f *flight) outcome(tag string, err error) error {
	switch {
	case tag == "COMMIT", f.within && tag == "RELEASE":
		f.committed = true
		return nil
	case err == nil:
		return fmt.Errorf("%w: the commit came to %s", ErrUnavailable, tag)
	}
	return unlanded(err)
}

// Rollback takes everything back.
func (f *flight) Rollback(ctx context.Context) error {
	_, err := f.Exec(ctx, "rollback")
	return err
}

// The rest makes a flight a [pgx.Tx], for those who write along in it.

var errNested = errors.New("store: no transaction within a command's own")

// Begin is refused: a command's transaction is as flat as it is short.
func (f *flight) Begin(context.Context) (pgx.Tx, error) { return nil, errNested }

// Conn is the connection below.
func (f *flight) Conn() *pgx.Conn { return f.conn }

// SendBatch sends a batch between the first and the last.
func (f *flight) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return f.conn.SendBatch(ctx, b)
}

// Exec runs one statement.
func (f *flight) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return f.conn.Exec(ctx, sql, args...)
}

// Query runs one query.
func (f *flight) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return f.conn.Query(ctx, sql, args...)
}

// QueryRow runs one query for one row.
func (f *flight) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return f.conn.QueryRow(ctx, sql, args...)
}

// CopyFrom copies rows in.
func (f *flight) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, src pgx.CopyFromSource) (int64, error) {
	return f.conn.CopyFrom(ctx, table, columns, src)
}

// Prepare prepares a statement on the connection.
func (f *flight) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return f.conn.Prepare(ctx, name, sql)
}

// LargeObjects are not used.
func (f *flight) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }
