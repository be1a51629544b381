package observe

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// Whose deal a note tells of: with whom they signed, and whether it was we who bought.

// dealBeside reports whether the sentence names what is bought beside h: "signed the
// NDA and the order".
func (w *weighing) dealBeside(h hit, at span) bool {
	around := w.wholeSentence(at.start)
	return slices.ContainsFunc(w.d.tokens[around.start:around.end], func(t token) bool { return dealWords[t.plain] }) &&
		!slices.ContainsFunc(w.d.tokens[h.first:h.last+1], func(t token) bool { return dealWords[t.plain] })
}

// dealWords are what is signed with us, accents off.
var dealWords = wordsOf("order po contract agreement quote offer proposal bestellung auftrag angebot vertrag pedido contrato oferta commande contrat devis encomenda contratto ordine offerta bestelling contract offerte")

// theirWords reports whether h stands in what they wrote themselves: between
// quotation marks, or in a message of theirs that was pasted.
func (w *weighing) theirWords(h hit) bool {
	if w.d.tokens[h.first].quoted {
		return true
	}
	switch w.note.Channel {
	case journey.Email, journey.Chat, journey.Social, journey.Web:
		return w.note.Direction == journey.In
	}
	return false
}

// stranger reports whether the words from token i to token end name a seller
// that is neither us nor they: a word with a capital letter behind a small word
// that names sellers.
func (w *weighing) stranger(i, end int) bool {
	for i++; i <= end+1 && i < len(w.d.tokens); i++ {
		t := w.d.tokens[i]
		first, _ := utf8.DecodeRuneInString(w.text[t.start:])
		named := i <= end && sellerOf[w.d.tokens[i-1].plain] || i > 1 && romanArticles[w.d.tokens[i-1].plain] && (w.d.tokens[i-2].plain == "com" || w.d.tokens[i-2].plain == "con" || w.d.tokens[i-2].plain == "avec")
		if named && unicode.IsUpper(first) && t.word[0] != '@' && t.word[0] != '#' && !w.ordinary(i) {
			return true
		}
	}
	return false
}

// sellerOf are the small words before a seller, accents off.
var sellerOf = map[string]bool{"from": true, "with": true, "bei": true, "mit": true, "a": true, "con": true, "chez": true, "avec": true, "da": true, "do": true, "na": true, "no": true, "com": true, "dalla": true, "dal": true, "bij": true, "van": true, "met": true}

// romanArticles may stand between "com", "con", "avec" and a seller.
var romanArticles = map[string]bool{"a": true, "o": true, "la": true, "el": true, "le": true, "l": true, "il": true}

// pens are what a contract is signed with, and not with whom.
var pens = map[string]bool{"docusign": true, "adobe": true, "adobesign": true, "acrobat": true, "hellosign": true, "dropbox": true, "pandadoc": true, "skribble": true, "yousign": true, "signaturit": true, "zoho": true}

// ordinary reports whether token i is a day, a month, one of us, or a pen.
func (w *weighing) ordinary(i int) bool {
	return pens[w.d.tokens[i].plain] || slices.ContainsFunc(w.own, func(h hit) bool {
		f := w.cues.families[h.family]
		return int(h.first) == i && (f == "weekday" || f == "month" || f == "us")
	})
}
