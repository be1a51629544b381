package coach_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/coach"
	"cairn/bot/suggest"
	"cairn/store"
	"cairn/store/storetest"
)

// What the store's lists say in SQL and the coach says in Go has to be the same.

// noted writes a note about a contact, and a signal that holds for it if one is named.
func noted(t *testing.T, pool *pgxpool.Pool, contact int, at time.Time, signal string) (id int64) {
	t.Helper()
	err := pool.QueryRow(t.Context(), `insert into interactions (team_id, contact_id, author_id, at, logged_at, channel, direction, note)
		values ('T1', $1, 'U1', $2, $2, 'email', 'in', 'she liked the article') returning id`, contact, at).Scan(&id)
	if err == nil && signal != "" {
		_, err = pool.Exec(t.Context(), `insert into signals (interaction_id, team_id, contact_id, signal, origin) values ($1, 'T1', $2, $3, 'person')`, id, contact, signal)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// placed are contacts 1 to n at engagement, all U1's.
func placed(t *testing.T, n int) (*store.Store, *pgxpool.Pool) {
	t.Helper()
	pool := storetest.DB(t)
	for _, sql := range []string{`insert into teams (id) values ('T1')`,
		fmt.Sprintf(`insert into contacts (team_id, name, name_key, created_by) select 'T1', 'C' || i, 'c' || i, 'U1' from generate_series(1, %d) i`, n),
		`insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'engagement', 'active', '{}', now() from contacts`} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	return store.New(pool, nil), pool
}

// A step is open on the lists as long as it is on the card, also over a weekend.
func TestListsAndCardOpenTheSameSteps(t *testing.T) {
	t.Parallel()
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) } // the 6th is a Friday
	utc, auckland := time.UTC, time.FixedZone("Auckland", 13*3600)
	cases := []struct {
		name       string
		whose      string
		due        int
		said, seen time.Time // the later note, and the moment of looking
		zone       *time.Location
		open       bool
	}{
		{"ours for Sunday, a note and a look on Friday", "us", 8, at(6, 10), at(6, 12), utc, false},
		{"ours for Sunday, a note on Friday, a look on Saturday", "us", 8, at(6, 10), at(7, 12), utc, false},
		{"ours for Saturday, a note and a look on Friday", "us", 7, at(6, 10), at(6, 12), utc, false},
		{"ours for Sunday, a note on Saturday, a look on Saturday", "us", 8, at(7, 10), at(7, 12), utc, false},
		{"ours for Sunday, a note on Thursday, a look on Friday", "us", 8, at(5, 10), at(6, 12), utc, true},
		{"ours for Sunday, a note on Thursday, a look on Monday", "us", 8, at(5, 10), at(9, 12), utc, true},
		{"theirs for Sunday, a note on Friday, a look on Saturday", "them", 8, at(6, 10), at(7, 12), utc, true},
		{"theirs for Sunday, a note on Sunday, a look on Monday", "them", 8, at(8, 10), at(9, 12), utc, false},
		{"ours for Friday, a note on Thursday", "us", 6, at(5, 10), at(6, 12), utc, true},
		{"ours for Friday, a note on Friday", "us", 6, at(6, 10), at(6, 12), utc, false},
		{"ours for Monday, a note on Sunday", "us", 9, at(8, 10), at(8, 12), utc, true},
		{"ours for Sunday, a note when it is Thursday still", "us", 8, at(5, 12), at(5, 13), utc, true},
		{"ours for Sunday, a note when it is Friday there", "us", 8, at(5, 12), at(5, 13), auckland, false},
	}
	s, pool := placed(t, len(cases))
	c, _ := shipped(t)
	for i, k := range cases {
		own := noted(t, pool, i+1, at(2, 10), "")
		noted(t, pool, i+1, k.said, "")
		if _, err := pool.Exec(t.Context(), `insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due)
			values ('T1', $1, $2, 'U1', $3, 'send the hosting facts', $4)`, i+1, own, k.whose, at(k.due, 0)); err != nil {
			t.Fatal(err)
		}
		past, err := s.Past(t.Context(), "T1", int64(i+1))
		if err != nil || len(past.Ledger.Steps) != 1 {
			t.Fatalf("%+v %v", past.Ledger.Steps, err)
		}
		if got := c.Open(store.Contact{Name: fmt.Sprint("C", i+1)}, past.Ledger.Steps, past.Recent, k.seen.In(k.zone)); len(got) == 1 != k.open {
			t.Errorf("%s: the card has %+v", k.name, got)
		}
		all, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Everyone, Now: k.seen.In(k.zone), Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range all {
			if l.ID == int64(i+1) && (l.Step != "") != k.open {
				t.Errorf("%s: the list has %q", k.name, l.Step)
			}
		}
	}
}

// Who is to be left alone without a day is so on the lists as long as nothing is suggested.
func TestListsAndCoachLeaveAloneForAsLong(t *testing.T) {
	if store.LetBeFor*24*time.Hour != suggest.LetBe {
		t.Errorf("the lists leave out for %d days, and nothing is suggested for %v", store.LetBeFor, suggest.LetBe)
	}
}

// A complaint is open on the lists as far back as it is for what is suggested: of
// thirteen notes the first is read no more.
func TestListsAndCoachForgetTheSameComplaint(t *testing.T) {
	t.Parallel()
	if store.RecentNotes != suggest.MaxNotes {
		t.Errorf("%d notes are read, and %d weighed", store.RecentNotes, suggest.MaxNotes)
	}
	s, pool := placed(t, 4)
	now := time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)
	for contact, k := range []struct {
		notes, complaint, calm int // which of the notes, from the oldest
		open                   bool
	}{{13, 1, 0, false}, {13, 2, 0, true}, {13, 2, 5, false}, {12, 1, 0, true}} {
		for n := 1; n <= k.notes; n++ {
			signal := map[int]string{k.complaint: "complained", k.calm: "gave_feedback"}[n]
			noted(t, pool, contact+1, now.AddDate(0, 0, n-60), signal)
		}
		if _, err := pool.Exec(t.Context(), `insert into shares (team_id, contact_id, title, person_id, stage, via, at) values ('T1', $1, 'x', 'U1', 'engagement', 'note', $2)`, contact+1, now); err != nil {
			t.Fatal(err)
		}
		past, err := s.Past(t.Context(), "T1", int64(contact+1))
		if err != nil || coach.Complains(past.Recent) != k.open {
			t.Errorf("%+v: the coach says otherwise, of %d notes (%v)", k, len(past.Recent), err)
		}
		ready, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Ready, Now: now, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		listed := false
		for _, l := range ready {
			listed = listed || l.ID == int64(contact+1)
		}
		if listed == k.open {
			t.Errorf("%+v: on the list of those to be asked: %v", k, listed)
		}
	}
}
