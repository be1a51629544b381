package coach_test

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/store"
)

// Who brought us somebody and never bought is asked as where they stood before.
func TestWeighedBefore(t *testing.T) {
	c, _ := shipped(t)
	now := time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)
	note := func(id int64, signals ...journey.Signal) store.Heard {
		h := store.Heard{ID: id, At: now.AddDate(0, 0, int(id)-20), LoggedAt: now.AddDate(0, 0, int(id)-20), Direction: "in"}
		for _, g := range signals {
			h.Signals = append(h.Signals, string(g))
		}
		return h
	}
	asked, named := note(1, journey.AskedForMore), note(2, journey.Referral)
	order := []store.Exchange{{Kind: "referral"}, {Kind: "revenue"}}
	for _, k := range []struct {
		name   string
		got    []store.Exchange
		recent []store.Heard
		want   string
	}{
		{"a referral and nothing else", nil, []store.Heard{named}, "attention"},
		{"a referral after a question", order[:1], []store.Heard{named, asked}, "permission"},
		{"they bought, long ago", order, []store.Heard{named, asked}, ""},
		{"they use it", order[:1], []store.Heard{note(3, journey.Adopted), named}, ""},
		{"they brought us nobody", nil, []store.Heard{asked}, ""},
	} {
		if l := c.Weighed(store.Contact{Name: "Dana Ruiz"}, store.Ledger{Exchanges: k.got}, k.recent, "U1", now); l.Before != k.want {
			t.Errorf("%s: before %q, want %q", k.name, l.Before, k.want)
		}
	}
}

// Who owes something to do by today owes it before they ask; what a colleague promised, what
// is for later and what was done hold nobody up.
func TestWeighedOwed(t *testing.T) {
	c, _ := shipped(t)
	now := time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)
	today, later := now.Truncate(24*time.Hour), now.AddDate(0, 0, 2).Truncate(24*time.Hour)
	own := store.Heard{ID: 5, At: now.AddDate(0, 0, -3), LoggedAt: now.AddDate(0, 0, -3), Note: "call, I'll send the quote", Direction: "both"}
	kept := store.Heard{ID: 6, At: now.AddDate(0, 0, -1), LoggedAt: now.AddDate(0, 0, -1), Note: "sent her the quote", Direction: "out"}
	promise := func(whose, person string, due *time.Time) store.Step {
		return store.Step{Whose: whose, What: "I'll send the quote", PersonID: person, Due: due, InteractionID: 5}
	}
	for _, k := range []struct {
		name   string
		step   store.Step
		recent []store.Heard
		want   bool
	}{
		{"due today", promise("us", "U1", &today), []store.Heard{own}, true},
		{"just read, due today", promise("us", "", &today), []store.Heard{own}, true},
		{"for later", promise("us", "U1", &later), []store.Heard{own}, false},
		{"without a day", promise("us", "U1", nil), []store.Heard{own}, false},
		{"a colleague's", promise("us", "U2", &today), []store.Heard{own}, false},
		{"theirs", promise("them", "U1", &today), []store.Heard{own}, false},
		{"kept", promise("us", "U1", &today), []store.Heard{kept, own}, false},
	} {
		if l := c.Weighed(store.Contact{Name: "Dana Ruiz"}, store.Ledger{Steps: []store.Step{k.step}}, k.recent, "U1", now); l.Owed != k.want {
			t.Errorf("%s: owed %t, want %t", k.name, l.Owed, k.want)
		}
	}
}
