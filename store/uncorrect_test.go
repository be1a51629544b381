package store_test

import (
	"encoding/json"
	"errors"
	"testing"

	"cairn/store"
)

// A correction is taken back by whom it is, once, and never one that kept nothing of what
// it put right; the word of a model may then stand again.
func TestUncorrect(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	ctx := t.Context()
	note := said(t, pool, 1, 2, "in", "", "replied")
	exec(t, pool, `update signals set origin = 'built-in'`)
	same := func(store.Contact, []store.Noted) ([]store.Place, []store.Move, json.RawMessage, error) {
		return nil, nil, json.RawMessage(`{}`), nil
	}
	none := func([]store.Signal) []string { return nil }
	correct := store.Reread{TeamID: "T1", InteractionID: note, Origin: "person", By: "U1", Reason: "because", Signals: []store.Signal{{Signal: "asked_for_more", Origin: "person", Confidence: 1}}, Now: tallyNow.AddDate(20, 0, 0)}
	holds := func(want string) {
		t.Helper()
		var got string
		if err := pool.QueryRow(ctx, `select coalesce(string_agg(signal, ' '), '') from signals where interaction_id = $1 and holds`, note).Scan(&got); err != nil || got != want {
			t.Errorf("%q holds, %v, want %q", got, err, want)
		}
	}
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, none, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of a note that was never corrected: %v", err)
	}
	if _, err := s.Correct(ctx, correct, same); err != nil {
		t.Fatal(err)
	}
	holds("asked_for_more")
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "correction" || a.ID != note || a.ContactID != 1 {
		t.Errorf("last act %+v, %v, want the correction", a, err)
	}
	if _, err := s.Uncorrect(ctx, "T1", "U2", note, none, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	holds("asked_for_more")
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, none, same); err != nil {
		t.Fatal(err)
	}
	holds("replied")
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "note" {
		t.Errorf("last act %+v, %v, want the note", a, err)
	}
	model := correct
	model.Origin, model.By, model.Signals = "model", "", []store.Signal{{Signal: "subscribed", Origin: "model", Confidence: 1}}
	if c, err := s.Correct(ctx, model, same); err != nil || c.Stood {
		t.Errorf("a model's word: stood %v, %v", c.Stood, err)
	}
	holds("subscribed")
	exec(t, pool, `insert into audit (team_id, person_id, action, subject) select 'T1', 'U1', 'correct', max(id)::text from interactions`) // of an earlier release
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "note" {
		t.Errorf("last act %+v, %v, want the note", a, err)
	}
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, none, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that kept nothing: %v", err)
	}
}
