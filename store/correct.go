package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Refold works out a contact's places, moves and reading context anew from
// all the notes that stand. It runs in memory inside the transaction.
type Refold func(c Contact, history []Noted) (places []Place, moves []Move, reading json.RawMessage, err error)

// Interaction is one row as its author may see it.
type Interaction struct {
	ID        int64
	ContactID int64
	AuthorID  string
	At        time.Time
	LoggedAt  time.Time
	Channel   string
	Direction string
	Note      string
	Undone    bool
	Plan      bool // see [Draft.Plan]
}

const (
	selectInteractions = `select id, contact_id, author_id, at, logged_at, channel, direction, note, undone_at is not null, plan
	from interactions where `
	selectInteraction = selectInteractions + `team_id = $1 and `
	// ofAuthor finds one by its number; see [whose].
	ofAuthor = `id = $3 and (team_id, author_id) is not distinct from ($1, $2)`
)

// Interaction returns one of the author's own interactions, or [ErrNotFound].
func (s *Store) Interaction(ctx context.Context, team, author string, id int64) (Interaction, error) {
	rows, err := s.pool.Query(ctx, selectInteractions+ofAuthor, team, author, id)
	if err != nil {
		return Interaction{}, fail("Interaction", err)
	}
	i, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Interaction])
	return i, fail("Interaction", err)
}

// LastInteraction returns the author's latest interaction that stands, of one
// contact or (0) of any.
func (s *Store) LastInteraction(ctx context.Context, team, author string, contact int64) (Interaction, error) {
	rows, err := s.pool.Query(ctx, selectInteraction+`author_id = $2 and ($3::bigint = 0 or contact_id = $3) and undone_at is null
		order by logged_at desc, id desc limit 1`, team, author, contact)
	if err != nil {
		return Interaction{}, fail("LastInteraction", err)
	}
	i, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Interaction])
	return i, fail("LastInteraction", err)
}

// Corrected says what a correction or a second reading changed.
type Corrected struct {
	Contact Contact
	Before  []Place
	After   []Place
	Signals []Signal // that hold for the note now
	// InteractionID is the number under which the note stands now.
	InteractionID int64
	// Stood is set when a word of higher standing holds for the note already:
	// nothing was changed.
	Stood bool
}

// Reread is a reading of a note that stands in the database.
type Reread struct {
	TeamID        string
	InteractionID int64
	Origin        string // model or person; built-in takes a model's reading back
	Version       string
	Signals       []Signal
	// Exchanges are the kinds of exchange that these signals are. What the
	// reading before took for one, and this does not, no longer counts.
	Exchanges []string
	// Rest tells of the note, once it shows Signals, why it keeps its contact off the lists;
	// nil: what was read of that before stays.
	Rest Rest
	// By and Reason are a person's, for corrections.
	By     string
	Reason string
	// Circumstance puts how and when right with it, as of Now; nil: they stay.
	Circumstance *Circumstance
	Now          time.Time

	before json.RawMessage // what the Circumstance took the place of, once it has; see restated
}

// Correct puts another reading of a note in the place of the one that holds.
// A person's word stands above a model's, a model's above the built-in one;
// a lower one that comes later changes nothing. The old reading is kept.
func (s *Store) Correct(ctx context.Context, r Reread, refold Refold) (Corrected, error) {
	var c Corrected
	err := s.inTurnOf(ctx, r.TeamID, r.InteractionID, func(tx pgx.Tx) error {
		c = Corrected{}
		r := r // each try of the transaction finds the row that stands by then
		contact, higher, err := c.hold(ctx, tx, &r)
		if err != nil {
			return err
		}
		if c.Before, err = collectPlaces(ctx, tx, contact); err != nil {
			return err
		}
		if r.Origin != "person" && higher {
			c.Stood = true
			return nil
		}
		batch := &pgx.Batch{}
		if r.Origin == "person" {
			queueCorrection(batch, r, contact)
		}
		batch.Queue(`update signals set holds = false where interaction_id = $1 and holds`, r.InteractionID)
		queueReadAgain(batch, r.TeamID, contact, r.InteractionID, r.Signals)
		queueReread(batch, r)
		if len(r.Signals) > 0 { // what shows something took place
			batch.Queue(`update interactions set plan = false where id = $1 and plan`, r.InteractionID)
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		c.Signals = r.Signals
		if c.After, err = refolded(ctx, tx, r.TeamID, c.Contact, refold, rested{r.InteractionID, r.Rest}); err != nil || r.Origin != "model" {
			return err
		}
		return c.keepLook(ctx, tx, r)
	})
	return c, fail("Correct", err)
}

// hold locks the contact and then finds the row that stands in the place of the
// one to be corrected, and whether a person has said what it shows. Asked the
// other way round, a row might be replaced while the lock is waited for.
func (c *Corrected) hold(ctx context.Context, tx pgx.Tx, r *Reread) (contact int64, higher bool, err error) {
	if err = tx.QueryRow(ctx, `select contact_id from interactions where team_id = $1 and id = $2`, r.TeamID, r.InteractionID).Scan(&contact); err != nil {
		return 0, false, err
	}
	if c.Contact, err = lockContact(ctx, tx, r.TeamID, contact); err != nil {
		return 0, false, err
	}
	if r.InteractionID, err = standing(ctx, tx, r.TeamID, r.InteractionID); err != nil {
		return 0, false, err
	}
	err = tx.QueryRow(ctx, `select exists (select from audit a where a.team_id = $1 and a.action = 'correct' and a.subject = $2::bigint::text)
			or exists (select from signals g where g.interaction_id = i.id and g.origin = 'person' and g.holds)
		from interactions i where i.team_id = $1 and i.id = $2 and i.undone_at is null`, r.TeamID, r.InteractionID).Scan(&higher)
	if err == nil && r.Circumstance != nil {
		var now restated
		now, err = restate(ctx, tx, r.TeamID, r.InteractionID, *r.Circumstance, r.Now)
		r.InteractionID, r.before = now.number, now.before
	}
	c.InteractionID = r.InteractionID
	return contact, higher, err
}

// queueReread has the exchanges that a note was read to be follow its reading.
// One that somebody told more about than its kind is theirs, and stays.
func queueReread(batch *pgx.Batch, r Reread) {
	kinds := r.Exchanges
	if kinds == nil {
		kinds = []string{}
	}
	batch.Queue(`update exchanges set undone_at = now() where interaction_id = $1 and undone_at is null and detail = '' and kind <> all ($2)`, r.InteractionID, kinds)
	batch.Queue(`insert into exchanges (team_id, contact_id, kind, person_id, interaction_id, at)
		select i.team_id, i.contact_id, kind, i.author_id, i.id, i.at from interactions i, unnest($2::text[]) kind
		where i.id = $1 and not exists (select from exchanges e where e.interaction_id = i.id and e.kind = kind and e.undone_at is null)`, r.InteractionID, kinds)
	queueUnreferred(batch, r.InteractionID)
}

// keepLook keeps, in the same transaction, that the change came of a model's
// second look; so its author is told once, whenever the process ends.
func (c Corrected) keepLook(ctx context.Context, tx pgx.Tx, r Reread) error {
	l := Look{InteractionID: r.InteractionID, ContactID: c.Contact.ID, Version: r.Version, Outcome: LookChanged}
	if c.Moved() {
		l.Outcome, l.Before = LookMoved, c.Before
	}
	batch := &pgx.Batch{}
	if err := queueLook(batch, r.TeamID, l); err != nil {
		return err
	}
	return tx.SendBatch(ctx, batch).Close()
}

// Moved reports whether the contact stands elsewhere on some journey.
func (c Corrected) Moved() bool {
	for _, after := range c.After {
		i := slices.IndexFunc(c.Before, func(p Place) bool { return p.Journey == after.Journey })
		if i < 0 {
			continue // a journey that has come since
		}
		b := c.Before[i]
		if b.Stage != after.Stage || b.Status != after.Status || b.DoNotContact != after.DoNotContact || b.Cycle != after.Cycle {
			return true
		}
	}
	return false
}

func lockContact(ctx context.Context, tx pgx.Tx, team string, id int64) (Contact, error) {
	var c Contact
	batch := &pgx.Batch{}
	batch.Queue(`select from contacts where id = $1 for update`, id)
	queueOne(batch, selectContact+`where c.team_id = $1 and c.id = $2`, scanContact, &c, team, id)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return c, err
	}
	if c.ID == 0 {
		return c, ErrNotFound
	}
	return c, nil
}

func collectPlaces(ctx context.Context, q querier, contact int64) ([]Place, error) {
	rows, err := q.Query(ctx, selectPlaces+` order by journey`, contact)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanPlace)
}

// Rest is why a note keeps its contact off the lists, see [RestLetBe]; empty: it does not.
type Rest func(c Contact, n Noted) string

// rested is a note of which that is to be told anew; without a rest: none.
type rested struct {
	note int64
	rest Rest
}

// refolded folds what stands of a contact anew and writes it down, and of the note that was read
// anew why it keeps them off the lists.
func refolded(ctx context.Context, tx pgx.Tx, team string, c Contact, refold Refold, anew rested) ([]Place, error) {
	notes, err := history(ctx, tx, c.ID)
	if err != nil {
		return nil, err
	}
	places, moves, reading, err := refold(c, notes)
	if err != nil {
		return nil, err
	}
	batch := &pgx.Batch{}
	queuePlaces(batch, team, c.ID, places)
	replaceMoves(batch, c.ID)
	queueMoves(batch, team, c.ID, moves)
	if i := slices.IndexFunc(notes, func(n Noted) bool { return n.ID == anew.note }); i >= 0 && anew.rest != nil {
		batch.Queue(`update interactions set rest = nullif($2, '') where id = $1 and rest is distinct from nullif($2, '')`, anew.note, anew.rest(c, notes[i]))
	}
	batch.Queue(`update contacts c set reading = $2, notes = $3, first_at = i.first_at, last_at = i.last_at
		from (select min(at) first_at, max(at) last_at from interactions where contact_id = $1 and undone_at is null) i
		where c.id = $1`, c.ID, reading, len(notes))
	return places, tx.SendBatch(ctx, batch).Close()
}
