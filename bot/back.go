package bot

import (
	"context"
	"errors"
	"time"

	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/store"
)

// backLife is how long it is tried to deliver what no outbox holds.
const backLife = 5 * time.Minute

// past tells somebody at once what the outbox cannot take, because the
// database is away. Whoever stops the bot waits for it.
func (b *Bot) past(r *chat.Request, replace bool, parts ...chat.Part) {
	if len(parts) == 0 {
		return
	}
	to := post.To{Person: r.PersonID, URL: r.ResponseURL, Replace: replace, Key: parts[0].Key}
	if r.Kind == chat.KindEvent {
		to.Channel = r.ChannelID
	}
	if r.TeamID != b.team { // in ours somebody else may have that id
		to.Person = ""
	}
	all := make([]post.Message, len(parts))
	for i, m := range parts {
		all[i] = *m.Message
		if r.Kind == chat.KindEvent {
			all[i].ThreadTS = r.ThreadTS
		}
	}
	b.watch(func() {
		ctx, cancel := context.WithTimeout(context.Background(), backLife)
		defer cancel()
		defer b.endsWith(cancel)()
		if err := b.poster.Tell(ctx, to, all...); err != nil {
			b.incident(r, err)
			return
		}
		if r.TeamID == b.team { // of another workspace nothing is kept
			go b.noteTold(r, parts)
		}
	})
}

// endsWith has cancel called when the bot has ended, until what it returns is
// called: nobody waits any more for what is tried then.
func (b *Bot) endsWith(cancel context.CancelFunc) (stop func()) {
	done := make(chan struct{})
	go func() {
		select {
		case <-b.ended:
			cancel()
		case <-done:
		}
	}()
	return func() { close(done) }
}

// noteTold notes in the outbox, once it is back, what was told past it: the same
// delivery may come again and would be answered under the same key.
func (b *Bot) noteTold(r *chat.Request, parts []chat.Part) {
	for wait := time.Second; wait < time.Minute; wait *= 2 {
		ctx, cancel := context.WithTimeout(context.Background(), store.CommandTimeout)
		var err error
		for i, m := range parts {
			var p store.Posting
			if p, err = posting(r, m, false); err == nil {
				err = b.store.Told(ctx, p)
			}
			if err != nil {
				parts = parts[i:]
				break
			}
		}
		cancel()
		if err == nil {
			return
		}
		if !b.pause(wait) {
			return
		}
	}
}

// outboxAway reports that the outbox did not take a posting, and surely so: where
// that is unknown, telling it past the outbox might tell it twice.
func outboxAway(err error) bool {
	return errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrUnknown)
}
