package main

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn/bot/suggest"
	"cairn/store"
	"cairn/store/storetest"
)

// Two items were shown evenly; of item 1 all that were given helped, of item 2
// none. The log says so of each way of choosing, and skips what is too young.
func TestEvalReplay(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	pool, err := store.Open(t.Context(), url, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	st := store.New(pool, nil)
	if err := st.SetTeam(t.Context(), "T1", "One"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := typed(t, url, "eval", "replay"); err == nil || !strings.Contains(err.Error(), "28 days") {
		t.Errorf("an empty log: %v", err)
	}
	if _, err := pool.Exec(t.Context(), `
		insert into contacts (team_id, name, name_key, created_by) select 'T1', 'C' || n, 'c' || n, 'U1' from generate_series(1, 80) n;
		insert into content (team_id, title, url, canonical_url) values ('T1', 'a', 'https://a.example', 'https://a.example'), ('T1', 'b', 'https://b.example', 'https://b.example');
		insert into suggestions (team_id, contact_id, person_id, stage, picks, candidates, seed, at)
			select 'T1', c.id, 'U1', 'engagement', jsonb_build_array(jsonb_build_object('content_id', 1 + c.id % 2)),
				'[{"Item":1,"Score":0.9,"Mean":0.5,"Propensity":0.5,"Among":1},{"Item":2,"Score":0.5,"Mean":0.6,"Propensity":0.5,"Among":1}]', 1,
				now() - case when c.id > 60 then interval '3 days' else interval '40 days' end from contacts c;
		insert into shares (team_id, contact_id, content_id, title, person_id, via, at)
			select 'T1', contact_id, (picks -> 0 ->> 'content_id')::bigint, 't', 'U1', 'command', at + interval '1 day' from suggestions;
		insert into interactions (team_id, contact_id, author_id, at, channel, direction, note)
			select 'T1', contact_id, 'U1', at + interval '5 days', 'email', 'in', 'thanks' from suggestions where contact_id % 2 = 0`); err != nil {
		t.Fatal(err)
	}
	out, said, err := typed(t, url, "eval", "replay", "--json")
	if err != nil {
		t.Fatal(err, said)
	}
	var got map[string]suggest.Estimate
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if e := got["as logged"]; e.Rows != 60 || e.Skipped != 0 || e.Value != 0.5 || e.Low > 0.4 || e.High < 0.6 {
		t.Errorf("as logged: %+v", e)
	}
	if e := got["best fit"]; e.Value != 1 || e.Low > 0.95 || e.Low < 0.8 {
		t.Errorf("best fit chooses what always helped: %+v", e)
	}
	if e := got["best expectation"]; e.Value != 0 || e.High < 0.05 || e.High > 0.2 {
		t.Errorf("best expectation chooses what never helped: %+v", e)
	}
	if _, _, err := typed(t, url, "eval", "replay", "--since", "gestern"); err == nil || err.Error() != "--since gestern is no day: write it as 2026-06-15" {
		t.Errorf("no day: %v", err)
	}
	if out, _, err := typed(t, url, "eval", "replay", "--since", "2100-01-01"); err == nil {
		t.Errorf("nothing is as young: %s", out)
	}
	if out, _, err := typed(t, url, "eval", "replay"); err != nil || !strings.Contains(out, "0.500 (0.373–0.627)") || !strings.Contains(out, "nobody can say that it was caused") {
		t.Errorf("%s, %v", out, err)
	}
}
