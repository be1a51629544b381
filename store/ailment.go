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
	Slow                    // it is there and took too long: locked, or too much to do
	Refusing                // it is there and takes nothing: full, read-only
	Lacking                 // it is there and lacks what statements need: a table, an operator, a right
)

// AilmentOf tells in which way the database failed; err is [ErrUnavailable], or
// what a trial ended with.
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
		case pe.Code[:2] == "42":
			return Lacking
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
