package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Delivery is one thing that Slack delivered, with the two keys by which a
// second delivery of it is known: the envelope's id, and the trigger_id (of
// commands and interactions) or event_id (of events) within its kind.
type Delivery struct {
	TeamID     string
	PersonID   string
	EnvelopeID string
	Kind       string // command, action, submission, shortcut, event
	Key        string
	// Payload is kept as it came, byte by byte, for 30 days.
	Payload []byte
	// At is when it came; zero: the moment at which it is written.
	At time.Time
}

// Received is a delivery that stands in the inbox.
type Received struct {
	ID int64
	// InteractionID is the number its line has, or will have once its contact
	// is chosen; 0 for deliveries that record nothing.
	InteractionID int64
	ContactID     int64
	// Outcome: recorded; asked or repeat while it waits for an answer; empty where
	// it records nothing.
	Outcome  string
	Payload  []byte
	PersonID string
	Kind     string
	At       time.Time // when it was received first
	// Again is set when the delivery had come before.
	Again bool
}

// Waits reports that the line is kept until its author has answered.
func (r Received) Waits() bool { return r.Outcome == "asked" || r.Outcome == "repeat" }

const insertInbox = `insert into inbox (team_id, person_id, envelope_id, kind, key, payload, outcome, interaction_id, received_at)
	values ($1, $2, $3, $4, $5, $6, $7, case when $7 = 'recorded' then nextval('interaction_numbers') end, coalesce($8::timestamptz, now()))
	on conflict do nothing returning id, coalesce(interaction_id, 0) as interaction_id`

// insertArrived is [insertInbox] for a line on its way: team and writer come with
// it, and one plan is taken for all that is asked in its transaction. Those statements
// look up a few rows by whole keys, so one plan is as good as another; left to
// itself, Postgres plans the longer ones anew at each command. Where the delivery
// had come before, its id is 0.
const insertArrived = `with came as (` + insertInbox + `)
	select t.id, t.name, t.journey, t.content_version, coalesce(c.id, 0), coalesce(c.interaction_id, 0), 0, '', ` + author + onePlan + `
	from teams t left join came c on true left join people p on p.team_id = t.id and p.id = $2 where t.id = $1`

// selectWaiting is insertArrived for a line that waits for its contact.
const selectWaiting = `with came as (select id, interaction_id, contact_id, outcome from inbox
		` + ofPerson + ` for update)
	select t.id, t.name, t.journey, t.content_version, c.id, coalesce(c.interaction_id, 0), coalesce(c.contact_id, 0), c.outcome, ` + author + onePlan + `
	from teams t cross join came c left join people p on p.team_id = t.id and p.id = $2 where t.id = $1`

// author is what a receipt says of the writer's own mornings; see [Known].
const author = `coalesce(p.time_zone, 'UTC'), p.away_until, (p.settings ->> 'away_from')::date, coalesce((p.settings ->> 'mornings') = 'off', false), `

const onePlan = `set_config('plan_cache_mode', 'force_generic_plan', true)`

// selectInbox lists the columns that scanReceived reads.
const selectInbox = `select id, coalesce(interaction_id, 0), coalesce(contact_id, 0), outcome, payload, person_id, kind, received_at from inbox `

const ofPerson = `where id = $3 and ` + whose

// whose says whose a row is that is found by something else: in words that no index has, so
// that not all rows of the team or the person are read to find the one.
const whose = `(team_id, person_id) is not distinct from ($1, $2)`

// insertArgs numbers the delivery's line where its outcome is "recorded".
func (d Delivery) insertArgs(outcome string) []any {
	var at *time.Time
	if !d.At.IsZero() {
		at = &d.At
	}
	return []any{d.TeamID, d.PersonID, d.EnvelopeID, d.Kind, d.Key, d.Payload, outcome, at}
}

// seen locks and returns the row of a delivery that came before.
func seen(ctx context.Context, tx pgx.Tx, d Delivery) (Received, error) {
	// one key after the other: asked for either at once, all deliveries of the team are read
	r, err := received(ctx, tx, `where id = any(array(select id from inbox where team_id = $1 and envelope_id = $2
		union all select id from inbox where team_id = $1 and kind = $3 and key = $4)) order by id limit 1 for update`,
		d.TeamID, d.EnvelopeID, d.Kind, d.Key)
	r.Again = true
	return r, err
}

func received(ctx context.Context, q querier, where string, args ...any) (Received, error) {
	rows, err := q.Query(ctx, selectInbox+where, args...)
	if err != nil {
		return Received{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanReceived)
}

func scanReceived(row pgx.CollectableRow) (Received, error) {
	var r Received
	err := row.Scan(&r.ID, &r.InteractionID, &r.ContactID, &r.Outcome, &r.Payload, &r.PersonID, &r.Kind, &r.At)
	return r, err
}

// Receive puts a delivery into the inbox, or says that it had come before.
// Commands that change something other than a note go through it first.
func (s *Store) Receive(ctx context.Context, d Delivery) (Received, error) {
	var r Received
	err := s.tx(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, insertInbox, d.insertArgs("")...).Scan(&r.ID, &r.InteractionID)
		if err == pgx.ErrNoRows {
			r, err = seen(ctx, tx, d)
		}
		return err
	})
	return r, fail("Receive", err)
}

// Lookup tells what became of a line after a commit whose outcome was unknown:
// of the row on which it waited for its contact where that is not 0, else of its
// delivery by its keys. A transaction that may still commit is waited for, as
// long as any lock is ([ErrUnavailable]); so [ErrNotFound] means that nothing
// was written, nor will be.
func (s *Store) Lookup(ctx context.Context, d Delivery, waiting int64) (Received, error) {
	var r Received
	err := s.tx(ctx, func(tx pgx.Tx) error {
		var err error
		if waiting != 0 {
			r, err = received(ctx, tx, ofPerson+` for update`, d.TeamID, d.PersonID, waiting)
			return err
		}
		d.Payload = []byte{}
		tag, err := tx.Exec(ctx, insertInbox, d.insertArgs("")...)
		if err == nil && tag.RowsAffected() > 0 {
			return ErrNotFound // its place was free, and is left so
		}
		if err == nil {
			r, err = seen(ctx, tx, d)
		}
		return err
	})
	return r, fail("Lookup", err)
}

// Delivered returns a delivery by its row, for the person who typed it.
func (s *Store) Delivered(ctx context.Context, team, person string, id int64) (Received, error) {
	r, err := received(ctx, s.pool, ofPerson, team, person, id)
	return r, fail("Delivered", err)
}

// InboxKept is how long deliveries and their keys are kept. Slack redelivers
// for at most a day.
const InboxKept = 30 * 24 * time.Hour

// TrimInbox removes deliveries older than [InboxKept], some thousands a call,
// and returns how many. It looks at the oldest by number only: numbers grow with
// time, and new rows take the room of removed ones, so that by time alone the
// whole table would have to be read.
func (s *Store) TrimInbox(ctx context.Context, now time.Time) (int64, error) {
	tag, err := s.pool.Exec(ctx, `delete from inbox where id in (
		select id from (select id, received_at from inbox order by id limit 5000) oldest where received_at < $1)`, now.Add(-InboxKept))
	return tag.RowsAffected(), fail("TrimInbox", err)
}
