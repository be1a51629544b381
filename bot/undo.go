package bot

import (
	"context"
	"errors"
	"fmt"

	"cairn/store"
)

// undoLast takes the person's latest line back.
func (b *Bot) undoLast(ctx context.Context, r *Request) (Reply, error) {
	// what Slack delivers twice must not take two lines back
	in, err := b.store.Receive(ctx, r.Delivery)
	if err != nil {
		return Reply{}, err
	}
	if in.Again {
		b.meters.Again(r.Kind)
		return say(fmt.Sprintf("This came to me twice; I took one line back, not two. `%s` takes back the one before.", b.slash("coach")+" undo")), nil
	}
	last, err := b.store.LastInteraction(ctx, r.TeamID, r.PersonID, 0)
	if errors.Is(err, store.ErrNotFound) {
		return say("There is nothing of yours to take back."), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.undo(ctx, r, last.ID)
}

// pressUndo takes back the line whose receipt holds the button.
func (b *Bot) pressUndo(ctx context.Context, r *Request) (Reply, error) {
	ids, err := numbers(r.Action.Value, 1)
	if err != nil {
		return Reply{}, err
	}
	id, err := b.store.Standing(ctx, r.TeamID, r.PersonID, ids[0])
	if err != nil {
		return Reply{}, err
	}
	return b.undo(ctx, r, id)
}

func (b *Bot) undo(ctx context.Context, r *Request, id int64) (Reply, error) {
	u, err := b.store.Undo(ctx, r.TeamID, r.PersonID, id, b.cfg.Now(), b.coach.For(r.TeamID).Refold)
	if err != nil {
		return Reply{}, err
	}
	if u.Already {
		return say(fmt.Sprintf("*#%d was taken back before.* Nothing changed now.", id)), nil
	}
	text := fmt.Sprintf("*Taken back: #%d* · %s\nIt counts no longer, and neither does what hung on it. Your words are below, to copy and send again:\n```%s```",
		id, esc(u.Contact.Full()), fenced(u.Interaction.Note))
	if u.Unmade {
		text += fmt.Sprintf("\n%s had come with that line and is gone too.", esc(u.Contact.Full()))
	}
	return say(text), nil
}
