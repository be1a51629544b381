package editing

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
)

var verdictWords = map[workshop.Verdict]string{workshop.Better: "better than what is live", workshop.Same: "as good as what is live", workshop.Worse: "worse than what is live"}

// verdictWord tells how a draft does, behind "it is".
func (e weighed) verdictWord() string {
	if e.few && e.verdict == workshop.Same {
		return "the same as what is live, as far as so few cases tell"
	}
	return verdictWords[e.verdict]
}

// maxChanged is how many changed cases a message shows.
const maxChanged = 4

// test weighs the draft, and shows the cases that changed. What takes an
// exam is begun as a job, and told as a direct message; "again" begins one that
// was sat already, and "cases" shows all that changed.
func (d *Desk) test(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	if labels.Draft == 0 { // whoever ends a split wants to know of the second version
		labels.Draft = labels.Other
	}
	if labels.Draft == 0 {
		return d.noDraft(file), nil
	}
	p, e, held, err := d.examinePair(ctx, r, labels)
	if err != nil || held != nil {
		return chat.OrNone(held), err
	}
	if page, ok := pageOfCases(r.Text); ok && !e.waits {
		return chat.Reply{Message: d.casesMessage(file, p, e, page)}, nil
	}
	if e.waits || e.sat != nil && strings.TrimSpace(r.Text) == "again" {
		return d.beginExam(ctx, r, file, p, e)
	}
	return chat.Reply{Message: d.weighedMessage(r, file, p, e)}, nil
}

// weighedMessage tells how a draft does, with the cases that changed.
func (d *Desk) weighedMessage(r *chat.Request, file string, p pair, e weighed) *post.Message {
	name := workshop.Name(file)
	head := fmt.Sprintf("*Version %d of %s: by its checks %s.*", p.labels.Draft, d.Title(file), e.verdictWord())
	if e.counted {
		head = fmt.Sprintf("*Version %d of %s: %s, by what was counted.*", p.labels.Draft, d.Title(file), e.verdictWord())
	}
	if !e.judged {
		head = fmt.Sprintf("*Version %d of %s: checked, not judged.*", p.labels.Draft, d.Title(file))
	}
	blocks := []slack.Block{blockkit.Section(head + "\n" + strings.Join(e.lines, "\n"))}
	shown := 0
	for _, c := range unlikeFirst(e.changed)[:min(maxChanged, len(e.changed))] {
		blocks = append(blocks, caseBlocks(c, p)...)
		shown++
	}
	if more := len(e.changed) - shown; more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("and %s that read otherwise.", english.Plural(more, "more case"))))
	}
	blocks = append(blocks, blockkit.Lines(firstLines(e.exam, 2*maxChanged))...)
	if moreCases(e) {
		blocks = append(blocks, blockkit.Actions("cases", blockkit.Button("prompt:cases", casesLabel(e), "test "+name+" cases")))
	}
	if e.sat != nil {
		at := e.sat.At.In(d.Here(r).Location())
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Tested %s %s. `%s prompts test %s again` tests once more.", english.Day(at, d.Here(r)), at.Format("15:04"), d.Slash("coach"), blockkit.Escape(name))))
	}
	kind, _ := workshop.KindOf(file)
	return &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, draftButtons(name, shownBy(kind, "edit", "preview", "publish")...))}
}
