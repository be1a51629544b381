package coach_test

import (
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/store"
)

// What was promised is the same for the morning, for what comes next and for a draft: what is
// due first; else what the newest note named; never what they had, nor what is past its day.
func TestPromises(t *testing.T) {
	c, shelf := shipped(t)
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	day := func(d int) *time.Time {
		due := time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC)
		return &due
	}
	step := func(id, note int64, what string, due *time.Time) store.Step {
		return store.Step{ID: id, InteractionID: note, PersonID: "U1", Whose: "us", What: what, Due: due}
	}
	var recent []store.Heard // newest first, all before the days of the promises
	for id := int64(20); id > 8; id-- {
		at := now.AddDate(0, 0, -1).Add(time.Duration(id-20) * time.Hour)
		recent = append(recent, store.Heard{ID: id, AuthorID: "U1", At: at, LoggedAt: at, Note: "call, all well", Direction: "both"})
	}
	checklist, ok := shelf.Library.Named("audit checklist")
	if !ok {
		t.Fatal("there is no audit checklist")
	}
	had := []store.Share{{ContentID: checklist.ID}}
	const audit, cost = "I'll send her the audit checklist", "I'll send her the downtime calculator"
	for _, k := range []struct {
		name   string
		steps  []store.Step
		shares []store.Share
		waved  map[int64]time.Time
		want   string
	}{
		{name: "what is due, before what was promised later", steps: []store.Step{step(1, 19, audit, day(12)), step(2, 20, cost, day(16))}, want: audit},
		{name: "both to come", steps: []store.Step{step(1, 19, audit, day(13)), step(2, 20, cost, day(16))}, want: cost},
		{name: "of a note that later ones have pushed out of sight", steps: []store.Step{step(1, 2, audit, day(12))}, want: audit},
		{name: "without a day, long ago", steps: []store.Step{step(1, 2, audit, nil)}},
		{name: "what they had", steps: []store.Step{step(1, 19, audit, day(12)), step(2, 20, cost, day(16))}, shares: had, want: cost},
		{name: "waved away", steps: []store.Step{step(1, 20, audit, day(16))}, waved: map[int64]time.Time{checklist.ID: now.AddDate(0, 0, -1)}},
		{name: "waved away before it was promised", steps: []store.Step{step(1, 20, audit, day(16))}, waved: map[int64]time.Time{checklist.ID: now.AddDate(0, 0, -2)}, want: audit},
		{name: "waved away, and its day has come", steps: []store.Step{step(1, 20, audit, day(12))}, waved: map[int64]time.Time{checklist.ID: now.AddDate(0, 0, -1)}, want: audit},
		{name: "waved away on its day", steps: []store.Step{step(1, 20, audit, day(12))}, waved: map[int64]time.Time{checklist.ID: now}},
		{name: "waved away, and another promised", steps: []store.Step{step(1, 20, audit, day(16)), step(2, 19, cost, day(17))}, waved: map[int64]time.Time{checklist.ID: now}, want: cost},
	} {
		a := coach.Ask{Person: "U1", Contact: store.Contact{ID: 1, TeamID: "T1", Name: "Dana Ruiz"}, Recent: recent, Now: now, Waved: k.waved, Seed: 1,
			Ledger: store.Ledger{Steps: k.steps, Shares: k.shares}}
		a.Promises = c.Promises(a, shelf)
		g := c.Suggest(a, shelf)
		first, _ := g.Now()
		promised := ""
		for _, p := range a.Promises {
			if p.ToGive() && p.Item.ID == first.ContentID && promised == "" {
				promised = p.Step.What
			}
		}
		if promised != k.want {
			t.Errorf("%s: %q is given next, want %q", k.name, promised, k.want)
		}
	}
}
