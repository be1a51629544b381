package suggest

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// wins is the chance that a draw of Beta(a1, b1) beats one of Beta(a2, b2), in
// closed form for a whole a1.
func wins(a1 int, b1, a2, b2 float64) float64 {
	lbeta := func(a, b float64) float64 {
		x, _ := math.Lgamma(a)
		y, _ := math.Lgamma(b)
		z, _ := math.Lgamma(a + b)
		return x + y - z
	}
	sum := 0.0
	for i := range a1 {
		k := float64(i)
		sum += math.Exp(lbeta(a2+k, b1+b2)-lbeta(1+k, b1)-lbeta(a2, b2)) / (b1 + k)
	}
	return sum
}

// What is computed on the grid is what Thompson sampling would do.
func TestChanceOfBestIsThompsonSampling(t *testing.T) {
	for _, c := range []struct{ a1, b1, a2, b2 float64 }{
		{3, 7, 3, 7}, {3, 7, 2, 8}, {6, 4, 3, 7}, {30, 70, 25, 75}, {1, 9, 3, 7}, {200, 300, 3, 7}, {9, 1, 1, 9},
	} {
		got := chanceOfBest([]belief{{c.a1, c.b1, 1}, {c.a2, c.b2, 1}})
		if want := wins(int(c.a1), c.b1, c.a2, c.b2); math.Abs(got[0]-want) > 0.01 || math.Abs(got[0]+got[1]-1) > 1e-12 {
			t.Errorf("Beta(%v, %v) beats Beta(%v, %v): got %v, want %.4f", c.a1, c.b1, c.a2, c.b2, got, want)
		}
	}
}

// Of three alike each gets a third; fitting better helps; so does a record.
func TestChanceOfBestOrders(t *testing.T) {
	same := chanceOfBest([]belief{{3, 7, 1}, {3, 7, 1}, {3, 7, 1}})
	for _, p := range same {
		if math.Abs(p-1.0/3) > 1e-9 {
			t.Errorf("three alike: %v", same)
		}
	}
	if p := chanceOfBest([]belief{{3, 7, 1.2}, {3, 7, 1}}); p[0] <= p[1] {
		t.Errorf("the one that fits better: %v", p)
	}
	if p := chanceOfBest([]belief{{13, 17, 1}, {3, 7, 1}}); p[0] <= p[1] {
		t.Errorf("the one with the better record: %v", p)
	}
}

// The prior backs off from item and stage to item, kind and team.
func TestBelieveBacksOff(t *testing.T) {
	it := &Item{ID: 1, Kind: "guide"}
	mean := func(by map[ContentStage]Count) float64 {
		return NewTally(by, map[int64]string{1: "guide", 2: "guide", 3: "story"}).believe(it, "permission", midFit).mean()
	}
	unknown := mean(nil)
	if math.Abs(unknown-usualRate) > 1e-9 {
		t.Errorf("knowing nothing, an item that fits middling is expected to help in %.2f, got %.3f", usualRate, unknown)
	}
	here := mean(map[ContentStage]Count{{1, "permission"}: {Shown: 20, Shared: 20, Helped: 16}})
	elsewhere := mean(map[ContentStage]Count{{1, "exchange"}: {Shown: 20, Shared: 20, Helped: 16}})
	kin := mean(map[ContentStage]Count{{2, "permission"}: {Shown: 20, Shared: 20, Helped: 16}})
	team := mean(map[ContentStage]Count{{3, "permission"}: {Shown: 20, Shared: 20, Helped: 16}})
	if !(here > elsewhere && elsewhere > kin && kin > team && team > unknown) {
		t.Errorf("here %.3f, at another stage %.3f, its kind %.3f, the team %.3f, nothing %.3f", here, elsewhere, kin, team, unknown)
	}
	if passed := mean(map[ContentStage]Count{{1, "permission"}: {Shown: 30}}); passed >= unknown {
		t.Errorf("shown thirty times and never taken up: %.3f, unknown %.3f", passed, unknown)
	}
}

// An item may change its kind after what became of it was counted under the old
// one: what is left of the new kind without it is nothing, not less.
func TestAnItemOfAnotherKindTakesNothingAway(t *testing.T) {
	if got := (Count{Shared: 1}).minus(Count{Shown: 3, Shared: 2, Helped: 2}); got != (Count{}) {
		t.Errorf("left of the kind: %+v", got)
	}
}

// Exploring is among what may well be best: nothing of which clearly less is expected than of
// another comes first, whatever the draw, nor is anything named that was not among the fits.
func TestExploringIsAmongTheBest(t *testing.T) {
	const draws = 2000
	r := rand.New(rand.NewPCG(1, 2))
	explored := 0
	for seed := range uint64(draws) {
		opts := make([]option, 1+r.IntN(12))
		for i := range opts {
			b := belief{1 + 9*r.Float64(), 1 + 9*r.Float64(), 0.2 + r.Float64()}
			opts[i] = option{e: &entry{}, belief: b, mean: b.mean(), scored: scored{yields: r.IntN(4) == 0}}
		}
		slices.SortStableFunc(opts, func(a, b option) int { return cmp.Compare(b.mean, a.mean) })
		top := opts[0].mean
		yieldFirst(opts)
		first := opts[pick(opts, seed, true)[0]]
		for i, o := range opts {
			if o.first > 0 && i > 0 {
				explored++
			}
			if o.first > 0 && o.mean < contention*opts[0].mean || o.yields == first.yields && first.mean < contention*o.mean {
				t.Fatalf("seed %d: expected %.3f may come before %.3f", seed, first.mean, o.mean)
			}
		}
		if first.mean < contention*yieldTo*top {
			t.Fatalf("seed %d: expected %.3f comes first, the best %.3f", seed, first.mean, top)
		}
	}
	if explored < draws/10 {
		t.Errorf("explored in %d of %d draws: this test says little", explored, draws)
	}
}
