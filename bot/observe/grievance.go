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

// fallsOut reports whether all that sounds like a no around segment g is an appointment that falls
// out, and not a contract: "cancelled, sick, new date tbc".
func (w *weighing) fallsOut(g span) bool {
	if len(w.d.tokens) < 2*shortNote {
		g = span{0, len(w.d.tokens)}
	} else {
		g = w.wholeSentence(g.start)
	}
	if w.any(guardRefused, g) || w.any(guardRival, g) || !w.says(g, newDay) || slices.ContainsFunc(w.tokens(g), func(t token) bool { return contracts[t.plain] || dealWords[t.plain] }) {
		return false
	}
	return !slices.ContainsFunc(w.evidence(signalNumber[journey.Declined], g), func(at span) bool {
		return !slices.ContainsFunc(w.tokens(span{at.start, at.end + 1}), func(t token) bool {
			return slices.ContainsFunc(callingOff, func(begin string) bool { return strings.HasPrefix(t.plain, begin) })
		})
	})
}

// unelided is a word without the article that it swallowed: "installation" of "l'installation".
func unelided(word string) string { return word[strings.LastIndexByte(word, '\'')+1:] }

var (
	// callingOff is how words for calling an appointment off begin, accents off.
	callingOff = []string{"cancel", "abgesagt", "absag", "sagt", "anul", "annul", "disdett", "desmarc", "afgezegd", "geannuleerd", "calls", "called"}
	// newDay are words of an appointment that is to be on another day, or of why it is not to be now.
	newDay = turnsOf("new date, new day, new time, new slot, another date, another day, date tbc, date tbd, date to follow, reschedule, rescheduled, rescheduling, rebook, sick, ill, ill today, flu, " +
		"neuer termin, neuen termin, neuer terminvorschlag, ersatztermin, neues datum, krank, erkrankt, verschoben, nueva fecha, nuevo dia, otra fecha, otro dia, nueva cita, enfermo, enferma, reprogram, reprogramar, " +
		"nouvelle date, nouveau rendez vous, nouveau rdv, autre date, malade, souffrant, souffrante, nova data, outra data, outro dia, doente, remarcar, nuova data, altra data, nuovo appuntamento, malato, malata, " +
		"nieuwe datum, nieuwe afspraak, andere datum, ziek, verzet")
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
