package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Act is something that a person recorded and can take back: a note, a correction of one,
// or what was given or asked outside of one.
type Act struct {
	Kind      string // note, correction, share or ask
	ID        int64  // of a correction, that of its note
	ContactID int64
	What      string // a share's title, an ask's kind; else empty
	At        time.Time
}

// LastAct returns what the person recorded last and has not taken back, by
// command, button, form or note, or [ErrNotFound].
func (s *Store) LastAct(ctx context.Context, team, person string) (Act, error) {
	rows, err := s.pool.Query(ctx, `select kind, id, contact_id, what, at from (
			(select 'note' as kind, id, contact_id, '' as what, logged_at as at, 0 as later from interactions
				where team_id = $1 and author_id = $2 and undone_at is null order by logged_at desc, id desc limit 1)
			union all (select 'correction', note, contact_id, '', at, 2 from (
					select a.id, a.at, i.id as note, i.contact_id from audit a cross join lateral (select id, contact_id from interactions
						where id = case when a.action in ('correct', 'restate') then a.subject::bigint end and team_id = $1 and author_id = $2 and undone_at is null offset 0) i
					where a.team_id = $1 and a.person_id = $2 and `+takenBack+` and `+stillFits+` and not exists (select from audit later
						where later.team_id = $1 and later.person_id = $2 and later.action in ('correct', 'restate') and later.subject = a.subject and later.id > a.id)
					order by a.id desc limit 20) c order by at desc, id desc limit 1)
			union all (select 'share', h.id, h.contact_id, h.title, h.at, 1 from shares h join contacts c on c.id = h.contact_id and c.removed_at is null
				where h.team_id = $1 and h.person_id = $2 and h.undone_at is null and h.interaction_id is null order by h.at desc, h.id desc limit 1)
			union all (select 'ask', a.id, a.contact_id, a.kind, a.at, 1 from asks a join contacts c on c.id = a.contact_id and c.removed_at is null
				where a.team_id = $1 and a.person_id = $2 and a.undone_at is null and a.interaction_id is null order by a.at desc, a.id desc limit 1)
		) last order by at desc, later desc, id desc limit 1`, team, person)
	if err != nil {
		return Act{}, fail("LastAct", err)
	}
	a, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Act])
	return a, fail("LastAct", err)
}

// Ungive takes back that the person gave an item to a contact, however it was
// recorded, and returns its title; [ErrNotFound] where it does not stand or is
// another's. What was said of it on a suggestion goes with it: it may be named
// to give again. unmade: the contact was left by an undo for this alone, and is gone.
func (s *Store) Ungive(ctx context.Context, team, person string, contact, content int64, now time.Time) (title string, unmade bool, err error) {
	title, unmade, err = s.ungive(ctx, `contact_id = $3 and content_id = $5`, team, person, contact, now, content)
	return title, unmade, fail("Ungive", err)
}

// TakeBack takes back a share or an ask that [Store.LastAct] returned;
// [ErrNotFound] where it does not stand any more. Notes take [Store.Undo], corrections
// [Store.Uncorrect]. unmade: the contact was left by an undo for this alone, and is gone.
func (s *Store) TakeBack(ctx context.Context, team, person string, a Act, now time.Time) (unmade bool, err error) {
	if a.Kind == "share" {
		_, unmade, err = s.ungive(ctx, `contact_id = $3 and id = $5`, team, person, a.ContactID, now, a.ID)
		return unmade, fail("TakeBack", err)
	}
	err = s.about(ctx, a.ContactID, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update asks set undone_at = $4 where team_id = $1 and person_id = $2 and id = $3 and undone_at is null`, team, person, a.ID, now)
		if err == nil && tag.RowsAffected() == 0 {
			err = ErrNotFound
		}
		if err == nil {
			unmade, err = letGo(ctx, tx, a.ContactID, now, person)
		}
		return err
	})
	return unmade, fail("TakeBack", err)
}

func (s *Store) ungive(ctx context.Context, which, team, person string, contact int64, now time.Time, id int64) (title string, unmade bool, err error) {
	err = s.about(ctx, contact, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `with back as (update shares set undone_at = $4
				where team_id = $1 and person_id = $2 and undone_at is null and `+which+` returning title, suggestion_id, content_id),
			unsaid as (delete from verdicts v using back where v.suggestion_id = back.suggestion_id and v.content_id = back.content_id and v.verdict = 'sent')
			select title from back`, team, person, contact, now, id).Scan(&title)
		if err == nil {
			unmade, err = letGo(ctx, tx, contact, now, person)
		}
		return err
	})
	return title, unmade, err
}

// letGo has a contact of the person's own making go with the last that was known of them
// but notes that were taken back.
func letGo(ctx context.Context, tx pgx.Tx, contact int64, now time.Time, person string) (bool, error) {
	tag, err := tx.Exec(ctx, `update contacts c set removed_at = $2 where c.id = $1 and c.created_by = $3 and c.removed_at is null
		and exists (select from interactions where contact_id = c.id and author_id = $3 and undone_at is not null) and `+unspoken, contact, now, person)
	return err == nil && tag.RowsAffected() == 1, err
}
