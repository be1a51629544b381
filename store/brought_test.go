package store_test

import (
	"errors"
	"testing"

	"cairn/store"
)

// Whom a referral brought is said once however often it is pressed, by the author
// of the note alone, and taken back whole.
func TestBring(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	ctx, now := t.Context(), tallyNow
	note := said(t, pool, 1, 2, "in", "", "referral")
	exec(t, pool, `update contacts set created_at = '2020-01-01'`, `insert into exchanges (team_id, contact_id, kind, person_id, interaction_id, at) select team_id, contact_id, 'referral', author_id, id, at from interactions`,
		`insert into teams (id) values ('T2')`, `insert into contacts (team_id, name, name_key, created_by) values ('T2', 'Theirs', 'theirs', 'U1')`)
	leon := store.Brought{Who: store.Who{Name: "Leon Krug", NameKey: "leon krug", Company: "Beta", CompanyKey: "beta"}}

	if _, err := s.Bring(ctx, "T1", "U2", note, leon, "Leon Krug", now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another said whom it brought: %v", err)
	}
	for of, id := range map[string]int64{"the contact themselves": 1, "another team's": 3} {
		if _, err := s.Bring(ctx, "T1", "U1", note, store.Brought{ContactID: id}, "x", now); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s was brought: %v", of, err)
		}
	}
	var id int64
	for range 2 {
		c, err := s.Bring(ctx, "T1", "U1", note, leon, "Leon Krug, Beta", now)
		if err != nil || c.Full() != "Leon Krug, Beta" || id != 0 && c.ID != id {
			t.Fatalf("brought %+v, %v", c, err)
		}
		id = c.ID
	}
	if _, err := s.Bring(ctx, "T1", "U1", note, store.Brought{ContactID: 2}, "C2", now); err != nil {
		t.Fatal(err)
	}
	l, err := s.Ledger(ctx, "T1", 1)
	if err != nil || len(l.Exchanges) != 2 {
		t.Fatalf("two people are two referrals: %+v, %v", l.Exchanges, err)
	}
	all, err := s.BroughtBy(ctx, "T1", note)
	if err != nil || len(all) != 2 || all[0].ID != id || all[1].ID != 2 {
		t.Fatalf("brought by the note: %+v, %v", all, err)
	}
	if name, err := s.Referrer(ctx, "T1", id); err != nil || name != "C1" {
		t.Errorf("known through %q, %v", name, err)
	}

	if _, _, err := s.Unbring(ctx, "T1", "U2", note, id, now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another took it back: %v", err)
	}
	if _, gone, err := s.Unbring(ctx, "T1", "U1", note, 2, now); err != nil || gone {
		t.Errorf("C2, who was known before, gone: %v, %v", gone, err)
	}
	if _, gone, err := s.Unbring(ctx, "T1", "U1", note, id, now); err != nil || !gone {
		t.Errorf("Leon, of whom nothing else is known, gone: %v, %v", gone, err)
	}
	again, err := s.Bring(ctx, "T1", "U1", note, leon, "Leon Krug, Beta", now)
	if err != nil || again.ID == id {
		t.Fatalf("brought again: %+v, %v", again, err)
	}
	id = again.ID
	said(t, pool, int(id), 1, "in", "", "")
	exec(t, pool, `update contacts set notes = 1 where name = 'Leon Krug' and removed_at is null`)
	if _, gone, err := s.Unbring(ctx, "T1", "U1", note, id, now); err != nil || gone {
		t.Errorf("Leon, of whom there is a note, gone: %v, %v", gone, err)
	}
	if _, _, err := s.Unbring(ctx, "T1", "U1", note, id, now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
	if l, err = s.Ledger(ctx, "T1", 1); err != nil || len(l.Exchanges) != 1 || l.Exchanges[0].NewContactID != 0 || l.Exchanges[0].Detail != "" {
		t.Errorf("the referral itself stands, once: %+v, %v", l.Exchanges, err)
	}
}

// A line that names several is found again with those for whom it stands, by its
// author alone.
func TestSameLine(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 4)
	ctx := t.Context()
	var notes []int64
	for contact := 1; contact <= 4; contact++ {
		notes = append(notes, said(t, pool, contact, 2, "in", "", ""))
	}
	exec(t, pool, `update interactions set logged_at = now()`, `update interactions set note = 'another' where contact_id = 3`, `update interactions set author_id = 'U2' where contact_id = 4`,
		`insert into inbox (team_id, person_id, envelope_id, kind, key, payload, outcome, interaction_id) select 'T1', 'U1', 'e', 'command', 'k', 'x', 'recorded', min(id) from interactions`)
	same, err := s.SameLine(ctx, "T1", "U1", notes[0])
	if err != nil || len(same) != 1 || same[0].ID != 2 {
		t.Errorf("the same line stands for %+v, %v, want C2", same, err)
	}
	if same, err = s.SameLine(ctx, "T1", "U2", notes[0]); err != nil || len(same) != 0 {
		t.Errorf("another is told of %+v, %v", same, err)
	}
	if in, err := s.DeliveryOf(ctx, "T1", "U1", notes[0]); err != nil || string(in.Payload) != "x" {
		t.Errorf("its delivery: %+v, %v", in, err)
	}
	for person, note := range map[string]int64{"U2": notes[0], "U1": notes[1]} {
		if _, err := s.DeliveryOf(ctx, "T1", person, note); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("delivery of %d for %s: %v", note, person, err)
		}
	}
}

// A line that comes to nothing takes the number of whom it made back with it: the
// next try makes them, and does not point to a row that never stood.
func TestBroughtIsMadeByTheTryThatStands(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	dec := store.Decision{Reading: []byte("{}"), Brought: &store.Brought{Who: store.Who{Name: "Leon Krug", NameKey: "leon krug"}},
		Exchanges: []store.Exchange{{Kind: "no such kind", PersonID: "U1", At: tallyNow}}}
	log := func(key string) error {
		_, err := s.LogInteraction(t.Context(), store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: key, Kind: "command", Key: key, Payload: []byte("{}")},
			ContactID: 1, At: tallyNow, LoggedAt: tallyNow, Channel: "phone", Direction: "both", Note: "named Leon", Source: "command"}, func(store.Known) (store.Decision, error) { return dec, nil })
		return err
	}
	if log("first") == nil {
		t.Fatal("an exchange of no kind was taken: the test tries nothing")
	}
	dec.Exchanges[0].Kind = "referral"
	if err := log("second"); err != nil {
		t.Fatal(err)
	}
	var named string
	if err := pool.QueryRow(t.Context(), `select c.name from exchanges e join contacts c on c.id = e.new_contact_id`).Scan(&named); err != nil || named != "Leon Krug" {
		t.Errorf("the referral brought %q, %v", named, err)
	}
}

// Who comes after somebody is known through them and is no exchange; with the note,
// or with a click, they go again.
func TestBringWhoComesAfter(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	ctx, now := t.Context(), tallyNow
	note := said(t, pool, 1, 2, "in", "", "")
	exec(t, pool, `update contacts set created_at = '2020-01-01'`)
	declan := store.Brought{After: true, Who: store.Who{Name: "Declan Byrne", NameKey: "declan byrne", Company: "Walsh", CompanyKey: "walsh"}}
	var id int64
	for range 2 {
		c, err := s.Bring(ctx, "T1", "U1", note, declan, "Declan Byrne, Walsh", now)
		if err != nil || id != 0 && c.ID != id {
			t.Fatalf("brought %+v, %v", c, err)
		}
		id = c.ID
	}
	if all, err := s.BroughtBy(ctx, "T1", note); err != nil || len(all) != 1 || all[0].ID != id {
		t.Errorf("named by the note: %+v, %v", all, err)
	}
	if l, err := s.Ledger(ctx, "T1", 1); err != nil || len(l.Exchanges) != 0 {
		t.Errorf("an exchange: %+v, %v", l.Exchanges, err)
	}
	if name, err := s.Referrer(ctx, "T1", id); err != nil || name != "C1" {
		t.Errorf("known through %q, %v", name, err)
	}
	if _, gone, err := s.Unbring(ctx, "T1", "U1", note, id, now); err != nil || !gone {
		t.Errorf("gone: %v, %v", gone, err)
	}
	if _, _, err := s.Unbring(ctx, "T1", "U1", note, id, now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
	// one who was known before stays, and is known through nobody once the note is gone
	if _, err := s.Bring(ctx, "T1", "U1", note, store.Brought{After: true, ContactID: 2}, "C2", now); err != nil {
		t.Fatal(err)
	}
	if name, err := s.Referrer(ctx, "T1", 2); err != nil || name != "C1" {
		t.Errorf("known through %q, %v", name, err)
	}
	if _, err := s.Undo(ctx, "T1", "U1", note, now, noFold); err != nil {
		t.Fatal(err)
	}
	if name, err := s.Referrer(ctx, "T1", 2); err != nil || name != "" {
		t.Errorf("after Undo known through %q, %v", name, err)
	}
}
