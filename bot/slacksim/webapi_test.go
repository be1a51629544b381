package slacksim_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/slacksim"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, false)
}

func TestErrorsHaveSlacksNames(t *testing.T) {
	w := newWorld(t)
	post := func(channel string, o ...slack.MsgOption) func() error {
		return func() error { _, _, err := w.api.PostMessage(channel, o...); return err }
	}
	said := slack.MsgOptionText("x", false)
	long := slack.MsgOptionBlocks(slack.NewSectionBlock(mrkdwn(strings.Repeat("x", 3001)), nil, nil))
	own := must3(w.api.PostMessage("C1", said))(t)
	theirs := must(w.User("U1").Say("C1", "mine"))(t)
	for name, c := range map[string]struct {
		do   func() error
		want string
	}{
		"unknown channel": {post("C9", said), "channel_not_found"},
		"no channel":      {post("", said), "channel_not_found"},
		"not a member":    {post("C2", said), "not_in_channel"},
		"private":         {post("C3", said), "channel_not_found"},
		"nothing said":    {post("C1", slack.MsgOptionText("", false)), "no_text"},
		"too long":        {post("C1", slack.MsgOptionText(strings.Repeat("x", 40_001), false)), "msg_too_long"},
		"bad blocks":      {post("C1", long), "invalid_blocks"},
		"update too long": {func() error {
			_, _, _, err := w.api.UpdateMessage("C1", own, slack.MsgOptionText(strings.Repeat("x", 4001), false))
			return err
		}, "msg_too_long"},
		"update another's":         {func() error { _, _, _, err := w.api.UpdateMessage("C1", theirs.TS, said); return err }, "cant_update_message"},
		"update nothing":           {func() error { _, _, _, err := w.api.UpdateMessage("C1", "1.000001", said); return err }, "message_not_found"},
		"delete another's":         {func() error { _, _, err := w.api.DeleteMessage("C1", theirs.TS); return err }, "cant_delete_message"},
		"unknown person":           {func() error { _, err := w.api.GetUserInfo("U9"); return err }, "user_not_found"},
		"ephemeral to one outside": {func() error { _, err := w.api.PostEphemeral("C1", "U9", said); return err }, "user_not_found"},
		"open with nobody": {func() error {
			_, _, _, err := w.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U9"}})
			return err
		}, "user_not_found"},
		"pages": {func() error {
			_, _, err := w.api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: "C1", Cursor: "bogus"})
			return err
		}, "invalid_cursor"},
		"unknown method": {func() error {
			_, err := w.api.CreateConversation(slack.CreateConversationParams{ChannelName: "x"})
			return err
		}, "unknown_method"},
		"wrong trigger": {func() error { _, err := w.api.OpenView("1.2", modal("T")); return err }, "invalid_trigger_id"},
		"no such view":  {func() error { _, err := w.api.UpdateView(modal("T"), "", "", "V1"); return err }, "not_found"},
		"publish to none": {func() error {
			_, err := w.api.PublishView("U9", slack.HomeTabViewRequest{Type: slack.VTHomeTab}, "")
			return err
		}, "user_not_found"},
		"file not there": {func() error { _, _, _, err := w.api.GetFileInfo("F1", 0, 0); return err }, "file_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.do(); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestArchivedAndLeftChannels(t *testing.T) {
	w := newWorld(t)
	said := slack.MsgOptionText("x", false)
	w.Invite("C2", "U0BOT")
	must3(w.api.PostMessage("C2", said))(t)
	if _, err := w.api.PostEphemeral("C2", "U2", said); err == nil || err.Error() != "user_not_in_channel" {
		t.Errorf("ephemeral to one outside: %v", err)
	}
	w.Archive("C2", true)
	if _, _, err := w.api.PostMessage("C2", said); err == nil || err.Error() != "is_archived" {
		t.Errorf("archived: %v", err)
	}
	w.Archive("C2", false)
	w.Kick("C2", "U0BOT")
	if _, _, err := w.api.PostMessage("C2", said); err == nil || err.Error() != "not_in_channel" {
		t.Errorf("after leaving: %v", err)
	}
}

func modal(title string) slack.ModalViewRequest {
	return slack.ModalViewRequest{Type: slack.VTModal, Title: plain(title), CallbackID: "c",
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewSectionBlock(mrkdwn("hello"), nil, nil)}}}
}

func must3(_, ts string, err error) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return ts
	}
}

func TestInvalidBlocksSayWhere(t *testing.T) {
	w := newWorld(t)
	_, _, err := w.api.PostMessage("C1", slack.MsgOptionBlocks(slack.NewSectionBlock(mrkdwn(strings.Repeat("x", 3001)), nil, nil)))
	var se slack.SlackErrorResponse
	want := "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
	if !errors.As(err, &se) || len(se.ResponseMetadata.Messages) != 1 || se.ResponseMetadata.Messages[0] != want {
		t.Errorf("got %+v, want the message %q", err, want)
	}
}

func TestScopesAndTokens(t *testing.T) {
	w := newWorld(t, func(c *slacksim.Config) { c.Scopes = slacksim.DefaultScopes() })
	call := func(token, method string, form url.Values) (map[string]any, http.Header) {
		t.Helper()
		req, err := http.NewRequestWithContext(ctx(t), http.MethodPost, w.srv.URL+"/api/"+method, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		return readJSON(t, req)
	}
	const app, bot = "xapp-1-A0SIM-1-simulated", "xoxb-simulated"
	for _, c := range []struct{ token, method, want string }{
		{"", "auth.test", "not_authed"},
		{"xoxb-wrong", "auth.test", "invalid_auth"},
		{app, "auth.test", "not_allowed_token_type"},
		{bot, "apps.connections.open", "not_allowed_token_type"},
		{bot, "team.info", "missing_scope"},
		{bot, "pins.add", "missing_scope"},
	} {
		got, _ := call(c.token, c.method, nil)
		if got["error"] != c.want {
			t.Errorf("%s with %q: %v, want %s", c.method, c.token, got, c.want)
		}
	}
	if got, _ := call(bot, "team.info", nil); got["needed"] != "team:read" || got["provided"] != strings.Join(slacksim.DefaultScopes(), ",") {
		t.Errorf("missing_scope says %v", got)
	}
	got, header := call("", "auth.test", url.Values{"token": {bot}})
	if got["ok"] != true || header.Get("X-OAuth-Scopes") != strings.Join(slacksim.DefaultScopes(), ",") {
		t.Errorf("token in the form: %v, scopes %q", got, header.Get("X-OAuth-Scopes"))
	}
	if got, _ := call(bot, "conversations.history", url.Values{"channel": {"C1"}}); got["needed"] != "channels:history" {
		t.Errorf("history of a channel: %v", got)
	}
	w.GrantScopes("team:read")
	if got, _ := call(bot, "team.info", nil); got["ok"] != true {
		t.Errorf("after granting: %v", got)
	}
	w.Faults().RefuseTokens("token_revoked")
	if got, _ := call(bot, "auth.test", nil); got["error"] != "token_revoked" {
		t.Errorf("after revoking: %v", got)
	}
}

func TestJSONBodies(t *testing.T) {
	w := newWorld(t)
	body := `{"channel":"C1","text":"hi","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*hi*"}}]}`
	req, err := http.NewRequestWithContext(ctx(t), http.MethodPost, w.srv.URL+"/api/chat.postMessage", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Authorization", "Bearer xoxb-simulated")
	got, _ := readJSON(t, req)
	if got["ok"] != true || slacksim.Text(w.User("U1").Messages("C1")[0]) != "*hi*" {
		t.Errorf("got %v", got)
	}
}

func TestHistoryCarriesMetadataAndNoEphemerals(t *testing.T) {
	w := newWorld(t)
	meta := slack.SlackMetadata{EventType: "digest", EventPayload: map[string]any{"week": "2026-W47"}}
	ts := must3(w.api.PostMessage("C1", slack.MsgOptionText("digest", false), slack.MsgOptionMetadata(meta)))(t)
	must(w.api.PostEphemeral("C1", "U1", slack.MsgOptionText("private", false)))(t)
	must3(w.api.PostMessage("C1", slack.MsgOptionText("detail", false), slack.MsgOptionTS(ts)))(t)
	h := must(w.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C1", IncludeAllMetadata: true}))(t)
	if len(h.Messages) != 1 || h.Messages[0].Metadata.EventPayload["week"] != "2026-W47" || h.Messages[0].ReplyCount != 1 {
		t.Errorf("history: %+v", h.Messages)
	}
	plainHistory := must(w.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C1"}))(t)
	if plainHistory.Messages[0].Metadata.EventType != "" {
		t.Error("metadata without asking for it")
	}
	replies, _, _, err := w.api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: ts})
	if err != nil || len(replies) != 2 || replies[1].Text != "detail" {
		t.Errorf("thread: %v, %v", replies, err)
	}
}

func TestPeopleAndChannels(t *testing.T) {
	w := newWorld(t)
	u := must(w.api.GetUserInfo("U1"))(t)
	if u.TZ != "Europe/Berlin" || u.TZOffset != 3600 || u.RealName != "Rita Rep" || u.Profile.Email != "rita@example.com" {
		t.Errorf("person: %+v", u)
	}
	all := must(w.api.GetUsers())(t)
	if len(all) != 3 || !all[0].IsBot {
		t.Errorf("people: %d", len(all))
	}
	list, _, err := w.api.GetConversations(&slack.GetConversationsParameters{Limit: 1})
	if err != nil || len(list) != 1 {
		t.Errorf("channels: %v, %v", list, err)
	}
	im, _, _, err := w.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U1"}})
	if err != nil || im.ID != w.User("U1").DMChannel() {
		t.Errorf("direct messages: %v, %v", im, err)
	}
	must3(w.api.PostMessage("U1", slack.MsgOptionText("by id", false)))(t)
	if got := w.User("U1").Messages(im.ID); len(got) != 1 || got[0].Text != "by id" {
		t.Errorf("a post to a person: %v", got)
	}
}

func TestUploadShowsAFileWithItsAltText(t *testing.T) {
	w := newWorld(t)
	f, err := w.api.UploadFileContext(ctx(t), slack.UploadFileParameters{Channel: "C1", Filename: "moves.png", Title: "Moves",
		AltTxt: "Four moved up", FileSize: 3, Reader: strings.NewReader("PNG"), InitialComment: "This week"})
	if err != nil {
		t.Fatal(err)
	}
	m := w.User("U2").Messages("C1")[0]
	if len(m.Files) != 1 || m.Files[0].ID != f.ID || m.Files[0].AltTxt != "Four moved up" || m.Text != "This week" {
		t.Errorf("message: %+v", m)
	}
	var body bytes.Buffer
	if err := w.api.GetFileContext(ctx(t), m.Files[0].URLPrivate, &body); err != nil || body.String() != "PNG" {
		t.Errorf("download: %q, %v", body.String(), err)
	}
	// without the right, whoever asks is sent to a page to sign in
	for what, ask := range map[string]func(*http.Request){
		"without a token":     func(*http.Request) {},
		"with another":        func(r *http.Request) { r.Header.Set("Authorization", "Bearer xoxb-other") },
		"from another's page": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"without the scope": func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer xoxb-simulated")
			w.GrantScopes("chat:write")
		},
	} {
		req := must(http.NewRequestWithContext(ctx(t), http.MethodGet, m.Files[0].URLPrivate, nil))(t)
		ask(req)
		resp := must(http.DefaultTransport.RoundTrip(req))(t)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusFound || !strings.HasPrefix(resp.Header.Get("Location"), "/?redir=") {
			t.Errorf("%s: %s to %q", what, resp.Status, resp.Header.Get("Location"))
		}
	}
}

// A person's file reaches the app as a message with the file in it, in the
// thread where it was shared.
func TestPeopleShareFiles(t *testing.T) {
	w := newWorld(t)
	w.bot(t, func(*slack.Client, socketmode.Event) any { return nil })
	u := w.User("U1")
	m, err := u.Upload(ctx(t), u.DMChannel(), "1.000001", "a.prompt", "here", []byte("abc"))
	if err != nil {
		t.Fatal(err)
	}
	if m.ThreadTS != "1.000001" || m.Subtype != "file_share" || m.Files[0].User != "U1" || m.Files[0].Size != 3 {
		t.Errorf("%+v", m)
	}
	all := w.Deliveries()
	if last := all[len(all)-1]; last.Kind != "message" || last.Type != "events_api" {
		t.Errorf("the app was told of %+v", last)
	}
}

func TestPostingIsPacedByChannel(t *testing.T) {
	w := newWorld(t, func(c *slacksim.Config) { c.RateLimits.PostBurst = 1 })
	must3(w.api.PostMessage("C1", slack.MsgOptionText("1", false)))(t)
	_, _, err := w.api.PostMessage("C1", slack.MsgOptionText("2", false))
	var limited *slack.RateLimitedError
	if !errors.As(err, &limited) || limited.RetryAfter != time.Second {
		t.Errorf("second post in a second: %v", err)
	}
	must3(w.api.PostMessage("U1", slack.MsgOptionText("another channel", false)))(t)
}

func TestTiersAreEnforcedWhereAsked(t *testing.T) {
	w := newWorld(t, func(c *slacksim.Config) { c.RateLimits.Tiers = true })
	list := func() error { _, _, err := w.api.GetConversations(&slack.GetConversationsParameters{}); return err }
	for range 20 {
		if err := list(); err != nil {
			t.Fatal(err)
		}
	}
	var limited *slack.RateLimitedError
	if err := list(); !errors.As(err, &limited) {
		t.Errorf("21 calls of a method for 20 a minute: %v", err)
	}
}

// An app hears its own direct messages too; a bot that answers them talks to
// itself.
func TestTheAppHearsItself(t *testing.T) {
	w := newWorld(t)
	var mu sync.Mutex
	var heard []string
	w.bot(t, func(_ *slack.Client, ev socketmode.Event) any {
		var p struct {
			Event struct {
				Subtype string
				BotID   string `json:"bot_id"`
			}
		}
		if err := json.Unmarshal(ev.Request.Payload, &p); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, p.Event.Subtype+"/"+p.Event.BotID)
		return nil
	})
	im := w.User("U1").DMChannel()
	ts := must3(w.api.PostMessage(im, slack.MsgOptionText("one", false)))(t)
	if _, _, _, err := w.api.UpdateMessage(im, ts, slack.MsgOptionText("two", false)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.api.DeleteMessage(im, ts); err != nil {
		t.Fatal(err)
	}
	if err := w.WaitIdle(ctx(t)); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"/B0BOT", "message_changed/", "message_deleted/"}; !slices.Equal(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
}

func TestEveryBlockOfTheLibraryPasses(t *testing.T) {
	w := newWorld(t)
	opt := slack.NewOptionBlockObject("v", plain("o"), plain("d"))
	btn := slack.NewButtonBlockElement("b", "v", plain("B")).WithStyle(slack.StylePrimary).WithConfirm(
		slack.NewConfirmationBlockObject(plain("Sure?"), mrkdwn("Really"), plain("Yes"), plain("No")))
	blocks := []slack.Block{
		slack.NewHeaderBlock(plain("H")), slack.NewDividerBlock(),
		slack.NewSectionBlock(mrkdwn("s"), []*slack.TextBlockObject{mrkdwn("f")}, slack.NewAccessory(btn)),
		slack.NewContextBlock("c", mrkdwn("c"), slack.NewImageBlockElement("https://x/y.png", "alt")),
		slack.NewActionBlock("a", btn, slack.NewOverflowBlockElement("o", opt),
			slack.NewOptionsSelectBlockElement("static_select", plain("p"), "s", opt),
			slack.NewOptionsSelectBlockElement("users_select", plain("p"), "u"),
			slack.NewDatePickerBlockElement("d"), slack.NewRadioButtonsBlockElement("r", opt),
			slack.NewCheckboxGroupsBlockElement("k", opt), slack.NewTimePickerBlockElement("t")),
		slack.NewImageBlock("https://x/y.png", "alt", "i", plain("t")),
		slack.NewMarkdownBlock("m", "**bold**"),
		slack.NewRichTextBlock("r", slack.NewRichTextSection(slack.NewRichTextSectionTextElement("x", nil))),
		slack.NewInputBlock("in", plain("L"), plain("hint"), slack.NewPlainTextInputBlockElement(plain("p"), "pi")),
	}
	must3(w.api.PostMessage("C1", slack.MsgOptionBlocks(blocks...)))(t)
	want := "*H*\n---\ns\nf\n[B]\nc · [image: alt]\n[B] [⋯ o] [▾ p] [▾ p] [▾ ] [▾ o] [▾ o] [▾ ]\n[image: alt]\n**bold**\nx\nL: [▾ p]"
	if got := slacksim.Text(w.User("U1").Messages("C1")[0]); got != want {
		t.Errorf("rendered:\n%s\nwant:\n%s", got, want)
	}
}

func readJSON(t *testing.T, req *http.Request) (map[string]any, http.Header) {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, body), resp.Header
}
