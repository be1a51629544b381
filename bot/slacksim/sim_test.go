package slacksim_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func (w *world) get(t *testing.T, path string) map[string]any {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx(t), http.MethodGet, w.srv.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, _ := readJSON(t, req)
	return out
}

func (w *world) post(t *testing.T, path string, body any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctx(t), http.MethodPost, w.srv.URL+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	out, _ := readJSON(t, req)
	return out
}

// events reads the page's stream: one "name data" a value.
func (w *world) events(t *testing.T, user string) <-chan [2]string {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx(t), http.MethodGet, w.srv.URL+"/sim/events?user="+user, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan [2]string, 64)
	done := make(chan struct{})
	lines := bufio.NewScanner(resp.Body)
	lines.Scan() // the greeting: the stream is on
	go func() {
		defer close(done)
		var ev [2]string
		for lines.Scan() {
			if s, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				ev[0] = s
			}
			if s, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				ev[1] = s
				out <- ev
			}
		}
	}()
	t.Cleanup(func() { _ = resp.Body.Close(); <-done })
	return out
}

func until(t *testing.T, evs <-chan [2]string, name, part string) string {
	t.Helper()
	for {
		select {
		case ev := <-evs:
			if ev[0] == name && strings.Contains(ev[1], part) {
				return ev[1]
			}
		case <-ctx(t).Done():
			t.Fatalf("no event %s with %q", name, part)
		}
	}
}

func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[k]
		case int:
			l, _ := v.([]any)
			if k >= len(l) {
				return nil
			}
			v = l[k]
		}
	}
	return v
}

func TestPageStateAndTyping(t *testing.T) {
	w := newWorld(t)
	w.bot(t, func(*slack.Client, socketmode.Event) any { return receipt() })
	s := w.get(t, "/sim/state?user=U1")
	for want, path := range map[string][]any{
		"Rita Rep": {"me", "real_name"}, "Max Manager": {"people", 1, "real_name"}, "elsewhere": {"channels", 0, "name"},
		"Cairn": {"dms", 0, "name"}, "/log": {"commands", 0, "command"}, "who: what": {"commands", 0, "usage_hint"},
		"log": {"shortcuts", 0, "callback_id"}, "2026-11-23T09:00:00Z": {"clock", "now"}, "Simulated": {"team", "name"},
	} {
		if got := at(t, s, path...); got != want {
			t.Errorf("state %v = %v, want %s", path, got, want)
		}
	}
	evs := w.events(t, "U2")
	if out := w.post(t, "/sim/say", map[string]any{"user": "U1", "channel": "C1", "text": "1 < 2, @max"}); out["ok"] != true {
		t.Fatalf("say: %v", out)
	}
	until(t, evs, "message", `1 \u0026lt; 2, \u003c@U2\u003e`)
	if n := at(t, w.get(t, "/sim/state?user=U2"), "unread", "C1"); n != 1.0 {
		t.Errorf("unread: %v", n)
	}
	list := w.get(t, "/sim/messages?user=U2&channel=C1")
	if at(t, list, "messages", 0, "name") != "Rita Rep" || at(t, list, "messages", 0, "ephemeral") != false {
		t.Errorf("messages: %v", list)
	}
	if n := at(t, w.get(t, "/sim/state?user=U2"), "unread", "C1"); n != 0.0 {
		t.Errorf("unread after reading: %v", n)
	}
	if out := w.post(t, "/sim/say", map[string]any{"user": "U1", "channel": "C1", "text": "/log Dana"}); out["ok"] != true {
		t.Errorf("command: %v", out)
	}
	mine, theirs := w.get(t, "/sim/messages?user=U1&channel=C1"), w.get(t, "/sim/messages?user=U2&channel=C1")
	if at(t, mine, "messages", 1, "ephemeral") != true || at(t, theirs, "messages", 1) != nil {
		t.Errorf("the receipt: %v / %v", mine, theirs)
	}
	for _, bad := range []map[string]any{
		{"user": "U1", "channel": "C1", "text": "/nope"}, {"user": "U1", "channel": "C1", "text": "/log x", "thread_ts": "1.2"},
		{"user": "U2", "channel": "C2", "text": "not mine"}, {"user": "U1", "channel": "C1", "text": ""},
	} {
		if out := w.post(t, "/sim/say", bad); out["ok"] != false || out["error"] == "" {
			t.Errorf("%v: %v", bad, out)
		}
	}
}

func TestPageThreads(t *testing.T) {
	w := newWorld(t)
	evs := w.events(t, "U1")
	ts := must3(w.api.PostMessage("C1", slack.MsgOptionText("digest", false)))(t)
	must3(w.api.PostMessage("C1", slack.MsgOptionText("details", false), slack.MsgOptionTS(ts)))(t)
	until(t, evs, "message", "details")
	until(t, evs, "message_changed", `"reply_count":1`)
	top, thread := w.get(t, "/sim/messages?user=U1&channel=C1"), w.get(t, "/sim/messages?user=U1&channel=C1&thread_ts="+ts)
	if at(t, top, "messages", 1) != nil || at(t, thread, "messages", 1, "text") != "details" {
		t.Errorf("channel %v, thread %v", top, thread)
	}
	if _, _, err := w.api.DeleteMessage("C1", ts); err != nil {
		t.Fatal(err)
	}
	until(t, evs, "message_deleted", ts)
}

func TestPageButtonsAndModals(t *testing.T) {
	w := newWorld(t)
	view := modal("Log")
	view.Submit, view.NotifyOnClose = plain("Save"), true
	view.Blocks.BlockSet = append(view.Blocks.BlockSet, slack.NewInputBlock("who", plain("Who"), nil, slack.NewPlainTextInputBlockElement(nil, "name")),
		slack.NewSectionBlock(mrkdwn("company"), nil, slack.NewAccessory(slack.NewOptionsSelectBlockElement("external_select", plain("find"), "company")), slack.SectionBlockOptionBlockID("co")))
	kinds := make(chan slack.InteractionCallback, 8)
	w.bot(t, func(api *slack.Client, ev socketmode.Event) any {
		d, ok := ev.Data.(slack.InteractionCallback)
		if !ok {
			return receipt()
		}
		kinds <- d
		switch d.Type {
		case slack.InteractionTypeBlockActions:
			if d.View.ID == "" {
				if _, err := api.OpenView(d.TriggerID, view); err != nil {
					t.Error(err)
				}
			}
		case slack.InteractionTypeBlockSuggestion:
			return slack.OptionsResponse{Options: []*slack.OptionBlockObject{slack.NewOptionBlockObject("1", plain("Acme "+d.Value), nil)}}
		case slack.InteractionTypeViewSubmission:
			next := modal("Done")
			return slack.NewUpdateViewSubmissionResponse(&next)
		}
		return nil
	})
	evs := w.events(t, "U1")
	said := w.post(t, "/sim/say", map[string]any{"user": "U1", "channel": "C1", "text": "/log Dana"})
	block := at(t, w.get(t, "/sim/messages?user=U1&channel=C1"), "messages", 0, "blocks", 2, "block_id")
	click := map[string]any{"user": "U1", "channel": "C1", "message_ts": said["ts"], "action": map[string]any{"action_id": "sent", "block_id": block}}
	if out := w.post(t, "/sim/action", click); out["ok"] != true {
		t.Fatalf("click: %v", out)
	}
	until(t, evs, "view", `"kind":"open"`)
	id := at(t, w.get(t, "/sim/state?user=U1"), "stack", 0, "id")
	where := map[string]any{"user": "U1", "view_id": id}
	options := w.post(t, "/sim/options", map[string]any{"user": "U1", "view_id": id, "block_id": "co", "action_id": "company", "value": "GmbH"})
	if at(t, options, "options", 0, "text", "text") != "Acme GmbH" {
		t.Errorf("options: %v", options)
	}
	if out := w.post(t, "/sim/view/submit", where); out["ok"] != false || at(t, out, "errors", "who") == nil {
		t.Errorf("empty submit: %v", out)
	}
	where["state"] = map[string]any{"who": map[string]any{"name": map[string]any{"type": "plain_text_input", "value": "Dana"}}}
	where["action"] = map[string]any{"action_id": "company", "block_id": "co", "selected_option": at(t, options, "options", 0)}
	if out := w.post(t, "/sim/action", where); out["ok"] != true {
		t.Errorf("choice in the modal: %v", out)
	}
	if out := w.post(t, "/sim/view/submit", where); out["ok"] != true {
		t.Errorf("submit: %v", out)
	}
	until(t, evs, "view", `"kind":"update"`)
	if v := w.User("U1").Modal(); v == nil || v.Title != "Done" {
		t.Errorf("after the submit: %+v", v)
	}
	if out := w.post(t, "/sim/view/close", where); out["ok"] != true || w.User("U1").Modal() != nil {
		t.Errorf("close: %v", out)
	}
	want := []slack.InteractionType{"block_actions", "block_suggestion", "block_actions", "view_submission"}
	for _, k := range want {
		got := <-kinds
		if got.Type != k {
			t.Errorf("the app got %s, want %s", got.Type, k)
		}
		if k == "view_submission" && (got.View.State.Values["who"]["name"].Value != "Dana" || got.View.State.Values["co"]["company"].SelectedOption.Value != "1") {
			t.Errorf("submitted: %+v", got.View.State.Values)
		}
	}
}

func TestPageHomeClockAndFiles(t *testing.T) {
	w := newWorld(t)
	evs := w.events(t, "U1")
	must(w.api.PublishView("U1", slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}, ""))(t)
	until(t, evs, "home", "divider")
	if h := w.get(t, "/sim/home?user=U1"); at(t, h, "view", "type") != "home" {
		t.Errorf("home: %v", h)
	}
	if out := w.post(t, "/sim/clock", map[string]any{"to": "2026-11-30T09:00:00Z"}); out["now"] != "2026-11-30T09:00:00Z" {
		t.Errorf("clock: %v", out)
	}
	until(t, evs, "clock", "2026-11-30")
	if !w.now.Now().Equal(time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)) {
		t.Error("the clock was not moved")
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"user": "U1", "channel": "C1", "text": "see"} {
		if err := form.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	part := must(form.CreateFormFile("file", "a.csv"))(t)
	_, _ = part.Write([]byte("x,y"))
	_ = form.Close()
	req := must(http.NewRequestWithContext(ctx(t), http.MethodPost, w.srv.URL+"/sim/upload", &body))(t)
	req.Header.Set("Content-Type", form.FormDataContentType())
	if out, _ := readJSON(t, req); out["ok"] != true {
		t.Errorf("upload: %v", out)
	}
	if m := w.User("U2").Messages("C1"); len(m) != 1 || m[0].Files[0].Name != "a.csv" {
		t.Errorf("file message: %+v", m)
	}
}

func TestThePageIsServed(t *testing.T) {
	w := newWorld(t)
	for path, part := range map[string]string{"/": "<html", "/page.js": "/sim/state"} {
		req := must(http.NewRequestWithContext(ctx(t), http.MethodGet, w.srv.URL+path, nil))(t)
		resp := must(http.DefaultClient.Do(req))(t)
		var body bytes.Buffer
		_, err := body.ReadFrom(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(body.String(), part) {
			t.Errorf("%s: %d, %v, %q is not in it", path, resp.StatusCode, err, part)
		}
	}
}

func TestOtherPagesCannotActHere(t *testing.T) {
	w := newWorld(t)
	req := must(http.NewRequestWithContext(ctx(t), http.MethodPost, w.srv.URL+"/sim/say", strings.NewReader(`{}`)))(t)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", "https://elsewhere.example")
	resp := must(http.DefaultClient.Do(req))(t)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign page got %d", resp.StatusCode)
	}
}

func TestShortcutsAndClosing(t *testing.T) {
	w := newWorld(t)
	got := make(chan slack.InteractionCallback, 4)
	view := modal("Log")
	view.NotifyOnClose = true
	w.bot(t, func(api *slack.Client, ev socketmode.Event) any {
		d := ev.Data.(slack.InteractionCallback)
		got <- d
		if d.Type == slack.InteractionTypeShortcut {
			if _, err := api.OpenView(d.TriggerID, view); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	u := w.User("U1")
	m := must(w.User("U2").Say("C1", "Dana called"))(t)
	must(u.MessageShortcut(ctx(t), m.Ref(), "log_message"))(t)
	if d := <-got; d.Type != slack.InteractionTypeMessageAction || d.Message.Text != "Dana called" || d.Channel.ID != "C1" || d.ResponseURL == "" {
		t.Errorf("message shortcut: %+v", d)
	}
	must(u.GlobalShortcut(ctx(t), "log"))(t)
	if d := <-got; d.Type != slack.InteractionTypeShortcut || d.CallbackID != "log" || u.Modal() == nil {
		t.Errorf("global shortcut: %+v", d)
	}
	if err := u.Close(ctx(t)); err != nil {
		t.Fatal(err)
	}
	if d := <-got; d.Type != slack.InteractionTypeViewClosed || d.IsCleared || d.View.CallbackID != "c" {
		t.Errorf("close: %+v", d)
	}
}
