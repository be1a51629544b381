package exam_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
)

// wordlore is what suggestions are judged with: the first journey, and the guide
// that travels with the binary, with its text and what checks another.
func wordlore(t *testing.T) (m *journey.Model, kinds *workshop.Kinds, text string, guide *suggest.Guide) {
	t.Helper()
	models, _, _, _ := shipped(t)
	m, _ = models.Get(journey.Default)
	files, err := workshop.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if kinds, err = workshop.NewKinds(files); err != nil {
		t.Fatal(err)
	}
	text = files[workshop.GuideFile]
	piece, found := kinds.Check(workshop.GuideFile, text)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return m, kinds, text, piece.Guide
}

// A draft that forgets whom items are for suggests worse, and says where.
func TestGuide(t *testing.T) {
	m, kinds, text, live := wordlore(t)
	from, to := strings.Index(text, "\nroles:"), strings.Index(text, "\nranks:")
	if from < 0 || to < from {
		t.Fatal("the guide has another order; cut elsewhere")
	}
	draft, found := kinds.Check(workshop.GuideFile, text[:from]+"\nroles:\n  nobody: [quendorian]\n\nindustries:\n  nowhere: [quendorian]\n"+text[to:])
	if len(found) > 0 {
		t.Fatal(found)
	}
	sets, err := suggest.LabelledSets()
	if err != nil || len(sets) < 3 {
		t.Fatal(len(sets), err)
	}
	o, err := exam.Guide(live, draft.Guide, sets, m)
	if err != nil || !o.Judged || o.Verdict != workshop.Worse || len(o.Changed) == 0 || o.Changed[0].Turn != exam.ToWorse {
		t.Errorf("%+v %v", o, err)
	}
	t.Log(strings.Join(o.Lines, "\n"))
	// an editor sees whom it is about, what they said, what either names and what would do
	for i, c := range o.Changed {
		if !strings.Contains(c.Case, ": “") || c.Live == "" || c.Draft == "" || c.Live == c.Draft || c.Right == "" {
			t.Errorf("nobody can tell what happened here: %+v", c)
		}
		if i > 0 && o.Changed[i-1].Turn != exam.ToWorse && c.Turn == exam.ToWorse {
			t.Errorf("what became wrong stands behind other cases: %d %+v", i, c)
		}
		named := strings.Split(c.Draft, " / ")
		if fit := slices.ContainsFunc(strings.Split(c.Right, " / "), func(title string) bool { return slices.Contains(named, title) }); fit && c.Turn != exam.ToBetter && c.Right != "nothing" {
			t.Errorf("what the draft names would do: %+v", c)
		}
	}
	if o.Worse < 10 || o.Worse+o.Better > len(o.Changed)+o.More {
		t.Errorf("%d worse and %d better of %d and %d", o.Worse, o.Better, len(o.Changed), o.More)
	}
	t.Logf("%d kept, %d more; first %+v; last %+v", len(o.Changed), o.More, o.Changed[0], o.Changed[len(o.Changed)-1])
	if same, err := exam.Guide(live, live, sets, m); err != nil || same.Verdict != workshop.Same || len(same.Changed) != 0 {
		t.Errorf("against itself: %+v %v", same, err)
	}
	if _, found := kinds.Check(workshop.GuideFile, strings.Replace(text, "asked_for_more:", "asked_for_mroe:", 1)); len(found) == 0 || found[0].Line == 0 || !strings.Contains(found[0].Hint, "asked_for_more") {
		t.Errorf("a misspelt signal: %v", found)
	}
}
