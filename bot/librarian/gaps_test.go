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
		briefs[i] = brief{GapOf: store.GapOf{Gap: store.Gap{Stage: "permission", Role: fmt.Sprintf("role %d", i), Industry: fmt.Sprintf("Role %d", i)}, Contacts: 2}, words: []string{"downtime"}}
	}
	alone := []store.GapOf{{Gap: store.Gap{Stage: "engagement", Role: "IT"}, Contacts: 1}}
	d := &Desk{Coach: &coach.Coach{}, Face: Face{Slash: func(name string) string { return "/" + name }}}
	for from, want := range map[int][]string{0: {"role 0", "role 14", "4 more"}, 15: {"role 15", "role 18", "*One contact each*: engagement × IT."}, 18: {"role 18", "One contact each"}} {
		raw, err := json.Marshal(d.gapsMessage(briefs[from:min(from+gapsPage, len(briefs))], from, len(briefs), alone).Blocks)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, w := range append(want, "spoke of downtime.", "2 contacts (", "19 briefs") {
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

// Gaps stand together by what most contacts have in common, and each contact in one brief alone.
func TestGrouped(t *testing.T) {
	t.Parallel()
	gap := func(stage, role, industry, language string, n int) store.GapOf {
		return store.GapOf{Gap: store.Gap{Stage: stage, Role: role, Industry: industry, Language: language}, Contacts: n}
	}
	for _, c := range []struct {
		what  string
		gaps  []store.GapOf
		want  string
		alone string
	}{
		{"nobody", nil, "", ""},
		{"one contact each", []store.GapOf{gap("permission", "IT", "food", "en", 1), gap("engagement", "IT", "food", "en", 1)}, "",
			"*One contact each*: permission × IT, food; engagement × IT, food."},
		{"what they are, of several trades", []store.GapOf{gap("permission", "IT", "food", "en", 1), gap("permission", "IT", "Hospitals", "de", 1), gap("permission", "finance", "retail", "", 1)},
			"permission × IT: 2, 1 in food, 1 in Hospitals, in 1 English, 1 German", "*One contact each*: permission × finance, retail."},
		{"a trade, of several roles", []store.GapOf{gap("permission", "IT", "food", "de", 1), gap("permission", "", "Food", "de", 2)},
			"permission × food: 3, 1 IT, 2 not known, in German", ""},
		{"more trades than are named", []store.GapOf{gap("permission", "IT", "food", "pl", 3), gap("permission", "IT", "retail", "", 2), gap("permission", "IT", "mining", "", 1), gap("permission", "IT", "hotels", "", 1),
			gap("permission", "IT", "schools", "", 1), gap("permission", "IT", "", "", 2)}, "permission × IT: 10, 3 in food, 2 in retail, 1 in mining, 1 in hotels, 1 other, 2 not known, in 3 Polish, 7 not known", ""},
		{"those of both are not torn apart", []store.GapOf{gap("permission", "IT", "food", "en", 3), gap("permission", "IT", "retail", "en", 1), gap("permission", "quality", "food", "en", 1)},
			"permission × IT: 4, 3 in food, 1 in retail", "*One contact each*: permission × quality, food."},
		{"the closest of equals", []store.GapOf{gap("permission", "IT", "food", "en", 2)}, "permission × IT, food: 2", ""},
		{"of whom nothing is known", []store.GapOf{gap("permission", "", "", "", 2), gap("permission", "IT", "", "", 1)}, "permission: 2", "*One contact each*: permission × IT."},
	} {
		briefs, alone := grouped(c.gaps)
		var told []string
		for _, b := range briefs {
			text := fmt.Sprintf("%s: %d", Audience(b.Gap), b.Contacts)
			if b.apart != "" {
				text += ", " + b.apart
			}
			if b.tongues != "" {
				text += ", in " + b.tongues
			}
			told = append(told, text)
		}
		if got := strings.Join(told, "; "); got != c.want || aloneLine(alone) != c.alone {
			t.Errorf("%s: %q, alone %q", c.what, got, aloneLine(alone))
		}
	}
}

// Where few lack the same, who is alone with a gap has a brief of their own.
func TestAloneInBriefs(t *testing.T) {
	t.Parallel()
	one := func(role string) store.GapOf {
		return store.GapOf{Gap: store.Gap{Stage: "permission", Role: role, Language: "de"}, Contacts: 1}
	}
	for _, c := range []struct{ briefs, alone, want, left int }{{0, 2, 2, 0}, {gapsPage - 1, 3, gapsPage, 2}, {gapsPage + 4, 3, gapsPage + 4, 3}, {1, 0, 1, 0}} {
		var alone []store.GapOf
		for i := range c.alone {
			alone = append(alone, one(fmt.Sprint("role ", i)))
		}
		briefs, left := withAlone(make([]brief, c.briefs), alone)
		if len(briefs) != c.want || len(left) != c.left {
			t.Errorf("%d briefs and %d alone: %d and %d", c.briefs, c.alone, len(briefs), len(left))
		}
		if c.want > c.briefs && (briefs[c.briefs].Role != "role 0" || briefs[c.briefs].tongues != "German") {
			t.Errorf("%+v", briefs[c.briefs])
		}
	}
}
