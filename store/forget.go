package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Erasable is what the erasure of a contact would take away.
type Erasable struct {
	Contact Contact
	Notes   int // interactions that were recorded, undone and corrected ones too
	Theirs  int // of those, how many other people wrote than the one who asks
}

// Erasable tells what [Store.Forget] would take away, or [ErrNotFound].
func (s *Store) Erasable(ctx context.Context, team, person string, contact int64) (Erasable, error) {
	e := Erasable{}
	var err error
	if e.Contact, err = s.Contact(ctx, team, contact); err != nil {
		return e, fail("Erasable", err)
	}
	err = s.pool.QueryRow(ctx, `select count(*), count(*) filter (where author_id <> $3) from interactions where team_id = $1 and contact_id = $2`,
		team, contact, person).Scan(&e.Notes, &e.Theirs)
	return e, fail("Erasable", err)
}

// Forget erases a contact for good: their row and everything that hangs on it,
// and the words of deliveries and postings that speak of them. Jobs that still
// wait find nothing. What stays is that somebody of the team erased contact
// so-and-so, by its number; the keys of the deliveries, so that none is recorded
// again; the company, which is no person; and sums of weeks that were posted.
// Notes about other contacts that mention the name are those contacts' and
// stay. The rights are the caller's to check.
func (s *Store) Forget(ctx context.Context, team, person string, contact int64, now time.Time) error {
	c, err := s.Contact(ctx, team, contact)
	if err != nil {
		return fail("Forget", err)
	}
	for {
		n, err := s.emptyDeliveries(ctx, team, contact, c.Name)
		if err != nil {
			return fail("Forget", err)
		}
		if n < emptyStep {
			break
		}
	}
	err = s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := lockContact(ctx, tx, team, contact); err != nil {
			return err
		}
		batch := &pgx.Batch{}
		queueErasure(batch, team, contact, c)
		batch.Queue(`insert into audit (team_id, person_id, action, subject, at) values ($1, $2, 'forget', $3::bigint::text, $4)`, team, person, contact, now)
		return tx.SendBatch(ctx, batch).Close()
	})
	return fail("Forget", err)
}

// queueErasure removes the rows. Most go with the contact's own; the rest name
// it without a reference.
func queueErasure(batch *pgx.Batch, team string, contact int64, c Contact) {
	batch.Queue(`update inbox set payload = '' where team_id = $1 and (contact_id = $2
		or interaction_id in (select id from interactions where contact_id = $2))`, team, contact)
	batch.Queue(`delete from outbox where team_id = $1 and state <> 'sent' and (contact_id = $2 or strpos(payload::text, $3) > 0)`, team, contact, c.Name)
	batch.Queue(`delete from audit a using interactions i where i.contact_id = $2 and a.team_id = $1
		and a.action = 'correct' and a.subject = i.id::text`, team, contact)
	batch.Queue(`update exchanges set detail = '' where team_id = $1 and new_contact_id = $2`, team, contact)
	batch.Queue(`delete from contacts where team_id = $1 and id = $2`, team, contact)
	if c.Company.ID != 0 {
		batch.Queue(`delete from heard where team_id = $1 and company_id = $2 and strpos(lower(what), lower($3)) > 0`, team, c.Company.ID, c.Name)
	}
}

// emptyStep is how many deliveries are emptied at once, so that no statement
// meets its time limit however much came in.
const emptyStep = 2000

// emptyDeliveries takes the words out of deliveries of the last [InboxKept]
// that name the contact, and out of all commands that recorded no note: those
// may name anybody by a first name. Their keys stay.
func (s *Store) emptyDeliveries(ctx context.Context, team string, contact int64, name string) (int64, error) {
	escaped, err := json.Marshal(name)
	if err != nil {
		return 0, err
	}
	tag, err := s.pool.Exec(ctx, `update inbox set payload = '' where id in (select id from inbox
		where team_id = $1 and payload <> '' and (contact_id = $2 or outcome = '' and kind <> 'event'
			or position(convert_to($3, 'UTF8') in payload) > 0 or position(convert_to($4, 'UTF8') in payload) > 0)
		limit $5)`, team, contact, name, string(escaped[1:len(escaped)-1]), emptyStep)
	return tag.RowsAffected(), err
}

// kept are the tables of what is kept about a contact, with the column that
// says whose words a row holds; empty where it holds nobody's.
var kept = []struct{ table, whose string }{
	{"interactions", "author_id"}, {"places", ""}, {"moves", ""}, {"shares", ""}, {"asks", ""}, {"exchanges", "person_id"},
	{"steps", "person_id"}, {"suggestions", "person_id"}, {"refusals", ""}, {"gaps", ""}, {"owners", ""}, {"aliases", ""}, {"prompt_uses", "person_id"},
}

// Everything returns all that is kept about a contact as JSON, a list a table.
// person limits what holds people's words to that person's own; empty: all of
// it, for who has the right to everything.
func (s *Store) Everything(ctx context.Context, team string, contact int64, person string) (map[string]json.RawMessage, error) {
	if _, err := s.Contact(ctx, team, contact); err != nil {
		return nil, fail("Everything", err)
	}
	all := map[string]json.RawMessage{}
	batch := &pgx.Batch{}
	ask := func(name, sql string) {
		batch.Queue(`select coalesce(jsonb_agg(to_jsonb(t) - 'team_id' - 'contact_id'), '[]') from (`+sql+`) t`, team, contact, person).
			QueryRow(func(row pgx.Row) error {
				var raw json.RawMessage
				err := row.Scan(&raw)
				all[name] = raw
				return err
			})
	}
	const any = `$3::text is not null`
	ask("contact", `select c.*, co.name as company, co.industry from contacts c left join companies co on co.id = c.company_id
		where c.team_id = $1 and c.id = $2 and `+any)
	for _, k := range kept {
		whose := any
		if k.whose != "" {
			whose = fmt.Sprintf(`($3 = '' or %s = $3)`, k.whose)
		}
		ask(k.table, fmt.Sprintf(`select * from %s where team_id = $1 and contact_id = $2 and %s`, k.table, whose))
	}
	ask("signals", `select g.* from signals g join interactions i on i.id = g.interaction_id
		where g.team_id = $1 and g.contact_id = $2 and ($3 = '' or i.author_id = $3)`)
	return all, fail("Everything", s.pool.SendBatch(ctx, batch).Close())
}
