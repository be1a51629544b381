package store_test

import (
	"os"
	"strings"
	"testing"

	"cairn/store"
)

// What is due is on no list any more once something was noted after it; a day that is
// still to come stays.
func TestALaterNoteSettlesWhatIsDue(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 3)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', n, 'U1' from generate_series(1, 3) n`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select n, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from generate_series(1, 3) n`)
	for contact := range 3 {
		said(t, pool, contact+1, 10, "out", "", "")
	}
	exec(t, pool, `insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due)
		select 'T1', contact_id, id, 'U1', 'them', 'will ask IT', case when contact_id = 3 then '2026-12-31'::date else '2026-01-02' end from interactions`)
	said(t, pool, 1, 5, "in", "", "")
	said(t, pool, 3, 5, "in", "", "")
	due, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Due, Now: tallyNow, Limit: 5})
	if err != nil || len(due) != 1 || due[0].ID != 2 {
		t.Errorf("due: %+v %v", due, err)
	}
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", nil, tallyNow, tallyNow, 5)
	if err != nil || home.All[store.Due] != 1 {
		t.Errorf("Home: %+v %v", home, err)
	}
	all, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Everyone, Now: tallyNow, Limit: 5})
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v %v", all, err)
	}
	for _, l := range all {
		if open := l.Step != ""; open != (l.ID != 1) {
			t.Errorf("contact %d tells the step %q", l.ID, l.Step)
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
