package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// What was typed and not saved is given back whole: in as many messages as it
// takes, each within what Slack is known to show.
const (
	// blocks in all fail around 13,200 characters; the words above take some
	maxBack = 11_500
	// backLife is how long it is tried to deliver what no outbox holds
	backLife = 5 * time.Minute
)

// typed is what a request said, as it was typed; empty where it said nothing.
func typed(r *Request) string {
	text := r.Command + " " + line.Unescape(r.Typed)
	switch {
	case r.Kind == kindSubmission:
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

// back adds what was typed to a reply which says that nothing was saved.
func (reply Reply) back(r *Request) Reply {
	reply.Back = typed(r)
	return reply
}

// parts are the messages that a reply takes; the first may go with an ack.
func (reply Reply) parts() []*post.Message {
	if reply.Message == nil || reply.Back == "" {
		return []*post.Message{reply.Message}
	}
	first := *reply.Message
	var chunks []string
	room, bytes := maxBack-len(first.Text), maxAckBytes-len(mustJSON(asEphemeral(&first)))-400
	for rest := reply.Back; rest != ""; room, bytes = maxBack, maxAckBytes {
		n := head(rest, room, bytes)
		chunks, rest = append(chunks, rest[:n]), rest[n:]
	}
	parts := make([]*post.Message, len(chunks))
	for i, c := range chunks {
		m := &post.Message{Text: fmt.Sprintf("Part %d of %d of what you typed.", i+1, len(chunks))}
		if i == 0 {
			m.Text, m.Blocks = first.Text, slices.Clone(first.Blocks)
		}
		if len(chunks) > 1 {
			m.Blocks = append(m.Blocks, small(fmt.Sprintf("Part %d of %d of what you typed:", i+1, len(chunks))))
		}
		m.Blocks = append(m.Blocks, verbatim(c))
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

func jsonSize(r rune, size int) int {
	switch {
	case r == '\n', r == '\t', r == '\r', r == '"', r == '\\':
		return 2
	case r < 0x20, r == '<', r == '>', r == '&', r == utf8.RuneError, r == '\u2028', r == '\u2029':
		return 6
	}
	return size
}

func mustJSON(v any) []byte {
	raw, _ := json.Marshal(v) // our own blocks, and what our forms remember: plain strings and numbers
	return raw
}

// verbatim shows a text letter by letter: nothing in it is markup or calls
// anybody, and it is copied as it was typed.
func verbatim(text string) slack.Block {
	return slack.NewRichTextBlock("", &slack.RichTextPreformatted{Type: slack.RTEPreformatted,
		Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(text, nil)}})
}

// unsavedForm leaves a form open, with all that was typed into it, and says
// beside an input that it was not saved. false: it has no input.
func unsavedForm(r *Request, words string) (Reply, bool) {
	if r.Kind != kindSubmission || len(r.View.Values) == 0 {
		return Reply{}, false
	}
	at := "note"
	if _, ok := r.View.Values[at]; !ok {
		inputs := make([]string, 0, len(r.View.Values))
		for id := range r.View.Values {
			inputs = append(inputs, id)
		}
		at = slices.Min(inputs)
	}
	return Reply{Errors: map[string]string{at: cut(words, 150)}}, true
}

// part is one message of a reply and the key that it is posted under, once.
type part struct {
	key string
	*post.Message
}

// keyed divides the reply into its messages, each under a key of its own.
func (reply Reply) keyed(key string) []part {
	messages := reply.parts()
	parts := make([]part, len(messages))
	for i, m := range messages {
		parts[i] = part{key, m}
		if i > 0 {
			parts[i].key = fmt.Sprintf("%s:part%d", key, i+1)
		}
	}
	return parts
}

// past tells somebody at once what the outbox cannot take, because the
// database is away. Whoever stops the bot waits for it.
func (b *Bot) past(r *Request, replace bool, parts ...part) {
	if len(parts) == 0 {
		return
	}
	to := post.To{Person: r.PersonID, URL: r.ResponseURL, Replace: replace, Key: parts[0].key}
	if r.Kind == kindEvent {
		to.Channel = r.ChannelID
	}
	all := make([]post.Message, len(parts))
	for i, m := range parts {
		all[i] = *m.Message
		if r.Kind == kindEvent {
			all[i].ThreadTS = r.ThreadTS
		}
	}
	b.watching.Add(1)
	go func() {
		defer b.watching.Add(-1)
		ctx, cancel := context.WithTimeout(context.Background(), backLife)
		defer cancel()
		if err := b.poster.Tell(ctx, to, all...); err != nil {
			b.incident(r, err)
			return
		}
		go b.noteTold(r, parts)
	}()
}

// noteTold notes in the outbox, once it is back, what was told past it: the same
// delivery may come again and would be answered under the same key.
func (b *Bot) noteTold(r *Request, parts []part) {
	for wait := time.Second; wait < time.Minute; wait *= 2 {
		ctx, cancel := context.WithTimeout(context.Background(), store.CommandTimeout)
		var err error
		for i, m := range parts {
			var p store.Posting
			if p, err = posting(r, m, false); err == nil {
				err = b.store.Told(ctx, p)
			}
			if err != nil {
				parts = parts[i:]
				break
			}
		}
		cancel()
		if err == nil {
			return
		}
		select {
		case <-b.ended:
			return
		case <-time.After(wait):
		}
	}
}

// outboxAway reports that the outbox did not take a posting, and surely so: where
// that is unknown, telling it past the outbox might tell it twice.
func outboxAway(err error) bool {
	return errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrUnknown)
}
