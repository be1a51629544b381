package observe

import "cairn/bot/journey"

// A correction of what the rep typed before, "sorry typo, ignore last one", tells of no act of
// anybody: what it is about is told by the other lines.

const guardSlip = "slip" // "typo", "sorry, wrong person"

// corrected is the document without what only corrects another line, or says that a talk has just
// ended; the same one where nothing does. A turn of it counts where its statement says nothing else: "there is a typo in our quote"
// is theirs to say.
func (w *weighing) corrected() *document {
	drop, some := make([]bool, len(w.d.tokens)), false
	list := w.d.segments()
	for i, g := range list {
		if w.offThePhone(g) {
			some = true
			for t := g.start; t < g.end; t++ {
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

// isSlip reports whether segment g, or what stands before a comma in it, is such a correction.
func (w *weighing) isSlip(g span) bool {
	for _, h := range w.guards {
		first, last := int(h.first), int(h.last)
		if w.cues.guards.families[h.family] != guardSlip || last < g.start || first >= g.end {
			continue
		}
		if w.allSmall(span{g.start, max(first, g.start)}) && w.allSmall(span{min(last+1, g.end), g.end}) {
			return true
		}
	}
	return false
}

// whoItWas reports whether segment g says who or what the other line was: "that was Joe Bell".
func (w *weighing) whoItWas(g span) bool {
	return thatWas[w.d.tokens[g.start].plain] && g.end-g.start <= whoWords && len(w.evidence(signalNumber[journey.OptedOut], g)) == 0 && !w.any(guardNoMore, g)
}

// whoWords is how many words and marks that takes at most.
const whoWords = 6

// allSmall reports whether nothing but excuses and small words stands in s.
func (w *weighing) allSmall(s span) bool {
	for _, t := range w.tokens(s) {
		if !besideSlip[t.plain] && !closing[t.word] {
			return false
		}
	}
	return true
}

var (
	// besideSlip are excuses and small words beside a correction, accents off.
	besideSlip = wordsOf("sorry sry soz oops oop ups whoops hoppla apologies excuse my the a an that this it was is please pls just above before last one line entry note log from on in of mine me i and again person contact name customer client company guy record " +
		"kontakt kunde kundin firma ansprechpartner persona contacto nombre cliente personne nom pessoa contato nome contatto persoon klant naam " +
		"entschuldigung verzeihung die der das war ist bitte letzte letzten zeile eintrag von vorhin perdon lo la el era fue linea ultima nota por favor " +
		"pardon desole desolee le c etait est ligne derniere desculpa desculpem foi linha scusa scusate era riga ultima per favore excuus pardon dat was regel laatste")
	// thatWas open what the other line was: "that was Joe Bell".
	thatWas = wordsOf("that das dies eso esto era fue ce c cela isso isto foi questo quello dat dit meant")
)
