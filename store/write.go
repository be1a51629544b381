package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// write queues what puts the decision down.
func (l *logging) write(ctx context.Context, batch *pgx.Batch) error {
	d, k, dec := l.draft, l.known, l.out.Decision
	team, person, contact, n := d.Delivery.TeamID, d.Delivery.PersonID, k.Contact.ID, k.Number
	if err := l.bring(ctx); err != nil {
		return err
	}
	batch.Queue(`insert into interactions (id, team_id, contact_id, company_id, author_id, at, logged_at, channel, direction, note, source, plan, rest)
		values ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7, $8, $9, $10, $11, $12, nullif($13, ''))`,
		n, team, contact, k.Contact.Company.ID, person, d.At, d.LoggedAt, d.Channel, d.Direction, d.Note, d.Source, d.Plan && len(dec.Signals) == 0, dec.Rest)
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
	queueSettled(batch, n, d.LoggedAt, idsOf(dec.Settled))
	batch.Queue(`update contacts set reading = $2, notes = notes + 1, first_at = least(coalesce(first_at, $3), $3),
		last_at = greatest(coalesce(last_at, $3), $3), title = coalesce(nullif(title, ''), $4),
		titled_by = case when $5 then $6 when lower(title) = lower($7) then null else titled_by end where id = $1`,
		contact, dec.Reading, d.At, k.Contact.Title, l.titles, n, d.Who.Title)
	if !k.Contact.OwnedBy(person) {
		// since the moment of this note, by which an undo knows that it began with it
		batch.Queue(`insert into owners (team_id, contact_id, person_id, since, last_at) values ($1, $2, $3, $4, $4)
			on conflict (contact_id, person_id) do update set last_at = excluded.last_at`, team, contact, person, d.LoggedAt)
	}
	if l.learned {
		queueLearned(batch, team, person, contact, d.Who, n)
	}
	if d.DeliveryID != 0 { // it waited: its row does not say yet what became of it
		batch.Queue(`update inbox set outcome = 'recorded' where id = $1`, l.out.DeliveryID)
	}
	if g := dec.Suggestion; g != nil {
		g.ContactID, g.InteractionID = contact, n
		queueSuggestion(batch, team, *g, &l.out.SuggestionID)
	}
	return nil
}

// bring makes the contact whom a referral points to, and says whose it was.
func (l *logging) bring(ctx context.Context) error {
	if l.out.Decision.Brought == nil {
		return nil
	}
	b := *l.out.Decision.Brought // each try of the transaction makes its own
	team, person := l.draft.Delivery.TeamID, l.draft.Delivery.PersonID
	if err := b.put(ctx, l.tx, team, person, l.known.Contact.ID, l.draft.LoggedAt); err != nil {
		return err
	}
	for i := range l.out.Decision.Exchanges {
		if e := &l.out.Decision.Exchanges[i]; e.Kind == "referral" {
			e.NewContactID = b.ContactID
		}
	}
	return nil
}

// land sends the writes with the commit, in one round trip; jobs take two more.
func (s *Store) land(ctx context.Context, tx *flight, batch *pgx.Batch, jobs []river.InsertManyParams) error {
	if len(jobs) == 0 || s.jobs == nil {
		return tx.land(ctx, batch)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if _, err := s.jobs.InsertManyTx(ctx, tx, jobs); err != nil {
		return err
	}
	return tx.Commit(ctx)
}
