// Package llmtest is a scripted server that speaks OpenAI's protocol over
// HTTP: tests say what it answers, rightly or wrongly, and see what it was
// asked.
package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Call is one request as the server got it.
type Call struct {
	N            int // counted from 1
	Path         string
	Model        string
	System, User string
	Schema       bool   // structured output was asked for
	Body         string // the whole request
	Key          string // the Authorization header
}

// Reply is what the server does.
type Reply struct {
	Status int // 0: 200
	Header map[string]string
	Body   string
	Hangs  bool // no answer until the client goes away
	Drops  bool // the connection is closed without an answer
}

// Server is a scripted model.
type Server struct {
	URL string // for OPENAI_BASE_URL

	mu     sync.Mutex
	calls  []Call
	script func(Call) Reply
	done   chan struct{}
}

// New starts a server that answers as script says; it ends with the test.
func New(t testing.TB, script func(Call) Reply) *Server {
	s, stop := Start(script)
	t.Cleanup(stop)
	return s
}

// Start is New for whoever ends the server by hand.
func Start(script func(Call) Reply) (s *Server, stop func()) {
	s = &Server{script: script, done: make(chan struct{})}
	srv := httptest.NewServer(s)
	s.URL = srv.URL + "/v1"
	return s, func() { close(s.done); srv.CloseClientConnections(); srv.Close() }
}

// Script changes what is answered from now on.
func (s *Server) Script(script func(Call) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

// Calls are all requests so far.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var body struct {
		Model    string `json:"model"`
		Messages []struct {
			Role    string `json:"role"`
			Content string `json:"content"`
		} `json:"messages"`
		Format *struct {
			Type string `json:"type"`
		} `json:"response_format"`
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c := Call{Path: r.URL.Path, Model: body.Model, Body: string(raw), Key: r.Header.Get("Authorization"),
		Schema: body.Format != nil && body.Format.Type == "json_schema"}
	for _, m := range body.Messages {
		if m.Role == "system" {
			c.System += m.Content
		} else {
			c.User += m.Content
		}
	}
	s.mu.Lock()
	c.N = len(s.calls) + 1
	s.calls = append(s.calls, c)
	script := s.script
	s.mu.Unlock()
	s.send(w, r, script(c))
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, a Reply) {
	switch {
	case a.Hangs:
		select {
		case <-r.Context().Done():
		case <-s.done:
		}
		return
	case a.Drops:
		if h, ok := w.(http.Hijacker); ok {
			if conn, _, err := h.Hijack(); err == nil {
				_ = conn.Close() // the point of it
			}
		}
		return
	}
	w.Header().Set("Content-Type", "application/json")
	for k, v := range a.Header {
		w.Header().Set(k, v)
	}
	if a.Status != 0 {
		w.WriteHeader(a.Status)
	}
	_, _ = io.WriteString(w, a.Body) // a client that has gone is no fault of ours
}

// Says is a whole completion with text as its content.
func Says(text string) Reply { return Completion(text, "stop") }

// Completion is a completion that ended for a reason: stop, length, or none.
func Completion(text, reason string) Reply {
	return Reply{Body: fmt.Sprintf(`{"id":"c1","object":"chat.completion","model":"scripted","choices":[{"index":0,"message":{"role":"assistant","content":%s},"finish_reason":%s}],"usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050}}`,
		quoted(text), reasonOf(reason))}
}

func reasonOf(reason string) string {
	if reason == "" {
		return "null"
	}
	return quoted(reason)
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string
	return string(b)
}

// Faults are the ways in which a server fails, by name.
func Faults() map[string]Reply {
	refusal := Reply{Body: `{"choices":[{"message":{"role":"assistant","content":"","refusal":"I cannot help with that."},"finish_reason":"stop"}]}`}
	return map[string]Reply{
		"garbled":              Says(`Sure! Here is {"signals": [`),
		"not JSON at all":      {Body: "<html>Bad gateway</html>"},
		"cut-off body":         {Body: `{"choices":[{"message":{"content":"{`},
		"late":                 {Hangs: true},
		"not at all":           {Drops: true},
		"429":                  {Status: 429, Header: map[string]string{"Retry-After": "60"}, Body: `{"error":{"message":"slow down","type":"requests"}}`},
		"500":                  {Status: 500, Body: `{"error":{"message":"oops"}}`},
		"503 as HTML":          {Status: 503, Body: "<html>no</html>"},
		"401":                  {Status: 401, Body: `{"error":{"message":"bad key"}}`},
		"refusal":              refusal,
		"filtered":             Completion("", "content_filter"),
		"a million bytes":      Says(strings.Repeat("x", 1<<20)),
		"200 with an error":    {Body: `{"error":{"message":"model overloaded"}}`},
		"no choices":           {Body: `{"choices":[]}`},
		"empty":                Says(""),
		"no reason for ending": Completion(`{"signals":[]}`, ""),
		"ended by length":      Completion(`{"signals":[]}`, "length"),
		"another shape":        Says(`{"answer":"replied"}`),
		"two answers":          Says(`{"signals":[]} {"signals":[]}`),
	}
}
