package librarian

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/store"
)

// gapsPage is how many briefs one message holds.
const gapsPage = 15

// MoreGaps shows the briefs that come next.
func (d *Desk) MoreGaps(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := d.needs(ctx, r, store.Editor, store.Manager); no != nil || err != nil {
		return chat.OrNone(no), err
	}
	from, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	return d.gaps(ctx, r, int(from[0]))
}

// gaps tells where contacts stand and nothing fits, each as a brief.
func (d *Desk) gaps(ctx context.Context, r *chat.Request, from int) (chat.Reply, error) {
	gaps, err := d.Store.Gaps(ctx, r.TeamID, d.Now())
	if err != nil {
		return chat.Reply{}, err
	}
	if len(gaps) == 0 {
		return chat.Say("*Gaps*\nNone that is known: something fits everybody who was written about. A gap shows when a suggestion finds nothing, or a rep has waved three away."), nil
	}
	names, err := d.namesAround(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	return chat.Reply{Message: d.gapsMessage(gaps, names, from)}, nil
}

// namesAround are the words of the names that stand around the gaps, as they are compared.
func (d *Desk) namesAround(ctx context.Context, team string) (map[string]bool, error) {
	all, err := d.Store.NamesAround(ctx, team, d.Now())
	if err != nil {
		return nil, err
	}
	words := map[string]bool{}
	for _, name := range all {
		for _, w := range strings.FieldsFunc(line.Key(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
			words[w] = utf8.RuneCountInString(w) > 2
		}
	}
	return words, nil
}

// gapsMessage has one page of the briefs, and a button to the next.
func (d *Desk) gapsMessage(gaps []store.GapOf, names map[string]bool, from int) *post.Message {
	title := fmt.Sprintf("*Gaps* · %s", english.Plural(len(gaps), "brief"))
	blocks := []slack.Block{blockkit.Section(title)}
	from = min(max(from, 0), len(gaps)-1)
	to := min(from+gapsPage, len(gaps))
	for _, g := range gaps[from:to] {
		blocks = append(blocks, blockkit.Section("*"+blockkit.Escape(Audience(g.Gap))+"*\n"+d.brief(g, names)))
	}
	if more := len(gaps) - to; more > 0 {
		blocks = append(blocks, blockkit.Actions("gaps", blockkit.Button("gaps_more", fmt.Sprintf("%d more", more), fmt.Sprint(to))))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("The words are single words that these contacts used, without names. `%s content add` fills a gap.", d.Slash("coach"))))
	return &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}
}

// brief is a gap in one paragraph: for whom, in what moment, about what, and
// what kind of thing the stage calls for.
func (d *Desk) brief(g store.GapOf, names map[string]bool) string {
	whom, stand := english.Plural(g.Contacts, "contact"), "stands"
	if g.Contacts > 1 {
		stand = "stand"
	}
	if _, who, ok := strings.Cut(Audience(g.Gap), " × "); ok {
		whom += " (" + blockkit.Escape(who) + ")"
	}
	text := fmt.Sprintf("%s %s at %s, and the library has nothing (more) for them.", whom, stand, blockkit.Escape(g.Stage))
	if words := commonest(g.Heard, names, 8); len(words) > 0 {
		text += " They spoke of " + blockkit.Escape(strings.Join(words, ", ")) + "."
	}
	if model, ok := d.Coach.For(d.Team).Models.Get(journey.Default); ok {
		if s, ok := model.Stage(g.Stage); ok && s.Give != "" {
			text += " What this stage calls for: " + blockkit.Escape(strings.TrimRight(s.Give, ".")) + "."
		}
	}
	if g.Language != "" && g.Language != "en" {
		text += fmt.Sprintf(" In their language (%s).", blockkit.Escape(g.Language))
	}
	return text
}

// commonest returns the n words that most lists hold and that are no part of a name; of
// equals, the earlier.
func commonest(lists [][]string, names map[string]bool, n int) []string {
	counts := map[string]int{}
	var all []string
	for _, list := range lists {
		for _, w := range list {
			if suggest.NamesNothing(w) || names[line.Key(w)] {
				continue // kept before such words were left out, or who it is was not known then
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

// Audience names the stage of a gap and for whom: "permission × IT, hospitals".
func Audience(g store.Gap) string {
	text := g.Stage
	var whom []string
	for _, s := range []string{g.Role, g.Industry} {
		if s != "" && !slices.ContainsFunc(whom, func(w string) bool { return strings.EqualFold(w, s) }) {
			whom = append(whom, s)
		}
	}
	if len(whom) > 0 {
		text += " × " + strings.Join(whom, ", ")
	}
	return text
}
