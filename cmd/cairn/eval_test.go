package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/llm/llmtest"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/storetest"
)

// few writes the first lines of a shipped histories file into a file of the
// test's own.
func few(t *testing.T, lines int) string {
	t.Helper()
	data, err := os.ReadFile("../../bot/observe/testdata/histories/histories-c.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.SplitAfterN(string(data), "\n", lines+1)
	file := filepath.Join(t.TempDir(), "few.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(all[:lines], "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func cairn(t *testing.T, vars []string, args ...string) (out string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = run(t.Context(), args, vars, &stdout, &stderr)
	return stdout.String() + stderr.String(), err
}

// reportOf reads what `cairn eval --json` printed, without what it said beside.
func reportOf(t *testing.T, vars []string, args ...string) map[string]any {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), append([]string{"eval", "--json", "--resamplings", "0"}, args...), vars, &stdout, &stderr); err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	var r map[string]any
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatalf("%v: %s", err, stdout.String())
	}
	return r
}

func TestEvalJSON(t *testing.T) {
	r := reportOf(t, nil, few(t, 20))
	for _, key := range []string{"micro_f1", "macro_f1", "stage", "status", "orbit", "phase"} {
		if v, ok := r[key].(float64); !ok || v < 0 || v > 1 {
			t.Errorf("%s is %v", key, r[key])
		}
	}
	dnc, _ := r["do_not_contact"].(map[string]any)
	if _, ok := dnc["recall"].(float64); !ok {
		t.Errorf("do_not_contact is %v", r["do_not_contact"])
	}
	if out, err := cairn(t, nil, "eval", few(t, 5)); err != nil || !strings.Contains(out, "micro_f1") {
		t.Errorf("the table: %v\n%s", err, out)
	}
}

// Figures on what was trained on are told for what they are, whatever the file is called;
// others are not.
func TestEvalTellsWhatWasTrainedOn(t *testing.T) {
	file := few(t, 5)
	if out, err := cairn(t, nil, "eval", file); err != nil || !strings.Contains(out, "few.jsonl: the reading was trained on 5 of its 5 contacts") || !strings.Contains(out, unseen) {
		t.Errorf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte(`"id": "c`), []byte(`"id": "other-`)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := cairn(t, nil, "eval", file); err != nil || !strings.Contains(out, "trained on 5 of its 5") {
		t.Errorf("by other ids: %v\n%s", err, out)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte(`"note": "`), []byte(`"note": "well: `)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := cairn(t, nil, "eval", file); err != nil || strings.Contains(out, "trained on") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestEvalRefuses(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.jsonl")
	if err := os.WriteFile(broken, []byte(`{"id":"x","interactions":[{"note":"a"}],"gold":{"signals":[]}}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"name a file":      {"eval"},
		"no such file":     {"eval", "nowhere.jsonl"},
		"broken.jsonl:1":   {"eval", broken},
		"no model":         {"eval", "--engine", "model", broken},
		"choose one":       {"eval", "--engine", "model", "--record", "a", "--replay", broken, broken},
		"recorded answer":  {"eval", "--engine", "model", "--replay", broken, broken},
		"say where":        {"train"},
		`must be one of`:   {"eval", "--engine", "magic", broken},
		"list histories":   {"eval", "--leave-one-out", t.TempDir()},
		"list histories: ": {"train", "--out", "x", t.TempDir()},
	} {
		if out, err := cairn(t, nil, args...); err == nil || !strings.Contains(err.Error()+out, want) {
			t.Errorf("cairn %v: %v\n%s\nwant %q", args, err, out, want)
		}
	}
}

// With a model, recorded and played again; and with one that errs.
func TestEvalWithAModel(t *testing.T) {
	file, tape := few(t, 20), filepath.Join(t.TempDir(), "tape.jsonl")
	base := reportOf(t, nil, file)
	s := llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) })
	vars := []string{"OPENAI_BASE_URL=" + s.URL, "OPENAI_API_KEY=sk-canary"}
	recorded := reportOf(t, vars, "--engine", "model", "--record", tape, file)
	calls := len(s.Calls())
	replayed := reportOf(t, nil, "--engine", "model", "--replay", tape, file)
	if recorded["micro_f1"] != replayed["micro_f1"] || calls == 0 || len(s.Calls()) != calls {
		t.Errorf("recorded %v, replayed %v, %d calls, then %d", recorded["micro_f1"], replayed["micro_f1"], calls, len(s.Calls()))
	}
	if data, err := os.ReadFile(tape); err != nil || strings.Contains(string(data), "sk-canary") || len(data) == 0 {
		t.Errorf("the tape: %v %.200s", err, data)
	}
	s.Script(func(c llmtest.Call) llmtest.Reply {
		_, note, _ := strings.Cut(c.User, "\nNote: \"")
		word, _, _ := strings.Cut(strings.TrimRight(note, "\"\n"), " ")
		return llmtest.Says(`{"signals":[{"signal":"opted_out","quote":"` + word + `"}]}`)
	})
	for _, key := range []string{"micro_f1", "macro_f1", "stage", "status", "orbit", "phase"} {
		if wrong := reportOf(t, vars, "--engine", "model", file); wrong[key].(float64) < base[key].(float64) {
			t.Errorf("with a wrong model %s fell from %v to %v", key, base[key], wrong[key])
		}
	}
}

// What somebody put right becomes a case: judged, exported with names masked.
func TestCorrections(t *testing.T) {
	url := storetest.URL(t)
	vars := []string{"DATABASE_URL=" + url}
	if _, err := cairn(t, vars, "eval", "--corrections"); err == nil || !strings.Contains(err.Error(), "workspace") {
		t.Errorf("without a team: %v", err)
	}
	corrected(t, url)
	file := filepath.Join(t.TempDir(), "cases.jsonl")
	r := reportOf(t, vars, "--corrections", "--export", file)
	if r["contacts"] != 1.0 || r["notes"] != 1.0 {
		t.Errorf("judged %v contacts, %v notes", r["contacts"], r["notes"])
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Dana", "Ruiz", "Acme", "dana@acme.example"} {
		if strings.Contains(string(data), name) {
			t.Errorf("%q stands in the export: %s", name, data)
		}
	}
	if again := reportOf(t, nil, file); again["micro_f1"] != r["micro_f1"] {
		t.Errorf("the exported file gives %v, the database %v", again["micro_f1"], r["micro_f1"])
	}
}

// corrected records a line and puts its reading right.
func corrected(t *testing.T, url string) {
	t.Helper()
	pool, err := store.Open(t.Context(), url, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	st := store.New(pool, nil)
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	c := &coach.Coach{Models: models, Reader: reader}
	if err := st.SetTeam(t.Context(), "T1", "One"); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)
	d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: "e", Kind: "command", Key: "k", Payload: []byte("{}")},
		Who: store.Who{Name: "Dana Ruiz", NameKey: "dana ruiz", Company: "Acme", CompanyKey: "acme"}, At: now, LoggedAt: now,
		Channel: "phone", Direction: "both", Note: "Dana of Acme hinted at the frozen list, dana@acme.example", Source: "command", Models: c.Versions()}
	out, err := st.LogInteraction(t.Context(), d, func(k store.Known) (store.Decision, error) {
		return c.Decide(k, d, line.Line{Note: d.Note}, coach.Shelf{Library: suggest.NewLibrary(guide, nil)}, 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: out.Recorded, Origin: coach.Person, By: "U1", Reason: "they said later",
		Signals: []store.Signal{{Signal: string(journey.Postponed), Confidence: 1, Origin: coach.Person}}}, c.Refold); err != nil {
		t.Fatal(err)
	}
}
