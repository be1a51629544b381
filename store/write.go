package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// write puts the decision down in one round trip, and its jobs in another.
func (l *logging) write(ctx context.Context) error {
	d, k, dec := l.draft, l.known, l.out.Decision
	team, person, contact, n := d.Delivery.TeamID, d.Delivery.PersonID, k.Contact.ID, k.Number
	batch := &pgx.Batch{}
	batch.Queue(`insert into interactions (id, team_id, contact_id, company_id, author_id, at, logged_at, channel, direction, note, source)
		values ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7, $8, $9, $10, $11)`,
		n, team, contact, k.Contact.Company.ID, person, d.At, d.LoggedAt, d.Channel, d.Direction, d.Note, d.Source)
	queueSignals(batch, team, contact, n, dec.Signals)
	queuePlaces(batch, team, contact, dec.Places)
	if dec.Refolded {
		replaceMoves(batch, contact)
	}
	queueMoves(batch, team, contact, dec.Moves)
	queueShares(batch, team, contact, n, dec.Shares)
	queueAsks(batch, team, contact, n, dec.Asks)
	queueExchanges(batch, team, contact, n, dec.Exchanges)
	queueSteps(batch, team, person, contact, n, dec.Steps)
	batch.Queue(`update contacts set reading = $2, notes = notes + 1, first_at = least(coalesce(first_at, $3), $3),
		last_at = greatest(coalesce(last_at, $3), $3), last_id = case when last_at is null or last_at <= $3 then $4 else last_id end
		where id = $1`, contact, dec.Reading, d.At, n)
	batch.Queue(`insert into owners (team_id, contact_id, person_id, last_at) values ($1, $2, $3, $4)
		on conflict (contact_id, person_id) do update set last_at = excluded.last_at`, team, contact, person, d.LoggedAt)
	batch.Queue(`update inbox set outcome = 'recorded', contact_id = $2 where id = $1`, l.out.DeliveryID, contact)
	if g := dec.Suggestion; g != nil {
		g.ContactID, g.InteractionID = contact, n
		queueSuggestion(batch, team, *g, &l.out.SuggestionID)
	}
	if err := l.tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if len(dec.Jobs) > 0 && l.store.jobs != nil {
		if _, err := l.store.jobs.InsertManyTx(ctx, l.tx, dec.Jobs); err != nil {
			return err
		}
	}
	l.out.Recorded = n
	return nil
}
