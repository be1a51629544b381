package editing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// toldNot stands above what a prompt for a model comes to.
func (d *Desk) toldNot(contacts int, hasDraft bool) string {
	told := "This is for a model. Below is what it would be told, where names are masked first; not what it would answer"
	if d.Asker == nil {
		return told + ", since no model is configured here."
	}
	return told + fmt.Sprintf(". `Ask the model` shows that, as a rep would see it: at most %s to the model.", english.Plural(mostQuestions(contacts, hasDraft), "question"))
}

// othersWords says what is missing of colleagues' contacts.
const othersWords = "What a colleague's contact said is not used here, so the colleague may be shown another item, with quotes."

// previewTexts shows what people would read, or what a model would be told.
func (d *Desk) previewTexts(ctx context.Context, r *chat.Request, p pair, hasDraft bool, on previewed) ([]slack.Block, error) {
	def, ok := d.Live.Kinds().Default(p.live.Prompt.Name)
	if !ok {
		return nil, store.ErrNotFound
	}
	def = workshop.Told(def, p.draft.Prompt)
	if forDigest(def.Name) {
		return d.previewDigest(def, p, hasDraft), nil
	}
	t, err := d.casesOn(ctx, r, def, on)
	if err != nil {
		return nil, err
	}
	cases := t.cases
	was, is := workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases)
	var blocks []slack.Block
	if def.NeedsModel() {
		blocks = append(blocks, blockkit.Context(d.toldNot(len(on.chosen), hasDraft)))
	}
	if def.NeedsModel() && len(cases) > 1 {
		blocks = append(blocks, toldBlocks(cases, was, is, hasDraft)...)
		cases = nil
	}
	for i := range cases {
		shown := blockkit.Escape
		if i < len(t.whose) && !def.NeedsModel() {
			pick, _ := t.whose[i].Given.Now()
			was[i].Text, is[i].Text = prompts.Linked(was[i].Text, pick.URL), prompts.Linked(is[i].Text, pick.URL)
			shown = func(words string) string { return d.ShownAs(r, def.Name, t.whose[i], words) }
		}
		blocks = append(append(blocks, blockkit.Section("*"+cases[i].Name+"*")), sides(was[i], is[i], hasDraft, p.live.Prompt, shown)...)
	}
	if hasDraft && alike(was, is) {
		where := "on these contacts"
		if len(t.whose) == 0 {
			where = "in these examples"
		}
		blocks = append(blocks, d.unseen(def, p, where)...)
	}
	return append(blocks, d.onWhom(def.Name, t, on.untold)...), nil
}

// alike reports whether all cases read the same with live and with the draft.
func alike(was, is []workshop.Result) bool {
	return slices.EqualFunc(was, is, func(a, b workshop.Result) bool { return a.Text == b.Text })
}

// casesOn are the cases of a prompt on those whom a preview is for; its own examples
// where there is nobody of whom anything would be said.
func (d *Desk) casesOn(ctx context.Context, r *chat.Request, def *prompts.Prompt, on previewed) (t tried, err error) {
	people := on.people
	if people == nil {
		if people, err = d.tryouts(ctx, r, on.chosen); err != nil {
			return t, err
		}
	}
	if !forDigest(def.Name) {
		if t, err = d.tryOn(ctx, r, def.Name, people); err != nil {
			return t, err
		}
	}
	if t.people = people; len(t.cases) > 0 {
		return t, nil
	}
	t.cases = d.Examples(def)
	if def.NeedsModel() { // one is enough of what is asked about them
		t.cases = t.cases[:1]
	}
	for i, c := range t.cases {
		t.cases[i].Name = blockkit.Escape(english.Upper(c.Name))
		if def.NeedsModel() {
			t.answers = append(t.answers, d.Example(def.Name, c.Vars))
		}
	}
	return t, nil
}

// onWhom says below a preview of whom nothing would be said, what is missing of colleagues'
// contacts, and why it shows examples.
func (d *Desk) onWhom(name string, t tried, untold int) []slack.Block {
	var blocks []slack.Block
	for _, s := range t.silent {
		blocks = append(blocks, blockkit.Context(s+"."))
	}
	if len(t.whose) > 0 && slices.ContainsFunc(t.people, Tryout.Masked) {
		blocks = append(blocks, blockkit.Context(othersWords))
	}
	if len(t.whose) == 0 {
		blocks = append(blocks, blockkit.Context(d.whyExamples(name, len(t.people), untold)))
	}
	return blocks
}

// whyExamples says why a preview shows a prompt's own examples.
func (d *Desk) whyExamples(name string, people, untold int) string {
	if forDigest(name) {
		return d.whyDigest()
	}
	if people > 0 {
		return "So these are the prompt's own examples."
	}
	if code := d.Tongue(name); code != "" {
		found := "I found nobody here"
		if untold > 0 {
			found = fmt.Sprintf("Among those I looked at (not at %d more) I found nobody", untold)
		}
		return found + fmt.Sprintf(" who is written to in %s now, so these are the prompt's own examples. The language is the one that an import told, else that of what is to be given, else that of your notes, or where you wrote none, of your colleagues'.", english.Language(code))
	}
	return "There is nobody here to show it on, so these are the prompt's own examples."
}

// mostSide is how many characters one side has, and mostFaults how many of them may tell
// what is wrong with it.
const (
	mostSide   = 1900
	mostFaults = 400
)

// mostTold is how much is shown of what a model is told, and mostUser how much of that its
// User part may take, which is what differs from contact to contact.
const (
	mostTold = 1800
	mostUser = 1100
)

// bothParts cuts what a model is told so that its User part stays to be read.
func bothParts(r workshop.Result) string {
	if len([]rune(r.Text)) <= mostTold {
		return r.Text
	}
	user := workshop.UserPart + r.User
	system := strings.TrimSuffix(r.Text, user)
	user = blockkit.Truncate(user, mostUser)
	room := mostTold - len([]rune(user)) - 60
	left := len([]rune(system)) - room
	if left <= 0 {
		return system + user
	}
	return blockkit.Truncate(system, room) + fmt.Sprintf("\n(%d more characters of the System part)", left) + user
}

// sides shows one case, live at the left and the draft at the right, each as shown makes
// of it what people read; of what a model is told, which is long, what differs.
func sides(was, is workshop.Result, hasDraft bool, p *prompts.Prompt, shown func(string) string) []slack.Block {
	if hasDraft && p.NeedsModel() && was.Text != is.Text {
		blocks := []slack.Block{difference("told with live", was.Text, "told with the draft", is.Text)}
		if len(is.Faults) > 0 {
			blocks = append(blocks, blockkit.Section(":warning: "+blockkit.Escape(strings.Join(is.Faults, "; "))))
		}
		return blocks
	}
	show := func(r workshop.Result) string {
		wrong := ""
		if len(r.Faults) > 0 {
			wrong = "\n:warning: " + blockkit.EscapeWithin(strings.Join(r.Faults, "; "), mostFaults)
		}
		if p.NeedsModel() {
			return blockkit.FencedWithin(bothParts(r), mostSide-utf8.RuneCountInString(wrong)) + wrong
		}
		return blockkit.Truncate(shown(r.Text)+wrong, mostSide)
	}
	if !hasDraft {
		return []slack.Block{blockkit.Section("*Live*\n" + show(was))}
	}
	if was.Text == is.Text {
		return []slack.Block{blockkit.Section("*Live and draft are the same here*\n" + show(is))}
	}
	field := func(title, text string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.MarkdownType, "*"+title+"*\n"+text, false, false)
	}
	return []slack.Block{slack.NewSectionBlock(nil, []*slack.TextBlockObject{field("Live", show(was)), field("Draft", show(is))}, nil)}
}
