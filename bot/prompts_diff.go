package bot

import (
	"fmt"
	"strings"

	"cairn/bot/workshop"
)

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
	return fmt.Sprintf("− %s   + %s\n```%s```", wasName, isName, cut(fenced(b.String()), 2600))
}
