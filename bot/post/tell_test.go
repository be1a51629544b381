package post

import (
	"testing"
	"time"
)

// What is held back by our own pace was not tried: any number of people are
// told at once, each when there is room.
func TestTellingWaitsForItsTurn(t *testing.T) {
	p := &Poster{}
	asked := 0
	told := p.insist(t.Context(), func() outcome {
		if asked++; asked <= 3*tellTries {
			return outcome{verdict: retry, reason: paced, wait: time.Millisecond}
		}
		return outcome{verdict: sent}
	})
	if told.verdict != sent {
		t.Errorf("after %d turns: %s (%s)", asked, told.verdict, told.reason)
	}
	asked = 0
	p.insist(t.Context(), func() outcome {
		asked++
		return outcome{verdict: retry, reason: "internal_error", wait: time.Millisecond}
	})
	if asked != tellTries {
		t.Errorf("refused %d times, want %d tries", asked, tellTries)
	}
}
