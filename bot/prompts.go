package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// promptVerb is what can be typed after /coach prompts.
type promptVerb struct {
	name  string
	usage string
	about string
	run   func(b *Bot, ctx context.Context, r *chat.Request, file string) (chat.Reply, error)
}

// promptVerbs lists them in the order of the work. Whatever a button does here
// can be typed too: its value is the line.
func promptVerbs() []promptVerb {
	return []promptVerb{
		{"edit", "name [14] [head]", "write a draft, from version 14 where you name one; reps see nothing of it", (*Bot).promptEdit},
		{"file", "name", "the text as a file: change it and put it back into our direct message", (*Bot).promptSend},
		{"preview", "name [dana; kim]", "live and draft side by side on your contacts, or on those that you name", (*Bot).promptPreview},
		{"test", "name [again]", "the checks: better, same or worse", (*Bot).promptTest},
		{"try", "name [off]", "the draft, for your own replies, for an hour", (*Bot).promptTry},
		{"split", "name 30 because reason | stop keep live | stop keep draft because reason", "the draft for 30 % of the contacts, with figures; and the end of that", (*Bot).promptSplit},
		{"settle", "library theirs | mine", "where a form changed the same item as the draft: whose stands in the draft", (*Bot).promptSettle},
		{"publish", "name because reason", "the draft becomes live for everybody", (*Bot).promptPublish},
		{"rollback", "name", "back to one that was live: the last five, a click each", (*Bot).promptRollback},
		{"drop", "name", "throw the draft away", (*Bot).promptDrop},
		{"log", "[name] [live] [2]", "who did what, from where to where, and why; with the numbers of all versions; `live`: only what went live; 2: those before the latest", (*Bot).promptLog},
	}
}

// prompts is the workshop: a list, or one of its verbs. Editors and admins only.
func (b *Bot) prompts(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !me.Is(store.Editor) {
		return b.notEditor(ctx, r)
	}
	verb, rest := line.Command(r.Text)
	if verb == "" || verb == "list" {
		return b.promptList(ctx, r)
	}
	verbs := promptVerbs()
	at := slices.IndexFunc(verbs, func(v promptVerb) bool { return v.name == verb })
	if at < 0 {
		return b.unknownPromptVerb(verb, verbs), nil
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	file, ok := b.promptFile(r.TeamID, name)
	if _, left := logOf("", name); verb == "log" && !ok && left == "" { // of all files
		name, rest = "", name+" "+rest
	}
	if !ok && (verb != "log" || name != "") {
		return b.whichPrompt(r, verbs[at], name), nil
	}
	r.Text = strings.TrimSpace(line.Unescape(rest))
	reply, err := verbs[at].run(b, ctx, r, file)
	return b.orTooLong(reply, err)
}

// notEditor says who can help.
func (b *Bot) notEditor(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	people, err := b.store.People(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	text := "What Cairn says is changed by editors."
	if who := chat.WhoHas(people, store.Editor); who != "" {
		text += " Tell " + who + " what you would say otherwise."
	}
	if !slices.ContainsFunc(people, func(p store.Person) bool { return slices.Contains(p.Roles, store.Admin) }) {
		text += fmt.Sprintf(" Nobody is an admin yet; an admin of this Slack workspace becomes the first by typing `%s role`.", b.slash("coach"))
	}
	return chat.Say(text), nil
}

// pressPrompt does what a button or menu of the workshop says.
func (b *Bot) pressPrompt(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	r.Text = r.Action.Value
	reply, err := b.prompts(ctx, r)
	reply.Beside = true
	return reply, err
}

func (b *Bot) unknownPromptVerb(verb string, verbs []promptVerb) chat.Reply {
	var names, lines []string
	for _, v := range verbs {
		names = append(names, v.name)
		lines = append(lines, fmt.Sprintf("`%s prompts %s %s`: %s", b.slash("coach"), v.name, v.usage, v.about))
	}
	if verb == "help" {
		return chat.Say("*The workshop*: what Cairn says and how it reads. `" + b.slash("coach") + " prompts` lists all that can be changed.\n" + strings.Join(lines, "\n"))
	}
	if near, ok := line.Nearest(verb, names); ok {
		return chat.Say(fmt.Sprintf("There is no `prompts %s`. Did you mean `%s prompts %s`?", blockkit.Escape(blockkit.Truncate(verb, 40)), b.slash("coach"), near))
	}
	return chat.Say(fmt.Sprintf("There is no `prompts %s`. There are:\n%s", blockkit.Escape(blockkit.Truncate(verb, 40)), strings.Join(lines, "\n")))
}

// promptFile finds a file by its name as typed.
func (b *Bot) promptFile(team, name string) (string, bool) {
	key := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, ".prompt"), ".yaml"), ".csv"))
	if key == "content" {
		key = workshop.Name(workshop.LibraryFile)
	}
	for _, s := range b.live.Standing(team) {
		if strings.ToLower(workshop.Name(s.File)) == key {
			return s.File, true
		}
	}
	return "", false
}

// whichPrompt asks for a name, or offers the nearest.
func (b *Bot) whichPrompt(r *chat.Request, v promptVerb, name string) chat.Reply {
	var names []string
	for _, s := range b.live.Standing(r.TeamID) {
		names = append(names, workshop.Name(s.File))
	}
	if near, ok := line.Nearest(name, names); name != "" && ok {
		return chat.Say(fmt.Sprintf("There is no “%s”. Did you mean `%s prompts %s %s`?", blockkit.Escape(blockkit.Truncate(name, 60)), b.slash("coach"), v.name, near))
	}
	lead := "*Which one?*"
	if name != "" {
		lead = fmt.Sprintf("There is no “%s”.", blockkit.Escape(blockkit.Truncate(name, 60)))
	}
	return chat.Say(fmt.Sprintf("%s Type its name: `%s prompts %s %s`. There are %s.", lead, b.slash("coach"), v.name, names[0], strings.Join(names, ", ")))
}

// usedSince is how far back the list counts.
const usedSince = 7 * 24 * time.Hour

// promptList shows every file: what it shapes, which version is live, and
// where it was used in the last week.
func (b *Bot) promptList(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	b.follow(ctx)
	used, err := b.store.PromptUsed(ctx, r.TeamID, b.cfg.Now().Add(-usedSince))
	if err != nil {
		return chat.Reply{}, err
	}
	made, err := b.store.PromptMakers(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	head := "*What Cairn says, and how it reads*\nA change is a draft first: only editors see it until it is published, and every version can come back."
	blocks := append([]slack.Block{blockkit.Section(head)}, b.wrongBlocks()...)
	standing := b.live.Standing(r.TeamID)
	for _, t := range b.live.Trying(r.TeamID, r.PersonID) {
		at := slices.IndexFunc(standing, func(s workshop.Standing) bool { return s.File == t.File })
		if at >= 0 {
			blocks = append(blocks, blockkit.Context(b.tryingWord(r, t, standing[at].Labels.Draft)))
		}
	}
	var last workshop.Kind
	var cues []string
	for _, s := range standing {
		if s.Kind == workshop.Cues {
			cues = append(cues, "`"+blockkit.Escape(workshop.Name(s.File))+"`")
			continue
		}
		if s.Kind != last {
			last = s.Kind
			blocks = append(blocks, blockkit.Context(kindWords[s.Kind]))
		}
		if !s.Kind.FromRows() {
			blocks = append(blocks, b.promptRow(r, s, b.liveWord(r, s.Labels, made[s.File], names)+usedWord(workshop.Name(s.File), used)))
			continue
		}
		stands, err := b.shelfWord(ctx, r, s.Labels, made[s.File], names)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, b.promptRow(r, s, stands))
	}
	if len(cues) > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("*Cues* of the built-in reading, too long for a form: %s. `%s prompts file %s` sends one as a file.", strings.Join(cues, ", "), b.slash("coach"), strings.Trim(cues[0], "`"))))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

var kindWords = map[workshop.Kind]string{
	workshop.Prompt:  "*Wordings and prompts*",
	workshop.Journey: "*Journeys*: stages, their signals and advice. Places follow a change at each contact's next note.",
	workshop.Guide:   "*Suggestions*: which words mean the same, which roles and trades are of one family, what each signal calls for.",
	workshop.Library: "*The library*: many changes prepared as one draft. A single item is changed at once by `content edit`.",
}

// promptRow is one line of the list, with how it stands and a menu of what can be
// done.
func (b *Bot) promptRow(r *chat.Request, s workshop.Standing, stands string) slack.Block {
	name := workshop.Name(s.File)
	text := fmt.Sprintf("*%s* · `%s`", blockkit.Escape(b.bareTitle(s.File)), blockkit.Escape(name))
	if use, ok := b.live.Prompt(r.TeamID, name, "", 0); ok {
		text += "\n" + blockkit.Escape(blockkit.Truncate(use.Prompt.Purpose, 160))
		if use.Prompt.NeedsModel() && b.cfg.Second == nil {
			text += "\n:warning: Only a model uses it, and none is configured here."
		}
	}
	text += "\n_" + stands
	var options []*slack.OptionBlockObject
	for _, v := range []string{"edit", "preview", "test", "rollback", "log"} {
		options = append(options, slack.NewOptionBlockObject(v+" "+name, blockkit.PlainText(menuWords[v]), nil))
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text+"_", blockkit.MaxSection), false, false), nil,
		slack.NewAccessory(slack.NewOverflowBlockElement("prompt:menu:"+name, options...)))
}

var menuWords = map[string]string{"edit": "Edit", "preview": "Preview", "test": "Test", "rollback": "Versions", "log": "Log"}

// promptButtons are what can be done with a draft.
func promptButtons(name string, verbs ...string) slack.Block {
	words := map[string]string{"preview": "Preview", "test": "Test", "try": "Try it on myself", "publish": "Publish", "drop": "Throw away", "edit": "Edit", "rollback": "Versions"}
	var all []*slack.ButtonBlockElement
	for _, v := range verbs {
		all = append(all, blockkit.Button("prompt:"+v, words[v], v+" "+name))
	}
	return blockkit.Actions("prompt", all...)
}
