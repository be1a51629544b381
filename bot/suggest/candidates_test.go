package suggest_test

import (
	"encoding/json"
	"math"
	"testing"

	"cairn/bot/suggest"
)

func TestLogOfReadsBack(t *testing.T) {
	all := []suggest.Candidate{
		{Item: 7, Score: 1.0 / 3, Mean: 0.1, Propensity: 1, Among: 2.5},
		{Item: math.MaxInt64, Score: 1e-12, Mean: 0.999999999, Propensity: 2.0 / 3e7},
	}
	var got []suggest.Candidate
	if err := json.Unmarshal(suggest.LogOf(all), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(all) {
		t.Fatalf("%d candidates, want %d", len(got), len(all))
	}
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-6*math.Abs(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for i, want := range all {
		if got[i].Item != want.Item {
			t.Errorf("item %d, want %d", got[i].Item, want.Item)
		}
		near("score", got[i].Score, want.Score)
		near("mean", got[i].Mean, want.Mean)
		near("propensity", got[i].Propensity, want.Propensity)
		near("among", got[i].Among, want.Among)
	}
	if none := string(suggest.LogOf(nil)); none != "[]" {
		t.Errorf("no candidates are kept as %s", none)
	}
}
