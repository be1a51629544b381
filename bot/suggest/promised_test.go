package suggest_test

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// What was promised comes first, whatever fits better or would keep silent; not what was
// given since, waved away or is over, and not where nothing at all may be given.
func TestWhatWasPromisedComesFirst(t *testing.T) {
	items := []suggest.Item{
		{ID: 1, Title: "Pumps handbook", Canonical: "https://l.example/1", Language: "en", Topics: []string{"pumps"}},
		{ID: 2, Title: "Fans handbook", Canonical: "https://l.example/2", Language: "en", Topics: []string{"fans"}, Stages: []string{"exchange"}},
		{ID: 3, Title: "Old handbook", Canonical: "https://l.example/3", Language: "en", Topics: []string{"pumps"}, Expires: now.Add(-48 * time.Hour)},
	}
	base := func(promised int64) suggest.Case {
		return suggest.Case{Now: now, Contact: "Dana", Stage: "interaction", Status: suggest.StatusActive, Promised: promised, Seed: 3,
			Notes: []suggest.Note{{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: "asked about pumps, promised her the fans handbook", Signals: []journey.Signal{journey.AskedForMore}}}}
	}
	for name, c := range map[string]struct {
		change func(*suggest.Case)
		want   int64 // 0: silence
	}{
		"promised":       {func(*suggest.Case) {}, 2},
		"their turn":     {func(c *suggest.Case) { c.GaveAt = now }, 2},
		"given since":    {func(c *suggest.Case) { c.SharedIDs = map[int64]bool{2: true} }, 1},
		"passed over":    {func(c *suggest.Case) { c.Passed = map[int64]bool{2: true} }, 1},
		"refused":        {func(c *suggest.Case) { c.Refused = map[int64]suggest.Refusal{2: {Reason: suggest.NotNow, At: now}} }, 1},
		"expired":        {func(c *suggest.Case) { c.Promised = 3 }, 1},
		"unknown":        {func(c *suggest.Case) { c.Promised = 9 }, 1},
		"do not contact": {func(c *suggest.Case) { c.DoNotContact = true }, 0},
		"no":             {func(c *suggest.Case) { c.Status = suggest.StatusLeft }, 0},
	} {
		l := suggest.NewLibrary(guide(t), items)
		cs := base(2)
		c.change(&cs)
		got := l.Suggest(cs, suggest.Tally{})
		switch {
		case c.want == 0 && got.Silent == nil:
			t.Errorf("%s: %+v", name, got.Picks)
		case c.want == 0:
		case got.Silent != nil || got.Picks[0].Item.ID != c.want:
			t.Errorf("%s: %+v, %+v", name, got.Silent, got.Picks)
		case c.want == 2:
			sum := 0.0
			for _, cand := range got.Candidates {
				sum += cand.Propensity
			}
			p, ok := l.PickOf(cs, suggest.Tally{}, 2)
			if r := got.Picks[0].Reason; r.Need != "you promised it" || len(r.Quotes) > 0 || got.Picks[0].Propensity != 1 || sum != 1 || !ok || p.Reason.Text != r.Text {
				t.Errorf("%s: %+v, all %v, holds %v", name, got.Picks[0], sum, ok)
			}
		}
	}
}
