package observe

import (
	"slices"

	"cairn/bot/journey"
)

// When a wish to be left alone ends: "until May", "before the summer". A word that is more often
// one of order or of what was ("before", "vor allem", "told us before") ends nothing.

// hasEnd reports whether a word stands in segment g before the end of the wish at the tokens at.
func (w *weighing) hasEnd(at, g span) bool {
	for i := g.start; i+1 < g.end; i++ {
		if w.limits(i) && (!orderWords[w.d.tokens[i].plain] || w.endsAt(i, at, g)) {
			return true
		}
	}
	return false
}

// endsAt reports whether a word at token i, which is of order as well as of time, names the end of
// the wish at the tokens at, in segment g: a day stands behind it, or it follows the wish, or opens
// the statement. "Vor zwei Wochen" and "she told us before" were.
func (w *weighing) endsAt(i int, at, g span) bool {
	k := i + 1
	for k < g.end && (articles[w.d.tokens[k].plain] || ofDay[w.d.tokens[k].plain]) {
		k++
	}
	if k >= g.end || closing[w.d.tokens[k].word] || foremost[w.d.tokens[k].plain] {
		return false
	}
	if k+1 < g.end && agoUnits[w.d.tokens[k+1].plain] {
		return false // "vor zwei Wochen"
	}
	if w.d.tokens[k].word[0] == '#' || w.isOf("month", k) || w.isOf("weekday", k) {
		return true
	}
	return w.d.tokens[i].plain != "voor" && (i > at.end || i == g.start && !w.theyTell(span{i, at.start}))
}

// wishEnds reports whether the wish of segment g to hear no more of us, in whatever turn, has an end.
func (w *weighing) wishEnds(g span) bool {
	for _, h := range w.guards {
		at := span{int(h.first), int(h.last)}
		if w.cues.guards.families[h.family] == guardNoMore && at.start >= g.start && at.end < g.end && w.hasEnd(at, g) {
			return true
		}
	}
	return false
}

// forDays reports whether the wish at the tokens at, in segment g, is for today, tomorrow or the time
// that runs: such words stand right behind it, or between the wish and what is wished. On which day
// somebody "asked today not to be called again", or from which on, ends nothing.
func (w *weighing) forDays(at, g span) bool {
	for i := g.start; i < g.end; i++ {
		n := w.fewDays(i, g.end)
		switch {
		case n == 0:
		case i > at.end:
			return !slices.ContainsFunc(w.tokens(span{at.end + 1, i}), func(t token) bool { return !beforeDays[t.plain] && !neverMore[t.plain] })
		case i > at.start:
			return true
		case i+n == at.start && i > g.start:
			h, wish := w.endingAt(guardWishing, i-1)
			turn := w.tokens(span{int(h.first), int(h.last) + 1}) // "ha chiesto", "m'a demandé"
			asked := slices.ContainsFunc(turn, func(t token) bool { return asking[t.plain] })
			return wish && (!asked || slices.ContainsFunc(turn, func(t token) bool { return presentWish[t.plain] })) || politely[w.d.tokens[i-1].plain]
		}
	}
	return false
}

// fewDays is how many words at token i, before token end, name today, tomorrow or the time that runs.
func (w *weighing) fewDays(i, end int) int {
	if thisDay[w.d.tokens[i].plain] {
		return 1
	}
	for _, rest := range thisWhile[w.d.tokens[i].plain] {
		behind := w.tokens(span{i + 1, min(end, i+1+len(rest))})
		if slices.EqualFunc(behind, rest, func(t token, word string) bool { return t.plain == word }) {
			return 1 + len(rest)
		}
	}
	return 0
}

// endingAt is the turn of a guard that ends at token i.
func (w *weighing) endingAt(name string, i int) (hit, bool) {
	for _, h := range w.guards {
		if int(h.last) == i && w.cues.guards.families[h.family] == name {
			return h, true
		}
	}
	return hit{}, false
}

// reachedLater reports whether all that segment g has of a wish to be left alone is that nobody is
// to call for some days. Who wants "no more mails", or off a list, wants it for good.
func (w *weighing) reachedLater(g span) bool {
	at := span{g.end, -1}
	take := func(first, last int) {
		if first >= g.start && last < g.end {
			at = span{min(at.start, first), max(at.end, last)}
		}
	}
	for _, e := range w.evidence(signalNumber[journey.OptedOut], g) {
		take(e.start, e.end)
	}
	for _, h := range w.guards {
		if w.cues.guards.families[h.family] == guardNoMore {
			take(int(h.first), int(h.last))
		}
	}
	for i := g.start; at.end < 0 && i < g.end && w.any(guardDenied, g); i++ {
		if w.isOf("contact_verb", i) {
			at = span{i, i}
		}
	}
	if at.end < 0 || !w.forDays(at, g) {
		return false
	}
	reached := false
	for i := at.start; i <= at.end; i++ {
		t := w.d.tokens[i].plain
		if t == "stop" || leavesList[t] || t == "no" && (i == at.end || noMoreOf[w.d.tokens[i+1].plain] || w.isOf("contact_verb", i+1)) {
			return false
		}
		reached = reached || w.isOf("contact_verb", i)
	}
	return reached || w.any(guardNoMore, g)
}

var (
	// thisDay are today and tomorrow, accents off, and beforeDays small words before them.
	thisDay    = wordsOf("today tonight tomorrow heute morgen hoy manana aujourd'hui demain hoje amanha oggi stasera domani vandaag vanavond")
	beforeDays = wordsOf("for this fur por para pour per voor")
	// presentWish are those of the words of asking that stand before what is wished now.
	presentWish = wordsOf("wants mochte wunscht quiere veut souhaite quer vuole wil")
	// noMoreOf are words behind "no" that make it for good.
	noMoreOf = wordsOf("more further")
	// orderWords are those of [lets] that tell of order, or of what was, as well, accents off. Dutch "voor" is "for".
	orderWords = wordsOf("before vor voor antes avant prima")
	// ofDay are small words between them and a day.
	ofDay = wordsOf("de del des do da di dem den der")
	// foremost, behind them, make them words of order: "vor allem", "prima di tutto".
	foremost = wordsOf("allem allen alles nada todo tudo tutto tout anything all else then that ort kurzem langem")
	// agoUnits are what is counted in "vor zwei Wochen".
	agoUnits = wordsOf("woche wochen tag tagen monat monaten jahr jahren stunden minuten")
)

// forNow reports whether a wish in segment g is for a time without an end that is named: "hands
// off for now". What is to be done to a list "right now" is for good.
func (w *weighing) forNow(g span) bool {
	return !w.forGood(g) && w.says(g, presently)
}

// forGood reports whether segment g speaks of leaving a list, or of stopping or never doing something
// again, or names a time that never ends.
func (w *weighing) forGood(g span) bool {
	return slices.ContainsFunc(w.tokens(g), func(t token) bool { return leavesList[t.plain] || endsAll[t.plain] }) || w.evermore(g)
}

// atPresent is forNow of what is ours to do, which may also be for this week.
func (w *weighing) atPresent(at, g span) bool {
	if w.forNow(g) {
		return true
	}
	if w.d.tokens[at.start].quoted || w.forGood(g) || slices.ContainsFunc(w.tokens(g), func(t token) bool { return speakers[t.plain] }) {
		return false // "leave me alone right now"
	}
	return w.says(g, thisWhile)
}

// namesDay reports whether a day is named at token i, and no hour.
func (w *weighing) namesDay(i int) bool {
	return w.d.tokens[i].word == "#date" || w.d.tokens[i].word == "#year" || w.isOf("month", i) || i+1 < len(w.d.tokens) && w.isOf("month", i+1) || i > 0 && w.isOf("month", i-1)
}

var (
	// presently are words for a time that has no end named.
	presently = turnsOf("vorerst, einstweilen, zurzeit, derzeit, momentan, im moment, voorlopig, momenteel, op dit moment, presently, currently, temporarily, for now, at present, for the present, at the moment, for the moment, time being, " +
		"por ahora, de momento, por el momento, pour le moment, pour l'instant, en ce moment, por enquanto, no momento, per ora, al momento, per il momento")
	// thisWhile is the time that runs.
	thisWhile = turnsOf("right now, just now, this week, this month, this quarter, a while, a bit, some time, these days, diese woche, esta semana, cette semaine, questa settimana, deze week")
	// leavesList are words of leaving a list, and endsAll those of an end, that no "now" makes shorter, accents off.
	leavesList = wordsOf("remove removed delete deleted erase unsubscribe unsubscribed take list lists data loschen streichen entfernen liste daten borrar quitar eliminar lista datos supprimer retirer donnees cancellare verwijderen lijst")
	endsAll    = wordsOf("stop again aufhoren wieder")
)
