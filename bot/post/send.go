package post

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"cairn/store"
)

// noLook leaves a posting unknown for good.
var noLook time.Time

// repeatable reports whether sending q twice does no more than sending it once.
func repeatable(q store.Posting) bool {
	if q.Kind != store.KindResponse {
		return false
	}
	var head struct {
		Replace bool `json:"replace_original"`
		Delete  bool `json:"delete_original"`
	}
	// what cannot be read is not known to be harmless
	return json.Unmarshal(q.Payload, &head) == nil && (head.Replace || head.Delete)
}

func (p *Poster) send(ctx context.Context, q store.Posting) outcome {
	switch q.Kind {
	case store.KindMessage, store.KindDM:
		return p.message(ctx, q)
	case store.KindResponse:
		return p.response(ctx, q)
	}
	return outcome{verdict: failed, reason: "unknown kind"}
}

// message posts to a channel or a person, after a look into the history when
// an earlier attempt may have arrived.
func (p *Poster) message(ctx context.Context, q store.Posting) outcome {
	var m wire
	if err := json.Unmarshal(q.Payload, &m); err != nil {
		return outcome{verdict: failed, reason: "unreadable payload"}
	}
	channel := q.Channel
	if q.Kind == store.KindDM {
		var stop *outcome
		if channel, stop = p.conversation(ctx, q); stop != nil {
			return *stop
		}
	}
	if m.Under != "" {
		parent, stop := p.posted(ctx, q.TeamID, m.Under)
		if stop != nil {
			return *stop
		}
		m.ThreadTS = parent.TS
	}
	if q.Doubt {
		if o := p.look(ctx, q, channel, m.ThreadTS, m.Text); o.verdict != absent {
			return o
		}
	}
	o := p.call(ctx, "chat.postMessage", channel, m.options(q.Key)...)
	if q.Kind == store.KindDM && o.verdict == parked {
		p.open.Delete(q.Channel)
		o.verdict = failed // a person who cannot be reached is nobody's channel to mend
		if q.Attempt < 3 {
			o.verdict = retry // the conversation we knew may be stale
		}
	}
	return o
}

// call makes one call that posts. Slack answering that all is well, but not
// where the message stands, is as doubtful as no answer.
func (p *Poster) call(ctx context.Context, method, channel string, options ...slack.MsgOption) outcome {
	if wait := p.tiers.take(method, p.Now()); wait > 0 {
		return outcome{verdict: retry, reason: paced, wait: wait}
	}
	// a process that was stopped and goes on must not post with a claim that
	// ran out meanwhile; its timers may not have fired yet
	if end, ok := ctx.Deadline(); ok && !time.Now().Before(end) {
		return outcome{verdict: retry, reason: "late"}
	}
	ctx, cancel := context.WithTimeout(ctx, p.CallLimit)
	defer cancel()
	ctx, trip := follow(ctx)
	in, ts, _, err := p.Slack.SendMessageContext(ctx, channel, options...)
	o := judge(err, trip)
	if o.verdict == sent {
		o.channel, o.ts = in, ts
		if ts == "" {
			o = outcome{verdict: doubtful, reason: "no ts"}
		}
	}
	return o
}

// conversation returns the direct message conversation with q's person.
// Opening it twice is harmless.
func (p *Poster) conversation(ctx context.Context, q store.Posting) (string, *outcome) {
	if id, ok := p.open.Load(q.Channel); ok {
		return id.(string), nil
	}
	if wait := p.tiers.take("conversations.open", p.Now()); wait > 0 {
		return "", &outcome{verdict: retry, reason: paced, wait: wait}
	}
	ctx, cancel := context.WithTimeout(ctx, p.CallLimit)
	defer cancel()
	ctx, trip := follow(ctx)
	c, _, _, err := p.Slack.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{q.Channel}})
	o := judge(err, trip)
	switch {
	case o.verdict == sent && c != nil && c.ID != "":
		p.open.Store(q.Channel, c.ID)
		return c.ID, nil
	case o.verdict == sent, o.verdict == doubtful:
		o = outcome{verdict: retry, reason: "conversation not opened", answered: o.answered}
	case o.verdict == parked:
		o.verdict = failed
	}
	return "", &o
}

// posted finds the message that a posting hangs on.
func (p *Poster) posted(ctx context.Context, team, key string) (store.Posted, *outcome) {
	ctx, cancel := context.WithTimeout(ctx, store.CommandTimeout)
	defer cancel()
	at, err := p.Store.Posted(ctx, team, key)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return at, &outcome{verdict: failed, reason: "hangs on a message that is gone"}
	case err != nil:
		return at, &outcome{verdict: retry, reason: "database"}
	}
	switch at.State {
	case "sent":
		return at, nil
	case "failed":
		return at, &outcome{verdict: failed, reason: "hangs on a message that failed"}
	case "unknown":
		return at, &outcome{verdict: failed, reason: "hangs on an unknown message"}
	case "parked":
		return at, &outcome{verdict: parked, reason: "hangs on a parked message"}
	}
	return at, &outcome{verdict: retry, reason: "hangs on a message to come", wait: 2 * time.Second}
}
