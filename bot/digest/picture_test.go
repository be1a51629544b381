package digest_test

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/bot/digest"
)

// keep writes the pictures somewhere to be looked at.
var keep = flag.String("keep", "", "folder in which the pictures are left, to be looked at")

func n(v int) digest.Sum { return digest.Sum{N: v, Reps: 4} }

func sampleFigures() digest.Figures {
	hidden := digest.Sum{Hidden: true}
	return digest.Figures{
		Moves: map[string]digest.Sum{"up": n(12), "skipped": n(4), "back": hidden, "returned": n(3), "quiet": n(5), "left": hidden},
		Stands: []digest.Stand{{Stage: "exchange", Title: "Exchange", Here: n(14), In: n(3)}, {Stage: "engagement", Title: "Engagement", Here: n(22), In: n(6), Out: hidden},
			{Stage: "permission", Title: "Permission", Here: n(41), In: n(5)}, {Stage: "interaction", Title: "Interaction", Here: n(18), In: n(2)},
			{Stage: "attention", Title: "Attention", Here: n(9)}},
		Items: []digest.Item{
			{Title: "Audit checklist for SaaS buyers", Given: n(19), At: []digest.Cell{{Stage: "permission", Given: n(12), Moved: 7}, {Stage: "engagement", Given: n(7), Moved: 2}}},
			{Title: "What a missed inspection costs: a calculation for plants with three shifts", Given: n(8), At: []digest.Cell{{Stage: "interaction", Given: n(8), Moved: 1}, {Stage: "exchange", Given: hidden}}}},
	}
}

func TestPictures(t *testing.T) {
	f := sampleFigures()
	var stages []digest.Stand
	for i := len(f.Stands) - 1; i >= 0; i-- {
		stages = append(stages, f.Stands[i])
	}
	movement, err := digest.Movement(f)
	if err != nil {
		t.Fatal(err)
	}
	given, ok, err := digest.Given(f, stages)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	for _, p := range []digest.Picture{movement, given} {
		img, err := png.Decode(bytes.NewReader(p.PNG))
		if err != nil {
			t.Fatal(err)
		}
		if b := img.Bounds(); b.Dx() != 800 || b.Dy() > 1000 || len(p.PNG) > 100_000 {
			t.Errorf("%s is %v, %d bytes", p.Name, b, len(p.PNG))
		}
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(*keep, p.Name), p.PNG, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, says := range []string{"Engagement – there now: 22, came up: 6, went back: not shown.", "left: not shown"} {
		if !strings.Contains(movement.Alt, says) {
			t.Errorf("alt text: %s", movement.Alt)
		}
	}
	if !strings.Contains(given.Alt, "Audit checklist for SaaS buyers: Permission 7 of 12, Engagement 2 of 7.") {
		t.Errorf("alt text: %s", given.Alt)
	}
	if _, ok, err := digest.Given(digest.Figures{Items: []digest.Item{{Title: "x", Given: digest.Sum{Hidden: true}}}}, stages); ok || err != nil {
		t.Error("a picture of nothing", ok, err)
	}
}
