package bot

import (
	"strings"
	"testing"

	"cairn/bot/line"
	"cairn/store"
)

// A problem quotes what was typed, and names commands as this workspace has them.
func TestProblemAsToldHere(t *testing.T) {
	t.Parallel()
	b := &Bot{cfg: Config{Prefix: "c-"}}
	got := b.told(&line.Problem{Sentence: "I have a name, “<!channel>”.", Hint: "Type `/log <!channel>: call`, or `/next dana`."})
	if want := "I have a name, “&lt;!channel&gt;”. Type `/c-log &lt;!channel&gt;: call`, or `/c-next dana`."; got != want {
		t.Error(got)
	}
	if got := b.nobody("dana", store.Match{}); !strings.Contains(got, "`/c-log dana, ") {
		t.Error(got)
	}
}
