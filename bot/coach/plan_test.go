package coach_test

import (
	"testing"
	"time"

	"github.com/riverqueue/river"

	"cairn/bot/line"
	"cairn/store"
)

// A plan is looked at no second time and shows nothing but a no; what holds more than a plan
// is read and looked at as ever.
func TestAPlanIsNotReadForATalk(t *testing.T) {
	for note, want := range map[string]struct {
		signal string
		jobs   int
	}{
		"call tomorrow":                                   {"", 0},
		"call tomorrow to show her the demo":              {"", 0},
		"call tomorrow, they renewed for two years":       {"revenue", 1},
		"call tomorrow, not interested, chose a rival":    {"declined", 1},
		"call next week; please unsubscribe her":          {"opted_out", 1},
		"demo tomorrow, she introduced me to Lee Park":    {"referral", 1},
		"Anruf morgen, will keine Mails mehr":             {"opted_out", 1},
		"call tomorrow, wants no more mails, unsubscribe": {"opted_out", 1},
	} {
		c, shelf := shipped(t)
		c.Follow = func(string, int64) []river.InsertManyParams { return make([]river.InsertManyParams, 1) }
		now := time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)
		l, err := line.Parse("Dana Ruiz, Acme: "+note, now)
		if err != nil {
			t.Fatal(err)
		}
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1"}, At: l.At, LoggedAt: now, Channel: string(l.Channel), Direction: string(l.Direction), Note: l.Note, Plan: l.Plan}
		out, err := c.Decide(store.Known{Number: 1, New: true, Contact: store.Contact{ID: 1, TeamID: "T1", Name: l.Who.Name}}, d, l, shelf, 1)
		if err != nil {
			t.Fatal(err)
		}
		found := want.signal == "" && len(out.Signals) == 0
		for _, g := range out.Signals {
			found = found || g.Signal == want.signal
		}
		if !found || len(out.Jobs) != want.jobs {
			t.Errorf("%q: %+v, %d jobs; want %q, %d", note, out.Signals, len(out.Jobs), want.signal, want.jobs)
		}
	}
}
