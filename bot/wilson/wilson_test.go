package wilson_test

import (
	"testing"

	"pgregory.net/rapid"

	"cairn/bot/wilson"
)

// An interval holds the share itself, lies between nought and one, narrows with more
// cases and widens with more certainty.
func TestInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 500).Draw(t, "of")
		k := rapid.IntRange(0, of).Draw(t, "k")
		low, high := wilson.Interval(k, of, wilson.FourInFive)
		share := float64(k) / float64(of)
		if low < 0 || high > 1 || low > share+1e-9 || high < share-1e-9 {
			t.Fatalf("%d of %d: %f to %f", k, of, low, high)
		}
		if l, h := wilson.Interval(10*k, 10*of, wilson.FourInFive); h-l > high-low+1e-9 {
			t.Fatalf("ten times %d of %d is less sure", k, of)
		}
		if l, h := wilson.Interval(k, of, wilson.NineteenInTwenty); h-l < high-low-1e-9 {
			t.Fatalf("%d of %d is narrower where it is to be surer", k, of)
		}
	})
	for _, sure := range []wilson.Sure{wilson.FourInFive, wilson.NineteenInTwenty} {
		if low, high := wilson.Interval(0, 0, sure); low != 0 || high != 1 {
			t.Errorf("of none: %v to %v", low, high)
		}
	}
	if low, high := wilson.Interval(3, 10, wilson.NineteenInTwenty); low < 0.10 || low > 0.11 || high < 0.60 || high > 0.61 { // the textbook's: 0.108 to 0.603
		t.Errorf("3 of 10: %.3f to %.3f", low, high)
	}
}
