package editing

import (
	"testing"
)

// Cut off, an exam goes on for some steps; failing, it is tried again; and it
// never just ends.
func TestExamNext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cutOff   bool
		metadata string
		attempt  int
		want     examStop
	}{
		{true, `{}`, 1, goOn},
		{true, `{"snoozes":4}`, 3, goOn},
		{true, `{"snoozes":5}`, 1, giveUp},
		{true, `{"snoozes":9}`, 1, giveUp},
		{false, ``, 1, tryAgain},
		{false, `{"snoozes":2}`, 2, tryAgain},
		{false, `{}`, 3, giveUp},
		{false, `{}`, 9, giveUp},
	} {
		if got := examNext(c.cutOff, stepsBefore([]byte(c.metadata)), c.attempt); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
	if examStep >= ExamTime || examTries > examAttempts {
		t.Error("River would cut a step off, or give up before whoever waits is told")
	}
}
