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

// treated reports whether what was paid or bought by the deed at the tokens at, in segment g, is what
// one is treated to: "paid for the beers", "hat die Pizza bezahlt", "paid the bill at dinner". Twenty
// of them are an order, and a coffee machine is none of them.
func (w *weighing) treated(at, g span) bool {
	if !treating[w.d.tokens[at.start].plain] || slices.ContainsFunc(w.tokens(g), func(t token) bool { return t.word == "#n" }) || w.says(g, fromUs) {
		return false
	}
	i := at.end + 1
	for i < g.end && treatLead[w.d.tokens[i].plain] {
		i++
	}
	if i < g.end && tableBill[w.d.tokens[i].plain] && !weOurselves[w.d.tokens[i-1].plain] { // "the bill at dinner"
		for i++; i < g.end && (treatLead[w.d.tokens[i].plain] || treatBehind[w.d.tokens[i].plain]); i++ {
		}
	}
	if h, yes := w.guardAt(guardTreats, i); i < g.end && yes {
		return w.treatEnds(int(h.last)+1, g.end)
	}
	if !verbLast[w.d.tokens[at.start].plain] {
		return false
	}
	k := at.start - 1
	for k >= g.start && treatLead[w.d.tokens[k].plain] {
		k--
	}
	h, yes := w.endingAt(guardTreats, k)
	return yes && k >= g.start && (int(h.first) == g.start || !servedAt[w.d.tokens[h.first-1].plain])
}

// treatEnds reports whether what is named before token i, in a segment that ends at end, ends there.
func (w *weighing) treatEnds(i, end int) bool {
	if i >= end {
		return true
	}
	t := w.d.tokens[i]
	first, _ := utf8.DecodeRuneInString(t.word)
	return !unicode.IsLetter(first) || closing[t.word] || joining[t.word] || treatLead[t.plain] || treatBehind[t.plain] || whenThere[t.plain] || w.isOf("weekday", i) || w.isOf("month", i) || w.within(guardTreats, i)
}

var (
	// treating are what is done with what one is treated to, accents off.
	treating = wordsOf("paid pays pay bought buys bezahlt bezahlte zahlt zahlte gekauft kauft kaufte spendiert pago paga pagaron pagado compro comprado invito paye paie achete offert " +
		"pagou comprou pagato comprato offerto betaalde betaald betaalt kocht gekocht")
	// fromUs are words for who sold it: whose trade food is has no guest there.
	fromUs = turnsOf("from us, off us, with us, bei uns, von uns, a nosotros, con nosotros, chez nous, a nous, conosco, a nos, da noi, bij ons, van ons")
	// verbLast are those that stand behind what it was, in German and Dutch.
	verbLast = wordsOf("bezahlt gekauft spendiert betaald gekocht")
	// treatLead are small words between the deed and what it was, and treatBehind those behind it, accents off.
	treatLead = wordsOf("for the a an my our me us him her his their your all some of two three mir uns ihm ihr fur das die den der ein eine einen mein meine unser unsere unseren por para el la los las lo un una unos unas mi nos " +
		"pour le les l une nos notre mon ma o os as um uma meu minha per il lo gli ci mio mia voor de het een mijn ons onze")
	treatBehind = wordsOf("at over during after with on in by from too bei beim nach mit am im en al con a de au avec no na com alla dopo bij met op tijdens durante")
	// servedAt are words before where something is bought, and what for.
	servedAt = wordsOf("furs im beim am zum bij in")
	// tableBill are bills that are paid at a table.
	tableBill = wordsOf("bill check tab rechnung cuenta addition conta conto rekening")
)

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
func (w *weighing) stranger(i, end int) bool { return w.strangerBy(i, end, w.lowerName) }

// strangerBy is stranger, with what else than a capital letter makes a name.
func (w *weighing) strangerBy(i, end int, also func(int) bool) bool {
	for i++; i <= end+1 && i < len(w.d.tokens); i++ {
		t := w.d.tokens[i]
		first, _ := utf8.DecodeRuneInString(w.text[t.start:])
		named := i <= end && sellerOf[w.d.tokens[i-1].plain] || i > 1 && romanArticles[w.d.tokens[i-1].plain] && (w.d.tokens[i-2].plain == "com" || w.d.tokens[i-2].plain == "con" || w.d.tokens[i-2].plain == "avec")
		if named && (unicode.IsUpper(first) && t.word[0] != '@' && t.word[0] != '#' && !w.ordinary(i) || also(i)) {
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

// bought reports whether a deed of theirs is told in the note: they signed, ordered or paid.
func (w *weighing) bought() bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		at := span{int(h.first), int(h.last)}
		return w.cues.guards.families[h.family] == guardDeed && !w.unreal(signalNumber[journey.Revenue], at, w.segmentAt(at.start))
	})
}
