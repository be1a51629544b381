package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Brought is somebody to whom a referral points: made with the line, unless
// ContactID says that they are known.
type Brought struct {
	Who       Who
	ContactID int64
	Places    []Place // where they begin
	// After: they come after the contact, who left. That is no referral and no exchange.
	After bool
}

// put makes the contact who was brought, if nobody has it yet, and says whose
// referral they are: known stays who was known through somebody else.
func (b *Brought) put(ctx context.Context, tx pgx.Tx, team, person string, from int64, at time.Time) error {
	if b.ContactID == 0 {
		id, fresh, err := makeContact(ctx, tx, team, person, b.Who)
		if err != nil {
			return err
		}
		b.ContactID = id
		if fresh {
			batch := &pgx.Batch{}
			queuePlaces(batch, team, id, b.Places)
			batch.Queue(`insert into owners (team_id, contact_id, person_id, last_at) values ($1, $2, $3, $4)`, team, id, person, at)
			if err := tx.SendBatch(ctx, batch).Close(); err != nil {
				return err
			}
		}
	}
	_, err := tx.Exec(ctx, `update contacts set referred_by = $3 where team_id = $1 and id = $2 and referred_by is null and id <> $3`, team, b.ContactID, from)
	return err
}

// Bring names whom the referral of one of the person's notes brought, once the
// note stands: said of its exchange, with detail, or of one more where another
// was named before; who only comes after the contact (After) is no exchange. [ErrNotFound] where no such note stands, or the contact is
// not the team's. Said twice, it stands once.
func (s *Store) Bring(ctx context.Context, team, person string, interaction int64, b Brought, detail string, now time.Time) (Contact, error) {
	var c Contact
	err := s.inTurnOf(ctx, team, interaction, func(tx pgx.Tx) error {
		b := b // each try of the transaction makes its own
		from, err := lockReferral(ctx, tx, team, person, interaction, b.ContactID)
		if err != nil {
			return err
		}
		if b.ContactID == from {
			return ErrNotFound // nobody refers themselves
		}
		if err := b.put(ctx, tx, team, person, from, now); err != nil {
			return err
		}
		if b.After {
			_, err = tx.Exec(ctx, `update contacts set named_by = $3 where team_id = $1 and id = $2 and named_by is null`, team, b.ContactID, interaction)
		} else {
			_, err = tx.Exec(ctx, `with said as (select from exchanges where interaction_id = $2 and new_contact_id = $3 and undone_at is null),
			free as (select id from exchanges where interaction_id = $2 and kind = 'referral' and new_contact_id is null and undone_at is null order by id limit 1),
			named as (update exchanges set new_contact_id = $3, detail = $4 where id in (select id from free) and not exists (select from said) returning id)
			insert into exchanges (team_id, contact_id, kind, detail, person_id, interaction_id, new_contact_id, at)
			select i.team_id, i.contact_id, 'referral', $4, i.author_id, i.id, $3, i.at from interactions i
			where i.team_id = $1 and i.id = $2 and not exists (select from said) and not exists (select from free)`, team, interaction, b.ContactID, detail)
		}
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		queueOne(batch, selectContact+`where c.team_id = $1 and c.id = $2 and c.removed_at is null`, scanContact, &c, team, b.ContactID)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		if c.ID == 0 {
			return ErrNotFound
		}
		return nil
	})
	return c, fail("Bring", err)
}

// lockReferral locks the contact of a person's note that stands, and whom it brought
// (0: nobody known yet), and returns the former. The lower number comes first, so
// that two who lock the same two wait for each other.
func lockReferral(ctx context.Context, tx pgx.Tx, team, person string, interaction, brought int64) (from int64, err error) {
	err = tx.QueryRow(ctx, `select contact_id from interactions where `+ofAuthor+` and undone_at is null`,
		team, person, interaction).Scan(&from)
	if err != nil {
		return 0, err
	}
	for _, id := range [...]int64{min(from, brought), max(from, brought)} {
		if id == 0 {
			continue
		}
		if _, err := lockContact(ctx, tx, team, id); err != nil {
			return 0, err
		}
	}
	return from, nil
}

// Unbring takes back that a note's referral brought a contact. A contact whom it
// made, and of whom nothing else is known, goes with it: gone. Who was known before stays.
func (s *Store) Unbring(ctx context.Context, team, person string, interaction, contact int64, now time.Time) (c Contact, gone bool, err error) {
	err = s.inTurnOf(ctx, team, interaction, func(tx pgx.Tx) error {
		from, err := lockReferral(ctx, tx, team, person, interaction, contact)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `update exchanges set new_contact_id = null, detail = '' where interaction_id = $1 and new_contact_id = $2 and undone_at is null`, interaction, contact)
		if err != nil {
			return err
		}
		after, err := tx.Exec(ctx, `update contacts set named_by = null where team_id = $1 and id = $2 and named_by = $3`, team, contact, interaction)
		if err != nil {
			return err
		}
		if tag.RowsAffected()+after.RowsAffected() == 0 {
			return ErrNotFound
		}
		batch := &pgx.Batch{}
		queueOne(batch, selectContact+`where c.team_id = $1 and c.id = $2`, scanContact, &c, team, contact)
		batch.Queue(`update contacts c set referred_by = null where c.id = $1 and c.referred_by = $2
			and not exists (select from exchanges e where e.new_contact_id = c.id and e.contact_id = $2 and e.undone_at is null)`, contact, from)
		// the referral itself stands, once
		batch.Queue(`update exchanges e set undone_at = $2 where e.interaction_id = $1 and e.kind = 'referral' and e.new_contact_id is null and e.undone_at is null
			and exists (select from exchanges o where o.interaction_id = $1 and o.kind = 'referral' and o.undone_at is null and o.id <> e.id)`, interaction, now)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		tag, err = tx.Exec(ctx, `update contacts c set removed_at = $2 where c.id = $1 and c.created_by = $3 and c.removed_at is null
			and c.created_at > (select logged_at - interval '1 minute' from interactions where id = $4)
			and `+unspoken, contact, now, person, interaction)
		gone = err == nil && tag.RowsAffected() == 1
		return err
	})
	return c, gone, fail("Unbring", err)
}

// BroughtBy returns the contacts whom the referral of a note is said to have
// brought, in the order in which they were named, and who it says comes after its own.
func (s *Store) BroughtBy(ctx context.Context, team string, interaction int64) ([]Contact, error) {
	rows, err := s.pool.Query(ctx, selectContact+`join (select id, min(n) as n from (select new_contact_id as id, id as n from exchanges where interaction_id = $2 and undone_at is null
			union all select id, null from contacts where named_by = $2) named group by id) e on e.id = c.id
		where c.team_id = $1 and c.removed_at is null order by e.n nulls last, c.id`, team, interaction)
	if err != nil {
		return nil, fail("BroughtBy", err)
	}
	all, err := pgx.CollectRows(rows, scanContact)
	return all, fail("BroughtBy", err)
}
