package slacksim_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"cairn/bot/slacksim"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func TestResponseURLEnds(t *testing.T) {
	w := newWorld(t)
	w.bot(t, ack)
	post := func(url string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(ctx(t), http.MethodPost, url, strings.NewReader(`{"text":"late"}`))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		var b bytes.Buffer
		_, _ = b.ReadFrom(resp.Body)
		return resp.StatusCode, b.String()
	}
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	for range 5 {
		if code, _ := post(r.ResponseURL); code != 200 {
			t.Fatalf("one of five uses: %d", code)
		}
	}
	if code, body := post(r.ResponseURL); code != 404 || body != "used_url" {
		t.Errorf("sixth use: %d %s", code, body)
	}
	r = must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	w.Faults().FailHTTP(slacksim.ResponseURL, 500, 1)
	if code, _ := post(r.ResponseURL); code != 500 {
		t.Errorf("fault: %d", code)
	}
	w.now.Move(30*time.Minute + time.Second)
	if code, body := post(r.ResponseURL); code != 404 || body != "expired_url" {
		t.Errorf("after half an hour: %d %s", code, body)
	}
	if n := len(w.User("U2").Messages("C1")); n != 0 {
		t.Errorf("others saw %d of the private answers", n)
	}
}

// What a command said cannot be replaced through the command's response URL
// (bolt-js#2287): only a click's can.
func TestCommandResponseURLReplacesNothing(t *testing.T) {
	w := newWorld(t)
	w.bot(t, func(*slack.Client, socketmode.Event) any { return receipt() })
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	if err := slack.PostWebhook(r.ResponseURL, &slack.WebhookMessage{Text: "second look", ReplaceOriginal: true}); err != nil {
		t.Fatal(err)
	}
	if got := w.User("U1").Messages("C1"); len(got) != 2 || w.Violations()[0].Kind != "response_url_cannot_replace" {
		t.Errorf("messages %v, violations %v", got, w.Violations())
	}
}

func TestTriggersExpireAndAreOneUse(t *testing.T) {
	w := newWorld(t)
	w.bot(t, ack)
	u := w.User("U1")
	r := must(u.Slash(ctx(t), "C1", "/log", ""))(t)
	opened := must(w.api.OpenView(r.TriggerID, modal("One")))(t)
	if _, err := w.api.OpenView(r.TriggerID, modal("Two")); err == nil || err.Error() != "exchanged_trigger_id" {
		t.Errorf("second use: %v", err)
	}
	late := must(u.Slash(ctx(t), "C1", "/log", ""))(t)
	w.now.Move(3*time.Second + time.Millisecond)
	if _, err := w.api.OpenView(late.TriggerID, modal("Late")); err == nil || err.Error() != "expired_trigger_id" {
		t.Errorf("after 3 s: %v", err)
	}
	for i, want := range []string{"", "", "push_limit_reached"} {
		r := must(u.Slash(ctx(t), "C1", "/log", ""))(t)
		if _, err := w.api.PushView(r.TriggerID, modal("More")); (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("push %d: %v, want %q", i, err, want)
		}
	}
	if u.Modals() != 3 {
		t.Errorf("%d modals", u.Modals())
	}
	if _, err := w.api.UpdateView(modal("New"), "", "stale", opened.ID); err == nil || err.Error() != "hash_conflict" {
		t.Errorf("stale hash: %v", err)
	}
	must(w.api.UpdateView(modal("New"), "", opened.Hash, opened.ID))(t)
}
