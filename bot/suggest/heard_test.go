package suggest_test

import (
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// What was heard of their company decides among what fits, is told apart from
// what they said, and is forgotten after half a year.
func TestWhatWasHeardCounts(t *testing.T) {
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "Hiring auditors: what a first month takes", Canonical: "https://l.example/hiring", Topics: []string{"auditors", "hiring"}},
		{ID: 2, Title: "A cheaper energy bill in ten steps", Canonical: "https://l.example/energy", Topics: []string{"energy"}},
		{ID: 3, Title: "Spare parts: which to keep", Canonical: "https://l.example/parts", Topics: []string{"spare parts"}},
	})
	c := suggest.Case{Now: now, Contact: "Dana", Company: "Acme", Stage: "interaction", Status: suggest.StatusActive,
		Notes: []suggest.Note{{At: now, Channel: journey.Event, Direction: journey.BothWay, Text: "met in the queue", Signals: []journey.Signal{journey.Replied}}}}
	c.Heard = []suggest.Heard{{At: now.AddDate(0, -2, 0), Text: "Acme is hiring two auditors"}}
	got := l.Best(c, suggest.Tally{})
	if len(got.Picks) == 0 || got.Picks[0].Item.ID != 1 {
		t.Fatalf("what was heard did not count: %+v", got)
	}
	r := got.Picks[0].Reason
	if len(r.Quotes) > 0 || len(r.Heard) == 0 || r.Heard[0] != "hiring two auditors" {
		t.Errorf("quoted as theirs %q, as heard %q", r.Quotes, r.Heard)
	}
	if want := "which you heard"; !strings.Contains(r.Text, want) {
		t.Errorf("the reason does not say where it comes from: %s", r.Text)
	}
	topical := func(c suggest.Case) bool {
		for _, p := range l.Best(c, suggest.Tally{}).Picks {
			for _, f := range p.Features {
				if f.Name == suggest.FeatureTopic || f.Name == suggest.FeatureTheme {
					return true
				}
			}
		}
		return false
	}
	if !topical(c) {
		t.Error("no topic fired")
	}
	c.Heard[0].At = now.Add(-suggest.HeardKept - 1)
	if topical(c) {
		t.Error("it counts after half a year")
	}
	c.Heard[0].At, c.DoNotContact = now, true
	if got := l.Best(c, suggest.Tally{}); got.Silent == nil || got.Silent.Why != suggest.SilentDoNotContact {
		t.Errorf("what was heard speaks against a wish to be left alone: %+v", got)
	}
}

// What was seen of them in public is no word of theirs to us.
func TestSeenInPublicIsNotQuotedAsTheirs(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	c := dana()
	c.Notes[0].Signals = []journey.Signal{journey.HeardThem}
	for _, p := range l.Best(c, suggest.Tally{}).Picks {
		if len(p.Reason.Quotes) > 0 {
			t.Errorf("quoted as theirs: %q", p.Reason.Quotes)
		}
	}
}

// The brief of a gap is read by editors and managers: it shows nothing that a rep
// heard for themselves, nor what was only seen of them.
func TestWhatWasHeardStandsInNoBrief(t *testing.T) {
	l := suggest.NewLibrary(guide(t), []suggest.Item{{ID: 1, Title: "Guide", Canonical: "https://l.example/1", Stages: []string{"exchange"}}})
	said := func(text string, signals ...journey.Signal) suggest.Note {
		return suggest.Note{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: text, Signals: signals}
	}
	c := suggest.Case{Now: now, Contact: "Dana", Company: "Acme", Stage: "attention", Status: suggest.StatusActive,
		Notes: []suggest.Note{said("asked about robots and palletising", journey.AskedForMore), said("complained about forklifts in public", journey.HeardThem)},
		Heard: []suggest.Heard{{At: now, Text: "insolvency of their warehouse, hiring auditors"}}}
	got := strings.Join(l.Gap(c).Words, " ")
	for _, theirs := range []string{"robots", "palletising"} {
		if !strings.Contains(got, theirs) {
			t.Errorf("%q is missing in %q", theirs, got)
		}
	}
	for _, heard := range []string{"insolvency", "warehouse", "auditors", "forklifts"} {
		if strings.Contains(got, heard) {
			t.Errorf("%q was heard and stands in the brief: %q", heard, got)
		}
	}
}

// What is no concern of theirs is not quoted: the reason falls back, or quotes the word
// where it is one.
func TestOnlyTheirConcernsAreQuoted(t *testing.T) {
	l := suggest.NewLibrary(guide(t), []suggest.Item{{ID: 1, Title: "Calendar of inspections", Canonical: "https://l.example/1", Topics: []string{"calendar"}}})
	c := suggest.Case{Now: now, Contact: "Dana", Company: "Acme", Stage: "interaction", Status: suggest.StatusActive, Notes: []suggest.Note{
		{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: "she will send her calendar", Signals: []journey.Signal{journey.AskedForMore}},
		{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: "complained about paper", Signals: []journey.Signal{journey.SharedNeeds}}}}
	c.Theirs = func(note, from, to int) bool { return note > 0 }
	told := func() suggest.Reason {
		t.Helper()
		got := l.Best(c, suggest.Tally{})
		if len(got.Picks) == 0 {
			t.Fatalf("nothing: %+v", got.Silent)
		}
		return got.Picks[0].Reason
	}
	if r := told(); len(r.Quotes) > 0 || r.Need == "" || strings.Contains(r.Text, "“") {
		t.Errorf("quoted %q, need %q: %s", r.Quotes, r.Need, r.Text)
	}
	c.Notes[1].Text = "complained about her calendar"
	if r := told(); len(r.Quotes) != 1 || r.Quotes[0] != "calendar" {
		t.Errorf("quoted %q", r.Quotes)
	}
}

// A quote is words that follow each other in one note.
func TestQuotesAreNotPutTogether(t *testing.T) {
	l := suggest.NewLibrary(guide(t), []suggest.Item{{ID: 1, Title: "Audit trail for pumps", Canonical: "https://l.example/1", Topics: []string{"audit trail", "pumps"}}})
	for text, want := range map[string]string{
		"asked about the audit trail": "audit trail",
		"asked about audit - pumps":   "audit",
		"asked about audit – pumps":   "audit",
		"asked about audit | pumps":   "audit",
	} {
		c := suggest.Case{Now: now, Contact: "Dana", Stage: "interaction", Status: suggest.StatusActive,
			Notes: []suggest.Note{{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: text, Signals: []journey.Signal{journey.AskedForMore}}}}
		got := l.Best(c, suggest.Tally{})
		if len(got.Picks) == 0 {
			t.Fatalf("%s: nothing: %+v", text, got.Silent)
		}
		for _, q := range got.Picks[0].Reason.Quotes {
			if !strings.Contains(text, q) || strings.ContainsAny(q, "–|") || strings.Contains(q, " - ") {
				t.Errorf("%s: quoted %q", text, q)
			}
		}
		if !strings.Contains(strings.Join(got.Picks[0].Reason.Quotes, " "), want) {
			t.Errorf("%s: quoted %q, want %q", text, got.Picks[0].Reason.Quotes, want)
		}
	}
}
