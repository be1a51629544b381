package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

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
	for after := int64(0); ; {
		last, err := s.emptyDeliveries(ctx, team, contact, c.Name, after)
		if err != nil {
			return fail("Forget", err)
		}
		if last == 0 {
			break
		}
		after = last
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
	// in two, so that each finds its rows by an index of its own
	batch.Queue(`update inbox set payload = '' where team_id = $1 and contact_id = $2`, team, contact)
	batch.Queue(`update inbox set payload = '' where team_id = $1 and interaction_id in (select id from interactions where contact_id = $2)`, team, contact)
	batch.Queue(`delete from outbox where team_id = $1 and state <> 'sent' and (contact_id = $2
		or exists (select from unnest($3::text[]) form where strpos(payload::text, form) > 0))`, team, contact, written(c.Name))
	batch.Queue(`delete from audit a using interactions i where i.contact_id = $2 and a.team_id = $1
		and a.action in ('correct', 'restate', 'uncorrect') and a.subject = i.id::text`, team, contact)
	batch.Queue(`update exchanges set detail = '' where team_id = $1 and new_contact_id = $2`, team, contact)
	batch.Queue(`delete from contacts where team_id = $1 and id = $2`, team, contact)
	if c.Company.ID != 0 {
		batch.Queue(`delete from heard where team_id = $1 and company_id = $2 and strpos(lower(what), lower($3)) > 0`, team, c.Company.ID, c.Name)
	}
}

// emptyStep is how many deliveries are looked at in one statement, so that none
// meets its time limit however much came in.
const emptyStep = 5000

// emptyDeliveries takes the words out of those of the next deliveries after a
// number that name the contact, and of all lines and presses among them that
// recorded no note: those may name anybody by a first name. Their keys stay. It
// returns the number of the last one that it looked at, 0 after the end.
func (s *Store) emptyDeliveries(ctx context.Context, team string, contact int64, name string, after int64) (last int64, err error) {
	err = s.pool.QueryRow(ctx, `with looked as materialized (select id from inbox where id > $4 order by id limit $5),
		emptied as (update inbox i set payload = '' from looked where i.id = looked.id and team_id = $1 and payload <> ''
			and (contact_id = $2 or outcome <> 'recorded' and kind <> 'event'
				or exists (select from unnest($3::text[]) form where position(convert_to(form, 'UTF8') in payload) > 0)))
		select coalesce(max(id), 0) from looked`, team, contact, written(name), after, emptyStep).Scan(&last)
	return last, err
}

// written are the forms in which a name may stand in what comes from Slack and in
// what goes there: with Slack's escapes and without, in each as JSON writes it.
func written(name string) []string {
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(name)
	all := append(inJSON(name), inJSON(escaped)...)
	slices.Sort(all)
	return slices.Compact(all)
}

// inJSON is a text in the forms in which it may stand in a JSON string: as it is,
// escaped where it must be, with signs of HTML escaped too, and with all escaped
// that is not ASCII, which is how Slack sends it.
func inJSON(text string) []string {
	all := []string{text, quoted(text, false), quoted(text, true)}
	for _, form := range all[1:] {
		var out []byte
		for _, r := range form {
			if r < utf8.RuneSelf {
				out = append(out, byte(r))
				continue
			}
			for _, unit := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		}
		all = append(all, string(out))
	}
	return all
}

// quoted is a text as it stands between the quotes of a JSON string.
func quoted(text string, html bool) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	_ = e.Encode(text) // a string, and a writer that takes all
	return b.String()[1 : b.Len()-len("\"\n")]
}

// kept are the tables of what is kept about a contact, with the column that
// says whose words a row holds; empty where it holds nobody's.
var kept = []struct{ table, whose string }{
	{"interactions", "author_id"}, {"places", ""}, {"shares", ""}, {"asks", ""}, {"exchanges", "person_id"},
	{"steps", "person_id"}, {"suggestions", "person_id"}, {"refusals", ""}, {"gaps", everybodys}, {"owners", ""}, {"aliases", ""}, {"learned_names", "person_id"}, {"prompt_uses", "person_id"},
	{"model_answers", everybodys},
}

// everybodys are rows with words out of notes that may be anybody's: only who has
// the right to everything gets them.
const everybodys = "''"

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
	// by way of the notes: what no longer holds is in no index by the contact
	ask("signals", `select g.* from interactions i join signals g on g.interaction_id = i.id
		where i.team_id = $1 and i.contact_id = $2 and ($3 = '' or i.author_id = $3)`)
	ask("moves", `select m.* from interactions i join moves m on m.interaction_id = i.id
		where i.team_id = $1 and i.contact_id = $2 and `+any)
	ask("second_looks", `select l.* from interactions i join second_looks l on l.interaction_id = i.id
		where i.team_id = $1 and i.contact_id = $2 and ($3 = '' or i.author_id = $3)`)
	ask("verdicts", `select v.* from suggestions g join verdicts v on v.suggestion_id = g.id
		where g.team_id = $1 and g.contact_id = $2 and ($3 = '' or v.person_id = $3)`)
	ask("brought_by", `select e.* from exchanges e where e.team_id = $1 and e.new_contact_id = $2 and ($3 = '' or e.person_id = $3)`)
	return all, fail("Everything", s.pool.SendBatch(ctx, batch).Close())
}
