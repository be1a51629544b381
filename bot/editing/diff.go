package editing

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/workshop"
)

// differ shows what somebody else's text and one's own differ in.
func (d *Desk) differ(file, wasName, was, isName, is string) (slack.Block, error) {
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return d.shelvesDiffer(file, wasName, was, isName, is)
	}
	return blockkit.Section(difference(wasName, was, isName, is)), nil
}

// difference shows what differs between two texts, as a block of code.
func difference(wasName, was, isName, is string) string {
	lines := workshop.Near(workshop.Lines(was, is))
	if len(lines) == 0 {
		return "They are the same, letter by letter."
	}
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%c %s\n", l.Sign, l.Text)
	}
	return fmt.Sprintf("− %s   + %s\n```%s```", wasName, isName, blockkit.Truncate(blockkit.Fenced(b.String()), 2600))
}
