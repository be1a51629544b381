package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/editing"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// contentPage is how many items one message lists.
const contentPage = 10

// content is the library: everybody may look into it, editors keep it.
func (b *Bot) content(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	text := line.Unescape(r.Text)
	verb, rest := line.Command(text)
	needs := func(roles ...store.Role) (*chat.Reply, error) { return b.needs(ctx, r, roles...) }
	switch verb {
	case "add", "edit", "retire", "log":
		if no, err := needs(store.Editor); no != nil || err != nil {
			return chat.OrNone(no), err
		}
	case "score", "stale", "unused", "gaps":
		if no, err := needs(store.Editor, store.Manager); no != nil || err != nil {
			return chat.OrNone(no), err
		}
	}
	switch verb {
	case "add":
		return chat.Reply{Modal: b.contentForm(r, store.Content{Title: rest, PassOn: true, Education: "results"}, "")}, nil
	case "edit":
		return b.contentEdit(ctx, r, rest)
	case "retire":
		return b.contentRetire(ctx, r, rest)
	case "log":
		return b.contentLog(ctx, r, rest)
	case "score":
		return b.contentScore(ctx, r, 0)
	case "stale":
		return b.contentStale(ctx, r)
	case "unused":
		return b.contentUnused(ctx, r)
	case "gaps":
		return b.contentGaps(ctx, r, 0)
	}
	return b.contentList(ctx, r, text, 0)
}

// needs answers whoever has none of the roles; nil: they have one.
func (b *Bot) needs(ctx context.Context, r *chat.Request, roles ...store.Role) (*chat.Reply, error) {
	p, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if err == nil && slices.ContainsFunc(roles, p.Is) {
		return nil, nil
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = string(role) + "s"
	}
	people, err := b.store.People(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("This is for %s and admins.", strings.Join(names, ", "))
	if who := chat.WhoHas(people, roles...); who != "" {
		text += fmt.Sprintf(" Tell %s what you need.", who)
	}
	reply := chat.Say(fmt.Sprintf("%s An admin gives the role: `%s role @you %s`.", text, b.slash("coach"), roles[0]))
	return &reply, nil
}

// contentList lists the items that hold all words of the query.
func (b *Bot) contentList(ctx context.Context, r *chat.Request, query string, offset int) (chat.Reply, error) {
	all, _, err := b.store.Library(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	found := search(all, query)
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	title := fmt.Sprintf("*The library* · %s", english.Plural(len(found), "item"))
	if query = strings.TrimSpace(query); query != "" {
		title = fmt.Sprintf("*The library: “%s”* · %s", blockkit.Escape(blockkit.Truncate(query, 60)), english.Plural(len(found), "item"))
	}
	if len(found) == 0 {
		if query == "" {
			return chat.Say(title + fmt.Sprintf("\nNothing yet. An editor adds items one by one with `%s content add`, or all at once with `%s prompts edit library` or `cairn import content library.csv`.", b.slash("coach"), b.slash("coach"))), nil
		}
		return chat.Say(title + fmt.Sprintf("\nNothing holds these words. `%s content` lists all; `%s content gaps` tells editors what is missing.", b.slash("coach"), b.slash("coach"))), nil
	}
	blocks := []slack.Block{blockkit.Section(title)}
	for _, c := range found[min(offset, len(found)):min(offset+contentPage, len(found))] {
		text := slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(itemLine(c), blockkit.MaxSection), false, false)
		var edit *slack.Accessory
		if me.Is(store.Editor) {
			edit = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_edit:%d", c.ID), "Edit", fmt.Sprint(c.ID)))
		}
		blocks = append(blocks, slack.NewSectionBlock(text, nil, edit))
	}
	if next := offset + contentPage; next < len(found) {
		blocks = append(blocks, blockkit.Actions("more", blockkit.Button("content_more", "More", fmt.Sprintf("%d %s", next, blockkit.Truncate(query, 200)))))
	}
	if me.Is(store.Editor) {
		blocks = append(blocks, blockkit.Context(b.manyWord()))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// manyWord tells editors the way for many changes at once.
func (b *Bot) manyWord() string {
	return fmt.Sprintf("Many changes at once, with a preview and a test before reps see them: `%s prompts edit library`.", b.slash("coach"))
}

// pressContentMore turns to the next page.
func (b *Bot) pressContentMore(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	from, query, _ := strings.Cut(r.Action.Value, " ")
	offset, err := numbers(from, 1)
	if err != nil || offset[0] < 0 {
		return chat.Reply{}, errValue
	}
	return b.contentList(ctx, r, query, int(offset[0]))
}

// search keeps the items that hold every word of the query somewhere.
func search(all []store.Content, query string) []store.Content {
	words := strings.Fields(line.Key(query))
	var found []store.Content
	for _, c := range all {
		text := line.Key(strings.Join([]string{c.Title, c.Kind, c.Gives, strings.Join(c.Stages, " "), strings.Join(c.Roles, " "),
			strings.Join(c.Industries, " "), strings.Join(c.Topics, " "), c.Language, c.URL}, " "))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b store.Content) int { return strings.Compare(line.Key(a.Title), line.Key(b.Title)) })
	return found
}

// itemLine tells an item: what it is, what it gives, and for whom.
func itemLine(c store.Content) string {
	text := editing.ItemLink(c)
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
func (b *Bot) oneItem(ctx context.Context, r *chat.Request, words, verb string) (store.Content, *chat.Reply, error) {
	if strings.TrimSpace(words) == "" {
		reply := chat.Say(fmt.Sprintf("Which one? Add a few words of its title: `%s content %s audit checklist`.", b.slash("coach"), verb))
		return store.Content{}, &reply, nil
	}
	all, _, err := b.store.Library(ctx, r.TeamID)
	if err != nil {
		return store.Content{}, nil, err
	}
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return store.Content{}, nil, err
	}
	if item, ok := shelf.Library.Named(words); ok {
		if i := slices.IndexFunc(all, func(c store.Content) bool { return c.ID == item.ID }); i >= 0 {
			return all[i], nil, nil
		}
	}
	found := search(all, words)
	if len(found) == 1 {
		return found[0], nil, nil
	}
	var titles []string
	for _, c := range found[:min(3, len(found))] {
		titles = append(titles, "“"+blockkit.Escape(c.Title)+"”")
	}
	text := fmt.Sprintf("The library has nothing that I surely know as “%s”. `%s content` lists all.", blockkit.Escape(blockkit.Truncate(words, 80)), b.slash("coach"))
	if len(titles) > 0 {
		text = fmt.Sprintf("“%s” fits several: %s. Add a word of the title.", blockkit.Escape(blockkit.Truncate(words, 80)), strings.Join(titles, ", "))
	}
	reply := chat.Say(text)
	return store.Content{}, &reply, nil
}
