// Package sockets keeps an app's Socket Mode connections to Slack: several at
// once, each watched by pings of its own, so that one serves while another is
// recycled; what they deliver is an [Envelope], acked on the connection that it
// came by. slack-go speaks the protocol; here is what it leaves out: a deaf peer
// is noticed within 12 s, an ack is proven to have arrived, and a connection
// that Slack wants back is kept until all that came by it is answered.
package sockets

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// Timing of the sockets; why each is what it is: Slack recycles sockets with
// no overlap, a second one serves meanwhile, and slack-go by itself notices a
// silent peer only after 53 s.
const (
	stagger     = 3 * time.Second
	dialTimeout = 5 * time.Second
	// slack-go would part from a peer whose own pings come further apart than
	// this; each wire is watched by pings of ours instead.
	pingInterval = 24 * time.Hour
	ackTimeout   = 500 * time.Millisecond
	redialAfter  = time.Second
	// Slack gives an app ten sockets, over all replicas, and lets one more
	// connect only to send it away.
	unwantedRetryMost = 30 * time.Second
)

// authRetryAfter is how long a token that Slack refuses rests, each time that it is
// refused in a row, the last from there on: Slack may refuse a good one for a moment.
var authRetryAfter = [...]time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 5 * time.Minute}

// Group keeps several connections, so that one serves while another is
// recycled, and hands what they deliver to take, which must not block.
type Group struct {
	cfg    Config
	take   func(Envelope)
	all    []*socket
	denied atomic.Bool
	leaves atomic.Bool // nothing is dialed any more
	relief sync.Mutex  // who may leave, and who takes whose place
}

// Config is what a group is made of.
type Config struct {
	API    *slack.Client // with an app-level token
	Count  int           // of sockets, 1 to 4; over all replicas Slack gives an app ten
	Now    func() time.Time
	Log    *slog.Logger
	Meters Meters
	// Refused is told when Slack refuses the app token before any socket was up;
	// nil: nobody. It is tried again all the same.
	Refused func(error)
}

// Meters counts what sockets do.
type Meters interface {
	SocketsUp(n int)
	Reconnected()
}

// New makes a group that delivers nothing until [Group.Run].
func New(cfg Config, take func(Envelope)) *Group {
	g := &Group{cfg: cfg, take: take}
	for n := range members(cfg.Count) {
		g.all = append(g.all, &socket{n: n, log: cfg.Log.With("socket", n), turn: make(chan struct{}, 1)})
	}
	return g
}

// Run keeps all sockets up until ctx ends.
func (g *Group) Run(ctx context.Context) {
	var wg sync.WaitGroup
	if g.cfg.Count == 1 {
		g.all[0].turn <- struct{}{}
	}
	for _, sock := range g.all {
		wg.Go(func() {
			switch {
			case g.cfg.Count == 1:
				g.stint(ctx, sock)
			case sleep(ctx, time.Duration(sock.n)*stagger):
				g.keep(ctx, sock)
			}
		})
	}
	wg.Wait()
}

// Leave parts from Slack at a moment when all that came is answered, so that
// Slack gives what comes next to another replica and nobody is refused; it
// returns when Slack delivers nothing more, after six seconds at the most. Run
// goes on until its ctx ends, for answers to arrive.
func (g *Group) Leave() {
	g.leaves.Store(true)
	var wg sync.WaitGroup
	for _, sock := range g.all {
		wg.Go(sock.leave)
	}
	wg.Wait()
}

// Up is how many sockets can deliver at this moment.
func (g *Group) Up() int {
	n := 0
	for _, sock := range g.all {
		if sock.up() {
			n++
		}
	}
	return n
}

// Opening is how many sockets have not been up yet.
func (g *Group) Opening() int {
	n := g.cfg.Count // the spare of a group of one may never be up
	for _, sock := range g.all {
		if sock.greeted.Load() {
			n--
		}
	}
	return max(n, 0)
}

// Denied reports whether Slack refuses the token.
func (g *Group) Denied() bool { return g.denied.Load() }

// Unwanted is how many sockets Slack sends away: most likely the app has all
// that it may have.
func (g *Group) Unwanted() (n int) {
	for _, sock := range g.all {
		if sock.unwanted.Load() > toldFrom {
			n++
		}
	}
	return n
}

// keep runs one socket again and again: slack-go gives up for good on tokens
// that Slack refuses, and may be revoked and granted again meanwhile.
func (g *Group) keep(ctx context.Context, sock *socket) {
	for ctx.Err() == nil && !g.goes(sock) {
		sock.dialed.Store(nil)
		sock.client = socketmode.New(g.cfg.API, socketmode.OptionPingInterval(pingInterval), socketmode.OptionDialer(sock.dialer(g)))
		run, stop := context.WithCancel(ctx)
		sock.end = stop
		drained := make(chan struct{})
		go func() {
			defer close(drained)
			g.drain(run, sock)
		}()
		err := sock.client.RunContext(run)
		stop()
		<-drained
		sock.down()
		if sock.waits.Swap(false) { // it ended before its events were all read
			sock.parted()
		}
		g.cfg.Meters.SocketsUp(g.Up())
		if ctx.Err() != nil || g.goes(sock) || g.unneeded(sock) {
			return
		}
		wait := redialAfter
		switch {
		case fatal(err):
			g.denied.Store(true)
			wait = authRetryAfter[min(int(sock.refused.Add(1)), len(authRetryAfter))-1]
			if g.cfg.Refused != nil && g.Opening() == g.cfg.Count {
				g.cfg.Refused(err)
			}
		case sock.unwanted.Load() > 1:
			wait = min(redialAfter<<min(sock.unwanted.Load()-2, 10), unwantedRetryMost)
		}
		if sock.unwanted.Load() <= 1 { // else it is told already
			told := "socket ended"
			if fatal(err) {
				told = "Slack refuses the app token: set SLACK_APP_TOKEN anew"
			}
			sock.log.Warn(told, "error", err, "again_in", wait)
		}
		sleep(ctx, wait)
	}
}

// drain is the one reader of a socket's events. It never blocks: slack-go's
// reader starves behind a slow consumer and loses the connection.
func (g *Group) drain(ctx context.Context, sock *socket) {
	for {
		select {
		case <-ctx.Done():
			return
		case evt := <-sock.client.Events:
			g.event(ctx, sock, evt)
		}
	}
}

func (g *Group) event(ctx context.Context, sock *socket, evt socketmode.Event) {
	switch evt.Type {
	case socketmode.EventTypeHello:
		if sock.greeted.Swap(true) || g.cfg.Count == 1 && g.spare(sock).greeted.Load() {
			g.cfg.Meters.Reconnected()
		}
		sock.rise()
		if g.leaves.Load() { // it was being dialed when we left
			go sock.leave()
		}
		sock.waits.Store(false)
		sock.unwanted.Store(0)
		sock.refused.Store(0)
		g.cfg.Meters.SocketsUp(g.Up())
		g.denied.Store(false)
		sock.log.Info("socket up")
	case socketmode.EventTypeConnecting, socketmode.EventTypeDisconnect, socketmode.EventTypeConnectionError:
		if why, was := sock.down(); was {
			g.cfg.Meters.SocketsUp(g.Up())
			sock.log.Info("socket down", "why", why)
		}
		if sock.waits.Swap(false) {
			sock.parted()
		}
	case socketmode.EventTypeConnected:
		sock.waits.Store(true)
	case socketmode.EventTypeInvalidAuth:
		g.denied.Store(true)
		sock.log.Error("Slack refuses the app token: set SLACK_APP_TOKEN anew")
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if evt.Request == nil || sock.live.Load() == nil {
			return // Slack greets before it delivers
		}
		w := sock.live.Load()
		g.take(Envelope{ID: evt.Request.EnvelopeID, Payload: evt.Request.Payload, Data: evt.Data,
			At: g.cfg.Now(), Arrived: time.Now(), client: sock.client, wire: w, mark: &mark{}})
		w.handed.Add(1)
	case socketmode.EventTypeErrorBadMessage:
		if w := sock.live.Load(); w != nil {
			w.handed.Add(1)
		}
		g.ackBad(ctx, sock, evt)
	}
}

// ackBad acks an envelope that slack-go could not parse; unacked, Slack would
// send it again and again.
func (g *Group) ackBad(ctx context.Context, sock *socket, evt socketmode.Event) {
	bad, ok := evt.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return
	}
	var head struct {
		EnvelopeID string `json:"envelope_id"`
	}
	if json.Unmarshal(bad.Message, &head) != nil || head.EnvelopeID == "" {
		return
	}
	sock.log.Warn("envelope not understood", "envelope", head.EnvelopeID)
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	if err := sock.client.AckCtx(ctx, head.EnvelopeID, nil); err != nil {
		sock.log.Warn("ack not sent", "envelope", head.EnvelopeID, "error", err)
	}
}

// fatal reports the errors after which dialling again at once cannot help.
func fatal(err error) bool {
	if err == nil {
		return false
	}
	switch err.Error() {
	case "invalid_auth", "account_inactive", "not_authed", "token_revoked", "missing_scope", "not_allowed_token_type":
		return true
	}
	return false
}

// sleep waits for d and reports whether ctx is still alive.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
