package librarian

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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
	cut := len(gaps) > store.MostGaps
	briefs, alone := withAlone(grouped(gaps[:min(len(gaps), store.MostGaps)]))
	from = min(max(from, 0), max(len(briefs)-1, 0))
	page := briefs[from:min(from+gapsPage, len(briefs))]
	var everyone []store.Spoken
	for _, g := range gaps {
		everyone = append(everyone, g.Spoken...)
	}
	if err := d.fillWords(ctx, r.TeamID, page, everyone); err != nil {
		return chat.Reply{}, err
	}
	m := d.gapsMessage(page, from, len(briefs), alone)
	if cut {
		m.Blocks = append(m.Blocks, blockkit.Context(fmt.Sprintf("There are more: only the %d widest gaps were looked at.", store.MostGaps)))
	}
	return chat.Reply{Message: m}, nil
}

// brief is what several contacts lack, with the words that may be told of it.
type brief struct {
	store.GapOf
	apart   string // what they are where their trade is one, or the other way about, with counts
	tongues string // their languages but for English, with counts
	words   []string
}

// gapWords is how many words a brief tells.
const gapWords = 8

// fillWords finds the words that may be told of each brief. Of a contact who is alone with
// a gap those are told that may be of everyone who lacks something.
func (d *Desk) fillWords(ctx context.Context, team string, briefs []brief, everyone []store.Spoken) error {
	among := func(g brief) []store.Spoken {
		if g.Contacts == 1 {
			return everyone
		}
		return g.Spoken
	}
	ids := map[int64]bool{}
	for _, g := range briefs {
		if len(usedBy(g.Spoken, sharedWords(among(g), nil))) == 0 {
			continue
		}
		for _, s := range among(g) {
			ids[s.ContactID] = true
		}
	}
	if len(ids) == 0 { // no word would be told: whose names are none of them need not be known
		return nil
	}
	names, err := d.namesAround(ctx, team, slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return err
	}
	for i, g := range briefs {
		words := usedBy(g.Spoken, sharedWords(among(g), names))
		briefs[i].words = words[:min(len(words), gapWords)]
	}
	return nil
}

// usedBy are those of the words that one of the contacts used.
func usedBy(spoken []store.Spoken, words []string) []string {
	return slices.DeleteFunc(words, func(w string) bool {
		return !slices.ContainsFunc(spoken, func(s store.Spoken) bool { return slices.Contains(s.Words, w) })
	})
}

// namesAround are the words of the names around each of the contacts, as they are
// compared: of people, and of companies what no item of the library is about.
func (d *Desk) namesAround(ctx context.Context, team string, contacts []int64) (map[int64]map[string]bool, error) {
	around, err := d.Store.NamesAround(ctx, team, contacts)
	if err != nil {
		return nil, err
	}
	people, err := d.Names(ctx, team)
	if err != nil {
		return nil, err
	}
	items, _, err := d.Store.Library(ctx, team)
	if err != nil {
		return nil, err
	}
	topics := map[string]bool{}
	for _, it := range items {
		for _, t := range it.Topics {
			addWords(topics, t)
		}
	}
	names := make(map[int64]map[string]bool, len(contacts))
	for _, a := range around {
		words := map[string]bool{}
		addWords(words, a.Company)
		maps.DeleteFunc(words, func(w string, _ bool) bool { return topics[w] })
		for _, p := range a.People {
			addWords(words, p)
		}
		for _, p := range people {
			addWords(words, p)
		}
		for _, id := range a.ContactIDs {
			names[id] = words
		}
	}
	return names, nil
}

// addWords adds the words of a name, as they are compared, but for particles.
func addWords(words map[string]bool, name string) {
	for _, w := range strings.FieldsFunc(line.Key(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(w) > 2 {
			words[w] = true
		}
	}
}

// gapsMessage has one page of the briefs, from the first of them that it shows on, and a
// button to the next; behind the last stands who is alone with a gap.
func (d *Desk) gapsMessage(page []brief, from, all int, alone []store.GapOf) *post.Message {
	title := fmt.Sprintf("*Gaps* · %s", english.Plural(all, "brief"))
	if from == 0 && page[0].Contacts == 1 {
		title += ", no two contacts lack the same"
	}
	blocks := []slack.Block{blockkit.Section(title)}
	for _, g := range page {
		blocks = append(blocks, blockkit.Section("*"+blockkit.Escape(Audience(g.Gap))+"*\n"+d.told(g)))
	}
	if more := all - from - len(page); more > 0 {
		blocks = append(blocks, blockkit.Actions("gaps", blockkit.Button("gaps_more", fmt.Sprintf("%d more", more), fmt.Sprint(from+len(page)))))
	} else if line := aloneLine(alone); line != "" {
		blocks = append(blocks, blockkit.Section(line))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("Only words that several contacts of different colleagues used are told, one by one and without names: nobody's note is shown. `%s content add` fills a gap.", d.Slash("coach"))))
	return &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}
}

// told is a gap in one paragraph: for whom, in what moment, about what, and
// what kind of thing the stage calls for.
func (d *Desk) told(g brief) string {
	whom := english.Plural(g.Contacts, "contact")
	if _, who, ok := strings.Cut(Audience(g.Gap), " × "); ok {
		whom += " (" + blockkit.Escape(who) + ")"
	}
	text := fmt.Sprintf("%s %s at %s, and the library has nothing (more) for them.", whom, english.Verb(g.Contacts, "stands", "stand"), blockkit.Escape(g.Stage))
	if g.apart != "" {
		text += " Of these: " + blockkit.Escape(g.apart) + "."
	}
	if len(g.words) > 0 {
		text += " They spoke of " + blockkit.Escape(strings.Join(g.words, ", ")) + "."
	}
	if model, ok := d.Coach.For(d.Team).Models.Get(journey.Default); ok {
		if s, ok := model.Stage(g.Stage); ok && s.Give != "" {
			text += " What this stage calls for: " + blockkit.Escape(strings.TrimRight(s.Give, ".")) + "."
		}
	}
	if g.tongues != "" {
		text += " Language: " + blockkit.Escape(g.tongues) + "."
	}
	return text
}

// sharedWords are the words that several contacts used and that no one person can have
// noted of all of them, so that nobody's notes are shown to others: those that most used
// first, of equals the earlier. What names somebody around the contact who used it, by
// names, is none.
func sharedWords(spoken []store.Spoken, names map[int64]map[string]bool) []string {
	type use struct {
		contacts int
		authors  []string // who may have noted all of them
	}
	uses := map[string]*use{}
	var all []string
	for _, s := range spoken {
		if len(s.Authors) == 0 {
			continue // whose words these are is not known
		}
		for i, w := range s.Words {
			if suggest.NamesNothing(w) || names[s.ContactID][line.Key(w)] || slices.Contains(s.Words[:i], w) {
				continue // kept before such words were left out, or who it is was not known then
			}
			u := uses[w]
			if u == nil {
				all, uses[w] = append(all, w), &use{1, slices.Clone(s.Authors)}
				continue
			}
			u.contacts++
			u.authors = slices.DeleteFunc(u.authors, func(a string) bool { return !slices.Contains(s.Authors, a) })
		}
	}
	all = slices.DeleteFunc(all, func(w string) bool { return uses[w].contacts < 2 || len(uses[w].authors) > 0 })
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(uses[b].contacts, uses[a].contacts) })
	return all
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
