package post

import (
	"context"
	"fmt"

	"cairn/store"
)

// Words are what owners are told. They name no contact and quote nothing.
type Words struct {
	Parked  func(channel, reason string) Message
	Unknown func(q store.Posting) Message
}

func (w Words) defaults() Words {
	if w.Parked == nil {
		w.Parked = func(channel, reason string) Message {
			return Message{Text: fmt.Sprintf("I cannot post in <#%s>: %s. What I had for it is kept for 30 days. "+
				"I try again every hour, and as soon as I am invited.", channel, Why(reason))}
		}
	}
	if w.Unknown == nil {
		w.Unknown = func(q store.Posting) Message {
			doing := "posting in <#" + q.Channel + ">"
			switch q.Kind {
			case store.KindResponse:
				doing = "answering you"
			case store.KindDM:
				doing = "writing a direct message"
			}
			return Message{Text: fmt.Sprintf("Slack broke off while I was %s, and I cannot tell whether it arrived. "+
				"I do not send it again, lest it stand there twice; please look there. (post %d)", doing, q.ID)}
		}
	}
	return w
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

// giveUpLooking leaves q unknown and tells its owner. The notice is queued
// first: its key makes it one, should this be cut off in between.
func (p *Poster) giveUpLooking(ctx context.Context, q store.Posting, o outcome) error {
	p.Log.Warn("a posting stays unknown", "id", q.ID, "kind", q.Kind, "reason", o.reason)
	if n := p.notice(q, fmt.Sprint("unknown:", q.ID), p.Words.Unknown(q)); n != nil {
		if _, _, err := p.Store.Enqueue(ctx, *n); err != nil {
			return err
		}
		defer p.Kick()
	}
	return p.Store.Unknown(ctx, q, noLook, o.reason)
}
