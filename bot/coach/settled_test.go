package coach_test

import (
	"slices"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// A step is open until its day has come and something is noted, or a note tells that it
// was done.
func TestOpen(t *testing.T) {
	c, _ := shipped(t)
	at := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, time.UTC) }
	due := at(13).Truncate(24 * time.Hour)
	dana := store.Contact{Name: "Dana Ruiz"}
	dated := store.Step{Whose: "them", What: "will ask IT", Due: &due, InteractionID: 5}
	promise := store.Step{Whose: "us", What: "I will send pricing", InteractionID: 5}
	sun, may := at(15).Truncate(24*time.Hour), at(60).Truncate(24*time.Hour)
	list := store.Step{Whose: "them", What: "he'll send me his asset list", Due: &due, InteractionID: 5}
	plan := store.Step{Whose: "us", What: "I'll send him a plan for the pilot", Due: &due, InteractionID: 5}
	sunday := store.Step{Whose: "us", What: "I will send pricing", Due: &sun, InteractionID: 5}
	back, later := store.Step{Whose: "us", What: "I'll call back", Due: &due, InteractionID: 5}, store.Step{Whose: "us", What: "call again", Due: &may, InteractionID: 5}
	own := store.Heard{ID: 5, At: at(11), LoggedAt: at(11), Note: "call, will ask IT by Friday", Direction: "both"}
	for _, k := range []struct {
		name   string
		step   store.Step
		recent []store.Heard
		open   bool
	}{
		{"its own note", dated, []store.Heard{own}, true},
		{"another matter, before the day", dated, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "she liked the article", Direction: "in"}, own}, true},
		{"it tells that it was done", dated, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "IT said yes", Direction: "in"}, own}, false},
		{"anything on the day", dated, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "she liked the article", Direction: "in"}, own}, false},
		{"an older note, written down before", dated, []store.Heard{own, {ID: 4, At: at(10), LoggedAt: at(10), Note: "IT said yes", Direction: "in"}}, true},
		{"its own note is none of the latest", dated, []store.Heard{{ID: 30, At: at(14), LoggedAt: at(14), Note: "call", Direction: "both"}}, false},
		{"a promise without a day, weeks later", promise, []store.Heard{{ID: 9, At: at(30), LoggedAt: at(30), Note: "call, all well", Direction: "both"}, own}, true},
		{"what went to them is none of their doing", list, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "sent him the asset list template", Direction: "out"}, own}, true},
		{"it came", list, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "got the asset list from him", Direction: "in"}, own}, false},
		{"a promise of ours, when something of theirs came", plan, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "got the asset list from him", Direction: "in"}, own}, true},
		{"ours for Sunday is told of on Friday", sunday, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "she liked the article", Direction: "in"}, own}, false},
		{"ours for Sunday, on Thursday", sunday, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "she liked the article", Direction: "in"}, own}, true},
		{"a talk, the day before a talk", back, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "called her, all well", Direction: "out"}, own}, false},
		{"a talk, weeks before a talk", later, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "called her, all well", Direction: "out"}, own}, true},
		{"a promise that was kept", promise, []store.Heard{{ID: 9, At: at(12), LoggedAt: at(12), Note: "sent him the pricing", Direction: "out"}, own}, false},
	} {
		if got := c.Open(dana, []store.Step{k.step}, k.recent, at(15)); len(got) == 1 != k.open {
			t.Errorf("%s: %+v", k.name, got)
		}
	}
}

// What a line tells of as done is written down with it. "Sent it" keeps the promise of
// the writer's that was noted last, and counts as what that promised.
func TestSettledByALine(t *testing.T) {
	c, shelf := shipped(t)
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	promise := func(id int64, who, what string) store.Step {
		return store.Step{ID: id, Whose: "us", What: what, PersonID: who, InteractionID: id}
	}
	steps := []store.Step{promise(1, "U1", "I'll send her the quote"), promise(2, "U1", "I'll send her the audit checklist"), promise(3, "U2", "I'll send the hosting facts"),
		{ID: 4, Whose: "them", What: "will ask IT", PersonID: "U1", InteractionID: 1}}
	for note, want := range map[string]struct {
		settled []int64
		counted string
	}{
		"sent it today":              {[]int64{2}, "Audit checklist for SaaS buyers"},
		"habe es ihr geschickt":      {[]int64{2}, "Audit checklist for SaaS buyers"},
		"sent her the quote":         {[]int64{1}, ""},
		"sent her the hosting facts": {[]int64{3}, "Hosting, backup and access: facts for your IT"},
		"IT said yes":                {[]int64{4}, ""},
		"she asked for the quote":    {nil, ""},
		"call, all well":             {nil, ""},
	} {
		l, err := line.Parse("Dana Ruiz, Acme: "+note, now)
		if err != nil {
			t.Fatal(err)
		}
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1"}, At: l.At, LoggedAt: now, Channel: string(l.Channel), Direction: string(l.Direction), Note: l.Note}
		k := store.Known{Number: 9, Contact: store.Contact{ID: 1, TeamID: "T1", Name: "Dana Ruiz"}, Ledger: store.Ledger{Steps: steps}}
		out, err := c.Decide(k, d, l, shelf, 1)
		if err != nil {
			t.Fatal(err)
		}
		var settled []int64
		for _, s := range out.Settled {
			settled = append(settled, s.ID)
		}
		counted := ""
		for _, h := range out.Shares {
			counted += h.Title
		}
		if !slices.Equal(settled, want.settled) || counted != want.counted {
			t.Errorf("%q settles %v and counts %q, want %v and %q", note, settled, counted, want.settled, want.counted)
		}
	}
}

// The store's lists of who is ready and what is suggested go by one notion of a
// complaint that is open.
func TestWhatCalmsAComplaint(t *testing.T) {
	calming := store.Calming()
	for _, g := range journey.Signals() {
		if g == journey.Complained {
			continue
		}
		since := []store.Heard{{ID: 2, Signals: []string{string(g)}}, {ID: 1, Signals: []string{string(journey.Complained)}}}
		if open, want := coach.Complains(since), !slices.Contains(calming, string(g)); open != want {
			t.Errorf("a complaint before %s is open: %v; the store's lists say %v", g, open, want)
		}
	}
}
