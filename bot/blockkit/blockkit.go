// Package blockkit draws what people see in Slack: Block Kit's sections, buttons and
// forms, each within Slack's limits, and the text in them, escaped.
//
// Nothing in here knows of the bot, of who asks or of what is said; texts come in as
// mrkdwn, in which every word that people typed went through [Escape] before.
package blockkit

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Slack's limits for what we draw, in characters; see slack.com's block reference.
// What is drawn here keeps to them by itself.
const (
	MaxSection = 3000 // of a section or a context
	MaxButton  = 75   // of a button's label
	MaxInput   = 3000 // of what a text input holds at first
	MaxValue   = 2000 // of what a button carries
)

// Section is a paragraph of mrkdwn, cut at [MaxSection].
func Section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, Truncate(text, MaxSection), false, false), nil, nil)
}

// Sections divides a text between lines where it is too long for one section.
func Sections(text string) []slack.Block {
	var blocks []slack.Block
	for len(text) > MaxSection {
		at := strings.LastIndexByte(text[:MaxSection], '\n')
		if at <= 0 {
			break
		}
		blocks = append(blocks, Section(text[:at]))
		text = text[at+1:]
	}
	return append(blocks, Section(text))
}

// Lines puts lines into as few sections as hold them.
func Lines(lines []string) []slack.Block {
	var blocks []slack.Block
	text := ""
	for _, l := range lines {
		l = Truncate(l, MaxSection/2)
		if text != "" && len([]rune(text))+len([]rune(l)) >= MaxSection {
			blocks, text = append(blocks, Section(text)), ""
		}
		text = strings.TrimPrefix(text+"\n"+l, "\n")
	}
	if text != "" {
		blocks = append(blocks, Section(text))
	}
	return blocks
}

// Context is a paragraph in small grey letters: what stands beside the matter.
func Context(text string) slack.Block {
	return slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, Truncate(text, MaxSection), false, false))
}

// Verbatim shows a text letter by letter: nothing in it is markup or calls
// anybody, and it is copied as it was typed.
func Verbatim(text string) slack.Block {
	return slack.NewRichTextBlock("", &slack.RichTextPreformatted{Type: slack.RTEPreformatted,
		Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(text, nil)}})
}

// Carries reports whether a button can carry a value. Slack does not tell in what it counts,
// so it is counted in bytes: what fits so fits however it is counted.
func Carries(value string) bool { return len(value) <= MaxValue }

// Carried is as much of a value as a button can carry.
func Carried(value string) string {
	const mark = "…"
	if Carries(value) {
		return value
	}
	end := MaxValue - len(mark)
	for !utf8.RuneStart(value[end]) {
		end--
	}
	return value[:end] + mark
}

// Button carries a value, of which the caller knows that it can ([Carries]), and a label of
// plain text, cut at [MaxButton]. What follows a colon in its id only keeps ids apart within
// one block.
func Button(id, label, value string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(id, value, slack.NewTextBlockObject(slack.PlainTextType, Truncate(straight(label), MaxButton), true, false))
}

// Actions is a row of buttons, 25 at most; block keeps it apart from others in the message.
func Actions(block string, all ...*slack.ButtonBlockElement) slack.Block {
	elements := make([]slack.BlockElement, len(all))
	for i, b := range all {
		elements[i] = b
	}
	return slack.NewActionBlock(block, elements...)
}
