package chat

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/bot/blockkit"
	"cairn/bot/line"
	"cairn/bot/post"
)

// maxBack is how much of what was typed and not saved one message gives back, within
// what Slack is known to show: blocks in all fail around 13,200 characters; the words
// above take some.
const maxBack = 11_500

// Typed is what a request said, as it was typed; empty where it said nothing.
func Typed(r *Request) string {
	text := r.Command + " " + line.Unescape(r.Typed)
	switch {
	case r.Kind == KindSubmission:
		text = r.View.Values["who"] + ": " + r.View.Values["note"] + r.View.Values["reason"]
	case r.Typed == "":
		return ""
	}
	if strings.Trim(text, " :") == "" {
		return ""
	}
	// no client shows a NUL, and Slack's servers refuse it
	return strings.ReplaceAll(strings.TrimSpace(text), "\x00", "\u2400")
}

// GivingBack adds what was typed to a reply which says that nothing was saved.
func (reply Reply) GivingBack(r *Request) Reply {
	reply.Back = Typed(r)
	return reply
}

// Messages are the messages that a reply takes; the first may go with an ack.
func (reply Reply) Messages() []*post.Message {
	if reply.Message == nil || reply.Back == "" {
		return []*post.Message{reply.Message}
	}
	first := *reply.Message
	var chunks []string
	room, bytes := maxBack-len(first.Text), maxAckBytes-len(mustJSON(AsEphemeral(&first)))-400
	for rest := reply.Back; rest != ""; room, bytes = maxBack, maxAckBytes {
		n := tidy(rest, head(rest, room, bytes))
		chunks, rest = append(chunks, rest[:n]), rest[n:]
	}
	parts := make([]*post.Message, len(chunks))
	for i, c := range chunks {
		m := &post.Message{Text: fmt.Sprintf("Part %d of %d of what you typed.", i+1, len(chunks))}
		if i == 0 {
			m.Text, m.Blocks = first.Text, slices.Clone(first.Blocks)
		}
		if len(chunks) > 1 {
			words := "Part %d of %d of what you typed:"
			if i == 0 {
				words = "Part %d of %d of what you typed; the rest follows in messages of its own:"
			}
			m.Blocks = append(m.Blocks, blockkit.Context(fmt.Sprintf(words, i+1, len(chunks))))
		}
		m.Blocks = append(m.Blocks, blockkit.Verbatim(c))
		parts[i] = m
	}
	return parts
}

// head is how many bytes of a text fit into so many characters, as Slack's
// clients count them, and so many bytes of JSON. At least one rune does.
func head(text string, room, bytes int) int {
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		room--
		if r > 0xffff {
			room--
		}
		bytes -= jsonSize(r, size)
		if (room < 0 || bytes < 0) && n > 0 {
			break
		}
		n += size
	}
	return n
}

// nearCut is how far before its end a part may be cut, for a line or a word to stay whole.
const nearCut = 1000

// tidy moves a cut after n bytes of a text back behind the end of a line that is
// near, or else behind a space: parts are pasted one below the other. All the
// letters stay, the spaces too.
func tidy(text string, n int) int {
	if n == len(text) {
		return n
	}
	near := text[max(n-nearCut, 0):n] // may begin within a letter, which is no space
	if i := strings.LastIndexByte(near, '\n'); i >= 0 {
		return n - len(near) + i + 1
	}
	if i := strings.LastIndexFunc(near, unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(near[i:])
		return n - len(near) + i + size
	}
	return n
}

func jsonSize(r rune, size int) int {
	switch {
	case r == '\n', r == '\t', r == '\r', r == '"', r == '\\':
		return 2
	case r < 0x20, r == '<', r == '>', r == '&', r == utf8.RuneError, r == '\u2028', r == '\u2029':
		return 6
	}
	return size
}

// Part is one message of a reply and the key that it is posted under, once.
type Part struct {
	Key string
	*post.Message
}

// Keyed divides the reply into its messages, each under a key of its own.
func (reply Reply) Keyed(key string) []Part {
	messages := reply.Messages()
	parts := make([]Part, len(messages))
	for i, m := range messages {
		parts[i] = Part{key, m}
		if i > 0 {
			parts[i].Key = fmt.Sprintf("%s:part%d", key, i+1)
		}
	}
	return parts
}
