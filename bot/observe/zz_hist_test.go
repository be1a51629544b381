package observe_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

func TestZZHist(t *testing.T) {
	if os.Getenv("YA") == "" {
		t.Skip()
	}
	r := reader(t)
	names, _ := filepath.Glob("testdata/histories/*.jsonl")
	for _, name := range names {
		f, _ := os.Open(name)
		_ = observe.ReadHistories(name, f, func(h observe.History) error {
			c := observe.Context{}
			for i := range h.Interactions {
				n := h.Note(i)
				var got []journey.Signal
				for _, f := range r.Read(n, c) {
					got = append(got, f.Signal)
				}
				gold := slices.Clone(h.Gold.Signals[i])
				slices.Sort(gold)
				slices.Sort(got)
				if !slices.Equal(gold, got) {
					fmt.Printf("HIST %v %v | %q\n", gold, got, n.Text)
				}
				c = c.After(got, n.Channel, n.Direction)
			}
			return nil
		})
		f.Close()
	}
}
