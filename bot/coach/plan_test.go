package coach_test

import (
	"testing"
	"time"

	"github.com/riverqueue/river"

	"cairn/bot/coach"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// A plan is looked at no second time and shows nothing, whatever it is about; what stands beside
// one is read and looked at as ever.
func TestAPlanIsNotReadForATalk(t *testing.T) {
	for note, want := range map[string]struct {
		signal string
		jobs   int
	}{
		"call tomorrow":                                     {"", 0},
		"call tomorrow to show her the demo":                {"", 0},
		"call tomorrow re pricing":                          {"", 0},
		"call tomorrow, bring the checklist":                {"", 0},
		"Termin am 2. April wegen Angebot":                  {"", 0},
		"call tomorrow to discuss the cancelled order":      {"", 0},
		"Anruf morgen mit Kündigung":                        {"", 0},
		"Anruf morgen, werde die Kündigung besprechen":      {"", 0},
		"call tomorrow, they renewed for two years":         {"revenue", 1},
		"call tomorrow, not interested, chose a rival":      {"declined", 1},
		"call next week; please unsubscribe her":            {"opted_out", 1},
		"call on 20 March: please remove her from our list": {"opted_out", 1},
		"call Friday: opt out":                              {"opted_out", 1},
		"call on 20 March: cancelled the contract":          {"declined", 1},
		"Anruf morgen, kein Interesse":                      {"declined", 1},
		"Anruf morgen, zu teuer":                            {"", 1},
		"call tomorrow, offer rejected":                     {"proposal_discussed", 1},
		"call tomorrow, present supplier keeps failing":     {"shared_needs", 1},
		"call tomorrow, check prices":                       {"", 0},
		"call on 20 March: budget frozen until Q3":          {"postponed", 1},
		"call tomorrow: wants a quote":                      {"asked_for_more", 1},
		"demo tomorrow, she introduced me to Lee Park":      {"referral", 1},
		"Anruf morgen, will keine Mails mehr":               {"opted_out", 1},
		"call tomorrow, wants no more mails, unsubscribe":   {"opted_out", 1},
	} {
		c, shelf := shipped(t)
		c.Follow = func(string, int64) []river.InsertManyParams { return make([]river.InsertManyParams, 1) }
		now := time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)
		l, err := line.Shipped().Parse("Dana Ruiz, Acme: "+note, now)
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

// A plan is no word of theirs or of ours: what they were given stays open over it, silence and a
// wish to be let be go on, and what is read next is read as if it were not there.
func TestAPlanEndsNoSilence(t *testing.T) {
	c, shelf := shipped(t)
	now := time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)
	before := func(note, direction string, signals ...string) []store.Heard {
		return []store.Heard{{ID: 1, AuthorID: "U1", At: now.Add(-time.Hour), LoggedAt: now.Add(-time.Hour), Note: note, Direction: direction, Signals: signals}}
	}
	for name, a := range map[string]coach.Ask{
		"several tries": {Recent: before("called three times, no answer", "out", "went_quiet")},
		"let be":        {Recent: before("please leave her be until 30 March", "in")},
		"a gift":        {Recent: before("sent her the checklist", "out"), Ledger: store.Ledger{Given: 1, Shares: []store.Share{{ContentID: 1, At: now.Add(-time.Hour)}}}},
	} {
		a.Person, a.Contact, a.Now = "U1", store.Contact{ID: 1, TeamID: "T1", Name: "Dana Ruiz"}, now
		want := c.Suggest(a, shelf).Silent
		plan := store.Heard{ID: 2, AuthorID: "U1", At: now, LoggedAt: now, Note: "call next Tuesday", Direction: "in", Plan: true}
		planned, talked := a, a
		planned.Recent = append([]store.Heard{plan}, a.Recent...)
		plan.Plan, plan.Note, plan.Signals = false, "call, asked how others handle audits", []string{"asked_for_more"}
		talked.Recent = append([]store.Heard{plan}, a.Recent...)
		line := a
		line.Latest, line.Number, line.Planned = &suggest.Note{At: now, Text: "call next Tuesday"}, 2, true
		if got := c.Suggest(planned, shelf).Silent; want == "" || got != want {
			t.Errorf("%s: %q after a plan, %q before", name, got, want)
		}
		if got := c.Suggest(line, shelf).Silent; got != want {
			t.Errorf("%s: %q on a plan's receipt, %q before", name, got, want)
		}
		if got := c.Suggest(talked, shelf).Silent; got == want {
			t.Errorf("%s: still %q after a talk", name, got)
		}
	}
	_, _, with, err := c.Refold(store.Contact{}, []store.Noted{{ID: 1, At: now, Channel: "phone", Direction: "both", Plan: true}})
	_, _, without, again := c.Refold(store.Contact{}, nil)
	if err != nil || again != nil || string(with) != string(without) {
		t.Errorf("a plan is kept as %s, nothing as %s: %v, %v", with, without, err, again)
	}
}
