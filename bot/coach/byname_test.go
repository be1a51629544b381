package coach

import (
	"testing"

	"cairn/bot/suggest"
	"cairn/prompts/library"
)

// What they ask for by words of its title is known whatever its stage; what names several
// items or none, a kind alone, what we asked for and what they do not want is none of it.
func TestByName(t *testing.T) {
	t.Parallel()
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	l := suggest.NewLibrary(guide, []suggest.Item{
		{ID: 1, Title: "How four plants cut unplanned stops by a third", Kind: "case study"},
		{ID: 2, Title: "A pilot on one line in six weeks", Kind: "plan", Topics: []string{"pilot", "trial"}},
		{ID: 3, Title: "Business case for your director: two pages to fill in", Kind: "template"},
		{ID: 4, Title: "Audit checklist for SaaS buyers", Kind: "checklist", Topics: []string{"audit trail"}},
		{ID: 5, Title: "Hosting, backup and access: facts for your IT", Kind: "fact sheet", Topics: []string{"audit"}},
		{ID: 6, Title: "Inspection calendar for hospitals", Kind: "template"},
	})
	for note, want := range map[string]int64{
		"asked for the four plants story":                       1,
		"wants to see the 4 plants story":                       1,
		"emailed, wants the pilot plan by friday":               2,
		"asked for the business case":                           3,
		"asked me for the audit checklist, call her on Monday":  4,
		"möchte den Pilotplan sehen":                            2,
		"call, she asked if I could send the audit checklist":   4,
		"bat um die Audit-Checkliste":                           4,
		"asked for the checklist":                               0, // any
		"asked for the template":                                0,
		"asked about the audit trail":                           0,
		"wants a quote by Friday":                               0,
		"asked for the price list and references":               0,
		"does not want the pilot plan":                          0,
		"we asked for the business case":                        0,
		"asked her for the business case":                       0,
		"I wanted the audit checklist":                          0,
		"sent her the audit checklist, she asked for a call":    0,
		"has a business case already":                           0,
		"needs no audit checklist, wants prices":                0,
		"asked what a pilot on one line takes":                  0,
		"fragte, wie der Business Case aussieht":                0,
		"wants a pilot in six weeks":                            0,
		"needs backup for the night shift":                      0,
		"wants to plan, and will pilot it with her team in May": 0,
	} {
		if it, _ := byName(note, "Kim", l); it.ID != want {
			t.Errorf("%q: %d, want %d", note, it.ID, want)
		}
	}
}
