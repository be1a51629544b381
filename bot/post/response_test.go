package post_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/post"
)

// hook is a response_url that answers as told, one line a post, the last one
// for ever: a status and a body, "hang", or "cut".
type hook struct {
	*httptest.Server
	clock  clock
	mu     sync.Mutex
	script []string
	bodies []string
	times  []time.Time
}

func newHook(w *world, script ...string) *hook {
	h := &hook{clock: w.clock, script: script}
	h.Server = httptest.NewServer(h)
	w.t.Cleanup(h.Close)
	return h
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var raw json.RawMessage
	_ = json.NewDecoder(r.Body).Decode(&raw)
	h.mu.Lock()
	h.bodies, h.times = append(h.bodies, string(raw)), append(h.times, h.clock.Now())
	line := h.script[0]
	if len(h.script) > 1 {
		h.script = h.script[1:]
	}
	h.mu.Unlock()
	status, body, _ := strings.Cut(line, " ")
	switch status {
	case "hang":
		<-r.Context().Done()
		return
	case "cut":
		panic(http.ErrAbortHandler)
	case "429", "503":
		w.Header().Set("Retry-After", body)
	}
	var code int
	_, _ = fmt.Sscan(status, &code)
	w.WriteHeader(code)
	_, _ = w.Write([]byte(body))
}

func (h *hook) seen() ([]string, []time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bodies, h.times
}

func TestResponse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script  []string
		change  func(*post.Response)
		posts   int
		dm      bool
		state   string
		minWait time.Duration // between the first two posts
	}{
		"ok as text":           {script: []string{"200 ok"}, posts: 1},
		"ok as JSON":           {script: []string{`200 {"ok":true}`}, posts: 1},
		"limited, then ok":     {script: []string{"429 12", "200 ok"}, posts: 2, minWait: 12 * time.Second},
		"unavailable, then ok": {script: []string{"503 7", "500 oops", "200 ok"}, posts: 3, minWait: 7 * time.Second},
		"cut off, replacing":   {script: []string{"cut", "200 ok"}, posts: 2},
		"cut off, adding":      {script: []string{"cut"}, change: func(r *post.Response) { r.Replace = false }, posts: 1, state: "unknown"},
		"gone":                 {script: []string{"404 <html>no such page</html>"}, posts: 1, dm: true},
		"used up":              {script: []string{"404 used_url"}, posts: 1, dm: true},
		"expired, as JSON":     {script: []string{`404 {"ok":false,"error":"expired_url"}`}, posts: 1, dm: true},
		"expired, with 200":    {script: []string{`200 {"ok":false,"error":"expired_url"}`}, posts: 1, dm: true},
		"expired by our clock": {script: []string{"200 ok"}, change: func(r *post.Response) { r.ExpiresAt = r.ExpiresAt.Add(-31 * time.Minute) }, dm: true},
		"limit beyond the end": {script: []string{"429 3000", "200 ok"}, posts: 1, dm: true},
		"down until the end":   {script: []string{"500 "}, change: func(r *post.Response) { r.ExpiresAt = r.ExpiresAt.Add(-29 * time.Minute) }, posts: -1, dm: true},
		"message never taken":  {script: []string{`400 {"ok":false,"error":"invalid_blocks"}`}, posts: 1, state: "failed"},
		"taking away, expired": {script: []string{"404 used_url"}, change: func(r *post.Response) { r.Delete = true }, posts: 1},
		"no address":           {script: []string{"200 ok"}, change: func(r *post.Response) { r.URL = "" }, dm: true},
		"never reached until it": {script: []string{"200 ok"}, change: func(r *post.Response) {
			r.URL = "http://127.0.0.1:9/x"
			r.ExpiresAt = r.ExpiresAt.Add(-29 * time.Minute)
		}, dm: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			h := newHook(w, c.script...)
			r := post.Response{URL: h.URL + "/x", ExpiresAt: w.clock.Now().Add(30 * time.Minute), Replace: true, Message: say("receipt")}
			if c.change != nil {
				c.change(&r)
			}
			q := w.queue(post.Reply(team, "U1", "reply", r))
			w.poster()
			if c.state == "" {
				c.state = "sent"
			}
			w.await("reply", c.state)
			bodies, times := h.seen()
			if c.posts >= 0 && len(bodies) != c.posts {
				t.Errorf("%d posts to the URL, want %d", len(bodies), c.posts)
			}
			if len(times) > 1 && times[1].Sub(times[0]) < c.minWait {
				t.Errorf("tried again after %v, want at least %v", times[1].Sub(times[0]), c.minWait)
			}
			if c.dm {
				w.wantTexts("U1", w.User("U1").DMChannel(), "receipt")
			} else {
				w.wantTexts("U1", w.User("U1").DMChannel())
			}
			if c.state == "unknown" {
				w.await(fmt.Sprint("unknown:", q.ID), "sent")
				if got := w.texts("U2", w.User("U2").DMChannel()); len(got) != 1 || !strings.Contains(got[0], "answering you") {
					t.Errorf("the owner was told %q", got)
				}
			}
			for _, b := range bodies {
				if !strings.Contains(b, `"replace_original":true`) && r.Replace || !strings.Contains(b, `*receipt*`) {
					t.Errorf("body = %s", b)
				}
			}
		})
	}
}

func TestHungResponseIsRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := newHook(w, "hang", "200 ok")
	w.queue(post.Reply(team, "U1", "reply", post.Response{URL: h.URL, ExpiresAt: w.clock.Now().Add(30 * time.Minute), Replace: true, Message: say("x")}))
	w.poster(func(c *post.Config) { c.CallLimit = 200 * time.Millisecond })
	w.await("reply", "sent")
}
