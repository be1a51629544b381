package librarian

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/store"
)

// page is how many items one message lists.
const page = 10

// list lists the items that hold all words of the query.
func (d *Desk) list(ctx context.Context, r *chat.Request, query string, offset int) (chat.Reply, error) {
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	found, shelf := search(all, query), coach.Shelf{}
	query = strings.TrimSpace(query)
	if len(found) == 0 && query != "" { // a "German guide" may be a Leitfaden
		if shelf, err = d.Shelf(ctx, r.TeamID); err != nil {
			return chat.Reply{}, err
		}
		if it, ok := shelf.Library.Named(query); ok {
			found = among(all, it)
		} else {
			found = among(all, shelf.Library.Naming(query)...)
		}
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	title := fmt.Sprintf("*The library* · %s", english.Plural(len(found), "item"))
	if query != "" {
		title = fmt.Sprintf("*The library: “%s”* · %s", blockkit.Escape(blockkit.Truncate(query, 60)), english.Plural(len(found), "item"))
	}
	if len(found) == 0 {
		if query == "" {
			return chat.Say(title + fmt.Sprintf("\nNothing yet. An editor adds items one by one with `%s content add`, or all at once with `%s prompts edit library` or `cairn import content library.csv`.", d.Slash("coach"), d.Slash("coach"))), nil
		}
		if found = among(all, shelf.Library.Near(query)...); len(found) == 0 {
			return chat.Say(title + "\n" + d.noneWord(query)), nil
		}
		title = fmt.Sprintf("*The library: “%s”*\nNothing holds these words. Did you mean one of these?", blockkit.Escape(blockkit.Truncate(query, 60)))
		if near, ok := verbNear(query); ok {
			title += fmt.Sprintf(" Or `%s content %s`?", d.Slash("coach"), near)
		}
	}
	blocks := []slack.Block{blockkit.Section(title)}
	for _, c := range found[min(offset, len(found)):min(offset+page, len(found))] {
		text := slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(itemLine(c), blockkit.MaxSection), false, false)
		var edit *slack.Accessory
		if me.Is(store.Editor) {
			edit = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_edit:%d", c.ID), "Edit", fmt.Sprint(c.ID)))
		}
		blocks = append(blocks, slack.NewSectionBlock(text, nil, edit))
	}
	if next := offset + page; next < len(found) {
		blocks = append(blocks, blockkit.Actions("more", blockkit.Button("content_more", "More", fmt.Sprintf("%d %s", next, blockkit.Truncate(query, 200)))))
	}
	if me.Is(store.Editor) {
		blocks = append(blocks, blockkit.Context(d.manyWord()))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// noneWord says that no item holds the words, and what may be meant instead.
func (d *Desk) noneWord(query string) string {
	if near, ok := verbNear(query); ok {
		return fmt.Sprintf("Nothing holds these words. Did you mean `%s content %s`?", d.Slash("coach"), near)
	}
	return fmt.Sprintf("Nothing holds these words. `%s content` lists all; `%s content gaps` tells editors what is missing.", d.Slash("coach"), d.Slash("coach"))
}

// verbNear is the verb that the first word of a query may be a slip of.
func verbNear(query string) (string, bool) {
	first, _, _ := strings.Cut(query, " ")
	return line.Nearest(first, verbs)
}

// manyWord tells editors the way for many changes at once.
func (d *Desk) manyWord() string {
	return fmt.Sprintf("Many changes at once, with a preview and a test before reps see them: `%s prompts edit library`.", d.Slash("coach"))
}

// More turns to the next page.
func (d *Desk) More(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	from, query, _ := strings.Cut(r.Action.Value, " ")
	offset, err := chat.Numbers(from, 1)
	if err != nil || offset[0] < 0 {
		return chat.Reply{}, chat.ErrValue
	}
	return d.list(ctx, r, query, int(offset[0]))
}

// search keeps the items that hold every word of the query somewhere, by title. A
// key costs more than all else here, and a library may have a hundred thousand items:
// each is made once.
func search(all []store.Content, query string) []store.Content {
	type keyed struct {
		title string
		item  store.Content
	}
	words, codes := strings.Fields(line.Key(query)), map[string]bool{}
	for _, c := range all {
		codes[c.Language] = true
	}
	var found []keyed
	for _, c := range all {
		if len(words) > 0 {
			told := line.Key(strings.Join([]string{c.Title, c.Kind, c.Gives, strings.Join(c.Stages, " "), strings.Join(c.Roles, " "),
				strings.Join(c.Industries, " "), strings.Join(c.Topics, " "), c.Language, english.Language(c.Language)}, " "))
			text := told + " " + line.Key(c.URL)
			if slices.ContainsFunc(words, func(w string) bool {
				return !strings.Contains(text, w) || codes[w] && !slices.Contains(strings.FieldsFunc(told, isGap), w) // "de" is German, and no guide
			}) {
				continue
			}
		}
		found = append(found, keyed{line.Key(c.Title), c})
	}
	slices.SortStableFunc(found, func(a, b keyed) int { return strings.Compare(a.title, b.title) })
	items := make([]store.Content, len(found))
	for i, k := range found {
		items[i] = k.item
	}
	return items
}

// among are those of all that the items of the shelf are, in the shelf's order.
func among(all []store.Content, items ...suggest.Item) (found []store.Content) {
	for _, it := range items {
		if i := slices.IndexFunc(all, func(c store.Content) bool { return c.ID == it.ID }); i >= 0 {
			found = append(found, all[i])
		}
	}
	return found
}

// isGap reports whether a rune stands between words.
func isGap(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// itemLine tells an item: what it is, what it gives, and for whom.
func itemLine(c store.Content) string {
	text := chat.ItemLink(c)
	if c.Kind != "" {
		text += " · " + blockkit.Escape(c.Kind)
	}
	if c.Gives != "" {
		text += "\n" + blockkit.Escape(c.Gives)
	}
	var whom []string
	if len(c.Stages) > 0 {
		whom = append(whom, strings.Join(c.Stages, ", "))
	}
	if len(c.Roles)+len(c.Industries) > 0 {
		whom = append(whom, "for "+strings.Join(append(slices.Clone(c.Roles), c.Industries...), ", "))
	}
	if c.Expires != nil {
		whom = append(whom, "until "+c.Expires.Format("2 January 2006"))
	}
	if len(whom) > 0 {
		text += "\n_" + blockkit.Escape(strings.Join(whom, " · ")) + "_"
	}
	return text
}

// oneItem finds the item that somebody names. Where it cannot, reply says so.
func (d *Desk) oneItem(ctx context.Context, r *chat.Request, words, verb string) (store.Content, *chat.Reply, error) {
	if strings.TrimSpace(words) == "" {
		reply := chat.Say(fmt.Sprintf("Which one? Add a few words of its title: `%s content %s audit checklist`.", d.Slash("coach"), verb))
		return store.Content{}, &reply, nil
	}
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return store.Content{}, nil, err
	}
	shelf, err := d.Shelf(ctx, r.TeamID)
	if err != nil {
		return store.Content{}, nil, err
	}
	if item, ok := shelf.Library.Named(words); ok {
		if known := among(all, item); len(known) > 0 {
			return known[0], nil, nil
		}
	}
	found := search(all, words)
	if len(found) == 1 {
		return found[0], nil, nil
	}
	titles := titlesOf(found)
	text := fmt.Sprintf("The library has nothing that I surely know as “%s”. `%s content` lists all.", blockkit.Escape(blockkit.Truncate(words, 80)), d.Slash("coach"))
	if len(titles) > 0 {
		text = fmt.Sprintf("“%s” fits several: %s. Add a word of the title.", blockkit.Escape(blockkit.Truncate(words, 80)), strings.Join(titles, ", "))
	} else if near := titlesOf(among(all, shelf.Library.Near(words)...)); len(near) > 0 {
		text = fmt.Sprintf("The library has no “%s”. Did you mean %s? Then type `%s content %s` with its words.", blockkit.Escape(blockkit.Truncate(words, 80)), strings.Join(near, " or "), d.Slash("coach"), verb)
	}
	reply := chat.Say(text)
	return store.Content{}, &reply, nil
}

// titlesOf are the titles of the first three items, in quotes.
func titlesOf(items []store.Content) (titles []string) {
	for _, c := range items[:min(3, len(items))] {
		titles = append(titles, "“"+blockkit.Escape(c.Title)+"”")
	}
	return titles
}
