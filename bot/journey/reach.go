package journey

import (
	"cmp"
	"slices"
)

// Reach is what it takes for a note to have its contact stand at a stage.
type Reach struct {
	// There reports whether the note with Keep has them stand at the stage.
	There bool
	// Keep are the signals of the note that may stay, as many as can, in the order of the
	// journey. Where other notes keep the contact from the stage whatever this one shows,
	// they are those that by themselves lead no further than it.
	Keep []Signal
	// Missing are the signals that would lead to the stage, each beside what the note shows
	// or, where that leads away from it, in its place; nil with There, and where none does.
	Missing []Signal
	// As is the stage where the note with all it shows has them stand, Without the one where
	// they stand without it.
	As, Without string
	// Alone reports whether a note that is the only one could have them stand at the stage.
	Alone bool
}

// Reach asks the fold how a note must be read for its contact to stand at a stage: which of
// the note's signals are to be kept for it, or which are missing. The others are the notes of
// the contact beside it, in any order; nobody stands where a list of a stage's signals says,
// since later notes, falls, proofs and cycles move them, too.
func (m *Model) Reach(others []Note, note Note, stage string) Reach {
	note.Signals = known(note.Signals)
	p := m.puts(others, note)
	r := Reach{As: p.with(note.Signals), Without: m.stageOf(others)}
	r.Keep, r.There = p.most(note.Signals, func(keep []Signal) bool { return p.with(keep) == stage })
	alone := m.puts(nil, note)
	one := func(s Signal) []Signal { return []Signal{s} }
	r.Alone = slices.ContainsFunc(Signals(), func(s Signal) bool { return alone.with(one(s)) == stage })
	if r.There {
		return r
	}
	r.Keep, _ = p.most(note.Signals, func(keep []Signal) bool { return m.Rank(alone.with(keep)) <= m.Rank(stage) })
	for _, shows := range [][]Signal{note.Signals, nil} {
		for _, s := range Signals() {
			if !slices.Contains(note.Signals, s) && p.with(append(one(s), shows...)) == stage {
				r.Missing = append(r.Missing, s)
			}
		}
		if r.Missing != nil {
			break
		}
	}
	return r
}

// known are the signals that there are, each once, in the order of the journey.
func known(signals []Signal) []Signal {
	var set Set
	for _, s := range signals {
		if n, ok := numbers[s]; ok {
			set |= 1 << n
		}
	}
	return set.Signals()
}

// reading is a note among the others, of which only what it shows is open.
type reading struct {
	m     *Model
	until State // before the note
	note  Note
	after []Note
}

func (m *Model) puts(others []Note, note Note) reading {
	all := slices.Clone(others)
	slices.SortStableFunc(all, inOrder)
	at := len(all)
	for at > 0 && inOrder(all[at-1], note) > 0 {
		at--
	}
	until, _ := m.Fold(m.Start(), all[:at]...)
	return reading{m, until, note, all[at:]}
}

func inOrder(a, b Note) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
}

// with is the stage where the contact stands if the note shows the signals.
func (p reading) with(signals []Signal) string {
	p.note.Signals = signals
	s, _ := p.m.Fold(p.until, append([]Note{p.note}, p.after...)...)
	return s.Stage
}

func (m *Model) stageOf(notes []Note) string {
	all := slices.Clone(notes)
	slices.SortStableFunc(all, inOrder)
	s, _ := m.Fold(m.Start(), all...)
	return s.Stage
}

// most is the largest part of the signals that does; of several as large, the one that keeps
// the earlier ones of the journey. Signals that no rule tells apart do the same as one, so
// the parts that are tried are few.
func (p reading) most(signals []Signal, does func([]Signal) bool) (part []Signal, ok bool) {
	kinds := p.m.alike(signals)
	best := Set(0)
	for take := 1<<len(kinds) - 1; take >= 0; take-- {
		var set Set
		for i, kind := range kinds {
			if take&(1<<(len(kinds)-1-i)) != 0 {
				set |= kind
			}
		}
		if ok && set.Len() <= best.Len() || !does(set.Signals()) {
			continue
		}
		best, ok = set, true
	}
	return best.Signals(), ok
}

// mostKinds bounds the parts that are tried, of a note that shows more than any does: its
// last kinds stay or go together.
const mostKinds = 12

// alike parts signals into those that stand in the same rules of a stage.
func (m *Model) alike(signals []Signal) (kinds []Set) {
	sets := m.rules.movers()
	at := map[string]int{}
	for _, s := range signals {
		in := make([]byte, len(sets))
		for i, set := range sets {
			if set.Has(s) {
				in[i] = 1
			}
		}
		i, ok := at[string(in)]
		switch {
		case ok:
		case len(kinds) == mostKinds:
			i = mostKinds - 1
		default:
			i = len(kinds)
			kinds = append(kinds, 0)
		}
		at[string(in)] = i
		kinds[i] |= 1 << numbers[s]
	}
	return kinds
}

// movers are the sets of signals on which a stage hangs.
func (r *rules) movers() []Set {
	c := &r.Cycles
	sets := append(slices.Concat(r.Named, r.Proofs), c.Customer, c.Before, c.Closed, c.Interests, r.Status.Left)
	if c.Repeat != nil {
		sets = append(sets, c.Repeat.On)
	}
	for _, open := range c.Open {
		sets = append(sets, open.On)
	}
	falls := r.Falls
	if c.Refused != nil {
		falls = append(slices.Clone(falls), *c.Refused)
	}
	for _, f := range falls {
		sets = append(sets, f.On, f.Unless)
	}
	return sets
}
