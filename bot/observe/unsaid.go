package observe

import (
	"slices"

	"cairn/bot/journey"
)

// Nobody is to be told that a customer bought, recommended us or made somebody known because
// customers often do: in a note of few words an exchange wants one of its own, or a reading that
// is as good as certain. One that was missed is found with the next line; one that never was is a
// reason not to believe the next.
//
// Of such lines as people type them the weights were wrong up to .97: "waiting for his call" of a
// customer. Of whom nothing came yet they say no such thing, and there "executed SOW is in the
// folder" is the first order. Longer notes say more than any list of words.
const (
	unsaidSure  = 0.98 // how sure an exchange must be of which the note has no word,
	unsaidWords = 8    // where it has fewer words and marks than these
)

// exchanged are the signals of an exchange.
var exchanged = guardOf(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Referral, journey.Recommendation)

// sayExchange are the guards whose turns are words of an exchange.
var sayExchange = map[string]guard{
	guardDeed: sales, guardOrdered: sales, guardSeller: sales, guardOurDeal: sales,
	guardIntroduced: guardOf(journey.Referral), guardPointed: guardOf(journey.Referral, journey.Recommendation), guardSentOn: guardOf(journey.Referral),
	guardByName: guardOf(journey.Referral), guardPraised: guardOf(journey.Recommendation), guardPledged: guardOf(journey.Recommendation),
}

// unspoken fills in of which exchanges d has no word, where it is short and of somebody of whom
// c tells one already. What is bought and what is bought again share theirs.
func (k *desk) unspoken(d *document, c Context) {
	cues := k.extractor.cues
	clear(k.unsaid)
	if len(d.tokens) >= unsaidWords || !c.bought() && !c.saw(journey.Referral, journey.Recommendation) {
		return
	}
	for s := range signals {
		k.unsaid[s] = exchanged[s]
	}
	for _, h := range k.extractor.hits {
		s, known := signalNumber[cues.signals[h.family]]
		if !known || !exchanged[s] || d.saysOther(h, s) {
			continue
		}
		k.unsaid[s] = false
		for other := range signals {
			k.unsaid[other] = k.unsaid[other] && !(sales[s] && sales[other])
		}
	}
	if slices.ContainsFunc(d.tokens, func(t token) bool { return seats[t.plain] }) {
		k.unsaid[signalNumber[journey.Expanded]] = false
	}
	for _, h := range cues.guardsIn(d) {
		for s, says := range sayExchange[cues.guards.families[h.family]] {
			k.unsaid[s] = k.unsaid[s] && !says
		}
	}
}

// saysOther reports whether a cue of signal s is one of the words that mostly tell of other
// things: who waits for an answer made nobody known, and a "quarterly review" is no praise.
func (d *document) saysOther(h hit, s int) bool {
	first, last := int(h.first), int(h.last)
	switch signals[s] {
	case journey.Referral:
		return last-first <= 1 && awaits[d.tokens[first].plain]
	case journey.Recommendation:
		reviews := first == last && (d.tokens[first].plain == "review" || d.tokens[first].plain == "reviews")
		beside := d.tokens[max(first-1, 0):min(last+2, len(d.tokens))]
		return reviews && slices.ContainsFunc(beside, func(t token) bool { return ofWork[t.plain] })
	}
	return false
}

var (
	// awaits are words for waiting, accents off.
	awaits = wordsOf("expecting meet erwartet wartet esperando espera aguarda aspetta attend verwacht")
	// seats are what more of is bought for more people, accents off: "added 5 seats".
	seats = wordsOf("seat seats licence licences license licenses lizenz lizenzen platz platze licencia licencias plaza plazas poste postes place places licenca licencas licenza licenze posto posti licentie licenties")
	// ofWork make a review one of work, and of nobody's praise.
	ofWork = wordsOf("call meeting session quarterly business annual yearly monthly weekly contract design safety security legal performance process")
)
