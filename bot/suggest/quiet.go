package suggest

import (
	"cmp"
	"slices"
	"strings"

	"cairn/bot/journey"
)

// quietly says that nothing is to be given now, and why, where the signs speak
// for it; nil where something is. Who asks for another than the last (Passed)
// has decided that something is to be given.
func (l *Library) quietly(q *query, fits []scored, given int) *Silence {
	if len(fits) == 0 {
		return q.gap(given)
	}
	best, latest := &fits[0], mostLatest(fits)
	if best.fit < MinFit {
		return q.gap(given)
	}
	x := q.signs(best, latest)
	if len(q.c.Passed) > 0 || l.model.quiet(&x) < quietFrom {
		return nil
	}
	if s := l.model.wanted(q, &x); s != nil {
		return s
	}
	return q.gap(given)
}

// mostLatest is how much any of them is about what they spoke of last.
func mostLatest(fits []scored) (most float64) {
	for i := range fits {
		most = max(most, fits[i].latest)
	}
	return most
}

// quietFrom is how likely silence must be to be kept. MinFit is the least fit
// that is offered whatever the signs say.
const (
	quietFrom = 0.44
	MinFit    = 0.03
	// enoughSaid is what the signs of the note must come to for silence to be
	// laid to it and not to the library.
	enoughSaid = 1.0
)

// wanted is silence for what the latest note says, or for whose turn it is; nil
// where it is not that which decided.
func (m *model) wanted(q *query, x *[signs]float64) *Silence {
	sum, top := 0.0, signOurs
	for s := fitsSigns + 1; s < signs; s++ {
		by := m.signs[s] * x[s]
		sum += by
		if by > m.signs[top]*x[top] {
			top = s
		}
	}
	if sum < enoughSaid || len(q.c.Notes) == 0 {
		return nil
	}
	n, who := q.c.Notes[0], cmp.Or(q.c.Contact, "They")
	if n.Direction == journey.Out {
		s := &Silence{Why: SilentWaiting, Say: "The last step, on " + dayOf(n.At) + ", is ours: wait for their answer"}
		if until := n.At.Add(WaitForAnswer); q.now.Before(until) {
			s.Until = until
			s.Say = "The last step, on " + dayOf(n.At) + ", is ours: give " + orThey(q.c.Contact) + " time until " + dayOf(until)
		}
		return s
	}
	if x[signPostponed] > 0 {
		return &Silence{Why: SilentNoAsk, Say: who + " said not now: nothing until they come back, or the day comes that they named"}
	}
	if said := m.cued(n.Text); said != "" {
		return &Silence{Why: SilentNoAsk, Say: "Your last note, with its " + said + ", reads as if nothing of the library is wanted now: nothing until something is asked for or happens"}
	}
	switch top {
	case signAnswer, signOnlyThat, signJustAck:
		return &Silence{Why: SilentNoAsk, Say: who + " answered and asked for nothing: nothing to give until something is asked for or happens"}
	}
	return nil
}

// cued quotes the words of a note that tell that nothing is wanted, the most
// telling first, at most two.
func (m *model) cued(text string) string {
	type cue struct {
		word string
		by   float64
	}
	var found []cue
	for _, w := range words(clip(text, maxText)) {
		at, ok := cueOf()[w.folded]
		word := text[w.start:w.end]
		if by := m.signs[at]; ok && by > 0 && !slices.ContainsFunc(found, func(c cue) bool { return strings.EqualFold(c.word, word) }) {
			found = append(found, cue{word, by})
		}
	}
	slices.SortStableFunc(found, func(a, b cue) int { return cmp.Compare(b.by, a.by) })
	var quotes []string
	for _, c := range found[:min(len(found), maxQuotes)] {
		quotes = append(quotes, c.word)
	}
	return Quoted(quotes)
}
