package exam_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
)

// A draft is worse where what was right is gone, where more people would get
// nothing, or where its words have faults; better where it has what was right.
func TestLibrary(t *testing.T) {
	m, _, _, guide := wordlore(t)
	sets, err := suggest.LabelledSets()
	if err != nil {
		t.Fatal(err)
	}
	set := sets[0]
	var states []exam.State
	live, given := suggest.NewLibrary(guide, set.Items), map[string]int{} // how often an item alone of three is right
	for _, s := range set.States {
		st := exam.State{Who: s.ID, Known: true}
		if st.Case, err = s.Case(m, set.Day); err != nil {
			t.Fatal(err)
		}
		if st.Right, err = s.Right(); err != nil {
			t.Fatal(err)
		}
		picks := slices.DeleteFunc(live.Best(st.Case, suggest.Tally{}).Picks, func(p suggest.Pick) bool { return !slices.Contains(st.Right, p.Item.Canonical) })
		if len(picks) == 1 {
			given[picks[0].Item.Canonical]++
		}
		states = append(states, st)
	}
	most := slices.MaxFunc(set.Items, func(a, b suggest.Item) int { return given[a.Canonical] - given[b.Canonical] })
	without := slices.DeleteFunc(slices.Clone(set.Items), func(it suggest.Item) bool { return it.ID == most.ID })
	judge := func(live, draft []suggest.Item, states []exam.State) exam.Outcome {
		o := exam.Library(guide, live, draft, workshop.MergeShelf(live, draft, live).Changes, states)
		if !o.Judged {
			t.Errorf("not judged: %+v", o)
		}
		return o
	}
	worse := judge(set.Items, without, states)
	if all := strings.Join(worse.Lines, "\n"); worse.Verdict != workshop.Worse || len(worse.Changed) == 0 || worse.Changed[0].Turn != exam.ToWorse || !strings.Contains(all, "would be retired") {
		t.Errorf("%s\n%+v", all, worse.Changed)
	}
	if back := judge(without, set.Items, states); back.Verdict != workshop.Same || !back.Few || back.Changed[0].Turn != exam.ToBetter {
		t.Errorf("by two of %d: %+v", len(states), back)
	}
	if better := judge(set.Items[:len(set.Items)/2], set.Items, states); better.Verdict != workshop.Better || better.Few || better.Better < 20 || better.Changed[0].Right == "" {
		t.Errorf("twice as many items: %s %v", better.Verdict, better.Lines)
	}
	if same := judge(set.Items, set.Items, states); same.Verdict != workshop.Same || len(same.Changed) > 0 || !strings.Contains(strings.Join(same.Lines, "\n"), "stays the same") {
		t.Errorf("%+v", same)
	}
	// a refused item that goes is better, although nobody knows what had been right
	refused := []exam.State{}
	for _, st := range states {
		if picks := suggest.NewLibrary(guide, set.Items).Best(st.Case, suggest.Tally{}).Picks; len(picks) > 1 && picks[0].Item.ID == most.ID {
			refused = append(refused, exam.State{Who: st.Who, Case: st.Case, Wrong: []string{most.Canonical}})
		}
	}
	if better := judge(set.Items, without, refused); len(refused) == 0 || better.Verdict != workshop.Same || !better.Few || better.Better != len(refused) {
		t.Errorf("of %d: %+v", len(refused), better)
	}
	for len(refused) < 6 { // one is refused again and again
		refused = append(refused, refused[0])
	}
	if better := judge(set.Items, without, refused); better.Verdict != workshop.Better || better.Few {
		t.Errorf("of %d: %+v", len(refused), better)
	}
	silent := judge(set.Items, nil, states[:1])
	if was := suggest.NewLibrary(guide, set.Items).Best(states[0].Case, suggest.Tally{}); len(was.Picks) > 0 && silent.Verdict != workshop.Worse {
		t.Errorf("%+v", silent)
	}
	linked := slices.Clone(set.Items)
	linked[0].Gives = "See https://elsewhere.example"
	if o := judge(set.Items, linked, nil); o.Verdict != workshop.Worse || !strings.Contains(strings.Join(o.Lines, "\n"), "a link stands in its words") {
		t.Errorf("%+v", o)
	}
}
