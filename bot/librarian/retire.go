package librarian

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/store"
)

// retire asks before an item is taken out of use.
func (d *Desk) retire(ctx context.Context, r *chat.Request, words string) (chat.Reply, error) {
	c, reply, err := d.oneItem(ctx, r, words, "retire")
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	return chat.Reply{Modal: d.retireForm(r, c)}, nil
}

// PressRetire asks whether the item of the button is to be retired.
func (d *Desk) PressRetire(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, reply, err := d.pressedItem(ctx, r)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	return chat.Reply{Modal: d.retireForm(r, c)}, nil
}

func (d *Desk) retireForm(r *chat.Request, c store.Content) *slack.ModalViewRequest {
	return blockkit.Modal("retire", "Retire an item", "Retire", chat.Remember(opened{r.Opened(), c.ID, c.Sum()}), blockkit.Section(chat.ItemLink(c)),
		blockkit.Section("It will not be suggested any more. What was given stays told, and its figures stay. Adding the same address again brings it back."))
}

// SubmitRetire takes the item out of use.
func (d *Desk) SubmitRetire(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, no, err := d.reopened(ctx, r)
	if err != nil || no != nil {
		return chat.OrNone(no), err
	}
	err = d.Store.RetireContent(ctx, r.TeamID, r.PersonID, open.ID, open.Seen, d.Now())
	if errors.Is(err, store.ErrMoved) {
		who, err := d.lastChanger(ctx, r, open.ID)
		return chat.Say(fmt.Sprintf("*Not retired*: %s changed this item while you looked, so I changed nothing. Look again with `%s content log`.", who, d.Slash("coach"))), err
	}
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say("This item was retired before. Nothing changed now."), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	return d.changedMessage(ctx, r, "*Retired.* It will not be suggested any more.", open.ID)
}
