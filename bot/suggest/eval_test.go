package suggest_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

func aipee(t testing.TB) *journey.Model {
	t.Helper()
	models, err := journey.LoadAll(os.DirFS("../../prompts/journeys"))
	if err != nil {
		t.Fatal(err)
	}
	m, ok := models.Get("aipee")
	if !ok {
		t.Fatal("no aipee")
	}
	return m
}

func labelled(t testing.TB, set string) (*suggest.Library, []suggest.LabelledState) {
	t.Helper()
	f, err := os.Open("testdata/library-" + set + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range items {
		items[i].ID = int64(i + 1)
	}
	s, err := os.Open("testdata/states-" + set + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	states, err := suggest.ReadStates(s)
	if err != nil {
		t.Fatal(err)
	}
	return suggest.NewLibrary(guide(t), items), states
}

var evalDay = time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC)

func TestEvalSuggest(t *testing.T) {
	for _, set := range []string{"a", "b"} {
		l, states := labelled(t, set)
		r, err := suggest.EvalSuggest(l, aipee(t), states, evalDay)
		if err != nil {
			t.Fatal(err)
		}
		out, _ := json.Marshal(r)
		t.Log(set, string(out))
	}
}
