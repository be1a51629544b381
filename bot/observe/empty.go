package observe

import "cairn/bot/journey"

// Why words for a signal tell of nothing. Each rule takes the force from the signals that its words
// are mistaken for; one that holds is enough.

// claim is what is judged: that segment g shows signal s. words is where its own words stand there.
type claim struct {
	s     int
	g     span
	words []span
}

// rule is one reason why a claim of one of the signals of is empty.
type rule struct {
	of    guard
	holds func(*weighing, claim) bool
}

var rules = []rule{
	{leaves, (*weighing).saysGone},
	{guardOf(journey.OptedOut), func(w *weighing, c claim) bool {
		return w.limited(c.g) || w.wishUnsaid(c.g) || w.ourResolve(c.g) || w.reachedLater(c.g)
	}},
	{guardOf(journey.Declined), func(w *weighing, c claim) bool {
		return w.noNo(c.s, c.g) || w.deedUndone(c.g) || w.butSigned(c.s) || w.passesOn(c.g) || w.onlyTakenBack(c.g) || w.onlyDear() || w.any(guardAbiding, c.g) && !w.any(guardRefused, c.g)
	}},
	{guardOf(journey.Postponed), func(w *weighing, c claim) bool { return w.any(guardAgainst, c.g) }},
	{pledges, func(w *weighing, c claim) bool { return w.any(guardPledged, c.g) }},
	{retries, func(w *weighing, c claim) bool { return w.onlyAgainLater(c.s, c.g) }},
	{happened, func(w *weighing, c claim) bool { return w.runsOut(c.s, c.g, w.wholeSentence(c.g.start)) }},
	{acts, func(w *weighing, c claim) bool { return w.undone(c.s, c.g) }},
	{sales, func(w *weighing, c claim) bool {
		return w.allUndone(c.g) || w.noRenewal(c.g) || len(c.words) == 0 && w.fallsOut(c.g)
	}},
	{notByWant, func(w *weighing, c claim) bool { return w.onlyWanted(c.s, c.g) }},
	{guardOf(journey.Subscribed), func(w *weighing, c claim) bool { return w.listAsked(c.s, c.g) }},
	{passes, func(w *weighing, c claim) bool { return w.note.Direction == journey.Out && !w.theirs(c.g) }},
	{receives, (*weighing).onlyOurs},
	{guardOf(journey.AskedForMore), func(w *weighing, c claim) bool { return w.asksForEnd(c.g) }},
	{guardOf(journey.TrialRunning), func(w *weighing, c claim) bool { return w.ours(c.g) || w.onPaper(c.words) }},
	{guardOf(journey.RepeatOrder), func(w *weighing, c claim) bool { return w.onlyAgain(c.s) || w.againSomeDay(c.g) }},
	{waits, func(w *weighing, c claim) bool { return len(c.words) == 0 && w.any(guardOpen, c.g) }},
	{guardOf(journey.Referral), func(w *weighing, c claim) bool {
		return w.any(guardOurs, c.g) && !w.any(guardWish, c.g) || w.notMade(c.g)
	}},
	{happened, (*weighing).allUnreal},
}

// empty reports whether segment g, which speaks for signal s, tells of nothing that a guard lets stand.
func (w *weighing) empty(s int, g span) bool {
	c := claim{s, g, w.evidence(s, g)}
	for _, r := range rules {
		if r.of[s] && r.holds(w, c) {
			return true
		}
	}
	return false
}

// saysGone reports whether they are said to have left their company: there, or anywhere in a note that
// has one subject.
func (w *weighing) saysGone(c claim) bool {
	return w.any(guardGone, c.g) || len(w.d.tokens) < shortNote && w.any(guardGone, span{0, len(w.d.tokens)})
}

// onlyOurs reports whether what they are said to have asked for or told is an act of ours.
func (w *weighing) onlyOurs(c claim) bool {
	return w.ours(c.g) || len(c.words) == 0 && !w.any(guardWish, c.g) && !w.theirs(c.g) && w.ours(span{0, len(w.d.tokens)})
}

// againSomeDay reports whether what is said to be so again is only when we try again.
func (w *weighing) againSomeDay(g span) bool {
	if len(w.d.tokens) < shortNote {
		g = span{0, len(w.d.tokens)}
	}
	return w.any(guardLater, g) && !w.buys(g)
}

// allUnreal reports whether nothing of what the words of a claim tell happened, or not with us. Where
// it has none, what opens the statement decides. A longer note says in many words that somebody was
// made known.
func (w *weighing) allUnreal(c claim) bool {
	if signals[c.s] == journey.Referral && len(w.d.tokens) >= shortNote {
		return false
	}
	if len(c.words) == 0 {
		return !carriesOn[c.s] && w.opens(c.g)
	}
	for _, at := range c.words {
		if !w.unreal(c.s, at, c.g) {
			return false
		}
	}
	return true
}
