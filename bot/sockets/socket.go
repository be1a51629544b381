package sockets

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/socketmode"
)

// socket is one Socket Mode connection and the one goroutine that drains it.
type socket struct {
	n      int
	client *socketmode.Client
	dialed atomic.Pointer[wire] // the latest connection
	live   atomic.Pointer[wire] // the one that Slack has greeted us on
	// greeted: Slack has greeted this socket before
	greeted atomic.Bool
	// waits for Slack's greeting on a connection that stands
	waits atomic.Bool
	// unwanted counts the connections in a row that ended without a greeting.
	// slack-go keeps Slack's reason to itself; it is mostly that the app has all
	// the sockets that it may have
	unwanted atomic.Int32
	refused  atomic.Int32       // how often in a row Slack has refused the token
	end      context.CancelFunc // of this run of the client; slack-go would dial again at once
	turn     chan struct{}      // of a group of one: it is to come up
	retires  bool               // of a group of one: the other takes its place; under the group's relief
	log      *slog.Logger
}

func (s *socket) up() bool {
	w := s.live.Load()
	return w != nil && w.alive()
}

// toldFrom is how many connections in a row may end ungreeted without a word of
// it: that may be the network, or a workspace that is being shut.
const toldFrom = 2

// parted counts a connection that ended before Slack had greeted it. It is
// dialed again by us, from the second in a row on with ever longer pauses.
func (s *socket) parted() {
	n := s.unwanted.Add(1)
	if n > toldFrom {
		s.log.Error("Slack took a socket and let it go without a greeting. It gives an app ten: run fewer replicas or set CAIRN_SOCKETS lower; or Socket Mode is off")
	}
	s.end()
}

func (s *socket) rise() {
	if w := s.dialed.Load(); w != nil {
		w.greeted.Store(true)
		s.live.Store(w)
	}
}

var errLeaving = errors.New("we are leaving: not dialed again")

var errUngreeted = errors.New("the connection before was not greeted: not dialed again at once")

// again refuses to dial a second time in one run of the client after a connection
// that was not greeted, and ends the run: slack-go itself dials again at once, on
// a busy machine several times before the end of the first is heard of. Where
// the app leaves, or another socket takes this one's place, it refuses altogether.
func (s *socket) again(g *Group, dial func(context.Context, string, string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if g.goes(s) {
			s.end()
			return nil, errLeaving
		}
		if last := s.dialed.Load(); last != nil && !last.greeted.Load() {
			s.end()
			return nil, errUngreeted
		}
		return dial(ctx, network, addr)
	}
}

// leave says goodbye on the connection that is up, if one is, and waits until all
// that came by it is taken. In a tunnel no goodbye can be said: there it stays
// until the run ends.
func (s *socket) leave() {
	w := s.live.Load()
	if w == nil || w.in == nil {
		return
	}
	if !w.leaves.Swap(true) {
		w.leave(leaveWithin)
	}
	for until := time.Now().Add(leaveWithin); w.alive() && time.Now().Before(until); {
		time.Sleep(leaveTick) // Slack had asked for it already
	}
	for until := time.Now().Add(closeWithin); s.live.Load() == w && time.Now().Before(until); {
		time.Sleep(leaveTick) // slack-go still hands on what it reads
	}
}

// last ends the run of the client with its last connection, as soon as all that
// came by it is handed on: slack-go would ask Slack for another one.
func (s *socket) last(w *wire) {
	for until := time.Now().Add(closeWithin); w.handed.Load() < w.came.Load() && time.Now().Before(until); {
		time.Sleep(leaveTick)
	}
	s.end()
}

// down reports whether the socket was up, and why it is no more.
func (s *socket) down() (why string, was bool) {
	w := s.live.Swap(nil)
	switch {
	case w == nil:
		return "", false
	case w.leaves.Load():
		return "Slack wants the connection back, or we leave", true
	}
	return "the connection ended", true
}

// dialer makes the socket's connections. Through a proxy, and so inside its
// tunnel, nothing can be put between frames.
func (s *socket) dialer(g *Group) *websocket.Dialer {
	made := func(w *wire) {
		w.over = func() {
			if g.goes(s) {
				s.last(w)
			}
		}
		w.asked = func() { g.asked(s) }
		w.yields = func(take bool) bool { return g.yields(s, w, take) }
		s.dialed.Store(w)
	}
	d := &websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: dialTimeout, ReadBufferSize: 16 << 10, WriteBufferSize: 32 << 10}
	for scheme, dial := range map[string]*func(context.Context, string, string) (net.Conn, error){"http": &d.NetDialContext, "https": &d.NetDialTLSContext} {
		proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: scheme, Host: "wss-primary.slack.com"}})
		plain := proxy == nil && err == nil
		switch {
		case scheme == "http":
			*dial = s.again(g, dialing(made, plain))
		case plain:
			*dial = s.again(g, dialingTLS(made))
		}
	}
	return d
}
