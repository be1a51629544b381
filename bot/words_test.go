package bot

import (
	"strings"
	"testing"

	"cairn/bot/chat"
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

// A command whose words a button may not be able to carry asks for the full name instead.
func TestWhichOfACommandTooLongForAButton(t *testing.T) {
	t.Parallel()
	m := store.Match{Ask: []store.Candidate{{ID: 1, Name: "Dana Ruiz"}, {ID: 2, Name: "Dana Voss"}}}
	for text, want := range map[string]bool{
		"dana: " + strings.Repeat("x", 1900): true,
		"dana: " + strings.Repeat("ж", 1900): false, // by bytes it is too long
		"dana: " + strings.Repeat("🙂", 1000): false, // and by UTF-16 as well
	} {
		reply := (&Bot{}).which(&chat.Request{Verb: "heard", Text: text}, "dana", m)
		if got := reply.Message != nil && len(reply.Message.Blocks) > 1; got != want {
			t.Errorf("%.20s…: buttons %v, want %v", text, got, want)
		}
	}
}
