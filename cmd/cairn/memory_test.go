package main

import (
	"testing"
	"time"
)

// TestABotAtRestGivesBack: after a while in which next to nothing was taken, and only then.
func TestABotAtRestGivesBack(t *testing.T) {
	for _, c := range []struct {
		name  string
		taken uint64 // in the while
		gives int
	}{{"at rest", little - 1, 1}, {"at work", little, 0}} {
		ticks := make(chan time.Time, 1)
		ticks <- time.Time{}
		close(ticks)
		readings := []uint64{5, 5 + c.taken, 5 + c.taken}
		gave := 0
		stay(ticks, func() uint64 { now := readings[0]; readings = readings[1:]; return now }, func() { gave++ })
		if gave != c.gives {
			t.Errorf("%s: gave back %d times, want %d", c.name, gave, c.gives)
		}
	}
}
