package suggest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// vocabulary is what the made-up items of the benchmark speak of. A library of
// any size is drawn from it, so that large ones have long posting lists.
func vocabulary() []string {
	words := []string{"audit", "downtime", "energy", "payroll", "hygiene", "forklift", "calibration", "tender", "board", "pilot", "alarm", "rota", "onboarding", "security", "recall", "leasing"}
	for i := range 4000 {
		words = append(words, fmt.Sprintf("subject%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676))
	}
	return words
}

func madeUp(n int) []suggest.Item {
	r := rand.New(rand.NewPCG(uint64(n), 5))
	vocab := vocabulary()
	word := func() string {
		if r.IntN(3) == 0 {
			return vocab[r.IntN(16)]
		}
		return vocab[r.IntN(len(vocab))]
	}
	items := make([]suggest.Item, n)
	industries := []string{"food", "hospitals", "logistics", "manufacturing", "retail", "schools"}
	roles := []string{"IT", "CFO", "plant manager", "quality", "HR", "buyer"}
	for i := range items {
		url := fmt.Sprintf("https://x.example/%d", i)
		items[i] = suggest.Item{
			ID: int64(i + 1), URL: url, Canonical: url, Kind: []string{"guide", "checklist", "case study", "calculator"}[r.IntN(4)],
			Title: fmt.Sprintf("%s and %s for %s", word(), word(), word()), Stages: []string{stages[r.IntN(5)], stages[r.IntN(5)]},
			Roles: []string{roles[r.IntN(len(roles))]}, Industries: []string{industries[r.IntN(len(industries))]}, Topics: []string{word(), word(), word()},
			Language: "en", Education: suggest.Results, Gives: fmt.Sprintf("Shows what %s does to %s.", word(), word()),
		}
	}
	return items
}

func busyCase() suggest.Case {
	c := suggest.Case{Now: now, Contact: "Dana", Title: "Head of quality", Industry: "food", Stage: "engagement", SharedIDs: map[int64]bool{3: true, 17: true}}
	for _, text := range []string{
		"asked about the audit trail and the tender, her board wants figures on downtime before the pilot starts",
		"long talk about energy and hygiene, forklift accident last week, two people off, payroll late because of the old system",
		"sent the calibration note, she will ask IT about security and come back after the recall is done",
		"met at the fair, she spoke of onboarding new staff in three plants and the leasing of the line",
	} {
		c.Notes = append(c.Notes, suggest.Note{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: text,
			Signals: []journey.Signal{journey.SharedNeeds, journey.ProposalDiscussed}})
	}
	return c
}

// BenchmarkSuggest shows that a suggestion does not grow with the library:
// compare the p95 of 100,000 items with that of 100 in one run.
func BenchmarkSuggest(b *testing.B) {
	g := guide(b)
	for _, n := range []int{10, 100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l := suggest.NewLibrary(g, madeUp(n))
			c := busyCase()
			var took []time.Duration
			for b.Loop() {
				c.Seed++
				start := time.Now()
				if s := l.Suggest(c, suggest.Tally{}); len(s.Picks) == 0 && n >= 100 {
					b.Fatalf("nothing suggested: %+v", s.Silent)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Nanoseconds()), "p95-ns")
		})
	}
}

func BenchmarkNewLibrary(b *testing.B) {
	g := guide(b)
	for _, n := range []int{30, 1_000, 100_000} {
		items := madeUp(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				suggest.NewLibrary(g, items)
			}
		})
	}
}
