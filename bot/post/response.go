package post

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"cairn/store"
)

// answer is what a response_url is sent.
type answer struct {
	Text         string     `json:"text,omitempty"`
	Blocks       []rawBlock `json:"blocks,omitempty"`
	ResponseType string     `json:"response_type,omitempty"`
	Replace      bool       `json:"replace_original,omitempty"`
	Delete       bool       `json:"delete_original,omitempty"`
	UnfurlLinks  bool       `json:"unfurl_links"`
	UnfurlMedia  bool       `json:"unfurl_media"`
}

// response answers a response_url, which slack-go would do without telling
// what Slack said to it.
func (p *Poster) response(ctx context.Context, q store.Posting) outcome {
	var r struct {
		Response
		Message json.RawMessage `json:"message"`
	}
	var m wire
	if json.Unmarshal(q.Payload, &r) != nil || json.Unmarshal(r.Message, &m) != nil {
		return outcome{verdict: failed, reason: "unreadable payload"}
	}
	expired := func() bool { return !r.ExpiresAt.IsZero() && !p.Now().Before(r.ExpiresAt) }
	o := outcome{verdict: diverted, reason: "expired"}
	switch {
	case q.Doubt && !repeatable(q):
		return outcome{verdict: unknown, reason: "not to be looked up"}
	case !expired():
		body, err := json.Marshal(answer{Text: m.Text, Blocks: m.Blocks, ResponseType: "ephemeral", Replace: r.Replace, Delete: r.Delete})
		if err != nil {
			return outcome{verdict: failed, reason: "unreadable payload"}
		}
		o = p.answer(ctx, r.URL, body)
	}
	if o.verdict == retry || o.verdict == limited {
		o.verdict = retry // the limit is this URL's, not a method's
		if o.wait == 0 {
			o.wait = backoff(q.Attempt)
		}
		if !r.ExpiresAt.IsZero() && !p.Now().Add(o.wait).Before(r.ExpiresAt) {
			o = outcome{verdict: diverted, reason: o.reason} // it would come too late
		}
	}
	if o.verdict != diverted {
		return o
	}
	if r.Delete {
		return outcome{verdict: sent, reason: "nothing left to take away"}
	}
	o.payload = r.Message
	return o
}

func (p *Poster) answer(ctx context.Context, url string, body []byte) outcome {
	ctx, cancel := context.WithTimeout(ctx, p.CallLimit)
	defer cancel()
	ctx, trip := follow(ctx)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil || req.URL.Host == "" {
		return outcome{verdict: diverted, reason: "bad response_url"}
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := p.http.Do(req)
	if err != nil {
		return judge(err, trip)
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
	return judgeAnswer(resp.StatusCode, said, trip)
}

// judgeAnswer reads what a response_url said: "ok", {"ok":true}, or the name
// of an error as JSON or plain text, with a status that may be 200 all the same.
func judgeAnswer(code int, said []byte, trip *trip) outcome {
	name := strings.TrimSpace(string(said))
	var body struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(said, &body) == nil {
		name = body.Error
		if body.OK {
			name = "ok"
		}
	}
	switch {
	case code == http.StatusOK && (name == "ok" || name == ""):
		return outcome{verdict: sent}
	case code == http.StatusTooManyRequests || code >= 500 || code == http.StatusRequestTimeout:
		return judgeStatus(code, trip).said()
	case limitErrors[name]:
		return outcome{verdict: retry, reason: name, wait: unnamedWait}.said()
	case badMessage(name):
		return outcome{verdict: failed, reason: name}
	case len(name) > 40 || strings.ContainsAny(name, " <{"):
		name = "refused" // some page, not a name
	}
	return outcome{verdict: diverted, reason: name}
}

// badMessage: Slack will not take this message anywhere.
func badMessage(name string) bool {
	switch name {
	case "no_text", "msg_too_long", "msg_blocks_too_long", "too_many_attachments", "invalid_payload", "invalid_arguments":
		return true
	}
	return strings.HasPrefix(name, "invalid_blocks") || strings.HasPrefix(name, "invalid_attachments")
}
