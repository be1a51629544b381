package slacksim_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"cairn/bot/slacksim"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a workspace served over TCP.
type world struct {
	*slacksim.Workspace
	srv *httptest.Server
	api *slack.Client
	now *clock

	ping time.Duration // slack-go's deadline for pings
}

// clock is moved by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func (c *clock) Set(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
	return nil
}

var allScopes = append(slacksim.DefaultScopes(), "channels:read", "channels:history", "reactions:write",
	"files:read", "team:read", "users:read.email", "pins:write")

func newWorld(t *testing.T, change ...func(*slacksim.Config)) *world {
	t.Helper()
	w := makeWorld(change...)
	t.Cleanup(func() {
		w.Close()
		w.srv.Close()
	})
	return w
}

func makeWorld(change ...func(*slacksim.Config)) *world {
	w := &world{ping: 10 * time.Second, now: &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}}
	cfg := slacksim.Config{
		People: []slacksim.Person{
			{ID: "U1", Name: "rita", RealName: "Rita Rep", Email: "rita@example.com", TZ: "Europe/Berlin", TZOffset: 3600},
			{ID: "U2", Name: "max", RealName: "Max Manager", Admin: true},
		},
		Channels: []slacksim.Channel{
			{ID: "C1", Name: "sales", Members: []string{"U1", "U2", "U0BOT"}},
			{ID: "C2", Name: "elsewhere", Members: []string{"U1"}},
			{ID: "C3", Name: "secret", Members: []string{"U1"}, Private: true},
		},
		Commands:  []slacksim.Command{{Name: "/log", Description: "Record a talk", UsageHint: "who: what"}},
		Shortcuts: []slacksim.Shortcut{{CallbackID: "log", Name: "Log", Type: "global"}, {CallbackID: "log_message", Name: "Log this", Type: "message"}},
		Now:       w.now.Now, SetClock: w.now.Set,
		PingInterval: 50 * time.Millisecond,
		Scopes:       allScopes,
	}
	for _, c := range change {
		c(&cfg)
	}
	w.Workspace = slacksim.New(cfg)
	w.srv = httptest.NewServer(w.Handler())
	w.api = slack.New("xoxb-simulated", slack.OptionAppLevelToken("xapp-1-A0SIM-1-simulated"),
		slack.OptionAPIURL(w.srv.URL+"/api/"))
	return w
}

func ctx(t testing.TB) context.Context {
	c, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return c
}

// bot runs slack-go's own Socket Mode client; handle answers each envelope.
// What handle returns is acked, unless it is hold. A client that comes back
// must be waited for by Opened, not by Sockets.
func (w *world) bot(t testing.TB, handle func(*slack.Client, socketmode.Event) any) {
	t.Helper()
	before := w.Sockets()
	sm := socketmode.New(w.api, socketmode.OptionPingInterval(w.ping))
	run, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { _ = sm.RunContext(run) })
	wg.Go(func() {
		for {
			select {
			case <-run.Done():
				return
			case ev := <-sm.Events:
				if ev.Request == nil || ev.Request.EnvelopeID == "" {
					continue
				}
				if out := handle(w.api, ev); out != hold {
					_ = sm.AckCtx(run, ev.Request.EnvelopeID, out)
				}
			}
		}
	})
	t.Cleanup(func() {
		stop()
		w.Faults().DropSockets()
		wg.Wait()
	})
	if err := w.WaitSockets(ctx(t), before+1); err != nil {
		t.Fatal(err)
	}
}

// hold as the answer of a handler means: do not ack.
const hold = "hold"

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func receipt() any {
	return map[string]any{"response_type": "ephemeral", "text": "Recorded", "blocks": []any{
		map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": "Recorded #1"}},
		map[string]any{"type": "section", "text": map[string]any{"type": "mrkdwn", "text": "*Permission* &amp; more"}},
		map[string]any{"type": "actions", "elements": []any{
			map[string]any{"type": "button", "action_id": "sent", "value": "7", "text": map[string]any{"type": "plain_text", "text": "I sent it"}},
		}},
	}}
}

func TestSlashCommandIsAnsweredByTheAck(t *testing.T) {
	w := newWorld(t)
	var got slack.SlashCommand
	w.bot(t, func(_ *slack.Client, ev socketmode.Event) any {
		got = ev.Data.(slack.SlashCommand)
		return receipt()
	})
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "Dana: call"))(t)
	if r.Message == nil || r.Failed != "" {
		t.Fatalf("no visible answer: %+v, violations %v", r, w.Violations())
	}
	if got.Text != "Dana: call" || got.Command != "/log" || got.UserID != "U1" || got.ChannelName != "sales" || got.TriggerID == "" {
		t.Errorf("the app got %+v", got)
	}
	want := "*Recorded #1*\n*Permission* & more\n[I sent it]"
	if s := slacksim.Text(*r.Message); s != want {
		t.Errorf("shown:\n%s\nwant:\n%s", s, want)
	}
	if n := len(w.User("U2").Messages("C1")); n != 0 {
		t.Errorf("the other person sees %d messages", n)
	}
}

func TestClickReplacesTheEphemeralMessage(t *testing.T) {
	w := newWorld(t)
	acks := make(chan slack.InteractionCallback, 1)
	w.bot(t, func(api *slack.Client, ev socketmode.Event) any {
		if _, ok := ev.Data.(slack.SlashCommand); ok {
			return receipt()
		}
		acks <- ev.Data.(slack.InteractionCallback)
		return nil
	})
	r := must(w.User("U1").Slash(ctx(t), "C1", "/log", "x"))(t)
	must(w.User("U1").Click(ctx(t), r.Message.Ref(), "I sent it"))(t)
	cb := <-acks
	if cb.ActionCallback.BlockActions[0].Value != "7" || !cb.Container.IsEphemeral || cb.Message.Text != "" {
		t.Errorf("payload: %+v", cb)
	}
	if err := slack.PostWebhook(cb.ResponseURL, &slack.WebhookMessage{Text: "Noted", ReplaceOriginal: true}); err != nil {
		t.Fatal(err)
	}
	m, ok := w.User("U1").Message(r.Message.Ref())
	if !ok || m.Text != "Noted" || len(m.Blocks) != 0 {
		t.Errorf("message after the click: %+v", m)
	}
}

func TestModalFromOpenToSubmit(t *testing.T) {
	w := newWorld(t)
	view := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: "log", Title: plain("Log"), Submit: plain("Save"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("who", plain("Who"), nil, slack.NewPlainTextInputBlockElement(plain("name"), "name")),
			slack.NewInputBlock("how", plain("How"), nil, slack.NewOptionsSelectBlockElement("static_select", nil, "how",
				slack.NewOptionBlockObject("call", plain("Call"), nil), slack.NewOptionBlockObject("mail", plain("Mail"), nil))),
		}}}
	var values map[string]map[string]slack.BlockAction
	w.bot(t, func(api *slack.Client, ev socketmode.Event) any {
		switch d := ev.Data.(type) {
		case slack.SlashCommand:
			if _, err := api.OpenView(d.TriggerID, view); err != nil {
				t.Error(err)
			}
		case slack.InteractionCallback:
			if d.Type == slack.InteractionTypeViewSubmission {
				values = d.View.State.Values
				if values["who"]["name"].Value == "nobody" {
					return slack.NewErrorsViewSubmissionResponse(map[string]string{"who": "Who is that?"})
				}
			}
		}
		return nil
	})
	u := w.User("U1")
	must(u.Slash(ctx(t), "C1", "/log", ""))(t)
	if u.Modal() == nil || u.Modal().Title != "Log" {
		t.Fatalf("no modal; violations %v", w.Violations())
	}
	empty := must(u.Submit(ctx(t)))(t)
	if empty.Errors["who"] == "" || empty.EnvelopeID != "" {
		t.Errorf("an empty required field reached the app: %+v", empty)
	}
	for _, err := range []error{u.Fill("Who", "nobody"), u.Fill("how", "Mail")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if r := must(u.Submit(ctx(t)))(t); r.Errors["who"] != "Who is that?" || u.Modal().Errors["who"] == "" {
		t.Errorf("the app's error is not shown: %+v", r)
	}
	if err := u.Fill("Who", "Dana"); err != nil {
		t.Fatal(err)
	}
	must(u.Submit(ctx(t)))(t)
	if u.Modal() != nil {
		t.Error("the modal is still open")
	}
	if values["who"]["name"].Value != "Dana" || values["how"]["how"].SelectedOption.Value != "mail" {
		t.Errorf("values: %+v", values)
	}
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func TestHomeAndDirectMessages(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	var events []string
	w.bot(t, func(api *slack.Client, ev socketmode.Event) any {
		var p struct {
			Event struct{ Type, User, BotID, Channel string }
		}
		if err := json.Unmarshal(ev.Request.Payload, &p); err != nil {
			t.Error(err)
		}
		mu.Lock()
		events = append(events, p.Event.Type+" "+p.Event.User)
		mu.Unlock()
		if p.Event.Type == "app_home_opened" {
			home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
				slack.NewHeaderBlock(plain("Who waits for me"))}}}
			if _, err := api.PublishView(p.Event.User, home, ""); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	home := must(w.User("U1").OpenHome(ctx(t)))(t)
	if home.Text() != "*Who waits for me*" {
		t.Errorf("home: %q", home.Text())
	}
	must(w.User("U1").DM(ctx(t), "hello"))(t)
	must(w.User("U1").Say("C1", "<@U0BOT> hello"))(t)
	if err := w.WaitIdle(ctx(t)); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"app_home_opened U1", "message U1", "app_mention U1"}; !slices.Equal(events, want) {
		t.Errorf("events %v, want %v", events, want)
	}
}
