package librarian

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/store"
)

// stale lists what is overdue for review or about to expire.
func (d *Desk) stale(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	today := d.Here(r)
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	lines := staleLines(all, today, me.Is(store.Editor))
	if len(lines) == 0 {
		return chat.Say("*Stale*\nNothing is overdue for review, and nothing expires within 30 days."), nil
	}
	title := fmt.Sprintf("*Stale* · %s", english.Plural(len(lines), "item"))
	blocks := append([]slack.Block{blockkit.Section(title)}, lines[:min(len(lines), mostStale)]...)
	if more := len(lines) - mostStale; more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("And %d more, stale for less long.", more)))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// mostStale is how many stale items are listed: a message has room for fifty blocks.
const mostStale = 40

// soon is how long before its last day an item is told of.
const soon = 30

func staleLines(all []store.Content, today time.Time, editor bool) []slack.Block {
	type stale struct {
		c     store.Content
		since int // days; below zero: still to come
		say   string
	}
	var found []stale
	for _, c := range all {
		switch {
		case c.Expires != nil && english.DaysBetween(*c.Expires, today) > -soon:
			days := english.DaysBetween(*c.Expires, today)
			word := fmt.Sprintf("expires on %s", c.Expires.Format("2 January 2006"))
			if days > 0 {
				word = fmt.Sprintf("expired on %s: it is not suggested any more", c.Expires.Format("2 January 2006"))
			}
			found = append(found, stale{c, days, word})
		case c.ReviewBy != nil && english.DaysBetween(*c.ReviewBy, today) > 0:
			found = append(found, stale{c, english.DaysBetween(*c.ReviewBy, today), fmt.Sprintf("was to be looked at by %s: it ranks behind", c.ReviewBy.Format("2 January 2006"))})
		}
	}
	slices.SortStableFunc(found, func(a, b stale) int { return cmp.Compare(b.since, a.since) })
	var blocks []slack.Block
	for _, f := range found {
		text := chat.ItemLink(f.c) + "\n" + f.say
		if f.c.Owner != "" {
			text += " · " + blockkit.Escape(f.c.Owner)
		}
		var edit *slack.Accessory
		if editor {
			edit = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_edit:%d", f.c.ID), "Edit", fmt.Sprint(f.c.ID)))
		}
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text, blockkit.MaxSection), false, false), nil, edit))
	}
	return blocks
}
