package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// A name that was asked about is not asked about again where the answer left no doubt: the
// one contact who may have been meant was, by a whole name of another spelling ("Dr. Omar
// Farouk" is Omar Farouk). From then on it is one of the contact's other names for whoever
// answered, until the note is undone, or somebody is said to be called so themselves. Others
// may know somebody else by it, and are asked.

// toldHere holds for another name a of a contact that whoever asks, the second parameter, may
// mean by it: nobody's answer told it, or theirs did and stands. Its own row names one answer,
// which may be of the version before; learned_names has everybody's. The version before takes
// a note back without what its answer told.
const toldHere = `(a.learned_by is null or exists (select from interactions i where i.id = a.learned_by and i.author_id = $2 and i.undone_at is null)
	or exists (select from learned_names l join interactions i on i.id = l.interaction_id
		where l.team_id = a.team_id and l.alias_key = a.alias_key and l.contact_id = a.contact_id and l.person_id = $2 and i.undone_at is null))`

// spelling reports whether what was typed may be another spelling of a whole name. Part of a
// name and initials are not: whoever else comes may be meant by them too. What stands in an
// address is kept as one.
func (w Who) spelling() bool {
	words := strings.Fields(w.NameKey)
	for _, word := range words {
		if utf8.RuneCountInString(word) < 2 {
			return false
		}
	}
	return len(words) > 1 && w.Email == ""
}

// learn finds out whether the answer to a question tells another spelling of the contact's
// name.
func (l *logging) learn(ctx context.Context) error {
	d := &l.draft
	if d.DeliveryID == 0 || d.ContactID == 0 || d.Again || !d.Who.spelling() {
		return nil
	}
	if err := l.seek(ctx); err != nil {
		return err
	}
	m, err := l.store.resolve(ctx, l.tx, d.Delivery.TeamID, d.Delivery.PersonID, d.Who, l.found)
	if err != nil || len(m.Ask) != 1 || m.Ask[0].ID != d.ContactID {
		return err
	}
	if m.Turned {
		d.Who = *d.Who.Turned
	}
	l.learned = d.Who.respells(m.Ask[0])
	return nil
}

// respells reports whether what was typed is all of a contact's name, spelled otherwise. What
// may be a colleague's name as well is not: initials, a family name behind a title, part of
// the name, with a slip or not, and "martin dupont" of Dupont.
func (w Who) respells(c Candidate) bool {
	if w.BareKey != "" && !strings.Contains(w.BareKey, " ") && w.BareKey != c.NameKey { // "Weidmann" may be all that is known
		return false
	}
	for _, key := range []string{w.NameKey, w.BareKey} {
		if key != c.NameKey && (holdsWords(c.NameKey, key) || abbreviates(c.NameKey, key) || abbreviates(key, c.NameKey) || slipInPart(c.NameKey, key)) {
			return false
		}
	}
	return withoutCompany(w, c) == ""
}

// queueLearned keeps what a note's answer told. Answers to a name that nobody is known by any
// more, which the version before leaves, count no longer.
func queueLearned(batch *pgx.Batch, team, person string, contact int64, who Who, note int64) {
	batch.Queue(`delete from learned_names l where team_id = $1 and alias_key = $2 and contact_id = $3
		and not exists (select from aliases a where a.team_id = l.team_id and a.alias_key = l.alias_key and a.contact_id = l.contact_id)`, team, who.NameKey, contact)
	batch.Queue(`insert into aliases (team_id, contact_id, alias_key, alias, learned_by) values ($1, $2, $3, $4, $5)
		on conflict (team_id, alias_key, contact_id) do update set learned_by = excluded.learned_by
			where exists (select from interactions i where i.id = aliases.learned_by and i.undone_at is not null)`,
		team, contact, who.NameKey, who.Name, note)
	batch.Queue(`insert into learned_names (team_id, alias_key, contact_id, person_id, interaction_id) values ($1, $2, $3, $4, $5)
		on conflict (team_id, alias_key, contact_id, person_id) do update set interaction_id = excluded.interaction_id`,
		team, who.NameKey, contact, person, note)
}

// queueUnlearned takes back what a note's answer told, also where the note was put right
// since by the version before, which leaves the answer with the old row. A name that somebody
// else's answer tells as well stays theirs.
func queueUnlearned(batch *pgx.Batch, contact, note int64) {
	const rows = `with recursive row as (
			select id, corrects from interactions where id = $2
			union all select i.id, i.corrects from interactions i join row on i.id = row.corrects) `
	batch.Queue(rows+`update aliases a set learned_by = l.interaction_id from learned_names l join interactions i on i.id = l.interaction_id
		where a.contact_id = $1 and a.learned_by in (select id from row) and i.undone_at is null and i.id not in (select id from row)
			and l.team_id = a.team_id and l.alias_key = a.alias_key and l.contact_id = a.contact_id`, contact, note)
	batch.Queue(rows+`delete from aliases where contact_id = $1 and learned_by in (select id from row)`, contact, note)
	batch.Queue(rows+`delete from learned_names where contact_id = $1 and interaction_id in (select id from row)`, contact, note)
}

// unlearn takes back of all contacts that they are called as somebody new is.
func (l *logging) unlearn(ctx context.Context) error {
	batch := &pgx.Batch{}
	for _, sql := range []string{`delete from aliases where team_id = $1 and alias_key = $2 and learned_by is not null`,
		`delete from learned_names where team_id = $1 and alias_key = $2`} { // in this order, as all who write both: nobody waits for another
		batch.Queue(sql, l.draft.Delivery.TeamID, l.draft.Who.NameKey)
	}
	return l.tx.SendBatch(ctx, batch).Close()
}

// bySpelling reports whether a contact is called what was typed by another name alone.
func (w Who) bySpelling(c Candidate) bool { return c.NameKey != w.NameKey && c.goesBy(w.NameKey) }

// respelled tells of a match by another spelling alone that the name is written otherwise:
// who was meant once may not be now. With the titles or without them it is the same name.
func (w Who) respelled(m Match, exact []Candidate) Match {
	for _, c := range exact {
		if c.ID == m.ID && w.bySpelling(c) && c.NameKey != w.BareKey && c.bare() != w.NameKey {
			m.Typo = true
		}
	}
	return m
}
