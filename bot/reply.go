package bot

import (
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/post"
)

// Reply is what a handler answers. The zero Reply only acks.
type Reply struct {
	// Message is shown to the person alone, beside what they typed or in the
	// place of the message whose button they pressed.
	Message *post.Message
	// Beside leaves the message whose button was pressed as it is, and shows
	// Message below it.
	Beside bool
	// Back is what was typed and not saved: it is given back whole, below
	// Message and in as many messages more as it takes.
	Back string
	// Modal is opened, or put on top of the one that is open; it is kept on
	// the screen by the trigger, which lives three seconds.
	Modal *slack.ModalViewRequest
	// Errors stand beside the inputs of a submitted modal, by block id.
	Errors map[string]string
	// Next replaces the submitted modal.
	Next *slack.ModalViewRequest
}

// say is a reply in words, in as many sections as they take.
func say(text string) Reply {
	return Reply{Message: &post.Message{Text: plain(text), Blocks: sections(text)}}
}

// sections divides a text between lines where it is too long for one.
func sections(text string) []slack.Block {
	var blocks []slack.Block
	for len(text) > maxSection {
		at := strings.LastIndexByte(text[:maxSection], '\n')
		if at <= 0 {
			break
		}
		blocks = append(blocks, section(text[:at]))
		text = text[at+1:]
	}
	return append(blocks, section(text))
}

// Words as people type them are escaped before they stand in a message, so
// that no note can mention a channel or a person, or forge a link.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func esc(s string) string { return escaper.Replace(s) }

var unmarked = strings.NewReplacer("*", "", "_", "", "`", "")

// plain is mrkdwn without its marks, for notifications and screen readers.
func plain(s string) string {
	return unmarked.Replace(cut(s, 2900))
}

// Slack's limits for what we draw; see slack.com's block reference.
const (
	maxSection  = 3000
	maxButton   = 75
	maxInput    = 3000
	maxAckBytes = 20_000 // Slack drops 20,480 silently; the envelope takes its share
)

func section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, cut(text, maxSection), false, false), nil, nil)
}

func small(text string) slack.Block {
	return slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, cut(text, maxSection), false, false))
}

func button(id, label, value string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(id, value, slack.NewTextBlockObject(slack.PlainTextType, cut(label, maxButton), true, false))
}

func buttons(block string, all ...*slack.ButtonBlockElement) slack.Block {
	elements := make([]slack.BlockElement, len(all))
	for i, b := range all {
		elements[i] = b
	}
	return slack.NewActionBlock(block, elements...)
}

// cut shortens to at most n characters and shows that it did.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// ephemeral is a message as an ack or a response_url takes it.
type ephemeral struct {
	Type            string        `json:"response_type"`
	ReplaceOriginal *bool         `json:"replace_original,omitempty"`
	Text            string        `json:"text"`
	Blocks          []slack.Block `json:"blocks,omitempty"`
}

func asEphemeral(m *post.Message) ephemeral {
	return ephemeral{Type: slack.ResponseTypeEphemeral, Text: m.Text, Blocks: m.Blocks}
}

// fitting is a message as an ack takes it; false where it is too long to go
// with one. It is written once here, and not again by the library.
func fitting(m *post.Message) (json.RawMessage, bool) {
	data, err := json.Marshal(asEphemeral(m))
	return data, err == nil && len(data) < maxAckBytes
}
