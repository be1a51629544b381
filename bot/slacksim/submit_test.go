package slacksim_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"

	"cairn/bot/slacksim"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func TestInChannelAnswersAreSeenByAll(t *testing.T) {
	w := newWorld(t)
	w.bot(t, func(*slack.Client, socketmode.Event) any {
		return map[string]any{"response_type": "in_channel", "text": "for all"}
	})
	must(w.User("U1").Slash(ctx(t), "C1", "/log", "Dana"))(t)
	got := w.User("U2").Messages("C1")
	if len(got) != 2 || got[0].Text != "/log Dana" || got[0].User != "U1" || got[1].Text != "for all" {
		t.Errorf("messages: %+v", got)
	}
}

// response_action decides what stands on the screen after a submit.
func TestResponseActions(t *testing.T) {
	next, bad := modal("Next"), modal("A title of more than 24 characters")
	for name, c := range map[string]struct {
		ack       any
		modals    int
		title     string
		violation string
	}{
		"nothing closes":          {nil, 1, "First", ""},
		"update replaces":         {slack.NewUpdateViewSubmissionResponse(&next), 2, "Next", ""},
		"clear closes all":        {slack.NewClearViewSubmissionResponse(), 0, "", ""},
		"push adds":               {slack.NewPushViewSubmissionResponse(&next), 3, "Next", ""},
		"a bad view changes none": {slack.NewUpdateViewSubmissionResponse(&bad), 2, "Second", "ack_invalid_arguments"},
		"errors need a block":     {slack.NewErrorsViewSubmissionResponse(map[string]string{"nope": "x"}), 2, "Second", "ack_unknown_error_block"},
		"an unknown action":       {map[string]any{"response_action": "dance"}, 2, "Second", "ack_invalid_response_action"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.bot(t, func(_ *slack.Client, ev socketmode.Event) any {
				if d, ok := ev.Data.(slack.InteractionCallback); ok && d.Type == slack.InteractionTypeViewSubmission {
					return c.ack
				}
				return nil
			})
			u := w.User("U1")
			first, second := modal("First"), modal("Second")
			first.Submit, second.Submit = plain("Go"), plain("Go")
			must(w.api.OpenView(must(u.Slash(ctx(t), "C1", "/log", ""))(t).TriggerID, first))(t)
			must(w.api.PushView(must(u.Slash(ctx(t), "C1", "/log", ""))(t).TriggerID, second))(t)
			must(u.Submit(ctx(t)))(t)
			v := u.Modal()
			if u.Modals() != c.modals || v != nil && v.Title != c.title {
				t.Errorf("%d modals, on top %+v", u.Modals(), v)
			}
			got := w.Violations()
			if (len(got) > 0) != (c.violation != "") || len(got) > 0 && got[0].Kind != c.violation {
				t.Errorf("violations: %v", got)
			}
		})
	}
}

func TestUpdateKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	w.bot(t, ack)
	u := w.User("U1")
	view := modal("Log")
	view.Submit = plain("Save")
	view.Blocks.BlockSet = append(view.Blocks.BlockSet, slack.NewInputBlock("who", plain("Who"), nil, slack.NewPlainTextInputBlockElement(nil, "name")))
	r := must(u.Slash(ctx(t), "C1", "/log", ""))(t)
	opened := must(w.api.OpenView(r.TriggerID, view))(t)
	if err := u.Fill("Who", "Dana"); err != nil {
		t.Fatal(err)
	}
	must(w.api.UpdateView(view, "", opened.Hash, opened.ID))(t)
	if got := u.Modal().Values["who"]["name"]["value"]; got != "Dana" {
		t.Errorf("after the update the field holds %v", got)
	}
}

func TestNoAckLeavesTheModalOpen(t *testing.T) {
	w := newWorld(t, quick)
	var mute atomic.Bool
	w.bot(t, func(*slack.Client, socketmode.Event) any {
		if mute.Load() {
			return hold
		}
		return nil
	})
	u := w.User("U1")
	view := modal("Log")
	view.Submit = plain("Save")
	must(w.api.OpenView(must(u.Slash(ctx(t), "C1", "/log", ""))(t).TriggerID, view))(t)
	mute.Store(true)
	r := must(u.Submit(ctx(t)))(t)
	if v := u.Modal(); r.Failed != "operation_timeout" || v == nil || v.Errors[""] == "" {
		t.Errorf("reply %+v, modal %+v", r, v)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ws := slacksim.New(slacksim.Config{})
	run, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- ws.ServeListener(run, ln) }()
	api := slack.New("xoxb-simulated", slack.OptionAPIURL("http://"+ln.Addr().String()+"/api/"))
	if _, err := api.AuthTestContext(ctx(t)); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
