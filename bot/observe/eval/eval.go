// Package eval judges a reading against labelled histories: signal by signal,
// and by the places where the folded signals put each contact. An [Exam] takes
// the contacts one at a time, so a file of any length is judged in little
// memory; [Exam.Report] gives the figures, with intervals from a seeded
// bootstrap over contacts.
package eval

import (
	"fmt"
	"slices"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Reading reads one note of a contact of whom c is known.
type Reading func(n observe.Note, c observe.Context) []observe.Finding

// outcome is what came of one contact; all figures are sums of outcomes.
type outcome struct {
	author, slice string
	language      string // of the first note
	notes         []noteOutcome
	stage, status bool
	orbit, phase  bool
	lipee         bool
	cycle, kinds  bool
	influence     bool
	dncGold, dnc  bool
}

type noteOutcome struct {
	gold, read []int8 // numbers of signals
	falseMove  bool   // the place moved where it should not have, or elsewhere
	missedMove bool   // the place should have moved
}

// judged is one finding's confidence and whether it was right.
type judged struct {
	sure  float32
	right bool
}

// Exam gathers the outcomes of one reading.
type Exam struct {
	name     string
	models   journey.Models
	outcomes []outcome
	judged   []judged
	number   map[journey.Signal]int8
}

// NewExam opens an exam. Models must hold aipee, lipee, orbits and lifecycle.
func NewExam(name string, models journey.Models) (*Exam, error) {
	for _, m := range []string{"aipee", "lipee", "orbits", "lifecycle"} {
		if _, ok := models.Get(m); !ok {
			return nil, fmt.Errorf("eval: there is no journey model %q", m)
		}
	}
	x := &Exam{name: name, models: models, number: map[journey.Signal]int8{}}
	for i, s := range journey.Signals() {
		x.number[s] = int8(i)
	}
	return x, nil
}

// Add has the reading read h, note by note, each in the context of what it read
// before, and keeps the outcome.
func (x *Exam) Add(h *observe.History, read Reading) {
	o := outcome{author: h.Author, slice: h.Slice}
	var c observe.Context
	var notes, gold []journey.Note
	for i := range h.Interactions {
		n := h.Note(i)
		var signals []journey.Signal
		for _, f := range read(n, c) {
			if slices.Contains(signals, f.Signal) {
				continue
			}
			signals = append(signals, f.Signal)
			x.judged = append(x.judged, judged{float32(f.Confidence), slices.Contains(h.Gold.Signals[i], f.Signal)})
		}
		notes = append(notes, journey.Note{ID: int64(i + 1), At: n.At, Signals: signals})
		gold = append(gold, journey.Note{ID: int64(i + 1), At: n.At, Signals: h.Gold.Signals[i]})
		o.notes = append(o.notes, noteOutcome{gold: x.numbers(h.Gold.Signals[i]), read: x.numbers(signals)})
		c = c.After(signals, n.Channel, n.Direction)
	}
	if len(h.Interactions) > 0 {
		o.language = observe.Language(h.Interactions[0].Note)
	}
	x.place(&o, h, notes, gold)
	x.outcomes = append(x.outcomes, o)
}

func (x *Exam) numbers(list []journey.Signal) []int8 {
	var out []int8
	for _, s := range list {
		if n, ok := x.number[s]; ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// place folds what was read and compares the places with the labelled ones.
func (x *Exam) place(o *outcome, h *observe.History, notes, gold []journey.Note) {
	fold := func(name string, notes []journey.Note) journey.State {
		m, _ := x.models.Get(name) // there since NewExam
		s, _ := m.Fold(m.Start(), notes...)
		return s
	}
	a := fold("aipee", notes)
	o.stage = a.Stage == h.Gold.Aipee.Stage
	o.status = string(a.Status) == h.Gold.Aipee.Status
	o.cycle = a.Cycle == h.Gold.Aipee.Cycle
	want := slices.Clone(h.Gold.Aipee.Exchanged)
	slices.Sort(want)
	o.kinds = slices.Equal(a.Exchanged, want)
	o.dnc, o.dncGold = a.DoNotContact, h.Gold.Aipee.DoNotContact
	o.lipee = fold("lipee", notes).Stage == fold("lipee", gold).Stage
	o.orbit = fold("orbits", notes).Stage == h.Gold.Orbit
	life := fold("lifecycle", notes)
	o.phase, o.influence = life.Stage == h.Gold.Lifecycle.Phase, life.Influence == h.Gold.Lifecycle.Influence
	x.moves(o, notes, gold)
}

// moves finds the notes that moved the AIPEE place, or did not, wrongly. Each
// note is judged on its own: what stood before it is taken as labelled.
func (x *Exam) moves(o *outcome, notes, gold []journey.Note) {
	m, _ := x.models.Get("aipee")
	before := m.Start()
	for i := range gold {
		read, _ := m.Fold(before, notes[i])
		right, _ := m.Fold(before, gold[i])
		o.notes[i].falseMove = !samePlace(read, right) && !samePlace(read, before)
		o.notes[i].missedMove = !samePlace(read, right) && samePlace(read, before)
		before = right
	}
}

func samePlace(a, b journey.State) bool {
	return a.Stage == b.Stage && a.Status == b.Status && a.DoNotContact == b.DoNotContact && a.Cycle == b.Cycle
}
