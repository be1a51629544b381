package editing

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/english"
	"cairn/bot/workshop"
)

// differ shows what somebody else's text and one's own differ in. The names come as they
// are, not escaped: what shows them sees to that.
func (d *Desk) differ(file, wasName, was, isName, is string) (slack.Block, error) {
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return d.shelvesDiffer(file, wasName, was, isName, is)
	}
	return difference(wasName, was, isName, is), nil
}

// A difference has at most mostDiffers characters, for which a form has room beside its
// figures, and mostBytes as Slack is sent it: a piece in a style of its own takes
// pieceBytes beside its text.
const (
	mostDiffers = 2600
	mostBytes   = 11_000
	pieceBytes  = 52
)

var (
	gone = slack.RichTextSectionTextStyle{Strike: true}
	come = slack.RichTextSectionTextStyle{Bold: true}
)

// difference shows the words in which two texts differ: what is gone struck out, what
// came in bold letters; an ellipsis at its end tells that there is more. In a rich text
// nothing of a text is markup or calls anybody.
func difference(wasName, was, isName, is string) slack.Block {
	block, _ := differenceWithin(wasName, was, isName, is, mostDiffers, mostBytes)
	return block
}

// differenceWithin is the same with room for so many characters and bytes; more reports
// whether it needs more.
func differenceWithin(wasName, was, isName, is string, characters, bytes int) (block slack.Block, more bool) {
	lines := workshop.Differ(was, is)
	if len(lines) == 0 {
		return blockkit.Section(blockkit.Escape(fmt.Sprintf("%s and %s are the same, letter by letter.", english.Upper(wasName), isName))), false
	}
	p := pieces{left: characters, bytes: bytes}
	p.say("− ", nil)
	p.say(wasName, &gone)
	p.say("   + ", nil)
	p.say(isName, &come)
	for _, l := range lines {
		p.say("\n", nil)
		switch l.Sign {
		case '-':
			p.say("− ", nil)
		case '+':
			p.say("+ ", nil)
		}
		for _, part := range l.Parts {
			switch part.Sign {
			case '-':
				p.say(blanksSeen(part.Text), &gone)
			case '+':
				p.say(blanksSeen(part.Text), &come)
			default:
				p.say(part.Text, nil)
			}
		}
	}
	return slack.NewRichTextBlock("", slack.NewRichTextSection(p.elements()...)), p.full
}

// piece is a run of text in one style; nil: in none.
type piece struct {
	text  string
	style *slack.RichTextSectionTextStyle
}

// pieces are a text of several styles that has room for so many characters and bytes.
// What comes after it is full leaves an ellipsis.
type pieces struct {
	all         []piece
	left, bytes int
	full        bool
}

// say adds a text to the last piece where that has the same style, else as a new one.
func (p *pieces) say(text string, style *slack.RichTextSectionTextStyle) {
	if text == "" || p.full {
		return
	}
	last := len(p.all) - 1
	joins := last >= 0 && p.all[last].style == style
	if !joins {
		p.bytes -= pieceBytes
	}
	kept := p.fits(text)
	if p.full = kept < len(text); p.full {
		text = text[:kept] + "…"
	}
	if joins {
		p.all[last].text += text
		return
	}
	p.all = append(p.all, piece{text, style})
}

// fits is how many bytes of a text there is room for, in whole characters.
func (p *pieces) fits(text string) int {
	for at, r := range text {
		sent, err := json.Marshal(string(r))
		if p.left, p.bytes = p.left-1, p.bytes-len(sent)+len(`""`); err != nil || p.left < 1 || p.bytes < 0 {
			return at
		}
	}
	return len(text)
}

// elements are the pieces as Slack takes them.
func (p *pieces) elements() (all []slack.RichTextSectionElement) {
	for _, one := range p.all {
		all = append(all, slack.NewRichTextSectionTextElement(one.text, one.style))
	}
	return all
}

// blanksSeen lets blanks be seen that are all that changed.
func blanksSeen(text string) string {
	if strings.TrimSpace(text) == "" {
		return strings.NewReplacer(" ", "␣", "\t", "⇥").Replace(text)
	}
	return text
}
