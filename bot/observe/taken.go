package observe

import (
	"slices"

	"cairn/bot/journey"
)

// What a turn of speech takes away is what its own words are mistaken for. Of the other
// statements of the sentence it knows nothing: in "demo held, wants a quote" the demo was.

// takes reports whether the turn h of guard name, which holds, takes finding f away.
func (w *weighing) takes(name string, h hit, f Finding) bool {
	s, at, around := signalNumber[f.Signal], span{int(h.first), int(h.last)}, w.wholeSentence(int(h.first))
	if !turns[name].drops[s] || !w.quotes(f, around) || sales[s] && w.any(guardDeed, span{0, len(w.d.tokens)}) {
		return false
	}
	g := w.segmentAt(at.start)
	switch name {
	case guardWishing: // an answer is what is read where no word says more, and a want says more
		list := w.wantList(g, around)
		return fallbacks[s] || w.quotes(f, list) && !w.shownBeside(s, list, around, 0)
	case guardAsking: // "3 days of training" are no trial; where one is spoken of, it runs
		trial := slices.ContainsFunc(w.tokens(g), func(t token) bool { return onTrial[t.plain] })
		return f.Signal != journey.TrialRunning || !trial && w.restsOn(f, span{at.start, g.end - 1}, around)
	case guardOrdered: // "piaciuto il campione, ordina 20 kg": a sample is no champion of ours
		return !slices.ContainsFunc(w.evidence(s, around), func(at span) bool { return !w.within(guardOffered, at.start) })
	case guardUpset:
		return f.Signal != journey.Declined || w.onlyAngry(around)
	case guardWanting: // what they want to see of others: "wants refs"
		return !exchanged[s] || w.restsOn(f, at, around)
	case guardNoMore, guardAnnounced:
		return w.restsOn(f, span{g.start, g.end - 1}, around)
	case guardNotThere: // in "workshop, she did not show up" the other statement is only what was to be
		return !w.shownBeside(s, g, around, fewTokens)
	case guardDoorkeeper:
		return !w.shownBeside(s, g, around, 0)
	case guardNotNow: // what they do with it already may stand beside it
		switch f.Signal {
		case journey.Adopted:
			return w.restsOn(f, span{g.start, w.breath(at.end) - 1}, around)
		case journey.SharedNeeds: // "do not call before 15 January, year end closing"
			return len(w.evidence(s, around)) == 0
		case journey.OptedOut: // "no budget this year, take us off the list"
			all := w.joined(g)
			return len(w.evidence(s, around)) == 0 || w.restsOn(f, span{all.start, all.end - 1}, around)
		}
		return true
	case guardLetBe:
		if f.Signal == journey.Declined && (!w.ofSomebody(at) || w.any(guardRefused, around) || w.any(guardRival, around)) {
			return false
		}
		if f.Signal != journey.OptedOut && f.Signal != journey.Declined { // "for now"
			at.end = g.end - 1
		}
		return w.restsOn(f, at, around)
	case guardPlight, guardReluctant, guardReleased, guardAhead, guardApproach, guardPosted:
		return w.takesHouse(name, f, at, g, around)
	case guardUnanswered, guardCalledOff, guardLikened, guardIntended, guardPersonal, guardResettled, guardTookPlace, guardShown, guardOwing, guardSocial, guardMoved, guardLacking:
		return w.takesUnmoved(name, f, at, around)
	}
	return true
}

// quotes reports whether f is read from words of g.
func (w *weighing) quotes(f Finding, g span) bool {
	return f.Start < w.d.tokens[g.end-1].end && f.Start+len(f.Quote) > w.d.tokens[g.start].start
}

// wantList is segment g, in which something is wanted, and those behind it in the sentence
// around that only go on with the list: "they want a demo, a quote and a pilot".
func (w *weighing) wantList(g, around span) span {
	for _, o := range w.d.segments() {
		if o.start != g.end || o.start >= around.end {
			continue
		}
		for i := o.start; i < o.end; i++ {
			t := w.d.tokens[i]
			if !w.within(guardOffered, i) && !betweenWish[t.plain] && !joining[t.word] && !closing[t.word] {
				return g
			}
		}
		g.end = o.end
	}
	return g
}

// shownBeside reports whether a statement of the sentence around, outside g and of more than
// few tokens, has words for signal s.
func (w *weighing) shownBeside(s int, g, around span, few int) bool {
	if signals[s] == journey.Declined && w.passesOn(around) {
		return false
	}
	return slices.ContainsFunc(w.d.segments(), func(o span) bool {
		outside := around.start <= o.start && o.end <= g.start || g.end <= o.start && o.start < around.end
		return outside && o.end-o.start > few && len(w.evidence(s, o)) > 0
	})
}

// restsOn reports whether all that the sentence around has for f is in the tokens at.
func (w *weighing) restsOn(f Finding, at, around span) bool {
	list := w.evidence(signalNumber[f.Signal], around)
	if len(list) == 0 {
		return w.quotes(f, span{at.start, at.end + 1})
	}
	return !slices.ContainsFunc(list, func(e span) bool { return e.end < at.start || at.end < e.start })
}
