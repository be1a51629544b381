package editing

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
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// usedSince is how far back the list counts.
const usedSince = 7 * 24 * time.Hour

// list shows every file: what it shapes, which version is live, and
// where it was used in the last week.
func (d *Desk) list(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	d.Follow(ctx)
	head := "*What Cairn says, and how it reads*\nA change is a draft first: only editors see it until it is published, and every version can come back."
	standing := d.Live.Standing(r.TeamID)
	rows, counted, err := d.rows(ctx, r, standing)
	if err != nil {
		return chat.Reply{}, err
	}
	blocks := append([]slack.Block{blockkit.Section(head)}, d.wrongBlocks()...)
	if !counted {
		blocks = append(blocks, blockkit.Context(uncounted))
	}
	blocks = append(blocks, d.tryingBlocks(r, standing)...)
	var last workshop.Kind
	for i, s := range standing {
		if s.Kind != last {
			last = s.Kind
			blocks = append(blocks, blockkit.Context(kindWords[s.Kind]))
		}
		blocks = append(blocks, rows[i])
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// listOf is the row of one file, with what can be typed about it.
func (d *Desk) listOf(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	d.Follow(ctx)
	standing := slices.DeleteFunc(d.Live.Standing(r.TeamID), func(s workshop.Standing) bool { return s.File != file })
	blocks, counted, err := d.rows(ctx, r, standing)
	if err != nil {
		return chat.Reply{}, err
	}
	if !counted {
		blocks = append([]slack.Block{blockkit.Context(uncounted)}, blocks...)
	}
	blocks = append(blocks, d.tryingBlocks(r, standing)...)
	kind, _ := workshop.KindOf(file)
	var ways []string
	for _, v := range shownBy(kind, "edit", "file", "preview", "test", "publish", "rollback", "log") {
		ways = append(ways, fmt.Sprintf("`%s prompts %s %s`", d.Slash("coach"), v, workshop.Name(file)))
	}
	blocks = append(blocks, blockkit.Context("What to do stands before its name: "+strings.Join(ways, ", ")+"."))
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback("*" + blockkit.Escape(d.bareTitle(file)) + "*"), Blocks: blocks}}, nil
}

const uncounted = ":warning: What was used in the last 7 days could not be counted just now, so it is left out below. All else holds."

// rows are a row for each file of a list; counted is false where it could not be counted in
// time where they were used.
func (d *Desk) rows(ctx context.Context, r *chat.Request, standing []workshop.Standing) (rows []slack.Block, counted bool, err error) {
	made, err := d.Store.PromptMakers(ctx, r.TeamID)
	if err != nil {
		return nil, false, err
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return nil, false, err
	}
	used, counted := d.used(ctx, r)
	for _, s := range standing {
		if !s.Kind.FromRows() {
			rows = append(rows, d.row(r, s, d.liveWord(r, s.Labels, made[s.File], names)+usedWord(workshop.Name(s.File), used)))
			continue
		}
		stands, err := d.shelfWord(ctx, r, s.Labels, made[s.File], names)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, d.row(r, s, stands))
	}
	return rows, counted, nil
}

// tryingBlocks tell which of these files somebody tries.
func (d *Desk) tryingBlocks(r *chat.Request, standing []workshop.Standing) (blocks []slack.Block) {
	for _, t := range d.Live.Trying(r.TeamID, r.PersonID) {
		at := slices.IndexFunc(standing, func(s workshop.Standing) bool { return s.File == t.File })
		if at >= 0 {
			blocks = append(blocks, blockkit.Context(d.tryingWord(r, t, standing[at].Labels.Draft)))
		}
	}
	return blocks
}

// countTime is how long the list waits for what was used: the rest of it has to come in time.
const countTime = 800 * time.Millisecond

// used counts where every file was used of late; counted is false where that could not be
// told in time. The list is there to act by, and goes without it then.
func (d *Desk) used(ctx context.Context, r *chat.Request) (used []store.PromptUsage, counted bool) {
	counting, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	used, err := d.Store.PromptUsed(counting, r.TeamID, d.Now().Add(-usedSince))
	if err != nil {
		d.Log.Warn("what prompts were used for was not counted", "team", r.TeamID, "error", err)
		return nil, false
	}
	return used, true
}

var kindWords = map[workshop.Kind]string{
	workshop.Prompt:  "*Wordings and prompts*",
	workshop.Journey: "*Journeys*: stages, their signals and advice. Places follow a change at each contact's next note.",
	workshop.Cues:    "*Cues* of the built-in reading: words and turns of speech, in seven languages. What is too long for a form comes and goes as a file.",
	workshop.Guide:   "*Suggestions*: which words mean the same, which roles and trades are of one family, what each signal calls for.",
	workshop.Library: "*The library*: many changes prepared as one draft. A single item is changed at once by `content edit`.",
}

// cueWords say what the cue files of the binary shape.
var cueWords = map[string]string{
	"guard":   "what takes the force from the words beside it: what is denied, hoped for, due some day, bought elsewhere or an act of our own",
	"letbe":   "what tells to leave somebody be, until a day or for a while",
	"phrases": "turns of speech that are made of several families of words",
	"speech":  "who, when, and whether at all",
	"words":   "families of words that say the same thing",
}

// row is one line of the list, with how it stands and a menu of what can be
// done.
func (d *Desk) row(r *chat.Request, s workshop.Standing, stands string) slack.Block {
	name := workshop.Name(s.File)
	text := fmt.Sprintf("*%s* · `%s`", blockkit.Escape(d.bareTitle(s.File)), blockkit.Escape(name))
	if use, ok := d.Live.Prompt(r.TeamID, name, "", 0); ok {
		text += "\n" + blockkit.Escape(blockkit.Truncate(use.Prompt.Purpose, 160))
		if use.Prompt.NeedsModel() && d.Asker == nil {
			text += "\n:warning: Only a model uses it, and none is configured here."
		}
	}
	verbs := shownBy(s.Kind, "edit", "preview", "test", "rollback", "log")
	if s.Kind == workshop.Cues {
		text = "*" + blockkit.Escape(name) + "*"
		if about := cueWords[name]; about != "" {
			text += "\n" + about
		}
	}
	text += d.unusableWords(r.TeamID, s.File) + "\n_" + stands
	var options []*slack.OptionBlockObject
	for _, v := range verbs {
		// without the key that forbids emoji: it is a tenth of a list that has to fit an ack
		options = append(options, slack.NewOptionBlockObject(v+" "+name, &slack.TextBlockObject{Type: slack.PlainTextType, Text: menuWords[v]}, nil))
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text+"_", blockkit.MaxSection), false, false), nil,
		slack.NewAccessory(slack.NewOverflowBlockElement("prompt:menu:"+name, options...)))
}

var menuWords = map[string]string{"edit": "Edit", "preview": "Preview", "test": "Test", "rollback": "Versions", "log": "Log"}

// shownBy are the verbs that make sense for a kind of file: a preview of what one word of
// the cues does shows nothing.
func shownBy(kind workshop.Kind, verbs ...string) []string {
	if kind == workshop.Cues {
		return slices.DeleteFunc(verbs, func(v string) bool { return v == "preview" })
	}
	return verbs
}

// draftButtons are what can be done with a draft.
func draftButtons(name string, verbs ...string) slack.Block {
	words := map[string]string{"preview": "Preview", "test": "Test", "try": "Try it on myself", "publish": "Publish", "drop": "Throw away", "edit": "Edit", "rollback": "Versions"}
	var all []*slack.ButtonBlockElement
	for _, v := range verbs {
		all = append(all, blockkit.Button("prompt:"+v, words[v], v+" "+name))
	}
	return blockkit.Actions("prompt", all...)
}

// madeLive are the ways in which a version became live for everybody.
var madeLive = map[string]string{store.PromptPublish: "published", store.PromptRollback: "brought back", store.PromptStop: "kept at the end of a split"}

// liveWord says which version is live, who made it so and when, and what stands
// beside it and by whom.
func (d *Desk) liveWord(r *chat.Request, l store.PromptLabels, made store.PromptMade, names chat.Names) string {
	text := "live: " + d.standsWord(r, l.File, l.Live)
	theirs := l.Live > 0 || made.LiveBase == d.Live.BaseHash(l.File)            // else the folder has put another text into its place
	if made.LiveBy != "" && theirs && d.unusableWords(r.TeamID, l.File) == "" { // else it was another that they made live
		text += fmt.Sprintf(", %s by %s %s", madeLive[made.LiveKind], blockkit.Escape(names.Of(made.LiveBy)), english.Day(made.LiveAt, d.Here(r)))
	}
	if l.Other > 0 {
		text += fmt.Sprintf(" · version %d for %d %% of the contacts, since %s by %s", l.Other, l.Share, english.Day(made.SplitAt, d.Here(r)), blockkit.Escape(names.Of(made.SplitBy)))
	}
	if _, own := d.Live.Own(l.File); own && l.Live > 0 {
		text += fmt.Sprintf(" · behind it, for nobody: %s; `%s prompts rollback %s to 0` makes it live", d.standsWord(r, l.File, 0), d.Slash("coach"), workshop.Name(l.File))
	}
	if l.Draft > 0 {
		text += d.draftBy(r, l, made, names)
	}
	return text
}

// unusableWords tell of versions of a file that should be live and cannot be used here, and
// what is in their place; empty where there is none.
func (d *Desk) unusableWords(team, file string) string {
	text := ""
	for _, u := range d.Live.Unusable(team) {
		if u.File == file {
			text += fmt.Sprintf("\n:warning: Version %d should be live and cannot be read here; %s. `%s prompts rollback %s` goes back to another.", u.Number, d.UsedInstead(u), d.Slash("coach"), workshop.Name(file))
		}
	}
	return text
}

// UsedInstead says what is used in the place of a version that cannot be.
func (d *Desk) UsedInstead(u workshop.Unusable) string {
	if u.Used > 0 {
		return fmt.Sprintf("version %d is used", u.Used)
	}
	if _, own := d.Live.Own(u.File); own {
		return "the file of `CAIRN_PROMPTS_DIR` is used"
	}
	return "the original is used"
}

// draftBy says whose draft stands.
func (d *Desk) draftBy(r *chat.Request, l store.PromptLabels, made store.PromptMade, names chat.Names) string {
	return fmt.Sprintf(" · draft: version %d, by %s %s", l.Draft, blockkit.Escape(names.Of(made.DraftBy)), english.Day(made.DraftAt, d.Here(r)))
}

// usages are what a prompt was used for, in words.
var usages = map[string]string{"suggestion": "suggestion", "reading": "reading", "draft": "draft", "questions": "list of questions", "reminder": "reminder",
	"digest": "digest", "digest-lines": "digest", "move": "move"}

// mostChannels is how many channels a line of the list names.
const mostChannels = 3

// usedWord says where a file was used last week, over its versions, and for whom.
func usedWord(name string, used []store.PromptUsage) string {
	var where []string
	for _, u := range used {
		if u.Name != name {
			continue
		}
		text := manyOf(u.Times, usages[u.Made])
		switch n := len(u.Channels); {
		case u.Contacts > 0:
			text += " for " + english.Plural(u.Contacts, "contact")
		case n > 0:
			named := make([]string, 0, mostChannels)
			for _, c := range u.Channels[:min(n, mostChannels)] {
				named = append(named, "<#"+c+">")
			}
			if text += " for " + strings.Join(named, ", "); n > mostChannels {
				text += fmt.Sprintf(" and %d more", n-mostChannels)
			}
		}
		where = append(where, text)
	}
	if len(where) == 0 {
		return ""
	}
	return " · last 7 days: " + strings.Join(where, ", ")
}

// manyOf counts things whose plural is at the front: "2 lists of questions".
func manyOf(n int, one string) string {
	front, rest, _ := strings.Cut(one, " ")
	return strings.TrimSpace(english.Plural(n, front) + " " + rest)
}
