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
	briefs := make([]brief, 19)
	for i := range briefs {
		briefs[i] = brief{store.GapOf{Gap: store.Gap{Stage: "permission", Role: fmt.Sprintf("role %d", i), Industry: fmt.Sprintf("Role %d", i)}, Contacts: 1}, []string{"downtime"}}
	}
	d := &Desk{Coach: &coach.Coach{}, Face: Face{Slash: func(name string) string { return "/" + name }}}
	for from, want := range map[int][]string{0: {"role 0", "role 14", "4 more"}, 15: {"role 15", "role 18"}, 18: {"role 18"}} {
		raw, err := json.Marshal(d.gapsMessage(briefs[from:min(from+gapsPage, len(briefs))], from, len(briefs)).Blocks)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, w := range append(want, "spoke of downtime.", "1 contact (", "19 briefs") {
			if !strings.Contains(text, w) {
				t.Errorf("from %d: no %q", from, w)
			}
		}
		if from > 0 && (strings.Contains(text, "more\"") || strings.Contains(text, "role 14")) || strings.Contains(text, ", Role") {
			t.Errorf("from %d: %s", from, text)
		}
	}
}

// A word is told only where no one person can have noted it of all the contacts who used
// it, and where it names nobody around them.
func TestSharedWords(t *testing.T) {
	t.Parallel()
	by := func(contact int64, authors string, words ...string) store.Spoken {
		return store.Spoken{ContactID: contact, Authors: strings.Fields(authors), Words: words}
	}
	names := map[int64]map[string]bool{1: {"audit": true}, 2: {"kim": true}, 3: {"kim": true}}
	for _, c := range []struct {
		what   string
		spoken []store.Spoken
		want   string
	}{
		{"one contact", []store.Spoken{by(7, "U1", "downtime")}, ""},
		{"two contacts of one person", []store.Spoken{by(7, "U1", "downtime"), by(8, "U1", "downtime")}, ""},
		{"two of two", []store.Spoken{by(7, "U1", "rounds", "downtime"), by(8, "U2", "downtime")}, "downtime"},
		{"two of two, one of whom knows both", []store.Spoken{by(7, "U1 U2", "downtime"), by(8, "U2", "downtime")}, ""},
		{"three, of whom nobody knows all", []store.Spoken{by(7, "U1 U2", "downtime"), by(8, "U2", "downtime"), by(9, "U1", "downtime")}, "downtime"},
		{"of whom nobody knows whose", []store.Spoken{by(7, "", "downtime"), by(8, "U2", "downtime")}, ""},
		{"the commonest first", []store.Spoken{by(7, "U1", "rounds", "downtime"), by(8, "U2", "rounds", "downtime"), by(9, "U1", "downtime")}, "downtime rounds"},
		{"a word twice of one contact", []store.Spoken{by(7, "U1", "downtime", "downtime")}, ""},
		{"small words and days", []store.Spoken{by(7, "U1", "because", "friday"), by(8, "U2", "because", "friday")}, ""},
		{"somebody's name", []store.Spoken{by(2, "U1", "kim"), by(3, "U2", "kim")}, ""},
		{"a topic that a company bears", []store.Spoken{by(1, "U1", "audit"), by(8, "U2", "audit"), by(9, "U1", "audit")}, "audit"},
	} {
		if got := strings.Join(sharedWords(c.spoken, names), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}
