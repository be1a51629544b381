package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// Timing of the sockets; why each is what it is: Slack recycles sockets with
// no overlap, a second one serves meanwhile, and slack-go by itself notices a
// silent peer only after 53 s.
const (
	socketStagger = 3 * time.Second
	dialTimeout   = 5 * time.Second
	// slack-go would part from a peer whose own pings come further apart than
	// this; each wire is watched by pings of ours instead.
	pingInterval   = 24 * time.Hour
	ackTimeout     = 500 * time.Millisecond
	lateReceipt    = 400 * time.Millisecond
	authRetryAfter = 5 * time.Minute
	redialAfter    = time.Second
	// Slack gives an app ten sockets, over all replicas, and lets one more
	// connect only to send it away.
	unwantedRetryMost = 30 * time.Second
	drainTimeout      = 8 * time.Second
)

// envelope is one delivery of Slack on its way in, before it is understood.
type envelope struct {
	id      string
	payload json.RawMessage
	data    any // what slack-go parsed: SlashCommand, InteractionCallback, EventsAPIEvent
	retry   int
	at      time.Time // by the bot's clock
	arrived time.Time // by the machine's, which deadlines are counted on
	socket  *socket
	wire    *wire // the connection that it came in by, and can be acked on
}

// ack answers the envelope. Slack shows payload where it accepts one. An
// error means that the answer has not left; nil, that it is queued to leave.
func (e envelope) ack(ctx context.Context, payload any) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	if !e.wire.alive() {
		return errSocketGone
	}
	return e.socket.client.AckCtx(ctx, e.id, payload)
}

var errSocketGone = errors.New("the socket that the command came by is gone")

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
	end      context.CancelFunc // of this run of the client; slack-go would dial again at once
	log      *slog.Logger
}

func (s *socket) up() bool {
	w := s.live.Load()
	return w != nil && w.alive()
}

// sockets keeps several connections, so that one serves while another is
// recycled, and hands what they deliver to take, which must not block.
type sockets struct {
	api    *slack.Client
	count  int
	log    *slog.Logger
	now    func() time.Time
	take   func(envelope)
	all    []*socket
	denied atomic.Bool // Slack refuses our token
	meters socketMeters
}

// socketMeters counts what sockets do.
type socketMeters interface {
	SocketsUp(n int)
	Reconnected()
}

func newSockets(api *slack.Client, count int, log *slog.Logger, now func() time.Time, take func(envelope), m socketMeters) *sockets {
	s := &sockets{api: api, count: count, log: log, now: now, take: take, meters: m}
	for n := range count {
		s.all = append(s.all, &socket{n: n, log: log.With("socket", n)})
	}
	return s
}

// run keeps all sockets up until ctx ends.
func (s *sockets) run(ctx context.Context) {
	var wg sync.WaitGroup
	for _, sock := range s.all {
		wg.Go(func() {
			if sleep(ctx, time.Duration(sock.n)*socketStagger) {
				s.keep(ctx, sock)
			}
		})
	}
	wg.Wait()
}

// up is how many sockets can deliver at this moment.
func (s *sockets) up() int {
	n := 0
	for _, sock := range s.all {
		if sock.up() {
			n++
		}
	}
	return n
}

// unwanted is how many sockets Slack sends away: most likely the app has all
// that it may have.
func (s *sockets) unwanted() (n int) {
	for _, sock := range s.all {
		if sock.unwanted.Load() > toldFrom {
			n++
		}
	}
	return n
}

// keep runs one socket again and again: slack-go gives up for good on tokens
// that Slack refuses, and may be revoked and granted again meanwhile.
func (s *sockets) keep(ctx context.Context, sock *socket) {
	for ctx.Err() == nil {
		sock.dialed.Store(nil)
		sock.client = socketmode.New(s.api, socketmode.OptionPingInterval(pingInterval), socketmode.OptionDialer(sock.dialer()))
		run, stop := context.WithCancel(ctx)
		sock.end = stop
		drained := make(chan struct{})
		go func() {
			defer close(drained)
			s.drain(run, sock)
		}()
		err := sock.client.RunContext(run)
		stop()
		<-drained
		sock.down()
		if sock.waits.Swap(false) { // it ended before its events were all read
			sock.parted()
		}
		s.meters.SocketsUp(s.up())
		if ctx.Err() != nil {
			return
		}
		wait := redialAfter
		switch {
		case fatal(err):
			s.denied.Store(true)
			wait = authRetryAfter
		case sock.unwanted.Load() > 1:
			wait = min(redialAfter<<min(sock.unwanted.Load()-2, 10), unwantedRetryMost)
		}
		if sock.unwanted.Load() <= 1 { // else it is told already
			sock.log.Warn("socket ended", "error", err, "again_in", wait)
		}
		sleep(ctx, wait)
	}
}

// drain is the one reader of a socket's events. It never blocks: slack-go's
// reader starves behind a slow consumer and loses the connection.
func (s *sockets) drain(ctx context.Context, sock *socket) {
	for {
		select {
		case <-ctx.Done():
			return
		case evt := <-sock.client.Events:
			s.event(ctx, sock, evt)
		}
	}
}

func (s *sockets) event(ctx context.Context, sock *socket, evt socketmode.Event) {
	switch evt.Type {
	case socketmode.EventTypeHello:
		if sock.greeted.Swap(true) {
			s.meters.Reconnected()
		}
		sock.rise()
		sock.waits.Store(false)
		sock.unwanted.Store(0)
		s.meters.SocketsUp(s.up())
		s.denied.Store(false)
		sock.log.Info("socket up")
	case socketmode.EventTypeConnecting, socketmode.EventTypeDisconnect, socketmode.EventTypeConnectionError:
		if sock.down() {
			s.meters.SocketsUp(s.up())
			sock.log.Info("socket down", "why", string(evt.Type))
		}
		if sock.waits.Swap(false) {
			sock.parted()
		}
	case socketmode.EventTypeConnected:
		sock.waits.Store(true)
	case socketmode.EventTypeInvalidAuth:
		s.denied.Store(true)
		sock.log.Error("Slack refuses the app token: set SLACK_APP_TOKEN anew")
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if evt.Request == nil || sock.live.Load() == nil {
			return // Slack greets before it delivers
		}
		s.take(envelope{id: evt.Request.EnvelopeID, payload: evt.Request.Payload, data: evt.Data,
			retry: evt.Request.RetryAttempt, at: s.now(), arrived: time.Now(), socket: sock, wire: sock.live.Load()})
	case socketmode.EventTypeErrorBadMessage:
		s.ackBad(ctx, sock, evt)
	}
}

// ackBad acks an envelope that slack-go could not parse; unacked, Slack would
// send it again and again.
func (s *sockets) ackBad(ctx context.Context, sock *socket, evt socketmode.Event) {
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

var errUngreeted = errors.New("the connection before was not greeted: not dialed again at once")

// again refuses to dial a second time in one run of the client after a connection
// that was not greeted, and ends the run: slack-go itself dials again at once, on
// a busy machine several times before the end of the first is heard of.
func (s *socket) again(dial func(context.Context, string, string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if last := s.dialed.Load(); last != nil && !last.greeted.Load() {
			s.end()
			return nil, errUngreeted
		}
		return dial(ctx, network, addr)
	}
}

// down reports whether the socket was up, or has just ceased to be.
func (s *socket) down() bool { return s.live.Swap(nil) != nil }

// dialer makes the socket's connections. Through a proxy, and so inside its
// tunnel, nothing can be put between frames.
func (s *socket) dialer() *websocket.Dialer {
	made := func(w *wire) { s.dialed.Store(w) }
	d := &websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: dialTimeout, ReadBufferSize: 16 << 10, WriteBufferSize: 32 << 10}
	for scheme, dial := range map[string]*func(context.Context, string, string) (net.Conn, error){"http": &d.NetDialContext, "https": &d.NetDialTLSContext} {
		proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: scheme, Host: "wss-primary.slack.com"}})
		plain := proxy == nil && err == nil
		switch {
		case scheme == "http":
			*dial = s.again(dialing(made, plain))
		case plain:
			*dial = s.again(dialingTLS(made))
		}
	}
	return d
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
