package suggest

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// deferring are the hints that put something off: each is of the thing that its words are about.
// The others are of all that is talked of: no ask is heard where one of them is there.
var deferring = []hint{hintTheirs, hintLater, hintDay}

// deferred are words that tie what is wanted to what comes before it: “wants it then”.
var deferred = wordSet(`then once until till before after when not no later first dann erst bis nach wenn sobald nicht puis après avant quand alors pas luego cuando hasta después antes no
	dopo quando poi prima non depois até não dan tot als zodra niet`)

// hearAsk takes from the signs those hints that are of another thing than what they asked
// for: who wants the checklist, and will see her director on Friday, waits for the checklist
// now. What best is about stands then apart from all that puts off. Where what they have had
// is more about it, the ask was answered.
func (l *Library) hearAsk(q *query, s *scratch, best *scored, x *[signs]float64) {
	if x[signRequest] == 0 || !wantsNow(q.c.Notes[0].Signals) || best.latest < max(heardAsk, q.reply.on) {
		return
	}
	for h := range hintWishes {
		if q.hinted.times[h] > 0 && !slices.Contains(deferring, h) {
			return
		}
	}
	if l.putOff(q, s, &l.entries[best.entry]) {
		return
	}
	for _, h := range deferring {
		x[signHints+sign(h)] = 0
		q.hinted.times[h] = 0 // nor is it a reason that is told
	}
}

// heardAsk is how much of what they spoke of last an item is about at least to be taken for
// what they asked for.
const heardAsk = 0.3

// wantsNow reports whether a note that holds a request puts off nothing itself.
func wantsNow(signals []journey.Signal) bool {
	return !slices.ContainsFunc(signals, func(s journey.Signal) bool {
		return s == journey.Postponed || s == journey.Declined || s == journey.OptedOut
	})
}

// putOff reports whether a phrase of the latest note by whose words an entry meets it puts
// something off.
func (l *Library) putOff(q *query, s *scratch, e *entry) bool {
	l.meet(q, s, e)
	for i, u := range s.unit {
		at := &q.units[i]
		if u.weight == 0 || u.how == byMeaning || at.note != 0 {
			continue
		}
		said := phraseAt(q.texts[0], q.said, at.start)
		found := l.guide.hints.in(said)
		if slices.ContainsFunc(deferring, func(h hint) bool { return found.times[h] > 0 }) ||
			slices.ContainsFunc(said, func(w string) bool { return deferred[w] }) {
			return true
		}
	}
	return false
}

// stops end what is said of one thing.
const stops = ".,;:!?()\n"

// phraseAt are the folded words between the stops around a place of a text.
func phraseAt(text string, ws []word, at int) []string {
	from, to := strings.LastIndexAny(text[:at], stops)+1, len(text)
	if i := strings.IndexAny(text[at:], stops); i >= 0 {
		to = at + i
	}
	var said []string
	for _, w := range ws {
		if w.start >= from && w.start < to {
			said = append(said, w.folded)
		}
	}
	return said
}
