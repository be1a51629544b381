package coach

import (
	"strings"
	"testing"

	"cairn/bot/suggest"
	"cairn/prompts/library"
)

// What they took along, found or read themselves is not sent to them again; what is not
// told so, or is our act, is none of it.
func TestGotten(t *testing.T) {
	t.Parallel()
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	l := suggest.NewLibrary(guide, []suggest.Item{
		{ID: 1, Title: "What an hour of downtime costs: calculator", Kind: "calculator", Topics: []string{"downtime"}},
		{ID: 2, Title: "Talk: a year of near misses in one warehouse", Kind: "video", Topics: []string{"near misses"}},
		{ID: 3, Title: "Am Auditmorgen: Prüfnachweise in zwanzig Minuten", Kind: "Leitfaden", Topics: []string{"Prüfnachweise"}, Language: "de"},
	})
	for note, want := range map[string]int64{
		"took the downtime calculator along at the fair":                   1,
		"she found the calculator on our site herself":                     1,
		"webinar, liked the talk on near misses":                           2,
		"hat den Leitfaden Prüfnachweise auf der Messe mitgenommen":        3,
		"loves the near misses talk, forwarded it to 5 colleagues":         2,
		"likes short videos":                                               0,
		"loves calculators of any kind":                                    0,
		"enjoys video more than reading":                                   0,
		"liked the video":                                                  2,
		"loves our downtime calculator":                                    1,
		"enjoyed near misses video":                                        2,
		"watched a video":                                                  2,
		"would love the near misses talk":                                  0,
		"call, did not find the calculator, asked for it":                  0,
		"found a leak, and downtime hurts":                                 0,
		"took the calculator to her":                                       0,
		"asked for the calculator":                                         0,
		"saw the talk on a year of near misses in one warehouse last week": 2,
		"wants the downtime calculator, found the near misses interesting": 0,
	} {
		got := int64(0)
		for _, it := range gotten(note, "Kim", l) {
			got = it.ID
		}
		if got != want {
			t.Errorf("%q: %d, want %d", note, got, want)
		}
	}
}

// A pasted table is no work: however many words stand beside an act, few of their stretches
// are looked up in the library.
func TestFewStretchesAreLookedUp(t *testing.T) {
	t.Parallel()
	for _, note := range []string{strings.Repeat("guide ", 400) + "read" + strings.Repeat(" guide", 400), "saw " + strings.Repeat("downtime calculator ", 200)} {
		looked := 0
		for _, p := range piecesOf(note) {
			for i, w := range p.words {
				if !cameBy[w.word] {
					continue
				}
				for _, thing := range p.beside(i) {
					looked += len(stretches(note, thing))
				}
			}
		}
		if most := mostNaming * (mostNaming + 1); looked == 0 || looked > most {
			t.Errorf("%.30q: %d stretches are looked up, want at most %d", note, looked, most)
		}
	}
}

// BenchmarkGotten is a row of a pasted table in which a word says that something was read.
func BenchmarkGotten(b *testing.B) {
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		b.Fatal(err)
	}
	l := suggest.NewLibrary(guide, []suggest.Item{{ID: 1, Title: "What an hour of downtime costs: calculator", Kind: "calculator"}})
	note := "read " + strings.Repeat("site line guide owner ", 25)
	for b.Loop() {
		gotten(note, "Kim", l)
	}
}
