package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// Plain refusals as they are typed in a hurry, of which the words beside them decide: to whom we
// lost, what stands behind "dropped us", and with whom they stay. See [weighing.outright].

const (
	guardLost = "lost" // what went to somebody else: "lost to Siemens"
	guardShut = "shut" // a no where nothing is added: "dropped us", and not "dropped us a line"
	guardKept = "kept" // they keep whom they have: "stay with their current supplier"
	guardDear = "dear" // an objection that ends nothing by itself: "too expensive"
)

// turnedDown reports whether h tells a no of theirs, now and for good, that nothing takes back.
func (w *weighing) turnedDown(h hit) bool {
	at := span{int(h.first), int(h.last)}
	g, around := w.segmentAt(at.start), w.sentence(at.start)
	if w.any(guardTalking, w.wholeSentence(at.start)) || w.any(guardFormerly, around) || w.year(around) || w.hasEnd(at, g) || w.takenBack(h) {
		return false
	}
	switch w.cues.guards.families[h.family] {
	case guardLost:
		return w.rivalIn(w.winner(at), g) && w.byUs(g.start, at.start) && w.dealOnly(at)
	case guardShut:
		return w.addsReason(at.end+1, g) && w.byThem(g.start, at.start) && !w.mayNotBe(at, g)
	}
	return w.byThem(g.start, at.start, besideState, weDecide, willing)
}

// takenBack reports whether h is no refusal, whatever else sounds like one: it is denied or in
// doubt, or what stands behind makes another thing of it.
func (w *weighing) takenBack(h hit) bool {
	at := span{int(h.first), int(h.last)}
	g := w.segmentAt(at.start)
	doubted := slices.ContainsFunc(w.tokens(span{g.start, at.start}), func(t token) bool { return unlessSo[t.plain] || doubting[t.plain] })
	if doubted || w.deniedAround(at, g) {
		return true
	}
	switch next := at.end + 1; w.cues.guards.families[h.family] {
	case guardLost:
		return !w.dealOnly(at) || at.start > g.start && w.isOf("they", at.start-1) || w.deniedBefore(at, g) || next < g.end && strings.HasPrefix(w.d.tokens[next].plain, "follow")
	case guardShut:
		first := w.d.tokens[at.start].plain
		passes := strings.HasPrefix(first, "pass")
		return next < g.end && (passes || strings.HasPrefix(first, "drop")) && (added[w.d.tokens[next].plain] || w.d.tokens[next].word[0] == '#' || passes && w.d.tokens[next].plain == "to")
	}
	others := slices.ContainsFunc(w.tokens(span{g.start, at.start}), func(t token) bool { return kinFolk[t.plain] })
	return others || slices.ContainsFunc(w.tokens(span{at.start, at.end + 1}), func(t token) bool { return t.plain == "us" || t.plain == "uns" || t.plain == "ons" })
}

// onlyTakenBack reports whether all that sounds like a no in segment g are refusals that are none.
func (w *weighing) onlyTakenBack(g span) bool {
	list, some := w.evidence(signalNumber[journey.Declined], g), false
	for _, h := range w.guards {
		if int(h.first) < g.start || int(h.last) >= g.end || !w.refuses(h) {
			continue
		}
		if !w.takenBack(h) {
			return false
		}
		some = true
		list = slices.DeleteFunc(list, func(e span) bool { return e.start <= int(h.last) && int(h.first) <= e.end })
	}
	return some && len(list) == 0 && !w.any(guardRefused, g)
}

// onlyDear reports whether the note says nothing but that we are too expensive, and who said so.
func (w *weighing) onlyDear() bool {
	if len(w.d.tokens) >= shortNote {
		return false
	}
	for i, t := range w.d.tokens {
		if !w.within(guardDear, i) && (noWords[t.plain] || !closing[t.word] && !saying[t.plain] && !besideDeed[t.plain] && !besideState[t.plain] && !w.isOf("they", i)) {
			return false
		}
	}
	return len(w.d.tokens) > 0 && w.any(guardDear, span{0, len(w.d.tokens)})
}

// refuses reports whether h is a turn of speech for a plain refusal.
func (w *weighing) refuses(h hit) bool {
	switch w.cues.guards.families[h.family] {
	case guardLost, guardShut, guardKept:
		return true
	}
	return false
}

// ofTurnedDown reports whether f is read from a plain refusal: who "passed on our offer, too
// expensive" talked about no offer, and passed on nothing.
func (w *weighing) ofTurnedDown(f Finding) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		if !w.refuses(h) || !w.turnedDown(h) {
			return false
		}
		switch f.Signal {
		case journey.ProposalDiscussed:
			return w.quotes(f, w.wholeSentence(int(h.first)))
		case journey.SharedOnward, journey.Revenue, journey.RepeatOrder:
			g := w.segmentAt(int(h.first))
			return w.quotes(f, g) && !w.any(guardDeed, w.wholeSentence(g.start))
		}
		return false
	})
}

// winner is the first token behind the words by which something went to somebody, at the tokens
// at: German and Dutch have the verb last.
func (w *weighing) winner(at span) int {
	i := at.end + 1
	if losing[w.d.tokens[at.end].plain] {
		for i = at.start; i < at.end && !losesTo[w.d.tokens[i].plain]; i++ {
		}
		i++
	}
	for i < len(w.d.tokens) && (articles[w.d.tokens[i].plain] || romanArticles[w.d.tokens[i].plain]) {
		i++
	}
	return i
}

// rivalIn reports whether token i names or is a rival of ours. A name in small letters is one
// where the price says so: "lost to siemens on price".
func (w *weighing) rivalIn(i int, g span) bool {
	if i >= g.end || w.d.tokens[i].word[0] == '@' || w.d.tokens[i].word[0] == '#' || lostIn[w.d.tokens[i].plain] {
		return false
	}
	priced := slices.ContainsFunc(w.tokens(span{i + 1, g.end}), func(t token) bool { return priceWords[t.plain] })
	return w.within(guardRival, i) || priced && !w.isOf("they", i) || w.capital(i) && !w.ordinary(i)
}

// byUs reports whether nobody but we, or what we offered, stands before a loss: what they lost is
// no no.
func (w *weighing) byUs(from, to int) bool {
	for i := from; i < to; i++ {
		if w.isOf("they", i) && !lostWhat[w.d.tokens[i].plain] {
			return false
		}
	}
	return w.byThem(from, to, weDecide, lostWhat, besideLoss)
}

// dealOnly reports whether what was lost by the words at the tokens at is a deal, or they, or goes
// without saying: not "my phone". What has a name may be either.
func (w *weighing) dealOnly(at span) bool {
	if losing[w.d.tokens[at.end].plain] {
		return true
	}
	unknown := false
	for i := at.start + 1; i < at.end; i++ {
		t := w.d.tokens[i]
		if lostWhat[t.plain] || t.word[0] == '@' || w.capital(i) {
			return true
		}
		unknown = unknown || !articles[t.plain] && !losesTo[t.plain] && !besideLoss[t.plain]
	}
	return !unknown
}

// addsReason reports whether what stands from token i on in segment g is nothing, a reason, or for
// whom they left.
func (w *weighing) addsReason(i int, g span) bool {
	if i >= g.end || closing[w.d.tokens[i].word] || endOfSentence(w.d.tokens[i].word) || reasons[w.d.tokens[i].plain] {
		return true
	}
	return onWhich[w.d.tokens[i].plain] && w.rivalIn(w.winner(span{i, i}), g) || onWhich[w.d.tokens[i].plain] && i+1 < g.end && priceWords[w.d.tokens[i+1].plain]
}

// Words around a refusal, accents off.
var (
	// willing stand before what they will go on doing.
	willing = wordsOf("will want wants prefer prefers rather decided to 'll ll they'll would wollen werden mochten lieber quieren prefieren veulent preferent vogliono preferiscono querem preferem willen liever")
	// doubting are words for what may be, or is not known.
	doubting = wordsOf("may might maybe perhaps possibly could afraid fear fears worried did vielleicht eventuell quiza quizas peut-etre forse talvez misschien")
	// added open what somebody drops or passes besides: "dropped us a line".
	added = wordsOf("a an the some another two three his her its off")
	// lostWhat may be lost to a rival, they or the deal, and besideLoss stand beside it.
	lostWhat = wordsOf("it this that them him her deal deals order orders contract tender bid job project business account customer client pitch " +
		"auftrag projekt ausschreibung kunden kunde vertrag ihn sie es " +
		"pedido contrato proyecto cliente concurso lo los marche contrat client projet affaire commande " +
		"ordine contratto gara progetto negocio projeto opdracht klant")
	besideLoss = wordsOf("out on den die das de des dem wurde ist se hemos avons abbiamo temos is zijn nous")
	// losing are the words for a loss that stand last, losesTo those before whom it went to.
	losing  = wordsOf("verloren")
	losesTo = wordsOf("to an gegen aan van tegen against contra contre contro para face frente ante a au profit favore di")
	// lostIn are what somebody or something loses in: "an Boden verloren".
	lostIn = wordsOf("boden bedeutung wert fahrt tempo schwung gewicht einfluss kraft zeit vertrauen")
	// priceWords name the price by which a rival won.
	priceWords = wordsOf("price prices pricing cost cheaper preis preise gunstiger billiger prix precio prezzo preco prijs goedkoper")
	// reasons open why or how they turned us down.
	reasons = wordsOf("because since due owing over as after when now too also finally again despite instead altogether completely entirely today yesterday this last - – — weil wegen jetzt car parce porque perche omdat")
	// onWhich open for whom, or on what, they did.
	onWhich = wordsOf("for on fur pour por per voor op")
)
