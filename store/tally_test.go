package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

var tallyNow = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)

// shelfOf is a team with two items and contacts 1 to n, who stand nowhere yet.
func shelfOf(t *testing.T, n int) (*store.Store, *pgxpool.Pool) {
	t.Helper()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`,
		`insert into content (team_id, title, url, canonical_url) values ('T1', 'A', 'https://a.example', 'https://a.example'), ('T1', 'B', 'https://b.example', 'https://b.example')`,
		fmt.Sprintf(`insert into contacts (team_id, name, name_key, created_by) select 'T1', 'C' || i, 'c' || i, 'U1' from generate_series(1, %d) i`, n))
	return store.New(pool, nil), pool
}

func exec(t *testing.T, pool *pgxpool.Pool, all ...string) {
	t.Helper()
	for _, sql := range all {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
	}
}

// said writes an interaction so many days before tallyNow, with a move or a
// signal if one is named, and returns its number.
func said(t *testing.T, pool *pgxpool.Pool, contact int, daysAgo int, direction, move, signal string) int64 {
	t.Helper()
	var id int64
	at := tallyNow.AddDate(0, 0, -daysAgo)
	err := pool.QueryRow(t.Context(), `insert into interactions (team_id, contact_id, author_id, at, channel, direction, note)
		values ('T1', $1, 'U1', $2, 'email', $3, 'n') returning id`, contact, at, direction).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	if move != "" {
		exec(t, pool, fmt.Sprintf(`insert into moves (team_id, contact_id, interaction_id, journey, kind, from_stage, to_stage, at)
			values ('T1', %d, %d, 'aipee', '%s', 'a', 'b', '%s')`, contact, id, move, at.Format(time.RFC3339)))
	}
	if signal != "" {
		exec(t, pool, fmt.Sprintf(`insert into signals (interaction_id, team_id, contact_id, signal, origin) values (%d, 'T1', %d, '%s', 'person')`, id, contact, signal))
	}
	return id
}

func gave(t *testing.T, pool *pgxpool.Pool, contact, content, daysAgo int, interaction int64) {
	t.Helper()
	exec(t, pool, fmt.Sprintf(`insert into shares (team_id, contact_id, content_id, title, person_id, stage, via, interaction_id, at)
		values ('T1', %d, %d, 'x', 'U1', 'permission', 'note', nullif(%d, 0), '%s')`, contact, content, interaction, tallyNow.AddDate(0, 0, -daysAgo).Format(time.RFC3339)))
}

func TestTallyCountsWhatFollowed(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 10)
	gave(t, pool, 1, 1, 40, said(t, pool, 1, 40, "both", "", "")) // given in a talk; nothing came of it
	gave(t, pool, 2, 1, 40, 0)
	said(t, pool, 2, 30, "in", "up", "") // answered and moved: helped once
	gave(t, pool, 3, 1, 40, 0)
	said(t, pool, 3, 20, "in", "up", "") // after the fourteen days
	gave(t, pool, 4, 1, 40, 0)
	said(t, pool, 4, 39, "out", "", "") // our own word is no answer
	gave(t, pool, 5, 1, 40, 0)
	said(t, pool, 5, 38, "in", "back", "shared_onward")
	gave(t, pool, 6, 1, 40, 0)
	exec(t, pool, fmt.Sprintf(`update interactions set undone_at = now() where id = %d`, said(t, pool, 6, 39, "in", "", "")))
	gave(t, pool, 7, 1, 3, 0)
	said(t, pool, 7, 2, "in", "skipped", "") // young, and counted all the same
	gave(t, pool, 8, 2, 3, 0)
	exec(t, pool, `update shares set undone_at = now() where contact_id = 8`)
	gave(t, pool, 9, 1, 40, 0)
	said(t, pool, 9, 38, "both", "", "went_quiet") // no answer, whichever way the note went
	gave(t, pool, 10, 1, 40, 0)
	said(t, pool, 10, 38, "out", "", "replied") // nor is this a try: it shows an answer
	want := []store.Tallied{
		{ContentID: 1, Stage: "permission", Channel: "", Shared: 8, Answered: 4, Moved: 2, Helped: 4, PassedOn: 1},
		{ContentID: 1, Stage: "permission", Channel: "email", Shared: 1}}
	for i := range 3 { // the first settles, the others find it settled
		got, err := s.Tally(t.Context(), "T1", tallyNow.AddDate(0, 0, i*20))
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, func(a, b store.Tallied) int { return len(a.Channel) - len(b.Channel) })
		if !slices.Equal(got, want) {
			t.Errorf("round %d: %+v\nwant %+v", i, got, want)
		}
	}
	if other, err := s.Tally(t.Context(), "T2", tallyNow); err != nil || len(other) > 0 {
		t.Errorf("another team is told %v, %v", other, err)
	}
}

// Nothing is counted twice or missed, however the counting falls in time and
// whoever does it at the same moment.
func TestTallySettlesOnce(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 200)
	for i := range 200 {
		gave(t, pool, i+1, 1, 60-i/5, 0)
	}
	exec(t, pool, `insert into suggestions (team_id, contact_id, person_id, stage, picks, seed, shown, at)
		select 'T1', i, 'U1', 'attention', '[{"content_id": 1}, {"content_id": 2}]', 1, i % 3, '2026-03-31T12:00:00Z'::timestamptz - (60 - i / 5) * interval '1 day'
		from generate_series(1, 200) i`)
	done := make(chan error, 64)
	for i := range 64 {
		go func() {
			for { // a machine that runs other tests besides hands out no connection in time
				_, err := s.Tally(t.Context(), "T1", tallyNow.AddDate(0, 0, i/4-10))
				if !errors.Is(err, store.ErrUnavailable) || t.Context().Err() != nil {
					done <- err
					return
				}
			}
		}()
	}
	for range 64 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	got, err := s.Tally(t.Context(), "T1", tallyNow)
	if err != nil {
		t.Fatal(err)
	}
	shared, shown := 0, map[int64]int{}
	for _, r := range got {
		shared += r.Shared
		shown[r.ContentID] += r.Shown
	}
	// the second pick was on the screen where "another" was pressed once or twice
	if shared != 200 || shown[1] != 200 || shown[2] != 134 {
		t.Errorf("shared %d, shown %v; want 200, 200 and 134", shared, shown)
	}
}

func TestGapsCloseThemselves(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 4)
	for i := range 4 {
		exec(t, pool, fmt.Sprintf(`insert into places (contact_id, team_id, journey, model, stage, status, state, since)
			values (%d, 'T1', 'aipee', 'v', 'permission', 'active', '{}', now())`, i+1))
		g := store.Gap{Stage: "permission", Role: "it", Industry: "hospitals", Words: []string{fmt.Sprintf("w%d", i+1)}}
		for range 2 { // met twice, counted once
			if err := s.AddGap(t.Context(), "T1", int64(i+1), g, tallyNow.Add(time.Duration(i)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
	}
	exec(t, pool, `update places set stage = 'engagement' where contact_id = 1`,
		`insert into suggestions (team_id, contact_id, person_id, stage, picks, seed, at) values ('T1', 2, 'U1', 'permission', '[{"content_id": 1}]', 1, '2026-04-01')`)
	got, err := s.Gaps(t.Context(), "T1", tallyNow)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Contacts != 2 || fmt.Sprint(got[0].Spoken) != "[{4 [w4] []} {3 [w3] []}]" || got[0].Role != "it" {
		t.Errorf("gaps = %+v", got)
	}
	exec(t, pool, `insert into owners (team_id, contact_id, person_id, since) select 'T1', id, 'U' || (id % 2 + 1), now() from contacts on conflict do nothing`)
	err = s.Weigh(t.Context(), func(w store.Weighing) error { // the digest counts the same, of the reps asked for
		for _, c := range []struct {
			reps []string
			want string
		}{{[]string{"U1", "U2"}, "[{permission hospitals {2 2}}]"}, {[]string{"U1"}, "[{permission hospitals {1 1}}]"}, {[]string{"U3"}, "[]"}} {
			gaps, err := w.Gaps(t.Context(), store.Scope{Team: "T1", Reps: c.reps, To: tallyNow.Add(time.Hour)})
			if err != nil {
				return err
			}
			if fmt.Sprint(gaps) != c.want {
				t.Errorf("a digest about %v: %+v, want %s", c.reps, gaps, c.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	around, err := s.NamesAround(t.Context(), "T1", []int64{3, 4})
	if err != nil || len(around) != 2 {
		t.Fatal(around, err)
	}
	for _, a := range around {
		for _, id := range a.ContactIDs {
			var name string
			if err := pool.QueryRow(t.Context(), "select name from contacts where id = $1", id).Scan(&name); err != nil || !slices.Contains(a.People, name) {
				t.Errorf("%v: %q is not among the names around the contact: %q", err, name, a.People)
			}
		}
	}
}

// An item that was given before it came on a screen was neither shown nor passed over, also
// once that it was given is taken back.
func TestWhatWasGivenBeforeItWasShownIsNotSeen(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	ctx := t.Context()
	exec(t, pool, `insert into content (team_id, title, url, canonical_url) values ('T1', 'C', 'https://c.example', 'https://c.example')`,
		fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what) values ('T1', 1, %d, 'U1', 'us', 'send it')`, said(t, pool, 1, 2, "in", "", "")))
	id, err := s.AddSuggestion(ctx, "T1", store.Suggestion{ContactID: 1, PersonID: "U1", Stage: "permission", Picks: []store.Pick{{ContentID: 1}, {ContentID: 2}, {ContentID: 3}}, At: tallyNow.Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range []int{2, 3} {
		gave(t, pool, 1, given, 0, 0)
	}
	if _, err := s.Judge(ctx, store.Verdict{TeamID: "T1", SuggestionID: id, ContentID: 1, PersonID: "U1", Verdict: "another"}); err != nil {
		t.Fatal(err)
	}
	for _, given := range []int64{2, 3} {
		if _, _, err := s.Ungive(ctx, "T1", "U1", 1, given, tallyNow); err != nil {
			t.Fatal(err)
		}
	}
	g, err := s.Suggestion(ctx, "T1", "U1", id)
	if _, more := g.Now(); err != nil || more || len(g.Picks) != 3 || len(g.Passed()) != 1 {
		t.Errorf("%+v, %v", g, err)
	}
	passed, err := s.Passed(ctx, "U1", 1, tallyNow)
	if _, first := passed[1]; err != nil || !first || len(passed) != 1 {
		t.Errorf("passed over: %v, %v", passed, err)
	}
	tally, err := s.Tally(ctx, "T1", tallyNow)
	shown := slices.DeleteFunc(tally, func(c store.Tallied) bool { return c.Shown == 0 })
	if err != nil || len(shown) != 1 || shown[0].ContentID != 1 {
		t.Errorf("shown: %+v, %v", shown, err)
	}
	err = s.Weigh(ctx, func(w store.Weighing) error {
		seen, err := w.Shown(ctx, store.Scope{Team: "T1", Journey: "aipee", Reps: []string{"U1"}, Since: tallyNow.AddDate(0, 0, -7), To: tallyNow})
		if len(seen) != 1 || seen[0].ContentID != 1 {
			t.Errorf("seen: %+v", seen)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
