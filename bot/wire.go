package bot

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
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
	pingIdle   = 3 * time.Second        // between pings where nothing is said
	pingBusy   = 500 * time.Millisecond // where acks wait to be proven
	wireTick   = 250 * time.Millisecond
	deafAfter  = 8 * time.Second  // of silence, from a peer that answers pings
	muteAfter  = 40 * time.Second // from one that does not
	firstPong  = 5 * time.Second  // a peer that has answered no ping by then answers none
	pingFrame  = 0x9
	pongFrame  = 0xA
	maxControl = 125
)

// wire is the connection below a socket. slack-go hears pings but sends none,
// and tells that an ack is queued, not that it has left. So pings of our own
// go between its frames: a peer that went silent is noticed within 12 s, and a
// pong proves that all that was written before its ping has arrived.
type wire struct {
	net.Conn
	mu    sync.Mutex // one frame at a time
	in    frames     // only Read touches it
	plain bool       // pings can be put between its frames
	made  time.Time
	ended chan struct{}
	once  sync.Once

	sent   atomic.Int64 // number of the last ping
	heard  atomic.Int64 // number of the last ping answered
	spoke  atomic.Int64 // when the peer was heard last, in nanoseconds
	wanted atomic.Bool  // somebody waits for a proof
}

// newWire watches a connection. Frames cannot be put between those of a
// connection that is encrypted above us: then it is watched for its end only.
func newWire(c net.Conn, plain bool) *wire {
	w := &wire{Conn: c, plain: plain, made: time.Now(), ended: make(chan struct{})}
	w.spoke.Store(time.Now().UnixNano())
	if plain {
		go w.watch()
	} else {
		w.in.opaque = true
	}
	return w
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.spoke.Store(time.Now().UnixNano())
		if pong := w.in.take(p[:n]); pong > 0 {
			w.heard.Store(pong)
		}
	}
	if err != nil {
		w.end()
	}
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.Conn.Write(p)
	if err != nil {
		w.end()
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
			if w.in.open.Load() && now.Sub(pinged) >= every {
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

// ping writes one ping with its number.
func (w *wire) ping() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wanted.Store(false)
	n := w.sent.Add(1)
	text := strconv.AppendInt(nil, n, 10)
	mask := binary.LittleEndian.AppendUint32(nil, rand.Uint32())
	frame := append([]byte{0x80 | pingFrame, 0x80 | byte(len(text))}, mask...)
	for i, c := range text {
		frame = append(frame, c^mask[i%4])
	}
	_ = w.SetWriteDeadline(time.Now().Add(deafAfter)) // a full buffer is a deaf peer too
	_, err := w.Conn.Write(frame)
	_ = w.SetWriteDeadline(time.Time{})
	if err != nil {
		w.end()
	}
}

// proven waits until all that was written up to now has arrived, and reports
// whether it has. A peer that answers no pings proves nothing: there, staying
// alive for a moment has to do, once it had the time to answer one. A
// connection that Slack takes away again within seconds is no such peer.
func (w *wire) proven(moment time.Duration) bool {
	if !w.stays(moment) {
		return false
	}
	proof := w.sent.Load() + 1
	for w.heard.Load() < proof {
		if w.heard.Load() == 0 && (!w.plain || time.Since(w.made) > firstPong) {
			return true
		}
		w.wanted.Store(true)
		if !w.stays(wireTick) {
			return false
		}
	}
	return true
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

// frames follows the websocket frames that come in, far enough to know pongs.
type frames struct {
	opaque bool
	open   atomic.Bool // the handshake is over
	tail   []byte      // of the handshake so far
	head   []byte      // of the frame that is coming in
	left   uint64      // of its payload
	pong   bool
	text   []byte
}

var handshakeEnd = []byte("\r\n\r\n")

// take reads on and returns the number in the last pong that became whole, 0
// for none.
func (f *frames) take(p []byte) (pong int64) {
	if f.opaque {
		return 0
	}
	if !f.open.Load() {
		f.tail = append(f.tail, p...)
		i := bytes.Index(f.tail, handshakeEnd)
		if i < 0 {
			return 0
		}
		p, f.tail = f.tail[i+len(handshakeEnd):], nil
		f.open.Store(true)
	}
	for len(p) > 0 {
		if f.left == 0 {
			var whole bool
			if p, whole = f.header(p); !whole {
				return pong
			}
		}
		n := min(uint64(len(p)), f.left)
		if f.pong && len(f.text) < maxControl {
			f.text = append(f.text, p[:n]...)
		}
		p, f.left = p[n:], f.left-n
		if f.left == 0 && f.pong {
			if n, err := strconv.ParseInt(string(f.text), 10, 64); err == nil {
				pong = n
			}
		}
	}
	return pong
}

// header gathers a frame's header: two bytes, and two or eight more where the
// payload is long. What servers send is not masked.
func (f *frames) header(p []byte) (rest []byte, whole bool) {
	for len(p) > 0 {
		f.head, p = append(f.head, p[0]), p[1:]
		if len(f.head) < 2 {
			continue
		}
		size, more := uint64(f.head[1]&0x7f), 0
		switch size {
		case 126:
			more = 2
		case 127:
			more = 8
		}
		if len(f.head) < 2+more {
			continue
		}
		if more > 0 {
			size = 0
			for _, b := range f.head[2:] {
				size = size<<8 | uint64(b)
			}
		}
		f.pong = f.head[0]&0xf == pongFrame
		f.left, f.text, f.head = size, f.text[:0], f.head[:0]
		return p, true
	}
	return nil, false
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
