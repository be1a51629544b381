package post

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"cairn/store"
)

// absent: the history was read, and the message is not in it.
const absent verdict = "absent"

const (
	lookPage  = 200
	lookPages = 10
	// lookBack allows for a clock of ours that runs ahead of Slack's.
	lookBack = 10 * time.Minute
)

// look searches the conversation, back to before q was tried first, for a
// message that carries q's key. A message of a bot's without any metadata, from
// a Slack that keeps none, is known by its text.
func (p *Poster) look(ctx context.Context, q store.Posting, channel, thread, text string) outcome {
	oldest := fmt.Sprintf("%d.000000", q.TriedAt.Add(-lookBack).Unix())
	cursor := ""
	for range lookPages {
		if wait := p.tiers.take("conversations.history", p.Now()); wait > 0 {
			return outcome{verdict: retry, reason: paced, wait: wait}
		}
		one, cancel := context.WithTimeout(ctx, p.CallLimit)
		one, trip := follow(one)
		messages, next, err := p.page(one, channel, thread, oldest, cursor)
		cancel()
		if err != nil {
			return p.lookFailed(q, judge(err, trip), err)
		}
		for _, m := range messages {
			bare := m.Metadata.EventType == "" && m.BotID != "" && m.Text == text
			if bare || m.Metadata.EventType == eventType && m.Metadata.EventPayload["key"] == q.Key {
				return outcome{verdict: sent, reason: "found in the history", channel: channel, ts: m.Timestamp}
			}
		}
		if next == "" {
			return outcome{verdict: absent}
		}
		cursor = next
	}
	return outcome{verdict: unknown, reason: "too much history"}
}

// errNoHistory: the answer held no list of messages, not even an empty one.
var errNoHistory = slack.SlackErrorResponse{Err: "no_messages"}

func (p *Poster) page(ctx context.Context, channel, thread, oldest, cursor string) ([]slack.Message, string, error) {
	if thread != "" {
		messages, _, next, err := p.Slack.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: thread, Oldest: oldest, Cursor: cursor, Limit: lookPage, IncludeAllMetadata: true})
		if err == nil && messages == nil {
			err = errNoHistory
		}
		return messages, next, err
	}
	h, err := p.Slack.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: channel, Oldest: oldest, Cursor: cursor, Limit: lookPage, IncludeAllMetadata: true})
	if err != nil {
		return nil, "", err
	}
	if h.Messages == nil {
		return nil, "", errNoHistory
	}
	next := h.ResponseMetaData.NextCursor
	if next == "" && h.HasMore {
		return nil, "", errors.New("more history without a cursor")
	}
	return h.Messages, next, nil
}

// lookFailed: where Slack says no, the history cannot be read (the scope is
// not granted, the bot is not in the channel) and q stays unknown; anything
// else is tried again for as long as any posting is, still in doubt.
func (p *Poster) lookFailed(q store.Posting, o outcome, err error) outcome {
	switch {
	case o.verdict == halted || o.verdict == limited:
		return o
	case errors.As(err, new(slack.SlackErrorResponse)) && (o.verdict == failed || o.verdict == parked || o.reason == "missing_scope"):
		return outcome{verdict: unknown, reason: "history: " + o.reason}
	}
	return outcome{verdict: retry, reason: "history: " + o.reason, wait: o.wait, answered: o.answered}
}
