package editing

import (
	"testing"

	"cairn/store"
)

// Where a prompt was used is told by what it made, for how many contacts, and of a
// digest for which channels.
func TestUsedWord(t *testing.T) {
	used := []store.PromptUsage{
		{Name: "suggest-reason", Made: "suggestion", Times: 5, Contacts: 3},
		{Name: "digest-lines", Made: "digest-lines", Times: 4, Channels: []string{"C1", "C2", "C3", "C4"}},
		{Name: "prep-questions", Made: "questions", Times: 2, Contacts: 1},
		{Name: "prep-questions", Made: "draft", Times: 1},
	}
	for name, want := range map[string]string{
		"suggest-reason": " · last 7 days: 5 suggestions for 3 contacts",
		"digest-lines":   " · last 7 days: 4 digests for <#C1>, <#C2>, <#C3> and 1 more",
		"prep-questions": " · last 7 days: 2 lists of questions for 1 contact, 1 draft",
		"read-note":      "",
	} {
		if got := usedWord(name, used); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
