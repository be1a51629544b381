package observe

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersFindWhatBinarySearchFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfDistinct(rapid.OneOf(rapid.Uint32(), rapid.Uint32Range(0, 300), rapid.Uint32Range(math.MaxUint32-300, math.MaxUint32)), rapid.ID).Draw(t, "ids")
		slices.Sort(ids)
		v := numbers(ids)
		ask := append(slices.Clone(ids), rapid.SliceOf(rapid.Uint32()).Draw(t, "others")...)
		for _, id := range append(ask, 0, math.MaxUint32) {
			want := int32(-1)
			if i, ok := slices.BinarySearch(ids, id); ok {
				want = int32(i)
			}
			if got := v.of(id); got != want {
				t.Fatalf("of(%d) = %d, want %d, of %v", id, got, want, ids)
			}
		}
	})
}
