package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// A person's correction keeps what held before it, so that it can be taken back by itself:
// of what a note shows ("held"), of how and when its talk took place ("was"), or of both.

// takenBack is the condition that a row of the audit is a correction that kept what it put
// right: those of earlier releases did not. In these very words an index knows them.
const takenBack = `action in ('correct', 'restate') and detail ? 'plan'`

// stillFits is the condition that how and when were not put right since by the version before,
// which keeps nothing of what they were: else what was before that would come back.
const stillFits = `coalesce(detail #>> '{was,number}', subject) = subject`

// queueCorrection keeps that a person puts the reading of a note right, and what it was
// until then.
func queueCorrection(batch *pgx.Batch, r Reread, contact int64) {
	var at *time.Time
	if !r.Now.IsZero() {
		at = &r.Now
	}
	before := r.before
	if before == nil {
		before = []byte("{}")
	}
	// where the Circumstance made the note another row, whether it was a plan is told by what was before
	batch.Queue(`insert into audit (team_id, person_id, action, subject, detail, at)
		select $1, $2, 'correct', $3::bigint::text, $4::jsonb || jsonb_build_object('plan', plan,
			'held', (select coalesce(jsonb_agg(origin || ' ' || signal), '[]') from signals where interaction_id = $3 and holds)) || $6::jsonb, coalesce($5, now())
		from interactions where id = $3`, r.TeamID, r.By, r.InteractionID, map[string]any{"reason": r.Reason, "contact": contact}, at, before)
}

// stood is what a correction put right. Of what it left alone, held or at and channel are nil.
type stood struct {
	plan    bool
	held    []string // the signals that held, behind the origin of each
	at      *time.Time
	channel *string
	due     []byte // the days of the note's steps by their ids, as JSON
}

// Uncorrect takes back the latest correction that the person made of a note: the reading
// that it put right holds again, and how and when the talk took place are as they were; where
// they were put right, the note stands under another number once more. now is when.
// exchanges tells the kinds of exchange that signals are, rest what [Reread.Rest] does. [ErrNotFound] where they made
// none, or only one before what it put right was kept.
func (s *Store) Uncorrect(ctx context.Context, team, person string, id int64, now time.Time, exchanges func([]Signal) []string, rest Rest, refold Refold) (Corrected, error) {
	var c Corrected
	err := s.inTurnOf(ctx, team, id, func(tx pgx.Tx) error {
		c = Corrected{}
		r := Reread{TeamID: team, InteractionID: id}
		contact, _, err := c.hold(ctx, tx, &r)
		if err != nil {
			return err
		}
		if c.Before, err = collectPlaces(ctx, tx, contact); err != nil {
			return err
		}
		var before stood
		// what somebody gave as the reason goes with it: the version before erases no reason of what was taken back
		err = tx.QueryRow(ctx, `update audit set action = 'uncorrect', detail = detail - 'reason' where id = (select id from audit
				where team_id = $1 and person_id = $2 and action in ('correct', 'restate') and subject = $3::bigint::text order by id desc limit 1) and detail ? 'plan' and `+stillFits+`
			returning (detail ->> 'plan')::boolean, case when detail ? 'held' then array(select jsonb_array_elements_text(detail -> 'held')) end,
				(detail #>> '{was,at}')::timestamptz, detail #>> '{was,channel}', coalesce(detail #> '{was,due}', '{}')`, team, person, r.InteractionID).
			Scan(&before.plan, &before.held, &before.at, &before.channel, &before.due)
		if err != nil {
			return err
		}
		if err := c.putBack(ctx, tx, r, before, now, exchanges); err != nil {
			return err
		}
		c.After, err = refolded(ctx, tx, team, c.Contact, refold, rested{c.InteractionID, rest})
		return err
	})
	return c, fail("Uncorrect", err)
}

// putBack has a note be again what it was, within the transaction that has locked its contact
// and will fold the history anew.
func (c *Corrected) putBack(ctx context.Context, tx pgx.Tx, r Reread, before stood, now time.Time, exchanges func([]Signal) []string) error {
	batch := &pgx.Batch{}
	if before.at != nil && before.channel != nil {
		back, err := restate(ctx, tx, r.TeamID, r.InteractionID, Circumstance{At: *before.at, Channel: *before.channel}, now)
		if err != nil {
			return err
		}
		r.InteractionID, c.InteractionID = back.number, back.number
		batch.Queue(`update steps t set due = (w.value #>> '{}')::date from jsonb_each($2::jsonb) w where t.interaction_id = $1 and t.id = w.key::bigint`, back.number, before.due)
		if before.plan { // a step that was settled by its own note was the talk itself, which is to come again
			batch.Queue(`update steps set done_at = null, settled_by = null where interaction_id = $1 and settled_by = $1`, back.number)
		}
	}
	if before.held != nil {
		rows, err := tx.Query(ctx, `with put as (update signals set holds = origin || ' ' || signal = any($2) where interaction_id = $1
				returning signal, quote, quote_start, confidence, origin, version, holds)
			select signal, quote, quote_start, confidence, origin, version from put where holds order by signal`, r.InteractionID, before.held)
		if err != nil {
			return err
		}
		if c.Signals, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Signal]); err != nil {
			return err
		}
		r.Exchanges = exchanges(c.Signals)
		queueReread(batch, r)
	}
	batch.Queue(`update interactions set plan = $2 where id = $1 and plan <> $2`, r.InteractionID, before.plan)
	return tx.SendBatch(ctx, batch).Close()
}
