package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// moveHolds says of a move of one note that it holds, in words that no index over the moves of
// everybody that hold has; see [stepOpen].
const moveHolds = `coalesce(replaced_at, 'infinity') = 'infinity'`

// byNumber is the order of the few rows of one note by their numbers, in words that no index
// has: a plan made beside an empty table else goes through the numbers of the whole table, from
// one end, until it meets one of them.
const byNumber = `id + 0`

// Receipt is everything that a person is shown of one interaction of theirs.
type Receipt struct {
	Interaction  Interaction
	Contact      Contact
	Places       []Place
	Moves        []Move   // that this note made
	Signals      []Signal // that hold for it
	Suggestion   Suggestion
	Steps        []Step // named in this note
	Settled      []Step // earlier ones that it tells of as done
	Given, Asked int
	Ledger       Ledger // of which they are the sums
	Recent       []Heard
	// NoneOf is set when its author said that the note means no item of the library
	// by what it names as given.
	NoneOf bool
}

// Receipt draws together what stands of one of the person's interactions, or
// [ErrNotFound].
func (s *Store) Receipt(ctx context.Context, team, person string, id int64) (Receipt, error) {
	var r Receipt
	i, err := s.Interaction(ctx, team, person, id)
	if err != nil {
		return r, fail("Receipt", err)
	}
	r.Interaction = i
	var ledger Ledger
	batch := &pgx.Batch{}
	queueOne(batch, selectContact+`where c.team_id = $1 and c.id = $2`, scanContact, &r.Contact, team, i.ContactID)
	queueMany(batch, selectPlaces, scanPlace, &r.Places, i.ContactID)
	queueMany(batch, `select journey, interaction_id, kind, from_stage, to_stage, name, signals, at from moves
		where interaction_id = $1 and `+moveHolds+` order by id`, pgx.RowToStructByPos[Move], &r.Moves, id)
	queueMany(batch, `select signal, quote, quote_start, confidence, origin, version from signals
		where interaction_id = $1 and holds order by quote_start, signal`, pgx.RowToStructByPos[Signal], &r.Signals, id)
	queueOne(batch, selectSuggestion+`where interaction_id = $1 order by `+byNumber+` desc limit 1`, pgx.RowToStructByPos[Suggestion], &r.Suggestion, id)
	queueMany(batch, `select id, whose, what, due, person_id, interaction_id from steps where interaction_id = $1 and `+stepOpen+` order by id`,
		pgx.RowToStructByPos[Step], &r.Steps, id)
	queueMany(batch, `select id, whose, what, due, person_id, coalesce(interaction_id, 0) from steps where contact_id = $2 and settled_by = $1 order by id`,
		pgx.RowToStructByPos[Step], &r.Settled, id, i.ContactID)
	queueLedger(batch, &ledger, i.ContactID)
	queueRecent(batch, &r.Recent, i.ContactID)
	batch.Queue(`select exists (select from audit where team_id = $1 and action = 'none_of_these' and subject = $2::bigint::text)`, team, id).
		QueryRow(func(row pgx.Row) error { return row.Scan(&r.NoneOf) })
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return r, fail("Receipt", err)
	}
	r.Ledger = ledger
	r.Given, r.Asked = ledger.Given, ledger.Asked
	return r, nil
}

// NoneOfThese keeps that what the note names as given is no item of the library.
func (s *Store) NoneOfThese(ctx context.Context, team, person string, interaction int64) error {
	_, err := s.pool.Exec(ctx, `insert into audit (team_id, person_id, action, subject)
		select $1, $2, 'none_of_these', id::text from interactions where `+ofAuthor, team, person, interaction)
	return fail("NoneOfThese", err)
}
