package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/chat"
	"cairn/bot/failpoint"
	"cairn/bot/post"
	"cairn/bot/sockets"
	"cairn/store"
)

// answerBy is when a command must have been answered, counted from its
// arrival: Slack gives three seconds, the wire takes its share.
const answerBy = 2300 * time.Millisecond

// take is handed every envelope by the sockets. It must not block.
func (b *Bot) take(e sockets.Envelope) {
	r, ok := chat.Read(e)
	if !ok {
		if b.pool.put("", task{id: e.ID, do: func() { b.ack(r, nil) }}) != nil {
			go b.ack(r, nil)
		}
		return
	}
	err := b.astray(r)
	if err == nil {
		err = b.pool.put(r.TeamID+r.PersonID, task{id: r.EnvelopeID,
			do:     func() { b.serve(r) },
			failed: func() { b.answer(r, b.trouble(r, errPanic)) }})
	}
	if err != nil {
		b.watch(func() { b.refuse(r, err) })
	}
}

// refuse answers what is not taken: by errBusy, errEnded or what [Bot.astray] says.
// Nothing of it stands, so nobody waits to see whether the answer arrives.
func (b *Bot) refuse(r *chat.Request, why error) {
	reply := b.refusal(r, why)
	if isAstray(why) {
		b.sendBack(r, reply)
		return
	}
	if r.Kind == chat.KindCommand {
		parts := reply.Keyed("back:" + r.EnvelopeID)
		_ = b.ack(r, chat.AsEphemeral(parts[0].Message)) // logged there
		b.past(r, false, parts[1:]...)
		return
	}
	b.answer(r, reply)
}

func (b *Bot) refusal(r *chat.Request, why error) chat.Reply {
	if isAstray(why) {
		return b.notHere(r, why)
	}
	reason := "Too much comes in at this moment."
	if errors.Is(why, errEnded) {
		reason = "I am being restarted."
	}
	if !b.saves(r) {
		return chat.Say("*No answer just now.* " + reason + " Nothing was changed. Try again in a minute.")
	}
	b.meters.Unsaved("not_saved")
	if open, ok := chat.KeepOpen(r, "NOT saved: "+reason+" Your words are still here: press again in a minute."); ok {
		return open
	}
	return chat.Say("*NOT saved.* " + reason + " Your line is below: copy it and send it again in a minute.").GivingBack(r)
}

var errPanic = fmt.Errorf("the handler panicked")

// serve runs the handler of a request and answers with what it says.
func (b *Bot) serve(r *chat.Request) {
	failpoint.Pass("received")
	ctx, cancel := context.WithDeadline(context.Background(), r.Envelope.Arrived.Add(min(answerBy, store.CommandTimeout)))
	defer cancel()
	defer b.lookOut()()
	reply, err := b.handle(store.Resting(ctx, b.pool.stepAside), r)
	if err != nil {
		if held := b.waits.heldRows(r.Envelope.Arrived, err); held != nil {
			err = errors.Join(err, held)
		}
		if r.Kind == chat.KindAction || b.saves(r) {
			b.saving.judge(err)
		}
		reply = b.trouble(r, err)
		if reply.Back != "" && errors.Is(err, store.ErrUnavailable) && !b.arrived.has(r) {
			b.afterAll(r)
		}
		// a fault must not take the receipt with its buttons off the screen
		reply.Beside = true
	}
	b.answer(r, reply)
}

func (b *Bot) handle(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if r.Kind == chat.KindEvent && opensChannel(r) {
		b.opened(ctx, r)
		return chat.Reply{}, nil
	}
	if r.Kind == chat.KindEvent && r.PersonID == b.self {
		return chat.Reply{}, nil // files that we share ourselves come back, not always with a bot_id
	}
	if r.Event == "message" && len(r.Files) == 0 { // needs no database
		if say, ok := b.inPassing(b.bare(r.Text)); ok {
			return say, nil
		}
	}
	if err := b.meet(ctx, r); err != nil {
		return chat.Reply{}, err
	}
	switch r.Kind {
	case chat.KindCommand:
		return b.typed(ctx, r)
	case chat.KindAction:
		return b.pressed(ctx, r)
	case chat.KindSubmission:
		return b.submitted(ctx, r)
	case chat.KindShortcut:
		return b.shortcut(ctx, r)
	case chat.KindEvent:
		return b.event(ctx, r)
	}
	return chat.Reply{}, nil
}

// answer sends a reply the way its request takes one: in the ack where that
// shows it, else by response_url, else as a direct message.
func (b *Bot) answer(r *chat.Request, reply chat.Reply) {
	if reply.Modal != nil {
		b.open(r, reply)
	}
	switch r.Kind {
	case chat.KindCommand:
		if reply.Message == nil {
			b.ack(r, nil)
			return
		}
		payload, ok := chat.FitsAck(reply.Messages()[0])
		if !ok {
			b.ack(r, nil)
			b.send(r, reply)
			return
		}
		if err := b.ack(r, payload); err != nil {
			b.send(r, reply)
			return
		}
		failpoint.Pass("after-ack")
		b.watchAck(r, reply)
	default:
		// the answer stands in the outbox before Slack is told that all is well
		if reply.Message != nil {
			b.send(r, reply)
		}
		var payload any
		if r.Kind == chat.KindSubmission {
			payload = submission(reply)
		}
		b.ack(r, payload)
	}
}

// watchAck sends the receipt late when the connection goes away before it is
// proven that the ack arrived. At worst the receipt is seen twice. What was too
// long for the ack follows it.
func (b *Bot) watchAck(r *chat.Request, reply chat.Reply) {
	b.watch(func() {
		if !r.Envelope.Proven() {
			b.sendAs(r, reply, lateKey(r, reply))
			return
		}
		if reply.Back == "" {
			b.arrived.add(r)
		}
		b.past(r, false, reply.Keyed("back:" + r.EnvelopeID)[1:]...)
	})
}

// lateKey names a receipt that came late, or a word that nothing was saved.
func lateKey(r *chat.Request, reply chat.Reply) string {
	if reply.Back != "" {
		return "late-unsaved:" + r.EnvelopeID
	}
	return "late:" + r.Kind + ":" + r.Key
}

func (b *Bot) ack(r *chat.Request, payload any) error {
	err := r.Envelope.Ack(context.Background(), payload)
	b.meters.Acked(r.Kind, time.Since(r.Envelope.Arrived).Seconds())
	if err != nil {
		b.cfg.Log.Warn("ack not sent", "envelope", r.Envelope.ID, "kind", r.Kind, "error", err)
	}
	return err
}

// submission is the ack of a modal.
func submission(reply chat.Reply) any {
	switch {
	case len(reply.Errors) > 0:
		return slack.NewErrorsViewSubmissionResponse(reply.Errors)
	case reply.Next != nil:
		return slack.NewUpdateViewSubmissionResponse(reply.Next)
	}
	return slack.NewClearViewSubmissionResponse()
}

// open puts a modal on the screen. Slack takes the trigger for three seconds.
func (b *Bot) open(r *chat.Request, reply chat.Reply) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var err error
	if r.View.ID != "" && !r.View.Home { // on Home a form is opened, not put on top
		_, err = b.cfg.API.PushViewContext(ctx, r.TriggerID, *reply.Modal)
	} else {
		_, err = b.cfg.API.OpenViewContext(ctx, r.TriggerID, *reply.Modal)
	}
	if err != nil {
		id := b.incident(r, err)
		words := reply.Unopened
		if words == nil {
			words = chat.Say("Slack did not open the form in time. Please try once more. (" + id + ")").Message
		}
		b.sendAs(r, chat.Reply{Message: words, Beside: true}, "form:"+r.EnvelopeID)
	}
}

// send posts a reply through the outbox.
// A delivery that comes again, in whatever envelope, is answered under the same
// key, so once; unless it was said not to be saved and is another time.
func (b *Bot) send(r *chat.Request, reply chat.Reply) {
	key := "reply:" + r.Kind + ":" + r.Key
	if reply.Back != "" {
		key = "unsaved:" + r.EnvelopeID
	}
	b.sendAs(r, reply, key)
}

// responseLife is how long Slack takes posts to a response_url.
const responseLife = 30 * time.Minute

func (b *Bot) sendAs(r *chat.Request, reply chat.Reply, key string) {
	left, err := b.queue(r, reply, key)
	if err == nil {
		return
	}
	b.incident(r, err)
	switch {
	case errors.Is(err, store.ErrUnknown):
		b.watch(func() { b.queueAgain(r, reply, key) })
	case outboxAway(err):
		b.past(r, replaces(r, reply), left...)
	}
}

// queue puts a reply into the outbox and has it leave; with an error, left is
// what did not get there.
func (b *Bot) queue(r *chat.Request, reply chat.Reply, key string) (left []chat.Part, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), store.CommandTimeout)
	defer cancel()
	if left, err = b.enqueueParts(ctx, r, reply, key); err == nil {
		b.poster.Kick()
	}
	return left, err
}

// queueAgain puts a reply into the outbox of which nobody knows whether it is
// there: under its key it is there once, however often that is tried.
func (b *Bot) queueAgain(r *chat.Request, reply chat.Reply, key string) {
	var err error
	until := time.Now().Add(backLife)
	for wait := 100 * time.Millisecond; time.Now().Before(until) && b.pause(wait); wait = min(2*wait, 10*time.Second) {
		if _, err = b.queue(r, reply, key); err == nil {
			return
		}
	}
	b.cfg.Log.Error("whether an answer is on its way is not known", "envelope", r.EnvelopeID, "kind", r.Kind, "error", err)
}

// replaces: a button's answer takes the place of the message it was on.
func replaces(r *chat.Request, reply chat.Reply) bool {
	return r.Kind == chat.KindAction && !reply.Beside
}

// enqueue puts a reply into the outbox, to go the way that its request takes.
func (b *Bot) enqueue(ctx context.Context, r *chat.Request, reply chat.Reply, key string) error {
	_, err := b.enqueueParts(ctx, r, reply, key)
	return err
}

// enqueueParts is enqueue which, with an error, tells what did not get there.
func (b *Bot) enqueueParts(ctx context.Context, r *chat.Request, reply chat.Reply, key string) (left []chat.Part, err error) {
	parts := reply.Keyed(key)
	for i, m := range parts {
		p, err := posting(r, m, i == 0 && replaces(r, reply))
		p.ContactID = reply.About
		if err == nil {
			_, _, err = b.store.Enqueue(ctx, p)
		}
		if err != nil {
			return parts[i:], err
		}
	}
	return nil, nil
}

func posting(r *chat.Request, m chat.Part, replace bool) (store.Posting, error) {
	switch {
	case r.Kind == chat.KindEvent:
		under := *m.Message
		under.ThreadTS = r.ThreadTS
		p, err := post.ToChannel(r.TeamID, r.ChannelID, m.Key, under)
		if post.Direct(r.ChannelID) { // whoever asked in a channel sees there what became of it
			p.OwnerID = r.PersonID
		}
		return p, err
	case r.ResponseURL != "":
		return post.Reply(r.TeamID, r.PersonID, m.Key, post.Response{URL: r.ResponseURL, ExpiresAt: r.URLGiven().Add(responseLife), Replace: replace, Message: *m.Message})
	}
	return post.ToPerson(r.TeamID, r.PersonID, m.Key, *m.Message)
}
