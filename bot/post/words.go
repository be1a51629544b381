package post

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"cairn/store"
)

// What owners are told names no contact and quotes nothing.

func whenParked(channel, reason string) Message {
	if Direct(channel) {
		return Message{Text: "I cannot answer in our direct messages: " + Why(reason) + ". What I had for you is kept for 30 days; I try again every hour."}
	}
	return Message{Text: fmt.Sprintf("I cannot post in <#%s>: %s. What I had for it is kept for 30 days. "+
		"I try again every hour, and as soon as I am invited.", channel, Why(reason))}
}

func whenUnknown(q store.Posting) Message {
	if n := receiptOf(q); n != 0 {
		return Message{Text: fmt.Sprintf("*#%d is recorded.* Slack broke off while I was sending you its receipt, and I cannot tell whether you see it. (post %d)", n, q.ID)}
	}
	doing := "posting in <#" + q.Channel + ">"
	switch {
	case q.Kind == store.KindResponse, Direct(q.Channel):
		doing = "answering you"
	case q.Kind == store.KindDM:
		doing = "writing a direct message"
	}
	return Message{Text: fmt.Sprintf("Slack broke off while I was %s, and I cannot tell whether it arrived. "+
		"I do not send it again, lest it stand there twice; please look there. (post %d)", doing, q.ID)}
}

// receiptOf gives the number of the note whose receipt q is; 0: it is none.
func receiptOf(q store.Posting) int64 {
	var m struct {
		Receipt int64
		Message struct{ Receipt int64 }
	}
	if json.Unmarshal(q.Payload, &m) != nil {
		return 0
	}
	return cmp.Or(m.Receipt, m.Message.Receipt)
}

func whenFailed(q store.Posting, reason string) Message {
	what := "a message for <#" + q.Channel + ">"
	switch {
	case q.Kind == store.KindResponse, Direct(q.Channel):
		what = "an answer for you"
	case q.Kind == store.KindDM:
		what = "a direct message"
	}
	return Message{Text: fmt.Sprintf("I had %s, and Slack does not take it (%s). I do not try again. "+
		"If you miss it, tell your admin this number, which the log has too: post %d.", what, reason, q.ID)}
}

// Why says in words why a channel takes nothing, by Slack's name of the error,
// and what to do.
func Why(reason string) string {
	switch reason {
	case "is_archived":
		return "it is archived; unarchive it, and invite me with `/invite` if I am no longer in it"
	case "not_in_channel":
		return "I am not in it; invite me with `/invite`"
	case "channel_not_found":
		return "it is gone, or I am not in it; invite me with `/invite`"
	}
	return "Slack does not let me post there (" + reason + "); whoever manages the channel can change that"
}

// ParkedKey begins the key of a notice that a channel is parked; see
// store.Park.
func ParkedKey(channel string) string { return "parked:" + channel }

// notice is one word to q's owner, or nil where q has none. A notice has no
// owner itself, so that none comes about a notice.
func (p *Poster) notice(q store.Posting, key string, m Message) *store.Posting {
	if q.OwnerID == "" {
		return nil
	}
	n, err := ToPerson(q.TeamID, q.OwnerID, key, m)
	if err != nil {
		p.Log.Error("write a notice", "id", q.ID, "error", err)
		return nil
	}
	return &n
}

// giveUpLooking leaves q unknown and tells its owner.
func (p *Poster) giveUpLooking(ctx context.Context, q store.Posting, o outcome) error {
	p.Log.Warn("a posting stays unknown", "id", q.ID, "kind", q.Kind, "reason", o.reason)
	if err := p.tellOwner(ctx, q, "unknown", whenUnknown(q)); err != nil {
		return err
	}
	return p.Store.Unknown(ctx, q, noLook, o.reason)
}

// giveUp leaves q undelivered and tells its owner.
func (p *Poster) giveUp(ctx context.Context, q store.Posting, o outcome) error {
	p.Log.Error("a posting failed", "id", q.ID, "kind", q.Kind, "reason", o.reason)
	if err := p.tellOwner(ctx, q, "failed", whenFailed(q, o.reason)); err != nil {
		return err
	}
	return p.Store.Fail(ctx, q, o.reason)
}

// tellOwner queues the notice of how q ends, before that is written down: its key
// makes it one, should this be cut off in between.
func (p *Poster) tellOwner(ctx context.Context, q store.Posting, end string, m Message) error {
	n := p.notice(q, fmt.Sprint(end, ":", q.ID), m)
	if n == nil {
		return nil
	}
	_, _, err := p.Store.Enqueue(ctx, *n)
	p.Kick()
	return err
}
