package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/store"
)

// What a step of ours promised to give counts as given with the step that is done, or is
// asked after where several items may be meant. Whatever is said of it begins with "Done.".

// doneStep is what became of a step that its author called done.
type doneStep struct {
	before  bool // it was done before, or is gone with its note: nothing else is set
	contact store.Contact
	places  []store.Place
	item    suggest.Item // given with it; no ID: none
	fresh   bool         // the contact had not been given item before
	thing   string       // what it promised to give, in the words of its note
	which   []suggest.Item
	expired bool // which is the one item, and is past its day
}

// stepDone marks a step of the person's own as done, together with what it gave: both
// stand, or neither.
func (b *Bot) stepDone(ctx context.Context, r *chat.Request, id int64) (d doneStep, err error) {
	step, contact, err := b.store.OpenStep(ctx, r.TeamID, r.PersonID, id)
	if errors.Is(err, store.ErrNotFound) {
		return doneStep{before: true}, nil
	}
	if err != nil {
		return d, err
	}
	gift, err := b.gift(ctx, r, step, contact, &d)
	if err != nil {
		return d, err
	}
	d.fresh, err = b.store.DoneStep(ctx, r.TeamID, r.PersonID, id, b.cfg.Now(), gift)
	if errors.Is(err, store.ErrNotFound) {
		return doneStep{before: true}, nil
	}
	return d, err
}

// gift finds what a step promised to give; nil: nothing, several items may be meant, or it is
// past its day, and then its author is asked.
func (b *Bot) gift(ctx context.Context, r *chat.Request, step store.Step, contact int64, d *doneStep) (*store.Share, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	p, ok := coach.PromiseOf(step, shelf.Library, nil, b.here(r))
	if !ok {
		return nil, nil
	}
	if d.contact, err = b.store.Contact(ctx, r.TeamID, contact); err != nil {
		return nil, err
	}
	if d.places, err = b.store.Places(ctx, r.TeamID, contact); err != nil {
		return nil, err
	}
	d.thing, d.which = p.Thing, p.Which
	if p.Expired {
		d.expired, d.which = true, []suggest.Item{p.Item}
		return nil, nil
	}
	if d.item = p.Item; d.item.ID == 0 {
		return nil, nil
	}
	here, _ := placeOn(d.places, journey.Default)
	return &store.Share{ContentID: d.item.ID, Title: d.item.Title, CanonicalURL: d.item.Canonical,
		PersonID: r.PersonID, Stage: here.Stage, Via: "button", At: b.cfg.Now()}, nil
}

// pressDoneMorning marks the promise of a line as kept and leaves the other
// lines where they are.
func (b *Bot) pressDoneMorning(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	d, err := b.stepDone(ctx, r, ids[0])
	if err != nil {
		return chat.Reply{}, err
	}
	reply := b.tellDone(ctx, r, d)
	reply.Beside = true
	return reply, nil
}

// tellDone says in a message what became of a step.
func (b *Bot) tellDone(ctx context.Context, r *chat.Request, d doneStep) chat.Reply {
	switch {
	case d.before:
		return chat.Say("*Done before*, or taken back with its note. Nothing changed now.")
	case d.item.ID != 0:
		return b.tellGiven(ctx, r, "*Done.* "+b.givenWords(r, d.contact, d.item, d.fresh)+warnAlone(d.places, d.fresh), d.contact, d.item, d.fresh)
	case d.expired:
		reply := chat.Say("*Done.* " + d.asksExpired() + " Did you give it? `I gave it` counts it.")
		sent := blockkit.Button("sent_which:0", "I gave it", fmt.Sprintf("%d %d", d.contact.ID, d.which[0].ID))
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("sent_which", sent))
		return reply
	case len(d.which) > 0:
		return sentWhich(d.contact, d.thing, d.which, "*Done.* ", "It counts as given once you say.")
	}
	return chat.Say(fmt.Sprintf("*Done.* I remind you of it no more. What came of it? `%s name: what happened` is enough.", b.slash("log")))
}

// asksExpired says why what was promised is not counted by itself.
func (d doneStep) asksExpired() string {
	return fmt.Sprintf("“%s” is past its day in the library, so I did not count it as given to %s.", blockkit.Escape(d.which[0].Title), blockkit.Escape(d.contact.Full()))
}

// pressHomeDone marks a step as done, and tells what counts as given with it in a form
// above the page, or asks there. A step that is done, or gone with its note, only leaves
// the page.
func (b *Bot) pressHomeDone(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	d, err := b.stepDone(ctx, r, ids[0])
	if err != nil {
		return chat.Reply{}, err
	}
	b.redraw(ctx, r)
	view := b.doneForm(d)
	if view == nil {
		return chat.Reply{}, nil
	}
	return chat.Reply{Modal: view, Unopened: b.tellDone(ctx, r, d).Message}, nil
}

// doneForm tells what counts as given with a step, or asks; nil: there is nothing to tell.
func (b *Bot) doneForm(d doneStep) *slack.ModalViewRequest {
	switch {
	case d.item.ID != 0:
		return b.doneWord("*Done.* " + b.gaveWord(d.contact, d.item, d.fresh))
	case len(d.which) > 0:
		options := make([][2]string, 0, len(d.which)+1)
		for _, item := range d.which {
			options = append(options, [2]string{strconv.FormatInt(item.ID, 10), item.Title})
		}
		asks, none := whichOne(d.contact, d.thing), "None of these"
		if d.expired {
			asks, none = d.asksExpired(), "I did not give it"
		}
		options = append(options, [2]string{"0", none})
		return blockkit.Modal("home_gave", "Done", "That one", strconv.FormatInt(d.contact.ID, 10),
			blockkit.Section("*Done.* "+asks+" It counts as given once you say."),
			blockkit.SelectInput("item", "What did you give?", options, ""))
	}
	return nil
}

// doneWord is a form that only tells.
func (b *Bot) doneWord(text string) *slack.ModalViewRequest {
	view := blockkit.Modal("home_close", "Done", "Close", "", blockkit.Section(text))
	view.Submit = nil
	return view
}

// gaveWord says that an item was given, and how that is taken back.
func (b *Bot) gaveWord(c store.Contact, item suggest.Item, fresh bool) string {
	if !fresh {
		return givenLine(c, item, fresh) + "."
	}
	return givenLine(c, item, fresh) + fmt.Sprintf(". `%s undo` takes that back.", b.slash("coach"))
}

// submitHomeGave counts the item that was chosen as given with a step that is done.
func (b *Bot) submitHomeGave(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, err := b.contactOf(ctx, r, r.View.Private)
	if err != nil {
		return chat.Reply{}, err
	}
	id, err := strconv.ParseInt(r.View.Values["item"], 10, 64)
	if err != nil {
		return chat.Reply{Errors: map[string]string{"item": "Choose what you gave, or none of these."}}, nil
	}
	if id == 0 {
		return chat.Reply{Next: b.doneWord(b.gaveNone(c))}, nil
	}
	item, err := b.itemOf(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	_, fresh, err := b.gave(ctx, r, c, item)
	if err != nil {
		return chat.Reply{}, err
	}
	b.redraw(ctx, r)
	return chat.Reply{Next: b.doneWord(b.gaveWord(c, item, fresh))}, nil
}
