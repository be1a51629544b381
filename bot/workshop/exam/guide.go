package exam

import (
	"fmt"
	"slices"
	"strings"

	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// Guide judges the wordlore of suggestions on labelled states: a state turns
// right where something acceptable is among the first three now, or where
// nothing is suggested now and nothing should be.
func Guide(live, draft *suggest.Guide, sets []suggest.LabelledSet, m *journey.Model) (Outcome, error) {
	o := Outcome{Judged: true, Labelled: true}
	var was, is sums
	other := 0
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
		titles := titlesOf(set.Items)
		for _, s := range set.States {
			before, after := l.Named[s.ID], d.Named[s.ID]
			if slices.Equal(before, after) {
				continue
			}
			wasRight, isRight := fits(&l, s.ID), fits(&d, s.ID)
			if other++; wasRight && isRight {
				continue
			}
			c, err := s.Case(m, set.Day)
			if err != nil {
				return o, fmt.Errorf("exam of suggestions, set %s: %w", set.Name, err)
			}
			right, err := s.Right()
			if err != nil {
				return o, fmt.Errorf("exam of suggestions, set %s: %w", set.Name, err)
			}
			changed = append(changed, Change{Case: Moment(c, m), Right: titles.of(right), Live: several(before), Draft: several(after), Turn: turnOf(wasRight, isRight)})
		}
	}
	o.Lines = append(o.Lines,
		fmt.Sprintf("Suggested: in %d labelled states of %d libraries, and nothing in %d where nothing should be.", was.states, len(sets), was.quiet),
		fmt.Sprintf("The first pick is acceptable in %s %% of the states live, %s %% in the draft; one of three in %s %% and %s %%.",
			hundred(was.hit1/float64(max(was.states, 1))), hundred(is.hit1/float64(max(is.states, 1))), hundred(was.hit3/float64(max(was.states, 1))), hundred(is.hit3/float64(max(is.states, 1)))),
		fmt.Sprintf("Silent where it should be: %s %% live, %s %% in the draft.", hundred(was.silent/float64(max(was.quiet, 1))), hundred(is.silent/float64(max(is.quiet, 1)))))
	if other > 0 {
		o.Lines = append(o.Lines, fmt.Sprintf("Something else is named in %s. Those where it fits both times are counted, and not listed.", english.Plural(other, "state")))
	}
	o.weigh(turned(changed, ToBetter), turned(changed, ToWorse), "states")
	o.keep(changed)
	return o, nil
}

// fits reports whether something acceptable was among those named in a state, or
// rightly nothing was.
func fits(r *suggest.Report, state string) bool {
	return !slices.Contains(r.Missed, state) && !slices.Contains(r.Unwanted, state)
}

// Moment tells a labelled moment as any editor may read it: who it is about, without a
// name, where they stand, and the note that was the last.
func Moment(c suggest.Case, m *journey.Model) string {
	var who []string
	if c.Title != "" {
		who = append(who, c.Title)
	}
	if c.Industry != "" {
		who = append(who, c.Industry)
	}
	if stage, ok := m.Stage(c.Stage); ok {
		who = append(who, "at "+stage.Title)
	}
	text := strings.Join(who, ", ")
	if len(c.Notes) > 0 {
		text += ": “" + c.Notes[0].Text + "”"
	}
	return text
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
