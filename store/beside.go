package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// DeliveryOf returns the delivery with which one of the person's interactions
// came, or [ErrNotFound]: it came otherwise, or longer ago than [InboxKept].
func (s *Store) DeliveryOf(ctx context.Context, team, person string, interaction int64) (Received, error) {
	r, err := received(ctx, s.pool, `where interaction_id = $3 and `+whose+` order by id + 0 limit 1`, team, person, interaction)
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

// ArePeople reports whether each of the names, by their keys, is all of somebody's who is
// known, and none of them a company's. as is what they would be as a name and its company,
// zero where they are none: if somebody is called so, they are not people.
func (s *Store) ArePeople(ctx context.Context, team string, as Who, names []string) (bool, error) {
	if as.NameKey != "" && s.names.of(team, as).id != 0 {
		return false, nil
	}
	var are bool
	err := s.pool.QueryRow(ctx, `select not exists (select from unnest($2::text[]) n where
			not exists (select from contacts where team_id = $1 and name_key = n and removed_at is null)
			and not exists (select from aliases where team_id = $1 and alias_key = n))
		and not exists (select from companies co where co.team_id = $1 and co.name_key = any($2)
			and exists (select from contacts where company_id = co.id and removed_at is null))
		and not exists (select from companies co join contacts c on c.company_id = co.id
			where co.team_id = $1 and co.name_key = $4 and c.team_id = $1 and c.name_key = $3 and c.removed_at is null)`,
		team, names, as.NameKey, as.CompanyKey).Scan(&are)
	return are, fail("ArePeople", err)
}
