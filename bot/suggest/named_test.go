package suggest_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/bot/suggest"
)

// Things named one beside the other are several, but for the words of one title.
func TestEach(t *testing.T) {
	t.Parallel()
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "What an hour costs: calculator", Kind: "calculator", Topics: []string{"business case"}},
		{ID: 2, Title: "Business case for your director", Kind: "template"},
		{ID: 3, Title: "Cleaning and maintenance without the fight", Kind: "guide"},
		{ID: 4, Title: "Maintenance on Mondays", Kind: "video"},
	})
	for typed, want := range map[string]int{"calculator, and business case": 2, "the calculator & the monday video": 2, "cleaning and maintenance": 0,
		"calculator": 0, "calculator and something": 0, "business case und der Rechner, fight guide": 3, "guide and the cleaning guide": 0} {
		if got := l.Each(typed); len(got) != want {
			t.Errorf("%q: %v, want %d", typed, got, want)
		}
	}
}

// One item is known by a few words only where no other may be meant as well.
func TestNamed(t *testing.T) {
	t.Parallel()
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "Audit checklist for SaaS buyers", Kind: "checklist", Topics: []string{"audit"}},
		{ID: 2, Title: "The checklist nobody fills in", Kind: "article"},
		{ID: 3, Title: "Forklift and dock inspections", Kind: "template"},
		{ID: 4, Title: "Emergency power: inspection calendar for hospitals", Kind: "template"},
		{ID: 5, Title: "How four plants cut unplanned stops by a third", Kind: "case study"},
		{ID: 6, Title: "Storage tank inspection", Kind: "guide"},
		{ID: 7, Title: "Tank", Kind: "guide"},
		{ID: 8, Title: "Tank farm rounds", Kind: "guide"},
	})
	for _, c := range []struct {
		typed string
		known int64   // 0: none for sure
		asked []int64 // those offered instead
	}{
		{"the checklist", 1, nil},
		{"the audit thing", 1, nil},
		{"guide", 0, []int64{6, 7, 8}},
		{"thing", 0, nil},
		{"checklist nobody", 2, nil},
		{"inspection template", 0, []int64{3, 4}},
		{"four plants case study", 5, nil},
		{"the four plants story", 5, nil},
		{"tank", 7, nil}, // its whole title
		{"guide tank", 0, []int64{7, 6, 8}},
		{"price list", 0, nil},
		{"forklift brochure", 0, []int64{3}},           // one telling word of a title
		{"Tank-Checkliste", 0, []int64{1, 2, 6, 7, 8}}, // the words fit no one item
		{"the", 0, nil},
		{"Leitfaden für Tank farm", 8, nil},
		{"étude de cas", 0, nil},
		{"Fallstudie", 5, nil},
		{"modelo", 0, []int64{3, 4}},
	} {
		item, ok := l.Named(c.typed)
		if ok != (c.known != 0) || ok && item.ID != c.known {
			t.Errorf("%q: %d %v, want %d", c.typed, item.ID, ok, c.known)
		}
		var ids []int64
		for _, it := range append(l.Naming(c.typed), l.Resembling(c.typed)...) {
			ids = append(ids, it.ID)
		}
		if len(ids) != len(c.asked) {
			t.Errorf("%q offers %v, want %v", c.typed, ids, c.asked)
			continue
		}
		for i := range ids {
			if ids[i] != c.asked[i] {
				t.Errorf("%q offers %v, want %v", c.typed, ids, c.asked)
				break
			}
		}
	}
}

// Whatever words name an item, each of them may name one.
func TestMayName(t *testing.T) {
	t.Parallel()
	sets, err := suggest.LabelledSets()
	if err != nil {
		t.Fatal(err)
	}
	named, barred := 0, 0
	for _, set := range sets {
		l := suggest.NewLibrary(guide(t), set.Items)
		try := func(typed string) {
			if _, ok := l.Named(typed); !ok {
				return
			}
			named++
			for _, w := range strings.Fields(typed) {
				if !l.MayName(w) {
					t.Errorf("%s: %q names an item, %q may not", set.Name, typed, w)
				}
			}
		}
		for _, it := range set.Items {
			ws := strings.Fields(it.Title)
			for from := range ws {
				for to := from + 1; to <= min(from+3, len(ws)); to++ {
					try(strings.Join(ws[from:to], " "))
				}
			}
			try("the " + it.Kind + " on " + strings.Join(it.Topics, " "))
		}
		for _, state := range set.States {
			for _, e := range state.Interactions {
				for _, w := range strings.Fields(e.Note) {
					if !l.MayName(w) {
						barred++
					}
				}
			}
		}
	}
	if named < 1000 || barred < 1000 {
		t.Errorf("of titles %d runs name an item, of the notes' words %d may not: nothing was tried", named, barred)
	}
}

// Of what is in several languages, the language tells which is meant.
func TestNamedByLanguage(t *testing.T) {
	t.Parallel()
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "Audit checklist for SaaS buyers", Kind: "checklist"},
		{ID: 2, Title: "Am Auditmorgen: Prüfnachweise", Kind: "Leitfaden", Language: "de", Topics: []string{"audit"}},
		{ID: 3, Title: "Tank farm rounds", Kind: "guide", Language: "en"},
		{ID: 4, Title: "Planning de cuisine", Kind: "guide", Language: "fr"},
		{ID: 5, Title: "Energie: Checkliste", Kind: "checklist", Language: "de"},
		{ID: 6, Title: "German payroll in a nutshell", Kind: "article"},
	})
	for typed, known := range map[string]int64{"German guide": 2, "the guide in German": 2, "deutschen Leitfaden": 2, "English guide": 3, "guide in French": 4,
		"French checklist": 0, "German": 6, "French": 0, "German checklist": 5, "German article": 6, "English checklist": 1, "in German": 6} {
		if item, ok := l.Named(typed); ok != (known != 0) || item.ID != known {
			t.Errorf("%q: %d %v, want %d", typed, item.ID, ok, known)
		}
	}
}

// Slips are near what they may mean, and nothing else is.
func TestNear(t *testing.T) {
	t.Parallel()
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "Audit checklist for SaaS buyers", Kind: "checklist", Topics: []string{"audit"}},
		{ID: 2, Title: "Forklift and dock inspections", Kind: "template"},
		{ID: 3, Title: "How four plants cut unplanned stops by a third", Kind: "case study"},
		{ID: 4, Title: "Audit trail in ten minutes", Kind: "guide", Gives: "shows the zeppelin"},
	})
	for typed, want := range map[string][]int64{"cheklist": {1}, "audit checklsit": {1}, "audti": {1, 4}, "plaint": {3}, "slants": nil, "check": {1}, "forklft tmplate": {2}, "calcualtor": nil,
		"audit": nil, "audit checklist": nil, "zeppelin": nil, "the": nil, "": nil, "gud": nil, "checklist for zebras": nil, "forklift audti": nil} {
		var ids []int64
		for _, it := range l.Near(typed) {
			ids = append(ids, it.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%q: %v, want %v", typed, ids, want)
		}
	}
}

// What a library might have is told to be none that it knows, and nothing else is.
func TestIsMaterial(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]bool{"the brochure": true, "Ferienplan für die Schulen": true, "Stapler-Seite": true, "the audit thing": true, "Prüfkalender": true,
		"calculateur jour nuit": true, "the parcel": false, "flowers": false, "Muster": false, "budget": false} {
		if got := suggest.IsMaterial(typed); got != want {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}

// A German compound names what its words name, where the library has both.
func TestNamedByCompound(t *testing.T) {
	t.Parallel()
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "Pilot on one line in 30 days: plan", Kind: "template"},
		{ID: 2, Title: "Audit checklist for SaaS buyers", Kind: "checklist"},
	})
	for typed, known := range map[string]int64{"Pilotplan": 1, "den Pilotplan": 1, "Urlaubsplan": 0, "Auditcheckliste": 2} {
		if item, ok := l.Named(typed); ok != (known != 0) || item.ID != known {
			t.Errorf("%q: %d %v", typed, item.ID, ok)
		}
	}
	if !l.OnlyKind("checklist", mustNamed(t, l, "checklist")) || l.OnlyKind("audit checklist", mustNamed(t, l, "audit checklist")) {
		t.Error("what names the kind alone is told from what names more")
	}
}

func mustNamed(t *testing.T, l *suggest.Library, typed string) suggest.Item {
	t.Helper()
	item, ok := l.Named(typed)
	if !ok {
		t.Fatalf("%q names nothing", typed)
	}
	return item
}
