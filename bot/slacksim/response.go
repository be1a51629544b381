package slacksim

import (
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"
)

const responseLife = 30 * time.Minute

// responseURL is the right to answer one command or interaction five times in
// half an hour.
type responseURL struct {
	channel string
	user    string
	ts      string // the message it came from; "" for commands
	thread  string
	uses    int
	expires time.Time
}

type responses struct {
	mu     sync.Mutex
	byID   map[string]*responseURL
	oldest []string
}

func (r *responses) init() { r.byID = map[string]*responseURL{} }

func (ws *Workspace) newResponseURL(channel, user, ts, thread string) string {
	id := newSecret()
	r := &ws.responses
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byID[id] = &responseURL{channel: channel, user: user, ts: ts, thread: thread,
		expires: ws.cfg.Now().Add(responseLife)}
	r.oldest = append(r.oldest, id)
	if len(r.oldest) > 40_000 {
		for _, old := range r.oldest[:20_000] {
			delete(r.byID, old)
		}
		r.oldest = append([]string(nil), r.oldest[20_000:]...)
	}
	return ws.baseURL() + "/response/" + id
}

// take counts one use.
func (r *responses) take(id string, now time.Time) (responseURL, string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	u := r.byID[id]
	switch {
	case u == nil || now.After(u.expires):
		return responseURL{}, "expired_url"
	case u.uses >= maxResponseUses:
		return responseURL{}, "used_url"
	}
	u.uses++
	return *u, ""
}

func (ws *Workspace) serveResponse(w http.ResponseWriter, r *http.Request) {
	answered, after := ws.faults.serve(w, r, ResponseURL)
	if answered {
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil {
		return
	}
	u, code := ws.responses.take(r.PathValue("id"), ws.cfg.Now())
	if code != "" {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, code)
		return
	}
	bad := ws.respond(u, body)
	if after.instead(w) {
		return
	}
	if bad != nil {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		status := http.StatusBadRequest
		if bad.code == "not_found" {
			status = http.StatusNotFound
		}
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(bad.json())
		return
	}
	writeJSON(w, map[string]any{"ok": true})
}

// said is a message as response URLs and acks of commands take it.
type said struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	ResponseType    string          `json:"response_type"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	ThreadTS        string          `json:"thread_ts"`
	Metadata        json.RawMessage `json:"metadata"`
}

// respond does what was posted to a response URL.
func (ws *Workspace) respond(u responseURL, body []byte) *refusal {
	var in said
	if json.Unmarshal(body, &in) != nil {
		return refuse("invalid_payload")
	}
	ch := ws.channel(u.channel)
	if ch == nil {
		return refuse("channel_not_found")
	}
	if u.ts == "" && (in.ReplaceOriginal || in.DeleteOriginal) {
		// What a command's ack or response URL has said cannot be replaced or
		// deleted: bolt-js#2287, bolt-python#1268. Slack says something new.
		ws.violate("response_url_cannot_replace", "the response_url of a command or shortcut has no original", "")
		in.DeleteOriginal = false
	}
	if in.DeleteOriginal {
		if ws.drop(ch, u.ts) == nil {
			return refuse("not_found")
		}
		return nil
	}
	m, bad := ws.sayMessage(&in)
	if bad != nil {
		return bad
	}
	if in.ReplaceOriginal && u.ts != "" {
		done := ws.alter(ch, u.ts, func(old *Message) {
			old.Text, old.Blocks, old.Attachments, old.Edited = m.Text, m.Blocks, m.Attachments, ws.newTS()
		})
		if done == nil {
			return refuse("not_found")
		}
		return nil
	}
	m.ThreadTS = in.ThreadTS
	if m.ThreadTS == "" {
		m.ThreadTS = u.thread
	}
	if in.ResponseType != "in_channel" {
		m.EphemeralTo = u.user
	}
	ws.put(ch, m)
	return nil
}

// sayMessage checks a message of a response URL or an ack.
func (ws *Workspace) sayMessage(in *said) (*Message, *refusal) {
	blocks, bad := checkMessageBlocks(in.Blocks, ws.newBlockID)
	if bad != nil {
		return nil, bad
	}
	if in.ResponseType != "" && in.ResponseType != "ephemeral" && in.ResponseType != "in_channel" {
		return nil, refuse("invalid_response_type")
	}
	m := ws.appMessage()
	m.Text, m.Blocks = in.Text, blocks
	if !isEmptyJSON(in.Attachments) {
		m.Attachments = in.Attachments
	}
	if m.Text == "" && len(m.Blocks) == 0 && m.Attachments == nil {
		return nil, refuse("no_text")
	}
	return m, nil
}
