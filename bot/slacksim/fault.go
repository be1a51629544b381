package slacksim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Faults makes the workspace misbehave as Slack and networks do. Counted
// faults hold for the next n occasions; n < 0 means until Clear.
type Faults struct {
	ws       *Workspace
	loseAcks atomic.Int64
	copies   atomic.Int64
	dropNext atomic.Int64
	rewrite  atomic.Pointer[func(payload map[string]any)]
	armed    atomic.Bool // any method fault

	mu      sync.Mutex
	methods map[string][]*methodFault
	unhang  chan struct{}
	limited map[string]resting // by method
	early   int
}

// resting is a method that Slack has said it will not take for a while.
type resting struct{ since, until time.Time }

// earlyGrace: who calls so soon after somebody else was limited cannot have
// known of it.
const earlyGrace = 300 * time.Millisecond

// Early counts calls of methods that had been answered with 429 and whose
// Retry-After was not over.
func (f *Faults) Early() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.early
}

// methodFault is one way in which calls of a method go wrong.
type methodFault struct {
	left   int
	code   string        // answer ok:false with this error
	status int           // answer this HTTP status
	retry  time.Duration // with 429
	delay  time.Duration // answer late
	hang   bool          // do not answer until Release
	lose   bool          // do it, but cut the connection instead of answering
	after  int           // do it, and answer this HTTP status all the same
}

// Method names under which Fail and the like also reach what is no Web API method.
const (
	ResponseURL = "response_url"
	Upload      = "upload"
	Download    = "download"
)

// Faults gives the switches.
func (ws *Workspace) Faults() *Faults { return &ws.faults }

func (f *Faults) init(ws *Workspace) {
	f.ws = ws
	f.methods = map[string][]*methodFault{}
	f.unhang = make(chan struct{})
	f.limited = map[string]resting{}
}

// Fail makes the next n calls of a Web API method (or ResponseURL) answer
// {ok:false, error:code}.
func (f *Faults) Fail(method, code string, n int) { f.arm(method, methodFault{left: n, code: code}) }

// FailHTTP makes the next n calls answer an HTTP status with an HTML body.
func (f *Faults) FailHTTP(method string, status, n int) {
	f.arm(method, methodFault{left: n, status: status})
}

// RateLimit makes the next n calls answer 429 with Retry-After in whole seconds.
func (f *Faults) RateLimit(method string, retryAfter time.Duration, n int) {
	f.arm(method, methodFault{left: n, status: http.StatusTooManyRequests, retry: retryAfter})
}

// Slow makes the next n calls wait d before they are served.
func (f *Faults) Slow(method string, d time.Duration, n int) {
	f.arm(method, methodFault{left: n, delay: d})
}

// Hang makes the next n calls (apps.connections.open, say) wait until Release
// or until the caller gives up.
func (f *Faults) Hang(method string, n int) { f.arm(method, methodFault{left: n, hang: true}) }

// LoseReply makes the next n calls take effect, but cuts the connection
// instead of answering: the caller cannot know.
func (f *Faults) LoseReply(method string, n int) { f.arm(method, methodFault{left: n, lose: true}) }

// BreakReply makes the next n calls of a Web API method take effect, and answer an HTTP
// status all the same, as a server does that breaks behind what it has done.
func (f *Faults) BreakReply(method string, status, n int) {
	f.arm(method, methodFault{left: n, after: status})
}

func (f *Faults) arm(method string, m methodFault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.methods[method] = append(f.methods[method], &m)
	f.armed.Store(true)
}

// Release lets all calls that Hang holds go on.
func (f *Faults) Release() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.unhang)
	f.unhang = make(chan struct{})
}

func (f *Faults) release() { f.Release() }

// Clear ends every fault that counts.
func (f *Faults) Clear() {
	f.mu.Lock()
	f.methods = map[string][]*methodFault{}
	f.armed.Store(false)
	f.mu.Unlock()
	f.loseAcks.Store(0)
	f.copies.Store(0)
	f.dropNext.Store(0)
	f.Rewrite(nil)
	f.Release()
}

func (f *Faults) take(method string) (methodFault, chan struct{}, bool) {
	if !f.armed.Load() {
		return methodFault{}, nil, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if r := f.limited[method]; now.Before(r.until) && now.Sub(r.since) > earlyGrace {
		f.early++
	}
	list := f.methods[method]
	if len(list) == 0 {
		return methodFault{}, nil, false
	}
	m := list[0]
	if m.retry > 0 && method != ResponseURL { // that limit is each URL's own
		f.limited[method] = resting{now, now.Add(m.retry)}
	}
	if m.left > 0 {
		m.left--
	}
	if m.left == 0 {
		f.methods[method] = list[1:]
	}
	return *m, f.unhang, true
}

// spoilt is what becomes of the reply to a call that took effect; zero: nothing does.
type spoilt struct {
	lost   bool
	status int
}

// instead answers in place of the reply, if it is spoilt.
func (s spoilt) instead(w http.ResponseWriter) bool {
	switch {
	case s.lost:
		panic(http.ErrAbortHandler) // net/http cuts the connection for it, without a trace
	case s.status != 0:
		writeStatus(w, s.status)
	}
	return s.status != 0
}

// writeStatus answers a status as a server in front of Slack does.
func writeStatus(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<html><body>" + strconv.Itoa(status) + "</body></html>"))
}

// serve applies the fault of a method, if any. It reports whether the call was
// answered by it, and what must become of the reply after serving.
func (f *Faults) serve(w http.ResponseWriter, r *http.Request, method string) (answered bool, reply spoilt) {
	m, unhang, ok := f.take(method)
	if !ok {
		return false, spoilt{}
	}
	if m.hang || m.delay > 0 {
		// only once the body is read does the server notice that a caller gives
		// up; else what he has given up would be done after all, in the end
		body, err := io.ReadAll(io.LimitReader(r.Body, 64<<20))
		if err != nil {
			return true, spoilt{}
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	switch {
	case m.hang:
		select {
		case <-unhang:
		case <-r.Context().Done():
		case <-f.ws.done.Done():
			return true, spoilt{}
		}
		if r.Context().Err() != nil {
			return true, spoilt{}
		}
	case m.delay > 0:
		timer := time.NewTimer(m.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return true, spoilt{}
		}
	case m.code != "":
		writeJSON(w, map[string]any{"ok": false, "error": m.code})
		return true, spoilt{}
	case m.status == http.StatusTooManyRequests:
		writeRateLimited(w, m.retry)
		return true, spoilt{}
	case m.status != 0:
		writeStatus(w, m.status)
		return true, spoilt{}
	}
	return false, spoilt{m.lose, m.after}
}

func use(n *atomic.Int64) bool {
	for {
		v := n.Load()
		if v == 0 {
			return false
		}
		if v < 0 || n.CompareAndSwap(v, v-1) {
			return true
		}
	}
}

// LoseAcks throws the next n acks away, as a wire does.
func (f *Faults) LoseAcks(n int) { f.loseAcks.Store(int64(n)) }

func (f *Faults) losesAck() bool { return use(&f.loseAcks) }

// Duplicate sends each further envelope copies times more, word for word, each
// over the socket whose turn it is. 0 ends it.
func (f *Faults) Duplicate(copies int) { f.copies.Store(int64(copies)) }

func (f *Faults) extraCopies() int64 { return f.copies.Load() }

// DropAfterDelivery drops the socket right after each of the next n envelopes
// was written to it, before an ack can come.
func (f *Faults) DropAfterDelivery(n int) { f.dropNext.Store(int64(n)) }

func (f *Faults) dropsNext() bool { return f.dropNext.Load() != 0 && use(&f.dropNext) }

// Rewrite has edit change the payload of each further delivery before it is sent, as
// Slack sends other ones where an app is installed for a whole organisation; nil ends it.
func (f *Faults) Rewrite(edit func(payload map[string]any)) {
	if edit == nil {
		f.rewrite.Store(nil)
		return
	}
	f.rewrite.Store(&edit)
}

func (f *Faults) rewritten(payload []byte) []byte {
	edit := f.rewrite.Load()
	if edit == nil {
		return payload
	}
	var p map[string]any
	if json.Unmarshal(payload, &p) != nil {
		return payload
	}
	(*edit)(p)
	out, err := json.Marshal(p)
	if err != nil { // edit put in what is no JSON
		panic(err)
	}
	return out
}

// Redeliver sends a past envelope again, word for word.
func (f *Faults) Redeliver(envelopeID string) error {
	return f.redeliver(envelopeID, func(d *delivery) *delivery { return d })
}

// RedeliverAnew sends the payload of a past envelope (same trigger_id or
// event_id) in a new envelope and gives the new id.
func (f *Faults) RedeliverAnew(envelopeID string) (string, error) {
	var id string
	err := f.redeliver(envelopeID, func(d *delivery) *delivery {
		n := d.again(f.ws, 0)
		id = n.id
		return n
	})
	return id, err
}

func (f *Faults) redeliver(envelopeID string, as func(*delivery) *delivery) error {
	v, ok := f.ws.log.byID.Load(envelopeID)
	if !ok {
		return fmt.Errorf("slacksim: envelope %s is not known (any more)", envelopeID)
	}
	if !f.ws.deliver(as(v.(*delivery))) {
		return fmt.Errorf("slacksim: no socket to send envelope %s to", envelopeID)
	}
	return nil
}

// DropSockets cuts every socket at once, without a close frame. It gives their number.
func (f *Faults) DropSockets() int { return f.DropSome(maxSockets) }

// DropSome cuts up to n sockets, the oldest first.
func (f *Faults) DropSome(n int) int {
	list := f.ws.hub.sockets()
	list = list[:min(n, len(list))]
	for _, s := range list {
		f.ws.lose(s)
	}
	return len(list)
}

// Deafen makes up to n sockets half-open, the oldest first: TCP stays up, but
// nothing is read, sent or pinged any more. It gives their number.
func (f *Faults) Deafen(n int) int {
	done := 0
	for _, s := range f.ws.hub.sockets() {
		if done < n && s.deaf.CompareAndSwap(false, true) {
			done++
		}
	}
	f.ws.changed.ring()
	return done
}

// Disconnect asks every socket to go, as Slack does every few hours. Reasons:
// "warning" and "refresh_requested" (used on, and closed after
// Config.WarningGrace), and "link_disabled" (closed at once).
func (f *Faults) Disconnect(reason string) int { return f.DisconnectSome(reason, maxSockets) }

// DisconnectSome asks up to n sockets to go, the oldest first.
func (f *Faults) DisconnectSome(reason string, n int) int {
	list := f.ws.hub.sockets()
	list = list[:min(n, len(list))]
	for _, s := range list {
		if s.send(disconnectFrame(reason, s.host)) != nil {
			f.ws.lose(s)
			continue
		}
		if reason == "link_disabled" {
			s.shutPolitely()
			f.ws.lose(s)
			continue
		}
		f.ws.wg.Go(func() {
			timer := time.NewTimer(f.ws.cfg.WarningGrace)
			defer timer.Stop()
			select {
			case <-timer.C:
				s.shutPolitely()
				f.ws.lose(s)
			case <-s.gone:
			}
		})
	}
	return len(list)
}

// SendRaw writes a frame of any content to the socket whose turn it is, such
// as an envelope that the library cannot parse.
func (f *Faults) SendRaw(frame string) error {
	s := f.ws.hub.pick()
	if s == nil {
		return fmt.Errorf("slacksim: no socket")
	}
	return s.send([]byte(frame))
}
