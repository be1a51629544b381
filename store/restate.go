package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// Circumstance is how and when a talk took place.
type Circumstance struct {
	At      time.Time
	Channel string
	// Steps are the note's, read as of At: of those that hang on it, each with the
	// same words has its day put right ("by Friday" is the Friday after the talk).
	Steps []Step
	// Plan has a plan stay one: only how its talk is to take place is put right.
	Plan bool
	// Over are the steps, in their words, that the talk itself was: a plan that took place.
	Over []string
}

// Restate puts right how and when a note's talk took place, and returns the
// number under which it stands from now on. What a row of interactions says never changes:
// a new one with the same words names the one that it corrects and takes its
// place, with all that hung on it; the old one stays, marked. [ErrNotFound]
// where the author has no such interaction that stands.
func (s *Store) Restate(ctx context.Context, team, author string, id int64, c Circumstance, now time.Time, refold Refold) (int64, error) {
	var r restated
	err := s.inTurnOf(ctx, team, id, func(tx pgx.Tx) error {
		var contact int64
		err := tx.QueryRow(ctx, `select contact_id from interactions where `+ofAuthor, team, author, id).Scan(&contact)
		if err != nil {
			return err
		}
		of, err := lockContact(ctx, tx, team, contact)
		if err != nil {
			return err
		}
		if r, err = restate(ctx, tx, team, id, c, now); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into audit (team_id, person_id, action, subject, detail, at)
			select $1, $2, 'restate', $3::bigint::text, $4::jsonb || $5::jsonb, $6`, team, author, r.number, map[string]any{"contact": contact}, r.before, now)
		if err != nil {
			return err
		}
		_, err = refolded(ctx, tx, team, of, refold, rested{})
		return err
	})
	return r.number, fail("Restate", err)
}

// restated is a note whose how and when were put right.
type restated struct {
	number int64 // under which it stands now
	// before says what stood until then, for the audit: whether the note was a plan and, under
	// "was", how and when its talk took place, with the days of its steps by their ids and the
	// number under which the note stands since.
	before json.RawMessage
}

// restate writes the new row, within the transaction that has locked the
// contact and will fold the history anew. What has its how and when put right took place, so
// the new row is no plan, unless c says that it still is.
func restate(ctx context.Context, tx pgx.Tx, team string, id int64, c Circumstance, now time.Time) (r restated, err error) {
	err = tx.QueryRow(ctx, `with made as (insert into interactions (team_id, contact_id, company_id, author_id, at, logged_at, channel, direction, note, source, rest, corrects, plan)
			select team_id, contact_id, company_id, author_id, $3, logged_at, $4, direction, note, source, rest, id, plan and $5
			from interactions where team_id = $1 and id = $2 and undone_at is null returning id, corrects)
		select made.id, jsonb_build_object('plan', i.plan, 'was', jsonb_build_object('at', i.at, 'channel', i.channel, 'number', made.id,
			'due', (select coalesce(jsonb_object_agg(t.id, t.due), '{}') from steps t where t.interaction_id = i.id)))
		from made join interactions i on i.id = made.corrects`, team, id, c.At, c.Channel, c.Plan).Scan(&r.number, &r.before)
	if err != nil {
		return r, err
	}
	batch := &pgx.Batch{}
	queueRestated(batch, team, id, r.number, c, now)
	return r, tx.SendBatch(ctx, batch).Close()
}

// queueRestated hands on to the new row all that hung on the old one.
func queueRestated(batch *pgx.Batch, team string, id, number int64, c Circumstance, now time.Time) {
	batch.Queue(`update interactions set undone_at = $2 where id = $1`, id, now)
	batch.Queue(`insert into signals (interaction_id, team_id, contact_id, signal, quote, quote_start, origin, version, confidence, holds, created_at)
		select $2, team_id, contact_id, signal, quote, quote_start, origin, version, confidence, holds, created_at from signals where interaction_id = $1`, id, number)
	// what the note itself told took place when its talk did
	for _, table := range []string{"shares", "asks", "exchanges"} {
		batch.Queue(`update `+table+` set interaction_id = $2, at = $3 where interaction_id = $1`, id, number, c.At)
	}
	for _, table := range []string{"steps", "suggestions", "second_looks", "inbox"} {
		batch.Queue(`update `+table+` set interaction_id = $2 where interaction_id = $1`, id, number)
	}
	batch.Queue(`update contacts set titled_by = $2 where id = (select contact_id from interactions where id = $2) and titled_by = $1`, id, number)
	batch.Queue(`update aliases set learned_by = $2 where contact_id = (select contact_id from interactions where id = $2) and learned_by = $1`, id, number)
	batch.Queue(`update learned_names set interaction_id = $2 where contact_id = (select contact_id from interactions where id = $2) and interaction_id = $1`, id, number)
	batch.Queue(`update steps set settled_by = $2 where contact_id = (select contact_id from interactions where id = $2) and settled_by = $1`, id, number)
	if len(c.Over) > 0 {
		batch.Queue(`update steps set done_at = $3, settled_by = $1 where interaction_id = $1 and what = any($2) and `+stepOpen, number, c.Over, now)
	}
	for _, t := range c.Steps {
		batch.Queue(`update steps set due = $3 where interaction_id = $1 and what = $2 and due is distinct from $3::date`, number, t.What, t.Due)
	}
	// a person's word about the old row stands above other readings of the new one too, and is
	// taken back from the new one, the latest first
	batch.Queue(`insert into audit (team_id, person_id, action, subject, detail, at)
		select team_id, person_id, action, $3::bigint::text,
			case when detail #>> '{was,number}' = subject then jsonb_set(detail, '{was,number}', to_jsonb($3::bigint)) else detail end, at from audit where team_id = $1 and action in ('correct', 'restate', 'none_of_these') and subject = $2::bigint::text order by id`, team, id, number)
}

// Standing returns the number under which one of the author's interactions
// stands: its own, or that of the one that corrects it, directly or over others.
func (s *Store) Standing(ctx context.Context, team, author string, id int64) (int64, error) {
	if _, err := s.Interaction(ctx, team, author, id); err != nil {
		return 0, fail("Standing", err)
	}
	number, err := standing(ctx, s.pool, team, id)
	return number, fail("Standing", err)
}

func standing(ctx context.Context, q querier, team string, id int64) (int64, error) {
	rows, err := q.Query(ctx, `with recursive later as (
			select id from interactions where team_id = $1 and id = $2
			union all select i.id from interactions i join later on i.corrects = later.id where i.team_id = $1)
		select max(id) from later having count(*) > 0`, team, id)
	if err != nil {
		return 0, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
}
