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
	for i := g.start; i+1 < g.end; i++ {
		if w.limits(i) {
			return true
		}
	}
	if w.ourLeave(at) || w.atPresent(at, g) {
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
	// noEnd, behind one of them, is no end: two words, since one alone stands in many an end.
	noEnd = map[string]bool{"further notice": true, "auf weiteres": true, "auf widerruf": true, "nouvel ordre": true, "nuevo aviso": true,
		"nueva orden": true, "novo aviso": true, "nova ordem": true, "nuovo ordine": true, "nuovo avviso": true, "nader bericht": true, "nader order": true}
	// speakers are words for who asks it of us, accents off.
	speakers = wordsOf("me us mich mir uns moi nous nos noi ci mij ons")
	// persons are words for whom we leave be that no family has, accents off.
	persons = wordsOf("her him them sie ihn ihm ihr ihnen la le lo les los las haar hem hen " +
		"dejarla dejarlo dejarle dejarles dejarlos dejemosla molestarla molestarlo molestarle lasciarla lasciarlo")
)
