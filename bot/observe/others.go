package observe

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// What they have, had or tried with others than us: a contract that they ended there is no end
// with us, and a rival who was only tried won nothing.

const guardAbiding = "abiding" // they have been with us for long, which is no no: "have used us for"

// reachTried is how many words before a rival say that it was only tried.
const reachTried = 4

// withOthers reports whether what was ended at the tokens at, in segment g, bound them to
// somebody else. A name alone may be ours where they are a customer.
func (w *weighing) withOthers(at, g span, c Context) bool {
	if !w.byThem(g.start, at.start, besideState, houseWords) || slices.ContainsFunc(w.tokens(span{at.start, g.end}), func(t token) bool { return weOurselves[t.plain] }) {
		return false
	}
	if slices.ContainsFunc(w.tokens(g), func(t token) bool { return before[t.plain] || nowHave[t.plain] && !c.bought() }) {
		return true
	}
	if w.any(guardRival, g) {
		return true
	}
	for i := at.start + 1; !c.bought() && i < g.end; i++ {
		first, _ := utf8.DecodeRuneInString(w.text[w.d.tokens[i].start:])
		if t := w.d.tokens[i]; outsiders[t.plain] || sellerOf[w.d.tokens[i-1].plain] && unicode.IsUpper(first) && t.word[0] != '@' && !w.ordinary(i) {
			return true
		}
	}
	return false
}

// onlyTried reports whether the rival of h was tried, or compared with us, and no more:
// "renewed after they tried a rival".
func (w *weighing) onlyTried(h hit) bool {
	from := max(w.wholeSentence(int(h.first)).start, int(h.first)-reachTried)
	return slices.ContainsFunc(w.tokens(span{from, int(h.first)}), func(t token) bool { return trying[t.plain] })
}

// stayed reports whether they bought of us, though a rival stands beside it who was only tried.
// It is asked for every deed and every no, and found out once: a pasted list has hundreds.
func (w *weighing) stayed() bool {
	if w.stayedIs == nil {
		is := w.findStayed()
		w.stayedIs = &is
	}
	return *w.stayedIs
}

func (w *weighing) findStayed() bool {
	whole := span{0, len(w.d.tokens)}
	if !w.any(guardRival, whole) || w.any(guardRefused, whole) {
		return false
	}
	rivals, kept := false, false
	for _, h := range w.guards {
		switch w.cues.guards.families[h.family] {
		case guardRival:
			if !w.onlyTried(h) {
				return false
			}
			rivals = true
		case guardDeed:
			if at := (span{int(h.first), int(h.last)}); w.deniedAround(at, w.segmentAt(at.start)) || w.deedToCome(at, w.segmentAt(at.start)) {
				return false
			}
			kept = true
		case guardSeller:
			if w.stranger(int(h.first), int(h.last)+1) {
				return false
			}
		}
	}
	return rivals && (kept || w.stays())
}

// stays reports whether the note says that they are still with us.
func (w *weighing) stays() bool {
	for i := 0; i+2 < len(w.d.tokens); i++ {
		if staying[w.d.tokens[i].plain] && w.d.tokens[i+1].plain == "with" && w.d.tokens[i+2].plain == "us" {
			return true
		}
	}
	return false
}

// stayedBy reports whether the deed h is by what they stayed with us.
func (w *weighing) stayedBy(h hit) bool {
	return w.stayed() && w.byThem(w.segmentAt(int(h.first)).start, int(h.first), besideState)
}

// needsFor is where the note says what they need, though they bought of others: "ordered pumps
// from KSB, need inspection plans for them"; -1 where it does not.
func (w *weighing) needsFor(h hit) int {
	if !w.stranger(int(h.first), int(h.last)+1) {
		return -1
	}
	for _, o := range w.guards {
		at := span{int(o.first), int(o.last)}
		if w.cues.guards.families[o.family] == guardWishing && needing[w.d.tokens[at.start].plain] && at.start > int(h.last) && !w.deniedBefore(at, w.segmentAt(at.start)) && w.theirWish(at, w.segmentAt(at.start)) {
			return at.start
		}
	}
	return -1
}

// endsOne reports whether who never bought of us ended, by the one word at the tokens at, what has a
// name of one word and nothing behind it: "cancelled bosch". Of ours they can end what is named here.
func (w *weighing) endsOne(at, g span) bool {
	i := at.end + 1
	if i >= g.end || i+1 < g.end && !closing[w.d.tokens[i+1].word] {
		return false
	}
	first, _ := utf8.DecodeRuneInString(w.d.tokens[i].word)
	return unicode.IsLetter(first) && !ownEnded[w.d.tokens[i].plain] && !noSeller[w.d.tokens[i].plain] && !whenThere[w.d.tokens[i].plain] && !w.ordinary(i) && !w.within(guardOffered, i) && !dealWords[w.d.tokens[i].plain] && w.byThem(g.start, at.start, besideState)
}

// ownEnded are what somebody ends or puts off with us, or without a word of with whom, accents off.
var ownEnded = wordsOf("us it this that everything anything again already membership subscription subscriptions service plan account licence license licences licenses orders contracts deal po purchase renewal delivery shipment install installation project rollout training meeting meetings appointment call calls lunch dinner breakfast coffee visit workshop session webinar event booking reservation budget last due because after before on for and but suddenly immediately abruptly completely unfortunately")
