package post_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/store"
	"cairn/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const team = "T0SIM"

// haste is how much faster the clock of these tests runs than the one on the
// wall: half a minute of Retry-After passes in a second. Much faster, and a
// machine that is busy with other packages' tests lets leases run out.
const haste = 30

// clock runs fast.
type clock struct{ start time.Time }

func (c clock) Now() time.Time { return c.start.Add(time.Since(c.start) * haste) }

// request is one call that reached Slack.
type request struct {
	method string
	status int
	came   time.Time // on the fast clock
	went   time.Time
}

// world is a simulated Slack, a database, and a note of every call.
type world struct {
	*slacksim.Workspace
	t     *testing.T
	clock clock
	store *store.Store
	url   string
	mu    sync.Mutex
	calls []request
}

func newWorld(t *testing.T, change ...func(*slacksim.Config)) *world {
	t.Helper()
	w := &world{t: t, clock: clock{time.Now()}}
	cfg := slacksim.Config{
		People: []slacksim.Person{{ID: "U1", Name: "rita", RealName: "Rita Rep"}, {ID: "U2", Name: "max", RealName: "Max Manager"}},
		Channels: []slacksim.Channel{
			{ID: "C1", Name: "sales", Members: []string{"U1", "U2", "U0BOT"}},
			{ID: "C2", Name: "digest", Members: []string{"U1", "U0BOT"}},
			{ID: "C3", Name: "elsewhere", Members: []string{"U1"}},
		},
		Now: w.clock.Now, RateLimits: slacksim.RateLimits{Off: true},
	}
	for _, c := range change {
		c(&cfg)
	}
	w.Workspace = slacksim.New(cfg)
	sim := w.Handler()
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		i := w.note(request{method: strings.TrimPrefix(r.URL.Path, "/api/"), came: w.clock.Now()})
		seen := &statusSeen{ResponseWriter: rw, code: http.StatusOK}
		defer func() { w.done(i, seen.code) }()
		sim.ServeHTTP(seen, r)
	}))
	w.url = srv.URL
	t.Cleanup(func() {
		w.Close()
		srv.Close()
	})
	w.store = store.New(storetest.DB(t), nil)
	return w
}

type statusSeen struct {
	http.ResponseWriter
	code int
}

func (s *statusSeen) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

func (w *world) note(r request) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, r)
	return len(w.calls) - 1
}

func (w *world) done(i, status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls[i].status, w.calls[i].went = status, w.clock.Now()
}

// called lists the calls of one method so far.
func (w *world) called(method string) []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []request
	for _, c := range w.calls {
		if c.method == method {
			all = append(all, c)
		}
	}
	return all
}

// poster runs a poster until the test ends, or until stop is called.
func (w *world) poster(change ...func(*post.Config)) (p *post.Poster, stop func()) {
	c := post.Config{Team: team, Store: w.store, Now: w.clock.Now, Poll: 5 * time.Millisecond, CallLimit: 5 * time.Second,
		Slack: post.NewClient("xoxb-simulated", w.url+"/api/", 5*time.Second)}
	for _, f := range change {
		f(&c)
	}
	p = post.New(c)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { p.Run(ctx); close(ended) }()
	stop = func() { cancel(); <-ended }
	w.t.Cleanup(stop)
	return p, stop
}

// queue puts a posting into the outbox, with U2 as its owner. A database that
// is busy with other tests is given time.
func (w *world) queue(p store.Posting, err error) store.Posting {
	w.t.Helper()
	p.OwnerID = "U2"
	for range 100 {
		if err == nil {
			p.ID, _, err = w.store.Enqueue(w.t.Context(), p)
		}
		if !errors.Is(err, store.ErrUnavailable) {
			break
		}
		err = nil
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) channel(channel, key string) store.Posting {
	w.t.Helper()
	return w.queue(post.ToChannel(team, channel, key, say(key)))
}

func say(text string) post.Message {
	return post.Message{Text: text, Blocks: []slack.Block{
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "*"+text+"*", false, false), nil, nil)}}
}

// await waits until the posting of key is in this state.
func (w *world) await(key, state string) store.Posted {
	w.t.Helper()
	var got store.Posted
	w.until(key+" to be "+state, func() bool {
		var err error
		got, err = w.store.Posted(w.t.Context(), team, key)
		return err == nil && got.State == state
	})
	return got
}

func (w *world) until(what string, ok func() bool) {
	w.t.Helper()
	for range 6000 {
		if ok() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.t.Fatalf("waited in vain for %s; calls: %+v", what, w.calls)
}

// texts are what a person sees in a channel, oldest first.
func (w *world) texts(person, channel string) []string {
	var all []string
	for _, m := range w.User(person).Messages(channel) {
		all = append(all, m.Text)
	}
	return all
}

// wantTexts expects exactly these messages.
func (w *world) wantTexts(person, channel string, want ...string) {
	w.t.Helper()
	got := w.texts(person, channel)
	if strings.Join(got, "|") != strings.Join(want, "|") {
		w.t.Errorf("%s sees in %s: %q; want %q", person, channel, got, want)
	}
}
