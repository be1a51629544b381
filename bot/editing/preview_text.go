package editing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// toldNot stands above what a prompt for a model comes to.
const toldNot = "This is for a model. Below is what it would be told, where names are masked first; not what it would answer."

// othersWords says what is missing of colleagues' contacts.
const othersWords = "What a colleague's contact said is not used here, so the colleague may be shown another item, with quotes."

// previewTexts shows what people would read, or what a model would be told.
func (d *Desk) previewTexts(ctx context.Context, r *chat.Request, p pair, hasDraft bool, chosen []store.Preview) ([]slack.Block, error) {
	def, ok := d.Live.Kinds().Default(p.live.Prompt.Name)
	if !ok {
		return nil, store.ErrNotFound
	}
	def = workshop.Told(def, p.draft.Prompt)
	if forDigest(def.Name) {
		return d.previewDigest(def, p, hasDraft), nil
	}
	people, err := d.tryouts(ctx, r, chosen)
	if err != nil {
		return nil, err
	}
	cases, picks, silent, err := d.tried(ctx, r, def.Name, people)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	if len(cases) == 0 {
		cases = d.Examples(def)
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
			was[i].Text, is[i].Text = prompts.Linked(was[i].Text, picks[i].URL), prompts.Linked(is[i].Text, picks[i].URL)
		}
		blocks = append(blocks, blockkit.Section("*"+cases[i].Name+"*"), sides(was[i], is[i], hasDraft, p.live.Prompt))
	}
	for _, s := range silent {
		blocks = append(blocks, blockkit.Context(s+"."))
	}
	if len(picks) > 0 && slices.ContainsFunc(people, Tryout.Masked) {
		blocks = append(blocks, blockkit.Context(othersWords))
	}
	if len(picks) == 0 {
		blocks = append(blocks, blockkit.Context("There is nobody here to show it on, so these are the prompt's own examples."))
	}
	return blocks, nil
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
