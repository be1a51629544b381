package bot

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/store"
)

// A line whose name was taken for a slip of the keyboard is taken back by Undo. Typed
// once more it would be taken the same way, so that a click records it for somebody new.

// newButton records a line that was taken back for a contact of the name as typed; nil
// where the line, typed again, would not be taken for a slip.
func (b *Bot) newButton(ctx context.Context, r *chat.Request, u store.Undone) (*slack.ButtonBlockElement, error) {
	in, err := b.store.DeliveryOf(ctx, r.TeamID, r.PersonID, u.Interaction.ID)
	if err != nil {
		return nil, ignore(err, store.ErrNotFound) // not typed, or long ago
	}
	d, _, err := b.typedBefore(ctx, r, in)
	if err != nil || d.Who.NameKey == "" {
		return nil, nil //nolint:nilerr // of what cannot be read again nothing is offered
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, d.Who)
	if err != nil || !m.Typo || m.ID != u.Contact.ID {
		return nil, err
	}
	if m.Turned {
		d.Who = *d.Who.Turned
	}
	return blockkit.Button("anew", newLabel(d.Who), fmt.Sprint(in.ID)), nil
}

// newLabel is what the button says that makes a contact of a name.
func newLabel(who store.Who) string { return "New: " + newName(who) }

// newName is how somebody new is called who is typed so.
func newName(who store.Who) string {
	switch {
	case who.Guessed:
		return who.Name + " (" + who.Email + ")"
	case who.Company == "":
		return who.Name
	}
	return who.Name + ", " + who.Company
}

// typedBefore drafts a line again that somebody typed, as of when they did.
func (b *Bot) typedBefore(ctx context.Context, r *chat.Request, in store.Received) (store.Draft, line.Line, error) {
	first := b.asTyped(in, r)
	if first.Kind == chat.KindAction || len(in.Payload) == 0 {
		return store.Draft{}, line.Line{}, chat.ErrValue // no line was typed, or it was erased
	}
	d, l, err := b.drafted(ctx, first, in.At.In(b.here(r).Location()))
	r.Too = first.Too
	return d, l, err
}

// asTyped is a delivery from the inbox as the request that it was, with nothing before
// the line that it told.
func (b *Bot) asTyped(in store.Received, by *chat.Request) *chat.Request {
	first := reread(in, by)
	if first.Kind = in.Kind; first.Kind == chat.KindEvent {
		first.Text = b.bare(first.Text)
		stripVerb(first)
	}
	return first
}

// pressAnew records the line for somebody new.
func (b *Bot) pressAnew(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	d, l, err := b.drafted(ctx, r, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	return b.record(ctx, r, d, l)
}

// forNew is the draft that a press of such a button asks for.
func (b *Bot) forNew(ctx context.Context, r *chat.Request) (store.Draft, line.Line, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return store.Draft{}, line.Line{}, err
	}
	in, err := b.store.Delivered(ctx, r.TeamID, r.PersonID, ids[0])
	if err != nil {
		return store.Draft{}, line.Line{}, err
	}
	d, l, err := b.typedBefore(ctx, r, in)
	d.Delivery, d.LoggedAt, d.NewContact = r.Delivery, b.here(r), true
	r.Too.Delivery = ids[0] // whoever else is named is in the line, not in this press
	return d, l, err
}

// withNew adds that button to the words that tell of a line taken back.
func (b *Bot) withNew(ctx context.Context, r *chat.Request, reply chat.Reply, u store.Undone) chat.Reply {
	button, err := b.newButton(ctx, r, u)
	if err != nil { // the line is taken back: that is told without
		b.cfg.Log.Warn("whether a line was taken for a slip was not looked up", "interaction", u.Interaction.ID, "error", err)
	}
	if button != nil {
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("anew", button))
	}
	return reply
}
