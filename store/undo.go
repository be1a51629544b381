package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Undone says what an undo took back.
type Undone struct {
	Interaction Interaction
	Contact     Contact
	// Unmade is set when the contact had come with this line and went with it.
	Unmade bool
	// Already is set when the interaction was undone before.
	Already bool
	// Given is what the author gave the contact on account of the note, by a button of its
	// receipt say, and which stands: it took place, whatever the note says. Of a contact
	// of whom no note is left it is all that the author gave them.
	Given []Share
	// Kept is set when no note is left of the contact who had come with this line, who
	// is known all the same: something else stands of them.
	Kept bool
	// Untitled is the title that was known by this note alone, and went with it.
	Untitled string
	Places   []Place
}

// Undo takes one of the author's interactions back: it no longer counts, and
// neither does what hung on it. Its row stays, marked, with its words.
// [ErrNotFound] where the author has no such interaction.
func (s *Store) Undo(ctx context.Context, team, author string, id int64, now time.Time, refold Refold) (Undone, error) {
	var u Undone
	err := s.inTurnOf(ctx, team, id, func(tx pgx.Tx) error {
		u = Undone{}
		// The contact is locked before anything else is, as by all who change what
		// is known of one: a second look at the same note may hold it just now.
		var contact int64
		err := tx.QueryRow(ctx, `select contact_id from interactions where `+ofAuthor, team, author, id).Scan(&contact)
		if err != nil {
			return err
		}
		if u.Contact, err = lockContact(ctx, tx, team, contact); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, selectInteraction+`id = $2`, team, id)
		if err != nil {
			return err
		}
		if u.Interaction, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Interaction]); err != nil {
			return err
		}
		if u.Interaction.Undone {
			u.Already = true
			return u.whatStands(ctx, tx, author)
		}
		batch := &pgx.Batch{}
		queueUndone(batch, u.Interaction, now)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `update contacts set title = '', titled_by = null where id = $1 and titled_by = $2`, contact, u.Interaction.ID)
		if err != nil {
			return err
		}
		if tag.RowsAffected() > 0 {
			u.Untitled = u.Contact.Title
		}
		if u.Places, err = refolded(ctx, tx, team, u.Contact, refold, rested{}); err != nil {
			return err
		}
		tag, err = tx.Exec(ctx, `update contacts c set removed_at = $2 where c.id = $1 and c.created_by = $3 and `+unspoken, contact, now, author)
		u.Unmade = err == nil && tag.RowsAffected() == 1
		if err != nil || u.Unmade {
			return err
		}
		return u.whatStands(ctx, tx, author)
	})
	if err == nil && u.Unmade {
		s.names.forget(team, u.Contact.nameKey, u.Contact.companyKey)
	}
	return u, fail("Undo", err)
}

// whatStands reads what the undo left.
func (u *Undone) whatStands(ctx context.Context, tx pgx.Tx, author string) error {
	err := tx.QueryRow(ctx, `select notes = 0 and created_by = $2 and removed_at is null from contacts where id = $1`, u.Contact.ID, author).Scan(&u.Kept)
	if err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `select content_id, title from shares h where contact_id = $1 and person_id = $2 and undone_at is null and content_id is not null
		and ($4 or suggestion_id in (select id from suggestions where interaction_id = $3)) order by at, id limit 3`,
		u.Contact.ID, author, u.Interaction.ID, u.Kept)
	if err != nil {
		return err
	}
	u.Given, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (h Share, err error) {
		return h, row.Scan(&h.ContentID, &h.Title)
	})
	return err
}

// unspoken is the condition that nothing is known of a contact c but the name:
// no note stands, nothing was given to them and nothing asked of them.
const unspoken = `c.notes = 0
	and not exists (select from shares where contact_id = c.id and undone_at is null)
	and not exists (select from asks where contact_id = c.id and undone_at is null)`

// queueUndone marks a note and takes back what hung on it.
func queueUndone(batch *pgx.Batch, i Interaction, now time.Time) {
	batch.Queue(`update interactions set undone_at = $2 where id = $1`, i.ID, now)
	for _, table := range []string{"shares", "asks", "exchanges"} {
		batch.Queue(fmt.Sprintf(`update %s set undone_at = $2 where interaction_id = $1 and undone_at is null`, table), i.ID, now)
	}
	batch.Queue(`update steps set done_at = $2 where interaction_id = $1 and `+stepOpen, i.ID, now)
	queueReopened(batch, i.ContactID, i.ID)
	queueUnlearned(batch, i.ContactID, i.ID)
	// whom a referral made known goes with it, as long as nothing else is known of them
	batch.Queue(`update contacts c set removed_at = $2 where c.created_by = $3 and c.referred_by = $4
		and (c.id in (select new_contact_id from exchanges where interaction_id = $1) or c.named_by = $1)
		and c.created_at > (select logged_at - interval '1 minute' from interactions where id = $1)
		and `+unspoken, i.ID, now, i.AuthorID, i.ContactID)
	queueUnreferred(batch, i.ID)
	batch.Queue(`update contacts c set named_by = null, referred_by = case when exists (select from exchanges e where e.new_contact_id = c.id and e.contact_id = $2 and e.undone_at is null)
		then c.referred_by else nullif(c.referred_by, $2) end where c.named_by = $1`, i.ID, i.ContactID)
	// what the library lacked for them was found in this note's words
	batch.Queue(`delete from gaps g using suggestions s where s.interaction_id = $1
		and g.contact_id = s.contact_id and g.stage = s.stage and g.at = s.at`, i.ID)
	// who came to look after the contact by a note, and has none that stands and
	// nothing else on record, was the wrong one to begin with
	batch.Queue(`delete from owners o where o.contact_id = $1 and o.person_id = $2
		and exists (select from interactions where contact_id = $1 and author_id = $2 and logged_at = o.since)
		and not exists (select from interactions where contact_id = $1 and author_id = $2 and undone_at is null)
		and not exists (select from shares where contact_id = $1 and person_id = $2 and undone_at is null)
		and not exists (select from asks where contact_id = $1 and person_id = $2 and undone_at is null)`, i.ContactID, i.AuthorID)
}

// queueUnreferred has those whom a note's referrals brought known through its
// contact no longer, where no referral that stands says so.
func queueUnreferred(batch *pgx.Batch, interaction int64) {
	batch.Queue(`update contacts c set referred_by = null from exchanges gone
		where gone.interaction_id = $1 and gone.undone_at is not null and c.id = gone.new_contact_id and c.referred_by = gone.contact_id
		and not exists (select from exchanges e where e.new_contact_id = c.id and e.contact_id = gone.contact_id and e.undone_at is null)`, interaction)
}
