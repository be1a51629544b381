package observe

import (
	"slices"
	"strings"

	"cairn/bot/line"
)

// Words are what [cairn/bot/line] takes from the reader's cues.
func (r *Reader) Words() *line.Words { return r.cues.words }

// leftBe reports whether a turn of guardLetBe, which tells of leaving somebody be, is no wish
// to be left alone for good: it names an end, we are the ones who leave, or what is done
// "in Ruhe" is done at leisure.
func (w *weighing) leftBe(h hit) bool {
	at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
	if w.endless(g) {
		return false
	}
	if w.hasEnd(at, g) {
		return true
	}
	if w.ourLeave(at) || w.ourResolve(g) || w.atPresent(at, g) {
		return true
	}
	last := w.d.tokens[at.end].plain
	return (last == "ruhe" || last == "frieden") && at.end+1 < g.end && !closing[w.d.tokens[at.end+1].word] && !joining[w.d.tokens[at.end+1].word] && w.d.tokens[at.end+1].word != `"`
}

// ourLeave reports whether the turn at the tokens at is what a colleague tells another, or
// themselves, to do: "lass sie in Ruhe", "lassen wir ihn". Whoever says "lass mich", or is
// quoted, wants it of us.
func (w *weighing) ourLeave(at span) bool {
	turn := w.d.tokens[at.start : at.end+1]
	if turn[0].quoted || slices.ContainsFunc(turn, func(t token) bool { return speakers[t.plain] }) {
		return false
	}
	first := turn[0].plain
	return first == "lass" || first == "lasse" || first == "lassen" && len(turn) > 1 && turn[1].plain == "wir"
}

// limits reports whether the word at token i stands before the end of a time.
func (w *weighing) limits(i int) bool {
	t := w.d.tokens[i].plain
	return lets[t] || strings.HasPrefix(t, "jusqu")
}

// endless reports whether segment g names as its end one that never comes: "until further
// notice" is for good, until they say another thing. "Until the new year" has an end.
func (w *weighing) endless(g span) bool {
	for i := g.start; i < g.end; i++ {
		if !w.limits(i) {
			continue
		}
		for k := i + 1; k+1 < min(g.end, i+1+opening); k++ {
			if noEnd[w.d.tokens[k].plain+" "+w.d.tokens[k+1].plain] {
				return true
			}
		}
	}
	return false
}

// evermore reports whether segment g, or one that is added to it, names a time that never
// ends: "at the moment or in future", "for now and for ever". Who says "maybe in future" does not.
func (w *weighing) evermore(g span) bool {
	for _, s := range w.d.segments() {
		if (s == g || s.start == g.end && adding[w.d.tokens[s.start].plain] && !w.any(guardHoped, s)) && slices.ContainsFunc(w.tokens(s), w.neverEnds) {
			return true
		}
	}
	return false
}

// neverEnds reports whether t is a word for a time without an end. "Mai" is Italian for never,
// and a month elsewhere.
func (w *weighing) neverEnds(t token) bool {
	return ever[t.plain] && (t.plain != "mai" || w.d.lang == "it")
}

// goesOn reports whether the turn at the tokens at, in segment g, is a "not now" with more
// behind it than when or why: "läuft jetzt nicht mehr", "ahora no funciona" put nothing off. A
// "not now" that opens its statement does, whatever follows; what follows "jetzt nicht" is what is not.
func (w *weighing) goesOn(at, g span) bool {
	if at.end != at.start+1 || !noWords[w.d.tokens[at.start].plain] && !noWords[w.d.tokens[at.end].plain] {
		return false
	}
	if w.endsWith(at, g) {
		return false
	}
	if noWords[w.d.tokens[at.start].plain] && w.byThem(g.start, at.start, besideState) {
		return false
	}
	next := w.d.tokens[at.end+1].plain
	if !anyMore[next] && (politely[next] || mayBe[next] || slices.ContainsFunc(w.tokens(span{at.end + 1, min(g.end, at.end+1+opening)}), func(t token) bool { return strings.HasPrefix(t.plain, "interes") })) {
		return false // "jetzt nicht interessiert", "ahora no le interesa", "adesso no grazie"
	}
	return !because[next] && !able[next] && (anyMore[next] || !w.hopedBefore(at, g)) // "will jetzt nicht kaufen"
}

// notNow reports whether the turn at the tokens at, in segment g, puts off and says no more: who chose
// another, or bought, did.
func (w *weighing) notNow(at, g span, found []Finding) bool {
	whole := span{0, len(w.d.tokens)}
	return !w.any(guardRefused, whole) && !w.any(guardRival, whole) && !w.any(guardDeed, whole) && !w.deniedBefore(at, g) && !w.endless(g) && !w.evermore(g) && !w.goesOn(at, g) && (w.d.tokens[at.end].word[0] != '#' || w.namesDay(at.end) && !w.tellsMore(guardNotNow, found))
}

// says reports whether one of the turns of a set stands in g.
func (w *weighing) says(g span, set map[string][][]string) bool {
	for i := g.start; i < g.end; i++ {
		for _, rest := range set[w.d.tokens[i].plain] {
			behind := w.tokens(span{i + 1, min(g.end, i+1+len(rest))})
			if slices.EqualFunc(behind, rest, func(t token, word string) bool { return t.plain == word }) {
				return true
			}
		}
	}
	return false
}

// turnsOf is the set of the turns of a list with commas between them, accents off: by the
// first word of each, what follows it.
func turnsOf(list string) map[string][][]string {
	set := map[string][][]string{}
	for t := range strings.SplitSeq(list, ",") {
		words := strings.Fields(t)
		set[words[0]] = append(set[words[0]], words[1:])
	}
	return set
}

// otherLimit reports whether segment g limits a wish by more than a time: "only by mail until
// further notice".
func (w *weighing) otherLimit(g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		if w.cues.guards.families[h.family] != guardLimited || int(h.first) < g.start || int(h.last) >= g.end {
			return false
		}
		for i := int(h.first); i <= int(h.last); i++ {
			if w.limits(i) {
				return false
			}
		}
		return true
	})
}

// ofSomebody reports whether the turn at the tokens at names whom to leave be: "leave her
// alone", but not "leave it".
func (w *weighing) ofSomebody(at span) bool {
	for i := at.start; i <= at.end; i++ {
		if t := w.d.tokens[i]; t.word[0] == '@' || speakers[t.plain] || persons[t.plain] || w.isOf("they", i) {
			return true
		}
	}
	return false
}

var (
	// lets are words before the end of a time, accents off.
	lets = wordsOf("until till til before bis vor hasta antes avant ate fino prima tot voor")
	// ever are words for a time without an end, adding those that add one time to another, and
	// because those before a reason, accents off.
	ever    = wordsOf("ever forever never future nie kunftig zukunft nunca jamas futuro jamais avenir mai nooit toekomst voortaan")
	adding  = wordsOf("or nor and oder und noch o ni y ou et nem e ne of en")
	because = wordsOf("due for wegen aufgrund por para pour per a causa vanwege door")
	// able, behind a "not now", are whoever will not or cannot, and anyMore makes it for good, accents off.
	able    = wordsOf("puede pueden quiere quieren pode podem quer querem puo possono vuole vogliono")
	anyMore = wordsOf("mehr meer mas mais plus piu")
	// mayBe, behind a "not now", are words before when it may be, or of too much else to do, accents off.
	mayBe = wordsOf("maybe perhaps vielleicht evtl eventuell quiza quizas talvez forse magari misschien wellicht too zu te troppo demasiado trop")
	// noEnd, behind one of them, is no end: two words, since one alone stands in many an end.
	noEnd = map[string]bool{"further notice": true, "auf weiteres": true, "auf widerruf": true, "nouvel ordre": true, "nuevo aviso": true,
		"nueva orden": true, "novo aviso": true, "nova ordem": true, "nuovo ordine": true, "nuovo avviso": true, "nader bericht": true, "nader order": true}
	// speakers are words for who asks it of us, accents off.
	speakers = wordsOf("me us mich mir uns moi nous nos noi ci mij ons")
	// persons are words for whom we leave be that no family has, accents off.
	persons = wordsOf("her him them sie ihn ihm ihr ihnen la le lo les los las haar hem hen " +
		"dejarla dejarlo dejarle dejarles dejarlos dejemosla molestarla molestarlo molestarle lasciarla lasciarlo")
)
