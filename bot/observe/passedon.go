package observe

import "slices"

// What they passed on to somebody, and whose it is.

// passedOn reports whether the turn at the tokens at, in segment g, tells that they passed on what is
// ours: not "shared our guide with her", nor "passed the buck to his boss". Who "passed on our offer"
// did not take it.
func (w *weighing) passedOn(at, g span) bool {
	if last := w.toWhom(at, g); own[w.d.tokens[last].plain] && !w.isColleague(last+1) || !w.passable(at) {
		return false
	}
	shut := slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardShut && int(h.first) <= at.end && at.start <= int(h.last) && w.turnedDown(h)
	})
	return !shut && w.byThem(g.start, at.start, besideState) && !w.mayNotBe(at, g)
}

// toWhom is the last token of what was passed on at the tokens at, in segment g, and the word behind
// it where that says whose: "on to her" boss.
func (w *weighing) toWhom(at, g span) int {
	if w.d.tokens[at.end].plain == "to" && at.end+1 < g.end {
		return at.end + 1
	}
	return at.end
}

// passable reports whether what was passed on at the tokens at may be content of ours: "the" alone
// says nothing of whose it is, and an offer is passed on who does not take it.
func (w *weighing) passable(at span) bool {
	turn := w.tokens(span{at.start, at.end + 1})
	if turn[0].plain != "passed" || !slices.ContainsFunc(turn[:min(len(turn), 3)], func(t token) bool { return t.plain == "the" }) {
		return true
	}
	return slices.ContainsFunc(turn, func(t token) bool { return handedOut[t.plain] }) && !w.any(guardOffered, span{at.start, at.end + 1})
}
