package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/store"
)

// Who asked to be left until a day waits nowhere before it: on no list, not on Home and
// in no figure of the digest, nor behind one.
func TestLeftUntilADayWaitsNowhere(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 4)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from contacts`)
	step := func(contact int, signal, whose string, days int) {
		id := said(t, pool, contact, 20, "in", "", signal)
		if whose == "" {
			return
		}
		exec(t, pool, fmt.Sprintf(`update interactions set logged_at = at where id = %d`, id),
			fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values ('T1', %d, %d, 'U1', '%s', 'x', '%s')`,
				contact, id, whose, tallyNow.AddDate(0, 0, days).Format(time.DateOnly)))
	}
	step(1, "asked_for_more", "us", 9) // far too, but all that they ask for
	exec(t, pool, `update signals set quote = 'asked for x in April'`)
	step(2, "gave_contact", "them", 9)
	step(3, "asked_for_more", "", 0)
	step(4, "asked_for_more", "them", 9) // their own day is far from the note: the question stands
	want := []int64{3, 4}

	listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Waiting, Now: tallyNow, Limit: 9})
	var got []int64
	for _, l := range listed {
		got = append(got, l.ID)
	}
	if slices.Sort(got); err != nil || !slices.Equal(got, want) {
		t.Errorf("listed as waiting: %v, want %v: %v", got, want, err)
	}
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", nil, tallyNow, tallyNow, 9)
	if err != nil || home.All[store.Waiting] != len(want) {
		t.Errorf("waiting on Home: %v, want %d: %v", home.All, len(want), err)
	}
	scope := store.Scope{Team: "T1", Journey: "aipee", Reps: []string{"U1"}, From: tallyNow.AddDate(0, 0, -7), To: tallyNow, Since: tallyNow.AddDate(0, 0, -84)}
	exec(t, pool, `update interactions set logged_at = at`)
	behind, err := s.BehindWaiting(t.Context(), scope, "")
	got = nil
	for _, b := range behind {
		got = append(got, b.ContactID)
	}
	if slices.Sort(got); err != nil || !slices.Equal(got, want) {
		t.Errorf("behind the digest's figure: %v, want %v: %v", got, want, err)
	}
	for days, n := range map[int]int{0: 2, 30: 3, 45: 4} { // after the day they wait, whose own it was once it is spoken of no more
		later := scope
		later.To = scope.To.AddDate(0, 0, days)
		var all []store.StandTally
		err = s.Weigh(t.Context(), func(w store.Weighing) (err error) {
			all, err = w.Waiting(context.Background(), later)
			return err
		})
		i := slices.IndexFunc(all, func(k store.StandTally) bool { return k.Status == "all" })
		if err != nil || i < 0 || all[i].N != n {
			t.Errorf("the digest counts %+v after %d days, want %d: %v", all, days, n, err)
		}
	}
}

// A step of ours that is far hides nothing that was asked for besides; one that is near,
// by the day that it was where the note was written, that promises it, that is all they
// asked for, or that is to leave them be, does.
func TestFarStepOfOursHidesNoRequest(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 8)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from contacts`)
	for i, c := range []struct {
		signal, quote, what string
		days                int // after 21 March, on which the note was written at 23:30 UTC
	}{
		{"asked_for_more", "asked for the checklist", "will call her", 60},
		{"asked_for_more", "asked for the checklist", "will call her", 21},
		{"asked_for_more", "asked for the checklist", "will call her", 22}, // near where it is the 22nd
		{"asked_for_more", "call, asked me to call her on 20 May", "asked me to call her", 60},
		{"gave_contact", "gave me her card", "will call her", 60},
		{"asked_for_more", "asked for the checklist", "I'll send it", 60},
		{"asked_for_more", "call me back on 20 May, she asked", "they said: call me back", 60},
		{"asked_for_more", "asked for the checklist", "come back: leave her be until 20 May", 60},
	} {
		id := said(t, pool, i+1, 10, "in", "", c.signal)
		exec(t, pool, fmt.Sprintf(`update interactions set at = '2026-03-21 23:30Z', logged_at = '2026-03-21 23:30Z' where id = %d`, id),
			fmt.Sprintf(`update signals set quote = '%s' where interaction_id = %d`, c.quote, id),
			fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due, gives, words, leaves) values ('T1', %d, %d, 'U1', 'us', '%s', date '2026-03-21' + %d, %t, nullif('%s', ''), %t)`,
				i+1, id, strings.ReplaceAll(c.what, "'", "''"), c.days, strings.Contains(c.what, "send"), prefixed(c.what), strings.HasPrefix(c.what, "come back: ")))
	}
	for ahead, want := range map[int][]int64{0: {1, 3}, 1: {1}} {
		listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Waiting, Now: tallyNow.In(time.FixedZone("", ahead*3600)), Limit: 9})
		var got []int64
		for _, l := range listed {
			got = append(got, l.ID)
		}
		if slices.Sort(got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%d hours ahead of UTC there wait %v, want %v: %v", ahead, got, want, err)
		}
	}
}

// The day until which somebody was to be left is told beside the one on which they asked,
// on the lists and on Home, and they stand among the others by the later.
func TestWaitingTellsBothDays(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from contacts`)
	id := said(t, pool, 1, 20, "in", "", "asked_for_more")
	said(t, pool, 1, 3, "in", "", "") // the day is over, and their step settled
	said(t, pool, 2, 10, "in", "", "asked_for_more")
	exec(t, pool, `update interactions set logged_at = at`,
		fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values ('T1', 1, %d, 'U1', 'us', 'call', '2026-03-25')`, id))
	zone := time.FixedZone("", 3600)
	now := tallyNow.In(zone)
	home, err := s.Home(t.Context(), "T1", "U1", "aipee", nil, now, now, 5)
	if err != nil {
		t.Fatal(err)
	}
	listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Waiting, Now: now, Limit: 9})
	if err != nil || len(listed) != 2 || len(home.Lines) != 2 {
		t.Fatalf("%+v on Home, listed %+v: %v", home, listed, err)
	}
	asked, until := []time.Time{tallyNow.AddDate(0, 0, -10), tallyNow.AddDate(0, 0, -20)}, time.Date(2026, 3, 25, 0, 0, 0, 0, zone)
	for i, first := range []bool{true, false} {
		for where, l := range map[string]store.Listed{"Home": home.Lines[i].Listed, "the list": listed[i]} {
			from := until
			if first {
				from = asked[0]
			}
			if (l.ID == 2) != first || !l.Since.Equal(asked[i]) || l.Until.IsZero() != first || !l.From().Equal(from) {
				t.Errorf("on %s: contact %d since %v, left until %v", where, l.ID, l.Since, l.Until)
			}
		}
	}
	if one, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Waiting, Contact: 1, Now: now, Limit: 9}); err != nil || len(one) != 1 || one[0].ID != 1 {
		t.Errorf("of one contact: %+v %v", one, err)
	}
}

// Behind the digest's figure stand those whom it counts, where two reps heard of one too.
func TestBehindWaitingIsWhoIsCounted(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1'), ('T1', 1, 'U2')`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', 'active', '{}', now() from contacts`)
	mine := said(t, pool, 1, 20, "in", "", "asked_for_more")
	theirs := said(t, pool, 1, 18, "in", "", "asked_for_more") // by U2, whom they asked to leave them until April
	exec(t, pool, `update interactions set logged_at = at`, fmt.Sprintf(`update interactions set author_id = 'U2' where id = %d`, theirs),
		fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values ('T1', 1, %d, 'U2', 'us', 'call', '2026-04-02')`, theirs))
	scope := store.Scope{Team: "T1", Journey: "aipee", Reps: []string{"U1", "U2"}, From: tallyNow.AddDate(0, 0, -7), To: tallyNow, Since: tallyNow.AddDate(0, 0, -84)}
	behind, err := s.BehindWaiting(t.Context(), scope, "")
	if err != nil || len(behind) != 1 || behind[0].InteractionID != mine {
		t.Errorf("%+v %v, want the note %d", behind, err, mine)
	}
	err = s.Weigh(t.Context(), func(w store.Weighing) error {
		all, err := w.Waiting(context.Background(), scope)
		if len(all) != 2 || all[0].N != 1 || all[1].N != 1 {
			t.Errorf("counted %+v", all)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// prefixed are the words of the note in what is shown of a step, where it says more.
func prefixed(what string) string {
	_, words, _ := strings.Cut(what, "they said: ")
	return words
}

// Who waits is the same for a digest on another journey as on the lists: whoever is no more
// active on the first waits in neither.
func TestWaitingOnAnotherJourney(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'permission', case id when 1 then 'left' else 'active' end, '{}', now() from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'own', 'x', 'first', 'active', '{}', now() from contacts`)
	for contact := range 2 {
		said(t, pool, contact+1, 20, "in", "", "asked_for_more")
	}
	exec(t, pool, `update interactions set logged_at = at`)
	scope := store.Scope{Team: "T1", Journey: "own", Reps: []string{"U1"}, From: tallyNow.AddDate(0, 0, -7), To: tallyNow, Since: tallyNow.AddDate(0, 0, -84)}
	behind, err := s.BehindWaiting(t.Context(), scope, "")
	if err != nil || len(behind) != 1 || behind[0].ContactID != 2 {
		t.Errorf("behind the figure: %+v: %v", behind, err)
	}
	listed, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: store.Waiting, Now: tallyNow, Limit: 9})
	if err != nil || len(listed) != 1 || listed[0].ID != 2 {
		t.Errorf("listed: %+v: %v", listed, err)
	}
}
