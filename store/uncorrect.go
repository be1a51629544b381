package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// A person's correction keeps what held before it, so that it can be taken back by itself.

// queueCorrection keeps that a person puts the reading of a note right, and what it was
// until then.
func queueCorrection(batch *pgx.Batch, r Reread, contact int64) {
	var at *time.Time
	if !r.Now.IsZero() {
		at = &r.Now
	}
	batch.Queue(`insert into audit (team_id, person_id, action, subject, detail, at)
		select $1, $2, 'correct', $3::bigint::text, $4::jsonb || jsonb_build_object('plan', plan,
			'held', (select coalesce(jsonb_agg(origin || ' ' || signal), '[]') from signals where interaction_id = $3 and holds)), coalesce($5, now())
		from interactions where id = $3`, r.TeamID, r.By, r.InteractionID, map[string]any{"reason": r.Reason, "contact": contact}, at)
}

// Uncorrect takes back the latest correction that the person made of a note: the reading
// that it put right holds again. How and when the talk took place stay as they are.
// exchanges tells the kinds of exchange that signals are. [ErrNotFound] where they made
// none, or only one before what it put right was kept.
func (s *Store) Uncorrect(ctx context.Context, team, person string, id int64, exchanges func([]Signal) []string, refold Refold) (Corrected, error) {
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
		var held []string
		var plan bool
		err = tx.QueryRow(ctx, `update audit set action = 'uncorrect' where id = (select id from audit
				where team_id = $1 and person_id = $2 and action = 'correct' and subject = $3::bigint::text order by id desc limit 1) and detail ? 'held'
			returning array(select jsonb_array_elements_text(detail -> 'held')), (detail ->> 'plan')::boolean`, team, person, r.InteractionID).Scan(&held, &plan)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `with put as (update signals set holds = origin || ' ' || signal = any($2) where interaction_id = $1
				returning signal, quote, quote_start, confidence, origin, version, holds)
			select signal, quote, quote_start, confidence, origin, version from put where holds order by signal`, r.InteractionID, held)
		if err != nil {
			return err
		}
		if c.Signals, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Signal]); err != nil {
			return err
		}
		r.Exchanges = exchanges(c.Signals)
		batch := &pgx.Batch{}
		queueReread(batch, r)
		batch.Queue(`update interactions set plan = $2 where id = $1 and plan <> $2`, r.InteractionID, plan)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		c.After, err = refolded(ctx, tx, team, c.Contact, refold)
		return err
	})
	return c, fail("Uncorrect", err)
}
