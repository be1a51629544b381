package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Delivery tells what became of one payload sent to the app.
type Delivery struct {
	EnvelopeID string
	Type       string // "slash_commands", "interactive" or "events_api"
	Kind       string // the command, interaction type or event type
	Key        string // trigger_id, or event_id for events
	Attempt    int    // of an event's redelivery; 0: the first
	Sends      int    // frames written, duplicates included
	Acks       int    // acks received in time or late
	Sent       time.Time
	Latency    time.Duration // from the first frame to the first ack; 0: none
}

// Violation is something the app did that Slack ignores, drops or complains
// about where the app cannot see it.
type Violation struct {
	Kind       string // such as "ack_too_large", "ack_invalid_blocks", "ack_unknown_envelope"
	Detail     string
	EnvelopeID string
}

// ledger remembers the newest deliveries and violations, and all mentions.
type ledger struct {
	byID sync.Map // envelope_id → *delivery

	mu         sync.Mutex
	ring       []*delivery
	next       int
	violations []Violation
	mentions   []Mention
	retries    []*retry
}

func (l *ledger) init(n int) { l.ring = make([]*delivery, n) }

func (l *ledger) keep(d *delivery) {
	l.byID.Store(d.id, d)
	l.mu.Lock()
	old := l.ring[l.next]
	l.ring[l.next] = d
	l.next = (l.next + 1) % len(l.ring)
	l.mu.Unlock()
	if old != nil {
		l.byID.Delete(old.id)
	}
}

// delivery is an envelope and those who wait for its ack.
type delivery struct {
	id      string
	typ     string
	kind    string
	key     string
	payload []byte
	accepts bool
	attempt int
	reason  string
	ack     chan json.RawMessage // the first ack's payload

	mu      sync.Mutex
	socks   []*socket
	sends   int
	acks    int
	sent    time.Time
	shown   time.Time // when sent, by the workspace's clock
	latency time.Duration
	onAck   func()
}

func (ws *Workspace) newDelivery(typ, kind, key string, payload []byte, accepts bool) *delivery {
	return &delivery{id: newSecret(), typ: typ, kind: kind, key: key,
		payload: ws.faults.rewritten(payload), accepts: accepts, ack: make(chan json.RawMessage, 1)}
}

// frame writes the envelope around the payload without parsing it again.
func (d *delivery) frame() []byte {
	b := make([]byte, 0, len(d.payload)+200)
	b = append(b, `{"envelope_id":"`...)
	b = append(b, d.id...)
	b = append(b, `","payload":`...)
	b = append(b, d.payload...)
	b = append(b, `,"type":"`...)
	b = append(b, d.typ...)
	b = append(b, `","accepts_response_payload":`...)
	b = strconv.AppendBool(b, d.accepts)
	if d.typ == "events_api" {
		b = append(b, `,"retry_attempt":`...)
		b = strconv.AppendInt(b, int64(d.attempt), 10)
		b = append(b, `,"retry_reason":"`...)
		b = append(b, d.reason...)
		b = append(b, '"')
	}
	return append(b, '}')
}

// deliver sends the envelope over the socket whose turn it is. It reports
// whether there was one.
func (ws *Workspace) deliver(d *delivery) bool {
	d.mu.Lock()
	first := d.sends == 0
	d.mu.Unlock()
	if first {
		ws.log.keep(d)
	}
	ok := ws.sendOnce(d)
	for range ws.faults.extraCopies() {
		ws.sendOnce(d)
	}
	ws.changed.ring()
	return ok
}

func (ws *Workspace) sendOnce(d *delivery) bool {
	frame := d.frame()
	for {
		s := ws.hub.pick()
		if s == nil {
			return false
		}
		d.mu.Lock()
		d.socks = append(d.socks, s)
		if d.sends == 0 {
			d.sent = time.Now()
		}
		d.sends++
		d.mu.Unlock()
		drop := ws.faults.dropsNext()
		if drop {
			s.mute.Store(true) // no ack may slip in before the cut
		}
		err := s.send(frame)
		if drop || err != nil {
			ws.lose(s)
		}
		if err == nil {
			return true
		}
	}
}

// acked takes one frame of the app.
func (ws *Workspace) acked(s *socket, frame []byte) {
	var in struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(frame, &in); err != nil || in.EnvelopeID == "" {
		ws.violate("ack_malformed", "not an ack", "")
		return
	}
	if ws.faults.losesAck() {
		return
	}
	if len(frame) >= maxAckBytes {
		ws.violate("ack_too_large", fmt.Sprintf("%d bytes", len(frame)), in.EnvelopeID)
		return
	}
	v, ok := ws.log.byID.Load(in.EnvelopeID)
	if !ok {
		ws.violate("ack_unknown_envelope", "", in.EnvelopeID)
		return
	}
	d := v.(*delivery)
	d.mu.Lock()
	if !slices.Contains(d.socks, s) {
		d.mu.Unlock()
		ws.violate("ack_other_socket", "acked over a socket it was not sent to", d.id)
		return
	}
	d.acks++
	if d.acks == 1 {
		d.latency = time.Since(d.sent)
		d.ack <- in.Payload
	}
	after := d.onAck
	d.mu.Unlock()
	if after != nil {
		after()
	}
	ws.changed.ring()
}

// await waits for the ack of d. failed is Slack's name for what went wrong
// where none came in time.
func (ws *Workspace) await(ctx context.Context, d *delivery) (payload json.RawMessage, failed string, err error) {
	timer := time.NewTimer(ws.cfg.AckDeadline)
	defer timer.Stop()
	select {
	case p := <-d.ack:
		return p, "", nil
	case <-timer.C:
		return nil, "operation_timeout", nil
	case <-ctx.Done():
		return nil, "", ctx.Err()
	case <-ws.done.Done():
		return nil, "", context.Canceled
	}
}

// exchange delivers and awaits.
func (ws *Workspace) exchange(ctx context.Context, d *delivery) (payload json.RawMessage, failed string, err error) {
	if !ws.deliver(d) {
		return nil, "dispatch_failed", nil
	}
	return ws.await(ctx, d)
}

func (d *delivery) report() Delivery {
	d.mu.Lock()
	defer d.mu.Unlock()
	return Delivery{EnvelopeID: d.id, Type: d.typ, Kind: d.kind, Key: d.key, Attempt: d.attempt,
		Sends: d.sends, Acks: d.acks, Sent: d.sent, Latency: d.latency}
}

// Deliveries lists what was sent to the app, oldest first, as far as kept.
func (ws *Workspace) Deliveries() []Delivery {
	ws.log.mu.Lock()
	all := slices.Concat(ws.log.ring[ws.log.next:], ws.log.ring[:ws.log.next])
	ws.log.mu.Unlock()
	var out []Delivery
	for _, d := range all {
		if d != nil {
			out = append(out, d.report())
		}
	}
	return out
}

// WaitIdle returns once everything that was delivered has been acked.
func (ws *Workspace) WaitIdle(ctx context.Context) error {
	return ws.Wait(ctx, func() bool {
		return !slices.ContainsFunc(ws.Deliveries(), func(d Delivery) bool { return d.Acks == 0 })
	})
}

// Violations lists what the app did in vain, oldest first; as many as Config.Deliveries are kept.
func (ws *Workspace) Violations() []Violation {
	ws.log.mu.Lock()
	defer ws.log.mu.Unlock()
	return slices.Clone(ws.log.violations)
}

func (ws *Workspace) violate(kind, detail, envelope string) {
	ws.cfg.Log.Warn("slacksim: violation", "kind", kind, "envelope_id", envelope)
	ws.log.mu.Lock()
	if len(ws.log.violations) == len(ws.log.ring) { // a run that does nothing else must not eat the memory
		ws.log.violations = slices.Delete(ws.log.violations, 0, len(ws.log.violations)/2+1)
	}
	ws.log.violations = append(ws.log.violations, Violation{kind, detail, envelope})
	ws.log.mu.Unlock()
	ws.changed.ring()
}
