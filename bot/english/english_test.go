package english

import "testing"

func TestUpper(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"": "", "version 3": "Version 3", "übrige Schritte": "Übrige Schritte", "日": "日"} {
		if got := Upper(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}
