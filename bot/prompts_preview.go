package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// maxPreview is on how many contacts a draft is shown at once.
const maxPreview = 5

// firstPreview is on how many it is shown at first.
const firstPreview = 3

// previewOpen is what the form for choosing contacts remembers.
type previewOpen struct {
	chat.Opened
	File string `json:"file"`
}

// promptPreview shows live and draft side by side on the latest contacts;
// "choose" asks on which instead, "dana; kim" names them.
func (b *Bot) promptPreview(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	if kind, _ := workshop.KindOf(file); kind == workshop.Cues {
		return chat.Say(fmt.Sprintf("What one word does shows only in the figures of all notes: `%s prompts test %s` reads them with live and draft.", b.slash("coach"), workshop.Name(file))), nil
	}
	contacts, err := b.store.PreviewContacts(ctx, r.TeamID, r.PersonID, 100)
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case r.Text == "choose":
		return b.chooseContacts(r, file, contacts), nil
	case r.Text != "" && !forDigest(workshop.Name(file)):
		return b.previewNamed(ctx, r, file)
	}
	// the editor's own come first; who has none sees colleagues', masked
	return b.previewOn(ctx, r, file, contacts[:min(len(contacts), firstPreview)])
}

// previewNamed shows it on contacts that were named. Only their own have a name for
// an editor here: a name would tell who “Somebody” is.
func (b *Bot) previewNamed(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	var chosen []store.Preview
	for _, name := range strings.Split(r.Text, ";") { // a comma stands before a company
		if strings.TrimSpace(name) == "" {
			continue
		}
		c, reply, err := b.find(ctx, r, name)
		switch {
		case err != nil || reply != nil:
			return chat.OrNone(reply), err
		case !slices.Contains(c.Owners, r.PersonID):
			return chat.Say(fmt.Sprintf("%s is a colleague's contact, and a preview shows those without their names: `%s prompts preview %s choose` lists them.", blockkit.Escape(c.Full()), b.slash("coach"), workshop.Name(file))), nil
		case len(chosen) == maxPreview:
			return chat.Say(fmt.Sprintf("At most %d contacts at once, please.", maxPreview)), nil
		}
		chosen = append(chosen, store.Preview{ID: c.ID, Name: c.Name, Company: c.Company.Name, Mine: true})
	}
	return b.previewOn(ctx, r, file, chosen)
}

func (b *Bot) chooseContacts(r *chat.Request, file string, contacts []store.Preview) chat.Reply {
	if len(contacts) == 0 {
		return chat.Say("There are no contacts yet. The preview shows the examples until there are.")
	}
	var options []*slack.OptionBlockObject
	for _, p := range contacts {
		options = append(options, slack.NewOptionBlockObject(fmt.Sprint(p.ID), blockkit.PlainText(blockkit.Truncate(b.previewLabel(r.TeamID, p), 75)), nil))
	}
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, blockkit.PlainText("up to five"), "contacts", options...)
	most := maxPreview
	menu.MaxSelectedItems = &most
	hint := blockkit.PlainText("“Somebody” is a colleague's contact: no name, and none of their words.")
	return chat.Reply{Modal: blockkit.Modal("prompt_preview", "Preview on contacts", "Show", chat.Remember(previewOpen{r.Opened(), file}), slack.NewInputBlock("contacts", blockkit.PlainText("On whom?"), hint, menu))}
}

func (b *Bot) submitPromptPreview(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, err := chat.Recall[previewOpen](r)
	if err != nil {
		return chat.Reply{}, err
	}
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	ids := r.View.Multiple["contacts"]
	if !me.Is(store.Editor) {
		return chat.Reply{Errors: map[string]string{"contacts": "Only editors see previews, and you are none any more. An admin can make you one."}}, nil
	}
	if len(ids) == 0 || len(ids) > maxPreview {
		return chat.Reply{Errors: map[string]string{"contacts": "Choose one to five contacts."}}, nil
	}
	known, err := b.store.PreviewContacts(ctx, r.TeamID, r.PersonID, 100)
	if err != nil {
		return chat.Reply{}, err
	}
	var chosen []store.Preview
	for _, p := range known {
		if slices.Contains(ids, strconv.FormatInt(p.ID, 10)) {
			chosen = append(chosen, p)
		}
	}
	return b.orTooLong(b.previewOn(ctx, r, open.File, chosen))
}

// pair is what is live and the draft of one file.
type pair struct {
	labels      store.PromptLabels
	live, draft workshop.Piece
	shelf       *shelved // of a library: what the draft does to it
}

// pair reads both; ok is false where there is no draft, and then live stands
// for both.
func (b *Bot) pair(ctx context.Context, team, file string) (p pair, ok bool, err error) {
	labels, err := b.store.PromptLabels(ctx, team, file)
	if err != nil {
		return p, false, err
	}
	p, err = b.pairOf(ctx, team, labels)
	return p, labels.Draft > 0, err
}

// pairOf reads the versions that labels name.
func (b *Bot) pairOf(ctx context.Context, team string, labels store.PromptLabels) (p pair, err error) {
	p.labels = labels
	if kind, _ := workshop.KindOf(labels.File); kind.FromRows() {
		return b.shelfPair(ctx, team, labels)
	}
	if p.live, err = b.piece(ctx, team, labels.File, labels.Live); err != nil {
		return p, err
	}
	if p.draft = p.live; labels.Draft == 0 {
		return p, nil
	}
	p.draft, err = b.piece(ctx, team, labels.File, labels.Draft)
	return p, err
}

func (b *Bot) previewOn(ctx context.Context, r *chat.Request, file string, chosen []store.Preview) (chat.Reply, error) {
	p, hasDraft, err := b.pair(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Preview of %s*: %s beside the draft, version %d. Nobody else sees this.", b.title(file), b.versionWord(file, p.labels.Live), p.labels.Draft)
	if !hasDraft {
		head = fmt.Sprintf("*%s as it is live*, %s. There is no draft yet.", b.title(file), b.versionWord(file, p.labels.Live))
	}
	blocks := []slack.Block{blockkit.Section(head)}
	if p.shelf != nil {
		more, err := b.previewShelf(ctx, r, p, hasDraft, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = more
	} else if p.live.Guide != nil {
		more, err := b.previewGuide(ctx, r, p, hasDraft, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	} else if p.live.Journey != nil {
		more, err := b.previewPlaces(ctx, r, p, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	} else {
		more, err := b.previewTexts(ctx, r, p, hasDraft, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	}
	others := []*slack.ButtonBlockElement{blockkit.Button("prompt:edit", "Edit", "edit "+name)}
	if !forDigest(name) {
		others = slices.Insert(others, 0, blockkit.Button("prompt:choose", "Choose contacts", "preview "+name+" choose"))
	}
	if hasDraft {
		others = append(others, blockkit.Button("prompt:test", "Test", "test "+name), blockkit.Button("prompt:publish", "Publish", "publish "+name))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, blockkit.Actions("prompt", others...))}}, nil
}

// toldNot stands above what a prompt for a model comes to.
const toldNot = "This is for a model. Below is what it would be told, where names are masked first; not what it would answer."

// othersWords says what is missing of colleagues' contacts.
const othersWords = "What a colleague's contact said is not used here, so the colleague may be shown another item, with quotes."

// previewTexts shows what people would read, or what a model would be told.
func (b *Bot) previewTexts(ctx context.Context, r *chat.Request, p pair, hasDraft bool, chosen []store.Preview) ([]slack.Block, error) {
	def, ok := b.live.Kinds().Default(p.live.Prompt.Name)
	if !ok {
		return nil, store.ErrNotFound
	}
	def = workshop.Told(def, p.draft.Prompt)
	if forDigest(def.Name) {
		return b.previewDigest(def, p, hasDraft), nil
	}
	people, err := b.tryouts(ctx, r, chosen)
	if err != nil {
		return nil, err
	}
	cases, picks, silent, err := b.tried(ctx, r, def.Name, people)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	if len(cases) == 0 {
		cases = inExamples(def)
		for i := range cases {
			cases[i].Name = blockkit.Escape(english.Upper(cases[i].Name))
		}
	}
	if p.live.Prompt.NeedsModel() {
		cases = cases[:1]
		blocks = append(blocks, blockkit.Context(toldNot))
	}
	was, is := workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases)
	for i := range cases {
		if i < len(picks) && !def.NeedsModel() {
			was[i].Text, is[i].Text = linked(was[i].Text, picks[i]), linked(is[i].Text, picks[i])
		}
		blocks = append(blocks, blockkit.Section("*"+cases[i].Name+"*"), sides(was[i], is[i], hasDraft, p.live.Prompt))
	}
	for _, s := range silent {
		blocks = append(blocks, blockkit.Context(s+"."))
	}
	if len(picks) > 0 && slices.ContainsFunc(people, tryout.masked) {
		blocks = append(blocks, blockkit.Context(othersWords))
	}
	if len(picks) == 0 {
		blocks = append(blocks, blockkit.Context("There is nobody here to show it on, so these are the prompt's own examples."))
	}
	return blocks, nil
}

// previewDigest shows what words a digest, which is about no contact: what a channel
// would read of each thing that the rules may choose, or of each line.
func (b *Bot) previewDigest(def *prompts.Prompt, p pair, hasDraft bool) []slack.Block {
	cases := inExamples(def)
	if def.Name == linesPrompt {
		cases = slices.Insert(cases, 1, tooFew(def))
	}
	var blocks []slack.Block
	if def.NeedsModel() {
		blocks = append(blocks, blockkit.Context(toldNot))
	}
	was, is := workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases)
	for i := range cases {
		blocks = append(blocks, blockkit.Section("*"+blockkit.Escape(english.Upper(cases[i].Name))+"*"), sides(was[i], is[i], hasDraft, p.live.Prompt))
	}
	return append(blocks, blockkit.Context(fmt.Sprintf("A digest is about nobody in particular, so these are the examples. `%s digest now` in a channel shows a manager its own.", b.slash("coach"))))
}

// tooFew is the line of who moved where too few of a team stand behind it: what a
// digest says then has no example, since usually it says who.
func tooFew(def *prompts.Prompt) workshop.Case {
	part := movedParts(digest.Figures{Moves: map[string]digest.Sum{"up": {Hidden: true}}}, nil)[0]
	vars := blank(def)
	maps.Copy(vars, part.vars)
	vars[part.flag] = true
	return workshop.Case{Name: workshop.WithFlag + flagWords(def, part.flag) + "; too few of you behind it", Flag: part.flag, Vars: vars}
}

func flagWords(def *prompts.Prompt, flag string) string {
	in, _ := def.Input(flag)
	return workshop.Words(in)
}

// mostTold is how much is shown of what a model is told, and mostUser how much
// of that its User part may take.
const (
	mostTold = 1800
	mostUser = 1100
)

// bothParts cuts what a model is told so that its User part, which comes last
// and is what differs from contact to contact, stays to be read.
func bothParts(told string) string {
	at := strings.LastIndex(told, workshop.UserPart)
	if at < 0 || len([]rune(told)) <= mostTold {
		return blockkit.Truncate(told, mostTold)
	}
	system, user := told[:at], blockkit.Truncate(told[at:], mostUser)
	room := mostTold - len([]rune(user)) - 60
	left := len([]rune(system)) - room
	if left <= 0 {
		return system + user
	}
	return blockkit.Truncate(system, room) + fmt.Sprintf("\n(%d more characters of the System part)", left) + user
}

// sides shows one case, live at the left and the draft at the right; of what a
// model is told, which is long, what differs.
func sides(was, is workshop.Result, hasDraft bool, p *prompts.Prompt) slack.Block {
	if hasDraft && p.NeedsModel() && was.Text != is.Text {
		text := difference("told with live", was.Text, "told with the draft", is.Text)
		if len(is.Faults) > 0 {
			text += "\n:warning: " + blockkit.Escape(strings.Join(is.Faults, "; "))
		}
		return blockkit.Section(text)
	}
	show := func(r workshop.Result) string {
		text := blockkit.Escape(r.Text)
		if p.NeedsModel() {
			text = "```" + blockkit.Fenced(bothParts(r.Text)) + "```"
		}
		if len(r.Faults) > 0 {
			text += "\n:warning: " + blockkit.Escape(strings.Join(r.Faults, "; "))
		}
		return blockkit.Truncate(text, 1900)
	}
	if !hasDraft {
		return blockkit.Section("*Live*\n" + show(was))
	}
	if was.Text == is.Text {
		return blockkit.Section("*Live and draft are the same here*\n" + show(is))
	}
	field := func(title, text string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.MarkdownType, "*"+title+"*\n"+text, false, false)
	}
	return slack.NewSectionBlock(nil, []*slack.TextBlockObject{field("Live", show(was)), field("Draft", show(is))}, nil)
}

// previewPlaces shows where contacts would stand. It reads signals, and no note.
func (b *Bot) previewPlaces(ctx context.Context, r *chat.Request, p pair, chosen []store.Preview) ([]slack.Block, error) {
	if len(chosen) == 0 {
		return []slack.Block{blockkit.Context("You have no contacts yet. Choose some of your colleagues': they come without names.")}, nil
	}
	var lines []string
	for _, c := range chosen {
		was, is, err := b.placesUnder(ctx, r.TeamID, c.ID, p)
		if err != nil {
			return nil, err
		}
		label := b.previewLabel(r.TeamID, c)
		line := fmt.Sprintf("*%s*: %s", blockkit.Escape(label), stageTitle(p.live.Journey, was))
		if was != is || stageTitle(p.live.Journey, was) != stageTitle(p.draft.Journey, is) {
			line = fmt.Sprintf("*%s*: %s → *%s* with the draft", blockkit.Escape(label), stageTitle(p.live.Journey, was), stageTitle(p.draft.Journey, is))
		}
		lines = append(lines, line)
	}
	return []slack.Block{blockkit.Section(strings.Join(lines, "\n"))}, nil
}

// placesUnder folds a contact's signals through both journeys.
func (b *Bot) placesUnder(ctx context.Context, team string, contact int64, p pair) (was, is string, err error) {
	history, err := b.store.History(ctx, team, contact)
	if err != nil {
		return "", "", err
	}
	notes := make([]journey.Note, len(history))
	for i, h := range history {
		notes[i] = journey.Note{ID: h.ID, At: h.At}
		for _, g := range h.Signals {
			notes[i].Signals = append(notes[i].Signals, journey.Signal(g.Signal))
		}
	}
	a, _ := p.live.Journey.Fold(p.live.Journey.Start(), notes...)
	z, _ := p.draft.Journey.Fold(p.draft.Journey.Start(), notes...)
	return a.Stage, z.Stage, nil
}
