package suggest_test

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// Once they have had the item that their words lead to, the next on its subject comes before
// what is as fit otherwise; what they asked for beside it, and have not had, comes before both.
func TestNextOnTheSubject(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	items := []suggest.Item{
		{ID: 1, Title: "Rust on pipes: a guide", Kind: "guide", Canonical: "https://l.example/1", Language: "en", Topics: []string{"corrosion", "pipes"}},
		{ID: 2, Title: "Coatings that last: a case", Kind: "case study", Canonical: "https://l.example/2", Language: "en", Topics: []string{"corrosion", "coatings"}, Stages: []string{"permission", "engagement", "exchange"}},
		{ID: 3, Title: "Digging in frost: a guide", Kind: "guide", Canonical: "https://l.example/3", Language: "en", Topics: []string{"frost", "digging"}, Stages: []string{"engagement"}},
		{ID: 4, Title: "Valves that stick: a guide", Kind: "guide", Canonical: "https://l.example/4", Language: "en", Topics: []string{"valves"}},
	}
	l := suggest.NewLibrary(guide(t), items)
	first := func(note string, had ...int64) int64 {
		c := suggest.Case{Now: now, Contact: "Dana", Stage: "engagement", Status: suggest.StatusActive, SharedIDs: map[int64]bool{},
			Notes: []suggest.Note{{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: note, Signals: []journey.Signal{journey.SharedNeeds}}}}
		for _, id := range had {
			c.SharedIDs[id] = true
		}
		got := l.Best(c, suggest.Tally{})
		if len(got.Picks) == 0 {
			return 0
		}
		return got.Picks[0].Item.ID
	}
	const rust = "the pipes under hall two rust through, nobody knows why"
	if got := first(rust); got != 1 {
		t.Errorf("had nothing: %d", got)
	}
	if got := first(rust, 1); got != 2 {
		t.Errorf("had the guide: %d", got)
	}
	if got := first(rust+", and the valves stick", 1); got != 4 {
		t.Errorf("had the guide, asked about valves too: %d", got)
	}
}
