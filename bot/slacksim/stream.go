package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// stream is one browser listening for what one person sees.
type stream struct {
	user string
	out  chan []byte
	end  context.CancelFunc
}

// streams are all browsers, and what each person has read.
type streams struct {
	count atomic.Int64
	mu    sync.Mutex
	all   map[*stream]bool
	read  map[[2]string]string // user, channel → ts of the last message seen
}

func (s *streams) init() {
	s.all = map[*stream]bool{}
	s.read = map[[2]string]string{}
}

// tell sends an event to the browsers of user ("": everybody). It costs one
// atomic load where no browser is open. A browser that does not keep up is cut
// off; it comes back and loads anew.
func (s *streams) tell(user, name string, data any) {
	if s.count.Load() == 0 {
		return
	}
	body, err := json.Marshal(data)
	if err != nil {
		return // what cannot be written as JSON never got in as JSON
	}
	frame := fmt.Appendf(nil, "event: %s\ndata: %s\n\n", name, body)
	s.mu.Lock()
	defer s.mu.Unlock()
	for x := range s.all {
		if user != "" && x.user != user {
			continue
		}
		select {
		case x.out <- frame:
		default:
			x.end()
		}
	}
}

func (s *streams) users() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := map[string]bool{}
	var out []string
	for x := range s.all {
		if !seen[x.user] {
			seen[x.user] = true
			out = append(out, x.user)
		}
	}
	return out
}

func (s *streams) markRead(user, channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ts > s.read[[2]string{user, channel}] {
		s.read[[2]string{user, channel}] = ts
	}
}

func (s *streams) lastRead(user, channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read[[2]string{user, channel}]
}

func (ws *Workspace) unread(user string, c *channel) int {
	last, n := ws.streams.lastRead(user, c.id), 0
	for _, m := range ws.User(user).Messages(c.id) {
		if m.TS > last && m.User != user {
			n++
		}
	}
	return n
}

func (ws *Workspace) simEvents(w http.ResponseWriter, r *http.Request) {
	user, ok := ws.simUser(w, r)
	if !ok {
		return
	}
	ctx, end := context.WithCancel(r.Context())
	defer end()
	x := &stream{user: user, out: make(chan []byte, 256), end: end}
	s := &ws.streams
	s.mu.Lock()
	s.all[x] = true
	s.mu.Unlock()
	s.count.Add(1)
	defer func() {
		s.mu.Lock()
		delete(s.all, x)
		s.mu.Unlock()
		s.count.Add(-1)
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	if _, err := w.Write([]byte(": hello\n\n")); err != nil || flush.Flush() != nil {
		return
	}
	alive := time.NewTicker(15 * time.Second)
	defer alive.Stop()
	for {
		frame := []byte(": alive\n\n")
		select {
		case frame = <-x.out:
		case <-alive.C:
		case <-ctx.Done():
			return
		case <-ws.done.Done():
			return
		}
		if _, err := w.Write(frame); err != nil || flush.Flush() != nil {
			return
		}
	}
}

func (ws *Workspace) nameOf(id string) string {
	switch {
	case id == ws.cfg.App.BotUserID:
		return ws.cfg.App.Name
	case id == "USLACKBOT":
		return "Slackbot"
	}
	if p := ws.person(id); p != nil {
		return p.RealName
	}
	return id
}

// simMessage is a message as the page takes it.
func (ws *Workspace) simMessage(m *Message) map[string]any {
	out := ws.messageJSON(m, false)
	out["channel"] = m.Channel
	out["name"] = ws.nameOf(m.User)
	out["ephemeral"] = m.EphemeralTo != ""
	out["edited"] = m.Edited != ""
	out["reply_count"] = m.ReplyCount
	if m.Failed != "" {
		out["failed"] = m.Failed
	}
	return out
}

// tellMessage shows a change of a message to everybody who can see it.
func (ws *Workspace) tellMessage(kind string, m *Message) {
	if ws.streams.count.Load() == 0 {
		return
	}
	data := map[string]any{"message": ws.simMessage(m)}
	if kind == "message_deleted" {
		data = map[string]any{"channel": m.Channel, "ts": m.TS, "thread_ts": m.ThreadTS}
	}
	if m.EphemeralTo != "" {
		ws.streams.tell(m.EphemeralTo, kind, data)
		return
	}
	ch := ws.channel(m.Channel)
	for _, user := range ws.streams.users() {
		if ch != nil && ch.isMember(user) {
			ws.streams.tell(user, kind, data)
		}
	}
	if kind == "message" && m.ThreadTS != "" && m.ThreadTS != m.TS && ch != nil {
		if parent := ch.get(m.ThreadTS); parent != nil {
			ws.tellMessage("message_changed", parent)
		}
	}
}

func (ws *Workspace) simView(v *View) map[string]any {
	if v == nil {
		return nil
	}
	out := ws.viewJSON(v)
	out["errors"] = v.Errors
	return out
}

func (ws *Workspace) simStack(user string) []map[string]any {
	ws.views.mu.Lock()
	list := append([]*View(nil), ws.views.stacks[user]...)
	ws.views.mu.Unlock()
	out := []map[string]any{}
	for _, v := range list {
		out = append(out, ws.simView(v))
	}
	return out
}

func (ws *Workspace) tellView(kind, user string, v *View) {
	if v.Type == "home" {
		ws.tellHome(user, v)
		return
	}
	ws.changed.ring()
	if ws.streams.count.Load() > 0 {
		ws.streams.tell(user, "view", map[string]any{"kind": kind, "view_id": v.ID, "stack": ws.simStack(user)})
	}
}

func (ws *Workspace) tellHome(user string, v *View) {
	ws.changed.ring()
	if ws.streams.count.Load() > 0 {
		ws.streams.tell(user, "home", map[string]any{"view": ws.simView(v)})
	}
}

func (ws *Workspace) tellPresence() {
	ws.changed.ring()
	ws.streams.tell("", "presence", map[string]any{"sockets": ws.Sockets()})
}
