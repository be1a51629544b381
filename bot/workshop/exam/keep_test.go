package exam

import (
	"fmt"
	"testing"

	"cairn/bot/workshop"
)

// What misses a wish is kept before all else, then what became wrong, of that what decides
// the verdict; then what became right; and what is not kept is counted all the same.
func TestKeep(t *testing.T) {
	var all []Change
	for i := range most {
		all = append(all, Change{Case: fmt.Sprint("both ways ", i)})
	}
	all = append(all, Change{Case: "right", Turn: ToBetter}, Change{Case: "wrong", Turn: ToWorse}, Change{Case: "missed and wrong", Turn: ToWorse, decides: true}, Change{Case: "wrong too", Turn: ToWorse}, Change{Case: "missed", Turn: ToMissed, decides: true})
	var o Outcome
	o.keep(all)
	var first []string
	for _, c := range o.Changed[:6] {
		first = append(first, c.Case)
	}
	if fmt.Sprint(first) != "[missed missed and wrong wrong wrong too right both ways 0]" || len(o.Changed) != most || o.More != 5 || o.Missed != 1 || o.Worse != 3 || o.Better != 1 {
		t.Errorf("%q, %d kept, %d more, %d missed, %d worse, %d better", first, len(o.Changed), o.More, o.Missed, o.Worse, o.Better)
	}
}

// Nothing is better by so few cases that chance alone may do it; one more wrong is worse
// all the same, so that somebody looks at it.
func TestWeigh(t *testing.T) {
	for _, c := range []struct {
		right, wrong int
		verdict      workshop.Verdict
		few          bool
	}{
		{0, 0, workshop.Same, false}, {3, 3, workshop.Same, false},
		{1, 0, workshop.Same, true}, {5, 0, workshop.Same, true}, {6, 0, workshop.Better, false},
		{9, 3, workshop.Same, true}, {20, 6, workshop.Better, false}, {60, 50, workshop.Same, true},
		{0, 1, workshop.Worse, false}, {50, 51, workshop.Worse, false}, {0, 9, workshop.Worse, false},
	} {
		var o Outcome
		o.weigh(c.right, c.wrong, "notes")
		if o.Verdict != c.verdict || o.Few != c.few {
			t.Errorf("%d right and %d wrong: %s, few %v; %s", c.right, c.wrong, o.Verdict, o.Few, o.Lines)
		}
	}
}
