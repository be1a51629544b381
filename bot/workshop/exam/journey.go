package exam

import (
	"fmt"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/workshop"
)

// Journey judges a journey by where it puts labelled contacts. The right place
// is the labels' where they know the journey, else where the shipped journey of
// that name puts the labelled signals; a journey that is the team's own has no
// right places, and is judged by nobody but people.
func Journey(live, draft *journey.Model, shipped journey.Models, set []observe.History) Outcome {
	def, known := shipped.Get(draft.Name())
	o := Outcome{Judged: known, Labelled: known, Verdict: workshop.Same}
	were, are := 0, 0
	var changed []Change
	for i := range set {
		notes := labelledNotes(&set[i])
		was, _ := live.Fold(live.Start(), notes...)
		is, _ := draft.Fold(draft.Start(), notes...)
		if !known {
			if was.Stage != is.Stage {
				changed = append(changed, Change{Case: story(&set[i]), Right: "not known", Live: placed(live, was), Draft: placed(draft, is)})
			}
			continue
		}
		should, _ := def.Fold(def.Start(), notes...)
		wasRight, isRight := same(was, should), same(is, should)
		were, are = were+number(wasRight), are+number(isRight)
		if same(was, is) {
			continue
		}
		c := Change{Case: story(&set[i]), Right: placed(draft, should), Live: placed(live, was), Draft: placed(draft, is), Turn: turnOf(wasRight, isRight)}
		if wasRight { // one stage may have two titles: the same place is told in the same words
			c.Right = c.Live
		}
		changed = append(changed, c)
	}
	if !known {
		o.Lines = append(o.Lines, fmt.Sprintf("Of %d labelled contacts, %d would stand elsewhere. This journey is your own: nothing says which place is right.", len(set), len(changed)))
		o.Judged = len(changed) == 0
		o.keep(changed)
		return o
	}
	o.Lines = append(o.Lines, fmt.Sprintf("Of %d labelled contacts, %d stand where the labels put them live (%s %%), %d in the draft (%s %%). %d stand elsewhere than before.",
		len(set), were, hundred(float64(were)/float64(len(set))), are, hundred(float64(are)/float64(len(set))), len(changed)))
	o.weigh(turned(changed, ToBetter), turned(changed, ToWorse), "contacts")
	o.keep(changed)
	return o
}

// same: of the places that a journey tells, stage, status and cycle.
func same(a, b journey.State) bool {
	return a.Stage == b.Stage && a.Status == b.Status && a.DoNotContact == b.DoNotContact && a.Cycle == b.Cycle
}

// placed tells a place in the words of the journey; of a stage that it has no more, its
// bare name.
func placed(m *journey.Model, s journey.State) string {
	name := s.Stage
	if stage, ok := m.Stage(s.Stage); ok {
		name = stage.Title
	}
	if name == "" {
		name = "outside"
	}
	if s.Status != journey.Active {
		name += ", " + string(s.Status)
	}
	if s.Cycle != "" {
		name += ", cycle " + s.Cycle
	}
	return name
}

func labelledNotes(h *observe.History) []journey.Note {
	notes := make([]journey.Note, len(h.Interactions))
	for i := range notes {
		notes[i] = journey.Note{ID: int64(i + 1), At: h.Note(i).At, Signals: h.Gold.Signals[i]}
	}
	return notes
}

// story is a contact by what was seen of them, oldest first.
func story(h *observe.History) string {
	text := ""
	for i, list := range h.Gold.Signals {
		if i > 0 {
			text += "; then "
		}
		text += words(sorted(list))
	}
	return text
}
