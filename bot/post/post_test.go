package post_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/store"
)

func TestEachKindArrivesOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.channel("C1", "first")
	w.queue(post.ToChannel(team, "C1", "below", post.Message{Text: "below", Under: "first"}))
	w.queue(post.ToPerson(team, "U1", "hello", say("hello")))
	p, _ := w.poster()
	p.Kick()
	for _, key := range []string{"first", "below", "hello"} {
		w.await(key, "sent")
	}
	w.wantTexts("U1", "C1", "first", "below")
	w.wantTexts("U1", w.User("U1").DMChannel(), "hello")
	got := w.User("U1").Messages("C1")
	var meta struct {
		Type    string            `json:"event_type"`
		Payload map[string]string `json:"event_payload"`
	}
	if err := json.Unmarshal(got[0].Metadata, &meta); err != nil || meta.Type != "cairn_post" {
		t.Errorf("metadata = %s, %v", got[0].Metadata, err)
	}
	if i := slices.IndexFunc(got, func(m slacksim.Message) bool { return m.Text == "below" }); got[i].ThreadTS != got[0].TS {
		t.Errorf("below stands in thread %q, want %q", got[i].ThreadTS, got[0].TS)
	}
	if len(got[0].Blocks) != 1 {
		t.Errorf("blocks = %v", got[0].Blocks)
	}
	var payload string
	row := w.store.Pool().QueryRow(t.Context(), `select string_agg(distinct payload::text, ',') from outbox`)
	if err := row.Scan(&payload); err != nil || payload != "{}" {
		t.Errorf("payloads kept after sending: %s, %v", payload, err)
	}
}

func TestRetryAfterIsWaitedOutByEveryReplica(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults().RateLimit("chat.postMessage", 20*time.Second, 1)
	w.channel("C1", "a")
	w.poster()
	w.until("the first call", func() bool { return len(w.called("chat.postMessage")) == 1 })
	w.until("the limit to stand", func() bool {
		var n int
		return w.store.Pool().QueryRow(t.Context(), `select count(*) from outbox where limited`).Scan(&n) == nil && n == 1
	})
	w.channel("C2", "b")
	w.queue(post.ToPerson(team, "U1", "c", say("c")))
	w.poster()
	for _, key := range []string{"a", "b", "c"} {
		w.await(key, "sent")
	}
	calls := w.called("chat.postMessage")
	for _, c := range calls[1:] {
		if early := calls[0].came.Add(20 * time.Second).Sub(c.came); early > 0 {
			t.Errorf("a call came %v before Retry-After was over", early)
		}
	}
	if len(calls) != 4 {
		t.Errorf("%d calls, want 4", len(calls))
	}
}

func TestOneMessageASecondAChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var want []string
	for i := range 6 {
		key := fmt.Sprint("m", i)
		want = append(want, key)
		w.channel("C1", key)
		w.queue(post.ToChannel(team, "C2", "other"+key, say(key)))
	}
	w.poster()
	w.poster()
	for _, key := range want {
		w.await(key, "sent")
		w.await("other"+key, "sent")
	}
	w.wantTexts("U1", "C1", want...)
	w.wantTexts("U1", "C2", want...)
	var last time.Time
	for _, m := range w.User("U1").Messages("C1") {
		at := stamp(t, m.TS)
		if at.Sub(last) < time.Second {
			t.Errorf("%s came %v after the one before", m.Text, at.Sub(last))
		}
		last = at
	}
}

func stamp(t *testing.T, ts string) time.Time {
	t.Helper()
	var sec, micro int64
	if _, err := fmt.Sscanf(ts, "%d.%d", &sec, &micro); err != nil {
		t.Fatal(err)
	}
	return time.Unix(sec, micro*1000)
}

func TestServerErrorsAreTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults().FailHTTP("chat.postMessage", 503, 2)
	w.Faults().Fail("conversations.open", "internal_error", 1)
	w.channel("C1", "a")
	w.queue(post.ToPerson(team, "U1", "b", say("b")))
	w.poster()
	w.await("a", "sent")
	w.await("b", "sent")
	w.wantTexts("U1", "C1", "a")
	w.wantTexts("U1", w.User("U1").DMChannel(), "b")
}

func TestNotReachedIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.channel("C1", "a")
	// nothing listens there: the request was never sent, so there is no doubt
	_, stop := w.poster(func(c *post.Config) {
		c.Slack = post.NewClient("xoxb-simulated", "http://127.0.0.1:9/api/", time.Second)
	})
	w.until("a try", func() bool {
		got, err := w.store.Posted(t.Context(), team, "a")
		return err == nil && got.State == "pending" && got.Error == "not reached"
	})
	stop()
	w.poster()
	w.await("a", "sent")
	w.wantTexts("U1", "C1", "a")
}

// Only what Slack refuses is given up, however long Slack is away.
func TestAnAbsenceOfSlackGivesNothingUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.channel("C1", "a")
	brief := func(c *post.Config) { c.GiveUp = 2 * time.Second }
	_, stop := w.poster(brief, func(c *post.Config) {
		c.Slack = post.NewClient("xoxb-simulated", "http://127.0.0.1:9/api/", time.Second)
	})
	w.until("tries for longer than that", func() bool {
		var late bool
		return w.store.Pool().QueryRow(t.Context(), `select attempt > 3 and tried_at < $1 from outbox`, w.clock.Now().Add(-4*time.Second)).Scan(&late) == nil && late
	})
	stop()
	w.poster(brief)
	w.await("a", "sent")
	w.wantTexts("U1", "C1", "a")
}

func TestWhatSlackRefusesTooLongIsGivenUpAndTheOwnerIsToldOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults().FailHTTP("chat.postMessage", 503, 3)
	q := w.channel("C1", "a")
	_, stop := w.poster(func(c *post.Config) { c.GiveUp = 2 * time.Second })
	if got := w.await("a", "failed"); got.Error != "503" {
		t.Errorf("given up for %q", got.Error)
	}
	stop()
	w.poster()
	w.await(fmt.Sprint("failed:", q.ID), "sent")
	w.wantTexts("U1", "C1")
	if got := w.texts("U2", w.User("U2").DMChannel()); len(got) != 1 || !strings.Contains(got[0], "<#C1>") || !strings.Contains(got[0], "503") {
		t.Errorf("the owner was told %q", got)
	}
}

// withHistory lets the bot read channels; by default it reads its direct
// messages only.
func withHistory(c *slacksim.Config) { c.Scopes = append(slacksim.DefaultScopes(), "channels:history") }

func TestLostReplyIsFoundInTheHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withHistory)
	w.Faults().LoseReply("chat.postMessage", 3)
	w.channel("C1", "a")
	w.queue(post.ToChannel(team, "C2", "b", say("b")))
	w.queue(post.ToPerson(team, "U1", "c", say("c")))
	w.poster()
	for _, key := range []string{"a", "b", "c"} {
		if w.await(key, "sent").TS == "" {
			t.Errorf("%s was sent without a ts", key)
		}
	}
	w.wantTexts("U1", "C1", "a")
	w.wantTexts("U1", "C2", "b")
	w.wantTexts("U1", w.User("U1").DMChannel(), "c")
	w.Faults().LoseReply("chat.postMessage", 1)
	w.queue(post.ToChannel(team, "C1", "reply", post.Message{Text: "reply", Under: "a"}))
	w.await("reply", "sent")
	w.wantTexts("U1", "C1", "a", "reply")
	if len(w.called("conversations.replies")) == 0 {
		t.Error("the reply was not looked for in its thread")
	}
}

// A server that broke may have done so behind the post: it is looked up before it is repeated.
func TestBrokenAnswerIsFoundInTheHistory(t *testing.T) {
	t.Parallel()
	for _, status := range []int{500, 502, 504} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, withHistory)
			w.Faults().BreakReply("chat.postMessage", status, 2)
			w.channel("C1", "a")
			w.queue(post.ToPerson(team, "U1", "b", say("b")))
			w.poster()
			w.await("a", "sent")
			w.await("b", "sent")
			w.wantTexts("U1", "C1", "a")
			w.wantTexts("U1", w.User("U1").DMChannel(), "b")
			w.Faults().FailHTTP("chat.postMessage", status, 1) // and this one did not arrive
			w.queue(post.ToChannel(team, "C1", "c", say("c")))
			w.await("c", "sent")
			w.wantTexts("U1", "C1", "a", "c")
		})
	}
}

func TestHungCallIsPostedOnceItIsKnownNotToHaveArrived(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withHistory)
	w.Faults().Hang("chat.postMessage", 1)
	w.channel("C1", "a")
	w.poster(func(c *post.Config) {
		c.CallLimit = 300 * time.Millisecond
		c.Slack = post.NewClient("xoxb-simulated", w.url+"/api/", 300*time.Millisecond)
	})
	w.await("a", "sent")
	w.wantTexts("U1", "C1", "a")
	if n := len(w.called("conversations.history")); n == 0 {
		t.Error("it was posted again without a look into the history")
	}
}

func TestUnknownStaysUnknownAndTheOwnerIsToldOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults().LoseReply("chat.postMessage", 1)
	q := w.channel("C1", "a")
	_, stop := w.poster()
	w.await("a", "unknown")
	w.await(fmt.Sprint("unknown:", q.ID), "sent")
	stop()
	w.poster()
	w.channel("C1", "next")
	w.await("next", "sent")
	w.wantTexts("U1", "C1", "a", "next")
	if got := w.texts("U2", w.User("U2").DMChannel()); len(got) != 1 || !strings.Contains(got[0], "<#C1>") {
		t.Errorf("the owner was told %q", got)
	}
}

// A process dies after it posted and before it could mark the posting.
func TestPostingOfADeadProcessIsLookedUp(t *testing.T) {
	t.Parallel()
	for _, arrived := range []bool{true, false} {
		t.Run(fmt.Sprint("arrived ", arrived), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, withHistory)
			w.channel("C1", "a")
			if arrived { // somebody posts it and loses the mark
				w.poster()
				w.await("a", "sent")
				_, err := w.store.Pool().Exec(t.Context(), `update outbox set state = 'sending', lease_until = $1, sent_at = null,
					payload = '{"text":"a"}'`, w.clock.Now().Add(30*time.Second))
				if err != nil {
					t.Fatal(err)
				}
			} else {
				if _, ok, err := w.store.ClaimPosting(t.Context(), team, w.clock.Now(), 30*time.Second); !ok || err != nil {
					t.Fatal(ok, err)
				}
				w.poster()
			}
			w.await("a", "sent")
			w.wantTexts("U1", "C1", "a")
		})
	}
}

func TestParkedChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, key := range []string{"a", "b", "c"} {
		w.channel("C3", key)
	}
	w.queue(post.ToChannel(team, "C2", "fine", say("fine")))
	w.poster()
	w.await("fine", "sent")
	for _, key := range []string{"a", "b", "c"} {
		w.await(key, "parked")
	}
	w.channel("C3", "d")
	w.await("d", "parked")
	w.await(post.ParkedKey("C3")+":1", "sent")
	if got := w.texts("U2", w.User("U2").DMChannel()); len(got) != 1 || !strings.Contains(got[0], "<#C3>") {
		t.Errorf("the owner was told %q, want one word", got)
	}
	// tried while it still takes nothing, it is parked again and not told again
	if n, err := w.store.Unpark(t.Context(), team, "C3", w.clock.Now()); n != 4 || err != nil {
		t.Errorf("Unpark = %d, %v", n, err)
	}
	for _, key := range []string{"a", "b", "c", "d"} {
		w.await(key, "parked")
	}
	w.Invite("C3", "U0BOT")
	if n, err := w.store.Unpark(t.Context(), team, "C3", w.clock.Now()); n != 4 || err != nil {
		t.Errorf("Unpark = %d, %v", n, err)
	}
	w.await("d", "sent")
	w.wantTexts("U1", "C3", "a", "b", "c", "d")
	if got := w.texts("U2", w.User("U2").DMChannel()); len(got) != 1 {
		t.Errorf("the owner was told %q, want one word", got)
	}
	w.Archive("C2", true)
	w.channel("C2", "late")
	w.await("late", "parked")
}

func TestRefusedTokenStopsAllAndLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults().RefuseTokens("token_revoked")
	const n = 20
	for i := range n {
		w.queue(post.ToPerson(team, "U1", fmt.Sprint("m", i), say(fmt.Sprint("m", i))))
		w.queue(post.ToChannel(team, fmt.Sprint("C", i), fmt.Sprint("u", i), say("x")))
	}
	var log lockedBuffer
	p, _ := w.poster(func(c *post.Config) { c.Workers, c.Log = 4, slog.New(slog.NewTextHandler(&log, nil)) })
	w.until("the token to be refused", func() bool { return p.Token() != nil })
	began := w.clock.Now()
	w.until("some minutes", func() bool { return w.clock.Now().Sub(began) > 5*time.Minute })
	w.mu.Lock()
	calls := len(w.calls)
	w.mu.Unlock()
	if calls > 4+5 { // those in flight, and a try now and then
		t.Errorf("%d calls in five minutes with a refused token", calls)
	}
	b, err := w.store.Backlog(t.Context(), team, w.clock.Now())
	if err != nil || b.States["pending"]+b.States["sending"]+b.States["unknown"] != 2*n {
		t.Errorf("Backlog = %+v, %v", b, err)
	}
	w.Faults().RefuseTokens("")
	for i := range n {
		w.await(fmt.Sprint("m", i), "sent")
	}
	if p.Token() != nil {
		t.Errorf("Token() = %v after Slack took it again", p.Token())
	}
	if got := w.texts("U1", w.User("U1").DMChannel()); len(got) != n {
		t.Errorf("%d messages, want %d", len(got), n)
	}
	// whoever reads the log alone learns of it, once
	if got := log.String(); strings.Count(got, `level=ERROR msg="posting stops: Slack refuses the bot token`) != 1 || strings.Count(got, `level=INFO msg="posting goes on`) != 1 {
		t.Errorf("the log: %s", got)
	}
}

// lockedBuffer is a log that is read while others write.
type lockedBuffer struct {
	mu  sync.Mutex
	all strings.Builder
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.String()
}

func TestStopLetsCallsInFlightFinish(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults().Slow("chat.postMessage", 200*time.Millisecond, 1)
	w.channel("C1", "a")
	_, stop := w.poster()
	w.until("the call", func() bool { return len(w.called("chat.postMessage")) == 1 })
	stop()
	if got, err := w.store.Posted(t.Context(), team, "a"); err != nil || got.State != "sent" {
		t.Errorf("after Run ended: %+v, %v", got, err)
	}
	w.channel("C2", "b")
	if got, err := w.store.Posted(t.Context(), team, "b"); err != nil || got.State != "pending" {
		t.Errorf("queued after the end: %+v, %v", got, err)
	}
}

func TestWhatSlackNeverTakesFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := post.Message{Text: strings.Repeat("x", 41_000)}
	w.queue(post.ToChannel(team, "C1", "long", long))
	w.queue(store.Posting{TeamID: team, Kind: store.KindMessage, Channel: "C1", Key: "garbage", Payload: json.RawMessage(`[1]`)}, nil)
	w.queue(post.ToPerson(team, "U9", "nobody", say("hi")))
	w.queue(post.ToChannel(team, "C1", "lost", post.Message{Text: "lost", Under: "long"}))
	w.poster()
	for _, key := range []string{"long", "garbage", "nobody", "lost"} {
		if got := w.await(key, "failed"); got.Error == "" {
			t.Errorf("%s failed without a reason", key)
		}
	}
	w.wantTexts("U1", "C1")
}
