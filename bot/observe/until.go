package observe

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

var (
	// orderWords are those of [lets] that tell of order, or of what was, as well, accents off. Dutch "voor" is "for".
	orderWords = wordsOf("before vor voor antes avant prima")
	// ofDay are small words between them and a day.
	ofDay = wordsOf("de del des do da di dem den der")
	// foremost, behind them, make them words of order: "vor allem", "prima di tutto".
	foremost = wordsOf("allem allen alles nada todo tudo tutto tout anything all else then that ort kurzem langem")
	// agoUnits are what is counted in "vor zwei Wochen".
	agoUnits = wordsOf("woche wochen tag tagen monat monaten jahr jahren stunden minuten")
)
