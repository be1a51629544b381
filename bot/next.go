package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/store"
)

// next says what to give a contact next, or names the three most worthwhile.
func (b *Bot) next(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if strings.TrimSpace(r.Text) == "" {
		return b.nextThree(ctx, r)
	}
	c, reply, err := b.find(ctx, r, r.Text)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	g, err := b.suggested(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.suggestionAs(ctx, r, g, "")
}

// suggest chooses for a contact as they stand now.
func (b *Bot) suggest(ctx context.Context, r *chat.Request, c store.Contact) (store.Suggestion, error) {
	ask, shelf, err := b.asking(ctx, r, c)
	if err != nil {
		return store.Suggestion{}, err
	}
	return b.coach.For(r.TeamID).Suggest(ask, shelf), nil
}

// suggestionOf draws a suggestion that was asked for by itself, as it is kept.
func (b *Bot) suggestionOf(ctx context.Context, r *chat.Request, id int64, lead string) (chat.Reply, error) {
	g, err := b.store.Suggestion(ctx, r.TeamID, r.PersonID, id)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.suggestionAs(ctx, r, g, lead)
}

// suggestionAs draws a suggestion that was asked for by itself, as it is by now.
func (b *Bot) suggestionAs(ctx context.Context, r *chat.Request, g store.Suggestion, lead string) (chat.Reply, error) {
	if err := b.withGap(ctx, r, &g); err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, g.ContactID)
	if err != nil {
		return chat.Reply{}, err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(past.Places, model.Name())
	head := fmt.Sprintf("*%s* · %s", blockkit.Escape(c.Full()), stageWord(model, here.Stage))
	if extra := standing(here); extra != "" {
		head += " (" + extra + ")"
	}
	through, err := b.store.Referrer(ctx, r.TeamID, c.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	if through != "" && past.Ledger.Given == 0 && len(past.Recent) == 0 {
		head += " · made known by " + blockkit.Escape(through) + ": name them when you write"
	} else if through != "" {
		head += " · known through " + blockkit.Escape(through)
	}
	if lead != "" {
		head = lead + " · " + head
	}
	blocks := []slack.Block{blockkit.Section(head)}
	sent := lead != "" // what was just given is not named again
	if !sent {
		blocks = append(blocks, blockkit.Section(giveLine(g, b.here(r))))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("Given %d, asked %d%s", past.Ledger.Given, past.Ledger.Asked, earnedBeside(g, past.Ledger, past.Places, b.here(r)))))
	if pick, ok := g.Now(); ok && !sent {
		value := fmt.Sprintf("%d %d 0", g.ID, pick.ContentID)
		sent := blockkit.Button("sent", "I sent it", value)
		sent.Style = slack.StylePrimary
		blocks = append(blocks, blockkit.Actions("suggestion", sent, blockkit.Button("another", "Another", value), blockkit.Button("not_useful", "Not useful", value)))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head + "\n" + giveLine(g, b.here(r))), Blocks: blocks}}, nil
}

// worthwhile is how many contacts `/next` alone names, and looked how many of
// each list are looked at for something to do about them.
const (
	worthwhile = 3
	looked     = 12
)

// nextThree names the three of the person's contacts that are most worth a
// move now, each with the move: who waits for an answer, then whose step is
// due, then who is ready to be asked, then who went quiet. Where there is
// nothing to do about somebody, the next one is named.
func (b *Bot) nextThree(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	blocks := []slack.Block{blockkit.Section("*Most worthwhile now*")}
	seen := map[int64]bool{}
	named := 0
	for _, f := range []string{store.Waiting, store.Due, store.Ready, store.Quiet} {
		found, err := b.store.Mine(ctx, r.TeamID, r.PersonID, store.Filter{Kind: f, Journey: model.Name(), Now: b.here(r), Limit: looked})
		if err != nil {
			return chat.Reply{}, err
		}
		for _, l := range found {
			if named == worthwhile || seen[l.ID] {
				continue
			}
			l.Why = f
			m, err := b.moveFor(ctx, r, l)
			if err != nil {
				return chat.Reply{}, err
			}
			if m.text == "" {
				continue
			}
			blocks = append(blocks, blockkit.Section(fmt.Sprintf("*%s* · %s · %s\n%s", blockkit.Escape(l.Full()), stageWord(model, l.Stage), b.whyListed(l, r), m.text)))
			if m.sent != "" {
				blocks = append(blocks, blockkit.Actions(fmt.Sprintf("three:%d", named), blockkit.Button("sent:three", "I sent it", m.sent)))
			}
			seen[l.ID] = true
			named++
		}
	}
	if named == 0 {
		return chat.Say(fmt.Sprintf("Nobody of yours waits for anything just now. After your next talk type `%s` with one line.", b.slash("log"))), nil
	}
	return chat.Reply{Message: &post.Message{Text: "Most worthwhile now", Blocks: blocks}}, nil
}

// move is what there is to do about a contact on a list.
type move struct {
	text string // empty: nothing
	sent string // the value of the button that says that it was given; empty: none
}

// moveFor says what to do about somebody: of those who are ready to be asked, the
// ask; of the others, what to give. A step that is due is worth a move by itself.
func (b *Bot) moveFor(ctx context.Context, r *chat.Request, l store.Listed) (move, error) {
	c, err := b.store.Contact(ctx, r.TeamID, l.ID)
	if err != nil {
		return move{}, err
	}
	if l.Why == store.Ready {
		ask, err := b.askOf(ctx, r, c, b.here(r))
		if err != nil || ask == "" {
			return move{}, err // more was given than asked, and yet it is not the time
		}
		return move{text: fmt.Sprintf("*Ask one thing*: %s Asked? `%s asked %s` with what it was.", ask, b.slash("coach"), blockkit.Escape(strings.ToLower(c.Name)))}, nil
	}
	g, err := b.lastOrNew(ctx, r, c)
	if err != nil {
		return move{}, err
	}
	pick, ok := g.Now()
	switch {
	case !ok && l.Why == store.Due:
		return move{text: "That step first; nothing to give beside it."}, nil
	case !ok:
		return move{}, nil
	}
	if g.ID == 0 {
		if g.ID, err = b.store.AddSuggestion(ctx, r.TeamID, g); err != nil {
			return move{}, err
		}
	}
	return move{giveLine(g, b.here(r)), fmt.Sprintf("%d %d 0", g.ID, pick.ContentID)}, nil
}
