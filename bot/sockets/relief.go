package sockets

import (
	"context"
	"time"
)

// Slack may want all sockets back at once. So a connection that is asked to go
// stays until the group has another one besides: of several sockets one renews
// itself while the others stay; a group of one has a spare, which takes its place.

// reliefWithin is how long a connection that Slack wants back is kept where
// another one does not come about sooner, or what came by it is not answered:
// shorter than the ten seconds for which Slack lets it stand.
const reliefWithin = 8 * time.Second

// members is how many sockets a group of so many has, the spare included.
func members(count int) int { return max(count, 2) }

// stint keeps a socket of a group of one each time that it is its turn.
func (g *Group) stint(ctx context.Context, sock *socket) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-sock.turn:
		}
		g.relief.Lock()
		sock.retires = false
		g.relief.Unlock()
		g.keep(ctx, sock)
	}
}

// asked hears that Slack wants a socket's connection back.
func (g *Group) asked(sock *socket) {
	if g.cfg.Count > 1 || g.leaves.Load() {
		return
	}
	g.relief.Lock()
	defer g.relief.Unlock()
	sock.retires = true
	select {
	case g.spare(sock).turn <- struct{}{}:
	default: // it is its turn already
	}
}

func (g *Group) spare(sock *socket) *socket { return g.all[1-sock.n] }

// unneeded ends the turn of a socket that did not come up while the one whose
// place it was to take still serves: that one renews itself, as soon as it can,
// where Slack has no room for both.
func (g *Group) unneeded(sock *socket) bool {
	if g.cfg.Count > 1 || sock.unwanted.Load() == 0 {
		return false
	}
	g.relief.Lock()
	defer g.relief.Unlock()
	other := g.spare(sock)
	if !other.retires || !other.serves() {
		return false
	}
	other.retires = false
	sock.retires = true
	sock.unwanted.Store(0)
	return true
}

// goes reports whether a socket is not to be dialed any more.
func (g *Group) goes(sock *socket) bool {
	if g.leaves.Load() {
		return true
	}
	g.relief.Lock()
	defer g.relief.Unlock()
	return sock.retires
}

// yields reports whether a socket's connection may be left without leaving
// nobody to serve; with take it is as good as left.
func (g *Group) yields(sock *socket, w *wire, take bool) bool {
	g.relief.Lock()
	defer g.relief.Unlock()
	may := g.leaves.Load() || g.cfg.Count == 1 && !sock.retires // no spare comes
	for _, other := range g.all {
		may = may || other != sock && other.serves()
	}
	if may && take {
		w.parts.Store(true)
	}
	return may
}

// serves reports whether Slack can deliver by the socket, and will be able to
// when those that are being left are gone.
func (s *socket) serves() bool {
	w := s.live.Load()
	return w != nil && w.alive() && !w.parts.Load()
}
