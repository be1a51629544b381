package sockets

import (
	"bytes"
	"sync/atomic"
	"time"
)

// mark follows one ack: slack-go tells that it is queued, not that it has left.
type mark struct {
	proof atomic.Int64 // the ping whose answer proves that it arrived; 0: it has not gone out
}

// expect has the mark set when the ack of the envelope goes out.
func (w *wire) expect(envelope string, m *mark) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.marks == nil {
		w.marks = map[string]*mark{}
	}
	w.marks[envelope] = m
}

// forget is expect taken back: the ack will not go out.
func (w *wire) forget(envelope string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.marks, envelope)
}

// out sets the mark of the ack that has just been written; w.mu is held, so that
// the next ping goes out behind it.
func (w *wire) out(frame []byte) {
	id := envelopeOf(frame)
	if m := w.marks[id]; m != nil {
		m.proof.Store(w.sent.Load() + 1)
		delete(w.marks, id)
	}
}

// headOfAck is as much of a frame as holds the envelope's id, with which
// slack-go's answers begin.
const headOfAck = 256

// envelopeOf reads which envelope a client's frame answers; "" where it cannot tell.
func envelopeOf(frame []byte) string {
	at := 2
	switch {
	case len(frame) < at || frame[1]&0x80 == 0: // what clients send is masked
		return ""
	case frame[1]&0x7f == 126:
		at = 4
	case frame[1]&0x7f == 127:
		at = 10
	}
	if len(frame) < at+4 {
		return ""
	}
	key, text := frame[at:at+4], frame[at+4:]
	plain := make([]byte, min(len(text), headOfAck))
	for i := range plain {
		plain[i] = text[i] ^ key[i%4]
	}
	_, rest, found := bytes.Cut(plain, []byte(`"envelope_id":"`))
	id, _, whole := bytes.Cut(rest, []byte(`"`))
	if !found || !whole {
		return ""
	}
	return string(id)
}

// proven waits until an ack has arrived, and reports whether it has: that is known
// also of a connection which has ended since. A peer that answers no pings proves
// nothing: there, staying alive for a moment has to do, once it had the time to
// answer one. A connection that Slack takes away again within seconds is no such peer.
func (w *wire) proven(m *mark, moment time.Duration) bool {
	stays := w.stays(moment)
	proof := m.proof.Load()
	if proof == 0 { // it is not known to have gone out
		if !stays {
			return false
		}
		proof = w.sent.Load() + 1
	}
	for w.heard.Load() < proof {
		switch {
		case !stays:
			return false
		case w.heard.Load() == 0 && (w.in == nil || time.Since(w.made) > firstPong):
			return true
		}
		w.wanted.Store(true)
		stays = w.stays(wireTick)
	}
	return true
}
