package digest

import (
	"testing"

	"pgregory.net/rapid"

	"cairn/store"
)

// Whatever adds up to a sum that is shown, no part that is withheld can be
// worked out: none or at least two are missing, of the parts and the sum.
func TestNothingWithheldCanBeWorkedOut(t *testing.T) {
	tallies := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) store.Tally {
		n := rapid.IntRange(0, 6).Draw(t, "n")
		return store.Tally{N: n, Reps: min(n, rapid.IntRange(1, 5).Draw(t, "reps"))}
	}), 1, 6)
	rapid.Check(t, func(t *rapid.T) {
		parts := tallies.Draw(t, "parts")
		it, all := Item{Answered: 1, Moved: 1, Passed: 1}, store.Tally{}
		for _, p := range parts {
			it.At = append(it.At, Cell{Given: sum(p), Moved: 1})
			all.N, all.Reps = all.N+p.N, max(all.Reps, p.Reps)
		}
		it.Given = sum(all)
		it.keep()
		missing := 0
		for _, c := range it.At {
			if c.Given.Hidden {
				missing++
				if c.Given.N != 0 || c.Moved != 0 {
					t.Fatalf("withheld, and there all the same: %+v", c)
				}
			}
		}
		if it.Given.Hidden {
			missing++
			if it.Answered+it.Moved+it.Passed != 0 {
				t.Fatalf("the sum is withheld, and what came of it is not: %+v", it)
			}
		}
		if missing == 1 {
			t.Fatalf("one figure is missing and the rest tell it: %+v", it)
		}
	})
}
