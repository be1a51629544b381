package exam

import (
	"fmt"
	"slices"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// Guide judges the wordlore of suggestions on labelled states: a state turns
// right where something acceptable is among the first three now, or where
// nothing is suggested now and nothing should be.
func Guide(live, draft *suggest.Guide, sets []suggest.LabelledSet, m *journey.Model) (Outcome, error) {
	o := Outcome{Judged: true}
	var was, is sums
	right, wrong := 0, 0
	var changed []Change
	for _, set := range sets {
		l, err := suggest.EvalSuggest(suggest.NewLibrary(live, set.Items), m, set.States, set.Day)
		if err != nil {
			return o, fmt.Errorf("exam of suggestions, set %s: %w", set.Name, err)
		}
		d, err := suggest.EvalSuggest(suggest.NewLibrary(draft, set.Items), m, set.States, set.Day)
		if err != nil {
			return o, fmt.Errorf("exam of suggestions, set %s: %w", set.Name, err)
		}
		was.add(l.Cairn)
		is.add(d.Cairn)
		for _, s := range set.States {
			before, after := verdictOn(&l, s.ID), verdictOn(&d, s.ID)
			if before == after {
				continue
			}
			right, wrong = right+number(after == fits), wrong+number(before == fits)
			changed = append(changed, Change{Case: "State " + s.ID, Live: before, Draft: after, Better: after == fits})
		}
	}
	o.Lines = append(o.Lines,
		fmt.Sprintf("Suggested: in %d labelled states of %d libraries, and nothing in %d where nothing should be.", was.states, len(sets), was.quiet),
		fmt.Sprintf("The first pick is acceptable in %s %% of the states live, %s %% in the draft; one of three in %s %% and %s %%.",
			hundred(was.hit1/float64(max(was.states, 1))), hundred(is.hit1/float64(max(is.states, 1))), hundred(was.hit3/float64(max(was.states, 1))), hundred(is.hit3/float64(max(is.states, 1)))),
		fmt.Sprintf("Silent where it should be: %s %% live, %s %% in the draft.", hundred(was.silent/float64(max(was.quiet, 1))), hundred(is.silent/float64(max(is.quiet, 1)))))
	o.weigh(right, wrong, "states")
	o.keep(changed)
	return o, nil
}

const fits = "something fits, or rightly nothing"

func verdictOn(r *suggest.Report, state string) string {
	switch {
	case slices.Contains(r.Missed, state):
		return "nothing acceptable among three"
	case slices.Contains(r.Unwanted, state):
		return "something where nothing should be"
	}
	return fits
}

// sums add up figures over sets.
type sums struct {
	states, quiet      int
	hit1, hit3, silent float64
}

func (s *sums) add(f suggest.Figures) {
	s.states, s.quiet = s.states+f.States, s.quiet+f.Quiet
	s.hit1, s.hit3 = s.hit1+f.Hit1*float64(f.States), s.hit3+f.Hit3*float64(f.States)
	s.silent += f.Silent * float64(f.Quiet)
}
