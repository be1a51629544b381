package sockets

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/slack-go/slack/socketmode"
)

// lateAfter is the moment for which a connection has to stand, where the peer
// proves nothing, before what was acked on it counts as arrived.
const lateAfter = 400 * time.Millisecond

// Envelope is one delivery of Slack on its way in, before it is understood.
type Envelope struct {
	ID      string
	Payload json.RawMessage
	Data    any       // what slack-go parsed: SlashCommand, InteractionCallback, EventsAPIEvent
	At      time.Time // by the bot's clock
	Arrived time.Time // by the machine's, which deadlines are counted on
	// client and wire are those that it came in by, and can be acked on: the
	// socket may have others by then
	client *socketmode.Client
	wire   *wire
	mark   *mark // of its ack
}

// Ack answers the envelope. Slack shows payload where it accepts one. An
// error means that the answer has not left; nil, that it is queued to leave.
func (e Envelope) Ack(ctx context.Context, payload any) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	if !e.wire.alive() {
		return errGone
	}
	e.wire.expect(e.ID, e.mark)
	err := e.client.AckCtx(ctx, e.ID, payload)
	if err != nil {
		e.wire.forget(e.ID)
	}
	return err
}

// Proven waits until the envelope's ack has arrived at Slack, a second as a rule,
// and reports false when the connection ended before that was known.
func (e Envelope) Proven() bool { return e.wire.proven(e.mark, lateAfter) }

var errGone = errors.New("the socket that the command came by is gone")
