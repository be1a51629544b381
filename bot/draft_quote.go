package bot

import (
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/coach"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// ledgerWords are Cairn's own words for what came back and was asked: they
// stand in notes that a command wrote, and are no subject that anybody brings up.
var ledgerWords = map[string]bool{
	"recommended": true, "recommend": true, "recommendation": true, "recommendations": true, "referral": true, "referrals": true, "referred": true, "bought": true, "buy": true,
	"revenue": true, "exchange": true, "gave": true, "asked": true, "heard": true, "testimonial": true, "us": true, "a": true, "for": true, "the": true,
}

// broughtUp is what a message can say that they brought up: of the words that
// the item is about, those that tell most, out of the person's own notes. What the person
// remarks on them, or on others, they did not bring up.
func broughtUp(mind *coach.Coach, quotes []string, recent []store.Heard, person, contact string, sent []suggest.Item) string {
	var theirs []string
	for _, q := range quotes {
		if isLedgerWord(q) || namesSent(q, sent) {
			continue
		}
		if slices.ContainsFunc(recent, func(h store.Heard) bool {
			return h.AuthorID == person && mind.Quotable(blockkit.OneLine(h.Note), h.At, q, contact)
		}) {
			theirs = append(theirs, q)
		}
	}
	return subject(theirs)
}

func isLedgerWord(quote string) bool {
	for w := range strings.FieldsSeq(line.Key(quote)) {
		if !ledgerWords[strings.Trim(w, ".,;:!?\"'“”")] {
			return false
		}
	}
	return true
}

// namesSent reports whether words name something that the contact has had: by
// its kind, or by several words of its title.
func namesSent(quote string, sent []suggest.Item) bool {
	words := strings.Fields(line.Key(quote))
	for _, it := range sent {
		kind := strings.Fields(line.Key(it.Kind))
		if len(words) > 1 && strings.Contains(line.Key(it.Title), line.Key(quote)) || slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(kind, func(k string) bool { return w == k || w == k+"s" })
		}) {
			return true
		}
	}
	return false
}
