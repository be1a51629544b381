package coach

import (
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
		"call, did not find the calculator, asked for it":                  0,
		"found a leak, and downtime hurts":                                 0,
		"took the calculator to her":                                       0,
		"asked for the calculator":                                         0,
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
