package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// Draft is a line that somebody typed, parsed and not yet recorded.
type Draft struct {
	Delivery Delivery
	// DeliveryID is set when the line waits in the inbox for its contact to be
	// chosen, instead of coming with its Delivery.
	DeliveryID int64
	Who        Who
	// ContactID is set when the contact was chosen and Who needs no finding;
	// NewContact when somebody said that Who is a new one: nobody who is known
	// is taken for them.
	ContactID  int64
	NewContact bool
	At         time.Time
	LoggedAt   time.Time
	Channel    string
	Direction  string
	Note       string
	// Plan tells that nothing in the note took place: it names a talk to come. It counts as
	// nobody's answer and nobody's act, unless it shows a signal after all.
	Plan   bool
	Source string // command, modal, shortcut, message, import, sample
	// Again says that the same line within ten minutes is meant.
	Again bool
	// Models is the version of each journey that notes are folded by now.
	Models map[string]string
	// trial: it will be taken back, and takes no number.
	trial bool
}

// RepeatWindow is how long the same line of the same person about the same
// contact is taken for a slip and asked about.
const RepeatWindow = 10 * time.Minute

// Known is what stands in the database when a line is to be read.
type Known struct {
	Team Team
	// Writer is who typed the line, by zone and mornings only.
	Writer  Morning
	Contact Contact
	New     bool // the contact is made by this line
	Typo    bool // the contact is written otherwise than it was typed
	// AddressOf is whose the typed address is, and stays, though the line is about
	// somebody else: "Mia Lang, Acme"; empty where it is nobody else's.
	AddressOf string
	// Number is the interaction's id: the N of "Recorded #N".
	Number int64
	Places []Place
	Ledger Ledger
	// Recent are the latest notes about the contact, newest first, [RecentNotes] at most.
	Recent []Heard
	// Heard is what the person heard of the contact's company, newest first.
	Heard []HeardOf
	// Passed is what the person passed over for the contact, see [Store.Passed].
	Passed map[int64]time.Time
	// History is every earlier note with the signals that hold, oldest first;
	// loaded only when this line is older than the latest one, or a kept place
	// was folded by another version of its journey.
	History []Noted
	// Backdated is set when the line is older than the latest one.
	Backdated bool
	// Library loads the team's library, or says [ErrLarge], through the
	// transaction's own connection: a second one, taken while every connection waits for a
	// second one, would never come. It is nil where other lines wait for the decision too:
	// who needs it, or has to wait for anything, returns [ErrApart] and is asked again.
	Library func(context.Context) ([]Content, int64, error)
}

// Decision is what a line comes to, decided in memory between the
// transaction's reads and its writes.
type Decision struct {
	Origin     string // of the reading
	Version    string
	Signals    []Signal
	Reading    json.RawMessage // see [Contact.Reading]
	Places     []Place         // only those that changed
	Moves      []Move
	Refolded   bool // Moves are all moves of the contact, in place of those kept
	Suggestion *Suggestion
	Steps      []Step
	Settled    []Step // earlier ones that the line tells of as done
	Shares     []Share
	Asks       []Ask
	Exchanges  []Exchange
	Brought    *Brought
	Rest       string // why the note keeps its contact off lists, [RestLetBe] or [RestGone]; empty: it does not
	Jobs       []river.InsertManyParams
}

// Decide makes the decision. It must not block on anything but memory.
type Decide func(Known) (Decision, error)

// Outcome says what became of a line. Exactly one of Recorded, Ask, Unsure, Repeat
// and Again is set.
type Outcome struct {
	DeliveryID int64
	Known      Known
	Decision   Decision
	// Recorded: the line stands as this interaction.
	Recorded int64
	// SuggestionID is the row of the decision's suggestion.
	SuggestionID int64
	// Ask: several contacts fit; the line waits in the inbox. More fit as well as they.
	Ask  []Candidate
	More int
	// Turned: the company was typed before the name; see [Who.Turned].
	Turned bool
	// Unsure: nobody is known by what was typed, and it may mean another company; see [Who.Unsure].
	Unsure bool
	// Namesake: the one of Ask bears the name of whom the line called new.
	Namesake bool
	// Repeat: the same line stands already as this interaction.
	Repeat int64
	// Again: this delivery had come before, and waits for no answer.
	Again *Received
}

// LogInteraction records a line in one transaction: the delivery, the contact
// found or made, the note word for word, and all that decide makes of it. When
// it returns Recorded, everything is committed; with an error nothing is,
// unless it is [ErrUnknown].
func (s *Store) LogInteraction(ctx context.Context, d Draft, decide Decide) (Outcome, error) {
	out, err := s.record(ctx, d, decide)
	return out, fail("LogInteraction", err)
}

var errStop = errors.New("nothing more to record")

// alone records the line of m in a transaction of its own. It returns a [heldError] where
// another line about the same contact is under way.
func (s *Store) alone(m *member) (out Outcome, err error) {
	has := &turns{groups: &s.together, own: m.about}
	defer func() { has.give(err) }()
	err = s.fly(brief(m.ctx), func(tx *flight) error {
		out = Outcome{}
		return s.log(m.ctx, tx, m.draft, has, m.decide, &out)
	})
	return out, err
}

func (s *Store) log(ctx context.Context, tx *flight, d Draft, has *turns, decide Decide, out *Outcome) error {
	l := s.logging(tx, d, s.meets(d), out)
	if l.has = has; l.met != 0 { // the name may have become known since the line set out
		if err := has.take(contactOf(l.met)); err != nil {
			return err
		}
	}
	l.known.Library = func(ctx context.Context) ([]Content, int64, error) {
		return library(ctx, tx, d.Delivery.TeamID, AtOnce)
	}
	batch := &pgx.Batch{}
	l.queueArrival(batch)
	if err := tx.first(ctx, batch); err != nil {
		return err
	}
	if err := l.prepare(ctx); errors.Is(err, errStop) {
		return tx.Commit(ctx)
	} else if err != nil {
		return err
	}
	decision, err := decide(out.Known)
	if err != nil {
		return err
	}
	out.Decision = decision
	batch = &pgx.Batch{}
	if err := l.write(ctx, batch); err != nil {
		return err
	}
	if err := s.land(ctx, tx, batch, decision.Jobs); err != nil {
		return err
	}
	out.Recorded = out.Known.Number
	if who := l.draft.Who; out.Known.New && who.whole() {
		s.names.remember(d.Delivery.TeamID, who, met{id: out.Known.Contact.ID}) // the next line about them finds it at once
	}
	s.recordedMore(1)
	return nil
}

// logging is one line on its way through the transaction.
type logging struct {
	store *Store
	tx    *flight
	draft Draft
	out   *Outcome
	known *Known
	in    Received // its row in the inbox
	has   *turns
	met   int64 // the contact that is read with the first batch; see [Store.meets]
	exact int64 // the contact of exactly this name and company
	knew  bool  // that contact is locked and read already
	waved bool  // what the writer passed over for that contact is read already
	// titles is set where the contact's title is known by this line first.
	titles bool
	// learned is set where the answer to a question told another spelling of the name.
	learned bool
	found   []Candidate
}

func (s *Store) logging(tx *flight, d Draft, met int64, out *Outcome) *logging {
	return &logging{store: s, tx: tx, draft: d, out: out, known: &out.Known, met: met}
}

// prepare reads what is missing for the decision; it ends with errStop where there is
// nothing to decide, which is to be committed.
func (l *logging) prepare(ctx context.Context) error {
	for _, step := range []func(context.Context) error{l.arrive, l.find, l.know, l.repeat, l.passed} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// queueArrival takes the line into the inbox, and reads team, writer and candidates
// in the same round trip.
func (l *logging) queueArrival(batch *pgx.Batch) {
	d := l.draft
	// Before a number is drawn: whoever waits would use up one each time. A line about somebody
	// new does where their company is held: a number of the inbox and one of a note for each try,
	// some twenty in two seconds. No row to lock stands for a company that is just being made.
	if id := l.has.contact(); id != 0 && l.tx.again {
		batch.Queue(`select from contacts where id = $1 for no key update`, id)
	}
	if d.DeliveryID != 0 {
		l.queueArrived(batch, selectWaiting, d.Delivery.TeamID, d.Delivery.PersonID, d.DeliveryID)
	} else {
		// most lines are recorded: those that are not say so before the commit
		outcome := "recorded"
		if d.trial {
			outcome = "trial"
		}
		l.queueArrived(batch, insertArrived, d.Delivery.insertArgs(outcome)...)
	}
	switch {
	case d.ContactID != 0 || d.NewContact:
	case l.met != 0:
		l.queueKnown(batch, l.met)
		if l.waved = l.store.names.of(d.Delivery.TeamID, d.Who).owed; l.waved {
			queuePassed(batch, &l.known.Passed, d.Delivery.PersonID, l.met, d.LoggedAt)
		}
	case d.Who.whole():
		queueOne(batch, selectExact, pgx.RowTo[int64], &l.exact, d.Delivery.TeamID, d.Who.NameKey, d.Who.CompanyKey)
	default:
		sql, args := nearQuery(d.Delivery.TeamID, d.Delivery.PersonID, d.Who)
		queueMany(batch, sql, scanCandidate, &l.found, args...)
	}
}

// arrive knows a second delivery of the line, and the contact that came with the
// first batch.
func (l *logging) arrive(ctx context.Context) error {
	d, in := l.draft, &l.in
	if in.ID == 0 && d.DeliveryID == 0 {
		var err error
		if *in, err = seen(ctx, l.tx, d.Delivery); err != nil {
			return err
		}
		// if it waits it is asked about anew, as of when it was typed: whether
		// the question was seen nobody knows
		l.draft.DeliveryID, l.draft.LoggedAt = in.ID, in.At
	}
	if l.draft.DeliveryID != 0 && !in.Waits() {
		in.Again = true
		l.out.Again = in
		return errStop
	}
	l.out.DeliveryID, l.known.Number = in.ID, in.InteractionID
	if d.trial {
		l.known.Number = -in.ID
	}
	if l.met != 0 {
		return l.recognise(ctx)
	}
	return nil
}

// queueArrived reads the row of the line in the inbox, its team and who wrote it.
func (l *logging) queueArrived(batch *pgx.Batch, sql string, args ...any) {
	batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
		t, w, in := &l.known.Team, &l.known.Writer, &l.in
		return row.Scan(&t.ID, &t.Name, &t.Journey, &t.ContentVersion, &in.ID, &in.InteractionID, &in.ContactID, &in.Outcome,
			&w.TimeZone, &w.AwayUntil, &w.AwayFrom, &w.Off, nil)
	})
}

// know locks the contact, so that two lines about one contact fold one after
// the other, and reads all that the decision needs.
func (l *logging) know(ctx context.Context) error {
	if !l.knew {
		if !l.known.New { // else nobody else has it yet
			if err := l.has.take(contactOf(l.known.Contact.ID)); err != nil {
				return err
			}
		}
		if err := l.lookUp(ctx); err != nil {
			return err
		}
	}
	k := l.known
	if k.Contact.ID == 0 || k.Contact.TeamID != l.draft.Delivery.TeamID || k.Contact.Removed {
		return ErrNotFound
	}
	if l.titles = l.draft.Who.Title != "" && (k.New || k.Contact.Title == ""); l.titles {
		k.Contact.Title = l.draft.Who.Title // kept with the line
	}
	k.Backdated = k.Contact.Notes > 0 && l.draft.At.Before(k.Contact.LastAt)
	return nil
}

func (l *logging) lookUp(ctx context.Context) error {
	k, id, team := l.known, l.known.Contact.ID, l.draft.Delivery.TeamID
	batch := &pgx.Batch{}
	if email := l.draft.Who.Email; email != "" && !k.New {
		// an address typed with a known name is theirs from now on
		batch.Queue(`update contacts set email = $3 where team_id = $1 and id = $2 and email is null and removed_at is null
			and not exists (select from contacts where team_id = $1 and email = $3 and removed_at is null)`, team, id, email)
	}
	if email := l.draft.Who.Email; email != "" {
		queueOne(batch, `select c.name || coalesce(', ' || co.name, '') from contacts c left join companies co on co.id = c.company_id
			where c.team_id = $1 and c.email = $3 and c.id <> $2 and c.removed_at is null`, pgx.RowTo[string], &k.AddressOf, team, id, email)
	}
	l.queueKnown(batch, id)
	return l.tx.SendBatch(ctx, batch).Close()
}

// queueKnown locks the contact and then, seeing what those wrote who held it
// before, reads everything about it.
func (l *logging) queueKnown(batch *pgx.Batch, id int64) {
	k := l.known
	queueOne(batch, selectContact+`where c.id = $1 for no key update of c`, scanContact, &k.Contact, id)
	if !k.New {
		queueMany(batch, selectPlaces, scanPlace, &k.Places, id)
		queueRecent(batch, &k.Recent, id)
		queueLedger(batch, &k.Ledger, id)
	}
	queueMany(batch, selectHeard, pgx.RowToStructByPos[HeardOf], &k.Heard, id, l.draft.Delivery.PersonID)
}

// staleModel reports whether a journey has changed, or has come, since the
// contact's places were folded.
func (l *logging) staleModel() bool {
	if l.known.New || l.known.Contact.Notes == 0 {
		return false
	}
	kept := make(map[string]string, len(l.known.Places))
	for _, p := range l.known.Places {
		kept[p.Journey] = p.Model
	}
	for journey, version := range l.draft.Models {
		if kept[journey] != version {
			return true
		}
	}
	return false
}

func (l *logging) history(ctx context.Context) error {
	var err error
	l.known.History, err = history(ctx, l.tx, l.known.Contact.ID)
	return err
}

// repeat knows the same line typed twice in a short while.
func (l *logging) repeat(ctx context.Context) error {
	if l.known.Backdated || l.staleModel() {
		if err := l.history(ctx); err != nil {
			return err
		}
	}
	if l.draft.Again || l.known.New {
		return nil
	}
	for _, h := range l.known.Recent {
		if h.Note == l.draft.Note && h.AuthorID == l.draft.Delivery.PersonID && l.draft.LoggedAt.Sub(h.LoggedAt) < RepeatWindow {
			l.out.Repeat = h.ID
			return l.stop(ctx, "repeat", l.known.Contact.ID)
		}
	}
	return nil
}

// stop ends the way of a line that is not recorded yet; it waits in the inbox.
func (l *logging) stop(ctx context.Context, outcome string, contact int64) error {
	_, err := l.tx.Exec(ctx, `update inbox set outcome = $2, contact_id = nullif($3::bigint, 0) where id = $1`, l.out.DeliveryID, outcome, contact)
	if err != nil {
		return err
	}
	return errStop
}
