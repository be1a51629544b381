package slacksim_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cairn/bot/slacksim"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func decode(t *testing.T, body []byte) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatalf("%v in %q", err, body)
	}
	return out
}

func quick(c *slacksim.Config) { c.AckDeadline = 100 * time.Millisecond }

// ack answers everything with nothing.
func ack(*slack.Client, socketmode.Event) any { return nil }

func silent(*slack.Client, socketmode.Event) any { return hold }

func TestNoAckShowsThatTheAppDidNotRespond(t *testing.T) {
	w := newWorld(t, quick)
	if r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t); r.Failed != "dispatch_failed" {
		t.Errorf("without a socket: %+v", r)
	}
	w.bot(t, silent)
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	if r.Failed != "operation_timeout" || r.Message.Text != "/log failed because the app did not respond" || r.Message.EphemeralTo != "U1" {
		t.Errorf("without an ack: %+v %+v", r, r.Message)
	}
}

func TestWhatTheClientItselfRefuses(t *testing.T) {
	w := newWorld(t)
	var ue *slacksim.UserError
	if _, err := w.User("U1").Slash(ctx(t), "C1", "/nope", ""); !errors.As(err, &ue) {
		t.Errorf("unknown command: %v", err)
	}
	if _, err := w.User("U1").GlobalShortcut(ctx(t), "nope"); !errors.As(err, &ue) {
		t.Errorf("unknown shortcut: %v", err)
	}
}

func TestAcksThatSlackDropsAreViolations(t *testing.T) {
	w := newWorld(t, quick)
	var answer atomic.Value
	w.bot(t, func(*slack.Client, socketmode.Event) any { return answer.Load() })
	for _, c := range []struct {
		payload any
		kind    string
	}{
		{map[string]any{"blocks": []any{map[string]any{"type": "section"}}}, "ack_invalid_blocks"},
		{map[string]any{"text": "x", "response_type": "loud"}, "ack_invalid_response_type"},
	} {
		answer.Store(c.payload)
		r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
		v := w.Violations()
		if r.Message != nil || len(v) == 0 || v[len(v)-1].Kind != c.kind {
			t.Errorf("%v: shown %+v, violations %v", c.payload, r.Message, v)
		}
	}
}

// rawBot speaks Socket Mode without the library, which refuses to send what
// Slack would drop.
func TestAckOfTwentyKilobytesIsDropped(t *testing.T) {
	w := newWorld(t, quick)
	conn := dial(t, w)
	if err := w.WaitSockets(ctx(t), 1); err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			var env struct {
				Type       string `json:"type"`
				EnvelopeID string `json:"envelope_id"`
			}
			if conn.ReadJSON(&env) != nil {
				return
			}
			if env.EnvelopeID != "" {
				_ = conn.WriteJSON(map[string]any{"envelope_id": env.EnvelopeID,
					"payload": map[string]any{"text": strings.Repeat("x", 20_480)}})
			}
		}
	}()
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	if v := w.Violations(); r.Failed != "operation_timeout" || len(v) != 1 || v[0].Kind != "ack_too_large" {
		t.Errorf("got %+v, violations %v", r, v)
	}
}

func TestTicketsAreOneUseAndTheEleventhSocketIsRefused(t *testing.T) {
	w := newWorld(t)
	first := dial(t, w)
	var hello struct {
		Type string `json:"type"`
		N    int    `json:"num_connections"`
		Info struct {
			AppID string `json:"app_id"`
		} `json:"connection_info"`
	}
	if err := first.ReadJSON(&hello); err != nil || hello.Type != "hello" || hello.N != 1 || hello.Info.AppID != "A0SIM" {
		t.Errorf("hello: %+v, %v", hello, err)
	}
	url := socketURL(t, w)
	dialURL(t, url)
	if _, resp, err := dialer.DialContext(ctx(t), url, nil); err == nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("a ticket was taken twice: %v", err)
	}
	for range 8 {
		dial(t, w)
	}
	if err := w.WaitSockets(ctx(t), 10); err != nil {
		t.Fatal(err)
	}
	last := dial(t, w)
	var bye struct{ Type, Reason string }
	if err := last.ReadJSON(&bye); err != nil || bye.Type != "disconnect" || bye.Reason != "too_many_websockets" {
		t.Errorf("the eleventh got %+v, %v", bye, err)
	}
}

func TestPayloadsGoRoundTheSockets(t *testing.T) {
	w := newWorld(t)
	var hits [2]atomic.Int64
	for i := range hits {
		w.bot(t, func(*slack.Client, socketmode.Event) any { hits[i].Add(1); return nil })
	}
	for range 10 {
		must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	}
	if hits[0].Load() != 5 || hits[1].Load() != 5 {
		t.Errorf("shares: %d and %d", hits[0].Load(), hits[1].Load())
	}
}

func TestEventsAreRedelivered(t *testing.T) {
	w := newWorld(t, quick)
	var mu sync.Mutex
	var tries []int
	w.bot(t, func(_ *slack.Client, ev socketmode.Event) any {
		mu.Lock()
		defer mu.Unlock()
		tries = append(tries, ev.Request.RetryAttempt)
		if ev.Request.RetryAttempt < 2 {
			return hold
		}
		return nil
	})
	seen := func(n int) func() bool {
		return func() bool { return len(w.Deliveries()) >= n }
	}
	must(w.User("U1").Say(w.User("U1").DMChannel(), "hello"))(t)
	if err := w.Wait(ctx(t), seen(2)); err != nil { // at once after the deadline
		t.Fatal(err)
	}
	due := func() bool { w.Tick(); return len(w.Deliveries()) >= 3 }
	w.now.Move(61 * time.Second)
	if err := w.Wait(ctx(t), due); err != nil {
		t.Fatal(err)
	}
	if err := w.Wait(ctx(t), func() bool { return w.Deliveries()[2].Acks == 1 }); err != nil {
		t.Fatal(err)
	}
	w.now.Move(10 * time.Minute)
	w.Tick()
	mu.Lock()
	defer mu.Unlock()
	all := w.Deliveries()
	if len(all) != 3 || tries[0] != 0 || tries[1] != 1 || tries[2] != 2 {
		t.Errorf("deliveries %v, attempts %v", all, tries)
	}
	if all[0].Key != all[1].Key || all[0].EnvelopeID == all[1].EnvelopeID {
		t.Errorf("a retry keeps the event and changes the envelope: %v", all)
	}
}

func TestDuplicates(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	envelopes, triggers := map[string]int{}, map[string]int{}
	w.bot(t, func(_ *slack.Client, ev socketmode.Event) any {
		mu.Lock()
		defer mu.Unlock()
		envelopes[ev.Request.EnvelopeID]++
		triggers[ev.Data.(slack.SlashCommand).TriggerID]++
		return nil
	})
	w.Faults().Duplicate(2)
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	w.Faults().Duplicate(0)
	if err := w.Faults().Redeliver(r.EnvelopeID); err != nil {
		t.Fatal(err)
	}
	id := must(w.Faults().RedeliverAnew(r.EnvelopeID))(t)
	if err := w.Wait(ctx(t), func() bool {
		d := w.Deliveries()
		return len(d) == 2 && d[0].Acks == 4 && d[1].Acks == 1
	}); err != nil {
		t.Fatal(err, w.Deliveries())
	}
	mu.Lock()
	defer mu.Unlock()
	if envelopes[r.EnvelopeID] != 4 || envelopes[id] != 1 || triggers[r.TriggerID] != 5 {
		t.Errorf("envelopes %v, triggers %v", envelopes, triggers)
	}
}

func TestSocketsThatAreLostComeBack(t *testing.T) {
	for name, harm := range map[string]func(*slacksim.Faults){
		"dropped":           func(f *slacksim.Faults) { f.DropSockets() },
		"refresh_requested": func(f *slacksim.Faults) { f.Disconnect("refresh_requested") },
		"warning":           func(f *slacksim.Faults) { f.Disconnect("warning") },
		"link_disabled":     func(f *slacksim.Faults) { f.Disconnect("link_disabled") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			opened := w.Opened()
			w.bot(t, ack)
			harm(w.Faults())
			if err := w.Wait(ctx(t), func() bool { return w.Opened() >= opened+2 && w.Sockets() >= 1 }); err != nil {
				t.Fatal(err)
			}
			if r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t); r.Failed != "" {
				t.Errorf("after coming back: %+v", r)
			}
		})
	}
}

func TestDeafSocketAnswersNothing(t *testing.T) {
	w := newWorld(t, quick)
	w.ping = time.Second
	w.bot(t, ack)
	if n := w.Faults().Deafen(1); n != 1 || w.Sockets() != 0 {
		t.Fatalf("deafened %d, %d left", n, w.Sockets())
	}
	if r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t); r.Failed != "operation_timeout" {
		t.Errorf("a deaf socket answered: %+v", r)
	}
	if err := w.WaitSockets(ctx(t), 1); err != nil { // slack-go notices by its ping deadline
		t.Fatal(err)
	}
}

func TestDropAfterDeliveryAndLostAcks(t *testing.T) {
	w := newWorld(t, quick)
	w.bot(t, ack)
	w.Faults().LoseAcks(1)
	if r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t); r.Failed != "operation_timeout" {
		t.Errorf("a lost ack arrived: %+v", r)
	}
	w.Faults().DropAfterDelivery(1)
	if r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t); r.Failed != "operation_timeout" {
		t.Errorf("an ack over a dropped socket arrived: %+v", r)
	}
}

func TestBadFrameReachesTheLibraryAsSuch(t *testing.T) {
	w := newWorld(t)
	conn := dial(t, w)
	if err := w.WaitSockets(ctx(t), 1); err != nil {
		t.Fatal(err)
	}
	if err := w.Faults().SendRaw(`{"envelope_id":"x","type":"events_api","payload":{"type":"nonsense"}}`); err != nil {
		t.Fatal(err)
	}
	_, _, err := conn.ReadMessage() // hello
	_, frame, err2 := conn.ReadMessage()
	if err != nil || err2 != nil || !strings.Contains(string(frame), "nonsense") {
		t.Errorf("got %s, %v, %v", frame, err, err2)
	}
}

func TestMethodFaults(t *testing.T) {
	w := newWorld(t)
	f := w.Faults()
	test := func() error { _, err := w.api.AuthTestContext(ctx(t)); return err }
	f.Fail("auth.test", "fatal_error", 1)
	if err := test(); err == nil || err.Error() != "fatal_error" {
		t.Errorf("Fail: %v", err)
	}
	f.FailHTTP("auth.test", 503, 1)
	var status slack.StatusCodeError
	if err := test(); !errors.As(err, &status) || status.Code != 503 {
		t.Errorf("FailHTTP: %v", err)
	}
	f.RateLimit("auth.test", 7*time.Second, 1)
	var limited *slack.RateLimitedError
	if err := test(); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("RateLimit: %v", err)
	}
	if err := test(); err != nil {
		t.Errorf("after the faults: %v", err)
	}
	f.LoseReply("chat.postMessage", 1)
	if _, _, err := w.api.PostMessage("C1", slack.MsgOptionText("once", false)); err == nil {
		t.Error("LoseReply answered")
	}
	if n := len(w.User("U1").Messages("C1")); n != 1 {
		t.Errorf("LoseReply posted %d messages", n)
	}
	f.Hang("apps.connections.open", 1)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := w.api.StartSocketModeContext(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Hang: %v", err)
	}
	f.Hang("chat.postMessage", 1)
	brief, end := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer end()
	if _, _, err := w.api.PostMessageContext(brief, "C1", slack.MsgOptionText("given up", false)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Hang: %v", err)
	}
	time.Sleep(100 * time.Millisecond) // the server notices within one
	f.Release()
	time.Sleep(100 * time.Millisecond)
	if n := len(w.User("U1").Messages("C1")); n != 1 {
		t.Errorf("a post that its caller gave up was made after all: %d messages", n)
	}
	f.Hang("auth.test", 1)
	done := make(chan error, 1)
	go func() { done <- test() }()
	f.Slow("api.test", time.Millisecond, 1)
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("released: %v", err)
			}
			return
		default:
			f.Release()
		}
	}
}

func TestUninstall(t *testing.T) {
	w := newWorld(t)
	kinds := make(chan string, 8)
	w.bot(t, func(_ *slack.Client, ev socketmode.Event) any {
		kinds <- string(ev.Type)
		return nil
	})
	w.Uninstall()
	if _, err := w.api.AuthTest(); err == nil || err.Error() != "token_revoked" {
		t.Errorf("after uninstalling: %v", err)
	}
	d := w.Deliveries()
	if len(d) != 2 || d[0].Kind != "tokens_revoked" || d[1].Kind != "app_uninstalled" {
		t.Errorf("deliveries: %v", d)
	}
}
