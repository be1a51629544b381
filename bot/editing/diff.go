package editing

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/english"
	"cairn/bot/workshop"
)

// differ shows what somebody else's text and one's own differ in. The names stand in
// it as they are, not escaped.
func (d *Desk) differ(file, wasName, was, isName, is string) (slack.Block, error) {
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return d.shelvesDiffer(file, wasName, was, isName, is)
	}
	return difference(wasName, was, isName, is), nil
}

// mostDiffers is how many characters a difference may have: a form has room for it
// beside its figures.
const mostDiffers = 2600

var (
	gone = slack.RichTextSectionTextStyle{Strike: true}
	come = slack.RichTextSectionTextStyle{Bold: true}
)

// difference shows the words in which two texts differ: what is gone struck out, what
// came in bold letters. In a rich text nothing of a text is markup or calls anybody.
func difference(wasName, was, isName, is string) slack.Block {
	lines := workshop.Differ(was, is)
	if len(lines) == 0 {
		return blockkit.Section(blockkit.Escape(fmt.Sprintf("%s and %s are the same, letter by letter.", english.Upper(wasName), isName)))
	}
	var all []slack.RichTextSectionElement
	left := mostDiffers
	say := func(text string, style *slack.RichTextSectionTextStyle) {
		if text == "" || left == 0 {
			return
		}
		if n := len([]rune(text)); n > left {
			text, left = blockkit.Truncate(text, left), 0
		} else {
			left -= n
		}
		all = append(all, slack.NewRichTextSectionTextElement(text, style))
	}
	say("− ", nil)
	say(wasName, &gone)
	say("   + ", nil)
	say(isName, &come)
	for _, l := range lines {
		say("\n", nil)
		switch l.Sign {
		case '-':
			say("− ", nil)
		case '+':
			say("+ ", nil)
		}
		for _, p := range l.Parts {
			switch p.Sign {
			case '-':
				say(blanksSeen(p.Text), &gone)
			case '+':
				say(blanksSeen(p.Text), &come)
			default:
				say(p.Text, nil)
			}
		}
	}
	return slack.NewRichTextBlock("", slack.NewRichTextSection(all...))
}

// blanksSeen lets blanks be seen that are all that changed.
func blanksSeen(text string) string {
	if strings.TrimSpace(text) == "" {
		return strings.NewReplacer(" ", "␣", "\t", "⇥").Replace(text)
	}
	return text
}
