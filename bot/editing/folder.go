package editing

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/prompts"
)

// maxWrong is how many mistakes of the folder are told in Slack.
const maxWrong = 5

// wrongBlocks tell editors what is wrong with the files of the folder; none
// where nothing is.
func (d *Desk) wrongBlocks() []slack.Block {
	found := d.Live.Wrong()
	if len(found) == 0 {
		return nil
	}
	return []slack.Block{blockkit.Section(":warning: *A file on the machine I run on is not used* (`CAIRN_PROMPTS_DIR`); what was good before it is. Tell whoever runs me:\n" + WrongLines(found))}
}

// WrongLines are mistakes as people read them: file and line, what, and how to
// mend it.
func WrongLines(found prompts.Problems) string {
	var lines []string
	for _, p := range found[:min(maxWrong, len(found))] {
		at := p.File
		if p.Line > 0 {
			at += fmt.Sprintf(", line %d", p.Line)
		}
		l := fmt.Sprintf("• `%s`: %s", blockkit.Escape(at), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(p.What), 200)))
		if p.Hint != "" {
			l += " (" + blockkit.Escape(blockkit.Truncate(blockkit.OneLine(p.Hint), 200)) + ")"
		}
		lines = append(lines, l)
	}
	if len(found) > len(lines) {
		lines = append(lines, "and more: `cairn prompts check` on the machine tells all.")
	}
	return strings.Join(lines, "\n")
}
