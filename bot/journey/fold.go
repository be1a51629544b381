package journey

import (
	"math/bits"
	"slices"
)

// Start is the state of a contact of whom nothing is known.
func (m *Model) Start() State {
	s := State{Model: m.Version(), Status: Active, Exchanged: []string{}, Reached: []string{}}
	if s.Stage = m.stageName(m.rules.Start); s.Stage != "" {
		s.Reached = []string{s.Stage}
	}
	return s
}

// Fold takes notes, oldest first, into a state and returns the new state and
// the moves that led to it. It is pure: the same state and notes give the
// same result, folding a prefix and then the rest gives what folding all
// gives, and nothing of the arguments is changed or kept.
//
// The signals of one note count together, in this order: up, exchange,
// interest, falls (postponed, complained), status.
//
// An unknown signal is refused: it moves nobody and is reported as a move of
// kind [Refused], while the rest of its note counts, so that an "opted out"
// beside it is not lost. A state whose stage this model does not have is
// refused in the same way and the contact stands at the start; use [Current]
// to find such states first.
func (m *Model) Fold(s State, notes ...Note) (State, []Move) {
	var w walk
	w.moves = make([]Move, 0, min(len(notes)+1, 64))
	w.signals, w.ids = make([]Signal, 0, 8), make([]int64, 0, 8)
	w.open(m, s)
	for i := range notes {
		w.note = &notes[i]
		w.step()
	}
	return w.close(), w.moves
}

// walk is a state under folding: ranks and bits instead of names.
type walk struct {
	State
	m         *Model
	rank      int
	cycle     int // 1 + index in cycles.Open, repeatCycle, or 0 for none
	exchanged uint64
	reached   uint64
	moves     []Move
	signals   []Signal // room that the moves' lists are cut from
	ids       []int64
	note      *Note
	set       Set // of the present note
}

const repeatCycle = -1

func (w *walk) open(m *Model, s State) {
	w.m, w.State = m, s
	w.Model = m.Version()
	w.rank = m.Rank(s.Stage)
	if w.rank == 0 && s.Stage != "" || s.Stage == "" && m.kind == Ladder {
		w.rank = m.rules.Start
		w.moves = append(w.moves, Move{Kind: Refused, From: s.Stage, To: m.stageName(w.rank)})
	}
	if w.Status == "" {
		w.Status = Active
	}
	for _, name := range s.Reached {
		w.reached |= 1 << m.Rank(name)
	}
	w.reached |= 1 << w.rank
	for i, kind := range m.rules.Kinds {
		if slices.Contains(s.Exchanged, kind.Name) {
			w.exchanged |= 1 << i
		}
	}
	if s.Cycle != "" {
		w.cycle = m.rules.Cycles.number(s.Cycle)
	}
}

// number finds a cycle by name; 0 where there is none.
func (c *cycles) number(name string) int {
	if c.Repeat != nil && c.Repeat.Name == name {
		return repeatCycle
	}
	for i := range c.Open {
		if c.Open[i].Name == name {
			return i + 1
		}
	}
	return 0
}

func (w *walk) cycleName() string {
	switch {
	case w.cycle == repeatCycle:
		return w.m.rules.Cycles.Repeat.Name
	case w.cycle > 0:
		return w.m.rules.Cycles.Open[w.cycle-1].Name
	}
	return ""
}

// close writes the walk back into a state that shares nothing with the one
// that was opened.
func (w *walk) close() State {
	s := w.State
	s.Stage = w.m.stageName(w.rank)
	s.Cycle = w.cycleName()
	s.Exchanged = make([]string, 0, bits.OnesCount64(w.exchanged))
	for i, kind := range w.m.rules.Kinds {
		if w.exchanged&(1<<i) != 0 {
			s.Exchanged = append(s.Exchanged, kind.Name)
		}
	}
	slices.Sort(s.Exchanged)
	s.Reached = make([]string, 0, bits.OnesCount64(w.reached))
	for i := range w.m.stages {
		if w.reached&(1<<(i+1)) != 0 {
			s.Reached = append(s.Reached, w.m.stages[i].Name)
		}
	}
	return s
}

// step folds the present note.
func (w *walk) step() {
	w.set = 0
	for _, s := range w.note.Signals {
		if n, ok := numbers[s]; ok {
			w.set |= 1 << n
		} else {
			w.moves = append(w.moves, Move{Kind: Refused, From: w.m.stageName(w.rank), To: w.m.stageName(w.rank),
				Notes: []int64{w.note.ID}, Signals: []Signal{s}, At: w.note.At})
		}
	}
	w.Seen |= w.set
	w.up()
	w.exchange()
	w.interests()
	w.falls()
	w.status()
	if w.set&w.m.rules.Influence != 0 {
		w.Influence = true
	}
}

// up moves to the highest stage that the note names, if it is above today's.
func (w *walk) up() {
	r := &w.m.rules
	set := w.set
	if r.Cycles.Before != 0 && set&r.Cycles.Interests != 0 && w.Seen&r.Cycles.Customer == 0 {
		set |= r.Cycles.Before
	}
	for rank := len(w.m.stages); rank >= max(w.rank, 1); rank-- {
		named := set & r.Named[rank]
		if set&r.Proofs[rank] != 0 && w.reached&(1<<rank) == 0 {
			named |= set & r.Proofs[rank]
		}
		if named == 0 {
			continue
		}
		if named&^w.set != 0 { // an interest that counted as something else is its own cause
			named = named&w.set | w.set&r.Cycles.Interests
		}
		switch {
		case rank > w.rank+1:
			w.move(Skipped, rank, "", named)
		case rank > w.rank:
			w.move(Up, rank, "", named)
		}
		return
	}
}

// exchange keeps the kinds of exchange and closes the cycle that one ends.
func (w *walk) exchange() {
	r := &w.m.rules
	for i := range r.Kinds {
		if on := w.set & r.Kinds[i].On; on != 0 {
			w.exchanged |= 1 << i
			w.move(Exchanged, w.rank, r.Kinds[i].Name, on)
		}
	}
	closed := w.set & r.Cycles.Closed
	if closed == 0 {
		return
	}
	again := r.Cycles.Repeat != nil && closed&r.Cycles.Repeat.On != 0
	if again && w.cycle == repeatCycle {
		return
	}
	if w.cycle != 0 {
		w.move(CycleClosed, w.rank, w.cycleName(), closed)
		w.cycle = 0
	}
	if again {
		w.cycle = repeatCycle
		w.move(CycleOpened, w.rank, r.Cycles.Repeat.Name, closed&r.Cycles.Repeat.On)
	}
}

// interests open a cycle for a customer, or switch to another.
func (w *walk) interests() {
	c := &w.m.rules.Cycles
	if w.set&c.Interests == 0 || w.Seen&c.Customer == 0 {
		return
	}
	for i := range c.Open {
		open := &c.Open[i]
		on := w.set & open.On
		if on == 0 {
			continue
		}
		to := w.rank
		if open.To != 0 && (open.From == 0 || open.From&(1<<w.rank) != 0) {
			to = open.To
		}
		if w.cycle == i+1 {
			if open.From != 0 && to != w.rank {
				w.move(Back, to, open.Name, on)
			}
			continue
		}
		if w.cycle != 0 {
			w.move(CycleClosed, w.rank, w.cycleName(), on)
		}
		w.cycle = i + 1
		w.move(CycleOpened, to, open.Name, on)
	}
}

// falls lead back to where the talk can be taken up again.
func (w *walk) falls() {
	for i := range w.m.rules.Falls {
		if f := &w.m.rules.Falls[i]; w.set&f.On != 0 {
			if to := w.lands(f); to != w.rank {
				w.move(Back, to, "", w.set&f.On)
			}
		}
	}
}

// lands is the rank where a fall ends; today's where it does not hold.
func (w *walk) lands(f *fall) int {
	if f.From&(1<<w.rank) == 0 || w.Seen&f.Unless != 0 {
		return w.rank
	}
	for _, rank := range f.FirstReached {
		if w.reached&(1<<rank) != 0 {
			return rank
		}
	}
	return f.To
}

// status reads what the note says about the talk itself. The worst news of a
// note wins.
func (w *walk) status() {
	r := &w.m.rules.Status
	was, set := w.Status, w.set
	left := set & r.Left
	if left != 0 && w.cycle > 0 {
		w.refuse(left) // they refused the addition, not us
		w.Status, left = Active, 0
	} else if set&r.Wake != 0 {
		w.Status = Active
	}
	if set&r.Quiet != 0 {
		w.Status = Quiet
	}
	if left|set&r.NoContact != 0 {
		w.Status = Left
	}
	if w.Status != was {
		switch w.Status {
		case Left:
			w.move(WentLeft, w.rank, "", left|set&r.NoContact)
		case Quiet:
			w.move(BecameQuiet, w.rank, "", set&r.Quiet)
		default:
			w.move(CameBack, w.rank, "", set&(r.Wake|r.Left))
		}
	}
	switch {
	case set&r.NoContact != 0 && !w.DoNotContact:
		w.DoNotContact = true
		w.move(NoContact, w.rank, "", set&r.NoContact)
	case set&r.NoContact == 0 && set&r.Lifted != 0 && w.DoNotContact:
		w.DoNotContact = false
		w.move(MayContact, w.rank, "", set&r.Lifted)
	}
}

// refuse closes the open cycle and leads back to where it began.
func (w *walk) refuse(declined Set) {
	to := w.rank
	if f := w.m.rules.Cycles.Refused; f != nil {
		to = w.lands(f)
	}
	name := w.cycleName()
	w.cycle = 0
	w.move(CycleClosed, to, name, declined)
}

// move records a move and stands the contact at rank.
func (w *walk) move(kind MoveKind, rank int, name string, because Set) {
	was, n := len(w.signals), len(w.ids)
	w.signals = because.appendTo(w.signals)
	w.ids = append(w.ids, w.note.ID)
	w.moves = append(w.moves, Move{
		Kind: kind, From: w.m.stageName(w.rank), To: w.m.stageName(rank), Name: name, At: w.note.At,
		Notes: w.ids[n : n+1 : n+1], Signals: w.signals[was:len(w.signals):len(w.signals)],
	})
	if rank == w.rank {
		return
	}
	w.rank = rank
	w.reached |= 1 << rank
	w.Since = w.note.At
}
