package bot

import (
	"strings"
	"testing"

	"cairn/bot/chat"
	"cairn/store"
)

// A form that this version does not know, as one that was open across an upgrade,
// stays on the screen with what was typed.
func TestFormOfAnotherVersion(t *testing.T) {
	t.Parallel()
	b := &Bot{submissions: submissions()}
	for values, stays := range map[string]bool{"why": true, "": false} {
		r := &chat.Request{Delivery: store.Delivery{Kind: chat.KindSubmission}, View: chat.View{Callback: "prompt_publish", Values: map[string]string{}}}
		if values != "" {
			r.View.Values[values] = "because"
		}
		reply, err := b.submitted(t.Context(), r)
		if err != nil || stays != strings.Contains(reply.Errors["why"], "renewed") || !stays && reply.Message == nil {
			t.Errorf("%+v %v", reply, err)
		}
	}
}
