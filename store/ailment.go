package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Ailment is the way in which a database is not available.
type Ailment int

// Where [ErrUnavailable] comes from, as far as it matters to people.
const (
	Away     Ailment = iota // it was not reached, or went away
	Slow                    // it took too long: locked, or too much to do
	Crowded                 // it is there, and all connections to it are taken: ours, or all that it gives
	Refusing                // it is there and takes nothing: full, read-only
	Lacking                 // it is there and lacks what statements need: a table, an operator, a right
)

// AilmentOf tells in which way the database failed; err is [ErrUnavailable], or
// what a trial ended with. Of [ErrUnknown] it tells what ended the commit: [Slow]
// is a time limit of ours, [Away] a connection that broke.
func AilmentOf(err error) Ailment {
	var pe *pgconn.PgError
	switch {
	case errors.Is(err, errCrowded), errors.As(err, &pe) && pe.Code == "53300": // refused while connecting, it is a ConnectError too
		return Crowded
	case errors.As(err, new(*pgconn.ConnectError)), errors.Is(err, errUnreached):
		return Away
	case pe != nil:
		switch {
		case pe.Code == "55P03", pe.Code == "57014", pe.Code[:2] == "40":
			return Slow
		case pe.Code[:2] == "08", pe.Code[:2] == "57":
			return Away
		case pe.Code[:2] == "42":
			return Lacking
		}
		return Refusing
	case errors.Is(err, context.DeadlineExceeded):
		return Slow
	}
	return Away
}

var (
	// errUnreached: no connection came about in time, and none stands.
	errUnreached = errors.New("no connection to the database came about in time")
	// errCrowded: each connection that the pool may have is in use.
	errCrowded = errors.New("all connections to the database are in use")
)

// acquire takes a connection out of the pool, or says within [PoolWait] why
// there is none.
func (s *Store) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, PoolWait)
	defer cancel()
	conn, err := s.pool.Acquire(wait)
	if err == nil {
		return conn, nil
	}
	st := s.pool.Stat()
	switch {
	case !errors.Is(err, context.DeadlineExceeded), ctx.Err() != nil: // the time of who asks ran out: that says nothing of the pool
	case st.AcquiredConns() == st.MaxConns():
		err = errors.Join(errCrowded, err)
	case st.TotalConns() == st.ConstructingConns(): // where others stand, a new one that is long in coming is a busy server's
		err = errors.Join(errUnreached, err)
	}
	return nil, errors.Join(ErrUnavailable, err)
}
