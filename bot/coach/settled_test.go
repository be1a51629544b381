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
	old := at(13).AddDate(0, 0, -29)
	list := store.Step{Whose: "them", What: "he'll send me his asset list", Due: &due, InteractionID: 5}
	plan := store.Step{Whose: "us", What: "I'll send him a plan for the pilot", Due: &due, InteractionID: 5, Gives: true}
	before := plan
	before.Gives = false
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
		{"a plan on the day", dated, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "call next Tuesday", Direction: "in", Plan: true}, own}, true},
		{"an older note, written down before", dated, []store.Heard{own, {ID: 4, At: at(10), LoggedAt: at(10), Note: "IT said yes", Direction: "in"}}, true},
		{"its own note is none of the latest", dated, []store.Heard{{ID: 30, At: at(14), LoggedAt: at(14), Note: "call", Direction: "both"}}, false},
		{"a promise without a day, weeks later", promise, []store.Heard{{ID: 9, At: at(30), LoggedAt: at(30), Note: "call, all well", Direction: "both"}, own}, true},
		{"what went to them is none of their doing", list, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "sent him the asset list template", Direction: "out"}, own}, true},
		{"it came", list, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "got the asset list from him", Direction: "in"}, own}, false},
		{"a promise of ours, when something of theirs came", plan, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "got the asset list from him", Direction: "in"}, own}, true},
		{"ours for Sunday is told of on Friday", sunday, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "she liked the article", Direction: "in"}, own}, false},
		{"ours for Sunday, on Thursday", sunday, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "she liked the article", Direction: "in"}, own}, true},
		{"a try on the day keeps no promise", plan, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "tried again, no reply", Direction: "out", Signals: []string{"reached_out"}}, own}, true},
		{"a promise that the version before wrote, as on the lists", before, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "tried again, no reply", Direction: "out", Signals: []string{"reached_out"}}, own}, false},
		{"an answer on the day does", plan, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "tried again, he replied", Direction: "both", Signals: []string{"reached_out", "replied"}}, own}, false},
		{"a try on the day of a call is the call", back, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "tried again, no reply", Direction: "out", Signals: []string{"reached_out"}}, own}, false},
		{"what is a month past its day", store.Step{Whose: "us", What: "I'll send him a plan for the pilot", Due: &old, InteractionID: 5}, []store.Heard{own}, false},
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
		l, err := line.Shipped().Parse("Dana Ruiz, Acme: "+note, now)
		if err != nil {
			t.Fatal(err)
		}
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1"}, At: l.At, LoggedAt: now, Channel: string(l.Channel), Direction: string(l.Direction), Note: l.Note}
		var recent []store.Heard
		for id := int64(3); id > 0; id-- {
			at := now.AddDate(0, 0, int(id)-10)
			recent = append(recent, store.Heard{ID: id, At: at, LoggedAt: at, Note: "call", Direction: "both"})
		}
		k := store.Known{Number: 9, Contact: store.Contact{ID: 1, TeamID: "T1", Name: "Dana Ruiz"}, Recent: recent, Ledger: store.Ledger{Steps: steps}}
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

// A step that is over by itself is settled by no note: what its day and a note since have
// settled, and what is too old to be meant.
func TestNoLineSettlesWhatIsOver(t *testing.T) {
	c, shelf := shipped(t)
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 10, 0, 0, 0, time.UTC) }
	due := day(1, 16).Truncate(24 * time.Hour)
	dated := store.Step{ID: 1, Whose: "us", What: "I'll send her the audit checklist", PersonID: "U1", InteractionID: 1, Due: &due}
	undated := dated
	undated.Due = nil
	said := store.Heard{ID: 1, At: day(1, 9), LoggedAt: day(1, 9), Note: "call, she has questions", Direction: "both"}
	call := store.Heard{ID: 2, At: day(1, 19), LoggedAt: day(1, 19), Note: "call, all well", Direction: "both"}
	for _, k := range []struct {
		name    string
		step    store.Step
		recent  []store.Heard
		note    string
		now     time.Time
		settled bool
	}{
		{"a note since its day", dated, []store.Heard{call, said}, "sent it today", day(1, 20), false},
		{"a note since its day, and named", dated, []store.Heard{call, said}, "sent her the audit checklist", day(1, 20), false},
		{"none since", dated, []store.Heard{said}, "sent it today", day(1, 20), true},
		{"on the last day of its life", dated, []store.Heard{said}, "sent it today", day(2, 14), true},
		{"past its life", dated, []store.Heard{said}, "sent it today", day(2, 15), false},
		{"past its life, and named", dated, []store.Heard{said}, "sent her the audit checklist", day(2, 15), false},
		{"without a day, soon", undated, []store.Heard{call, said}, "sent it today", day(2, 7), true},
		{"without a day, long ago", undated, []store.Heard{call, said}, "sent it today", day(2, 8), false},
		{"without a day, long ago, and named", undated, []store.Heard{call, said}, "sent her the audit checklist", day(2, 8), true},
		{"without a day, of a note out of sight", undated, []store.Heard{call}, "sent it today", day(1, 20), false},
	} {
		l, err := line.Shipped().Parse("Dana Ruiz, Acme: "+k.note, k.now)
		if err != nil {
			t.Fatal(err)
		}
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1"}, At: l.At, LoggedAt: k.now, Channel: string(l.Channel), Direction: string(l.Direction), Note: l.Note}
		known := store.Known{Number: 9, Contact: store.Contact{ID: 1, TeamID: "T1", Name: "Dana Ruiz"}, Recent: k.recent, Ledger: store.Ledger{Steps: []store.Step{k.step}}}
		out, err := c.Decide(known, d, l, shelf, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(out.Settled) == 1; got != k.settled {
			t.Errorf("%s: settled %v, want %v", k.name, got, k.settled)
		}
		if named := len(l.Gives) > 0; !named && len(out.Shares) == 1 != k.settled {
			t.Errorf("%s: counts %+v", k.name, out.Shares)
		}
	}
}

// What a receipt finds among the steps that its line has settled is the promise that the
// line kept among all that were open, whatever their order, and never a colleague's.
func TestKept(t *testing.T) {
	early, late := time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	step := func(id, note int64, who, whose, what string, due *time.Time) store.Step {
		return store.Step{ID: id, InteractionID: note, PersonID: who, Whose: whose, What: what, Due: due}
	}
	l := line.Line{SentIt: line.Mention{Words: "sent it", Object: "it"}}
	checklist, calculator := step(5, 7, "U1", "us", "I'll send her the audit checklist", &early), step(4, 7, "U1", "us", "I'll send her the calculator", &late)
	guide, theirs := step(6, 7, "U1", "us", "I'll send her the guide", nil), step(9, 8, "U2", "us", "I'll send her the playbook", &early)
	quote, it := step(2, 3, "U1", "us", "I'll send her the quote", &early), step(1, 1, "U1", "them", "she'll send me the plan", &early)
	all := []store.Step{it, quote, calculator, checklist, guide, theirs}
	for range len(all) {
		all = append(all[1:], all[0])
		if kept := coach.Kept(l, all, "U1"); kept == nil || kept.ID != checklist.ID {
			t.Errorf("of %+v: %+v", all, kept)
		}
		if kept := coach.Kept(l, slices.Concat([]store.Step{it, theirs}, []store.Step{quote, checklist}), "U1"); kept == nil || kept.ID != checklist.ID {
			t.Errorf("of those settled: %+v", kept)
		}
	}
	for name, steps := range map[string][]store.Step{"theirs": {it}, "a colleague's": {theirs}, "none": nil} {
		if kept := coach.Kept(l, steps, "U1"); kept != nil || coach.Meant(l, kept) != nil {
			t.Errorf("%s: %+v", name, kept)
		}
	}
	if kept := coach.Kept(l, []store.Step{quote}, "U1"); kept == nil || coach.Meant(l, kept) != nil {
		t.Errorf("a quote is kept and counts as nothing: %+v", kept)
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
