package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/store"
)

// However many steps have piled up, the newest are read, and before them those that are
// still to come; they stand in the order of their days.
func TestTheNewestStepsAreRead(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	own := said(t, pool, 1, 300, "out", "", "")
	exec(t, pool, fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values
		('T1', 1, %[1]d, 'U1', 'us', 'come back', '2027-01-15')`, own),
		fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due)
		select 'T1', 1, %d, 'U1', 'us', 'old ' || n, '2025-06-01'::date + n from generate_series(1, 25) n`, own),
		fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values
		('T1', 1, %[1]d, 'U1', 'us', 'undated', null), ('T1', 1, %[1]d, 'U1', 'us', 'the new promise', '2026-04-03')`, own),
		fmt.Sprintf(`update contacts set last_at = '%s'`, tallyNow.Format(time.RFC3339)))
	past, err := s.Past(t.Context(), "T1", 1)
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, p := range past.Ledger.Steps {
		what = append(what, p.What)
	}
	want := []string{"old 25", "the new promise", "come back", "undated"}
	if len(what) != 20 || !slices.Equal(what[16:], want) || what[0] != "old 9" {
		t.Errorf("%d: %q", len(what), what)
	}
}

// A step and what it gave are done together: where the gift cannot be written, the step
// is open still. What is not found is the step.
func TestDoneWithItsGift(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	own := said(t, pool, 1, 5, "out", "", "")
	var id int64
	if err := pool.QueryRow(t.Context(), `insert into steps (team_id, contact_id, interaction_id, person_id, whose, what) values ('T1', 1, $1, 'U1', 'us', 'send A') returning id`, own).Scan(&id); err != nil {
		t.Fatal(err)
	}
	gift := store.Share{ContentID: 99, Title: "A", PersonID: "U1", Stage: "permission", Via: "button", At: tallyNow}
	if _, err := s.DoneStep(t.Context(), "T1", "U1", id, tallyNow, &gift); err == nil || errors.Is(err, store.ErrNotFound) {
		t.Fatalf("an item that is not there: %v", err)
	}
	if step, contact, err := s.OpenStep(t.Context(), "T1", "U1", id); err != nil || contact != 1 || step.What != "send A" {
		t.Fatalf("the step is not open any more: %+v %v", step, err)
	}
	if _, _, err := s.OpenStep(t.Context(), "T1", "U2", id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a colleague's: %v", err)
	}
	gift.ContentID = 1
	if fresh, err := s.DoneStep(t.Context(), "T1", "U1", id, tallyNow, &gift); err != nil || !fresh {
		t.Fatal(fresh, err)
	}
	if l, err := s.Ledger(t.Context(), "T1", 1); err != nil || l.Given != 1 || len(l.Steps) != 0 {
		t.Errorf("%+v %v", l, err)
	}
	if fresh, err := s.DoneStep(t.Context(), "T1", "U1", id, tallyNow, &gift); !errors.Is(err, store.ErrNotFound) || fresh {
		t.Errorf("done twice: %v %v", fresh, err)
	}
	if _, _, err := s.OpenStep(t.Context(), "T1", "U1", id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("open still: %v", err)
	}
}

// Who is ready to be asked is so now, and one contact of two reps is one.
func TestReadyIsNow(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1'), ('T1', 1, 'U2')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) values (1, 'T1', 'aipee', 'x', 'engagement', 'active', '{}', now())`)
	gave(t, pool, 1, 1, 0, 0)
	scope := store.Scope{Team: "T1", Journey: "aipee", Reps: []string{"U1", "U2"}, From: tallyNow.AddDate(0, 0, -14), To: tallyNow.AddDate(0, 0, -7)}
	ready := func() (n store.Tally) {
		t.Helper()
		err := s.Weigh(t.Context(), func(w store.Weighing) (err error) {
			n, err = w.Ready(t.Context(), scope, "aipee", []string{"engagement"})
			return err
		})
		behind, behindErr := s.BehindReady(t.Context(), scope, "", "aipee", []string{"engagement"})
		if err != nil || behindErr != nil || len(behind) != n.N {
			t.Fatalf("%+v, and behind it %+v: %v %v", n, behind, err, behindErr)
		}
		return n
	}
	if n := ready(); n.N != 1 || n.Reps != 2 {
		t.Errorf("given after the week: %+v", n)
	}
	exec(t, pool, fmt.Sprintf(`insert into asks (team_id, contact_id, kind, person_id, at) values ('T1', 1, 'question', 'U1', '%s')`, tallyNow.Format(time.RFC3339)))
	if n := ready(); n.N != 0 || n.Reps != 0 {
		t.Errorf("asked after the week: %+v", n)
	}
}

// A ledger tells of each step whether it promises to give something, as the lists take it: of
// what the version before wrote it is not known, and it does not.
func TestALedgerTellsWhatPromisesToGive(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	own := said(t, pool, 1, 5, "out", "", "")
	for what, gives := range map[string]string{"send A": "true", "call": "false", "send B": "null"} {
		exec(t, pool, fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, gives) values ('T1', 1, %d, 'U1', 'us', '%s', %s)`, own, what, gives))
	}
	l, err := s.Ledger(t.Context(), "T1", 1)
	if err != nil || len(l.Steps) != 3 {
		t.Fatalf("%+v %v", l.Steps, err)
	}
	for _, p := range l.Steps {
		if p.Gives != (p.What == "send A") {
			t.Errorf("%q gives: %v", p.What, p.Gives)
		}
	}
}
