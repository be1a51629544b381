package editing

import (
	"context"
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

// edit opens the form with the text, or with "head" what stands above it:
// title, purpose, settings for the model, examples. A text too long for a form
// goes as a file.
func (d *Desk) edit(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	s, err := d.editFrom(ctx, r, file)
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say(fmt.Sprintf("There is no version %d of %s. `%s prompts log %s` tells those that there are.", s.number, d.Title(file), d.Slash("coach"), workshop.Name(file))), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	open := editOpen{Opened: r.Opened(), File: file, Parent: s.number, Sum: checksum(s.text), Live: s.labels.Live, Draft: s.labels.Draft, Begun: s.begun}
	if slices.Contains(strings.Fields(r.Text), "head") {
		if kind, _ := workshop.KindOf(file); kind != workshop.Prompt {
			return chat.Say(fmt.Sprintf("Only prompts and wordings have a head. `%s prompts edit %s` shows all of it.", d.Slash("coach"), workshop.Name(file))), nil
		}
		open.Head = true
	}
	sheet, ok := open.sheet(s.text)
	if !ok {
		return d.sendAs(ctx, r, file, s, "*Too long for a form*, so it comes as a file. ")
	}
	return chat.Reply{Modal: d.editModal(r, open, s, sheet)}, nil
}

// sheet cuts the text into the inputs of the form.
func (o editOpen) sheet(text string) (workshop.Sheet, bool) {
	if o.Head {
		return workshop.NewHead(text)
	}
	return workshop.NewSheet(o.File, text)
}

// SubmitEdit keeps what was typed as a draft, or says by each input what
// is wrong with it.
func (d *Desk) SubmitEdit(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, err := chat.Recall[editOpen](r)
	if err != nil {
		return chat.Reply{}, err
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !me.Is(store.Editor) {
		return chat.Reply{Errors: map[string]string{fieldID(0): "Only editors change wording, and you are none any more. Copy your text; an admin can make you one."}}, nil
	}
	was, err := d.versionText(ctx, r.TeamID, open.File, open.Parent)
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
	if _, found := d.Live.Kinds().Admit(open.File, text); len(found) > 0 {
		return chat.Reply{Errors: fieldErrors(sheet, typed, text, found)}, nil
	}
	return d.saveDraft(ctx, r, store.PromptDraft{File: open.File, Text: text, AuthorID: r.PersonID,
		Reason: blockkit.Truncate(r.View.Values["why"], 300), Parent: open.Parent, SeenLive: open.Live, SeenDraft: open.Draft, At: d.Now()})
}

// saveDraft keeps a draft and says so, or shows what somebody else saved
// meanwhile: then both texts stand.
func (d *Desk) saveDraft(ctx context.Context, r *chat.Request, draft store.PromptDraft) (chat.Reply, error) {
	v, labels, err := d.Store.SaveDraft(ctx, r.TeamID, draft)
	if errors.Is(err, store.ErrMoved) {
		return d.editedByTwo(ctx, r, v, labels)
	}
	if err != nil {
		return chat.Reply{}, err
	}
	d.Follow(ctx)
	return d.draftSaved(ctx, r, v, labels)
}

// maxFieldError is how much of the mistakes stands beside an input.
const maxFieldError = 280

// fieldErrors puts each mistake beside the input that it is in, with its line.
func fieldErrors(s workshop.Sheet, typed []string, text string, found prompts.Problems) map[string]string {
	said := map[string][]string{}
	lines := strings.Split(text, "\n")
	last := 0
	for _, p := range found {
		i, at := s.Where(typed, p.Line)
		p.What, p.Hint = ownLines(s, typed, p.What), ownLines(s, typed, p.Hint)
		say := english.Upper(p.What)
		if at > 0 && p.Line <= len(lines) && p.Line != last {
			last = p.Line
			say = fmt.Sprintf("Line %d (“%s”): %s", at, prompts.OneLine(lines[p.Line-1], 40), p.What)
		}
		if p.Hint != "" {
			say += " (" + p.Hint + ")"
		}
		id := fieldID(i)
		if strings.Contains(strings.Join(said[id], " · "), say) {
			continue // the same, of another place in the text
		}
		said[id] = append(said[id], say)
	}
	errs := map[string]string{}
	for id, all := range said {
		errs[id] = withinField(all)
	}
	return errs
}

// withinField puts as many mistakes into the room of an input as stand there whole, the
// first at any rate, and counts the others: half a hint helps nobody.
func withinField(all []string) string {
	text, rest := all[0], len(all)-1
	for _, say := range all[1:] {
		longer := text + " · " + say
		if len([]rune(longer+andMistakes(rest-1))) > maxFieldError {
			break
		}
		text, rest = longer, rest-1
	}
	tail := andMistakes(rest)
	return blockkit.Truncate(text, maxFieldError-len([]rune(tail))) + tail
}

// andMistakes counts the mistakes that are not told; empty where there are none.
func andMistakes(n int) string {
	if n == 0 {
		return ""
	}
	return " · and " + english.Plural(n, "more mistake")
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
func (d *Desk) draftSaved(ctx context.Context, r *chat.Request, v store.PromptVersion, l store.PromptLabels) (chat.Reply, error) {
	kind, _ := workshop.KindOf(v.File)
	if kind.FromRows() {
		return d.shelfSaved(ctx, v, l)
	}
	live, err := d.versionText(ctx, r.TeamID, v.File, l.Live)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(v.File)
	head := fmt.Sprintf("*Draft saved: version %d of %s.* Reps see nothing of it yet.%s", v.Number, d.Title(v.File), d.triesNow(r, v))
	verbs := []string{"preview", "test", "try", "publish", "edit", "drop"}
	if kind != workshop.Prompt || forDigest(name) { // the whole team's, or a channel's
		verbs = []string{"preview", "test", "publish", "edit", "drop"}
	}
	verbs = shownBy(kind, verbs...)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), difference(d.versionWord(v.File, l.Live), live, "the draft", v.Text), draftButtons(name, verbs...)}}}, nil
}

// drop throws the draft away; it stays among the versions.
func (d *Desk) drop(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	if labels.Draft == 0 {
		return d.noDraft(file), nil
	}
	next := labels
	next.Draft = 0
	done, err := d.move(ctx, r, file, store.PromptChange{Kind: store.PromptDrop, Seen: labels, Next: next, Reason: blockkit.Truncate(reasonOf(r.Text), 300)})
	if err != nil || !done.ok {
		return done.reply, err
	}
	return chat.Say(fmt.Sprintf("*The draft of %s is gone.*%s Version %d is kept: `%s prompts edit %s %d` brings it back.", d.Title(file), done.trials, labels.Draft, d.Slash("coach"), workshop.Name(file), labels.Draft)), nil
}

func (d *Desk) noDraft(file string) chat.Reply {
	return chat.Say(fmt.Sprintf("There is no draft of %s. `%s prompts edit %s` begins one.", d.Title(file), d.Slash("coach"), workshop.Name(file)))
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
