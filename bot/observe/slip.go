package observe

import "slices"

// A correction of what the rep typed before, "sorry typo, ignore last one", tells of no act of
// anybody: what it is about is told by the other lines.

const guardSlip = "slip" // "typo", "sorry, wrong person"

// corrected is the document without what only corrects another line, and without the words by which
// a talk has just ended; the same one where there is neither. A correction counts where nothing but
// excuses and small words stands beside it in its statement, or in what a comma parts from that:
// "there is a typo in our quote" is theirs to say.
func (w *weighing) corrected() *document {
	drop, some := make([]bool, len(w.d.tokens)), false
	if len(w.d.tokens) > 2 && twiceTold[w.d.tokens[0].plain] && w.d.tokens[1].word == ":" {
		return w.d.without(slices.Repeat([]bool{true}, len(drop))) // "dup: ordered 5" stands there already
	}
	list := w.d.segments()
	for i, g := range list {
		if over := w.offThePhone(g); over.end > over.start {
			some = true
			for t := over.start; t < over.end; t++ {
				drop[t] = true
			}
			continue
		}
		if !w.isSlip(g) {
			continue
		}
		some = true
		for from := max(i-1, 0); from <= min(i+1, len(list)-1); from++ {
			if from == i || w.allSmall(list[from]) || from > i && w.whoItWas(list[from]) {
				for t := list[from].start; t < list[from].end; t++ {
					drop[t] = true
				}
			}
		}
	}
	if !some {
		return w.d
	}
	return w.d.without(drop)
}

// isSlip reports whether a correction stands in segment g, and nothing but excuses and small words
// beside it; and, where an excuse is half of it, within it: "sorry, their invoice was wrong" is no
// slip of the rep's.
func (w *weighing) isSlip(g span) bool {
	for _, h := range w.guards {
		first, last := int(h.first), int(h.last)
		if w.cues.guards.families[h.family] != guardSlip || last < g.start || first >= g.end {
			continue
		}
		if (excuses[w.d.tokens[first].plain] || excuses[w.d.tokens[last].plain]) && !w.allSmall(span{first + 1, last}) {
			continue
		}
		if w.allSmall(span{g.start, max(first, g.start)}) && w.allSmall(span{min(last+1, g.end), g.end}) {
			return true
		}
	}
	return false
}

// whoItWas reports whether segment g says of whom the other line was, "that was Joe Bell", and
// nothing that this one did: "that was 20 seats ordered", "that was a yes".
func (w *weighing) whoItWas(g span) bool {
	if !thatWas[w.d.tokens[g.start].plain] || g.end-g.start > whoWords {
		return false
	}
	tells := slices.ContainsFunc(w.own, func(h hit) bool {
		return w.cues.signals[h.family] != "" && int(h.first) >= g.start && int(h.last) < g.end
	})
	named := false
	for i := g.start + 1; i < g.end; i++ {
		if w.d.tokens[i].word[0] == '#' {
			return false
		}
		named = named || w.capital(i) && !w.ordinary(i)
	}
	return named && !tells && !w.any(guardNoMore, g) && !w.any(guardDeed, g)
}

// whoWords is how many words and marks that takes at most.
const whoWords = 6

// allSmall reports whether nothing but excuses and small words stands in s.
func (w *weighing) allSmall(s span) bool {
	for _, t := range w.tokens(s) {
		if !besideSlip[t.plain] && !excuses[t.plain] && !closing[t.word] {
			return false
		}
	}
	return true
}

var (
	// excuses are what a rep says of a slip, accents off.
	excuses = wordsOf("sorry sry soz oops oop ups whoops hoppla apologies excuse entschuldigung verzeihung perdon pardon desole desolee desculpa desculpem scusa scusate excuus oeps")
	// besideSlip are small words beside a correction, accents off.
	besideSlip = wordsOf("my the a an that this it was is please pls just above before last one line entry note log from on in of mine me i and again person contact name customer client company guy record " +
		"kontakt kunde kundin firma ansprechpartner persona contacto nombre cliente personne nom pessoa contato nome contatto persoon klant naam " +
		"die der das war ist bitte letzte letzten zeile eintrag von vorhin lo la el era fue linea ultima nota por favor " +
		"le c etait est ligne derniere foi linha era riga ultima per favore dat was regel laatste")
	// twiceTold open a line that was typed before, accents off.
	twiceTold = wordsOf("dup dupe duplicate duplikat doublon duplicado duplicato duplicaat")
	// thatWas open what the other line was: "that was Joe Bell".
	thatWas = wordsOf("that das dies eso esto era fue ce c cela isso isto foi questo quello dat dit meant")
)
