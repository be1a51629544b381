package store_test

import (
	"errors"
	"testing"
	"time"

	"cairn/store"
)

// What a person recorded last is found over all kinds, and only what is theirs
// is taken back.
func TestTakeBack(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	ctx, now := t.Context(), tallyNow.AddDate(20, 0, 0) // after the note, which is logged by the database
	const item = 1
	said(t, pool, 1, 2, "both", "", "")
	if _, err := s.AddShare(ctx, "T1", 2, store.Share{ContentID: item, Title: "Checklist", PersonID: "U1", Via: "command", At: now}); err != nil {
		t.Fatal(err)
	}
	asked := store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: "E1", Kind: "submission", Key: "1"}
	for n, envelope := range []string{"E1", "E1", "E2"} { // the same again, and once more in another envelope
		asked.EnvelopeID = envelope
		if again, err := s.AddAsk(ctx, asked, 1, store.Ask{Kind: "referral", PersonID: "U1", At: now.Add(time.Second)}); err != nil || again != (n > 0) {
			t.Fatalf("delivery %d: again %v, %v", n+1, again, err)
		}
	}
	if _, err := s.LastAct(ctx, "T1", "U2"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another's last act: %v", err)
	}
	for _, want := range []store.Act{{Kind: "ask", ContactID: 1, What: "referral"}, {Kind: "share", ContactID: 2, What: "Checklist"}} {
		a, err := s.LastAct(ctx, "T1", "U1")
		if err != nil || a.Kind != want.Kind || a.ContactID != want.ContactID || a.What != want.What {
			t.Fatalf("last act %+v, %v, want %+v", a, err, want)
		}
		if _, err := s.TakeBack(ctx, "T1", "U2", a, now); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("another took %s back: %v", a.Kind, err)
		}
		if gone, err := s.TakeBack(ctx, "T1", "U1", a, now); err != nil || gone {
			t.Fatal(gone, err)
		}
		if _, err := s.TakeBack(ctx, "T1", "U1", a, now); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s taken back twice: %v", a.Kind, err)
		}
	}
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "note" {
		t.Errorf("last act %+v, %v, want the note", a, err)
	}
	l, err := s.Ledger(ctx, "T1", 2)
	if err != nil || l.Given != 0 {
		t.Errorf("given %d, %v", l.Given, err)
	}
	if _, _, err := s.Ungive(ctx, "T1", "U1", 2, item, now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("ungiven what does not stand: %v", err)
	}
}
