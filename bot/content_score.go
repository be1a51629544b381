package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/editing"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/post"
	"cairn/bot/suggest"
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
func (b *Bot) scores(ctx context.Context, r *chat.Request) ([]scored, error) {
	all, _, err := b.store.Library(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	tallied, err := b.store.Tally(ctx, r.TeamID, b.cfg.Now())
	if err != nil {
		return nil, err
	}
	notGood, err := b.store.NotGood(ctx, r.TeamID)
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

// contentScore tells what followed the giving of each item, the most given
// first.
func (b *Bot) contentScore(ctx context.Context, r *chat.Request, offset int) (chat.Reply, error) {
	rows, err := b.scores(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	rows = slices.DeleteFunc(rows, func(s scored) bool { return s.Shown+s.Shared == 0 })
	if len(rows) == 0 {
		return chat.Say(fmt.Sprintf("*Scorecard*\nNothing was suggested or given yet. It fills by itself as people log their talks: `%s Dana Ruiz, Acme: what happened`.", b.slash("log"))), nil
	}
	slices.SortStableFunc(rows, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.Shared, a.Shared), cmp.Compare(b.Shown, a.Shown), strings.Compare(a.Title, b.Title))
	})
	title := "*Scorecard* · what followed within 14 days of giving"
	blocks := []slack.Block{blockkit.Section(title)}
	for _, s := range rows[min(offset, len(rows)):min(offset+contentPage, len(rows))] {
		blocks = append(blocks, blockkit.Section(editing.ItemLink(s.Content)+"\n"+scoreLine(s)))
	}
	blocks = append(blocks, blockkit.Context("In brackets: where the true share lies, 19 times in 20. What followed was not necessarily brought about by the item. What nobody logged is not counted."))
	if next := offset + contentPage; next < len(rows) {
		blocks = append(blocks, blockkit.Actions("more", blockkit.Button("score_more", "More", fmt.Sprint(next))))
	}
	if offset == 0 {
		wordings, err := b.desk.SplitScores(ctx, r)
		if err != nil { // the items' figures are there all the same
			b.cfg.Log.Warn("the figures of two live versions are not shown", "team", r.TeamID, "error", err)
			wordings = []slack.Block{blockkit.Context(fmt.Sprintf("What came of two live versions of a wording could not be read in time. `%s prompts split name` shows one of them.", b.slash("coach")))}
		}
		blocks = append(blocks, wordings...)
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

func (b *Bot) pressScoreMore(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := b.needs(ctx, r, store.Editor, store.Manager); no != nil || err != nil {
		return chat.OrNone(no), err
	}
	offset, err := numbers(r.Action.Value, 1)
	if err != nil || offset[0] < 0 {
		return chat.Reply{}, errValue
	}
	return b.contentScore(ctx, r, int(offset[0]))
}

func scoreLine(s scored) string {
	parts := []string{fmt.Sprintf("suggested %d", s.Shown), fmt.Sprintf("given %d", s.Shared)}
	if s.Shared > 0 {
		parts = append(parts, "answered "+editing.WithInterval(s.Answered, s.Shared), "moved on "+editing.WithInterval(s.Moved, s.Shared), "passed on "+editing.WithInterval(s.passedOn, s.Shared))
	}
	if s.notGood > 0 {
		parts = append(parts, fmt.Sprintf("called outdated or weak for %s", english.Plural(s.notGood, "contact")))
	}
	return strings.Join(parts, " · ")
}

// contentStale lists what is overdue for review or about to expire.
func (b *Bot) contentStale(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	all, _, err := b.store.Library(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	today := b.here(r)
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	lines := staleLines(all, today, me.Is(store.Editor))
	if len(lines) == 0 {
		return chat.Say("*Stale*\nNothing is overdue for review, and nothing expires within 30 days."), nil
	}
	title := fmt.Sprintf("*Stale* · %s", english.Plural(len(lines), "item"))
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: append([]slack.Block{blockkit.Section(title)}, lines[:min(len(lines), 40)]...)}}, nil
}

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
		text := editing.ItemLink(f.c) + "\n" + f.say
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

// contentUnused lists what nobody has given yet.
func (b *Bot) contentUnused(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	rows, err := b.scores(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(rows) == 0 {
		return b.contentList(ctx, r, "", 0)
	}
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
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
		if s.Expires != nil && english.DaysBetween(*s.Expires, b.here(r)) > 0 {
			why = fmt.Sprintf("expired on %s: it is not suggested any more", s.Expires.Format("2 January 2006"))
		}
		if me.Is(store.Editor) {
			retire = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_retire:%d", s.ID), "Retire", fmt.Sprint(s.ID)))
		}
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(editing.ItemLink(s.Content)+"\n"+why, blockkit.MaxSection), false, false), nil, retire))
	}
	if more := len(unused) - 20; more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("and %d more.", more)))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// gapsPage is how many briefs one message holds.
const gapsPage = 15

// pressGapsMore shows the briefs that come next.
func (b *Bot) pressGapsMore(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := b.needs(ctx, r, store.Editor, store.Manager); no != nil || err != nil {
		return chat.OrNone(no), err
	}
	from, err := numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.contentGaps(ctx, r, int(from[0]))
}

// contentGaps tells where contacts stand and nothing fits, each as a brief.
func (b *Bot) contentGaps(ctx context.Context, r *chat.Request, from int) (chat.Reply, error) {
	gaps, err := b.store.Gaps(ctx, r.TeamID, b.cfg.Now())
	if err != nil {
		return chat.Reply{}, err
	}
	if len(gaps) == 0 {
		return chat.Say("*Gaps*\nNone that is known: something fits everybody who was written about. A gap shows when a suggestion finds nothing, or a rep has waved three away."), nil
	}
	return chat.Reply{Message: b.gapsMessage(gaps, from)}, nil
}

// gapsMessage has one page of the briefs, and a button to the next.
func (b *Bot) gapsMessage(gaps []store.GapOf, from int) *post.Message {
	title := fmt.Sprintf("*Gaps* · %s", english.Plural(len(gaps), "brief"))
	blocks := []slack.Block{blockkit.Section(title)}
	from = min(max(from, 0), len(gaps)-1)
	to := min(from+gapsPage, len(gaps))
	for _, g := range gaps[from:to] {
		blocks = append(blocks, blockkit.Section("*"+blockkit.Escape(audience(g.Gap))+"*\n"+b.brief(g)))
	}
	if more := len(gaps) - to; more > 0 {
		blocks = append(blocks, blockkit.Actions("gaps", blockkit.Button("gaps_more", fmt.Sprintf("%d more", more), fmt.Sprint(to))))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("The words are single words that these contacts used, without names. `%s content add` fills a gap.", b.slash("coach"))))
	return &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}
}

// brief is a gap in one paragraph: for whom, in what moment, about what, and
// what kind of thing the stage calls for.
func (b *Bot) brief(g store.GapOf) string {
	whom := "Somebody"
	stand := "stands"
	if g.Contacts > 1 {
		whom, stand = fmt.Sprintf("%d people", g.Contacts), "stand"
	}
	if _, who, ok := strings.Cut(audience(g.Gap), " × "); ok {
		whom += " (" + blockkit.Escape(who) + ")"
	}
	text := fmt.Sprintf("%s %s at %s, and the library has nothing (more) for them.", whom, stand, blockkit.Escape(g.Stage))
	if words := commonest(g.Heard, 8); len(words) > 0 {
		text += " They spoke of " + blockkit.Escape(strings.Join(words, ", ")) + "."
	}
	if model, ok := b.coach.For(b.team).Models.Get(journey.Default); ok {
		if s, ok := model.Stage(g.Stage); ok && s.Give != "" {
			text += " What this stage calls for: " + blockkit.Escape(strings.TrimRight(s.Give, ".")) + "."
		}
	}
	if g.Language != "" && g.Language != "en" {
		text += fmt.Sprintf(" In their language (%s).", blockkit.Escape(g.Language))
	}
	return text
}

// commonest returns the n words that most lists hold; of equals, the earlier.
func commonest(lists [][]string, n int) []string {
	counts := map[string]int{}
	var all []string
	for _, list := range lists {
		for _, w := range list {
			if suggest.NamesNothing(w) {
				continue // kept before such words were left out
			}
			if counts[w] == 0 {
				all = append(all, w)
			}
			counts[w]++
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	return all[:min(n, len(all))]
}

// oftenWord says how often.
func oftenWord(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
