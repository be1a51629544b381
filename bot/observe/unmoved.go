package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// What is told of somebody and moves them nowhere: that they have not answered, what we
// mean to do, where they moved to, what they look like. The words are those of an answer, an
// ask, a no and a success, and the guards here take such readings back.
const (
	guardUnanswered = "unanswered" // nothing has come back: "has not replied yet"
	guardCalledOff  = "calledoff"  // an appointment that is not to be, and no more: "cancelled the demo"
	guardLikened    = "likened"    // only compared with what was: "same as last week"
	guardIntended   = "intended"   // ours to do, and not done: "we should send"
	guardPersonal   = "personal"   // of them, and of no business: "a new hair cut"
	guardResettled  = "resettled"  // to another town or house: "relocated", "moved to a bigger office"
	guardPlaces     = "places"     // towns and countries: nobody's employer
	guardTookPlace  = "tookplace"  // a talk that has been, and is to come no more: "visited on Friday"
	guardOwing      = "owing"      // we have not answered: "I haven't answered him yet"
	guardSocial     = "social"     // of other things than work: "had a beer"
	guardMoved      = "moved"      // to another day: "demo rescheduled"
	guardLacking    = "lacking"    // what they leave undone: "payment late", "they don't use it"
	guardShown      = "shown"      // a demo that has been: "demo held on 12 January"
)

// unmoved are what the turns of this file say, and what they are mistaken for.
var unmoved = map[string]turn{
	guardUnanswered: {journey.ReachedOut, guardOf(journey.Replied, journey.Connected, journey.AgreedMeeting, journey.Declined, journey.GaveFeedback,
		journey.NoticedUs, journey.RepeatOrder)},
	guardCalledOff: {"", guardOf(journey.Declined, journey.AgreedMeeting, journey.SawItWork, journey.WorkingSession, journey.TrialRunning, journey.Installed,
		journey.Adopted, journey.SharedNeeds)},
	guardLikened: {"", guardOf(journey.RepeatOrder, journey.Revenue, journey.Expanded, journey.TrialRunning, journey.Installed)},
	guardIntended: {"", guardOf(journey.AskedForMore, journey.GaveContact, journey.Subscribed, journey.Connected, journey.AgreedMeeting, journey.SharedNeeds, journey.WorkingSession,
		journey.ProposalDiscussed, journey.SawItWork, journey.VerbalYes, journey.BroughtOthers, journey.Referral, journey.Recommendation, journey.UpsellInterest, journey.CrossSellInterest,
		journey.Replied, journey.ReachedOut, journey.Complained)},
	guardPersonal: {"", guardOf(journey.Replied, journey.ReachedOut, journey.Complained, journey.ValueStory, journey.Adopted, journey.Installed, journey.Expanded, journey.Postponed, journey.Revenue, journey.RepeatOrder,
		journey.UpsellInterest, journey.Declined, journey.NoticedUs)},
	guardTookPlace: {"", guardOf(journey.AgreedMeeting, journey.Installed, journey.Adopted)},
	guardMoved:     {"", guardOf(journey.SawItWork, journey.WorkingSession, journey.TrialRunning, journey.Installed, journey.Adopted, journey.Declined)},
	guardLacking: {"", guardOf(journey.Declined, journey.Revenue, journey.RepeatOrder, journey.Adopted, journey.Installed, journey.TrialRunning,
		journey.Expanded)},
	guardOwing:     {"", guardOf(journey.Replied, journey.ReachedOut)},
	guardSocial:    {journey.Replied, guardOf(journey.WorkingSession, journey.SawItWork, journey.Installed, journey.AgreedMeeting, journey.Adopted, journey.ReachedOut)},
	guardShown:     {journey.SawItWork, guardOf(journey.AgreedMeeting, journey.ReachedOut, journey.Replied)},
	guardResettled: {"", guardOf(journey.Declined, journey.WentQuiet, journey.Expanded, journey.Adopted, journey.Installed)},
}

// holdsUnmoved reports whether a turn of this file says what it seems to say.
func (w *weighing) holdsUnmoved(name string, at, g span, found []Finding) bool {
	if w.d.tokens[at.start].quoted { // their words, of their acts
		return false
	}
	switch name {
	case guardOwing:
		return true
	case guardCalledOff:
		if w.ranBefore(at, g) {
			return w.othersDeal(g) || w.endsDeal(at, g)
		}
	case guardTookPlace: // "booked a visit yesterday" for a day to come
		if slices.ContainsFunc(w.own, func(h hit) bool {
			return w.cues.families[h.family] == "agree" && int(h.first) < g.end && int(h.last) >= g.start
		}) {
			return false
		}
	case guardSocial:
		return !w.tellsMore(name, found) && !w.mayNotBe(at, g)
	case guardUnanswered: // who told us something else has come back to us
		return !w.tellsMore(name, found) && w.byThem(g.start, at.start, besideState) && !w.any(guardAsking, w.wholeSentence(at.start))
	case guardIntended: // "she said we should send an offer" is theirs
		if first := w.d.tokens[at.start].plain; handsOut[first] && !slices.ContainsFunc(w.tokens(span{at.end, g.end}), func(t token) bool { return handedOut[t.plain] }) {
			return false // what "will send the order" means is who it is
		}
		return w.byThem(g.start, at.start, besideOurs) && !w.asksOf(span{w.wholeSentence(at.start).start, at.start})
	case guardLikened: // "same as last time: 40 kits"
		return len(w.d.tokens) < shortNote && !slices.ContainsFunc(w.d.tokens, func(t token) bool { return t.word[0] == '#' })
	case guardResettled:
		if ontoPlace[w.d.tokens[at.end].plain] && !w.place(at.end+1) {
			return false // to another employer, or another supplier
		}
	}
	return !w.mayNotBe(at, g) && !w.undoneBehind(at, g)
}

// ranBefore reports whether the appointment that opens the turn at the tokens at, in segment g, is only
// when or where something else was cancelled: "after the demo they cancelled their subscription".
func (w *weighing) ranBefore(at, g span) bool {
	turn := w.tokens(span{at.start, at.end + 1})
	if !callsOff(turn[len(turn)-1].plain) || slices.ContainsFunc(turn, func(t token) bool { return passive[t.plain] }) {
		return false
	}
	for i := at.start + 1; i < at.end; i++ {
		if wisher[w.d.tokens[i].plain] || w.isOf("they", i) || closing[w.d.tokens[i].word] {
			return true
		}
	}
	if next := at.end + 1; next+1 < g.end && (articles[w.d.tokens[next].plain] || own[w.d.tokens[next].plain] || ourThing[w.d.tokens[next].plain]) {
		return true // what is cancelled stands behind
	}
	i := at.start - 1
	for i >= g.start && (articles[w.d.tokens[i].plain] || own[w.d.tokens[i].plain] || ourThing[w.d.tokens[i].plain] || ofFirst[w.d.tokens[i].plain]) {
		i--
	}
	return i >= g.start && onOccasion[unelided(w.d.tokens[i].plain)]
}

// endsDeal reports whether what was cancelled where the turn at the tokens at, in segment g, ends is what
// binds them to us, or is left unsaid: then that is their no.
func (w *weighing) endsDeal(at, g span) bool {
	if w.mayNotBe(at, g) || w.openWithin(at) || w.undoneBehind(at, g) || w.othersDeal(g) {
		return false
	}
	i := at.end + 1
	for i < g.end && (articles[w.d.tokens[i].plain] || own[w.d.tokens[i].plain] || ourThing[w.d.tokens[i].plain]) {
		i++
	}
	return i >= g.end || closing[w.d.tokens[i].word] || endOfSentence(w.d.tokens[i].word) || bindsThem[w.d.tokens[i].plain] || contracts[w.d.tokens[i].plain]
}

// othersDeal reports whether segment g speaks of what binds them to others.
func (w *weighing) othersDeal(g span) bool {
	released := slices.ContainsFunc(w.guards, func(h hit) bool {
		at := span{int(h.first), int(h.last)}
		// of one word alone, "cancelled", it tells only with what follows
		return w.cues.guards.families[h.family] == guardReleased && at.start >= g.start && at.end < g.end && (at.start < at.end || w.endsOne(at, g))
	})
	return released || w.boundToOthers(g) || w.any(guardRival, w.wholeSentence(g.start))
}

// callsOff reports whether a word, accents off, calls something off.
func callsOff(word string) bool {
	return slices.ContainsFunc([]string{"cancel", "abgesagt", "annul", "anulad", "disdett", "afgezegd", "geannuleerd"}, func(s string) bool { return strings.HasPrefix(word, s) })
}

var (
	// passive are words by which an appointment is what was called off, accents off.
	passive = wordsOf("is was got been wurde ist fue est ete foi stato stata werd")
	// onOccasion stand before what something came after, or of what it came.
	onOccasion = wordsOf("after in at during following since nach im beim bei wahrend despues en tras durante apres lors pendant depois na no apos dopo durante nella nel na in tijdens")
	// bindsThem are what they have of us, or all of it, accents off.
	bindsThem = wordsOf("contract subscription order orders account plan everything all it vertrag abo auftrag bestellung alles contrato pedido suscripcion todo contrat commande abonnement tout contratto ordine abbonamento tutto assinatura tudo bestelling")
	// ofFirst are small words between them and it.
	ofFirst = wordsOf("first last second de del de la le du des der dem den da do")
)

// undoneBehind reports whether a not stands right behind the turn at the tokens at.
func (w *weighing) undoneBehind(at, g span) bool {
	return at.end+1 < g.end && noWords[w.d.tokens[at.end+1].plain]
}

// ontoPlace end a turn of speech that wants a place behind it.
var ontoPlace = wordsOf("to from a")

// tellsMore reports whether something was found that is neither what the turn says nor what
// it is mistaken for.
func (w *weighing) tellsMore(name string, found []Finding) bool {
	return slices.ContainsFunc(found, func(f Finding) bool {
		return f.Confidence > restSure && f.Signal != turns[name].says && !turns[name].drops[signalNumber[f.Signal]]
	})
}

// takesUnmoved reports whether such a turn takes back f, which is read from the sentence
// around: nothing else there says so.
func (w *weighing) takesUnmoved(name string, f Finding, at, around span) bool {
	switch g := w.segmentAt(at.start); name {
	case guardIntended, guardSocial: // what is meant to be done, and with whom, stands behind
		at.end = g.end - 1
	case guardTookPlace: // what went well stands before
		at.start = g.start
	}
	return w.restsOn(f, at, around)
}

// asksOf reports whether somebody else says or asks in g what is to be done.
func (w *weighing) asksOf(g span) bool {
	for i := g.start; i < g.end; i++ {
		if w.isOf("they", i) || w.isOf("ask", i) {
			return true
		}
	}
	return false
}

// handsOut begin turns that are ours where what is sent is.
var handsOut = wordsOf("will need must have gotta still going gonna")

// besideOurs are small words before what we mean to do, accents off.
var besideOurs = wordsOf("maybe perhaps really probably also next still now so i think guess eigentlich vielleicht wohl auch jetzt noch quiza tal vez ahora peut etre maintenant talvez agora forse ora misschien")
