package suggest_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"cairn/bot/suggest"
)

// A log of a known policy over two items whose true rewards are known must
// give each policy its true value within the interval.
func TestReplayFindsTheTrueValue(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	truth := map[int64]float64{1: 0.2, 2: 0.6}
	var rows []suggest.Logged
	for range 20_000 {
		p := 0.1 + 0.8*r.Float64()
		shown := int64(2)
		if r.Float64() < p {
			shown = 1
		}
		reward := 0.0
		if r.Float64() < truth[shown] {
			reward = 1
		}
		rows = append(rows, suggest.Logged{Shown: shown, Reward: reward, Candidates: []suggest.Candidate{
			{Item: 1, Score: 0.9, Mean: 0.2, Propensity: p}, {Item: 2, Score: 0.5, Mean: 0.6, Propensity: 1 - p}}})
	}
	for _, c := range []struct {
		name   string
		policy suggest.Policy
		want   float64
	}{
		{"fit chooses item 1", suggest.ByFit, 0.2},
		{"expectation chooses item 2", suggest.ByExpectation, 0.6},
		{"evenly", suggest.AnyPossible, 0.4},
		{"as logged", suggest.AsLogged, 0.4},
	} {
		e := suggest.Replay(rows, c.policy)
		if math.Abs(e.Value-c.want) > 0.02 || e.Low > c.want || e.High < c.want || math.Abs(e.Covered-1) > 0.05 {
			t.Errorf("%s: want %.2f, got %+v", c.name, c.want, e)
		}
		if e.Rows != len(rows) || e.Effective <= 0 || e.Effective > float64(len(rows))+1e-6 {
			t.Errorf("%s: rows %d, effective %.1f of %d", c.name, e.Rows, e.Effective, len(rows))
		}
	}
}

func TestReplayWithoutUsableRows(t *testing.T) {
	rows := []suggest.Logged{{Shown: 1, Reward: 1}, {Shown: 2, Candidates: []suggest.Candidate{{Item: 2, Propensity: 0}}}}
	e := suggest.Replay(rows, suggest.AsLogged)
	if e.Rows != 0 || e.Skipped != 2 || e.Low != 0 || e.High != 1 {
		t.Errorf("an empty log must say that it knows nothing: %+v", e)
	}
}

// What the log could never have shown is told by Covered.
func TestReplayTellsWhatTheLogCouldNotShow(t *testing.T) {
	var rows []suggest.Logged
	for range 100 {
		rows = append(rows, suggest.Logged{Shown: 1, Reward: 1, Candidates: []suggest.Candidate{{Item: 1, Propensity: 1}, {Item: 2}}})
	}
	half := func(suggest.Logged) float64 { return 0.5 }
	if e := suggest.Replay(rows, half); math.Abs(e.Covered-0.5) > 1e-9 {
		t.Errorf("half of the choices were never made, covered is %.2f", e.Covered)
	}
}
