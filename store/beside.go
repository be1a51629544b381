package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// DeliveryOf returns the delivery with which one of the person's interactions
// came, or [ErrNotFound]: it came otherwise, or longer ago than [InboxKept].
func (s *Store) DeliveryOf(ctx context.Context, team, person string, interaction int64) (Received, error) {
	r, err := received(ctx, s.pool, `where interaction_id = $3 and team_id = $1 and person_id = $2 order by id limit 1`, team, person, interaction)
	return r, fail("DeliveryOf", err)
}

// SameLine returns the other contacts about whom the author has recorded the very
// words of an interaction for the same moment, as a line does that names several.
func (s *Store) SameLine(ctx context.Context, team, author string, interaction int64) ([]Contact, error) {
	rows, err := s.pool.Query(ctx, selectContact+`where c.removed_at is null and c.id in (select o.contact_id from interactions i
		join interactions o on o.team_id = i.team_id and o.author_id = i.author_id and o.logged_at between i.logged_at - interval '30 days' and i.logged_at + interval '30 days'
			and o.at between i.at - interval '1 minute' and i.at + interval '1 minute' and o.note = i.note and o.contact_id <> i.contact_id and o.undone_at is null
		where i.team_id = $1 and i.author_id = $2 and i.id = $3) limit 10`, team, author, interaction)
	if err != nil {
		return nil, fail("SameLine", err)
	}
	all, err := pgx.CollectRows(rows, scanContact)
	return all, fail("SameLine", err)
}
