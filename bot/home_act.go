package bot

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/store"
)

// What is done on Home is done in a form above it, and Home is drawn anew
// afterwards.

// redraw draws Home anew after something was recorded there. Where that fails the
// page is old until it is opened again: to say so as an error would tell people
// that what they did was not saved, and have them do it twice.
func (b *Bot) redraw(ctx context.Context, r *chat.Request) {
	if err := b.home(ctx, r); err != nil {
		b.cfg.Log.Warn("Home is not drawn anew; what was done on it stands", "team", r.TeamID, "person", r.PersonID, "error", err)
	}
}

func (b *Bot) pressHomeFresh(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return chat.Reply{}, b.home(ctx, r)
}

// contactOf finds the contact of a button or form, whosever they are.
func (b *Bot) contactOf(ctx context.Context, r *chat.Request, value string) (store.Contact, error) {
	ids, err := chat.Numbers(value, 1)
	if err != nil {
		return store.Contact{}, err
	}
	return b.store.Contact(ctx, r.TeamID, ids[0])
}

// pressHomeGive opens a form with the one thing worth giving next.
func (b *Bot) pressHomeGive(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, err := b.contactOf(ctx, r, r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	g, err := b.suggested(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	blocks := []slack.Block{blockkit.Section("*" + blockkit.Escape(c.Full()) + "*"), blockkit.Section(giveLine(g, b.here(r))),
		blockkit.Context(fmt.Sprintf("Given %d, asked %d%s", past.Ledger.Given, past.Ledger.Asked, earnedBeside(g, past.Ledger, past.Places, b.here(r))))}
	pick, ok := g.Now()
	if !ok {
		view := blockkit.Modal("home_close", "Give next", "Close", "", blocks...)
		view.Submit = nil
		return chat.Reply{Modal: view}, nil
	}
	return chat.Reply{Modal: blockkit.Modal("home_give", "Give next", "I sent it", fmt.Sprintf("%d %d", g.ID, pick.ContentID), blocks...)}, nil
}

// submitHomeGive records what was given.
func (b *Bot) submitHomeGive(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	id, content, err := twoIDs(r.View.Private)
	if err != nil {
		return chat.Reply{}, err
	}
	g, err := b.store.Suggestion(ctx, r.TeamID, r.PersonID, id)
	if err != nil {
		return chat.Reply{}, err
	}
	for _, p := range g.Picks {
		if p.ContentID != content {
			continue
		}
		if _, err := b.store.AddShare(ctx, r.TeamID, g.ContactID, store.Share{ContentID: p.ContentID, Title: p.Title, CanonicalURL: canonical(p.URL),
			PersonID: r.PersonID, Stage: g.Stage, Via: "button", SuggestionID: g.ID, At: b.cfg.Now()}); err != nil {
			return chat.Reply{}, err
		}
		b.redraw(ctx, r)
		return chat.Reply{}, nil
	}
	return chat.Reply{}, store.ErrNotFound
}

// askKinds are what can be asked of a contact, one at a time.
var askKinds = [][2]string{{"question", "a question about them"}, {"feedback", "how it goes"}, {"referral", "a name: who else should hear of it"},
	{"recommendation", "a sentence that may be quoted"}, {"revenue", "an order"}}

// pressHomeAsk opens a form in which one thing is asked, once it is earned.
func (b *Bot) pressHomeAsk(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.askForm(ctx, r, "home_ask")
}

// pressAskMorning opens the same form from a line of the morning message.
func (b *Bot) pressAskMorning(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.askForm(ctx, r, "morning_ask")
}

func (b *Bot) askForm(ctx context.Context, r *chat.Request, callback string) (chat.Reply, error) {
	c, err := b.contactOf(ctx, r, r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(past.Places, journey.Default)
	chosen := cmp.Or(nextMove(past.Ledger, here.Stage, b.here(r)).kind, "question")
	return chat.Reply{Modal: blockkit.Modal(callback, "Ask one thing", "I asked", strconv.FormatInt(c.ID, 10),
		blockkit.Section(fmt.Sprintf("*%s* · given %d, asked %d%s", blockkit.Escape(c.Full()), past.Ledger.Given, past.Ledger.Asked, earned(past.Ledger, past.Places, b.here(r)))),
		blockkit.SelectInput("kind", "What did you ask for?", askKinds, chosen))}, nil
}

// submitHomeAsk records what was asked, and draws Home anew.
func (b *Bot) submitHomeAsk(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	_, reply, err := b.recordAsk(ctx, r)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	b.redraw(ctx, r)
	return chat.Reply{}, nil
}

// submitMorningAsk records what was asked, and says so.
func (b *Bot) submitMorningAsk(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, reply, err := b.recordAsk(ctx, r)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	asked := fmt.Sprintf("*Asked:* %s.", blockkit.Escape(c.Full()))
	return b.stands(r, asked, func() (chat.Reply, error) {
		past, err := b.pastOf(ctx, r, c, b.here(r))
		if err != nil {
			return chat.Reply{}, err
		}
		return chat.Say(fmt.Sprintf("%s Given %d, asked %d%s `%s undo` takes it back.", asked, past.Ledger.Given, past.Ledger.Asked,
			earned(past.Ledger, past.Places, b.here(r)), b.slash("coach"))), nil
	}), nil
}

// recordAsk keeps the ask of a form, once however often Slack delivers it; reply
// says what is wrong with the form.
func (b *Bot) recordAsk(ctx context.Context, r *chat.Request) (store.Contact, *chat.Reply, error) {
	c, err := b.contactOf(ctx, r, r.View.Private)
	if err != nil {
		return c, nil, err
	}
	for _, k := range askKinds {
		if k[0] == r.View.Values["kind"] {
			again, err := b.store.AddAsk(ctx, r.Delivery, c.ID, store.Ask{Kind: k[0], PersonID: r.PersonID, At: b.cfg.Now()})
			if again {
				b.meters.Again(r.Kind)
			}
			return c, nil, err
		}
	}
	return c, &chat.Reply{Errors: map[string]string{"kind": "Choose what you asked for."}}, nil
}
