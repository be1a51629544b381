package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
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

// questionWords open a question in own words, or say of what kind the thing asked is.
var questionWords = map[string]bool{"whether": true, "if": true, "how": true, "what": true, "when": true, "who": true, "whom": true, "where": true, "why": true, "which": true,
	"can": true, "could": true, "would": true, "may": true, "about": true, "her": true, "him": true, "them": true, "to": true, "our": true, "one": true, "another": true, "second": true,
	"online": true, "google": true, "written": true, "short": true, "customer": true, "warm": true, "honest": true, "ob": true, "wie": true, "was": true, "wann": true, "wer": true,
	"wo": true, "warum": true, "um": true, "nach": true, "eine": true, "einen": true}

// surnameBefore is the whole name where one word of it was found and another stands
// between it and a kind: "otto zander referral" is not about the Otto who is known.
// Empty where a question in own words may begin there.
func surnameBefore(text, what string) string {
	typed, words := strings.Fields(text), strings.Fields(what)
	if len(typed)-len(words) != 1 || len(words) < 2 || questionWords[line.Key(words[0])] {
		return ""
	}
	if kind, _ := kindAtStart(what); kind != "" {
		return ""
	}
	if kind, _ := kindAtStart(strings.Join(words[1:], " ")); kind == "" {
		return ""
	}
	return typed[0] + " " + words[0]
}

// To be brought to somebody of their own house is no referral: to ask for it is to ask for help
// with their case. Whose house it is only "her", "his", "their" and "its" tell: "the CEO" may be
// anybody's, and "her colleague at Beta" is of another.
var (
	theirPeople = regexp.MustCompile(`(?i)^(?:to|with|of)?\s*(?:his|her|their|its)\s+(?:own\s+)?(?:boss|bosses|manager|chief|head|director|supervisor|superior|team|colleagues?|board|cfo|ceo|cto|coo|cio|it|legal|lawyers?|finance|purchasing|procurement|controlling|controller|works council|management|plant manager)\b[^@]*$`)
	elsewhere   = regexp.MustCompile(`(?i)\s(?:at|from|another|other)\s`)
	ofSome      = regexp.MustCompile(`\s(?i:of|in|for|by|over at|bei|beim|von|vom|aus|de|del|della|di|da|du|des|chez|van|em|en)\s+(?:(?i:the|der|la|le|il|el)\s+)?(\p{Lu}[\p{L}&]*)`)
)

// departments are what a head or a team may be of, written with a capital, and no other house.
var departments = regexp.MustCompile(`(?i)^(?:it|hr|qa|qm|r&d|sales|marketing|finance|purchasing|procurement|legal|operations|quality|production|maintenance|engineering|logistics|controlling|accounting|security|safety|compliance|training|personnel|supply|customer|human|information|product|research|service|support|works|plant|facilities|facility)$`)

// inHouse reports whether a referral was asked for to somebody of their own house.
func inHouse(to string) bool {
	if !theirPeople.MatchString(to) || elsewhere.MatchString(to) {
		return false
	}
	return !slices.ContainsFunc(ofSome.FindAllStringSubmatch(to, -1), func(m []string) bool { return !departments.MatchString(m[1]) })
}

// asked records what was asked of a contact: "dana referral".
func (b *Bot) asked(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	usage := fmt.Sprintf("Type whom, and what you asked for: `%s asked dana referral`. It may be a referral, a recommendation, revenue, feedback, or a question in your own words.", b.slash("coach"))
	if r.Text == "" {
		return chat.Say(usage), nil
	}
	c, what, reply, err := b.findAtStart(ctx, r, r.Text, nil)
	if errors.Is(err, errNobody) {
		kind, rest := kindAtStart(r.Text)
		if kind == "" {
			return *reply, nil
		}
		return b.turned(ctx, r, "asked", kindBehind(kind, rest), chat.Say(usage))
	}
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	what = line.Unescape(what)
	if what == "" {
		return chat.Say(fmt.Sprintf("What did you ask %s for? ", blockkit.Escape(c.Name)) + usage), nil
	}
	t := telling{direction: journey.Out}
	kind, rest := kindAtStart(what)
	if surname := surnameBefore(r.Text, what); surname != "" {
		return chat.Say(b.nobody(surname, store.Match{}) + fmt.Sprintf(" Did you ask %s? Then type the full name. Nothing was recorded.", blockkit.Escape(c.Full()))), nil
	}
	if kind == "" || kind == "referral" && inHouse(rest) {
		kind, t.note = "question", "asked: "+what
	} else {
		t.note = "asked for " + askWords[kind]
		if rest != "" {
			t.note += ": " + rest
		}
	}
	t.line.Asks = []line.Mention{{Words: t.note, Kind: kind}}
	places, err := b.store.Places(ctx, r.TeamID, c.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	if here, _ := placeOn(places, journey.Default); here.DoNotContact {
		t.also = "They asked to be left alone: ask them nothing more unless they come back by themselves."
	}
	return b.tell(ctx, r, c, t)
}
