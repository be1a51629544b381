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
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, tallyNow, none, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of a note that was never corrected: %v", err)
	}
	if _, err := s.Correct(ctx, correct, same); err != nil {
		t.Fatal(err)
	}
	holds("asked_for_more")
	if a, err := s.LastAct(ctx, "T1", "U1"); err != nil || a.Kind != "correction" || a.ID != note || a.ContactID != 1 {
		t.Errorf("last act %+v, %v, want the correction", a, err)
	}
	if _, err := s.Uncorrect(ctx, "T1", "U2", note, tallyNow, none, same); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	holds("asked_for_more")
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, tallyNow, none, same); err != nil {
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
	if _, err := s.Uncorrect(ctx, "T1", "U1", note, tallyNow, none, same); !errors.Is(err, store.ErrNotFound) {
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
	how := store.Circumstance{At: tallyNow.AddDate(0, 0, -9), Channel: "phone", Steps: []store.Step{{What: "will ask IT", Due: &other}}}
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
			exec(t, pool, fmt.Sprintf(`update steps set done_at = now(), settled_by = %d where what = 'call'`, last)) // that talk was it
			for range 3 {
				a, err := s.LastAct(ctx, "T1", "U1")
				if err != nil || a.Kind != "correction" || a.ID != last {
					t.Fatalf("last act %+v, %v, want the correction of #%d", a, err, last)
				}
				c, err := s.Uncorrect(ctx, "T1", "U1", last, later, none, same)
				if err != nil || c.InteractionID == last {
					t.Fatalf("#%d, %v", c.InteractionID, err)
				}
				last = c.InteractionID
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

// What was corrected last is found without reading what others corrected.
func TestLastActReadsTheirOwn(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 1)
	note := said(t, pool, 1, 2, "in", "", "")
	exec(t, pool, fmt.Sprintf(`insert into audit (team_id, person_id, action, subject, detail)
		select 'T1', case n when 1 then 'U1' else 'U2' end, 'correct', '%d', '{"plan": false, "held": []}' from generate_series(1, 20000) n`, note), `analyze audit`)
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
