// Package coach works out what one recorded line comes to: the signals in it,
// where they put the contact on every journey, what to give next, and what it
// adds to the ledger.
//
// It runs in memory between the reads and the writes of the one transaction
// that records a line, so it has no database and no clock of its own: what it
// needs comes in as [store.Known], what it decides goes out as
// [store.Decision]. Folding anew after an undo or a correction is its other
// half ([Coach.Refold]).
package coach

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/store"
)

// The origins of a reading, lowest standing first.
const (
	BuiltIn = "built-in"
	Model   = "model"
	Person  = "person"
)

// Reader finds signals in a note. Told is how many bytes at its start tell of
// what happened: what follows speaks to machines and is used for nothing, see
// [observe.Reader.Told]. Departure is whether it says that its contact is not to be had
// where they were, Successor whom it names as coming after one who left. Words are those
// of its cues that a line's steps are read by.
type Reader interface {
	Read(n observe.Note, c observe.Context) []observe.Finding
	Told(n observe.Note) int
	Aside(n observe.Note) observe.Aside
	Departure(n observe.Note) observe.Departure
	Successor(n observe.Note) string
	Words() *line.Words
	Version() string
}

// Coach decides. It is safe for concurrent use and holds no state that
// changes.
type Coach struct {
	Models journey.Models
	Reader Reader
	// Books give a team's own journeys, and its own reading or nil for Reader;
	// nil: Models and Reader are every team's.
	Books func(team string) (journey.Models, Reader)
	// Words give the wording in force; nil: the default sentences.
	Words Words
	// Follow is the work that follows a recorded line; nil: none.
	Follow func(team string, interaction int64) []river.InsertManyParams
}

// For returns the coach with a team's own journeys and reading. Take it once for all of a
// request: an editor may publish another journey at any moment.
func (c *Coach) For(team string) *Coach {
	if c.Books == nil {
		return c
	}
	own := *c
	models, reader := c.Books(team)
	own.Models = models
	if reader != nil {
		own.Reader = reader
	}
	return &own
}

// Lines are the words that a line's steps are read by; of a coach without a reader, those of
// the binary.
func (c *Coach) Lines() *line.Words {
	if c.Reader == nil {
		return line.Shipped()
	}
	return c.Reader.Words()
}

// Shelf is a team's library, ready to choose from, and what was learnt of it.
type Shelf struct {
	Library *suggest.Library
	Tally   suggest.Tally
	Version int64 // of the library, see [store.Team]
	Unread  bool  // the library is large, and not read yet: nothing can be said of it
}

// Versions is the version of each journey, by name, for [store.Draft].
func (c *Coach) Versions() map[string]string {
	v := make(map[string]string, len(c.Models))
	for _, m := range c.Models {
		v[m.Name()] = m.Version()
	}
	return v
}

// Decide makes of a line what it comes to.
func (c *Coach) Decide(k store.Known, d store.Draft, l line.Line, shelf Shelf, seed uint64) (store.Decision, error) {
	before, err := contextOf(k)
	if err != nil {
		return store.Decision{}, err
	}
	found := c.read(observe.Note{Text: d.Note, Channel: journey.Channel(d.Channel), Direction: journey.Direction(d.Direction),
		At: d.At, Names: []string{k.Contact.Name, k.Contact.Company.Name}}, l, before)
	out := store.Decision{Origin: BuiltIn, Version: c.Reader.Version()}
	signals := make([]journey.Signal, len(found))
	for i, f := range found {
		signals[i] = f.Signal
		out.Signals = append(out.Signals, store.Signal{Signal: string(f.Signal), Quote: d.Note[f.Start : f.Start+len(f.Quote)], Start: f.Start,
			Confidence: f.Confidence, Origin: BuiltIn, Version: out.Version})
	}
	err = c.settle(k, d, l, shelf, seed, before, signals, &out)
	return out, err
}

// Told makes of a line what it comes to where the person said which signals it
// shows, and nothing is to be read: their word stands.
func (c *Coach) Told(k store.Known, d store.Draft, l line.Line, shelf Shelf, seed uint64, signals ...journey.Signal) (store.Decision, error) {
	before, err := contextOf(k)
	if err != nil {
		return store.Decision{}, err
	}
	out := store.Decision{Origin: Person}
	for _, g := range signals {
		out.Signals = append(out.Signals, store.Signal{Signal: string(g), Confidence: 1, Origin: Person})
	}
	err = c.settle(k, d, l, shelf, seed, before, signals, &out)
	return out, err
}

// read is what a line shows of what took place. A wish to be left alone is found wherever it
// stands, in a plan too: it is never passed by.
func (c *Coach) read(n observe.Note, l line.Line, before observe.Context) (found []observe.Finding) {
	if len(l.ToCome) == 0 {
		return c.Reader.Read(n, before)
	}
	whole := c.Reader.Read(n, before)
	n.Text = line.Happened(n.Text, l.ToCome)
	if !l.Plan {
		found = c.Reader.Read(n, before)
	}
	optsOut := func(f observe.Finding) bool { return f.Signal == journey.OptedOut }
	if at := slices.IndexFunc(whole, optsOut); at >= 0 && !slices.ContainsFunc(found, optsOut) {
		found = append(found, whole[at])
	}
	return found
}

func contextOf(k store.Known) (before observe.Context, err error) {
	if len(k.Contact.Reading) > 0 {
		if err := json.Unmarshal(k.Contact.Reading, &before); err != nil {
			return before, fmt.Errorf("coach: reading context of contact %d: %w", k.Contact.ID, err)
		}
	}
	return before, nil
}

// settle works out everything that follows from the signals.
func (c *Coach) settle(k store.Known, d store.Draft, l line.Line, shelf Shelf, seed uint64, before observe.Context, signals []journey.Signal, out *store.Decision) error {
	after := before
	if !isPlan(l, signals) {
		after = before.After(signals, journey.Channel(d.Channel), journey.Direction(d.Direction))
	}
	kept, err := json.Marshal(after)
	if err != nil {
		return fmt.Errorf("coach: reading context: %w", err)
	}
	out.Reading = kept
	note := journey.Note{ID: k.Number, At: d.At, Signals: signals}
	if err := c.place(k, note, out); err != nil {
		return err
	}
	c.ledger(k, d, l, shelf, signals, out)
	if c.Follow != nil && !isPlan(l, signals) { // a second look would read a talk into its words
		out.Jobs = c.Follow(d.Delivery.TeamID, k.Number)
	}
	out.Rest = c.restOf(k, d, signals, shelf)
	out.Suggestion = c.suggestion(k, d, signals, *out, shelf, seed)
	return nil
}

// isPlan reports whether nothing took place that a line tells of.
func isPlan(l line.Line, signals []journey.Signal) bool { return l.Plan && len(signals) == 0 }

// Start is where somebody stands of whom nothing is known yet, on every
// journey, since now.
func (c *Coach) Start(now time.Time) ([]store.Place, error) {
	places, _, err := c.foldAll(nil)
	for i := range places {
		places[i].Since = now
	}
	return places, err
}

// place folds the note into every journey. A line older than the latest one,
// or a journey that has changed since, takes the whole history.
func (c *Coach) place(k store.Known, note journey.Note, out *store.Decision) error {
	if len(k.History) > 0 || k.Backdated {
		notes, err := notesOf(k.History)
		if err != nil {
			return err
		}
		at := len(notes)
		for at > 0 && notes[at-1].At.After(note.At) {
			at--
		}
		notes = append(notes[:at:at], append([]journey.Note{note}, notes[at:]...)...)
		out.Places, out.Moves, err = c.foldAll(notes)
		out.Refolded = true
		return err
	}
	kept := make(map[string]store.Place, len(k.Places))
	for _, p := range k.Places {
		kept[p.Journey] = p
	}
	out.Places = make([]store.Place, 0, len(c.Models))
	for _, m := range c.Models {
		state := m.Start()
		was, known := kept[m.Name()]
		if known && was.Model != m.Version() {
			known = false // nothing was folded yet, else the history would be here
		}
		if known {
			if err := json.Unmarshal(was.State, &state); err != nil {
				return fmt.Errorf("coach: place of contact %d on %s: %w", k.Contact.ID, m.Name(), err)
			}
		}
		after, found := m.Fold(state, note)
		if known && m.Version() == was.Model && len(found) == 0 && reflect.DeepEqual(state, after) {
			was.Stands = true
			out.Places = append(out.Places, was)
			continue
		}
		p, moves, err := rows(m, after, found, was, note)
		if err != nil {
			return err
		}
		out.Places = append(out.Places, p)
		out.Moves = append(out.Moves, moves...)
	}
	return nil
}

// Refold folds all that stands of a contact anew, on every journey.
func (c *Coach) Refold(_ store.Contact, history []store.Noted) ([]store.Place, []store.Move, json.RawMessage, error) {
	notes, err := notesOf(history)
	if err != nil {
		return nil, nil, nil, err
	}
	var reading observe.Context
	for i, n := range notes {
		if history[i].Plan {
			continue
		}
		reading = reading.After(n.Signals, journey.Channel(history[i].Channel), journey.Direction(history[i].Direction))
	}
	kept, err := json.Marshal(reading)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("coach: reading context: %w", err)
	}
	places, moves, err := c.foldAll(notes)
	return places, moves, kept, err
}

func (c *Coach) foldAll(notes []journey.Note) (places []store.Place, moves []store.Move, err error) {
	for _, m := range c.Models {
		s, found := m.Fold(m.Start(), notes...)
		p, ms, err := rows(m, s, found, store.Place{}, notes...)
		if err != nil {
			return nil, nil, err
		}
		places, moves = append(places, p), append(moves, ms...)
	}
	return places, moves, nil
}

// rows tells a state that notes were folded into, and the moves that they
// made, as the store keeps them.
func rows(m *journey.Model, s journey.State, found []journey.Move, was store.Place, notes ...journey.Note) (store.Place, []store.Move, error) {
	state, err := json.Marshal(s)
	if err != nil {
		return store.Place{}, nil, fmt.Errorf("coach: state on %s: %w", m.Name(), err)
	}
	p := store.Place{Journey: m.Name(), Model: m.Version(), Stage: s.Stage, Status: string(s.Status), DoNotContact: s.DoNotContact,
		Cycle: s.Cycle, State: state, Since: was.Since, InteractionID: was.InteractionID}
	if p.Since.IsZero() && len(notes) > 0 {
		p.Since = notes[0].At
	}
	var moves []store.Move
	for _, f := range found {
		if f.Kind == journey.Refused {
			return p, nil, fmt.Errorf("coach: journey %s refused %v from stage %q", m.Name(), f.Signals, f.From)
		}
		row := store.Move{Journey: m.Name(), Kind: string(f.Kind), From: f.From, To: f.To, Name: f.Name, At: f.At}
		for _, g := range f.Signals {
			row.Signals = append(row.Signals, string(g))
		}
		if n := len(f.Notes); n > 0 {
			row.InteractionID = f.Notes[n-1]
		}
		if f.From != f.To {
			p.Since, p.InteractionID = f.At, row.InteractionID
		}
		moves = append(moves, row)
	}
	return p, moves, nil
}

func notesOf(history []store.Noted) ([]journey.Note, error) {
	notes := make([]journey.Note, len(history))
	for i, h := range history {
		signals := make([]journey.Signal, len(h.Signals))
		for j, g := range h.Signals {
			signals[j] = journey.Signal(g.Signal)
		}
		n, err := journey.NewNote(h.ID, h.At, signals...)
		if err != nil {
			return nil, fmt.Errorf("coach: interaction %d: %w", h.ID, err)
		}
		notes[i] = n
	}
	return notes, nil
}

// day is a date without a time, as steps keep it; nil for none.
func day(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
