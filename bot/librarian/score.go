package librarian

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/store"
)

// scored is an item with what became of it, over all stages.
type scored struct {
	store.Content
	suggest.Count
	passedOn int
	notGood  int
}

// scores adds up what became of every item that is in use.
func (d *Desk) scores(ctx context.Context, r *chat.Request) ([]scored, error) {
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	tallied, err := d.Store.Tally(ctx, r.TeamID, d.Now())
	if err != nil {
		return nil, err
	}
	notGood, err := d.Store.NotGood(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(all))
	rows := make([]scored, len(all))
	for i, c := range all {
		at[c.ID], rows[i] = i, scored{Content: c, notGood: notGood[c.ID]}
	}
	for _, t := range tallied {
		i, ok := at[t.ContentID]
		if !ok {
			continue // retired
		}
		s := &rows[i]
		s.Shown, s.Shared, s.Answered = s.Shown+t.Shown, s.Shared+t.Shared, s.Answered+t.Answered
		s.Moved, s.Helped, s.passedOn = s.Moved+t.Moved, s.Helped+t.Helped, s.passedOn+t.PassedOn
	}
	return rows, nil
}

// score tells what followed the giving of each item, the most given
// first.
func (d *Desk) score(ctx context.Context, r *chat.Request, offset int) (chat.Reply, error) {
	rows, err := d.scores(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	rows = slices.DeleteFunc(rows, func(s scored) bool { return s.Shown+s.Shared == 0 })
	if len(rows) == 0 {
		return chat.Say(fmt.Sprintf("*Scorecard*\nNothing was suggested or given yet. It fills by itself as people log their talks: `%s Dana Ruiz, Acme: what happened`.", d.Slash("log"))), nil
	}
	slices.SortStableFunc(rows, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.Shared, a.Shared), cmp.Compare(b.Shown, a.Shown), strings.Compare(a.Title, b.Title))
	})
	title := "*Scorecard* · what followed within 14 days of giving"
	blocks := []slack.Block{blockkit.Section(title)}
	for _, s := range rows[min(offset, len(rows)):min(offset+page, len(rows))] {
		blocks = append(blocks, blockkit.Section(chat.ItemLink(s.Content)+"\n"+scoreLine(s)))
	}
	blocks = append(blocks, blockkit.Context("In brackets: where the true share lies, 19 times in 20. What followed was not necessarily brought about by the item. What nobody logged is not counted."))
	if next := offset + page; next < len(rows) {
		blocks = append(blocks, blockkit.Actions("more", blockkit.Button("score_more", "More", fmt.Sprint(next))))
	}
	if offset == 0 {
		wordings, err := d.Wordings(ctx, r)
		if err != nil { // the items' figures are there all the same
			d.Log.Warn("the figures of two live versions are not shown", "team", r.TeamID, "error", err)
			wordings = []slack.Block{blockkit.Context(fmt.Sprintf("What came of two live versions of a wording could not be read in time. `%s prompts split name` shows one of them.", d.Slash("coach")))}
		}
		blocks = append(blocks, wordings...)
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

func (d *Desk) MoreScores(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := d.needs(ctx, r, store.Editor, store.Manager); no != nil || err != nil {
		return chat.OrNone(no), err
	}
	offset, err := chat.Numbers(r.Action.Value, 1)
	if err != nil || offset[0] < 0 {
		return chat.Reply{}, chat.ErrValue
	}
	return d.score(ctx, r, int(offset[0]))
}

func scoreLine(s scored) string {
	parts := []string{fmt.Sprintf("suggested %d", s.Shown), fmt.Sprintf("given %d", s.Shared)}
	if s.Shared > 0 {
		parts = append(parts, "answered "+workshop.WithInterval(s.Answered, s.Shared), "moved on "+workshop.WithInterval(s.Moved, s.Shared), "passed on "+workshop.WithInterval(s.passedOn, s.Shared))
	}
	if s.notGood > 0 {
		parts = append(parts, fmt.Sprintf("called outdated or weak for %s", english.Plural(s.notGood, "contact")))
	}
	return strings.Join(parts, " · ")
}
