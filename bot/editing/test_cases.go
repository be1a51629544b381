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
	name, all := workshop.Name(file), len(e.changed)+len(e.otherwise)
	head := fmt.Sprintf("*Version %d of %s: no case reads otherwise.*", p.labels.Draft, d.Title(file))
	if all == 0 {
		return &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), draftButtons(name, "test", "edit", "preview")}}
	}
	page = min(page, (all+casesAtOnce-1)/casesAtOnce)
	from, to := (page-1)*casesAtOnce, min(page*casesAtOnce, all)
	head = fmt.Sprintf("*Version %d of %s: the cases that come out otherwise*, %d to %d of %d", p.labels.Draft, d.Title(file), from+1, to, all)
	blocks := []slack.Block{blockkit.Section(head)}
	var lines []string
	for i := from; i < to; i++ {
		if i < len(e.changed) {
			blocks = append(blocks, caseBlocks(e.changed[i], p)...)
			continue
		}
		lines = append(lines, otherwiseLine(e.otherwise[i-len(e.changed)]))
	}
	blocks = append(blocks, blockkit.Lines(lines)...)
	if to == all && e.more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("And %s that were counted and not kept.", english.Plural(e.more, "more case"))))
	}
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
func moreCases(e weighed) bool { return len(e.changed) > maxChanged || len(e.otherwise) > 2*maxChanged }

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
