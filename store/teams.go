package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Teams returns every workspace of the database, by id.
func (s *Store) Teams(ctx context.Context) ([]Team, error) {
	rows, err := s.pool.Query(ctx, `select id, name, journey, content_version from teams order by id`)
	if err != nil {
		return nil, fail("Teams", err)
	}
	all, err := pgx.CollectRows(rows, scanTeam)
	return all, fail("Teams", err)
}
