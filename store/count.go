package store

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"time"

	"github.com/jackc/pgx/v5"
)

// A connection keeps the plans of its statements, and Postgres makes them from what it counted
// last. On a new database it has counted nothing: a plan that was made beside an empty table
// reads, a thousand lines later, all of that table for each of them, until autovacuum comes by
// (a minute by its default; never where somebody turned it off). So a process has the tables
// that grew counted while it records its first lines: plans are made anew then.

const (
	// firstCount is after how many of its lines a process has the tables counted first; after
	// that each time it has recorded countAgain times as many.
	firstCount = 64
	countAgain = 4
)

// recordedMore says that a process has recorded some more lines.
func (s *Store) recordedMore(lines int) {
	now := s.lines.Add(int64(lines))
	if was := now - int64(lines); counts(was) == counts(now) {
		return
	}
	select {
	case s.grown <- struct{}{}:
	default: // it is to come already
	}
}

// counts is how many times tables were to be counted when there were so many lines.
func counts(lines int64) int {
	if lines < firstCount {
		return 0
	}
	return 1 + (bits.Len64(uint64(lines))-bits.Len64(firstCount))/(bits.Len64(countAgain)-1) //nolint:gosec // not negative
}

// countLimit is how long counting one table may take: of a large one on a slow disk longer than
// a command has. Nothing waits for it.
const countLimit = 30 * time.Second

// countTables has Postgres count the tables that grew by half and more since it did. Those that
// another session counts are left to it; one that cannot be counted keeps no other from it.
func (s *Store) countTables(ctx context.Context) error {
	tables, err := s.grownTables(ctx)
	for _, table := range tables {
		if one := s.countTable(ctx, table); one != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", table, one))
		}
	}
	return fail("countTables", err)
}

func (s *Store) grownTables(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, CommandTimeout)
	defer cancel()
	// by their size: how many rows were written a session tells up to ten seconds late
	rows, err := s.pool.Query(ctx, `select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
		and pg_relation_size(oid) > current_setting('block_size')::int * case when reltuples <= 0 then 0 else 1 + 1.5 * relpages end
		order by pg_relation_size(oid)`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func (s *Store) countTable(ctx context.Context, table string) error {
	ctx, cancel := context.WithTimeout(ctx, countLimit)
	defer cancel()
	return s.txOnce(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fmt.Sprintf(`set local statement_timeout = %d`, countLimit.Milliseconds())); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `analyze (skip_locked) `+table)
		return err
	})
}
