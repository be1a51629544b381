package suggest

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
)

// A reason is what shows, whatever weights were learnt: where those of their words and of
// what is called for turn round, it is told all the same why an item is given.
func TestReasonHoldsWhateverWeightsAreLearnt(t *testing.T) {
	g, err := LoadGuide(os.DirFS("../../prompts/library"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)
	items := []Item{
		{ID: 1, Title: "Proof from ten customers", Canonical: "https://l.example/1", Kind: "collection", Language: "en", Topics: []string{"proof"}},
		{ID: 2, Title: "Pumps", Canonical: "https://l.example/2", Kind: "handbook", Language: "en", Topics: []string{"pumps"}},
	}
	for _, c := range []struct {
		text, want string
		signals    []journey.Signal
	}{
		{"call, meets us on Friday", "because a meeting is agreed", []journey.Signal{journey.AgreedMeeting}},
		{"call, asked about pumps", "speaks to “pumps”", []journey.Signal{journey.AskedForMore}},
	} {
		for _, turned := range []bool{false, true} {
			l := NewLibrary(g, items)
			if turned {
				own := fitted
				own.purposes = nil
				for _, f := range []feature{fTopic, fTheme, fPointed, fNeed, fNext} {
					own.weights[f] = -0.01
				}
				l.model = &own
			}
			q := l.newQuery(&Case{Now: now, Contact: "Dana", Stage: "interaction", Status: StatusActive,
				Notes: []Note{{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: c.text, Signals: c.signals}}})
			s := l.borrow()
			fits, _ := l.search(q, s)
			told := []string{}
			for i := range fits {
				e := &l.entries[fits[i].entry]
				told = append(told, newReason(g, q, e, l.features(q, s, &fits[i]), Count{}).Text)
			}
			if !slices.ContainsFunc(told, func(text string) bool { return strings.Contains(text, c.want) }) {
				t.Errorf("%q, weights turned %v: %q, want %q", c.text, turned, told, c.want)
			}
			l.giveBack(s)
		}
	}
}
