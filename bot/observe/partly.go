package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// What sounds like an end and is less: a wish that leaves a way open, a price that is
// still talked about.

// limited reports whether segment g, or the one behind it, leaves a way open to
// write or call: "don't call, mail is fine".
func (w *weighing) limited(g span) bool {
	if w.forNow(g) && !w.endless(g) {
		return true
	}
	if w.any(guardLimited, g) {
		return !w.endless(g) || w.otherLimit(g)
	}
	for _, next := range w.d.segments() {
		if next.start == g.end {
			return (w.any(guardLimited, next) || w.leavesWay(g, next)) && w.wholeSentence(g.start) == w.wholeSentence(next.start)
		}
	}
	return false
}

// leavesWay reports whether segment next, behind the wish of segment g, names a way by which they
// may be reached, and right beside it that it is one: "preferisce le mail", "lieber Mail", "mailen
// mag". A "call that was ok" is none, nor is how they "said so by mail", nor is a list left by one.
func (w *weighing) leavesWay(g, next span) bool {
	list := w.tokens(next)
	if len(list) > wayWords || w.any(guardDenied, next) || slices.ContainsFunc(w.tokens(g), func(t token) bool { return leavesList[t.plain] }) {
		return false
	}
	if slices.ContainsFunc(list, func(t token) bool { return saying[t.plain] || noWords[t.plain] || justWas[t.plain] }) {
		return false
	}
	for i, t := range list {
		if reachedBy[t.plain] && (welcomed(list, i, -1) || welcomed(list, i, 1)) {
			return true
		}
	}
	return false
}

// welcomed reports whether the first word of list on that side of the i-th, but for small ones, is
// one by which a way is open. "Only a short call" counts those that were.
func welcomed(list []token, i, side int) bool {
	counted := false
	for k := i + side; k >= 0 && k < len(list); k += side {
		t := list[k].plain
		if welcome[t] {
			return !(counted && noMoreThan[t])
		}
		if !besideWay[t] && !reachedBy[t] && !aSingle[t] {
			return false
		}
		counted = counted || aSingle[t]
	}
	return false
}

// wayWords is how many words and marks a statement has, at most, that leaves a way open.
const wayWords = 7

// openEnds marks in drop the statements that say what they will still ask or decide;
// it reports whether there are any, and others with something to say beside them.
func (r *Reader) openEnds(d *document, n Note, drop *[]bool) bool {
	w := r.weigh(d, n)
	*drop = make([]bool, len(d.tokens))
	some, rest := false, 0
	for _, g := range d.segments() {
		if !w.any(guardOpen, g) {
			rest = max(rest, g.end-g.start)
			continue
		}
		some = true
		for t := g.start; t < g.end; t++ {
			(*drop)[t] = true
		}
	}
	return some && rest > opening
}

// withWay is segment g, and the one behind it where that says which way is left
// open: "nur per Mail" is no wish to be sent something.
func (w *weighing) withWay(s int, g span) span {
	if signals[s] == journey.OptedOut && !w.any(guardLimited, g) {
		for _, next := range w.d.segments() {
			if next.start == g.end {
				g.end = next.end
			}
		}
	}
	return g
}

// noNo reports whether segment g, which sounds like a no, is none: the talk goes on,
// they speak of our price alone, of somebody else's no, of what they have elsewhere,
// or of a no of long ago beside what they do now.
func (w *weighing) noNo(s int, g span) bool {
	around := w.wholeSentence(g.start)
	if w.stayed() || w.fallsOut(g) || w.wantsOn(around) || w.runsOut(s, g, around) || w.any(guardSeller, around) && w.any(guardWishing, around) || w.any(guardTalking, around) || w.any(guardAgainst, around) && !w.any(guardRefused, around) || w.priceAlone(s, g) {
		return true
	}
	now := slices.ContainsFunc(w.d.tokens[g.end:], func(t token) bool { return nowWords[t.plain] })
	return w.any(guardFormerly, g) && (now || len(w.d.tokens)-(around.end-around.start) > opening)
}

// wantsOn reports whether they want to go on with us by sentence g, whatever ends: "contract
// ends 31 December, wants to renew". It is asked for every statement that sounds like a no, and
// found out once a sentence: a pasted list is one of hundreds.
func (w *weighing) wantsOn(g span) bool {
	is, known := w.wantsOnIn[g]
	if !known {
		is = w.findWantsOn(g)
		if w.wantsOnIn == nil {
			w.wantsOnIn = map[span]bool{}
		}
		w.wantsOnIn[g] = is
	}
	return is
}

// findWantsOn is wantsOn. A no behind the wish is the last word: "wanted to renew, but procurement
// cancelled"; before it only a contract's end is none.
func (w *weighing) findWantsOn(g span) bool {
	if w.any(guardRefused, g) || w.any(guardRival, g) {
		return false
	}
	no := w.evidence(signalNumber[journey.Declined], g)
	if len(no) > 0 && !w.contractEnds(g) {
		return false
	}
	last := g.start
	for _, at := range no {
		last = max(last, at.end)
	}
	for i := last; i < g.end; i++ {
		if !slices.ContainsFunc(goingOn, func(begin string) bool { return strings.HasPrefix(w.d.tokens[i].plain, begin) }) {
			continue
		}
		if at, near := (span{i, i}), w.segmentAt(i); w.hopedBefore(at, near) && !w.deniedAround(at, near) {
			return true
		}
	}
	return false
}

// runsOut reports whether all that segment g of sentence around tells for s is that a contract has
// an end: what "ends 31 December" may well be renewed, and was not signed by that.
func (w *weighing) runsOut(s int, g, around span) bool {
	if !w.contractEnds(around) || w.any(guardRefused, around) || w.any(guardRival, around) {
		return false
	}
	if signals[s] == journey.Declined {
		return len(w.evidence(s, around)) == 0
	}
	return w.contractEnds(g) && !w.any(guardDeed, g) && !slices.ContainsFunc(w.evidence(s, g), func(at span) bool {
		return !contracts[w.d.tokens[at.start].plain] && !ending[w.d.tokens[at.start].plain]
	})
}

// contractEnds reports whether g tells that a contract comes to its own end.
func (w *weighing) contractEnds(g span) bool {
	for i := g.start; i < g.end; i++ {
		if !contracts[w.d.tokens[i].plain] {
			continue
		}
		for k := i + 1; k < min(g.end, i+1+opening); k++ {
			if ending[w.d.tokens[k].plain] {
				return true
			}
		}
	}
	return false
}

// onlyAgainLater reports whether segment g is only when we try again, "call back in two weeks":
// it is ours to do, and tells of nothing that they asked for or told, nor of a try without an
// answer.
func (w *weighing) onlyAgainLater(s int, g span) bool {
	if w.note.Direction == journey.In && !w.note.unsaid() || w.d.tokens[g.start].quoted || w.asksOf(g) || signals[s] == journey.WentQuiet && (w.any(guardUnanswered, g) || len(w.evidence(signalNumber[journey.ReachedOut], g)) > 0) {
		return false
	}
	if signals[s] != journey.WentQuiet && len(w.d.tokens) >= shortNote {
		return false // a longer note tells more of who wants it
	}
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardLater && int(h.first) >= g.start && int(h.last) < g.end && w.byThem(g.start, int(h.first), ways, laterLead) && !(signals[s] == journey.AgreedMeeting && w.plansJointly(h, g))
	})
}

// plansJointly reports whether the turn h for later, in segment g, is a talk that both are to have on
// a day: who is to "meet again Tuesday" agreed to it, who is to be called did not.
func (w *weighing) plansJointly(h hit, g span) bool {
	if !jointly[w.d.tokens[h.first].plain] {
		return false
	}
	for i := int(h.first) + 1; i < g.end; i++ {
		if w.isOf("weekday", i) || w.d.tokens[i].word == "#date" || w.d.tokens[i].word == "#time" {
			return true
		}
	}
	return false
}

// jointly are what two do, accents off.
var jointly = wordsOf("meet talk speak reparler risentirci riparlarne")

// laterLead are small words before what is to be done again later, accents off.
var laterLead = wordsOf("and then in a the two three few weeks months week month please i we dann und in zwei drei wochen monaten ein paar y luego et puis e poi en dan")

// priceAlone reports whether nothing in the note speaks for signal s but what our
// price is called, in segment g.
func (w *weighing) priceAlone(s int, g span) bool {
	if !w.any(guardPrice, g) {
		return false
	}
	return !slices.ContainsFunc(w.evidence(s, span{0, len(w.d.tokens)}), func(at span) bool {
		return !slices.ContainsFunc(w.guards, func(h hit) bool {
			return w.cues.guards.families[h.family] == guardPrice && int(h.first) <= at.end && at.start <= int(h.last)
		})
	})
}

// listAsked reports whether they only ask for a list in segment g: who "ha chiesto
// la lista" signs up to nothing. Who asks to be taken off one wants none.
func (w *weighing) listAsked(s int, g span) bool {
	list := w.evidence(s, g)
	return len(list) > 0 && !slices.ContainsFunc(list, func(at span) bool {
		return at.start < g.start+2 || !lists[w.d.tokens[at.start].plain] || !articles[w.d.tokens[at.start-1].plain] || offList[w.d.tokens[at.start-2].plain] || !w.asks(span{g.start, at.start})
	})
}

// asks reports whether a word in g says that somebody asks.
func (w *weighing) asks(g span) bool {
	return slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool {
		return slices.ContainsFunc(askingWords, func(begin string) bool { return strings.HasPrefix(t.plain, begin) })
	})
}

var (
	// reachedBy are ways to reach somebody, and welcome the words by which one is open, accents off.
	reachedBy = wordsOf("mail mails email emails phone telephone call calls whatsapp sms text texts chat letter letters post linkedin telefon anruf anrufe brief briefe nachricht correo correos llamada llamadas telefono mensaje mensajes carta " +
		"courriel courriels appel appels telephone message messages courrier lettre telefone telefonema ligacao ligacoes mensagem mensagens carta telefonata telefonate messaggio messaggi lettera mailen mailtje bellen appen app brief bericht berichten")
	welcome = wordsOf("prefer prefers preferred preferring rather only fine ok okay instead better best welcome allowed possible lieber nur gern gerne passt besser stattdessen geht bevorzugt " +
		"prefiere prefieren mejor solo prefere preferent plutot uniquement seulement mieux preferem melhor pode preferisce preferiscono meglio soltanto bene liever alleen mag mogen kan graag prima beter")
	// besideWay are small words between the two; none is of what was, accents off.
	besideWay = wordsOf("is are 's would be get reached contacted by via per with using e please only to and or per mit ist sind ware und oder bitte die le la el es esta con por o il lo i les par est est c e via au a os met is zijn en of op uw")
	// aSingle are words for one, and noMoreThan those for no more than that, accents off.
	aSingle    = wordsOf("a an one short eine einen ein kurze un una une um uma een")
	noMoreThan = wordsOf("only nur solo seulement uniquement soltanto alleen")
	// justWas are words for a talk that was, and no way for the next one: "just had a call with her".
	justWas = wordsOf("had got read saw heard spoke hatte gelesen gehort bekommen sprach tuve recibi hable eu recu lu recebi falei ho ricevuto parlato had kreeg sprak gelezen")
	// nowWords say that what follows is of today.
	nowWords = wordsOf("now today jetzt nun heute ahora hoy maintenant aujourd agora hoje adesso ora oggi nu vandaag")
	// contracts are what has an end of its own, and ending says that it comes, accents off.
	contracts = wordsOf("contract contracts agreement subscription licence license vertrag laufzeit abo contrato suscripcion contrat abonnement assinatura contratto abbonamento overeenkomst")
	ending    = wordsOf("ends end expires runs endet lauft termina vence caduca acaba expire finit echeance finda scade finisce eindigt loopt verloopt")
	// goingOn is how words for going on with a contract begin, accents off.
	goingOn = []string{"renew", "extend", "prolong", "verlanger", "renov", "renouvel", "rinnov", "verleng"}
	// lists are what people ask for, and sign up to.
	lists = map[string]bool{"list": true, "liste": true, "lista": true, "lijst": true}
	// offList stand before a list that somebody leaves, accents off.
	offList = wordsOf("from off of de del von vom aus van")
	// askingWords is how words of asking begin, accents off.
	askingWords = []string{"ask", "request", "bat", "bitte", "chiest", "chied", "richie", "pid", "ped", "solicit", "demand", "vroeg", "vraag"}
)
