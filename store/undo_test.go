package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

func noFold(store.Contact, []store.Noted) ([]store.Place, []store.Move, json.RawMessage, error) {
	return nil, nil, json.RawMessage("{}"), nil
}

// logsAs records a person's line about a whole name, with what it comes to.
func logsAs(t *testing.T, st *store.Store, person, name string, at time.Time, decision store.Decision) store.Outcome {
	t.Helper()
	n := fmt.Sprint(deliveries.Add(1))
	d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: person, EnvelopeID: n, Kind: "command", Key: n, Payload: []byte("{}")},
		Who: store.Who{Name: name, NameKey: name, Company: "acme", CompanyKey: "acme"},
		At:  at, LoggedAt: at, Channel: "phone", Direction: "both", Note: "note " + n, Source: "command"}
	decision.Reading = json.RawMessage("{}")
	out, err := st.LogInteraction(t.Context(), d, func(store.Known) (store.Decision, error) { return decision, nil })
	if err != nil || out.Recorded == 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	return out
}

func undo(t *testing.T, st *store.Store, person string, out store.Outcome) store.Undone {
	t.Helper()
	u, err := st.Undo(t.Context(), "T1", person, out.Recorded, tallyNow.Add(time.Hour), noFold)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// An undo that meets somebody at work on the same note waits its turn: both lock
// the contact first, and neither waits for the other with half of it in hand.
func TestUndoWaitsForASecondLook(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	out := logsAs(t, st, "U1", "dana ruiz", tallyNow, store.Decision{})
	look, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer look.Rollback(context.WithoutCancel(t.Context()))
	if _, err := look.Exec(t.Context(), `select from contacts where id = $1 for update`, out.Known.Contact.ID); err != nil {
		t.Fatal(err)
	}
	undone := make(chan error, 1)
	go func() {
		_, err := st.Undo(t.Context(), "T1", "U1", out.Recorded, tallyNow, noFold)
		undone <- err
	}()
	for waits := false; !waits; {
		if err := pool.QueryRow(t.Context(), `select exists (select from pg_locks l join pg_database d on d.oid = l.database or l.database is null
			where not granted and d.datname = current_database())`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := look.Exec(t.Context(), `insert into signals (interaction_id, team_id, contact_id, signal, origin) values ($1, 'T1', $2, 'replied', 'model')`,
		out.Recorded, out.Known.Contact.ID); err != nil {
		t.Errorf("the second look: %v", err)
	}
	if err := look.Commit(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-undone; err != nil {
		t.Errorf("the undo: %v", err)
	}
}

// Who wrote about the wrong contact looks after them no longer once that is taken
// back; who has another note there, gave something, or came by a file, still does.
func TestUndoLeavesNoOwnerBehind(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	dana := logsAs(t, st, "U1", "dana ruiz", tallyNow, store.Decision{}).Known.Contact.ID
	owners := func() []string {
		t.Helper()
		c, err := st.Contact(t.Context(), "T1", dana)
		if err != nil {
			t.Fatal(err)
		}
		return c.Owners
	}
	wrong := logsAs(t, st, "U2", "dana ruiz", tallyNow.Add(time.Minute), store.Decision{})
	twice := logsAs(t, st, "U2", "dana ruiz", tallyNow.Add(2*time.Minute), store.Decision{})
	if undo(t, st, "U2", twice); !slices.Equal(owners(), []string{"U1", "U2"}) {
		t.Errorf("with a note that stands: %v", owners())
	}
	if undo(t, st, "U2", wrong); !slices.Equal(owners(), []string{"U1"}) {
		t.Errorf("with none that stands: %v", owners())
	}
	exec(t, pool, fmt.Sprintf(`insert into owners (team_id, contact_id, person_id) values ('T1', %d, 'U3')`, dana))
	undo(t, st, "U3", logsAs(t, st, "U3", "dana ruiz", tallyNow.Add(3*time.Minute), store.Decision{}))
	gave := logsAs(t, st, "U4", "dana ruiz", tallyNow.Add(4*time.Minute), store.Decision{})
	if _, err := st.AddShare(t.Context(), "T1", dana, store.Share{Title: "Guide", PersonID: "U4", Via: "button", At: tallyNow}); err != nil {
		t.Fatal(err)
	}
	if undo(t, st, "U4", gave); !slices.Equal(owners(), []string{"U1", "U3", "U4"}) {
		t.Errorf("who came by a file, or gave something: %v", owners())
	}
}

// What a note said of others, and of the library, goes with it.
func TestUndoTakesReferralAndGapBack(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	lee := logsAs(t, st, "U1", "lee park", tallyNow, store.Decision{}).Known.Contact.ID
	brought := store.Decision{Exchanges: []store.Exchange{{Kind: "referral", PersonID: "U1", At: tallyNow}}, Brought: &store.Brought{ContactID: lee},
		Suggestion: &store.Suggestion{PersonID: "U1", Stage: "exchange", At: tallyNow, Gap: &store.Gap{Stage: "exchange", Words: []string{"cheese"}}}}
	referrer := func() string {
		t.Helper()
		name, err := st.Referrer(t.Context(), "T1", lee)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	dana := logsAs(t, st, "U1", "dana ruiz", tallyNow, brought)
	if referrer() != "dana ruiz" {
		t.Fatalf("known through %q", referrer())
	}
	if _, err := st.GapFor(t.Context(), "T1", dana.Known.Contact.ID, "exchange"); err != nil {
		t.Fatal(err)
	}
	undo(t, st, "U1", dana)
	if referrer() != "" {
		t.Errorf("after the undo known through %q", referrer())
	}
	if g, err := st.GapFor(t.Context(), "T1", dana.Known.Contact.ID, "exchange"); err == nil {
		t.Errorf("the gap stands: %+v", g)
	}
	again := logsAs(t, st, "U1", "ann roe", tallyNow, brought)
	if _, err := st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: again.Recorded, Origin: "person", By: "U1", Reason: "no referral"}, noFold); err != nil {
		t.Fatal(err)
	}
	if referrer() != "" {
		t.Errorf("after a correction known through %q", referrer())
	}
}

// What a person said that a note shows, when it was recorded or later, no model
// reads otherwise.
func TestAPersonsWordStands(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1'), ('T2')`)
	st := store.New(pool, nil)
	look := func(out store.Outcome) store.Corrected {
		t.Helper()
		c, err := st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: out.Recorded, Origin: "model", Version: "v",
			Signals: []store.Signal{{Signal: "declined", Origin: "model"}}}, noFold)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	told := logsAs(t, st, "U1", "dana ruiz", tallyNow, store.Decision{Signals: []store.Signal{{Signal: "revenue", Origin: "person", Confidence: 1}}})
	if c := look(told); !c.Stood {
		t.Errorf("what was told with the note: %+v", c)
	}
	read := logsAs(t, st, "U1", "dana ruiz", tallyNow.Add(time.Minute), store.Decision{Signals: []store.Signal{{Signal: "replied", Origin: "built-in", Confidence: 1}}})
	if c := look(read); c.Stood {
		t.Error("the built-in reading stood before a model's")
	}
	if _, err := st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: read.Recorded, Origin: "person", By: "U1"}, noFold); err != nil {
		t.Fatal(err)
	}
	if c := look(read); !c.Stood {
		t.Error("a person's word that the note shows nothing did not stand")
	}
	if _, err := st.Past(t.Context(), "T2", told.Known.Contact.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another team's contact: %v", err)
	}
	if p, err := st.Past(t.Context(), "T1", told.Known.Contact.ID); err != nil || len(p.Recent) != 2 {
		t.Errorf("%+v, %v", p, err)
	}
}

// Whom a line made known stays while anything else is known of them: also where
// that is only that somebody asked them for something.
func TestWhoWasAskedIsNotUnmade(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	ask := func(contact int64) {
		t.Helper()
		n := fmt.Sprint(deliveries.Add(1))
		if _, err := st.AddAsk(t.Context(), store.Delivery{TeamID: "T1", PersonID: "U2", EnvelopeID: n, Kind: "action", Key: n}, contact,
			store.Ask{Kind: "referral", PersonID: "U2", At: tallyNow}); err != nil {
			t.Fatal(err)
		}
	}
	dana := logsAs(t, st, "U1", "dana ruiz", tallyNow, store.Decision{})
	ask(dana.Known.Contact.ID)
	if u := undo(t, st, "U1", dana); u.Unmade {
		t.Error("who was asked for something went with the line that made them known")
	}
	brings := func(name string) (store.Outcome, int64) {
		t.Helper()
		out := logsAs(t, st, "U1", "ann roe", time.Now(), store.Decision{Exchanges: []store.Exchange{{Kind: "referral", PersonID: "U1", At: tallyNow}},
			Brought: &store.Brought{Who: store.Who{Name: name, NameKey: name}}})
		all, err := st.BroughtBy(t.Context(), "T1", out.Recorded)
		if err != nil || len(all) != 1 {
			t.Fatalf("brought %+v, %v", all, err)
		}
		ask(all[0].ID)
		return out, all[0].ID
	}
	out, lee := brings("lee park")
	undo(t, st, "U1", out)
	if _, err := st.Contact(t.Context(), "T1", lee); err != nil {
		t.Errorf("who was brought, and asked for something, after the undo: %v", err)
	}
	out, leon := brings("leon krug")
	if _, gone, err := st.Unbring(t.Context(), "T1", "U1", out.Recorded, leon, tallyNow); err != nil || gone {
		t.Errorf("who was asked for something is gone with the referral: %v, %v", gone, err)
	}
}
