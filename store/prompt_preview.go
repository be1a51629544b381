package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Preview is a contact that wording may be tried on.
type Preview struct {
	ID       int64
	Name     string
	Company  string
	Industry string
	Stage    string // on the default journey
	Mine     bool   // the person has written about them
	Title    string
	LastAt   time.Time // of any note about them; zero: none
	Notes    int
	Told     string // the language that they were told to speak, as it was typed; empty: none was
	// Language is the one in which they are written to, as far as a list knows it
	// (ISO 639-1); the caller fills it in.
	Language string `db:"-"`
	// Number tells those apart who are not the person's own, from 1 on in the
	// order of the list; 0 for their own.
	Number int `db:"-"`
}

// PreviewContacts lists contacts that wording may be tried on, the person's own
// first and the latest heard of first. Others' names and notes are not the
// person's to see in a preview: the caller masks them.
func (s *Store) PreviewContacts(ctx context.Context, team, person string, n int) ([]Preview, error) {
	rows, err := s.pool.Query(ctx, `(select c.id, c.name, coalesce(co.name, ''), coalesce(co.industry, ''), coalesce(p.stage, ''), true,
			c.title, coalesce(c.last_at, '0001-01-01 00:00+00'), c.notes, c.language
			from owners o join contacts c on c.id = o.contact_id and c.removed_at is null
			left join companies co on co.id = c.company_id left join places p on p.contact_id = c.id and p.journey = 'aipee'
			where o.team_id = $1 and o.person_id = $2 order by o.last_at desc, c.id desc limit $3)
		union all (select c.id, c.name, coalesce(co.name, ''), coalesce(co.industry, ''), p.stage, false,
			c.title, coalesce(c.last_at, '0001-01-01 00:00+00'), c.notes, c.language
			from contacts c join places p on p.contact_id = c.id and p.journey = 'aipee' left join companies co on co.id = c.company_id
			where c.team_id = $1 and c.removed_at is null and not exists (select from owners o where o.contact_id = c.id and o.person_id = $2)
			order by c.id desc limit $3)`, team, person, n)
	if err != nil {
		return nil, fail("PreviewContacts", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Preview])
	number := 0
	for i := range all {
		if !all[i].Mine {
			number++
			all[i].Number = number
		}
	}
	return all[:min(n, len(all))], fail("PreviewContacts", err)
}

// NotesToTell returns, by contact, the latest notes about them, newest first, as many as
// [Past] has: from which somebody sees in which language a contact is written to. Of each
// it has the author and the words; they are to be judged, and shown to nobody.
func (s *Store) NotesToTell(ctx context.Context, team string, contacts []int64) (map[int64][]Heard, error) {
	rows, err := s.pool.Query(ctx, `select c.id, i.author_id, i.note from unnest($2::bigint[]) c (id) cross join lateral (select author_id, note, at, id from interactions
			where team_id = $1 and contact_id = c.id and undone_at is null `+latestNotes+`) i order by c.id, i.at desc, i.id desc`, team, contacts)
	if err != nil {
		return nil, fail("NotesToTell", err)
	}
	notes := map[int64][]Heard{}
	var id int64
	var h Heard
	_, err = pgx.ForEachRow(rows, []any{&id, &h.AuthorID, &h.Note}, func() error { notes[id] = append(notes[id], h); return nil })
	return notes, fail("NotesToTell", err)
}
