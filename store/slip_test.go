package store_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/store"
)

// However long a name is, whole names are looked for beside it, and before all others those with
// a slip in one word, whichever word that is.
func TestSlippedNamesAreWhole(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"ron peck":       "rno pcek",
		"abernathy":      "abrenathy",
		"wolfgang wiese": "wolfgang weise",
		"maximilian freiherr hohenlohe langenburg":               "maximilian freiherr hohenlohe langenbrug",
		"alexandrina konstantinopoulou papadimitriou anagnostou": "alexandrina konstantinopoulou papadimitriou anagnsotou",
	} {
		all := store.Slipped(key)
		for _, name := range all {
			if len(name) < len(key)-1 || len(strings.Fields(name)) != len(strings.Fields(key)) {
				t.Errorf("%s: %q is no whole name", key, name)
			}
		}
		if len(all) > 120 || !slices.Contains(all, want) {
			t.Errorf("%s: %s is not among %d", key, want, len(all))
		}
	}
}
