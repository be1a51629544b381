package store_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// A plan is nobody's answer: in no figure, no score and no list does it count as a word of
// theirs or of ours, and the same row that is none does.
func TestAPlanIsNobodysAnswer(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	ctx := t.Context()
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from contacts`)
	gave(t, pool, 1, 1, 30, 0)
	exec(t, pool, fmt.Sprintf(`insert into suggestions (team_id, contact_id, person_id, stage, seed, wording, at, picks, candidates)
		values ('T1', 1, 'U1', 'permission', 1, 'suggest-reason@0-1a2b3c4d', '%s', '[{"content_id": 1}]', '[1]')`, tallyNow.AddDate(0, 0, -31).Format(time.RFC3339)))
	theirs := said(t, pool, 1, 25, "in", "", "")
	asked := said(t, pool, 2, 20, "in", "", "asked_for_more")
	ours := said(t, pool, 2, 19, "out", "", "")
	exec(t, pool, `update places set status = 'quiet' where contact_id = 1`, `update interactions set logged_at = at`,
		fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values ('T1', 2, %d, 'U1', 'us', 'send the checklist', '%s')`, asked, tallyNow.AddDate(0, 0, -19).Format(time.DateOnly)))
	scope := store.Scope{Team: "T1", Journey: "aipee", Reps: []string{"U1"}, Since: tallyNow.AddDate(0, 0, -60), From: tallyNow.AddDate(0, 0, -60), To: tallyNow}
	// counted names where the two words count
	counted := func() (in []string) {
		t.Helper()
		mark := func(where string, counts bool, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(where, err)
			}
			if counts {
				in = append(in, where)
			}
		}
		err := s.Weigh(ctx, func(w store.Weighing) error {
			given, err := w.Given(ctx, scope)
			mark("given", slices.ContainsFunc(given, func(g store.GivenTally) bool { return g.Answered > 0 }), err)
			waits, err := w.Followed(ctx, scope)
			mark("answered by us", !slices.ContainsFunc(waits, func(f store.FollowTally) bool { return f.Unfollowed > 0 }), err)
			return nil
		})
		mark("weigh", false, err)
		exec(t, pool, `delete from tallies`, `delete from tally_marks`)
		all, err := s.Tally(ctx, "T1", tallyNow)
		mark("tally", slices.ContainsFunc(all, func(c store.Tallied) bool { return c.Answered > 0 }), err)
		chosen, err := s.Followed(ctx, "T1", tallyNow.AddDate(0, 0, -90), tallyNow)
		mark("followed", slices.ContainsFunc(chosen, func(f store.Followed) bool { return f.Helped }), err)
		scores, err := s.VersionScores(ctx, "T1", "suggest-reason", tallyNow.AddDate(0, 0, -60), tallyNow)
		mark("score", slices.ContainsFunc(scores, func(v store.VersionScore) bool { return v.Answered > 0 }), err)
		quiet, err := s.Mine(ctx, "T1", "U1", store.Filter{Kind: store.Quiet, Now: tallyNow, Limit: 9})
		mark("quiet since", len(quiet) == 1 && !quiet[0].Since.IsZero(), err)
		waiting, err := s.Mine(ctx, "T1", "U1", store.Filter{Kind: store.Waiting, Now: tallyNow, Limit: 9})
		mark("waits no more", len(waiting) == 0, err)
		due, err := s.Mine(ctx, "T1", "U1", store.Filter{Kind: store.Due, Now: tallyNow, Limit: 9})
		mark("settles what was due", len(due) == 0, err)
		return in
	}
	want := []string{"given", "answered by us", "tally", "followed", "score", "quiet since", "waits no more", "settles what was due"}
	if got := counted(); !slices.Equal(got, want) {
		t.Errorf("a word counts in %q, want %q", got, want)
	}
	// nor is a try without an answer a word of theirs, whichever way it went, and it keeps no promise
	exec(t, pool, `update steps set gives = true`, fmt.Sprintf(`insert into signals (interaction_id, team_id, contact_id, signal, origin) values
		(%d, 'T1', 1, 'reached_out', 'person'), (%d, 'T1', 2, 'went_quiet', 'person')`, theirs, ours))
	if got, want := counted(), []string{"answered by us", "waits no more"}; !slices.Equal(got, want) {
		t.Errorf("a try counts in %q, want %q", got, want)
	}
	exec(t, pool, fmt.Sprintf(`update interactions set plan = true where id in (%d, %d)`, theirs, ours))
	if got := counted(); len(got) > 0 {
		t.Errorf("a plan counts in %q", got)
	}
}

// A contact known by a plan alone is there, and Undo takes both away; a plan in which a signal
// was found is none.
func TestAPlanIsKept(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	for i, c := range []struct {
		signals []store.Signal
		plan    bool
	}{{nil, true}, {[]store.Signal{{Signal: "opted_out", Origin: "built-in"}}, false}} {
		key := fmt.Sprint("plan ", i)
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: key, Kind: "command", Key: key, Payload: []byte("{}")},
			Who: store.Who{Name: key, NameKey: key}, At: tallyNow, LoggedAt: tallyNow, Channel: "other", Direction: "in", Note: "call tomorrow", Source: "command", Plan: true}
		out, err := st.LogInteraction(t.Context(), d, func(store.Known) (store.Decision, error) {
			return store.Decision{Reading: json.RawMessage("{}"), Signals: c.signals}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		past, err := st.Past(t.Context(), "T1", out.Known.Contact.ID)
		if err != nil || len(past.Recent) != 1 || past.Recent[0].Plan != c.plan {
			t.Errorf("%v: %+v, %v", c.signals, past.Recent, err)
		}
		if c.plan { // until somebody says what it shows
			_, err := st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: out.Recorded, Origin: "person", By: "U1", Signals: []store.Signal{{Signal: "replied", Origin: "person"}}, Now: tallyNow}, noFold)
			if past, again := st.Past(t.Context(), "T1", out.Known.Contact.ID); err != nil || again != nil || past.Recent[0].Plan {
				t.Errorf("corrected: %+v, %v, %v", past.Recent, err, again)
			}
		}
		if u := undo(t, st, "U1", out); !u.Unmade {
			t.Errorf("%v: the contact stays: %+v", c.signals, u)
		}
	}
}

// Where how and when are put right, a talk took place: the row that stands is no plan.
func TestAPlanPutRightIsATalk(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	id := said(t, pool, 1, 2, "in", "", "")
	exec(t, pool, fmt.Sprintf(`update interactions set plan = true where id = %d`, id))
	if _, err := s.Restate(t.Context(), "T1", "U1", id, store.Circumstance{At: tallyNow, Channel: "phone"}, tallyNow, noFold); err != nil {
		t.Fatal(err)
	}
	past, err := s.Past(t.Context(), "T1", 1)
	if err != nil || len(past.Recent) != 1 || past.Recent[0].Plan {
		t.Errorf("%+v, %v", past.Recent, err)
	}
}
