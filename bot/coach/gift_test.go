package coach

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/store"
)

// What was given stays open over a plan, until something comes back.
func TestAPlanLeavesAGiftOpen(t *testing.T) {
	given := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for plan, open := range map[bool]bool{true: true, false: false} {
		got := openGift([]store.Share{{At: given}}, []suggest.Note{{At: given.Add(time.Hour), Direction: journey.In, Plan: plan}})
		if got.IsZero() == open {
			t.Errorf("plan %v: %v", plan, got)
		}
	}
}
