package bot

import (
	"strings"
	"testing"

	"cairn/bot/chat"
	"cairn/bot/watch"
	"cairn/store"
)

// A form that is not taken stays on the screen with all that was typed into it.
func TestARefusedFormStaysOpen(t *testing.T) {
	t.Parallel()
	b := &Bot{meters: watch.NewMeters()}
	for _, why := range []error{errBusy, errEnded} {
		r := &chat.Request{Delivery: store.Delivery{Kind: chat.KindSubmission},
			View: chat.View{Callback: "content", Values: map[string]string{"title": "Night shift planner", "summary": "plans nights"}}}
		if reply := b.refusal(r, why); len(reply.Errors) != 1 || reply.Message != nil || !strings.HasPrefix(reply.Errors["summary"], "NOT saved") {
			t.Errorf("%v: %+v", why, reply)
		}
	}
}
