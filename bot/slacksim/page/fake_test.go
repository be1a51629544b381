package page_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"cairn/bot/slacksim/page"
)

type obj = map[string]any
type list = []any

// posted is one POST that the page made.
type posted struct {
	path string
	body obj
}

// fake answers the /sim API from what a test puts into it.
type fake struct {
	URL string
	// on answers a POST by its path below /sim/; what is not named answers {"ok":true}.
	on map[string]func(f *fake, body obj) obj
	// home answers GET /sim/home.
	home func(user string) obj

	mu       sync.Mutex
	down     bool
	messages []obj // to: the one person who sees it
	streams  map[chan []byte]string
	posts    chan posted
}

func startFake(t *testing.T, messages ...obj) *fake {
	t.Helper()
	f := &fake{messages: messages, streams: map[chan []byte]string{}, posts: make(chan posted, 64), on: map[string]func(*fake, obj) obj{}}
	f.home = func(user string) obj { return homeView("Good morning, " + user) }
	mux := http.NewServeMux()
	mux.Handle("/", page.Handler())
	mux.HandleFunc("GET /sim/state", f.state)
	mux.HandleFunc("GET /sim/messages", f.list)
	mux.HandleFunc("GET /sim/events", f.events)
	mux.HandleFunc("GET /sim/home", func(w http.ResponseWriter, r *http.Request) {
		write(w, obj{"view": f.home(r.URL.Query().Get("user"))})
	})
	mux.HandleFunc("POST /sim/{path...}", f.post)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	t.Cleanup(f.cutOff)
	f.URL = s.URL
	return f
}

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // a browser that has gone needs no answer
}

func person(id, name, title string) obj {
	return obj{"id": id, "name": id, "real_name": name, "title": title}
}

func (f *fake) state(w http.ResponseWriter, r *http.Request) {
	people := map[string]obj{"U1": person("U1", "Eva Lindqvist", "Rep"), "U2": person("U2", "Mara Okafor", "Manager")}
	user := r.URL.Query().Get("user")
	if user == "" {
		user = "U1"
	}
	write(w, obj{
		"team": obj{"id": "T1", "name": "Fjord & Field"},
		"app":  obj{"id": "A1", "name": "Cairn", "bot_user_id": "UBOT", "bot_id": "B1"},
		"me":   people[user], "people": list{people["U1"], people["U2"]},
		"channels": list{obj{"id": "C1", "name": "sales"}, obj{"id": "C2", "name": "digest"}},
		"dms":      list{obj{"id": "D" + user, "user": "UBOT", "name": "Cairn", "is_app": true}},
		"commands": list{obj{"command": "/coach", "description": "All that Cairn can do", "usage_hint": "[log | next | card]"},
			obj{"command": "/log", "description": "Record a talk in one line", "usage_hint": "Dana Ruiz, Acme: call"}},
		"shortcuts": list{obj{"type": "message", "callback_id": "log_message", "name": "Log with Cairn"}},
		"clock":     obj{"now": "2026-11-22T14:00:00Z", "can_set": true},
		"unread":    obj{"C2": 2}, "sockets": 1, "stack": list{}, "home": nil,
	})
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	f.mu.Lock()
	defer f.mu.Unlock()
	out := list{}
	for _, m := range f.messages {
		if m["channel"] == q.Get("channel") && (m["to"] == nil || m["to"] == q.Get("user")) {
			out = append(out, m)
		}
	}
	write(w, obj{"messages": out})
}

func (f *fake) events(w http.ResponseWriter, r *http.Request) {
	out := make(chan []byte, 64)
	f.mu.Lock()
	if f.down {
		f.mu.Unlock()
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	f.streams[out] = r.URL.Query().Get("user")
	f.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = io.WriteString(w, ": hello\n\n")
	flush := http.NewResponseController(w)
	_ = flush.Flush()
	for {
		select {
		case frame, open := <-out:
			if !open {
				return
			}
			_, _ = w.Write(frame)
			_ = flush.Flush()
		case <-r.Context().Done():
			f.mu.Lock()
			delete(f.streams, out)
			f.mu.Unlock()
			return
		}
	}
}

// cutOff ends all event streams and refuses new ones until back.
func (f *fake) cutOff() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = true
	for out := range f.streams {
		close(out)
		delete(f.streams, out)
	}
}

func (f *fake) back() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = false
}

func (f *fake) post(w http.ResponseWriter, r *http.Request) {
	var body obj
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	path := r.PathValue("path")
	f.posts <- posted{path, body}
	if do := f.on[path]; do != nil {
		write(w, do(f, body))
		return
	}
	write(w, obj{"ok": true})
}

// tell sends an event to the browsers of user, or of all for "".
func (f *fake) tell(user, name string, data any) {
	body, err := json.Marshal(data)
	if err != nil {
		panic(err) // a test's own literal
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for out, who := range f.streams {
		if user == "" || user == who {
			out <- fmt.Appendf(nil, "event: %s\ndata: %s\n\n", name, body)
		}
	}
}

// add keeps a message and tells those who may see it.
func (f *fake) add(m obj) {
	f.mu.Lock()
	f.messages = append(f.messages, m)
	f.mu.Unlock()
	to, _ := m["to"].(string)
	f.tell(to, "message", obj{"message": m})
}

func (f *fake) show(user string, views ...any) {
	f.tell(user, "view", obj{"kind": "open", "stack": append(list{}, views...)})
}

// next waits for the page's next POST; it fails the test if that is to another path.
func (f *fake) next(t *testing.T, path string) obj {
	t.Helper()
	select {
	case p := <-f.posts:
		if p.path != path {
			t.Fatalf("the page posted to %s, want %s: %v", p.path, path, p.body)
		}
		return p.body
	case <-t.Context().Done():
		t.Fatalf("nothing was posted to %s", path)
	}
	return nil
}

func said(channel, ts, user, text string) obj {
	return obj{"channel": channel, "ts": ts, "user": user, "name": user, "text": text}
}

func fromApp(channel, ts string, blocks ...any) obj {
	return obj{"channel": channel, "ts": ts, "user": "UBOT", "bot_id": "B1", "name": "Cairn", "text": "", "blocks": blocks}
}

func homeView(text string) obj {
	return obj{"id": "VH", "type": "home", "blocks": list{section(text)}}
}

func section(text string) obj {
	return obj{"type": "section", "text": obj{"type": "mrkdwn", "text": text}}
}

func plain(text string) obj { return obj{"type": "plain_text", "text": text} }
