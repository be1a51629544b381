package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Answered is a suggestion of which a rep said by a button what it was worth: they
// gave an item of it, or called one not for them or not good.
type Answered struct {
	ID        int64
	ContactID int64
	PersonID  string
	At        time.Time
	Seed      int64
	Given     []int64 // items
	Refused   []int64 // items
}

// Answered returns the latest n of them, newest first.
func (s *Store) Answered(ctx context.Context, team string, since time.Time, n int) ([]Answered, error) {
	rows, err := s.pool.Query(ctx, `select g.id, g.contact_id, g.person_id, g.at, g.seed, v.given, v.refused
		from (select suggestion_id, coalesce(array_agg(content_id) filter (where verdict = 'sent'), '{}') as given,
				coalesce(array_agg(content_id) filter (where verdict = 'not_useful'), '{}') as refused
			from verdicts where team_id = $1 and at >= $2 and (verdict = 'sent' or verdict = 'not_useful' and reason in ('not_for_them', 'not_good'))
			group by suggestion_id order by suggestion_id desc limit $3) v
		join suggestions g on g.id = v.suggestion_id and g.team_id = $1
		join contacts c on c.id = g.contact_id and c.removed_at is null order by g.id desc`, team, since, n)
	if err != nil {
		return nil, fail("Answered", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Answered])
	return all, fail("Answered", err)
}

// Owned is a contact with who wrote about them last.
type Owned struct {
	Preview
	PersonID string
}

// LatestContacts returns the n contacts that were written about last, each with
// who wrote. None is marked as anybody's own: they are for figures, and come
// without names.
func (s *Store) LatestContacts(ctx context.Context, team string, n int) ([]Owned, error) {
	rows, err := s.pool.Query(ctx, `select c.id, coalesce(co.industry, ''), coalesce(p.stage, ''), o.person_id
		from (select id, company_id, last_at from contacts where team_id = $1 and removed_at is null and last_at is not null
			order by last_at desc, id desc limit $2) c
		join lateral (select person_id from owners where contact_id = c.id order by last_at desc limit 1) o on true
		left join companies co on co.id = c.company_id left join places p on p.contact_id = c.id and p.journey = 'aipee'
		order by c.last_at desc, c.id desc`, team, n)
	if err != nil {
		return nil, fail("LatestContacts", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Owned, error) {
		var o Owned
		err := row.Scan(&o.ID, &o.Industry, &o.Stage, &o.PersonID)
		return o, err
	})
	return all, fail("LatestContacts", err)
}
