package store_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cairn/store"
)

// What is due is on no list any more once something was noted of its day or after; one
// that is still to come stays, and so does one of which only something earlier was.
func TestALaterNoteSettlesWhatIsDue(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 4)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', n, 'U1' from generate_series(1, 4) n`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select n, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from generate_series(1, 4) n`)
	for contact := range 4 {
		said(t, pool, contact+1, 10, "out", "", "")
	}
	exec(t, pool, `insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due)
		select 'T1', contact_id, id, 'U1', 'them', 'will ask IT', case contact_id when 3 then '2026-12-31'::date when 4 then '2026-03-27' else '2026-03-22' end from interactions`)
	said(t, pool, 1, 5, "in", "", "")
	said(t, pool, 3, 5, "in", "", "")
	said(t, pool, 4, 5, "in", "", "") // on the 26th
	due, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Due, Now: tallyNow, Limit: 5})
	if err != nil || len(due) != 2 || due[0].ID+due[1].ID != 2+4 {
		t.Errorf("due: %+v %v", due, err)
	}
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", nil, tallyNow, tallyNow, 5)
	if err != nil || home.All[store.Due] != 2 {
		t.Errorf("Home: %+v %v", home, err)
	}
	all, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Everyone, Now: tallyNow, Limit: 5})
	if err != nil || len(all) != 4 {
		t.Fatalf("%+v %v", all, err)
	}
	for _, l := range all {
		if open := l.Step != ""; open != (l.ID != 1) {
			t.Errorf("contact %d tells the step %q", l.ID, l.Step)
		}
	}
}

// Who owes something that is due is not ready to be asked, and what is a month past its day is
// due no more.
func TestWhoOwesDoesNotAsk(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 4)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', n, person from generate_series(1, 4) n, unnest('{U1,U2}'::text[]) person`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select n, 'T1', 'aipee', 'x', 'engagement', 'active', '{}', now() from generate_series(1, 4) n`)
	for contact := range 4 {
		gave(t, pool, contact+1, 1, 50, said(t, pool, contact+1, 50, "both", "", ""))
	}
	exec(t, pool, `insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due)
		select 'T1', contact_id, id, 'U1', case contact_id when 3 then 'them' else 'us' end, 'send the plan',
			case contact_id when 1 then '2026-03-31'::date when 2 then '2026-04-01' when 3 then '2026-03-30' else '2026-03-01' end from interactions`)
	for kind, want := range map[string][]int64{store.Ready: {2, 3, 4}, store.Due: {1, 3}} {
		all, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: kind, Now: tallyNow, Limit: 9})
		var got []int64
		for _, l := range all {
			got = append(got, l.ID)
			if (l.Step == "") != (l.ID == 4) {
				t.Errorf("%s: contact %d tells the step %q", kind, l.ID, l.Step)
			}
		}
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v; %v", kind, got, want, err)
		}
	}
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", []string{"engagement"}, tallyNow, tallyNow, 5)
	if err != nil || home.All[store.Due] != 2 || home.All[store.Ready] != 2 {
		t.Errorf("Home: %v %v", home.All, err)
	}
	// nor does a digest count them, whichever of its reps owes it
	for reps, want := range map[string][]int64{"U1 U2": {2, 3, 4}, "U2": {1, 2, 3, 4}} {
		scope := store.Scope{Team: "T1", Journey: "aipee", Reps: strings.Fields(reps), From: tallyNow.AddDate(0, 0, -7), To: tallyNow}
		behind, err := s.BehindReady(t.Context(), scope, "", "aipee", []string{"engagement"})
		var got []int64
		for _, l := range behind {
			got = append(got, l.ContactID)
		}
		slices.Sort(got)
		var ready store.Tally
		weighed := s.Weigh(t.Context(), func(w store.Weighing) (err error) {
			ready, err = w.Ready(t.Context(), scope, "aipee", []string{"engagement"})
			return err
		})
		if err != nil || weighed != nil || !slices.Equal(got, want) || ready.N != len(want) {
			t.Errorf("a digest of %s: %d ready, %v, want %v; %v %v", reps, ready.N, got, want, err, weighed)
		}
	}
}

// A step that a note tells of as done is open again once that note is taken back, also
// where how and when were put right in between; not where its own note is gone.
func TestReopened(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	first, second := said(t, pool, 1, 10, "out", "", ""), said(t, pool, 1, 5, "in", "", "")
	exec(t, pool, fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, done_at, settled_by) values
		('T1', 1, %d, 'U1', 'them', 'will ask IT', now(), %d)`, first, second))
	open := func() (n int) {
		t.Helper()
		if err := pool.QueryRow(t.Context(), `select count(*) from steps where done_at is null`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if now, err := s.Restate(t.Context(), "T1", "U1", second, store.Circumstance{At: tallyNow, Channel: "phone"}, tallyNow, noFold); err != nil || open() != 0 {
		t.Fatalf("%v, %d open", err, open())
	} else {
		second = now
	}
	if _, err := s.Undo(t.Context(), "T1", "U1", second, tallyNow, noFold); err != nil || open() != 1 {
		t.Errorf("taken back: %v, %d open", err, open())
	}
	third := said(t, pool, 1, 1, "in", "", "")
	exec(t, pool, fmt.Sprintf(`update steps set done_at = now(), settled_by = %d`, third))
	for _, n := range []int64{first, third} {
		if _, err := s.Undo(t.Context(), "T1", "U1", n, tallyNow, noFold); err != nil || open() != 0 {
			t.Errorf("its own note is gone: %v, %d open", err, open())
		}
	}
}

// Those who were known before names went without titles are found without them too.
func TestBareNamesOfThoseWhoStand(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 5)
	for id, key := range map[int]string{1: "dr med anna berg", 2: "frau martina weber", 3: "dipl ing kai lang", 4: "dana ruiz", 5: "prof dr rer nat ida lind"} {
		if _, err := pool.Exec(t.Context(), `update contacts set name = $2, name_key = $2 where id = $1`, id, key); err != nil {
			t.Fatal(err)
		}
	}
	sql, err := os.ReadFile("migrations/00016_bare_names.sql")
	if err != nil {
		t.Fatal(err)
	}
	up, _, _ := strings.Cut(string(sql), "-- +goose Down")
	exec(t, pool, up)
	for key, want := range map[string]int64{"anna berg": 1, "anna": 1, "martina weber": 2, "kai lang": 3, "dana ruiz": 4, "ida lind": 5} {
		m, err := s.FindContact(t.Context(), "T1", "U1", store.Who{Name: key, NameKey: key, Exactly: true})
		if err != nil || m.ID != want && (len(m.Ask) != 1 || m.Ask[0].ID != want) {
			t.Errorf("%s: %+v %v, want %d", key, m, err, want)
		}
	}
}
