package observe

import (
	"slices"

	"cairn/bot/journey"
)

// Who has had enough of us, in whatever words: an opt-out that is missed is the worst mistake
// there is. One that is read where no word says so is a mistake as well.

const guardNoMore = "nomore" // they want to hear no more of us: "nichts mehr von uns hören"

// enough is what such a turn says, and what it is mistaken for.
var enough = turn{journey.OptedOut, guardOf(journey.Subscribed, journey.Replied, journey.ReachedOut, journey.Declined, journey.NoticedUs, journey.AgreedMeeting, journey.AskedForMore,
	journey.WentQuiet, journey.SharedNeeds, journey.Postponed)}

// hadEnough reports whether the turn at the tokens at, in segment g, is a wish of theirs to be left
// alone, for good: no hour, no way and no end is named. Without a word for "any more" it closes
// its statement: "no quiere que le llamemos al móvil" leaves the office.
func (w *weighing) hadEnough(at, g span) bool {
	before := w.tokens(span{g.start, at.start})
	if w.wishDenied(at, g) || w.ourResolve(g) || w.any(guardInhouse, span{g.start, at.start}) || slices.ContainsFunc(before, func(t token) bool { return unlessSo[t.plain] || served[t.plain] }) {
		return false
	}
	if w.endless(g) {
		return !w.otherLimit(g)
	}
	if w.limited(g) || w.forDays(at, g) || w.says(g, thisYear) || w.any(guardNotNow, g) || w.hasEnd(at, g) {
		return false
	}
	if slices.ContainsFunc(w.tokens(span{at.start, min(g.end, at.end+1+fewTokens)}), func(t token) bool { return neverMore[t.plain] }) {
		return true
	}
	next := at.end + 1
	return next >= g.end || closing[w.d.tokens[next].word] || w.d.tokens[next].word == `"` || politely[w.d.tokens[next].plain] || endOfSentence(w.d.tokens[next].word)
}

// wishDenied reports whether the wish at the tokens at, in segment g, is denied, and not what
// another of them did before: "das bringt nichts sie will nichts mehr hören".
func (w *weighing) wishDenied(at, g span) bool {
	from := g.start
	for i := at.start - 1; i >= g.start; i-- {
		if wisher[w.d.tokens[i].plain] {
			from = i
			break
		}
	}
	return w.deniedBefore(at, span{from, g.end})
}

// joined is segment g with those that an "and" joins to it.
func (w *weighing) joined(g span) span {
	list := w.d.segments()
	for i := range list {
		if list[i].start == g.end && w.d.joins(g.end) {
			g.end = list[i].end
		}
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].end == g.start && w.d.joins(g.start) {
			g.start = list[i].start
		}
	}
	return g
}

// wishUnsaid reports whether the note has no word of a wish to be left alone, and segment g is what
// somebody is reached by, or the note tells on which day we are to try again.
func (w *weighing) wishUnsaid(g span) bool {
	if w.wishEnds(g) && !w.endless(g) { // "does not want to hear from us until May"
		return true
	}
	if len(w.evidence(signalNumber[journey.OptedOut], span{0, len(w.d.tokens)})) > 0 {
		return false
	}
	for i := range w.d.tokens {
		if w.isOf("take_out", i) || w.isOf("stop_word", i) { // "please take +49 170 1234567 off"
			return false
		}
	}
	if slices.ContainsFunc(w.tokens(g), func(t token) bool { return t.word == mailClass || t.word == phoneClass }) {
		return true
	}
	return slices.ContainsFunc(w.d.segments(), func(o span) bool {
		if !w.any(guardLater, o) || w.any(guardDenied, o) {
			return false
		}
		for i := o.start; i < o.end; i++ {
			if w.namesDay(i) {
				return true
			}
		}
		return false
	})
}

var (
	// unlessSo are words before what may be so, accents off.
	unlessSo = wordsOf("if unless whether wenn falls ob")
	// wisher are those whose wish it is, accents off.
	wisher = wordsOf("he she they er sie el ella ellos ellas il elle ils elles ele ela eles elas lui lei loro hij zij ze")
	// served are those whom they serve: what these want of them is theirs.
	served = wordsOf("customers clients guests patients kunden gaste patienten clientes huespedes pacientes klanten gasten clienti ospiti pazienti")
	// neverMore are words for any more, accents off.
	neverMore = wordsOf("more again anymore mehr meer mas ya mais plus piu never nie nunca jamais mai nooit")
	// politely are words behind a wish, accents off.
	politely = wordsOf("please thanks thank bitte danke aub alsjeblieft alstublieft graag favor svp merci gracias grazie obrigado obrigada")
	// thisYear is a time that has an end.
	thisYear = turnsOf("this year, dieses jahr, heuer, este ano, cette annee, quest'anno, dit jaar")
)
