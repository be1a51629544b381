package suggest_test

import (
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// Where a library speaks of a trade by name, what it has for its neighbours is
// not for them; what it has for all of the family is, and where it speaks of none
// of them by name, so is what it has for a neighbour.
func TestNeighboursOfATrade(t *testing.T) {
	item := func(id int64, industry string) suggest.Item {
		return suggest.Item{ID: id, Title: "Rinse water and what it leaves", Canonical: "https://l.example/" + industry, Kind: "guide", Topics: []string{"rinse water"}, Industries: []string{industry}}
	}
	for _, c := range []struct {
		industry string
		items    []suggest.Item
		want     []int64
	}{
		{"hospital", []suggest.Item{item(1, "hospital"), item(2, "dental"), item(3, "healthcare")}, []int64{1, 3}},
		{"hospital", []suggest.Item{item(2, "dental"), item(3, "healthcare")}, []int64{2, 3}},
		{"hospital", []suggest.Item{item(4, "logistics")}, nil},
	} {
		l := suggest.NewLibrary(guide(t), c.items)
		k := suggest.Case{Now: now, Contact: "Lee", Industry: c.industry, Stage: "engagement",
			Notes: []suggest.Note{note(journey.In, "asks what the rinse water leaves behind", journey.AskedForMore)}}
		got := map[int64]bool{}
		for _, p := range l.Best(k, suggest.Tally{}).Picks {
			got[p.Item.ID] = true
		}
		if len(got) != len(c.want) {
			t.Errorf("%s of %+v: given %v, want %v", c.industry, c.items, got, c.want)
		}
		for _, id := range c.want {
			if !got[id] {
				t.Errorf("%s: given %v, want %v", c.industry, got, c.want)
			}
		}
	}
}
