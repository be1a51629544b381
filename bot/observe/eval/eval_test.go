package eval_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
)

func models(t *testing.T) journey.Models {
	t.Helper()
	m, err := journey.LoadAll(os.DirFS("../../../prompts/journeys"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func sources(t *testing.T, authors string) []eval.Source {
	t.Helper()
	all, err := eval.Sources(os.DirFS("../testdata/histories"))
	if err != nil {
		t.Fatal(err)
	}
	var list []eval.Source
	for _, s := range all {
		if strings.Contains(authors, strings.TrimSuffix(strings.TrimPrefix(s.Name, "histories-"), ".jsonl")) {
			list = append(list, s)
		}
	}
	return list
}

// labelled reads the labels themselves, contact by contact.
func labelled(histories []observe.History) eval.Reading {
	at, note := 0, 0
	return func(n observe.Note, _ observe.Context) []observe.Finding {
		for note == len(histories[at].Interactions) {
			at, note = at+1, 0
		}
		var found []observe.Finding
		for _, s := range histories[at].Gold.Signals[note] {
			found = append(found, observe.Finding{Signal: s, Quote: n.Text, Confidence: 1})
		}
		note++
		return found
	}
}

// A reader who reads what the labels say makes no mistake anywhere: labels,
// fold and judge agree.
func TestPerfectReading(t *testing.T) {
	src := sources(t, "abcdefghijkl")
	histories, err := eval.Load(src)
	if err != nil {
		t.Fatal(err)
	}
	r, err := eval.Run("labels", src, models(t), labelled(histories), nil, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]float64{"micro": r.MicroF1, "macro": r.MacroF1, "exact": r.Exact, "stage": r.Stage, "status": r.Status, "orbit": r.Orbit, "phase": r.Phase,
		"lipee": r.Lipee, "cycle": r.Cycle, "exchanged": r.Exchanged, "influence": r.Influence, "recall": r.DoNotContact.Recall, "precision": r.DoNotContact.Precision} {
		if v != 1 {
			t.Errorf("%s is %v, want 1", name, v)
		}
	}
	if r.FalseMoves != 0 || r.MissedMoves != 0 || r.Calibration.Brier != 0 {
		t.Errorf("false moves %v, missed moves %v, Brier %v, want none", r.FalseMoves, r.MissedMoves, r.Calibration.Brier)
	}
	if len(r.Authors) != 12 || r.Contacts != 2463 {
		t.Errorf("%d authors, %d contacts, want 12 and 2463", len(r.Authors), r.Contacts)
	}
}

const two = `{"id":"x1","contact":{"name":"Dana Ruiz","company":"Acme"},"interactions":[{"at":"2026-01-02","channel":"email","direction":"in","note":"signed"},{"at":"2026-01-09","channel":"email","direction":"in","note":"take me off your list"}],"gold":{"signals":[["revenue"],["opted_out"]],"aipee":{"stage":"exchange","status":"left","do_not_contact":true,"cycle":"","exchanged":["revenue"]},"orbit":"acquisition","lifecycle":{"phase":"purchase","influence":false}}}`

func file(name, text string) []eval.Source {
	list, err := eval.Sources(fstest.MapFS{name: {Data: []byte(text)}})
	if err != nil {
		panic(err)
	}
	return list
}

// One note read right, one wrong: the figures can be done by hand.
func TestFiguresByHand(t *testing.T) {
	read := func(n observe.Note, _ observe.Context) []observe.Finding {
		if n.Text == "signed" {
			return []observe.Finding{{Signal: journey.Revenue, Confidence: 0.9}}
		}
		return []observe.Finding{{Signal: journey.Declined, Confidence: 0.6}, {Signal: journey.Replied, Confidence: 0.2}}
	}
	r, err := eval.Run("by hand", file("x.jsonl", two), models(t), read, map[string]eval.Reading{"none": func(observe.Note, observe.Context) []observe.Finding { return nil }}, eval.Options{Resamplings: 20, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	// 1 hit, 2 wrong, 1 missed
	if got := r.MicroF1; got != 2.0/5 {
		t.Errorf("micro-F1 %v, want 0.4", got)
	}
	if got := r.MacroF1; got != 0.5 { // revenue 1, opted_out 0
		t.Errorf("macro-F1 %v, want 0.5", got)
	}
	if r.Stage != 1 || r.Status != 1 || r.DoNotContact.Recall != 0 || r.Orbit != 1 {
		t.Errorf("stage %v, status %v, orbit %v, do-not-contact recall %v; want 1, 1, 1, 0", r.Stage, r.Status, r.Orbit, r.DoNotContact.Recall)
	}
	if r.FalseMoves != 0.5 { // declined instead of opted_out: left, yet not to be left alone
		t.Errorf("false moves %v, want 0.5", r.FalseMoves)
	}
	if len(r.Baselines) != 1 || r.Baselines[0].MicroF1 != 0 {
		t.Errorf("baselines %+v, want one with micro-F1 0", r.Baselines)
	}
	if i := r.Intervals["micro_f1"]; i.Low != 0.4 || i.High != 0.4 { // one contact: every draw is the same
		t.Errorf("interval %+v, want 0.4 to 0.4", i)
	}
}

func TestJSONKeys(t *testing.T) {
	r, err := eval.Run("x", file("x.jsonl", two), models(t), func(observe.Note, observe.Context) []observe.Finding { return nil }, nil, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := eval.WriteJSON(&out, &r); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"micro_f1", "macro_f1", "stage", "status", "orbit", "phase", "do_not_contact", "signals", "authors", "languages", "calibration"} {
		if _, ok := got[k]; !ok {
			t.Errorf("the key %q is missing", k)
		}
	}
	dnc, _ := got["do_not_contact"].(map[string]any)
	if dnc["recall"] != 0.0 || dnc["precision"] != 1.0 {
		t.Errorf("do_not_contact is %v, want recall 0 and precision 1", dnc)
	}
	out.Reset()
	if err := eval.WriteTable(&out, &r); err != nil || !strings.Contains(out.String(), "opted_out") {
		t.Errorf("table: %v\n%s", err, out.String())
	}
}

func TestResamplingIsSeeded(t *testing.T) {
	read, err := observe.New(os.DirFS("../../../prompts/cues"))
	if err != nil {
		t.Fatal(err)
	}
	report := func() eval.Report {
		r, err := eval.Run("built-in", sources(t, "k"), models(t), read.Read, eval.Baselines(read), eval.Options{Resamplings: 30, Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	a, b := report(), report()
	if !reflect.DeepEqual(a, b) {
		t.Error("the same seed gave two reports")
	}
	i := a.Intervals["micro_f1"]
	if !(i.Low <= a.MicroF1 && a.MicroF1 <= i.High && i.Low < i.High) {
		t.Errorf("micro-F1 %v does not lie in %+v", a.MicroF1, i)
	}
	for _, base := range a.Baselines {
		if base.MicroF1 >= a.MicroF1 {
			t.Errorf("%s reaches %v, the reading %v", base.Name, base.MicroF1, a.MicroF1)
		}
	}
}

func TestBadLine(t *testing.T) {
	_, err := eval.Run("x", file("x.jsonl", two+"\n{}x\n"), models(t), func(observe.Note, observe.Context) []observe.Finding { return nil }, nil, eval.Options{})
	if err == nil || !strings.Contains(err.Error(), "x.jsonl:2: ") {
		t.Errorf("%v, want file and line", err)
	}
}
