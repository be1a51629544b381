package store_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"cairn/store"
)

// Who is to be left alone without a day, or is there no more, stands on no list and in no
// figure of those who wait, may be asked or went quiet, before a note of theirs.
func TestUnlisted(t *testing.T) {
	t.Parallel()
	cases := []struct {
		what   string
		rest   string // what the note is of
		signal string // that it shows
		since  string // a signal of a note since; "-": a note that shows none
		undone bool
		anew   bool // its how and when were put right after the note since, of the same moment: its row is the later
		ago    int  // days; 0: ten
		listed bool
	}{
		{what: "to be left alone", rest: store.RestLetBe},
		{what: "gone", rest: store.RestGone},
		{what: "a month is not over", rest: store.RestLetBe, ago: store.LetBeFor - 1},
		{what: "a month is over", rest: store.RestLetBe, ago: store.LetBeFor, listed: true},
		{what: "gone for longer", rest: store.RestGone, ago: store.LetBeFor + 5},
		{what: "tried since, without an answer", rest: store.RestLetBe, since: "reached_out"},
		{what: "a note of ours since", rest: store.RestGone, since: "-"},
		{what: "answered since", rest: store.RestLetBe, since: "replied", listed: true},
		{what: "back again", rest: store.RestGone, since: "replied", listed: true},
		{what: "asked in the same breath", rest: store.RestLetBe, signal: "asked_for_more", listed: true},
		{what: "asked, and is gone", rest: store.RestGone, signal: "asked_for_more"},
		{what: "the note was taken back", rest: store.RestLetBe, undone: true, listed: true},
		{what: "answered the same day, and put right", rest: store.RestLetBe, since: "replied", anew: true, listed: true},
		{what: "neither", listed: true},
	}
	s, pool := shelfOf(t, len(cases))
	exec(t, pool, `insert into owners (team_id, contact_id, person_id) select 'T1', id, 'U1' from contacts`,
		`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, 'T1', 'aipee', 'x', 'engagement', 'active', '{}', now() from contacts`)
	var want []int64
	for i, c := range cases {
		contact := i + 1
		gave(t, pool, contact, 1, 60, 0)
		said(t, pool, contact, 50, "in", "", "asked_for_more")
		if c.anew {
			said(t, pool, contact, 10, "in", "", c.since)
		}
		id := said(t, pool, contact, cmp.Or(c.ago, 10), "in", "", c.signal)
		exec(t, pool, fmt.Sprintf(`update interactions set rest = nullif('%s', ''), undone_at = case when %t then now() end where id = %d`, c.rest, c.undone, id))
		switch {
		case c.since == "", c.anew:
		case c.since == "-":
			said(t, pool, contact, 5, "in", "", "")
		default:
			said(t, pool, contact, 5, "in", "", c.since)
		}
		if c.listed {
			want = append(want, int64(contact))
		}
	}
	exec(t, pool, `update interactions set logged_at = at - case when rest is null then interval '0' else interval '1 hour' end`)
	same := func(where string, got []int64, err error) {
		t.Helper()
		if slices.Sort(got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v: %v", where, got, want, err)
		}
	}
	list := func(kind string) {
		t.Helper()
		all, err := s.Mine(t.Context(), "T1", "U1", store.Filter{Kind: kind, Now: tallyNow, Limit: 50})
		var got []int64
		for _, l := range all {
			got = append(got, l.ID)
		}
		same(kind, got, err)
	}
	home := func(kind string) {
		t.Helper()
		v, err := s.Home(t.Context(), "T1", "U1", "aipee", []string{"engagement"}, tallyNow, tallyNow, 50)
		var got []int64
		for _, l := range v.Lines {
			if l.Kind == kind {
				got = append(got, l.ID)
			}
		}
		same(kind+" on Home", got, err)
	}
	scope := store.Scope{Team: "T1", Journey: "aipee", Reps: []string{"U1"}, From: tallyNow.AddDate(0, 0, -7), To: tallyNow, Since: tallyNow.AddDate(0, 0, -84)}
	behind := func(what string, all []store.Behind, err error) {
		t.Helper()
		var got []int64
		for _, b := range all {
			got = append(got, b.ContactID)
		}
		same(what, got, err)
	}
	list(store.Waiting)
	list(store.Ready)
	home(store.Waiting)
	all, err := s.BehindWaiting(t.Context(), scope, "")
	behind("behind who waits", all, err)
	all, err = s.BehindReady(t.Context(), scope, "", "aipee", []string{"engagement"})
	behind("behind who is ready", all, err)
	err = s.Weigh(t.Context(), func(w store.Weighing) error {
		ready, err := w.Ready(context.Background(), scope, "aipee", []string{"engagement"})
		if ready.N != len(want) {
			t.Errorf("ready in the digest: %d, want %d", ready.N, len(want))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	exec(t, pool, `update places set status = 'quiet'`)
	list(store.Quiet)
	home(store.Quiet)
}
