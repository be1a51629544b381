package observe

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// What they want of us: "they want a pilot in May", "möchte ein Angebot". The verbs and the
// things stand in guard.yaml (wishing, offered); here stands what may be between them, and
// whose want it is. It asks us for something, whether or not a day is named, and nothing of
// it has run, been shown or been signed.

const (
	guardWishing = "wishing" // they want, need, would like
	guardOffered = "offered" // what we offer before anybody buys: "pilot", "quote"
)

// wishReach is how many words stand between a want and what is wanted.
const wishReach = 7

// wants reports whether the turn at the tokens at..., inside segment g, says that they want
// something that we offer.
func (w *weighing) wants(at, g span, found []Finding) bool {
	thing, ok := w.wanted(at, g)
	if !ok || w.mayEnd(at, thing) || w.forOurs(thing) || w.mayBeOurs(at, thing, g) || !w.theirWish(at, g) || w.deniedBefore(at, g) || w.hopedBefore(at, g) {
		return false
	}
	sentence := w.wholeSentence(at.start)
	if callbacks[w.d.tokens[thing.start].plain] && w.upsetIn(sentence) {
		return false // who is furious and wants a callback complains
	}
	if w.any(guardFormerly, sentence) || w.any(guardRival, g) || sentence.end < len(w.d.tokens) && w.d.tokens[sentence.end].word == "?" {
		return false
	}
	if behind := (span{thing.end + 1, g.end}); w.any(guardDenied, behind) || slices.ContainsFunc(w.tokens(behind), func(t token) bool { return undoes[unelided(t.plain)] }) {
		return false
	}
	return !w.toldBetter(at, found)
}

// forOurs reports whether the thing is for something of ours: "asked for a quote for our site" is
// an ask for praise.
func (w *weighing) forOurs(thing span) bool {
	behind := w.tokens(span{thing.end + 1, min(thing.end+3, len(w.d.tokens))})
	return len(behind) == 2 && slices.ContainsFunc(behind[1:], func(t token) bool { return ourThing[t.plain] })
}

// mayBeOurs reports whether the question at the tokens at, in segment g, about a thing may as well be
// one of ours, and of no wish: "emailed, asked whether the offer arrived". One of them before it,
// or a word for us in it or behind makes it theirs; so does, where not we wrote, a thing that there is not
// yet: only they ask "what a pilot would look like".
func (w *weighing) mayBeOurs(at, thing, g span) bool {
	turn := w.tokens(span{at.start, at.end + 1})
	if !w.question(at) || !slices.ContainsFunc(turn, func(t token) bool { return inquires[t.plain] }) {
		return false
	}
	if w.theirs(g) || w.theyOpen(span{w.wholeSentence(at.start).start, g.start}) || slices.ContainsFunc(turn, func(t token) bool { return toUsAlone[t.plain] }) || at.end+1 < g.end && ourselves[w.d.tokens[at.end+1].plain] {
		return false
	}
	if w.note.Direction == journey.Out {
		return true
	}
	about := w.tokens(span{at.end + 1, thing.start})
	behind := w.tokens(span{thing.end + 1, g.end})
	return slices.ContainsFunc(about, func(t token) bool { return thatOne[t.plain] }) || slices.ContainsFunc(behind, func(t token) bool { return persons[t.plain] })
}

// theyOpen reports whether one of the statements of g begins with one of them: "she opened both".
func (w *weighing) theyOpen(g span) bool {
	return slices.ContainsFunc(w.d.segments(), func(o span) bool { return o.start >= g.start && o.end <= g.end && w.isOf("they", o.start) })
}

// question reports whether the turn at the tokens at is one of asking how or whether, and of no want.
func (w *weighing) question(at span) bool { return questions[w.d.tokens[at.end].plain] }

// ourThing are words for what is ours, accents off.
var ourThing = wordsOf("our unsere unseren unser notre nos nuestra nuestro nossa nosso nostra nostro onze ons")

// toldBetter reports whether the clause of the want was surely read as more of theirs than
// an ask: "they want an offer for a second line" of a customer.
func (w *weighing) toldBetter(at span, found []Finding) bool {
	q := w.d.clauses[w.d.tokens[at.start].clause]
	return slices.ContainsFunc(found, func(f Finding) bool {
		return f.Confidence > restSure && f.Start < q.end && f.Start+len(f.Quote) > q.start && betterThanAsked[signalNumber[f.Signal]]
	})
}

// betterThanAsked are signals that such a clause may rightly be read as.
var betterThanAsked = guardOf(journey.UpsellInterest, journey.CrossSellInterest, journey.ProposalDiscussed, journey.AgreedMeeting, journey.VerbalYes, journey.OptedOut, journey.Declined, journey.Postponed)

// wanted is what is wanted at the tokens at...: the first thing that we offer behind them,
// with nothing between that makes it another's, or another sentence.
func (w *weighing) wanted(at, g span) (thing span, ok bool) {
	if lang := foreignWish[w.d.tokens[at.end].plain]; lang != "" && lang != w.d.lang {
		return thing, false
	}
	unknown := 0
	for i := at.end + 1; i < min(g.end, at.end+1+wishReach); i++ {
		if h, yes := w.guardAt(guardOffered, i); yes { // in "a price\nlist" the turn goes on behind the end of the segment
			return span{int(h.first), min(int(h.last), g.end-1)}, true
		}
		t := w.d.tokens[i]
		if _, denied := w.guardAt(guardDenied, i); denied || w.putsOff(i) {
			return thing, false // "bat um Verschiebung des Piloten"
		}
		if w.smallBetween(i) || i == at.end+1 && ourselves[t.plain] {
			continue
		}
		if unknown++; unknown > 1 || w.isOf("they", i) {
			return thing, false // "want him to see the pilot"
		}
	}
	return thing, false
}

// smallBetween reports whether token i is a small word, a number or a day between a want and what is wanted.
func (w *weighing) smallBetween(i int) bool {
	t := w.d.tokens[i]
	return t.word[0] == '#' || betweenWish[unelided(t.plain)] || w.isOf("weekday", i) || w.isOf("month", i)
}

// mayEnd reports whether the word of which nobody can tell what it is, between the bare ask at the tokens
// at and the thing, may be the end of that: "bat um Aussetzung der Testphase", "pidió congelar la prueba".
// What stands as an adjective does, right before the thing, changes nothing.
func (w *weighing) mayEnd(at, thing span) bool {
	if !bareAsk[w.d.tokens[at.end].plain] {
		return false
	}
	for i := at.end + 1; i < thing.start; i++ {
		t := w.d.tokens[i]
		if w.smallBetween(i) || i == at.end+1 && ourselves[t.plain] {
			continue
		}
		adjective := w.d.lang == "en" && !strings.HasSuffix(t.plain, "ing") || w.d.lang == "de" && !w.capital(i) || articled[w.d.tokens[i-1].plain]
		if i != thing.start-1 || !adjective {
			return true
		}
	}
	return false
}

// putsOff reports whether token i is a word for the end or the delay of what stands behind it. A French
// "report" is a delay, that of others is handed out; the end of a month is a day.
func (w *weighing) putsOff(i int) bool {
	word := unelided(w.d.tokens[i].plain)
	if theEnd[word] && i+2 < len(w.d.tokens) && endOf[w.d.tokens[i+1].plain] {
		return !w.isOf("month", i+2) && !ofCalendar[w.d.tokens[i+2].plain]
	}
	return puttingOff[word] || word == "report" && w.d.lang == "fr"
}

// asksForEnd reports whether all that is asked for in segment g is that something end or wait: "bat um
// Stornierung des Angebots".
func (w *weighing) asksForEnd(g span) bool {
	ended := false
	for _, h := range w.guards {
		name, at := w.cues.guards.families[h.family], span{int(h.first), int(h.last)}
		if name != guardWishing && name != guardWanting || at.start < g.start || at.end >= g.end || !bareAsk[w.d.tokens[at.end].plain] || w.elsewhere(h) {
			continue
		}
		if ended = w.endFirst(span{at.end + 1, min(g.end, at.end+1+wishReach)}); !ended {
			return false
		}
	}
	return ended
}

// endFirst reports whether in s a word for an end stands before what we offer or hand out.
func (w *weighing) endFirst(s span) bool {
	for i := s.start; i < s.end; i++ {
		if w.putsOff(i) {
			return true
		}
		if _, thing := w.guardAt(guardOffered, i); thing || handedOut[w.d.tokens[i].plain] {
			return false
		}
	}
	return false
}

// wantsHanded reports whether what is asked for or wanted at the tokens at, in segment g, is what we
// hand out: a verb alone needs it behind it in the same statement, as "she asked for time, sent
// checklist" has not. What is wanted of anybody ("needs information") is not meant.
func (w *weighing) wantsHanded(at, g span, found []Finding) bool {
	verb := at.start
	for verb < min(at.end, g.end-1) && !bareWant[w.d.tokens[verb].plain] {
		verb++
	}
	if !bareWant[w.d.tokens[verb].plain] || verb < at.end && at.end < g.end {
		return at.end < g.end // the turn has what is wanted in it
	}
	for i := verb + 1; i < min(g.end, verb+1+wishReach); i++ {
		t := w.d.tokens[i].plain
		if w.putsOff(i) {
			return false // "bat um Rücknahme der Preisliste"
		}
		if handedOut[t] && !vague[t] && !(alike[t] && wanting[w.d.tokens[verb].plain]) && !w.within(guardOffered, i) {
			return !w.toldBetter(at, found)
		}
		if wantEnds[t] {
			return false
		}
	}
	return false
}

// wantsMore reports whether a want or an ask of theirs stands in the note, and is not denied.
func (w *weighing) wantsMore() bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		name := w.cues.guards.families[h.family]
		at := span{int(h.first), int(h.last)}
		return (name == guardWish || name == guardWishing) && !w.elsewhere(h) && (name == guardWish || !w.deniedBefore(at, w.segmentAt(at.start)))
	})
}

// guardAt is the turn of a guard that begins at token i.
func (w *weighing) guardAt(name string, i int) (hit, bool) {
	for _, h := range w.guards {
		if int(h.first) == i && w.cues.guards.families[h.family] == name && !w.elsewhere(h) {
			return h, true
		}
	}
	return hit{}, false
}

// isOf reports whether token i is a word of a family.
func (w *weighing) isOf(family string, i int) bool {
	return slices.ContainsFunc(w.own, func(h hit) bool { return int(h.first) <= i && i <= int(h.last) && w.cues.families[h.family] == family })
}

// theirWish reports whether it is they who want: nobody stands before the want but they or
// somebody of their house, and not we behind it, as in "im Mai wollen wir". Where the ending
// alone tells ("queremos") the word is in no list.
func (w *weighing) theirWish(at, g span) bool {
	if at.end+1 < g.end && ourselves[w.d.tokens[at.end+1].plain] && !w.question(at) {
		return false
	}
	house := false // "el jefe de planta": behind somebody of theirs stands of what
	for i := g.start; i < at.start; i++ {
		small := besideDeed[w.d.tokens[i].plain] || besideState[w.d.tokens[i].plain] || betweenWish[w.d.tokens[i].plain]
		first, _ := utf8.DecodeRuneInString(w.text[w.d.tokens[i].start:])
		if ourselves[w.d.tokens[i].plain] || !small && !w.theyOrTalk(i) && (!house || unicode.IsUpper(first)) {
			return false
		}
		house = house || w.isColleague(i)
	}
	return true
}

// theyOrTalk reports whether token i is one of them, a day, or how we spoke.
func (w *weighing) theyOrTalk(i int) bool {
	t := w.d.tokens[i]
	return t.word[0] == '@' || t.word[0] == '#' || t.word[0] == '"' || slices.ContainsFunc(w.own, func(h hit) bool {
		return int(h.first) <= i && i <= int(h.last) && beforeWish[w.cues.families[h.family]]
	})
}

// beforeWish are the families of words that stand before what they want.
var beforeWish = map[string]bool{"they": true, "colleague": true, "call": true, "send": true, "meet": true, "weekday": true, "month": true}

// onlyWanted reports whether all that segment g says for signal s is what they want: a quote
// that is wanted was not gone through, a pilot that is wanted does not run.
func (w *weighing) onlyWanted(s int, g span) bool {
	if !notByWant[s] {
		return false
	}
	if w.asksForEnd(g) {
		return true
	}
	var things []span
	for _, h := range w.guards {
		at := span{int(h.first), int(h.last)}
		if at.start < g.start || at.end >= g.end || w.cues.guards.families[h.family] != guardWishing {
			continue
		}
		if thing, ok := w.wanted(at, g); ok && w.theirWish(at, g) {
			things = append(things, thing)
		}
	}
	list := w.evidence(s, g)
	return len(things) > 0 && len(list) > 0 && !slices.ContainsFunc(list, func(at span) bool {
		return !slices.ContainsFunc(things, func(thing span) bool { return thing.start <= at.start && at.end <= thing.end })
	})
}

// notByWant are signals that what is wanted is mistaken for.
var notByWant = guardOf(journey.ProposalDiscussed, journey.SawItWork, journey.TrialRunning)

// hopedBefore reports whether what stands at the tokens at..., inside segment g, is only
// thought of: "if they want a pilot".
func (w *weighing) hopedBefore(at, g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardHoped && int(h.first) >= g.start && int(h.last) < at.start && at.start-int(h.last) <= reachBefore && !w.elsewhere(h)
	})
}

var (
	// foreignWish are words of one language that mean another thing in others.
	foreignWish = map[string]string{"will": "de", "want": "en", "need": "en"}
	// betweenWish are small words between a want and what is wanted, accents off.
	betweenWish = wordsOf("a an the our your some one another other two to see have get start begin run do try us me send give make first short formal official updated revised detailed live rough proper written free full in on at by before until next this new of from for " +
		"ein eine einen einem unser unsere unseren euer ihr noch gern gerne von uns mir im in am bis zum zur erst erstmal kurz schnell auch ab neue neuen neues neuer weitere weiteren weiteres anderes andere anderen formelles schriftliches " +
		"un una unos unas el la los nuestra nuestro en para antes del de hacer tener ver recibir otra otro nueva nuevo pequena pequeno breve gratuita " +
		"une le les notre avoir voir faire recevoir lancer du des au aux d avant autre nouvelle nouveau nouvel petite petit " +
		"um uma o os nosso nossa fazer ter ver receber em no na ate outra outro nova novo " +
		"uno il lo nostro nostra fare avere vedere ricevere a al entro altra altro nuova nuovo breve gratuita " +
		"een de het onze graag voor tot eerst nieuwe nieuw andere gratis kleine korte")
	// bareWant end the turns for an ask or a want that need what is wanted behind them, and wantEnds
	// are words behind which it is no more. Accents off.
	bareWant = wordsOf("for requested wanted wants needs like nach um pidio pide demande pediu pede chiesto chiede om")
	wantEnds = wordsOf("to about on after before until while when because since with if zum zur sobre sul sulla")
	// wanting are those of a want, by which alike is not ours: "a decision paper", "a deck for the party".
	wanting = wordsOf("wanted wants needs like")
	alike   = wordsOf("report paper deck link links")
	// vague is what is handed out and asked of anybody.
	vague = wordsOf("pricing prices price info infos information material details reminder pdf invitation invite invites")

	// questions end a turn of asking, inquires are words for it that do not tell whose it is, and thatOne
	// those for a thing that there is, accents off.
	questions = wordsOf("what how when whether if was wie wann ob como cuando comment quand come quando hoe wanneer of")
	inquires  = wordsOf("asked fragte vroeg demande")
	thatOne   = wordsOf("the our my this that his her their everything das der die den dem unser unsere unseren le la les l notre nos het de onze")
	// callbacks are what somebody who is upset wants first, accents off.
	callbacks = wordsOf("callback callbacks ruckruf")
	// ourselves are words for us as who wants, accents off.
	ourselves = wordsOf("i we ich wir yo nosotros je j nous on eu nos io noi ik wij we")
	// puttingOff, before what we offer, are what is asked for in its place, accents off.
	puttingOff = wordsOf("postponement postpone cancelation cancelling canceling cancellation cancel withdrawal withdraw termination terminate extension extend deletion removal stop stopping " +
		"verschiebung absage verlangerung stornierung stornieren abbruch abzubrechen beendigung aussetzung loschung rucknahme zuruckziehung ruckzug kundigung widerruf streichung " +
		"aplazamiento aplazar cancelacion cancelar anulacion anular retirar retirada prorroga suspender suspension terminar detener parar " +
		"annulation annuler arret arreter retirer retrait resilier resiliation suspendre stopper prolongation prolonger reporter " +
		"adiamento adiar cancelamento encerrar anulacao suspensao " +
		"rinvio rinviare annullamento annullare cancellare cancellazione ritirare ritiro disdire disdetta sospendere sospensione interrompere interruzione fermare proroga " +
		"uitstel annulering annuleren beeindiging stoppen stopzetting intrekking intrekken verlenging opzegging")
	// theEnd is so where endOf stands behind it and no word of ofCalendar, accents off.
	theEnd     = wordsOf("end ende fin fine einde")
	endOf      = wordsOf("of der des von vom de du del della van")
	ofCalendar = wordsOf("month year week quarter monats jahres quartals woche mes ano mois annee mese anno maand jaar")
	// bareAsk end the turns of an ask, behind which anything may stand: "pidió retirar la oferta". Accents off.
	bareAsk = wordsOf("for nach um pidio pidieron pide piden pedido demande pediu pediram pede pedem chiesto chiede chiedono om")
	// articled are words between which and a noun an adjective stands, accents off.
	articled = wordsOf("a an the our your another ein eine einen einem das die den unser unsere unseren un una el la unos unas une le les des notre um uma o nosso nossa uno il lo nostro nostra een de het onze")
	// undoes, behind what is wanted, make it something else: a talk moved, a trial ended.
	undoes = wordsOf("cancelled canceled withdrawn moved postponed stopped ended extended shorter later cheaper anbieten vorschlagen zeigen verschieben verschoben beenden stornieren zuruckziehen zuruckzuziehen zuruckzunehmen abzubrechen abzusagen abbrechen aanbieden voorstellen annuleren stoppen beeindigen intrekken verlengen offrir proposer annulee annule retiree retire ofrecer ofrecerles proponer proporre")
)
