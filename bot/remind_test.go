package bot

import "testing"

// A morning knows of so many who wait, and says no number that may be too low.
func TestMoreWaiting(t *testing.T) {
	for n, want := range map[int]string{3: "3 more", 480: "480 more", 497: "497 or more", 500: "500 or more"} {
		if got := moreWaiting(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
