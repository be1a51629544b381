package sockets

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// How a wire is watched. Slack's own pings come many seconds apart, too seldom
// to go by; it answers ours at once.
const (
	pingIdle  = 3 * time.Second        // between pings where nothing is said
	pingBusy  = 500 * time.Millisecond // where acks wait to be proven
	wireTick  = 250 * time.Millisecond
	deafAfter = 8 * time.Second  // of silence, from a peer that answers pings
	muteAfter = 40 * time.Second // from one that does not
	firstPong = 5 * time.Second  // a peer that has answered no ping by then answers none
	// leaveWithin is how long a connection that we leave is kept for what waits on
	// it: longer than any command may take.
	leaveWithin = 5 * time.Second
	proveWithin = 500 * time.Millisecond // of it, for the last proof
	leaveTick   = 5 * time.Millisecond
	closeWithin = time.Second
	settleFor   = 20 * time.Millisecond
	closeNormal = 1000 // RFC 6455, section 7.4.1
)

// wire is the connection below a socket. slack-go hears pings but sends none,
// and tells that an ack is queued, not that it has left. So pings of our own
// go between its frames: a peer that went silent is noticed within 12 s, and a
// pong proves that all that was written before its ping has arrived.
type wire struct {
	net.Conn
	mu    sync.Mutex  // one frame at a time
	in    *frames     // only Read touches it; nil where frames cannot be told apart
	open  atomic.Bool // the handshake is over
	made  time.Time
	ended chan struct{}
	once  sync.Once

	sent   atomic.Int64 // number of the last ping
	heard  atomic.Int64 // number of the last ping answered
	spoke  atomic.Int64 // when the peer was heard last, in nanoseconds
	wanted atomic.Bool  // somebody waits for a proof
	came   atomic.Int64 // messages that came in, Slack's greeting aside
	acked  atomic.Int64 // messages that went out
	handed atomic.Int64 // of those that came in, how many slack-go has handed on
	leaves atomic.Bool  // Slack wants the connection back
	// greeted: Slack has said hello on it
	greeted atomic.Bool
	// marks, by envelope, are of acks that have not gone out yet; under mu
	marks map[string]*mark
	// over is called once nothing more can be read, before slack-go learns of it;
	// nil: by nobody
	over func()
	// asked is called once Slack wants the connection back; nil: nobody
	asked func()
	// yields tells whether it may be left at this moment, for others serve; with take it
	// is left now. nil: it may
	yields func(take bool) bool
	parts  atomic.Bool // it is left now: nothing comes by it any more
}

// newWire watches a connection. Frames cannot be put between those of a
// connection that is encrypted above us: then it is watched for its end only.
func newWire(c net.Conn, plain bool) *wire {
	w := &wire{Conn: c, made: time.Now(), ended: make(chan struct{})}
	w.spoke.Store(time.Now().UnixNano())
	if plain {
		w.in = &frames{from: bufio.NewReaderSize(hearing{w}, readBuffer), seen: w.seen}
		go w.watch()
	}
	return w
}

// hearing is the connection as it is heard: each byte says that the peer lives.
type hearing struct{ w *wire }

func (h hearing) Read(p []byte) (int, error) {
	n, err := h.w.Conn.Read(p)
	if n > 0 {
		h.w.spoke.Store(time.Now().UnixNano())
	}
	return n, err
}

func (w *wire) Read(p []byte) (n int, err error) {
	if w.in == nil {
		n, err = hearing{w}.Read(p)
	} else {
		n, err = w.in.Read(p)
	}
	if err != nil {
		w.end()
		w.settle()
	}
	return n, err
}

// settle gives slack-go the moment to hand on what it has read: when it learns
// that a connection has ended, it drops what it is still reading into parts.
func (w *wire) settle() {
	time.Sleep(settleFor)
	if w.over != nil {
		w.over()
	}
}

// seen is told of each frame that came in, of long ones without their text.
// What it refuses does not reach slack-go, which would let go of the
// connection at once, with all that waits to be answered on it.
func (w *wire) seen(opcode byte, text []byte) (pass bool) {
	switch opcode {
	case handshake:
		w.open.Store(true)
	case closeFrame:
		w.settle()
	case pongFrame:
		if n, err := strconv.ParseInt(string(text), 10, 64); err == nil && n > w.heard.Load() {
			w.heard.Store(n)
		}
	case textFrame:
		switch asks(text) {
		case "hello":
		case "warning", "refresh_requested":
			if !w.leaves.Swap(true) {
				if w.asked != nil {
					w.asked()
				}
				go w.leave(reliefWithin)
			}
			return false
		default:
			w.came.Add(1)
		}
	}
	return true
}

// asks is what a short message of Slack's own asks: hello, or the reason of a
// disconnect. It is "" for all else.
func asks(text []byte) string {
	if !bytes.Contains(text, []byte("hello")) && !bytes.Contains(text, []byte("disconnect")) {
		return ""
	}
	var m struct{ Type, Reason string }
	if json.Unmarshal(text, &m) != nil {
		return ""
	}
	switch m.Type {
	case "hello":
		return m.Type
	case "disconnect":
		return m.Reason
	}
	return ""
}

// leave ends a connection at a moment when all that came by it is answered, the
// answers have arrived, and another one serves; or within so long: then with a
// last proof of those that went out. Slack lets one that it wants back stand for
// about ten seconds meanwhile, and uses it. What Slack sends before it hears of
// the end is still taken; its answers go another way.
func (w *wire) leave(within time.Duration) {
	may := func(take bool) bool { return w.yields == nil || w.yields(take) }
	until := time.Now().Add(within)
	for time.Until(until) > proveWithin {
		came := w.came.Load()
		if came > w.acked.Load() || !may(false) {
			if !w.stays(leaveTick) {
				return
			}
			continue
		}
		if !w.prove(until) {
			return
		}
		if w.came.Load() == came && may(true) {
			w.part()
			return
		}
	}
	if w.prove(until) { // it never was quiet, or no other one came about: what went out by now is proven all the same
		w.part()
	}
}

// prove waits until all that went out has arrived, as far as the peer says so in
// time, and reports whether the connection still stands.
func (w *wire) prove(until time.Time) bool {
	for proof := w.ping(); w.heard.Load() < proof && time.Now().Before(until); {
		if !w.stays(leaveTick) {
			return false
		}
	}
	return true
}

// part says goodbye.
func (w *wire) part() {
	w.parts.Store(true)
	w.control(closeFrame, binary.BigEndian.AppendUint16(nil, closeNormal))
	w.end()
	// slack-go dials again when Slack closes too, or here at the latest
	time.AfterFunc(closeWithin, func() { _ = w.Conn.Close() })
}

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.Conn.Write(p)
	if err != nil {
		w.end()
	} else if w.open.Load() && p[0]&opcodeBits == textFrame { // slack-go writes a message at a time
		w.acked.Add(1)
		w.out(p)
	}
	return n, err
}

func (w *wire) Close() error {
	w.end()
	return w.Conn.Close()
}

func (w *wire) end() { w.once.Do(func() { close(w.ended) }) }

func (w *wire) alive() bool {
	select {
	case <-w.ended:
		return false
	default:
		return true
	}
}

// watch pings, and ends a wire that has gone deaf.
func (w *wire) watch() {
	tick := time.NewTicker(wireTick)
	defer tick.Stop()
	var pinged time.Time // the first goes out at once: until it is answered nothing is proven
	for {
		select {
		case <-w.ended:
			return
		case now := <-tick.C:
			silent := now.Sub(time.Unix(0, w.spoke.Load()))
			if limit := w.patience(); silent > limit {
				_ = w.Close() // it says nothing any more, not even an error
				return
			}
			every := pingIdle
			if w.wanted.Load() {
				every = pingBusy
			}
			if w.open.Load() && now.Sub(pinged) >= every {
				pinged = now
				w.ping()
			}
		}
	}
}

func (w *wire) patience() time.Duration {
	if w.heard.Load() > 0 {
		return deafAfter
	}
	return muteAfter
}

// ping writes one ping and gives its number.
func (w *wire) ping() int64 {
	w.wanted.Store(false)
	n := w.sent.Add(1)
	w.control(pingFrame, strconv.AppendInt(nil, n, 10))
	return n
}

// control writes a frame of ours between slack-go's.
func (w *wire) control(opcode byte, text []byte) {
	mask := binary.LittleEndian.AppendUint32(nil, rand.Uint32())
	frame := append([]byte{finalBit | opcode, 0x80 | byte(len(text))}, mask...)
	for i, c := range text {
		frame = append(frame, c^mask[i%4])
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.SetWriteDeadline(time.Now().Add(deafAfter)) // a full buffer is a deaf peer too
	_, err := w.Conn.Write(frame)
	_ = w.SetWriteDeadline(time.Time{})
	if err != nil {
		w.end()
	}
}

func (w *wire) stays(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-w.ended:
		return false
	case <-t.C:
		return true
	}
}

// dialing is how a socket's connections are made: each becomes a wire, handed
// to made.
func dialing(made func(*wire), plain bool) func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := (&net.Dialer{Timeout: dialTimeout}).DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		w := newWire(c, plain)
		made(w)
		return w, nil
	}
}

// dialingTLS is dialing with the encryption below the wire, where Slack wants it.
func dialingTLS(made func(*wire)) func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		d := &tls.Dialer{NetDialer: &net.Dialer{Timeout: dialTimeout}, Config: &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}}
		c, err := d.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		w := newWire(c, true)
		made(w)
		return w, nil
	}
}
