package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// What did not happen is told by who tells it all the same: "they never asked for pricing",
// "haben den Vertrag nicht unterschrieben". A denial before the words for an act of theirs
// leaves nothing of it, and a thing not done is no "no" either.

const (
	guardNotOnly    = "notonly"    // a denial that denies nothing: "not only asked for prices"
	guardNotThere   = "notthere"   // nobody was to be met: "was not in", "nicht da"
	guardDoorkeeper = "doorkeeper" // who took our message: "left a message with the assistant"
	guardUntalked   = "untalked"   // what was no subject: "did not talk about", "nicht gesprochen"
)

// endsWith reports whether the turn at the tokens at... closes its statement, but for a mark
// or a word or two: "he was not in today", but not "was not in favour of it".
func (w *weighing) endsWith(at, g span) bool {
	end := g.end
	if end > at.end+1 && closing[w.d.tokens[end-1].word] {
		end--
	}
	for i := at.end + 1; i < end; i++ {
		if t := w.d.tokens[i]; !whenThere[t.plain] && t.word[0] != '#' && !w.isOf("weekday", i) && !w.isOf("month", i) {
			return false
		}
	}
	return true
}

// doorOnly reports whether nothing else is told beside a message left with somebody: an
// assistant may pass on a no.
func (w *weighing) doorOnly() bool {
	whole := span{0, len(w.d.tokens)}
	return !w.any(guardRefused, whole) && (len(w.evidence(signalNumber[journey.Declined], whole)) == 0 || w.passesOn(whole))
}

// passesOn reports whether all that sounds like a no in g is that something is passed on:
// "she will pass it on".
func (w *weighing) passesOn(g span) bool {
	list := w.evidence(signalNumber[journey.Declined], g)
	return len(list) > 0 && !slices.ContainsFunc(list, func(at span) bool {
		behind := w.d.tokens[at.end+1 : min(g.end, at.end+1+opening)]
		return !strings.HasPrefix(w.d.tokens[at.end].plain, "pass") || !slices.ContainsFunc(behind, func(t token) bool { return t.plain == "on" || t.plain == "along" })
	})
}

// whenThere are small words about the time at which nobody was there, accents off.
var whenThere = wordsOf("today yesterday again when i we called came rang on in at this the morning afternoon heute gestern wieder am als ich anrief hoy ayer aujourd hui hier hoje ontem oggi ieri vandaag gisteren")

// acts are signals told by a verb that a denial takes back. What hurts somebody, what they
// complain of and what they report is as often told by what is not ("nobody fills in the
// sheets"), and a no is one.
var acts = guardOf(journey.Replied, journey.ReachedOut, journey.AskedForMore, journey.GaveContact, journey.Subscribed, journey.Connected, journey.AgreedMeeting, journey.NoticedUs,
	journey.BroughtOthers, journey.ProposalDiscussed, journey.WorkingSession, journey.SharedOnward, journey.VerbalYes, journey.UpsellInterest, journey.CrossSellInterest)

// fallbacks are what is read where no word says more.
var fallbacks = guardOf(journey.Replied, journey.ReachedOut)

// undone reports whether all that segment g says for signal s, one of [acts], is denied.
func (w *weighing) undone(s int, g span) bool {
	list := w.evidence(s, g)
	if fallbacks[s] { // an answer may say what is not: "not before ten, she said"
		return len(list) == 0 && len(w.d.tokens) < shortNote && (w.any(guardUntalked, g) || w.askDenied(g))
	}
	if w.any(guardNotOnly, g) {
		return false
	}
	if len(list) == 0 { // no word of the signal's own: a denial is all there is to go by
		return len(w.d.tokens) < shortNote && w.deniedAround(span{g.end, g.end}, g)
	}
	return w.any(guardUntalked, g) || !slices.ContainsFunc(list, func(at span) bool { return !w.deniedAround(at, g) })
}

// askDenied reports whether segment g tells that they did not ask.
func (w *weighing) askDenied(g span) bool {
	return slices.ContainsFunc(w.own, func(h hit) bool {
		at := span{int(h.first), int(h.last)}
		asks := w.cues.signals[h.family] == journey.AskedForMore || w.cues.families[h.family] == "ask"
		return asks && at.start >= g.start && at.end < g.end && w.deniedBefore(at, g)
	})
}

// deniedAround reports whether what stands at the tokens at..., inside segment g, is denied
// before it or, as verbs are in German and Dutch, behind it.
func (w *weighing) deniedAround(at, g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		first, last := int(h.first), int(h.last)
		if first < g.start || last >= g.end || w.elsewhere(h) {
			return false
		}
		switch w.cues.guards.families[h.family] {
		case guardDenied:
			return last < at.start && at.start-last <= reachBefore && w.flat(h) && !w.apart(h, at)
		case guardAfter:
			return first > at.end && first-at.end <= reachAfter && w.denies(h)
		}
		return false
	})
}

// flat reports whether a denial is one in so many words: "never", and not "almost" or "far from".
func (w *weighing) flat(h hit) bool {
	t := w.d.tokens[h.first].plain
	if end := w.d.tokens[h.last].end; end < len(w.text) && w.text[end] == '-' {
		return false // "our no-show article"
	}
	return noWords[t] || strings.HasSuffix(t, "n't") || w.denies(h)
}

// noWords begin a denial in so many words, accents off.
var noWords = wordsOf("not never no none nobody nothing dont doesnt didnt wont isnt wasnt hasnt havent cant cannot neither nor without " +
	"nicht nichts nie kein keine keinen keinem keiner keinerlei niemand niemanden niemandem weder ohne nada nadie nunca tampoco ningun ninguna sin n'a n'ont n'est pas rien jamais aucun aucune sans " +
	"nao ninguem nenhum nenhuma sem non niente nulla nessun nessuno nessuna senza niet niets niks nooit geen niemand zonder")

// allUndone reports whether what segment g tells of a deed is that it was not done, or is to
// be: in "el pedido no está firmado" the order is no order either, nor is the contract in
// "contract to be signed".
func (w *weighing) allUndone(g span) bool {
	denied := false
	for _, h := range w.guards {
		at := span{int(h.first), int(h.last)}
		if w.cues.guards.families[h.family] != guardDeed || at.start < g.start || at.end >= g.end {
			continue
		}
		if !w.deniedAround(at, g) && !w.deedToCome(at, g) {
			return false
		}
		denied = true
	}
	return denied && !w.any(guardNotOnly, g)
}

// deedToCome reports whether the deed at the tokens at, inside segment g, is hoped for or to be.
func (w *weighing) deedToCome(at, g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		first, last := int(h.first), int(h.last)
		if w.cues.guards.families[h.family] != guardHoped || first < g.start || last >= g.end || w.elsewhere(h) || w.apart(h, at) {
			return false
		}
		return last < at.start && at.start-last <= reachBefore || first < at.start && at.end <= last
	})
}

// deedUndone reports whether segment g tells that they have not signed, paid or bought, and
// nothing else that sounds like a no. Who has not renewed has left.
func (w *weighing) deedUndone(g span) bool {
	if w.any(guardRefused, g) || w.any(guardRival, w.wholeSentence(g.start)) {
		return false
	}
	return w.any(guardUntalked, g) || slices.ContainsFunc(w.guards, func(h hit) bool {
		at := span{int(h.first), int(h.last)}
		return w.cues.guards.families[h.family] == guardDeed && at.start >= g.start && at.end < g.end && !renews[w.d.tokens[at.start].plain] && w.deniedAround(at, g)
	})
}

// butSigned reports whether the note has no word of a no, and tells that they signed with us:
// "non ha esitato, hanno firmato il contratto".
func (w *weighing) butSigned(s int) bool {
	whole := span{0, len(w.d.tokens)}
	if len(w.evidence(s, whole)) > 0 || w.any(guardRefused, whole) || w.any(guardRival, whole) || w.any(guardSeller, whole) {
		return false
	}
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardOrdered && w.orders(h)
	})
}

// orders reports whether a turn of guardOrdered tells of an order of theirs.
func (w *weighing) orders(h hit) bool {
	at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
	return w.byThem(g.start, at.start, besideState) && !w.unreal(signalNumber[journey.Revenue], at, span{g.start, w.sentence(at.start).end})
}

// renews are deeds that end a contract where they are not done, accents off.
var renews = wordsOf("renewed verlangert renovo renovaron renovado renouvele renovou renovaram rinnovato verlengd")
