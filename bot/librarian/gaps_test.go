package librarian

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cairn/bot/coach"
	"cairn/store"
)

func TestAudience(t *testing.T) {
	t.Parallel()
	if got := Audience(store.Gap{Stage: "permission", Role: "logistics", Industry: "Logistics"}); got != "permission × logistics" {
		t.Error(got)
	}
}

func TestGapsMessage(t *testing.T) {
	t.Parallel()
	gaps := make([]store.GapOf, 19)
	for i := range gaps {
		gaps[i] = store.GapOf{Gap: store.Gap{Stage: "permission", Role: fmt.Sprintf("role %d", i), Industry: fmt.Sprintf("Role %d", i)}, Contacts: 1,
			Heard: [][]string{{"ihre", "downtime", "bitte", "friday", "call", "ruiz"}, {"wegen", "downtime", "30", "ruiz"}}}
	}
	d := &Desk{Coach: &coach.Coach{}, Face: Face{Slash: func(name string) string { return "/" + name }}}
	for from, want := range map[int][]string{0: {"role 0", "role 14", "4 more"}, 15: {"role 15", "role 18"}, 99: {"role 18"}} {
		raw, err := json.Marshal(d.gapsMessage(gaps, map[string]bool{"ruiz": true}, from).Blocks)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, w := range append(want, "spoke of downtime.", "1 contact (") {
			if !strings.Contains(text, w) {
				t.Errorf("from %d: no %q", from, w)
			}
		}
		if from > 0 && (strings.Contains(text, "more\"") || strings.Contains(text, "role 14")) || strings.Contains(text, ", Role") {
			t.Errorf("from %d: %s", from, text)
		}
	}
}
