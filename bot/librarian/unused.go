package librarian

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/store"
)

// unused lists what nobody has given yet.
func (d *Desk) unused(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	rows, err := d.scores(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(rows) == 0 {
		return d.list(ctx, r, "", 0)
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	unused := slices.DeleteFunc(slices.Clone(rows), func(s scored) bool { return s.Shared > 0 })
	title := fmt.Sprintf("*Never given* · %d of %d items, %.0f %%. In most companies it is about half.", len(unused), len(rows), 100*float64(len(unused))/float64(len(rows)))
	slices.SortStableFunc(unused, func(a, b scored) int { return cmp.Compare(b.Shown, a.Shown) })
	blocks := []slack.Block{blockkit.Section(title)}
	for _, s := range unused[:min(len(unused), 20)] {
		why := "never suggested: nobody stood where it fits, or its topics are not in their words"
		if s.Shown > 0 {
			why = fmt.Sprintf("suggested %s, and not given", oftenWord(s.Shown))
		}
		if s.notGood > 0 {
			why += fmt.Sprintf("; called outdated or weak for %s", english.Plural(s.notGood, "contact"))
		}
		var retire *slack.Accessory
		if s.Expires != nil && english.DaysBetween(*s.Expires, d.Here(r)) > 0 {
			why = fmt.Sprintf("expired on %s: it is not suggested any more", s.Expires.Format("2 January 2006"))
		}
		if me.Is(store.Editor) {
			retire = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_retire:%d", s.ID), "Retire", fmt.Sprint(s.ID)))
		}
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(chat.ItemLink(s.Content)+"\n"+why, blockkit.MaxSection), false, false), nil, retire))
	}
	if more := len(unused) - 20; more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("and %d more.", more)))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// oftenWord says how often.
func oftenWord(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
