package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// A complaint by its name, "klacht over de levering", and what anger is about. The invoice or the
// delivery that is wrong is no order.

// grieves reports whether the turn at the tokens at is a complaint by its name.
func (w *weighing) grieves(at span) bool { return grievances[w.d.tokens[at.start].plain] }

// overWith reports whether what stands at the tokens at is told to be settled: "complaint about the
// late delivery has been sorted out".
func (w *weighing) overWith(at span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		over := span{int(h.first), int(h.last)}
		return w.cues.guards.families[h.family] == guardMended && over.start <= at.start && at.end < over.end && !w.openWithin(over)
	})
}

// onlyAngry reports whether nothing in the sentence around but anger sounds like a no.
func (w *weighing) onlyAngry(around span) bool {
	return len(w.evidence(signalNumber[journey.Declined], around)) == 0 && !w.any(guardRefused, around) && !w.any(guardRival, around)
}

// unelided is a word without the article that it swallowed: "installation" of "l'installation".
func unelided(word string) string { return word[strings.LastIndexByte(word, '\'')+1:] }

// mended reports whether the turn at the tokens at, in segment g, tells that a complaint is over, behind
// the last one of the note, which is told from lastUpset on: nothing is over that was never open.
func (w *weighing) mended(at, g span, c Context, lastUpset int, found []Finding) bool {
	return !w.openWithin(at) && (c.upset() || c.bought() && !slices.ContainsFunc(found, func(f Finding) bool {
		return f.Confidence > 0.5 && !(f.Signal == journey.Complained && w.settles(at, f))
	})) && lastUpset <= at.end && !w.unreal(signalNumber[journey.Referral], at, g)
}

var (
	// grievances are complaints by name, accents off.
	grievances = wordsOf("complaint klacht reclamo queja reclamacion reclamation plainte reclamacao beschwerde reklamation lamentela")
	// ofService are words for what we do for them, if it is not somebody else who is named behind.
	ofService = wordsOf("service services installation servicio servicios instalacion servicos servico instalacao servizio servizi installazione kundendienst dienstverlening installatie")
	// ofWares are what a complaint by its name is about.
	ofWares = wordsOf("delay delays quality billing bill bills damage damages retraso retrasos demora demoras calidad danos retard retards qualite atraso atrasos qualidade ritardo ritardi qualita verspatung verzogerung qualitat schaden vertraging kwaliteit schade rekening nota cuenta")
	// reporting are small words before anger that tell how we heard of it, accents off.
	reporting = wordsOf("belde belt gebeld mailde schreef zei rief ruft schrieb schreibt sagte llamo llama escribio dijo dice appelle appele rappele ecrit dit ligou escreveu disse chiamato scritto detto " +
		"new first second another neue erste nueva otra nouvelle nuovo altro nova outra nieuwe eerste een der die the an un una une uma")
	// regarding are small words before what a complaint is about, accents off.
	regarding = wordsOf("re regarding concerning for per por pour sur su sobre wegen zu zur zum concernant op om betreffend")
)
