package store_test

import (
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
