package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// editOpen is what the form of a text remembers while it is open.
type editOpen struct {
	chat.Opened
	File   string `json:"file"`
	Head   bool   `json:"head,omitempty"`
	Parent int    `json:"parent"` // the version that the form shows
	Sum    uint32 `json:"sum"`    // of its text: the file may change while the form is open
	Live   int    `json:"live"`
	Draft  int    `json:"draft"`
	Begun  bool   `json:"begun"` // the form shows what an edit starts from by itself, and no other version
}

func checksum(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()
}

// promptEdit opens the form with the text, or with "head" what stands above it:
// title, purpose, settings for the model, examples. A text too long for a form
// goes as a file.
func (b *Bot) promptEdit(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	s, err := b.editFrom(ctx, r, file)
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say(fmt.Sprintf("There is no version %d of %s. `%s prompts log %s` tells those that there are.", s.number, b.title(file), b.slash("coach"), workshop.Name(file))), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	open := editOpen{Opened: r.Opened(), File: file, Parent: s.number, Sum: checksum(s.text), Live: s.labels.Live, Draft: s.labels.Draft, Begun: s.begun}
	if slices.Contains(strings.Fields(r.Text), "head") {
		if kind, _ := workshop.KindOf(file); kind != workshop.Prompt {
			return chat.Say(fmt.Sprintf("Only prompts and wordings have a head. `%s prompts edit %s` shows all of it.", b.slash("coach"), workshop.Name(file))), nil
		}
		open.Head = true
	}
	sheet, ok := open.sheet(s.text)
	if !ok {
		return b.promptSend(ctx, r, file)
	}
	return chat.Reply{Modal: b.editModal(r, open, s, sheet)}, nil
}

// sheet cuts the text into the inputs of the form.
func (o editOpen) sheet(text string) (workshop.Sheet, bool) {
	if o.Head {
		return workshop.NewHead(text)
	}
	return workshop.NewSheet(o.File, text)
}

func (b *Bot) editModal(r *chat.Request, open editOpen, s start, sheet workshop.Sheet) *slack.ModalViewRequest {
	file, from := open.File, b.startWord(r, s)
	head := fmt.Sprintf("*%s*\nYou start from %s. What you save is a draft: reps see nothing of it.", blockkit.Escape(b.bareTitle(file)), from)
	def, isPrompt := b.live.Kinds().Default(workshop.Name(file))
	if isPrompt {
		if piece, found := b.live.Kinds().Check(file, s.text); len(found) == 0 {
			def = workshop.Told(def, piece.Prompt)
		}
		head = fmt.Sprintf("*%s*: %s.\nYou start from %s. What you save is a draft: reps see nothing of it.", blockkit.Escape(def.Title), blockkit.Escape(def.Purpose), from)
	}
	blocks := []slack.Block{blockkit.Section(head)}
	for i, f := range sheet.Fields {
		input := blockkit.TextInput(fieldID(i), fieldLabel(sheet, i), "", f.Text, true)
		blocks = append(blocks, input)
	}
	kind, _ := workshop.KindOf(file)
	switch {
	case kind == workshop.Library:
		blocks = append(blocks, blockkit.Section(shelfHelp))
	case kind == workshop.Journey:
		blocks = append(blocks, blockkit.Section(signalHelp()))
	case open.Head:
		blocks = append(blocks, blockkit.Section(headHelp+standInHelp(def)))
	case isPrompt:
		blocks = append(blocks, b.inputHelp(def)...)
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Title, purpose, examples and a model's settings: `%s prompts edit %s head`.", b.slash("coach"), workshop.Name(file))))
	}
	why := blockkit.TextInput("why", "Why the change?", "One line for the log. Publishing asks for it again.", "", false)
	why.Optional = true
	return blockkit.Modal("prompt_edit", "Edit "+workshop.Name(file), "Save as draft", chat.Remember(open), append(blocks, why)...)
}

// signalHelp lists what a journey can name.
func signalHelp() string {
	var names []string
	for _, s := range journey.Signals() {
		names = append(names, "`"+string(s)+"`")
	}
	return "*The signals* that a stage, a proof or a cycle can name: " + strings.Join(names, ", ") + "."
}

// standInHelp tells of the marks in a text that are no inputs, and so are not in
// its head.
func standInHelp(def *prompts.Prompt) string {
	text := ""
	for _, s := range def.StandIns() {
		text += fmt.Sprintf("\n*No input, and needed in the text*: `%s`, %s.", s.Name, blockkit.Escape(s.About))
	}
	return text
}

// headHelp says what of a head is whose.
const headHelp = "*Yours*: `title`, `owner`, `purpose`; each input's `about` and `example`, which previews and tests use; `model`: `temperature` (0: always alike, up to 2) and `max_tokens`, how long an answer may get; `longest`, in characters, up to what its place has.\n*The code's*: `output`, and the names and kinds of the inputs. What does not fit is told by its line."

func fieldID(i int) string { return fmt.Sprintf("field%d", i) }

// fieldLabel says what an input holds.
func fieldLabel(s workshop.Sheet, i int) string {
	part := s.Fields[i].Part
	words := map[string]string{"Text": "What people read", "System": "System: what the model is told to do", "User": "User: what it is given to read", workshop.Head: "Head", "": "The file"}
	label := words[part]
	of, at := 0, 0
	for j, f := range s.Fields {
		if f.Part == part {
			of++
		}
		if j == i {
			at = of
		}
	}
	if of > 1 {
		label += fmt.Sprintf(" (%d of %d)", at, of)
	}
	return label
}

// inputHelp lists what can be put into the text, with the present examples.
func (b *Bot) inputHelp(def *prompts.Prompt) []slack.Block {
	blocks := []slack.Block{slack.NewDividerBlock(), blockkit.Section("*What you can put in*\n`{{name}}` puts it. `{{#name}}…{{/name}}` shows what stands between only where there is one, `{{^name}}…{{/name}}` only where there is none.")}
	lines, size := standInLines(def), 0
	flush := func() {
		if len(lines) > 0 {
			blocks = append(blocks, blockkit.Section(strings.Join(lines, "\n")))
			lines, size = nil, 0
		}
	}
	for _, in := range def.Inputs {
		text := fmt.Sprintf("`%s` %s. Now: %s", in.Name, blockkit.Escape(strings.TrimRight(in.About, ".")), blockkit.Escape(blockkit.Truncate(exampleWord(in), 160)))
		if in.Needed {
			text += " _(needed)_"
		}
		if size += len(text) + 1; size > blockkit.MaxSection-200 {
			flush()
		}
		lines = append(lines, text)
	}
	flush()
	return blocks
}

// standInLines tell the marks that a text has to hold, as inputHelp tells inputs.
func standInLines(def *prompts.Prompt) (lines []string) {
	for _, s := range def.StandIns() {
		lines = append(lines, fmt.Sprintf("`%s` %s. Now: “%s” _(needed)_", s.Name, blockkit.Escape(s.About), blockkit.Escape(s.Example)))
	}
	return lines
}

// exampleWord shows an input's example.
func exampleWord(in prompts.Input) string {
	switch v := in.Example.(type) {
	case string:
		if v == "" {
			return "empty"
		}
		if strings.HasPrefix(v, "“") {
			return v
		}
		return "“" + v + "”"
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case int, int64, float64:
		return fmt.Sprint(v)
	}
	data, err := json.Marshal(in.Example)
	if err != nil {
		return ""
	}
	return string(data)
}

// submitPromptEdit keeps what was typed as a draft, or says by each input what
// is wrong with it.
func (b *Bot) submitPromptEdit(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, err := chat.Recall[editOpen](r)
	if err != nil {
		return chat.Reply{}, err
	}
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !me.Is(store.Editor) {
		return chat.Reply{Errors: map[string]string{fieldID(0): "Only editors change wording, and you are none any more. Copy your text; an admin can make you one."}}, nil
	}
	was, err := b.versionText(ctx, r.TeamID, open.File, open.Parent)
	if err != nil {
		return chat.Reply{}, err
	}
	sheet, ok := open.sheet(was)
	if !ok || checksum(was) != open.Sum {
		return chat.Reply{Errors: map[string]string{fieldID(0): "The file was changed on disk while you wrote. Copy your text, close this, and edit once more."}}, nil
	}
	typed := make([]string, len(sheet.Fields))
	for i := range typed {
		typed[i] = r.View.Values[fieldID(i)]
	}
	text := sheet.Join(typed)
	if text == was && open.Begun { // another version, unchanged, is brought back as it was
		return chat.Reply{Errors: map[string]string{fieldID(0): "Nothing was changed. Change something, or cancel."}}, nil
	}
	if _, found := b.live.Kinds().Admit(open.File, text); len(found) > 0 {
		return chat.Reply{Errors: fieldErrors(sheet, typed, text, found)}, nil
	}
	return b.saveDraft(ctx, r, store.PromptDraft{File: open.File, Text: text, AuthorID: r.PersonID,
		Reason: blockkit.Truncate(r.View.Values["why"], 300), Parent: open.Parent, SeenLive: open.Live, SeenDraft: open.Draft, At: b.cfg.Now()})
}

// saveDraft keeps a draft and says so, or shows what somebody else saved
// meanwhile: then both texts stand.
func (b *Bot) saveDraft(ctx context.Context, r *chat.Request, d store.PromptDraft) (chat.Reply, error) {
	v, labels, err := b.store.SaveDraft(ctx, r.TeamID, d)
	if errors.Is(err, store.ErrMoved) {
		return b.editedByTwo(ctx, r, v, labels)
	}
	if err != nil {
		return chat.Reply{}, err
	}
	b.follow(ctx)
	return b.draftSaved(ctx, r, v, labels)
}

// maxFieldError is how much of a mistake stands beside an input.
const maxFieldError = 280

// fieldErrors puts each mistake beside the input that it is in, with its line.
func fieldErrors(s workshop.Sheet, typed []string, text string, found prompts.Problems) map[string]string {
	errs := map[string]string{}
	lines := strings.Split(text, "\n")
	last := 0
	for _, p := range found {
		i, at := s.Where(typed, p.Line)
		p.What, p.Hint = ownLines(s, typed, p.What), ownLines(s, typed, p.Hint)
		say := english.Upper(p.What)
		if at > 0 && p.Line <= len(lines) && p.Line != last {
			last = p.Line
			say = fmt.Sprintf("Line %d (“%s”): %s", at, blockkit.Truncate(strings.TrimSpace(lines[p.Line-1]), 40), p.What)
		}
		if p.Hint != "" {
			say += " (" + p.Hint + ")"
		}
		if have := errs[fieldID(i)]; strings.Contains(have, say) {
			continue // the same, of another place in the text
		} else if have != "" {
			say = have + " · " + say
		}
		errs[fieldID(i)] = blockkit.Truncate(say, maxFieldError)
	}
	return errs
}

// otherLine is a line of the file that a mistake speaks of.
var otherLine = regexp.MustCompile(`\bline (\d+)\b`)

// ownLines gives the lines that a mistake speaks of the numbers that they have
// in the form, where nobody sees the file's.
func ownLines(s workshop.Sheet, typed []string, text string) string {
	return otherLine.ReplaceAllStringFunc(text, func(found string) string {
		n, err := strconv.Atoi(strings.TrimPrefix(found, "line "))
		if err != nil {
			return found
		}
		if _, at := s.Where(typed, n); at > 0 {
			return fmt.Sprintf("line %d", at)
		}
		return found
	})
}

// draftSaved shows what differs from what is live, and what to do next.
func (b *Bot) draftSaved(ctx context.Context, r *chat.Request, v store.PromptVersion, l store.PromptLabels) (chat.Reply, error) {
	kind, _ := workshop.KindOf(v.File)
	if kind.FromRows() {
		return b.shelfSaved(ctx, v, l)
	}
	live, err := b.versionText(ctx, r.TeamID, v.File, l.Live)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(v.File)
	head := fmt.Sprintf("*Draft saved: version %d of %s.* Reps see nothing of it yet.%s", v.Number, b.title(v.File), b.triesNow(r, v))
	verbs := []string{"preview", "test", "try", "publish", "edit", "drop"}
	if kind != workshop.Prompt || forDigest(name) { // the whole team's, or a channel's
		verbs = []string{"preview", "test", "publish", "edit", "drop"}
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), blockkit.Section(difference(b.versionWord(v.File, l.Live), live, "the draft", v.Text)), promptButtons(name, verbs...)}}}, nil
}

// promptDrop throws the draft away; it stays among the versions.
func (b *Bot) promptDrop(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	if labels.Draft == 0 {
		return b.noDraft(file), nil
	}
	next := labels
	next.Draft = 0
	done, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptDrop, Seen: labels, Next: next, Reason: blockkit.Truncate(reasonOf(r.Text), 300)})
	if err != nil || !done.ok {
		return done.reply, err
	}
	return chat.Say(fmt.Sprintf("*The draft of %s is gone.*%s Version %d is kept: `%s prompts edit %s %d` brings it back.", b.title(file), done.trials, labels.Draft, b.slash("coach"), workshop.Name(file), labels.Draft)), nil
}

func (b *Bot) noDraft(file string) chat.Reply {
	return chat.Say(fmt.Sprintf("There is no draft of %s. `%s prompts edit %s` begins one.", b.title(file), b.slash("coach"), workshop.Name(file)))
}

// numberIn reads a version out of a line: "14", "v14", "version 14".
func numberIn(text string) (int, bool) {
	for _, f := range strings.Fields(text) {
		if n, err := strconv.Atoi(strings.TrimPrefix(f, "v")); err == nil && n >= 0 {
			return n, true
		}
	}
	return 0, false
}

// numberAfter reads "from 4" out of a line.
func numberAfter(text, word string) (int, bool) {
	fields := strings.Fields(text)
	for i, f := range fields {
		if f == word && i+1 < len(fields) {
			var n int
			if _, err := fmt.Sscanf(fields[i+1], "%d", &n); err == nil && n >= 0 {
				return n, true
			}
		}
	}
	return 0, false
}
