package librarian

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/remind"
	"cairn/store"
)

// Reviews tells the owner of each item whose review is overdue, once for each
// review date and in the owner's own morning. An owner whom nobody here is
// called by leaves it to the editors.
func (d *Desk) Reviews(ctx context.Context, now time.Time) error {
	overdue, err := d.Store.OverdueContent(ctx, d.Team, remind.Date(now.UTC()))
	if err != nil || len(overdue) == 0 {
		return err
	}
	people, err := d.Store.People(ctx, d.Team)
	if err != nil {
		return err
	}
	of := map[string][]store.Content{} // by the people who are told, apart by spaces
	for _, c := range overdue {
		if who := strings.Join(keepers(c, people, now), " "); who != "" {
			of[who] = append(of[who], c)
		}
	}
	for who, items := range of {
		if err := d.tellReview(ctx, strings.Fields(who), items); err != nil {
			return err
		}
	}
	return nil
}

// keepers are who is told of an item: its owner, or else every editor; nobody
// before it is morning for the first of them.
func keepers(c store.Content, people []store.Person, now time.Time) []string {
	var told []string
	ready := false
	add := func(p store.Person) {
		told = append(told, p.ID)
		_, ok := remind.Today(now, remind.Person{Zone: p.Location()})
		ready = ready || ok
	}
	for _, p := range people {
		if owner := strings.Trim(c.Owner, "<@>"); owner != "" && (owner == p.ID || line.Key(owner) == line.Key(p.Name)) {
			add(p)
		}
	}
	if len(told) == 0 {
		for _, p := range people {
			if slices.Contains(p.Roles, store.Editor) {
				add(p)
			}
		}
	}
	if !ready {
		return nil
	}
	return told
}

func (d *Desk) tellReview(ctx context.Context, who []string, items []store.Content) error {
	head := fmt.Sprintf("*%s to be looked at again* · overdue items rank behind until their date is moved", english.Plural(len(items), "item"))
	blocks := []slack.Block{blockkit.Section(head)}
	ids := make([]int64, len(items))
	var key []string
	for i, c := range items {
		ids[i] = c.ID
		key = append(key, fmt.Sprintf("%d-%s", c.ID, c.ReviewBy.Format(time.DateOnly)))
		if i < 20 {
			blocks = append(blocks, blockkit.Section(fmt.Sprintf("%s\nby %s", chat.ItemLink(c), c.ReviewBy.Format("2 January 2006"))))
		}
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("`%s content stale` lists them with a button to edit each. I say this once.", d.Slash("coach"))))
	var postings []store.Posting
	for _, id := range who {
		p, err := post.ToPerson(d.Team, id, fmt.Sprintf("review:%s:%s:%d", id, key[0], len(items)), post.Message{Text: blockkit.Fallback(head), Blocks: blocks})
		if err != nil {
			return err
		}
		postings = append(postings, p)
	}
	fresh, err := d.Store.TellReview(ctx, d.Team, ids, postings)
	if err == nil && fresh {
		d.Kick()
	}
	return err
}
