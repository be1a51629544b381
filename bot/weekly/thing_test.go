package weekly

import (
	"errors"
	"strings"
	"testing"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
)

// The button of a preview brings back the week and the words that its asker saw; words
// that Slack would not carry are left to the built-in wording.
func TestPostValue(t *testing.T) {
	t.Parallel()
	week := digest.Week{Year: 2026, Number: 12}
	said := phrased{Of: digest.Thing{Kind: "waiting", Count: 3}, Line: "3 people asked you and still wait.", Version: "digest-one-thing@2", Model: "m"}
	long := said
	long.Line = strings.Repeat("wait ", blockkit.MaxValue/5)
	for name, c := range map[string]struct{ ahead, want phrased }{"none": {}, "words": {said, said}, "too long": {long, phrased{}}} {
		channel, k, ahead, err := readPostValue(postValue("C0SALES", week, c.ahead))
		if err != nil || channel != "C0SALES" || k != week || ahead != c.want {
			t.Errorf("%s: %q %v %+v %v", name, channel, k, ahead, err)
		}
	}
	for _, value := range []string{"", "C0SALES", "C0SALES 2026 12 {"} {
		if _, _, _, err := readPostValue(value); !errors.Is(err, chat.ErrValue) {
			t.Errorf("%q: %v", value, err)
		}
	}
}
