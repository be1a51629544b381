package suggest_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// A reason quotes only what the item is about: its very words, or what means the same.
func TestReasonIsCarriedByItsQuotes(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, title := range map[string]string{
		"call, bearings fail at night":    "A pilot on one line in six weeks",
		"call, told us that ROI comes":    "The technician shortage: what 212 maintenance heads do about it",
		"call, a new regulation worries":  "Audit checklist for SaaS buyers",
		"call, the peak season is a pain": "Asset list in a day: workshop sheet",
	} {
		for _, stage := range []string{"attention", "permission", "engagement"} {
			c := suggest.Case{Now: now, Contact: "Pia", Stage: stage, Passed: map[int64]bool{999: true},
				Notes: []suggest.Note{note(journey.BothWay, text, journey.SharedNeeds)}}
			for _, p := range l.Best(c, suggest.Tally{}).Picks {
				if p.Item.Title == title && len(p.Reason.Quotes) > 0 {
					t.Errorf("%q: %s speaks to %q", text, title, p.Reason.Quotes)
				}
			}
		}
	}
}

// What is silent although something is left says neither that all was given nor that the
// library lacks what nobody asked for, and names what comes nearest.
func TestSilenceWithSomethingLeft(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	asked := note(journey.BothWay, "call, asked what a stop costs them", journey.AskedForMore)
	c := suggest.Case{Now: now, Contact: "Ans", Stage: "permission", Notes: []suggest.Note{note(journey.In, "she replied that she likes it", journey.Replied), asked}}
	for id := int64(1); ; id++ {
		it, ok := l.Item(id)
		if !ok {
			t.Fatal("no calculator")
		}
		if it.Kind == "calculator" {
			c.SharedIDs = map[int64]bool{id: true}
			break
		}
	}
	got := l.Best(c, suggest.Tally{}).Silent
	if got == nil || got.Why != suggest.SilentNoAsk || got.Gap != nil || !strings.Contains(got.Say, "The last note tells of nothing that Ans asked for or needs. Nearest of what is left: “") {
		t.Errorf("%+v", got)
	}
}

// Whoever bought for the first time gets a good start; whoever introduced somebody and
// never bought gets no note on what it did for them.
func TestWhatAnExchangeAllows(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	byStage, kinds := map[suggest.ContentStage]suggest.Count{}, map[int64]string{}
	for _, it := range sample(t) {
		if kinds[it.ID] = it.Kind; it.Title == "Your first thirty days with Fieldnote" {
			byStage[suggest.ContentStage{Content: it.ID, Stage: "exchange"}] = suggest.Count{Shown: 5, Shared: 5} // nobody answered
		}
	}
	tally := suggest.NewTally(byStage, kinds)
	first := func(seed uint64, bought int, text string, g ...journey.Signal) string {
		c := suggest.Case{Now: now, Contact: "Nina", Stage: "exchange", Seed: seed, Bought: bought, Notes: []suggest.Note{note(journey.BothWay, text, g...)}}
		got := l.Suggest(c, tally)
		if len(got.Picks) == 0 {
			return ""
		}
		titles := []string{}
		for _, p := range got.Picks {
			titles = append(titles, p.Item.Title)
		}
		if slices.ContainsFunc(titles, func(s string) bool { return strings.HasPrefix(s, "Pass it on") }) {
			return "Pass it on"
		}
		return titles[0]
	}
	for _, text := range []string{"signed today", "they ordered 12 seats", "contract signed"} {
		for seed := range uint64(20) {
			if got := first(seed, 1, text, journey.Revenue); got != "Your first thirty days with Fieldnote" {
				t.Errorf("%q: %q", text, got)
			}
		}
	}
	if got := first(0, 0, "introduced me to her cousin", journey.Referral); got == "Pass it on" {
		t.Error("never bought")
	}
	if got := first(0, 1, "introduced me to her cousin", journey.Referral); got != "Pass it on" {
		t.Errorf("a customer: %q", got)
	}
}

// Whoever introduced somebody and never bought is given what suited them before, and nothing
// that is for those who have it; a customer still is.
func TestWhoIntroducedAndNeverBought(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	const more, review = "Second site in half the time: rollout playbook", "Quarterly review: stops, costs, backlog on one sheet"
	asked := note(journey.BothWay, "call, asked about the audit trail", journey.AskedForMore)
	replied := note(journey.BothWay, "talked at the fair", journey.Replied)
	brought := note(journey.BothWay, "introduced us to her cousin", journey.Referral)
	for _, c := range []struct {
		what   string
		bought int
		notes  []suggest.Note
		before string
		first  string // of what is suggested; empty: whatever
		more   bool   // what is for customers may be among it
	}{
		{"asked for something before", 0, []suggest.Note{brought, asked}, "permission", "Audit checklist for SaaS buyers", false},
		{"answered before", 0, []suggest.Note{brought, replied}, "interaction", "", false},
		{"nothing before", 0, []suggest.Note{brought}, "attention", "", false},
		{"bought, as the ledger has it", 1, []suggest.Note{brought, asked}, "exchange", "", true},
	} {
		if before := suggest.Before(aipee(t), c.notes); before != c.before && c.bought == 0 {
			t.Errorf("%s: stood at %q, want %q", c.what, before, c.before)
		}
		customers := false
		for seed := range uint64(30) {
			got := l.Suggest(suggest.Case{Now: now, Contact: "Nina", Stage: "exchange", Before: c.before, Seed: seed * 7919, Bought: c.bought, Notes: c.notes}, suggest.Tally{})
			if got.Stage != "exchange" || got.Silent != nil && got.Silent.Gap != nil && got.Silent.Gap.Stage != "exchange" {
				t.Errorf("%s: chosen at %q", c.what, got.Stage)
			}
			for i, p := range got.Picks {
				if i == 0 && c.first != "" && p.Item.Title != c.first {
					t.Errorf("%s, seed %d: %q", c.what, seed, p.Item.Title)
				}
				customers = customers || p.Item.Title == more || p.Item.Title == review
			}
		}
		if customers != c.more {
			t.Errorf("%s: given what is for customers: %v", c.what, customers)
		}
	}
}

// A short note is of the language that its everyday words are of; a name, or a word that
// two languages share, tells none.
func TestLanguageOfShortNotes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"drei Techniker gehen in Rente":   "de",
		"er fragt morgen wieder":          "de",
		"vraagt het vandaag weer":         "nl",
		"two weeks, ten minutes, Morgen":  "",
		"call, asked about the prices":    "en",
		"asked for a week at the plant":   "en",
		"Dana Ruiz, plan for next season": "",
	} {
		if got := suggest.LanguageOf(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
