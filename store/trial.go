package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Limits of [TryWrite]: it is asked by those who look at the health of the
// process, and must neither take long nor stand in the way of lines.
const (
	trialLimit = 1500 * time.Millisecond
	trialLock  = 300 * time.Millisecond
)

// lineTables are what recording a line writes into.
const lineTables = `inbox, contacts, owners, interactions, signals, places, moves, suggestions, shares, asks, exchanges, steps, outbox`

// tryLine writes a delivery, a contact and a note of a workspace that there is
// not. The note's number is its own, so that the trial uses none up that reps see.
const tryLine = `with came as (insert into inbox (team_id, envelope_id, kind, key, payload) values ('', $1, 'trial', $1, '')),
		met as (insert into contacts (team_id, name, name_key, created_by) values ('', $1, $1, '') returning id)
	insert into interactions (id, team_id, contact_id, author_id, at, channel, direction, note)
		select -id, '', id, '', now(), 'other', 'out', '' from met`

// TryWrite reports why no line can be recorded at this moment: it writes what a
// line writes and takes it back, within [trialLimit]. nil: one can. A table that
// is locked, a full disk, a standby and a missing right all show; a lock on one
// contact does not, for that is nobody else's trouble. Nothing of it stands.
func TryWrite(ctx context.Context, pool *pgxpool.Pool) error {
	ctx, cancel := context.WithTimeout(ctx, trialLimit)
	defer cancel()
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		key := "trial " + rand.Text()
		// first by itself: to prepare what follows waits for locks too
		if _, err := tx.Exec(ctx, fmt.Sprintf("set local lock_timeout = %d", trialLock.Milliseconds())); err != nil {
			return err
		}
		batch := &pgx.Batch{}
		batch.Queue("lock table " + lineTables + " in row exclusive mode")
		batch.Queue(tryLine, key)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return fail("TryWrite", err)
}

var errTried = errors.New("taken back")

// Holders lists the server's processes that hold, or wait to hold, a table of [TryWrite] in a
// way that lets nothing be written into it.
func Holders(ctx context.Context, pool *pgxpool.Pool) (pids []int32, err error) {
	rows, err := pool.Query(ctx, `select distinct pid from pg_locks where pid <> pg_backend_pid()
		and database = (select oid from pg_database where datname = current_database())
		and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
		and relation = any (select to_regclass(t)::oid from unnest($1::text[]) t) order by pid`, strings.Split(lineTables, ", "))
	if err != nil {
		return nil, fail("Holders", err)
	}
	pids, err = pgx.CollectRows(rows, pgx.RowTo[int32])
	return pids, fail("Holders", err)
}

// Ailment is the way in which a database is not available.
type Ailment int

// Where [ErrUnavailable] comes from, as far as it matters to people.
const (
	Away     Ailment = iota // it was not reached, or went away
	Slow                    // it is there and took too long: locked, or too much to do
	Refusing                // it is there and takes nothing: full, read-only
)

// AilmentOf tells in which way the database failed; err is [ErrUnavailable].
func AilmentOf(err error) Ailment {
	var pe *pgconn.PgError
	switch {
	case errors.As(err, new(*pgconn.ConnectError)), errors.Is(err, errUnreached):
		return Away
	case errors.As(err, &pe):
		switch {
		case pe.Code == "55P03", pe.Code == "57014", pe.Code[:2] == "40":
			return Slow
		case pe.Code[:2] == "08", pe.Code[:2] == "57":
			return Away
		}
		return Refusing
	case errors.Is(err, context.DeadlineExceeded):
		return Slow
	}
	return Away
}

// errUnreached: no connection came about in time, though there was room for one.
var errUnreached = errors.New("no connection to the database came about in time")

// acquire takes a connection out of the pool, or says within [PoolWait] why
// there is none.
func (s *Store) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, PoolWait)
	defer cancel()
	conn, err := s.pool.Acquire(wait)
	if err == nil {
		return conn, nil
	}
	if st := s.pool.Stat(); errors.Is(err, context.DeadlineExceeded) && st.AcquiredConns() < st.MaxConns() {
		err = errors.Join(errUnreached, err)
	}
	return nil, errors.Join(ErrUnavailable, err)
}
