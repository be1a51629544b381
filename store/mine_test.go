package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// A step is due on the person's own day, whatever day it is where the database
// stands.
func TestDueByThePersonsOwnDay(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`,
		`insert into contacts (team_id, name, name_key, created_by) values ('T1', 'Dana', 'dana', 'U1')`,
		`insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) values (1, 'T1', 'aipee', 'v', 'permission', 'active', '{}', now())`,
		`insert into steps (team_id, contact_id, person_id, whose, what, due) values ('T1', 1, 'U1', 'us', 'call', '2026-11-30')`)
	st := store.New(pool, nil)
	for _, at := range []struct {
		zone string
		utc  string
		due  bool
	}{
		{"Pacific/Auckland", "2026-11-29T20:00:00Z", true},     // Monday, nine in the morning
		{"Pacific/Auckland", "2026-11-29T10:00:00Z", false},    // Sunday, late
		{"America/Los_Angeles", "2026-11-30T02:00:00Z", false}, // Sunday, six in the evening
		{"America/Los_Angeles", "2026-11-30T09:00:00Z", true},
	} {
		zone, err := time.LoadLocation(at.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.Parse(time.RFC3339, at.utc)
		if err != nil {
			t.Fatal(err)
		}
		listed, err := st.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Due, Now: now.In(zone), Limit: 10})
		if err != nil || len(listed) == 1 != at.due {
			t.Errorf("%s at %s: listed %v, %v", at.utc, at.zone, listed, err)
		}
		home, err := st.Home(t.Context(), "T1", "U1", "aipee", nil, now.In(zone), now, 5)
		if err != nil || home.All[store.Due] == 1 != at.due {
			t.Errorf("%s at %s: Home has %v, %v", at.utc, at.zone, home.All, err)
		}
	}
}

// What is earned is earned whichever journey the list is shown on, and a journey
// that is new to the team loses nobody.
func TestReadyOnEveryJourney(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) values
			(1, 'T1', 'aipee', 'x', 'exchange', 'active', '{}', now()), (1, 'T1', 'orbits', 'x', 'acquisition', 'active', '{}', now())`)
	gave(t, pool, 1, 1, 3, 0)
	for _, c := range []struct {
		f     store.Filter
		stage string
	}{
		{store.Filter{Kind: store.Ready}, "exchange"},
		{store.Filter{Kind: store.Ready, Journey: "orbits"}, "acquisition"},
		{store.Filter{Kind: store.Ready, Journey: "their_own"}, ""},
		{store.Filter{Kind: store.Everyone, Journey: "their_own"}, ""},
		{store.Filter{Kind: store.AtStage, Stage: "acquisition", Journey: "orbits"}, "acquisition"},
	} {
		c.f.Now, c.f.Limit = time.Now(), 5
		got, err := s.Mine(t.Context(), "T1", "U1", c.f)
		if err != nil || len(got) != 1 || got[0].Stage != c.stage || got[0].Status != "active" {
			t.Errorf("%+v: %+v %v", c.f, got, err)
		}
	}
}

// A name is warm as long as who gave it is known, and nobody has noted, given or asked anything.
func TestWarmUntilSomethingHappens(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) values ('T1', 2, 'U1')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) values (2, 'T1', 'aipee', 'x', 'attention', 'active', '{}', now())`,
		`update contacts set referred_by = 1 where id = 2`)
	for _, c := range []struct {
		name, sql string
		warm      bool
	}{
		{"made known", `select`, true},
		{"given something", `insert into shares (team_id, contact_id, content_id, title, person_id, stage, via) values ('T1', 2, 1, 'A', 'U1', '', 'button')`, false},
		{"which is taken back", `update shares set undone_at = now()`, true},
		{"asked", `insert into asks (team_id, contact_id, kind, person_id) values ('T1', 2, 'feedback', 'U1')`, false},
		{"which is taken back", `update asks set undone_at = now()`, true},
		{"who gave the name is gone", `update contacts set removed_at = now() where id = 1`, false},
	} {
		exec(t, pool, c.sql)
		got, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Warm, Now: time.Now(), Limit: 5})
		if err != nil || len(got) == 1 != c.warm || c.warm && got[0].Through != "C1" {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

// A number that no contact has yet is nobody's, however long it is.
func TestMineOfLongNumbers(t *testing.T) {
	t.Parallel()
	s, _ := shelfOf(t, 1)
	got, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Waiting, Contact: 1 << 40, Now: tallyNow, Limit: 5})
	if err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A list tells since when it is true of somebody, not when the last note about
// them was: it goes on while they wait. Both lists say the same.
func TestSinceWhen(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1'), ('T1', 2, 'U1')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) values
			(1, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now()), (2, 'T1', 'aipee', 'x', 'permission', 'quiet', '{}', now())`)
	said(t, pool, 1, 30, "in", "", "asked_for_more")
	said(t, pool, 1, 25, "out", "", "") // answered
	said(t, pool, 1, 20, "in", "", "asked_for_more")
	said(t, pool, 1, 10, "in", "", "subscribed")
	said(t, pool, 1, 2, "in", "", "noticed_us")
	said(t, pool, 2, 40, "in", "", "replied")
	said(t, pool, 2, 20, "both", "", "went_quiet")
	said(t, pool, 2, 5, "out", "", "reached_out")
	exec(t, pool, `update contacts set last_at = (select max(at) from interactions i where i.contact_id = contacts.id)`)
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", nil, tallyNow, tallyNow, 5)
	if err != nil || len(home.Lines) != 2 {
		t.Fatalf("%+v %v", home, err)
	}
	for kind, daysAgo := range map[string]int{store.Waiting: 20, store.Quiet: 40} {
		want := tallyNow.AddDate(0, 0, -daysAgo)
		listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: kind, Now: tallyNow, Limit: 5})
		if err != nil || len(listed) != 1 || !listed[0].Since.Equal(want) {
			t.Errorf("%s: %+v %v, want since %v", kind, listed, err, want)
		}
		for _, l := range home.Lines {
			if l.Kind == kind && !l.Since.Equal(want) {
				t.Errorf("%s on Home since %v, want %v", kind, l.Since, want)
			}
		}
	}
}

// Who has waited longest stands first, whatever step is to come of somebody else.
func TestWaitingOldestFirst(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 3)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from contacts`)
	said(t, pool, 1, 5, "in", "", "asked_for_more")
	said(t, pool, 2, 30, "in", "", "asked_for_more")
	said(t, pool, 3, 12, "in", "", "asked_for_more")
	exec(t, pool, fmt.Sprintf(`insert into steps (team_id, contact_id, person_id, whose, what, due) values ('T1', 1, 'U1', 'them', 'decides', '%s'), ('T1', 3, 'U1', 'us', 'call', '%s')`,
		tallyNow.AddDate(0, 0, 9).Format(time.DateOnly), tallyNow.AddDate(0, 0, 4).Format(time.DateOnly)))
	want := []int64{2, 3, 1}
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", nil, tallyNow, tallyNow, 5)
	var got []int64
	for _, l := range home.Lines {
		got = append(got, l.ID)
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Home lists %v, want %v: %v", got, want, err)
	}
}

// Nobody is ready to be asked while an ask rests, by the days of whoever asks: a
// question rests nobody, and what came back ends it.
func TestReadyLeavesAnAskItsTime(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) values (1, 'T1', 'aipee', 'x', 'engagement', 'active', '{}', now())`)
	exec(t, pool, `insert into shares (team_id, contact_id, title, person_id, stage, via, at) select 'T1', 1, 'x', 'U1', 'engagement', 'note', '2026-01-02' from generate_series(1, 4)`)
	zone := time.FixedZone("Berlin", 3600)
	now := tallyNow.In(zone)
	ask := func(kind string, at time.Time) {
		exec(t, pool, `delete from asks`, fmt.Sprintf(`insert into asks (team_id, contact_id, kind, person_id, at) values
			('T1', 1, '%s', 'U1', '%s'), ('T1', 1, 'question', 'U1', '%s')`, kind, at.Format(time.RFC3339), now.Format(time.RFC3339)))
	}
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
	for _, c := range []struct {
		name  string
		kind  string
		at    time.Time
		ready bool
	}{
		{"today", "referral", now, false},
		{"on the last day of its rest", "referral", midnight.AddDate(0, 0, 1-store.AskRest), false},
		{"a moment before that day", "referral", midnight.AddDate(0, 0, 1-store.AskRest).Add(-time.Second), true},
		{"an answer only", "question", now, true},
	} {
		ask(c.kind, c.at)
		listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Ready, Now: now, Limit: 5})
		if err != nil || len(listed) == 1 != c.ready {
			t.Errorf("%s: %+v %v", c.name, listed, err)
		}
		home, err := s.Home(t.Context(), "T1", "U1", "aipee", []string{"engagement"}, now, now, 5)
		if err != nil || home.All[store.Ready] == 1 != c.ready {
			t.Errorf("%s: Home has %v, %v", c.name, home.All, err)
		}
	}
	exec(t, pool, `insert into interactions (id, team_id, contact_id, author_id, at, channel, direction, note) values
			(9001, 'T1', 1, 'U1', '2026-01-03', 'phone', 'in', 'x'), (9002, 'T1', 1, 'U1', '2026-01-04', 'phone', 'in', 'y')`,
		`insert into signals (interaction_id, team_id, contact_id, signal, origin) values (9001, 'T1', 1, 'complained', 'person'), (9002, 'T1', 1, 'replied', 'person')`)
	ask("question", now)
	listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Ready, Now: now, Limit: 5})
	if err != nil || len(listed) != 0 {
		t.Errorf("who complained is ready to be asked: %+v %v", listed, err)
	}
	if home, err := s.Home(t.Context(), "T1", "U1", "aipee", []string{"engagement"}, now, now, 5); err != nil || home.All[store.Ready] != 0 {
		t.Errorf("who complained is ready on Home: %v %v", home.All, err)
	}
	exec(t, pool, `insert into signals (interaction_id, team_id, contact_id, signal, origin) values (9002, 'T1', 1, 'gave_feedback', 'person')`)
	ask("referral", now.AddDate(0, 0, -3))
	exec(t, pool, fmt.Sprintf(`insert into exchanges (team_id, contact_id, kind, person_id, at) values ('T1', 1, 'referral', 'U1', '%s')`, now.AddDate(0, 0, -1).Format(time.RFC3339)))
	if listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Ready, Now: now, Limit: 5}); err != nil || len(listed) != 1 {
		t.Errorf("what was asked for has come: %+v %v", listed, err)
	}
}
