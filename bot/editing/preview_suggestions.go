package editing

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/suggest"
	"cairn/store"
)

// previewGuide shows what would be suggested for contacts with the live wordlore
// and with the draft's.
func (d *Desk) previewGuide(ctx context.Context, r *chat.Request, p pair, hasDraft bool, chosen []store.Preview) ([]slack.Block, error) {
	items, version, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	shelf := func(g *suggest.Guide) coach.Shelf {
		return coach.Shelf{Library: suggest.NewLibrary(g, coach.Items(items)), Version: version}
	}
	return d.previewGiven(ctx, r, shelf(p.live.Guide), shelf(p.draft.Guide), hasDraft, chosen)
}

// previewGiven shows what would be suggested for contacts from two shelves.
func (d *Desk) previewGiven(ctx context.Context, r *chat.Request, live, draft coach.Shelf, hasDraft bool, chosen []store.Preview) ([]slack.Block, error) {
	if len(chosen) == 0 {
		return []slack.Block{blockkit.Context("There are no contacts yet to try it on.")}, nil
	}
	var blocks []slack.Block
	for _, c := range chosen {
		contact, err := d.Store.Contact(ctx, r.TeamID, c.ID)
		if err != nil {
			return nil, err
		}
		label := blockkit.Escape(d.previewLabel(r.TeamID, c))
		if !c.Mine {
			contact = nameless(contact)
		}
		ask, _, err := d.Asking(ctx, r, contact)
		if err != nil {
			return nil, err
		}
		ask.Seed = uint64(c.ID)
		was, err := d.wouldGive(ask, live)
		if err != nil {
			return nil, err
		}
		is, err := d.wouldGive(ask, draft)
		if err != nil {
			return nil, err
		}
		switch {
		case !hasDraft:
			blocks = append(blocks, blockkit.Section("*"+label+"*\n"+was))
		case was == is:
			blocks = append(blocks, blockkit.Section("*"+label+"*, live and draft alike\n"+is))
		default:
			blocks = append(blocks, blockkit.Section("*"+label+"*"), slack.NewSectionBlock(nil, []*slack.TextBlockObject{
				slack.NewTextBlockObject(slack.MarkdownType, "*Live*\n"+was, false, false), slack.NewTextBlockObject(slack.MarkdownType, "*Draft*\n"+is, false, false)}, nil))
		}
	}
	if slices.ContainsFunc(chosen, func(p store.Preview) bool { return !p.Mine }) {
		blocks = append(blocks, blockkit.Context(othersWords))
	}
	return append(blocks, blockkit.Context("With the same chance on both sides, and without what was learnt from giving.")), nil
}

// wouldGive is what would be suggested and why, as a rep reads it.
func (d *Desk) wouldGive(ask coach.Ask, shelf coach.Shelf) (string, error) {
	item, reason, ok := d.Coach.For(ask.Contact.TeamID).Explain(ask, shelf)
	if !ok {
		return "Nothing is suggested.", nil
	}
	use, ok := d.Live.Prompt(ask.Contact.TeamID, coach.ReasonPrompt, ask.Person, ask.Contact.ID)
	if !ok {
		return "", fmt.Errorf("the wording %s is missing", coach.ReasonPrompt)
	}
	why, err := use.Prompt.RenderText(coach.ReasonVars(reason))
	if err != nil {
		return "", err
	}
	return blockkit.Truncate(fmt.Sprintf("“%s”: %s", blockkit.Escape(item.Title), why), 1900), nil
}
