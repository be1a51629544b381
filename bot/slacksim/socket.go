package slacksim

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// socket is one Socket Mode connection of the app.
type socket struct {
	conn *websocket.Conn
	host string // as in debug_info
	gone chan struct{}
	once sync.Once
	mu   sync.Mutex  // guards writes
	deaf atomic.Bool // half-open: TCP is up, nothing goes either way
	mute atomic.Bool // about to be cut: what it says is not heard
}

// send writes one text frame. A deaf socket swallows it.
func (s *socket) send(frame []byte) error {
	if s.deaf.Load() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(frame)
}

// write needs s.mu.
func (s *socket) write(frame []byte) error {
	if err := s.conn.SetWriteDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	return s.conn.WriteMessage(websocket.TextMessage, frame)
}

// shut closes the TCP connection without a word.
func (s *socket) shut() {
	s.once.Do(func() {
		close(s.gone)
		_ = s.conn.Close() // nothing to do about an error: it is gone either way
	})
}

// shutPolitely sends a close frame first.
func (s *socket) shutPolitely() {
	msg := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = s.conn.WriteControl(websocket.CloseMessage, msg, time.Now().Add(time.Second))
	s.shut()
}

// hub holds the app's sockets. Deliveries read the list without a lock.
type hub struct {
	mu      sync.Mutex
	tickets map[string]bool
	closed  bool
	count   int
	asked   int // tickets given out
	list    atomic.Pointer[[]*socket]
	turn    atomic.Uint64
	up      websocket.Upgrader
}

func (h *hub) init() {
	h.tickets = map[string]bool{}
	h.list.Store(&[]*socket{})
	h.up = websocket.Upgrader{
		ReadBufferSize: 16 << 10, WriteBufferSize: 16 << 10,
		CheckOrigin: func(*http.Request) bool { return true }, // slack-go sends Slack's own origin
	}
}

func (h *hub) sockets() []*socket { return *h.list.Load() }

// add takes the socket in, unless the app has ten already.
// The caller's goroutine for s is counted in wg under the lock, so that Close
// either sees it or has refused it.
func (h *hub) add(s *socket, wg *sync.WaitGroup) (n int, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	old := h.sockets()
	if h.closed || len(old) >= maxSockets {
		return len(old), false
	}
	list := append(slices.Clone(old), s)
	h.list.Store(&list)
	wg.Add(1)
	return len(list), true
}

func (h *hub) remove(s *socket) {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := slices.DeleteFunc(slices.Clone(h.sockets()), func(x *socket) bool { return x == s })
	h.list.Store(&list)
}

func (h *hub) closeAll() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	for _, s := range h.sockets() {
		s.shut()
	}
}

func (h *hub) newTicket() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := newSecret()
	h.tickets[t] = true
	h.asked++
	return t
}

// useTicket tells whether t was given out and not used yet.
func (h *hub) useTicket(t string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	ok := h.tickets[t]
	delete(h.tickets, t)
	return ok
}

// pick gives the socket whose turn it is, or nil.
func (h *hub) pick() *socket {
	list := h.sockets()
	if len(list) == 0 {
		return nil
	}
	return list[h.turn.Add(1)%uint64(len(list))]
}

// Sockets counts the app's sockets that are up and not half-open.
func (ws *Workspace) Sockets() int {
	n := 0
	for _, s := range ws.hub.sockets() {
		if !s.deaf.Load() {
			n++
		}
	}
	return n
}

func (ws *Workspace) socketURL(base string) string {
	q := url.Values{"ticket": {ws.hub.newTicket()}, "app_id": {ws.cfg.App.ID}}
	return "ws" + base[len("http"):] + "/link/?" + q.Encode()
}

func (ws *Workspace) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !ws.hub.useTicket(r.URL.Query().Get("ticket")) {
		http.Error(w, "invalid ticket", http.StatusForbidden)
		return
	}
	conn, err := ws.hub.up.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	ws.hub.mu.Lock()
	ws.hub.count++
	host := "applink-" + strconv.Itoa(ws.hub.count)
	ws.hub.mu.Unlock()
	s := &socket{conn: conn, host: host, gone: make(chan struct{})}
	s.mu.Lock() // deliveries wait until hello is out: it comes first
	n, ok := ws.hub.add(s, &ws.wg)
	if !ok {
		_ = s.write(disconnectFrame("too_many_websockets", host))
		s.mu.Unlock()
		s.shutPolitely()
		return
	}
	go func() {
		defer ws.wg.Done()
		ws.ping(s)
	}()
	err = s.write(ws.hello(n, host))
	s.mu.Unlock()
	if err != nil {
		ws.lose(s)
		return
	}
	ws.tellPresence()
	ws.read(s)
}

func (ws *Workspace) hello(n int, host string) []byte {
	frame, err := json.Marshal(map[string]any{
		"type": "hello", "num_connections": n,
		"debug_info":      map[string]any{"host": host, "build_number": 1, "approximate_connection_time": 18060},
		"connection_info": map[string]any{"app_id": ws.cfg.App.ID},
	})
	if err != nil {
		panic("slacksim: hello: " + err.Error()) // strings and numbers only
	}
	return frame
}

func disconnectFrame(reason, host string) []byte {
	return []byte(`{"type":"disconnect","reason":"` + reason + `","debug_info":{"host":"` + host + `"}}`)
}

func (ws *Workspace) lose(s *socket) {
	ws.hub.remove(s)
	s.shut()
	ws.tellPresence()
}

func (ws *Workspace) ping(s *socket) {
	tick := time.NewTicker(ws.cfg.PingInterval)
	defer tick.Stop()
	for {
		if !s.deaf.Load() {
			// A failed ping shows itself in read, which ends this socket.
			_ = s.conn.WriteControl(websocket.PingMessage, []byte("Ping from "+s.host), time.Now().Add(time.Second))
		}
		select {
		case <-tick.C:
		case <-s.gone:
			return
		}
	}
}

// read takes the app's acks until the socket ends.
func (ws *Workspace) read(s *socket) {
	defer ws.lose(s)
	s.conn.SetCloseHandler(func(code int, text string) error {
		if s.deaf.Load() {
			return nil
		}
		msg := websocket.FormatCloseMessage(code, "")
		return s.conn.WriteControl(websocket.CloseMessage, msg, time.Now().Add(time.Second))
	})
	s.conn.SetPingHandler(func(text string) error {
		if s.deaf.Load() {
			return nil
		}
		return s.conn.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(time.Second))
	})
	for {
		_, frame, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		if !s.deaf.Load() && !s.mute.Load() {
			ws.acked(s, frame)
		}
	}
}

// Opened counts the sockets that the app has opened since the start, so that
// a test can wait for one that came back.
func (ws *Workspace) Opened() int {
	ws.hub.mu.Lock()
	defer ws.hub.mu.Unlock()
	return ws.hub.count
}

// Asked counts how often the app has asked for the address of a socket
// (apps.connections.open), whether or not it then opened one.
func (ws *Workspace) Asked() int {
	ws.hub.mu.Lock()
	defer ws.hub.mu.Unlock()
	return ws.hub.asked
}
