package store_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"cairn/store"
)

func TestRemindOnceOverReplicas(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	day := time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC)
	told := make(chan bool, 16)
	for range cap(told) {
		go func() {
			p := store.Posting{TeamID: "T1", Kind: store.KindDM, Channel: "U1", Key: "remind:U1:2026-03-11", Payload: json.RawMessage(`{}`)}
			fresh, err := s.Remind(t.Context(), store.Reminder{TeamID: "T1", PersonID: "U1", Day: day, Lines: json.RawMessage(`[{"contact":1}]`)}, &p)
			if err != nil {
				t.Error(err)
			}
			told <- fresh
		}()
	}
	n := 0
	for range cap(told) {
		if <-told {
			n++
		}
	}
	var posted int
	if err := pool.QueryRow(t.Context(), `select count(*) from outbox`).Scan(&posted); err != nil {
		t.Fatal(err)
	}
	if n != 1 || posted != 1 {
		t.Errorf("decided %d times, posted %d", n, posted)
	}
	// a message that cannot be queued leaves the day undecided
	bad := store.Posting{TeamID: "T1", Kind: "pigeon", Channel: "U1", Key: "k", Payload: json.RawMessage(`{}`)}
	next := store.Reminder{TeamID: "T1", PersonID: "U1", Day: day.AddDate(0, 0, 1), Lines: json.RawMessage(`[]`)}
	if fresh, err := s.Remind(t.Context(), next, &bad); err == nil || fresh {
		t.Errorf("a pigeon was taken: %v, %v", fresh, err)
	}
	all, err := s.Reminders(t.Context(), "T1", "U1", day)
	if err != nil || len(all) != 1 || !all[0].Day.Equal(day) {
		t.Errorf("reminders = %+v, %v", all, err)
	}
}

func TestStepsDue(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 5)
	day := time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC) // a Friday
	step := func(contact int, note int64, person, whose, due string) {
		exec(t, pool, fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due)
			values ('T1', %d, %d, '%s', '%s', '%s %d', '%s')`, contact, note, person, whose, whose, contact, due))
	}
	for c := range 5 {
		exec(t, pool, fmt.Sprintf(`insert into places (contact_id, team_id, journey, model, stage, status, state, since)
			values (%d, 'T1', 'aipee', 'v', 'permission', 'active', '{}', now())`, c+1))
	}
	note := func(c int) int64 { return said(t, pool, c, 30, "both", "", "") }
	step(1, note(1), "U1", "them", "2026-03-13") // theirs, today: not yet over
	step(1, note(1), "U1", "us", "2026-03-15")   // ours, on Sunday: told of on Friday
	n := note(2)
	step(2, n, "U1", "them", "2026-03-12")
	step(2, n, "U2", "them", "2026-03-12") // in a colleague's words
	step(3, note(3), "U1", "them", "2026-03-12")
	said(t, pool, 3, 18, "both", "", "") // any later note on the day or after settles it
	n = note(5)
	step(5, n, "U1", "them", "2026-03-12")
	said(t, pool, 5, 20, "both", "", "")       // one from the day before does not
	step(4, note(4), "U1", "us", "2026-01-12") // long ago
	check := func(want string) {
		t.Helper()
		got, err := s.StepsDue(t.Context(), "T1", "U1", 0, day, day.AddDate(0, 0, 2), day)
		if err != nil {
			t.Fatal(err)
		}
		list := ""
		for _, d := range got {
			list += d.What + ";"
		}
		if list != want {
			t.Errorf("due: %s, want %s", list, want)
		}
	}
	check("them 2;them 5;us 1;")
	exec(t, pool, `update steps set due = '2026-03-13' where contact_id = 2`)
	check("them 5;us 1;")
	exec(t, pool, `update places set status = 'left' where contact_id = 2`) // the day that their no named is told of itself
	check("them 5;them 2;us 1;")
	exec(t, pool, `update places set do_not_contact = true where contact_id = 2`)
	check("them 5;us 1;")
	if got, err := s.StepsDue(t.Context(), "T1", "U1", 1<<40, day, day, day); err != nil || len(got) != 0 {
		t.Errorf("of a contact with a long number: %+v, %v", got, err)
	}
}
