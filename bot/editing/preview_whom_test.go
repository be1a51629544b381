package editing

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Contacts are tried one by one until there are enough or half of the time for the answer
// is gone, so that what was found can be shown in the other half.
func TestInHalfTheTime(t *testing.T) {
	all := make([]int, 20)
	for i := range all {
		all[i] = i
	}
	for _, tt := range []struct {
		name           string
		each, within   time.Duration
		enoughAt, want int
		by             time.Duration
	}{
		{"enough", 10 * time.Millisecond, 2 * time.Second, 3, 3, time.Second},
		{"slow", 150 * time.Millisecond, 2 * time.Second, 99, 7, 1050 * time.Millisecond},
		{"too late already", time.Millisecond, 0, 99, 0, 0},
		{"all", time.Millisecond, 2 * time.Second, 99, 20, time.Second},
		{"no deadline", time.Second, -1, 99, 20, time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := t.Context()
				if tt.within >= 0 {
					bounded, cancel := context.WithTimeout(ctx, tt.within)
					defer cancel()
					ctx = bounded
				}
				begun, did := time.Now(), 0
				done, err := inHalfTheTime(ctx, all, func(int) (bool, error) {
					time.Sleep(tt.each)
					did++
					return did == tt.enoughAt, nil
				})
				if took := time.Since(begun); err != nil || done != tt.want || did != done || took > tt.by {
					t.Errorf("%d done, %d said, in %v, %v; want %d within %v", did, done, took, err, tt.want, tt.by)
				}
			})
		})
	}
}
