package librarian

import (
	"testing"

	"cairn/store"
)

// A language is found by its name and by its code, and no code inside of words.
func TestSearch(t *testing.T) {
	t.Parallel()
	all := []store.Content{
		{Title: "Guide to dock rounds", Kind: "guide", Language: "en", URL: "https://library.example/de/1", Roles: []string{"IT"}},
		{Title: "Prüfnachweise", Kind: "guide", Language: "de", Topics: []string{"Audit"}},
		{Title: "Turni di notte", Kind: "guide", Language: "it"},
	}
	for query, want := range map[string][]string{"German guide": {"Prüfnachweise"}, "de": {"Prüfnachweise"}, "gui": {"Guide to dock rounds", "Prüfnachweise", "Turni di notte"},
		"it": {"Guide to dock rounds", "Turni di notte"}, "english": {"Guide to dock rounds"}, "dutch": nil} {
		var got []string
		for _, c := range search(all, query) {
			got = append(got, c.Title)
		}
		if len(got) != len(want) {
			t.Errorf("%q: %q, want %q", query, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %q, want %q", query, got, want)
			}
		}
	}
}
