package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
)

// DeliveryOf returns the delivery with which one of the person's interactions
// came, or [ErrNotFound]: it came otherwise, or longer ago than [InboxKept].
func (s *Store) DeliveryOf(ctx context.Context, team, person string, interaction int64) (Received, error) {
	r, err := received(ctx, s.pool, `where interaction_id = $3 and `+whose+` order by `+byNumber+` limit 1`, team, person, interaction)
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
// zero where they are none: if somebody is called so, they are not people. By another name
// somebody is known to person alone where their answer told it.
func (s *Store) ArePeople(ctx context.Context, team, person string, as Who, names []string) (bool, error) {
	if as.NameKey != "" && s.names.of(team, as).found { // as last seen: if nobody is called so any more, their next line finds that out
		return false, nil
	}
	all, batch := make([]bool, 0, 2*len(names)+1), &pgx.Batch{}
	holds := func(sql string, args ...any) {
		batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
			var is bool
			err := row.Scan(&is)
			all = append(all, is)
			return err
		})
	}
	for _, name := range names { // each by itself: of a list Postgres may make a plan that reads the names of the whole team
		holds(isPerson, team, person, name)
		holds(isNoCompany, team, name)
	}
	if as.NameKey != "" {
		holds(isNobody, team, as.NameKey, as.CompanyKey)
	}
	err := s.pool.SendBatch(ctx, batch).Close()
	return err == nil && !slices.Contains(all, false), fail("ArePeople", err)
}

const (
	isPerson = `select exists (select from contacts where team_id = $1 and name_key = $3 and removed_at is null)
		or exists (select from aliases a where team_id = $1 and alias_key = $3 and ` + toldHere + `)`
	isNoCompany = `select not exists (select from companies co join contacts c on c.company_id = co.id
		where co.team_id = $1 and co.name_key = $2 and c.removed_at is null)`
	isNobody = `select not exists (select from companies co join contacts c on c.company_id = co.id
		where co.team_id = $1 and co.name_key = $3 and c.team_id = $1 and c.name_key = $2 and c.removed_at is null)`
)
