package post

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"cairn/store"
)

// To says whom [Poster.Tell] tells something, and by which ways.
type To struct {
	Person string // empty, and Channel too: nobody but by URL
	// Channel is where they said what is answered; empty: a direct message.
	Channel string
	// URL is a response_url, the first way; empty: none. It takes five posts.
	URL string
	// Replace puts the first message in the place of the one acted on.
	Replace bool
	// Key names the messages in their metadata.
	Key string
}

// tellTries bounds the tries of one message: the database may be back by then.
const tellTries = 4

// Tell posts messages in their order at once, past the outbox. It serves the one
// case in which the outbox cannot: the database is away, and somebody's words
// have to be given back. What a response_url does not take goes as a direct
// message. A post whose outcome is unknown is made once more, as nothing else
// here is: these messages are numbered and seen by one person, and a part that
// is missing costs them more than one that they see twice.
func (p *Poster) Tell(ctx context.Context, to To, messages ...Message) error {
	defer p.http.CloseIdleConnections()
	for i, m := range messages {
		raw, err := json.Marshal(m)
		if err != nil {
			return fmt.Errorf("post at once: %w", err)
		}
		var w wire
		if err := json.Unmarshal(raw, &w); err != nil {
			return fmt.Errorf("post at once: %w", err)
		}
		o := outcome{verdict: diverted}
		if to.URL != "" {
			body, err := json.Marshal(answer{Text: w.Text, Blocks: w.Blocks, ResponseType: "ephemeral", Replace: to.Replace && i == 0})
			if err != nil {
				return fmt.Errorf("post at once: %w", err)
			}
			o = p.insist(ctx, func() outcome { return p.answer(ctx, to.URL, body) })
		}
		if o.verdict != sent {
			to.URL = "" // gone or used up: so it will be for the rest
			if to.Person == "" && to.Channel == "" {
				return fmt.Errorf("post at once: message %d of %d: %s (%s), and there is no other way", i+1, len(messages), o.verdict, o.reason)
			}
			o = p.insist(ctx, func() outcome { return p.direct(ctx, to, fmt.Sprintf("%s:%d", to.Key, i+1), w) })
		}
		if p.Meter != nil {
			p.Meter.Posted("told", string(o.verdict))
		}
		if o.verdict != sent {
			return fmt.Errorf("post at once: message %d of %d: %s (%s)", i+1, len(messages), o.verdict, o.reason)
		}
	}
	return nil
}

// insist tries until something settled is said, and waits as long as Slack says.
func (p *Poster) insist(ctx context.Context, try func() outcome) (o outcome) {
	for n := 1; n <= tellTries; n++ {
		o = try()
		wait := o.wait
		switch o.verdict {
		case retry, limited:
			if o.reason == paced { // by ourselves: nothing was tried
				n--
			}
		case doubtful:
			n = max(n, tellTries-1) // once more at most
		default:
			return o
		}
		if wait == 0 {
			wait = backoff(max(n, 1))
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return o
		case <-t.C:
		}
	}
	return o
}

func (p *Poster) direct(ctx context.Context, to To, key string, w wire) outcome {
	channel := to.Channel
	if channel == "" {
		var stop *outcome
		if channel, stop = p.conversation(ctx, store.Posting{Channel: to.Person}); stop != nil {
			return *stop
		}
	}
	return p.call(ctx, "chat.postMessage", channel, append(w.options(key), slack.MsgOptionPost())...)
}
