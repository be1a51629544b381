package post_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"cairn/bot/post"
)

// Another Slack than the real one may know no metadata, or no history at all.
// Each of these answers to a look that follows a lost reply.
func TestLookIntoPoorHistories(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history string
		state   string
		posts   int
	}{
		"no metadata, our text":    {`{"ok":true,"messages":[{"type":"message","ts":"5.5","bot_id":"B1","text":"a"}]}`, "sent", 1},
		"our text by a person":     {`{"ok":true,"messages":[{"type":"message","ts":"5.5","user":"U1","text":"a"}]}`, "sent", 2},
		"another key":              {`{"ok":true,"messages":[{"type":"message","ts":"5.5","bot_id":"B1","text":"a","metadata":{"event_type":"cairn_post","event_payload":{"key":"z"}}}]}`, "sent", 2},
		"empty":                    {`{"ok":true,"messages":[]}`, "sent", 2},
		"yes to everything":        {`{"ok":true}`, "unknown", 1},
		"no such method":           {`{"ok":false,"error":"unknown_method"}`, "unknown", 1},
		"more, but not where":      {`{"ok":true,"messages":[],"has_more":true}`, "sending", 1},
		"always another page":      {`{"ok":true,"messages":[],"has_more":true,"response_metadata":{"next_cursor":"x"}}`, "unknown", 1},
		"not an answer of Slack's": {`<html>`, "sending", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				switch w.note(request{method: r.URL.Path}); {
				case r.URL.Path == "/api/conversations.history":
					_, _ = io.WriteString(rw, c.history)
				case len(w.called("/api/chat.postMessage")) == 1:
					panic(http.ErrAbortHandler)
				default:
					_, _ = io.WriteString(rw, `{"ok":true,"channel":"C1","ts":"6.6"}`)
				}
			}))
			t.Cleanup(srv.Close)
			w.queue(post.ToChannel(team, "C1", "a", say("a")))
			w.poster(func(p *post.Config) { p.Slack = post.NewClient("xoxb-simulated", srv.URL+"/api/", time.Second) })
			w.until("a look", func() bool { return len(w.called("/api/conversations.history")) > 0 })
			w.await("a", c.state)
			if n := len(w.called("/api/chat.postMessage")); n != c.posts {
				t.Errorf("posted %d times, want %d", n, c.posts)
			}
		})
	}
}
