package bot

import (
	"context"
	"fmt"

	"cairn/bot/chat"
	"cairn/bot/line"
)

// stepDone marks a step of the person's own as done. What it promised to give counts as
// given, or is asked after where several items may be meant.
func (b *Bot) stepDone(ctx context.Context, r *chat.Request, id int64) (chat.Reply, error) {
	step, contact, err := b.store.DoneStep(ctx, r.TeamID, r.PersonID, id, b.cfg.Now())
	if err != nil {
		return chat.Reply{}, err
	}
	reply := chat.Say(fmt.Sprintf("*Done.* I remind you of it no more. What came of it? `%s name: what happened` is enough.", b.slash("log")))
	thing, _ := line.Promised(step.What)
	if thing == "" || step.Whose != string(line.Ours) {
		return reply, nil
	}
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return reply, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, contact)
	if err != nil {
		return reply, err
	}
	item, one := shelf.Library.Named(thing)
	if one {
		return b.given(ctx, r, c, item)
	}
	several := shelf.Library.Naming(thing)
	if len(several) == 0 {
		several = shelf.Library.Resembling(thing)
	}
	if len(several) > 0 {
		return sentWhich(c, thing, several), nil
	}
	return reply, nil
}
