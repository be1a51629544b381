package suggest_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"

	"pgregory.net/rapid"
)

var stages = []string{"attention", "interaction", "permission", "engagement", "exchange"}

// drawItems draws a library of up to 40 items with overlapping subjects.
func drawItems(t *rapid.T) []suggest.Item {
	subject := rapid.SampledFrom([]string{"audit", "downtime", "energy", "payroll", "hygiene", "forklift", "Wartung"})
	n := rapid.IntRange(0, 40).Draw(t, "items")
	items := make([]suggest.Item, n)
	for i := range items {
		items[i] = suggest.Item{
			ID: int64(i + 1), Title: fmt.Sprintf("%s %s %d", subject.Draw(t, "a"), subject.Draw(t, "b"), i),
			Canonical: fmt.Sprintf("https://x.example/%d", i+1), Kind: rapid.SampledFrom([]string{"guide", "checklist", ""}).Draw(t, "kind"),
			Stages:     rapid.SliceOfNDistinct(rapid.SampledFrom(stages), 0, 3, rapid.ID).Draw(t, "stages"),
			Industries: rapid.SliceOfN(rapid.SampledFrom([]string{"food", "hospitals", "logistics"}), 0, 2).Draw(t, "industries"),
			Language:   rapid.SampledFrom([]string{"", "en", "de"}).Draw(t, "language"),
			Education:  rapid.SampledFrom([]suggest.Education{"", suggest.Results, suggest.Tool}).Draw(t, "education"),
			PassOn:     rapid.Bool().Draw(t, "pass on"), Retired: rapid.IntRange(0, 9).Draw(t, "retired") == 0,
		}
		if rapid.IntRange(0, 4).Draw(t, "dated") == 0 {
			items[i].Expires = now.AddDate(0, 0, rapid.IntRange(-3, 3).Draw(t, "expires")).Truncate(24 * time.Hour)
		}
	}
	return items
}

func drawCase(t *rapid.T, items int) suggest.Case {
	c := suggest.Case{
		Now: now, Contact: "Dana", Stage: rapid.SampledFrom(append([]string{""}, stages...)).Draw(t, "stage"),
		Status:       rapid.SampledFrom([]string{"", "active", "quiet", "left"}).Draw(t, "status"),
		DoNotContact: rapid.IntRange(0, 9).Draw(t, "alone") == 0,
		Industry:     rapid.SampledFrom([]string{"", "food", "hospitals", "shipyards"}).Draw(t, "industry"),
		Title:        rapid.SampledFrom([]string{"", "IT manager", "CFO"}).Draw(t, "title"),
		Language:     rapid.SampledFrom([]string{"", "en", "de"}).Draw(t, "language"),
		Seed:         rapid.Uint64().Draw(t, "seed"),
		SharedIDs:    map[int64]bool{}, SharedURLs: map[string]bool{}, Passed: map[int64]bool{}, Refused: map[int64]suggest.Refusal{}, Shown: map[int64]suggest.Showing{},
	}
	for id := range int64(items) {
		switch rapid.IntRange(0, 9).Draw(t, "given") {
		case 0:
			c.SharedIDs[id+1] = true
		case 1:
			c.SharedURLs[fmt.Sprintf("https://x.example/%d", id+1)] = true
		case 2:
			c.Passed[id+1] = true
		case 4:
			c.Shown[id+1] = suggest.Showing{Times: rapid.IntRange(0, 5).Draw(t, "times"), Last: now.AddDate(0, 0, -rapid.IntRange(0, 30).Draw(t, "last"))}
		case 3:
			c.Refused[id+1] = suggest.Refusal{Reason: rapid.SampledFrom(suggest.RefusalReasons()).Draw(t, "refused"), At: now.AddDate(0, 0, -rapid.IntRange(0, 60).Draw(t, "ago"))}
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "notes") {
		c.Notes = append(c.Notes, suggest.Note{
			At: now, Channel: rapid.SampledFrom(journey.Channels()).Draw(t, "channel"), Direction: rapid.SampledFrom([]journey.Direction{journey.In, journey.Out, journey.BothWay}).Draw(t, "direction"),
			Text:    rapid.SampledFrom([]string{"", "asked about the audit", "Stillstand wegen Wartung", "forklift accident again, energy too", "\x00\xff weird <!channel>"}).Draw(t, "text"),
			Signals: rapid.SliceOfN(rapid.SampledFrom(journey.Signals()), 0, 2).Draw(t, "signals"),
		})
	}
	return c
}

func drawTally(t *rapid.T, items int) suggest.Tally {
	counts := map[suggest.ContentStage]suggest.Count{}
	for id := range int64(items) {
		if rapid.Bool().Draw(t, "counted") {
			shown := rapid.IntRange(0, 40).Draw(t, "shown")
			shared := rapid.IntRange(0, shown).Draw(t, "shared")
			counts[suggest.ContentStage{Content: id + 1, Stage: rapid.SampledFrom(stages).Draw(t, "at")}] = suggest.Count{
				Shown: shown, Shared: shared, Helped: rapid.IntRange(0, shared).Draw(t, "helped")}
		}
	}
	return suggest.NewTally(counts, map[int64]string{1: "guide", 2: "checklist"})
}

// Whatever the library, the contact and the history: nothing is repeated,
// nothing is given that must not be, silence and picks exclude each other, and
// the propensities are probabilities that add up.
func TestSuggestHolds(t *testing.T) {
	g := guide(t)
	rapid.Check(t, func(rt *rapid.T) {
		items := drawItems(rt)
		c := drawCase(rt, len(items))
		tally := drawTally(rt, len(items))
		l := suggest.NewLibrary(g, items)
		s := l.Suggest(c, tally)
		if (s.Silent == nil) == (len(s.Picks) == 0) || len(s.Picks) > suggest.MaxPicks || len(s.Candidates) > suggest.MaxCandidates {
			rt.Fatalf("%d picks, silent %+v, %d candidates", len(s.Picks), s.Silent, len(s.Candidates))
		}
		if (c.DoNotContact || c.Status == suggest.StatusLeft) && s.Silent == nil {
			rt.Fatalf("given to somebody who wants to be left alone")
		}
		for _, o := range s.Candidates { // whatever the draw, nothing else could have been named
			checkMayBeNamed(rt, c, items[o.Item-1])
		}
		seen := map[int64]bool{}
		for _, p := range s.Picks {
			id := p.Item.ID
			if seen[id] {
				rt.Fatalf("item %d is a repeat", id)
			}
			checkMayBeNamed(rt, c, p.Item)
			if c.Language != "" && p.Item.Language != "" && p.Item.Language != c.Language {
				rt.Fatalf("item %d is in %s, they speak %s", id, p.Item.Language, c.Language)
			}
			if p.Reason.Text == "" || p.Channel.Name == "" {
				rt.Fatalf("item %d has no reason or channel: %+v", id, p)
			}
			seen[id] = true
		}
		checkPropensities(rt, s)
		if again := suggest.NewLibrary(g, items).Suggest(c, tally); !reflect.DeepEqual(again, s) {
			rt.Fatalf("the same arguments gave two answers:\n%+v\n%+v", s, again)
		}
	})
}

// checkMayBeNamed fails where an item was given, waved away or shown enough before, or is out
// of use: exploring is among what may be named.
func checkMayBeNamed(t *rapid.T, c suggest.Case, it suggest.Item) {
	if c.SharedIDs[it.ID] || c.SharedURLs[it.Canonical] || c.Passed[it.ID] {
		t.Fatalf("item %d is a repeat", it.ID)
	}
	if r, refused := c.Refused[it.ID]; refused && (r.Reason != suggest.NotNow || now.Sub(r.At) < suggest.NotNowRest) {
		t.Fatalf("item %d was refused: %+v", it.ID, r)
	}
	if sh := c.Shown[it.ID]; sh.Times >= suggest.EnoughShown && now.Sub(sh.Last) < suggest.ShownRest {
		t.Fatalf("item %d was shown enough: %+v", it.ID, sh)
	}
	if it.Expired(now) || it.Retired {
		t.Fatalf("item %d is out of use", it.ID)
	}
}

func checkPropensities(t *rapid.T, s suggest.Suggestion) {
	var first, among float64
	for i, c := range s.Candidates {
		if c.Propensity < 0 || c.Propensity > 1+1e-9 || c.Among < c.Propensity-1e-9 || c.Among > 1+1e-9 || c.Score < 0 || c.Score > 1 || c.Mean < 0 || c.Mean > 1 {
			t.Fatalf("candidate %+v", c)
		}
		if i > 0 && c.Mean > s.Candidates[i-1].Mean {
			t.Fatalf("candidates out of order at %d", i)
		}
		first += c.Propensity
		among += c.Among
	}
	if len(s.Picks) > 0 && (math.Abs(first-1) > 1e-9 || math.Abs(among-float64(len(s.Picks))) > 1e-9) {
		t.Fatalf("propensities sum to %v, of being among %d picks to %v", first, len(s.Picks), among)
	}
	for i, p := range s.Picks {
		if i == 0 && p.Propensity == 0 {
			t.Fatalf("shown first with propensity 0: %+v", p)
		}
	}
}

// Over many seeds each candidate is shown as often as its propensity says,
// first and among the three.
func TestPropensitiesAreWhatHappens(t *testing.T) {
	items := make([]suggest.Item, 12)
	for i := range items {
		items[i] = suggest.Item{ID: int64(i + 1), Title: fmt.Sprintf("Audit guide %c", 'a'+i), Canonical: fmt.Sprintf("https://x.example/%d", i+1),
			Kind: "guide", Stages: []string{"permission"}, Topics: []string{"audit"}, Language: "en"}
	}
	counts := map[suggest.ContentStage]suggest.Count{
		{Content: 1, Stage: "permission"}: {Shown: 9, Shared: 9, Helped: 4},
		{Content: 2, Stage: "permission"}: {Shown: 30, Shared: 20, Helped: 7},
		{Content: 3, Stage: "exchange"}:   {Shown: 4, Shared: 4, Helped: 0},
	}
	l := suggest.NewLibrary(guide(t), items)
	tally := suggest.NewTally(counts, map[int64]string{1: "guide", 2: "guide", 3: "guide"})
	c := suggest.Case{Now: now, Stage: "permission", Notes: []suggest.Note{{At: now, Direction: journey.In, Channel: journey.Email, Text: "please send something on audits"}}}
	const runs = 4000
	first, among := map[int64]float64{}, map[int64]float64{}
	var s suggest.Suggestion
	for seed := range uint64(runs) {
		c.Seed = seed
		s = l.Suggest(c, tally)
		first[s.Picks[0].Item.ID]++
		for _, p := range s.Picks {
			among[p.Item.ID]++
		}
	}
	contenders := 0
	for _, cand := range s.Candidates {
		if cand.Propensity > 0 {
			contenders++
		}
		// Four standard errors of a share: seeds are fixed, so this never wavers.
		if slack := 4 * math.Sqrt(cand.Propensity*(1-cand.Propensity)/runs); math.Abs(first[cand.Item]/runs-cand.Propensity) > slack+1e-9 {
			t.Errorf("item %d first in %.4f, propensity %.4f", cand.Item, first[cand.Item]/runs, cand.Propensity)
		}
		if slack := 4 * math.Sqrt(max(0, cand.Among*(1-cand.Among))/runs); math.Abs(among[cand.Item]/runs-cand.Among) > slack+1e-9 {
			t.Errorf("item %d among the three in %.4f, propensity %.4f", cand.Item, among[cand.Item]/runs, cand.Among)
		}
	}
	if contenders < 2 {
		t.Fatalf("%d contenders: this test says nothing", contenders)
	}
}
