package bot_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/slacksim"
)

// Whether an answer to plain words arrived may stay unknown, where the history
// cannot be read: then the person is told, and of a line that it is recorded.
func TestAnAnswerThatStaysUnknownIsTold(t *testing.T) {
	t.Parallel()
	o := open(t)
	u := o.User(maya)
	for _, c := range []struct{ typed, want string }{
		{"Eva Holm, Acme: call, asked for a price", "#1 is recorded. Slack broke off while I was sending you its receipt"},
		{"next", "Slack broke off while I was answering you"},
	} {
		o.Faults().Fail("conversations.history", "missing_scope", 10)
		o.Faults().LoseReply("chat.postMessage", 1)
		if _, err := u.DM(t.Context(), c.typed); err != nil {
			t.Fatal(err)
		}
		told := func() string {
			var all []string
			for _, m := range u.Messages(u.DMChannel()) {
				all = append(all, slacksim.Text(m))
			}
			return strings.ReplaceAll(strings.Join(all, "\n"), "*", "")
		}
		for until := time.Now().Add(20 * time.Second); !strings.Contains(told(), c.want); time.Sleep(50 * time.Millisecond) {
			o.clock.move(time.Second) // it is looked for some seconds later
			if time.Now().After(until) {
				t.Fatalf("%s: told\n%s", c.typed, told())
			}
		}
		o.Faults().Clear()
	}
}
