package bot

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
)

// askedWords are the words by which people name what is asked or given back.
var askedWords = map[string]string{
	"revenue": "revenue", "order": "revenue", "sale": "revenue", "contract": "revenue", "signature": "revenue", "renewal": "revenue",
	"referral": "referral", "referrals": "referral", "intro": "referral", "introduction": "referral", "name": "referral",
	"recommendation": "recommendation", "testimonial": "recommendation", "review": "recommendation", "reference": "recommendation", "story": "recommendation",
	"feedback": "feedback",
}

// kindAtStart takes a kind off the start of a text: "for a referral to her
// brother".
func kindAtStart(text string) (kind, rest string) {
	words := strings.Fields(text)
	for len(words) > 0 && (words[0] == "for" || words[0] == "a" || words[0] == "an" || words[0] == "the") {
		words = words[1:]
	}
	if len(words) == 0 {
		return "", text
	}
	kind = askedWords[strings.Trim(line.Key(words[0]), ":,.")]
	if kind == "" {
		return "", text
	}
	return kind, strings.Trim(strings.Join(words[1:], " "), " :,")
}

// asked records what was asked of a contact: "dana referral".
func (b *Bot) asked(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	usage := fmt.Sprintf("Type whom, and what you asked for: `%s asked dana referral`. It may be a referral, a recommendation, revenue, feedback, or a question in your own words.", b.slash("coach"))
	if r.Text == "" {
		return chat.Say(usage), nil
	}
	c, what, reply, err := b.findAtStart(ctx, r, r.Text, nil)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	what = line.Unescape(what)
	if what == "" {
		return chat.Say(fmt.Sprintf("What did you ask %s for? ", blockkit.Escape(c.Name)) + usage), nil
	}
	t := telling{direction: journey.Out}
	kind, rest := kindAtStart(what)
	if kind == "" {
		kind, t.note = "question", "asked: "+what
	} else {
		t.note = "asked for " + askWords[kind]
		if rest != "" {
			t.note += ": " + rest
		}
	}
	t.line.Asks = []line.Mention{{Words: t.note, Kind: kind}}
	return b.tell(ctx, r, c, t)
}
