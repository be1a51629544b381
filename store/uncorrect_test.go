package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

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
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, tallyNow, none, nil, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of a note that was never corrected: %v", err)
	}
	if _, err := s.Correct(ctx, correct, same); err != nil {
		t.Fatal(err)
	}
	holds("asked_for_more")
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "correction" || a.ID != note || a.ContactID != 1 {
		t.Errorf("last act %+v, %v, want the correction", a, err)
	}
	if _, err := s.Uncorrect(ctx, "T1", "U2", note, tallyNow, none, nil, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	holds("asked_for_more")
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, tallyNow, none, nil, same); err != nil {
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
	var reasons int
	if err := pool.QueryRow(ctx, `select count(*) from audit where detail ? 'reason'`).Scan(&reasons); err != nil || reasons != 0 {
		t.Errorf("%d reasons of what was taken back, %v", reasons, err)
	}
	if _, err := s.Correct(ctx, correct, same); err != nil {
		t.Fatal(err)
	}
	exec(t, pool, `insert into audit (team_id, person_id, action, subject) select 'T1', 'U1', 'correct', max(id)::text from interactions`) // of an earlier release
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "note" {
		t.Errorf("last act %+v, %v, want the note", a, err)
	}
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, tallyNow, none, nil, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that kept nothing: %v", err)
	}
}

// How and when are taken back as well, alone or with what else was put right in the same
// form: with the days of the steps, and that it was a plan.
func TestUncorrectHowAndWhen(t *testing.T) {
	t.Parallel()
	same := func(store.Contact, []store.Noted) ([]store.Place, []store.Move, json.RawMessage, error) {
		return nil, nil, json.RawMessage(`{}`), nil
	}
	none := func([]store.Signal) []string { return nil }
	later := tallyNow.AddDate(20, 0, 0)
	due, other := tallyNow.AddDate(0, 0, 6), tallyNow.AddDate(0, 0, -1)
	how := store.Circumstance{At: tallyNow.AddDate(0, 0, -9), Channel: "phone", Steps: []store.Step{{What: "will ask IT", Due: &other}}, Over: []string{"call"}}
	for name, both := range map[string]bool{"alone": false, "with the signals": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, pool := shelfOf(t, 1)
			ctx := t.Context()
			first := said(t, pool, 1, 2, "in", "", "")
			exec(t, pool, `update interactions set plan = true`, fmt.Sprintf(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due) values
				('T1', 1, %[1]d, 'U1', 'them', 'will ask IT', '%[2]s'), ('T1', 1, %[1]d, 'U1', 'us', 'call', null)`, first, due.Format(time.DateOnly)),
				fmt.Sprintf(`insert into shares (team_id, contact_id, content_id, title, person_id, stage, via, interaction_id, at) select 'T1', 1, 1, 'A', 'U1', '', 'note', id, at from interactions where id = %d`, first))
			const all = `select concat_ws(' ', channel, date_trunc('second', at) = $1, plan, (select string_agg(signal, ' ') from signals g where g.interaction_id = i.id and holds),
				(select string_agg(coalesce(due::text, '-'), ' ' order by id) from steps t where t.interaction_id = i.id and done_at is null),
				(select count(*) from shares h where h.interaction_id = i.id and h.at = i.at)) from interactions i where undone_at is null`
			var before, now string
			at := tallyNow.AddDate(0, 0, -2)
			if err := pool.QueryRow(ctx, all, at).Scan(&before); err != nil {
				t.Fatal(err)
			}
			put := func(id int64, how store.Circumstance) (number int64) {
				t.Helper()
				var err error
				if both {
					var c store.Corrected
					c, err = s.Correct(ctx, store.Reread{TeamID: "T1", InteractionID: id, Origin: "person", By: "U1", Signals: []store.Signal{{Signal: "replied", Origin: "person", Confidence: 1}}, Circumstance: &how, Now: later}, same)
					number = c.InteractionID
				} else {
					number, err = s.Restate(ctx, "T1", "U1", id, how, later, same)
				}
				if err != nil {
					t.Fatal(err)
				}
				return number
			}
			last := put(put(put(first, how), store.Circumstance{At: how.At, Channel: "meeting"}), store.Circumstance{At: how.At, Channel: "chat"})
			for n := range 3 {
				a, err := s.LastAct(ctx, "T1", "U1")
				if err != nil || a.Kind != "correction" || a.ID != last {
					t.Fatalf("last act %+v, %v, want the correction of #%d", a, err, last)
				}
				c, err := s.Uncorrect(ctx, "T1", "U1", last, later, none, nil, same)
				if err != nil || c.InteractionID == last {
					t.Fatalf("#%d, %v", c.InteractionID, err)
				}
				last = c.InteractionID
				// the call was that talk, until the first correction, which said that it took place, is taken back
				var done bool
				if err := pool.QueryRow(ctx, `select done_at is not null and settled_by = $1 from steps where what = 'call'`, last).Scan(&done); err != nil || done != (n < 2) {
					t.Errorf("%d taken back: done %v, %v", n+1, done, err)
				}
			}
			if err := pool.QueryRow(ctx, all, at).Scan(&now); err != nil || now != before {
				t.Errorf("%q, %v, want %q", now, err, before)
			}
			if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "note" || a.ID != last {
				t.Errorf("last act %+v, %v, want the note #%d", a, err, last)
			}
			if err := s.Forget(ctx, "T1", "U1", 1, later); err != nil {
				t.Fatal(err)
			}
			var left int
			if err := pool.QueryRow(ctx, `select count(*) from audit where action <> 'forget'`).Scan(&left); err != nil || left != 0 {
				t.Errorf("%d corrections of whom was forgotten, %v", left, err)
			}
		})
	}
}

// How and when that the version before put right since, keeping nothing of what they were, are
// not overwritten with what was before both.
func TestUncorrectNothingOlder(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	ctx := t.Context()
	c, err := s.Correct(ctx, store.Reread{TeamID: "T1", InteractionID: said(t, pool, 1, 2, "in", "", ""), Origin: "person", By: "U1", Now: tallyNow.AddDate(20, 0, 0),
		Circumstance: &store.Circumstance{At: tallyNow, Channel: "phone"}}, noFold)
	if err != nil {
		t.Fatal(err)
	}
	var since int64
	err = pool.QueryRow(ctx, `with made as (insert into interactions (team_id, contact_id, author_id, at, logged_at, channel, direction, note, source, corrects)
			select team_id, contact_id, author_id, at, logged_at, 'chat', direction, note, source, id from interactions where id = $1 returning id),
		gone as (update interactions set undone_at = now() where id = $1),
		copied as (insert into audit (team_id, person_id, action, subject, detail, at) select a.team_id, person_id, action, made.id::text, detail, at from audit a, made where subject = $1::bigint::text)
		select id from made`, c.InteractionID).Scan(&since)
	if err != nil {
		t.Fatal(err)
	}
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "note" || a.ID != since {
		t.Errorf("last act %+v, %v, want the note #%d", a, err, since)
	}
	if _, err := s.Uncorrect(ctx, "T1", "U1", since, tallyNow, func([]store.Signal) []string { return nil }, nil, noFold); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
}

// A correction is found behind any number of later ones of notes that were taken back.
func TestLastActPassesByWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	note, gone := said(t, pool, 1, 2, "in", "", ""), said(t, pool, 1, 1, "in", "", "")
	exec(t, pool, fmt.Sprintf(`update interactions set undone_at = now() where id = %d`, gone),
		fmt.Sprintf(`insert into audit (team_id, person_id, action, subject, detail) select 'T1', 'U1', 'correct', case n when 0 then '%d' else '%d' end, '{"plan": false, "held": []}'
			from generate_series(0, 25) n order by n`, note, gone))
	if a, err := s.LastAct(t.Context(), "T1", "U1"); err != nil || a.Kind != "correction" || a.ID != note {
		t.Errorf("last act %+v, %v, want the correction of #%d", a, err, note)
	}
}

// What was corrected last is found without reading what others corrected.
func TestLastActReadsTheirOwn(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	note := said(t, pool, 1, 2, "in", "", "")
	exec(t, pool, fmt.Sprintf(`insert into audit (team_id, person_id, action, subject, detail)
		select 'T1', case n when 0 then 'U1' else 'U2' end, 'correct', (%d + n)::text, '{"plan": false, "held": []}' from generate_series(0, 19999) n`, note), `analyze audit`)
	read := func() (rows int64) {
		t.Helper()
		if err := pool.QueryRow(t.Context(), `select idx_tup_fetch + seq_tup_read from pg_stat_user_tables, pg_stat_force_next_flush() where relname = 'audit'`).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	before := read()
	for range 5 { // a connection tells what it read when it is asked for something again
		if a, err := s.LastAct(t.Context(), "T1", "U1"); err != nil || a.Kind != "correction" || a.ID != note {
			t.Fatalf("%+v, %v", a, err)
		}
		exec(t, pool, `select pg_stat_force_next_flush()`)
	}
	if n := read() - before; n > 100 {
		t.Errorf("%d rows of the audit are read for one of their own", n)
	}
}
