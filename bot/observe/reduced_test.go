package observe_test

import (
	"bytes"
	"os"
	"testing"

	"cairn/bot/observe"
)

// few reads the first n contacts of each of the named authors.
func few(t *testing.T, n int, authors ...string) []observe.History {
	t.Helper()
	var list []observe.History
	for _, a := range authors {
		name := "testdata/histories/histories-" + a + ".jsonl"
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		err = observe.ReadHistories(name, f, func(h observe.History) error {
			if seen++; seen <= n {
				list = append(list, h)
			}
			return nil
		})
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// Training twice gives the same bytes, and what it gives reads an author whom
// it does not know far better than chance. The full figures come from
// `cairn eval --leave-one-out`.
func TestTrain(t *testing.T) {
	cues, err := observe.LoadCues(os.DirFS("../../prompts/cues"))
	if err != nil {
		t.Fatal(err)
	}
	recipe := observe.DefaultRecipe()
	recipe.Epochs = 5
	known := few(t, 50, "a", "b", "d", "h")
	var files [2]bytes.Buffer
	for i := range files {
		w, err := observe.Train(known, cues, recipe)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteTo(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("training twice gave two different files")
	}
	w, err := observe.ReadWeights(files[0].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	r := observe.NewReader(w, cues)
	hit, wrong, missed := 0, 0, 0
	for _, h := range few(t, 100, "k") {
		var c observe.Context
		for i := range h.Interactions {
			n := h.Note(i)
			found := r.Read(n, c)
			checkQuotes(t, n.Text, found)
			for _, s := range h.Gold.Signals[i] {
				if shows(found, s) {
					hit++
				} else {
					missed++
				}
			}
			wrong += len(found)
			c = c.After(h.Gold.Signals[i], n.Channel, n.Direction)
		}
	}
	wrong -= hit
	if f1 := 2 * float64(hit) / float64(2*hit+wrong+missed); f1 < 0.5 {
		t.Errorf("micro-F1 on an author not trained on: %.3f, want at least 0.5 from 200 contacts", f1)
	}
}

func TestTrainNeedsHistories(t *testing.T) {
	cues, err := observe.LoadCues(os.DirFS("../../prompts/cues"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := observe.Train(nil, cues, observe.DefaultRecipe()); err == nil {
		t.Error("training on nothing gave weights")
	}
}
