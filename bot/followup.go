package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cairn/bot/chat"
	"cairn/store"
)

// errSought: what became of it is looked up, and will be told.
var errSought = errors.New("it is looked up")

// surely runs what records a line. Where the outcome of its commit is unknown
// that is looked up and told later: [errSought]. waiting is the line's row in the
// inbox where it waited there for its contact, else 0.
func (b *Bot) surely(ctx context.Context, r *chat.Request, waiting int64, run func(context.Context) (chat.Reply, error)) (chat.Reply, error) {
	reply, err := run(ctx)
	if errors.Is(err, store.ErrUnknown) {
		err = errors.Join(errSought, err)
		b.watch(func() { b.lookUp(r, waiting, run) })
	}
	return reply, err
}

// watch does what an answer still hangs on. Whoever stops the bot waits for it.
func (b *Bot) watch(do func()) {
	b.watching.Add(1)
	go func() { defer b.watching.Add(-1); do() }()
}

// lookUp learns what became of a line, and tells the person. One that turns out
// to wait is run again, which records nothing twice: it asks what was to be
// asked, or takes the answer that was given.
func (b *Bot) lookUp(r *chat.Request, waiting int64, run func(context.Context) (chat.Reply, error)) {
	var last error
	for wait := time.Second; wait < time.Minute; wait *= 2 {
		if !b.pause(wait) {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), store.CommandTimeout)
		in, err := b.store.Lookup(ctx, r.Delivery, waiting)
		var reply chat.Reply
		switch {
		case errors.Is(err, store.ErrNotFound):
			reply, err = chat.Say("*NOT saved.* I looked: your line did not reach the database. Please send it again.").GivingBack(r), nil
		case err == nil && in.Waits():
			reply, err = run(ctx)
		case err == nil:
			if reply, err = b.receiptOf(ctx, r, in.InteractionID, ""); err == nil {
				b.meters.Receipt()
			}
		}
		cancel()
		if err == nil {
			b.sendAs(r, reply, foundKey(r, reply))
			return
		}
		last = err
	}
	still := chat.Say("*Still not confirmed.* " + ailing(last) + " Please look with `" + b.slash("coach") + " card` later, before you send this line again.").GivingBack(r)
	b.sendAs(r, still, foundKey(r, still))
}

// foundKey names what was found out about a line: another word than the one that
// it was not confirmed yet, which may have gone to the outbox too.
func foundKey(r *chat.Request, reply chat.Reply) string {
	if reply.Back != "" {
		return "found:" + r.EnvelopeID
	}
	return lateKey(r, reply)
}

// pause waits; false: the bot has ended meanwhile.
func (b *Bot) pause(wait time.Duration) bool {
	select {
	case <-b.ended:
		return false
	case <-time.After(wait):
		return true
	}
}

// afterAll looks once more, some seconds after somebody was told that nothing
// was saved: another copy of the same delivery, which Slack sends now and then,
// may have been recorded meanwhile. Only then is anything said.
func (b *Bot) afterAll(r *chat.Request) {
	go func() {
		looked := 0 // with an answer
		for wait := 3 * time.Second; looked < 2 && wait < 2*time.Minute; wait *= 2 {
			if !b.pause(wait) {
				return
			}
			ctx, cancel := context.WithTimeout(context.Background(), store.CommandTimeout)
			in, err := b.store.Lookup(ctx, r.Delivery, 0)
			var reply chat.Reply
			if err == nil && in.Outcome == "recorded" {
				reply, err = b.receiptOf(ctx, r, in.InteractionID, fmt.Sprintf("*Recorded #%d after all*", in.InteractionID))
			}
			cancel()
			if err == nil && reply.Message != nil {
				b.sendAs(r, reply, lateKey(r, reply))
				return
			}
			if err == nil || errors.Is(err, store.ErrNotFound) {
				looked++
			}
		}
	}()
}
