package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// Whoever was forgotten is in no row of any table any more, though a job and a
// posting about them were still pending; the job finds nothing, and what Slack
// delivers again is not recorded again.
func TestForgetLeavesNoWord(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1'), ('T2')`)
	st := store.New(pool, nil)
	const canary = "zöbelpfau"
	d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: "e1", Kind: "command", Key: "k1", Payload: []byte(`{"text":"` + canary + `: call"}`)},
		Who: store.Who{Name: canary, NameKey: canary, Company: "acme", CompanyKey: "acme"},
		At:  tallyNow, LoggedAt: tallyNow, Channel: "phone", Direction: "both", Note: "call, " + canary + " asked for more", Source: "command"}
	decide := func(store.Known) (store.Decision, error) {
		return store.Decision{Reading: []byte("{}"), Signals: []store.Signal{{Signal: "asked_for_more", Quote: canary + " asked", Origin: "built-in", Confidence: 1}},
			Steps:      []store.Step{{Whose: "them", What: canary + " calls back"}},
			Suggestion: &store.Suggestion{PersonID: "U1", Stage: "permission", At: tallyNow, Picks: []store.Pick{{Title: "x", Reason: "not yet sent to " + canary}}}}, nil
	}
	out, err := st.LogInteraction(t.Context(), d, decide)
	if err != nil {
		t.Fatal(err)
	}
	contact := out.Known.Contact.ID
	refold := func(store.Contact, []store.Noted) ([]store.Place, []store.Move, json.RawMessage, error) {
		return nil, nil, json.RawMessage("{}"), nil
	}
	if _, err := st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: out.Recorded, Origin: "person", By: "U1", Reason: canary + " said so"}, refold); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Receive(t.Context(), store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: "e2", Kind: "command", Key: "k2", Payload: []byte(`{"text":"sent ` + canary + ` checklist"}`)}); err != nil {
		t.Fatal(err)
	}
	for key, of := range map[string]int64{"named": 0, "theirs": contact} {
		if _, _, err := st.Enqueue(t.Context(), store.Posting{TeamID: "T1", Kind: "dm", Channel: "U1", Key: key, Payload: json.RawMessage(`{"text":"about ` + canary + `"}`), ContactID: of}); err != nil {
			t.Fatal(err)
		}
	}
	if n := rowsWith(t, pool, canary); n < 6 {
		t.Fatalf("the name stands in %d rows only: the test tries nothing", n)
	}

	if err := st.Forget(t.Context(), "T2", "U9", contact, tallyNow); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another team erased them: %v", err)
	}
	if err := st.Forget(t.Context(), "T1", "U1", contact, tallyNow); err != nil {
		t.Fatal(err)
	}
	if n := rowsWith(t, pool, canary); n != 0 {
		t.Errorf("the name still stands in %d rows", n)
	}
	if _, err := st.Again(t.Context(), "T1", out.Recorded); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the pending job found something: %v", err)
	}
	again, err := st.LogInteraction(t.Context(), d, decide)
	if err != nil || again.Again == nil {
		t.Errorf("a delivery that came again was not known: %+v, %v", again, err)
	}
}

// rowsWith counts the rows of all tables in whose text a word stands, as a dump
// would have them.
func rowsWith(t *testing.T, pool *pgxpool.Pool, word string) int {
	t.Helper()
	rows, err := pool.Query(t.Context(), `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, table := range tables {
		// a dump writes bytes in hexadecimal: look for the word in both forms
		rows, err := pool.Query(t.Context(), fmt.Sprintf(`select count(*) from %s t where strpos(t::text, $1) > 0
			or strpos(t::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0`, pgx.Identifier{table}.Sanitize()), word)
		if err != nil {
			t.Fatal(err)
		}
		n, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[int])
		if err != nil {
			t.Fatal(err)
		}
		found += n
	}
	return found
}

// Deliveries are emptied however Slack wrote the name, however many came in, and
// whatever became of a line that recorded nothing; others keep their words.
func TestForgetEmptiesDeliveries(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1'), ('T2')`,
		`insert into contacts (team_id, name, name_key, created_by) values ('T1', 'José Núñez', 'jose nunez', 'U1')`,
		`insert into inbox (team_id, envelope_id, kind, key, payload, outcome)
			select 'T1', 'e' || n, 'command', 'k' || n, '"Dana: call"', 'recorded' from generate_series(1, 5500) n`)
	for key, d := range map[string]struct{ team, kind, outcome, text string }{
		"raw":      {"T1", "event", "", `"card José Núñez"`},
		"escaped":  {"T1", "event", "", `"card Jos\u00e9 N\u00fa\u00f1ez"`},
		"recorded": {"T1", "command", "recorded", `"Dana: met Jos\u00e9 N\u00fa\u00f1ez too"`},
		"waiting":  {"T1", "command", "asked", `"jose: call"`},
		"other":    {"T1", "command", "recorded", `"Dana: lunch"`},
		"chat":     {"T1", "event", "", `"who is due"`},
		"theirs":   {"T2", "command", "asked", `"José Núñez: call"`},
	} {
		if _, err := pool.Exec(t.Context(), `insert into inbox (team_id, envelope_id, kind, key, payload, outcome) values ($1, $2, $3, $2, $4, $5)`,
			d.team, key, d.kind, []byte(d.text), d.outcome); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.New(pool, nil).Forget(t.Context(), "T1", "U1", 1, tallyNow); err != nil {
		t.Fatal(err)
	}
	var left []string
	if err := pool.QueryRow(t.Context(), `select array_agg(envelope_id order by envelope_id) from inbox where payload <> '' and id > 5500`).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(left) != "[chat other theirs]" {
		t.Errorf("these keep their words: %v", left)
	}
}

// What hangs on a contact is found by its notes: moves that were folded anew and
// signals that no longer hold too, none of another contact's.
func TestEverything(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	for contact, signal := range map[int]string{1: "replied", 2: "revenue"} {
		said(t, pool, contact, 3, "in", "up", signal)
	}
	exec(t, pool, `update moves set replaced_at = now()`, `update signals set holds = false`)
	all, err := s.Everything(t.Context(), "T1", 1, "")
	if err != nil {
		t.Fatal(err)
	}
	var moves, signals []map[string]any
	if err := json.Unmarshal(all["moves"], &moves); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all["signals"], &signals); err != nil {
		t.Fatal(err)
	}
	if len(moves) != 1 || len(signals) != 1 || signals[0]["signal"] != "replied" {
		t.Errorf("moves %v, signals %v", moves, signals)
	}
}

// All is all: what a model made of the notes, what was said of a suggestion, and
// who named them. What is made of everybody's words goes to who may see all.
func TestEverythingLeavesNothingOut(t *testing.T) {
	t.Parallel()
	s, pool := shelfOf(t, 2)
	note, theirs := said(t, pool, 1, 3, "in", "", ""), said(t, pool, 1, 2, "in", "", "")
	named := said(t, pool, 2, 1, "in", "", "")
	exec(t, pool, fmt.Sprintf(`update interactions set author_id = 'U2' where id = %d`, theirs),
		fmt.Sprintf(`insert into second_looks (interaction_id, team_id, contact_id, version, outcome) values (%d, 'T1', 1, 'v', 'same'), (%d, 'T1', 1, 'v', 'same')`, note, theirs),
		`insert into model_answers (team_id, key, contact_id, answer) values ('T1', 'k', 1, '{}')`,
		`insert into gaps (team_id, contact_id, stage, words) values ('T1', 1, 'permission', '{cheese}')`,
		`insert into suggestions (id, team_id, contact_id, person_id, stage, seed, at) overriding system value values (7, 'T1', 1, 'U1', 'permission', 1, now())`,
		`insert into verdicts (team_id, suggestion_id, content_id, person_id, verdict) values ('T1', 7, 1, 'U1', 'another'), ('T1', 7, 2, 'U2', 'another')`,
		fmt.Sprintf(`insert into exchanges (team_id, contact_id, kind, person_id, interaction_id, new_contact_id) values ('T1', 2, 'referral', 'U2', %d, 1)`, named))
	for person, want := range map[string]map[string]int{
		"":   {"interactions": 2, "second_looks": 2, "model_answers": 1, "gaps": 1, "verdicts": 2, "brought_by": 1},
		"U1": {"interactions": 1, "second_looks": 1, "model_answers": 0, "gaps": 0, "verdicts": 1, "brought_by": 0},
	} {
		all, err := s.Everything(t.Context(), "T1", 1, person)
		if err != nil {
			t.Fatal(err)
		}
		for name, n := range want {
			var rows []any
			if err := json.Unmarshal(all[name], &rows); err != nil || len(rows) != n {
				t.Errorf("%q gets %d of %s, want %d: %v", person, len(rows), name, n, err)
			}
		}
	}
}

// A posting that waits goes with whom it names, however the name is written in it.
func TestForgetFindsTheNameInPostings(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	const name = `Jörg "B&B" <Bo>`
	if _, err := pool.Exec(t.Context(), `insert into contacts (team_id, name, name_key, created_by) values ('T1', $1, $1, 'U1')`, name); err != nil {
		t.Fatal(err)
	}
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(name)
	plain, err := json.Marshal(map[string]string{"text": "about " + name})
	must(t, err)
	drawn, err := json.Marshal(map[string]string{"text": "*" + escaped + "* is due"})
	must(t, err)
	st := store.New(pool, nil)
	for key, payload := range map[string][]byte{"plain": plain, "drawn": drawn, "other": []byte(`{"text":"Dana is due"}`)} {
		p := posting(key, "U1")
		p.Payload = payload
		enqueue(t, st, p)
	}
	must(t, st.Forget(t.Context(), "T1", "U1", 1, tallyNow))
	for key, stands := range map[string]bool{"plain": false, "drawn": false, "other": true} {
		if _, err := st.Posted(t.Context(), "T1", key); errors.Is(err, store.ErrNotFound) == stands {
			t.Errorf("%s: stands %v, %v", key, !stands, err)
		}
	}
}
