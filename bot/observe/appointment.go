package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// An appointment that falls out sounds like a no, and nobody said one.

// fallsOut reports whether all that sounds like a no around segment g is an appointment that falls
// out, and not a contract: "cancelled, sick, new date tbc".
func (w *weighing) fallsOut(g span) bool {
	if len(w.d.tokens) < 2*shortNote {
		g = span{0, len(w.d.tokens)}
	} else {
		g = w.wholeSentence(g.start)
	}
	if w.any(guardRefused, g) || w.any(guardRival, g) || !w.says(g, newDay) && !w.fallsIll(g) || slices.ContainsFunc(w.tokens(g), func(t token) bool { return contracts[t.plain] || dealWords[t.plain] }) {
		return false
	}
	return !slices.ContainsFunc(w.evidence(signalNumber[journey.Declined], g), func(at span) bool {
		return !slices.ContainsFunc(w.tokens(span{at.start, at.end + 1}), func(t token) bool {
			return slices.ContainsFunc(callingOff, func(begin string) bool { return strings.HasPrefix(t.plain, begin) })
		})
	})
}

// fallsIll reports whether somebody is ill by segment g. "Sick of the delays" is no illness.
func (w *weighing) fallsIll(g span) bool {
	for i := g.start; i < g.end; i++ {
		if !illWords[w.d.tokens[i].plain] {
			continue
		}
		k := i + 1
		if k+1 < g.end && joining[w.d.tokens[k].word] {
			if weary[w.d.tokens[k+1].plain] {
				continue
			}
			return true
		}
		if k+1 < g.end && tiredOf[w.d.tokens[k].plain] {
			for k++; k+1 < g.end && articles[w.d.tokens[k].plain]; k++ {
			}
			if !illnesses[w.d.tokens[k].plain] {
				continue
			}
		}
		return true
	}
	return false
}

var (
	// callingOff is how words for calling an appointment off begin, accents off.
	callingOff = []string{"cancel", "abgesagt", "absag", "sagt", "anul", "annul", "disdett", "desmarc", "afgezegd", "geannuleerd", "calls", "called"}
	// newDay are words of an appointment that is to be on another day.
	newDay = turnsOf("new date, new day, new time, new slot, another date, another day, date tbc, date tbd, date to follow, reschedule, rescheduled, rescheduling, rebook, " +
		"neuer termin, neuen termin, neuer terminvorschlag, ersatztermin, neues datum, verschoben, nueva fecha, nuevo dia, otra fecha, otro dia, nueva cita, reprogram, reprogramar, " +
		"nouvelle date, nouveau rendez vous, nouveau rdv, autre date, nova data, outra data, outro dia, remarcar, nuova data, altra data, nuovo appuntamento, " +
		"nieuwe datum, nieuwe afspraak, andere datum, verzet")
	// illWords are words of why it is not to be now; with tiredOf behind them they are of anger,
	// unless one of illnesses follows, and so they are beside one of weary. Accents off.
	illWords  = wordsOf("sick ill flu krank erkrankt enfermo enferma malade souffrant souffrante doente malato malata ziek")
	tiredOf   = wordsOf("of von vor de des di del dei van")
	weary     = wordsOf("tired fed weary harto harta stufo stufa stanco stanca beu")
	illnesses = wordsOf("flu influenza covid corona cold fever migraine grippe fieber gripe fiebre febre febbre rhume griep koorts")
)
