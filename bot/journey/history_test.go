package journey_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/prompts"
)

// history is a line of the labelled histories.
type history struct {
	ID           string `json:"id"`
	Interactions []struct {
		At string `json:"at"`
	} `json:"interactions"`
	Gold struct {
		Signals [][]journey.Signal `json:"signals"`
		Aipee   struct {
			Stage        string         `json:"stage"`
			Status       journey.Status `json:"status"`
			DoNotContact bool           `json:"do_not_contact"`
			Cycle        string         `json:"cycle"`
			Exchanged    []string       `json:"exchanged"`
		} `json:"aipee"`
		Orbit     string `json:"orbit"`
		Lifecycle struct {
			Phase     string `json:"phase"`
			Influence bool   `json:"influence"`
		} `json:"lifecycle"`
	} `json:"gold"`
}

func (h history) notes(t testing.TB) []journey.Note {
	t.Helper()
	notes := make([]journey.Note, len(h.Gold.Signals))
	for i, signals := range h.Gold.Signals {
		at, err := time.Parse(time.DateOnly, h.Interactions[i].At)
		if err != nil {
			t.Fatal(err)
		}
		if notes[i], err = journey.NewNote(int64(i+1), at, signals...); err != nil {
			t.Fatal(err)
		}
	}
	return notes
}

func histories(t testing.TB) []history {
	t.Helper()
	files, err := filepath.Glob("../observe/testdata/histories/histories-*.jsonl")
	if err != nil || len(files) != 12 {
		t.Fatalf("found %d files of labelled histories, want 12 (%v)", len(files), err)
	}
	var all []history
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var h history
			if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			all = append(all, h)
		}
	}
	return all
}

func models(t testing.TB) journey.Models {
	t.Helper()
	ms, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

func model(t testing.TB, name string) *journey.Model {
	t.Helper()
	m, ok := models(t).Get(name)
	if !ok {
		t.Fatalf("there is no model %q", name)
	}
	return m
}

// Every labelled history folds to its labelled places.
func TestHistories(t *testing.T) {
	aipee, orbits, life := model(t, "aipee"), model(t, "orbits"), model(t, "lifecycle")
	all := histories(t)
	if len(all) != 2463 {
		t.Fatalf("read %d histories, want 2463", len(all))
	}
	for _, h := range all {
		notes := h.notes(t)
		a, _ := aipee.Fold(aipee.Start(), notes...)
		want := h.Gold.Aipee
		slices.Sort(want.Exchanged)
		if a.Stage != want.Stage || a.Status != want.Status || a.DoNotContact != want.DoNotContact ||
			a.Cycle != want.Cycle || !slices.Equal(a.Exchanged, want.Exchanged) {
			t.Errorf("%s aipee: %s/%s/%v/%q/%v, want %+v\n%v", h.ID, a.Stage, a.Status, a.DoNotContact, a.Cycle, a.Exchanged, want, h.Gold.Signals)
		}
		o, _ := orbits.Fold(orbits.Start(), notes...)
		if o.Stage != h.Gold.Orbit {
			t.Errorf("%s orbit %q, want %q\n%v", h.ID, o.Stage, h.Gold.Orbit, h.Gold.Signals)
		}
		l, _ := life.Fold(life.Start(), notes...)
		if l.Stage != h.Gold.Lifecycle.Phase || l.Influence != h.Gold.Lifecycle.Influence {
			t.Errorf("%s lifecycle %s/%v, want %+v\n%v", h.ID, l.Stage, l.Influence, h.Gold.Lifecycle, h.Gold.Signals)
		}
		if a.Status != o.Status || a.Status != l.Status || a.DoNotContact != o.DoNotContact || a.DoNotContact != l.DoNotContact {
			t.Errorf("%s: the models differ in status", h.ID)
		}
	}
}
