package editing

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
)

// casesAtOnce is how many changed cases a page shows.
const casesAtOnce = 10

// pageOfCases reads "cases 2"; ok is false where something else was asked for.
func pageOfCases(text string) (page int, ok bool) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	if word != "cases" {
		return 0, false
	}
	page, err := strconv.Atoi(strings.TrimSpace(rest))
	if err != nil || page < 1 || page > mostPages {
		page = 1
	}
	return page, true
}

// casesMessage shows every case that comes out otherwise, a page of them at once.
func (d *Desk) casesMessage(file string, p pair, e weighed, page int) *post.Message {
	name, all := workshop.Name(file), len(e.changed)+len(e.exam.Changed)
	head := fmt.Sprintf("*Version %d of %s: no case reads otherwise.*", p.labels.Draft, d.Title(file))
	if all == 0 {
		kind, _ := workshop.KindOf(file)
		return &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), draftButtons(name, shownBy(kind, "test", "edit", "preview")...)}}
	}
	page = min(page, (all+casesAtOnce-1)/casesAtOnce)
	from, to := (page-1)*casesAtOnce, min(page*casesAtOnce, all)
	head = fmt.Sprintf("*Version %d of %s: the cases that come out otherwise*, %d to %d of %d", p.labels.Draft, d.Title(file), from+1, to, all)
	if more := e.exam.More; more > 0 {
		head += fmt.Sprintf(" that are kept, of %d in all", all+more)
	}
	blocks := []slack.Block{blockkit.Section(head)}
	for i := from; i < min(to, len(e.changed)); i++ {
		blocks = append(blocks, caseBlocks(e.changed[i], p)...)
	}
	blocks = append(blocks, blockkit.Lines(otherwiseLines(e.exam, max(0, from-len(e.changed)), max(0, to-len(e.changed))))...)
	var others []*slack.ButtonBlockElement
	if to < all {
		others = append(others, blockkit.Button("prompt:cases_on", "Further cases", fmt.Sprintf("test %s cases %d", name, page+1)))
	}
	if page > 1 {
		others = append(others, blockkit.Button("prompt:cases_back", "Those before", fmt.Sprintf("test %s cases %d", name, page-1)))
	}
	others = append(others, blockkit.Button("prompt:test", "Test", "test "+name), blockkit.Button("prompt:edit", "Edit", "edit "+name))
	return &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, blockkit.Actions("prompt", others...))}
}

// caseBlocks show one changed case.
func caseBlocks(c workshop.Change, p pair) []slack.Block {
	return append([]slack.Block{blockkit.Context("*" + blockkit.Escape(english.Upper(c.Draft.Case)) + "*")}, sides(c.Live, c.Draft, true, p.live.Prompt, blockkit.Escape)...)
}

// moreCases reports whether there are more cases than the message of a test shows.
func moreCases(e weighed) bool {
	return len(e.changed) > maxChanged || len(e.exam.Changed) > 2*maxChanged
}

// casesLabel stands on the button to all the cases that are kept.
func casesLabel(e weighed) string {
	if kept := len(e.changed) + len(e.exam.Changed); e.exam.More > 0 {
		return fmt.Sprintf("%d of the %d that come out otherwise", kept, kept+e.exam.More)
	}
	return "All that come out otherwise"
}

// turnSigns and turnWords say what the draft does to a case, where it is known of each
// what is right, and where not.
var (
	turnSigns = map[exam.Turn]string{exam.ToMissed: "✗", exam.ToWorse: "✗", exam.ToBetter: "✓", exam.Neither: "•"}
	turnWords = map[bool]map[exam.Turn]string{
		true:  {exam.ToMissed: "Wrong with both, and a wish to be left alone is missed with the draft", exam.ToWorse: "Became wrong with the draft", exam.ToBetter: "Became right with the draft", exam.Neither: "Wrong with both, and other than before"},
		false: {exam.ToWorse: "Worse with the draft", exam.ToBetter: "Better with the draft", exam.Neither: "Other than before; nothing says better or worse"},
	}
)

// otherwiseLines list cases of an exam that come out otherwise, from one to before
// another, under what the draft does to them; of each such kind how many there are.
func otherwiseLines(o exam.Outcome, from, to int) (lines []string) {
	to = min(to, len(o.Changed))
	all := len(o.Changed) + o.More
	counts := map[exam.Turn]int{exam.ToMissed: o.Missed, exam.ToWorse: o.Worse, exam.ToBetter: o.Better, exam.Neither: all - o.Missed - o.Worse - o.Better}
	for i := from; i < to; i++ {
		c := o.Changed[i]
		if i == from || c.Turn != o.Changed[i-1].Turn {
			lines = append(lines, fmt.Sprintf("*%s* (%s): %d", turnWords[o.Labelled][c.Turn], turnSigns[c.Turn], counts[c.Turn]))
		}
		lines = append(lines, otherwiseLine(c))
	}
	return lines
}

// firstLines are the first few of them, and how many more there are.
func firstLines(o exam.Outcome, few int) []string {
	lines := otherwiseLines(o, 0, few)
	if more := len(o.Changed) + o.More - min(few, len(o.Changed)); more > 0 {
		lines = append(lines, fmt.Sprintf("and %s.", english.Plural(more, "more case")))
	}
	return lines
}

// otherwiseLine tells one of them.
func otherwiseLine(c exam.Change) string {
	side := func(text string) string { return blockkit.Escape(blockkit.Truncate(blockkit.OneLine(text), 240)) }
	line := fmt.Sprintf("%s %s\n      live: %s · draft: *%s*", turnSigns[c.Turn], side(c.Case), side(c.Live), side(c.Draft))
	if c.Right != "" {
		line += " · right: " + side(c.Right)
	}
	return line
}

// unlikeFirst puts those cases first that read otherwise than the ones before them: of a
// few that are shown, none says the same twice while another would not.
func unlikeFirst(changed []workshop.Change) []workshop.Change {
	read := map[[2]string]bool{}
	var first, again []workshop.Change
	for _, c := range changed {
		if key := [2]string{c.Live.Text, c.Draft.Text}; !read[key] {
			read[key], first = true, append(first, c)
			continue
		}
		again = append(again, c)
	}
	return append(first, again...)
}
