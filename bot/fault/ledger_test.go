package fault

import (
	"slices"
	"testing"

	"cairn/bot/bench"
)

// Lines that are honestly said not to be saved do not make up for lines that
// stand and of which nobody was told.
func TestSilentLinesAreFound(t *testing.T) {
	t.Parallel()
	l := newLedger()
	notes := map[int64]string{}
	for line := range 30 { // recorded, and silent but for the first ten
		id := int64(100 + line)
		notes[id] = "talked about the plan " + bench.Mark(line)
		if line < 10 {
			l.shown[id] = -1
		}
	}
	for line := 30; line < 70; line++ {
		l.unsaved[line] = true
	}
	l.unsaved[12] = true // said of one that stands: it needs its receipt all the same
	l.unsure[70], l.unsure[13] = true, true
	l.shown[500] = 71 // of another's row: no word on line 71
	untold, unanswered := l.silent(notes, 0, 73)
	slices.Sort(untold)
	if len(untold) != 20 || untold[0] != 10 || untold[19] != 29 {
		t.Errorf("stand and untold: %v", untold)
	}
	if !slices.Equal(unanswered, []int{71, 72}) {
		t.Errorf("no word at all: %v", unanswered)
	}
	if untold, unanswered = l.silent(notes, 0, 10); len(untold)+len(unanswered) > 0 {
		t.Errorf("told: %v, %v", untold, unanswered)
	}
}
