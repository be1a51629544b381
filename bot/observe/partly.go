package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// What sounds like an end and is less: a wish that leaves a way open, a price that is
// still talked about.

// limited reports whether segment g, or the one behind it, leaves a way open to
// write or call: "don't call, mail is fine".
func (w *weighing) limited(g span) bool {
	if w.forNow(g) && !w.endless(g) {
		return true
	}
	if w.any(guardLimited, g) {
		return !w.endless(g) || w.otherLimit(g)
	}
	for _, next := range w.d.segments() {
		if next.start == g.end {
			return w.any(guardLimited, next) && w.wholeSentence(g.start) == w.wholeSentence(next.start)
		}
	}
	return false
}

// openEnds marks in drop the statements that say what they will still ask or decide;
// it reports whether there are any, and others with something to say beside them.
func (r *Reader) openEnds(d *document, n Note, drop *[]bool) bool {
	w := r.weigh(d, n)
	*drop = make([]bool, len(d.tokens))
	some, rest := false, 0
	for _, g := range d.segments() {
		if !w.any(guardOpen, g) {
			rest = max(rest, g.end-g.start)
			continue
		}
		some = true
		for t := g.start; t < g.end; t++ {
			(*drop)[t] = true
		}
	}
	return some && rest > opening
}

// withWay is segment g, and the one behind it where that says which way is left
// open: "nur per Mail" is no wish to be sent something.
func (w *weighing) withWay(s int, g span) span {
	if signals[s] == journey.OptedOut && !w.any(guardLimited, g) {
		for _, next := range w.d.segments() {
			if next.start == g.end {
				g.end = next.end
			}
		}
	}
	return g
}

// noNo reports whether segment g, which sounds like a no, is none: the talk goes on,
// they speak of our price alone, of somebody else's no, of what they have elsewhere,
// or of a no of long ago beside what they do now.
func (w *weighing) noNo(s int, g span) bool {
	around := w.wholeSentence(g.start)
	if w.stayed() || w.any(guardSeller, around) && w.any(guardWishing, around) || w.any(guardTalking, around) || w.any(guardAgainst, around) && !w.any(guardRefused, around) || w.priceAlone(s, g) {
		return true
	}
	now := slices.ContainsFunc(w.d.tokens[g.end:], func(t token) bool { return nowWords[t.plain] })
	return w.any(guardFormerly, g) && (now || len(w.d.tokens)-(around.end-around.start) > opening)
}

// priceAlone reports whether nothing in the note speaks for signal s but what our
// price is called, in segment g.
func (w *weighing) priceAlone(s int, g span) bool {
	if !w.any(guardPrice, g) {
		return false
	}
	return !slices.ContainsFunc(w.evidence(s, span{0, len(w.d.tokens)}), func(at span) bool {
		return !slices.ContainsFunc(w.guards, func(h hit) bool {
			return w.cues.guards.families[h.family] == guardPrice && int(h.first) <= at.end && at.start <= int(h.last)
		})
	})
}

// listAsked reports whether they only ask for a list in segment g: who "ha chiesto
// la lista" signs up to nothing.
func (w *weighing) listAsked(s int, g span) bool {
	list := w.evidence(s, g)
	return len(list) > 0 && !slices.ContainsFunc(list, func(at span) bool {
		return at.start < g.start+2 || !lists[w.d.tokens[at.start].plain] || !articles[w.d.tokens[at.start-1].plain] || !w.asks(span{g.start, at.start})
	})
}

// asks reports whether a word in g says that somebody asks.
func (w *weighing) asks(g span) bool {
	return slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool {
		return slices.ContainsFunc(askingWords, func(begin string) bool { return strings.HasPrefix(t.plain, begin) })
	})
}

var (
	// nowWords say that what follows is of today.
	nowWords = wordsOf("now today jetzt nun heute ahora hoy maintenant aujourd agora hoje adesso ora oggi nu vandaag")
	// lists are what people ask for, and sign up to.
	lists = map[string]bool{"list": true, "liste": true, "lista": true, "lijst": true}
	// askingWords is how words of asking begin, accents off.
	askingWords = []string{"ask", "request", "bat", "bitte", "chiest", "chied", "richie", "pid", "ped", "solicit", "demand", "vroeg", "vraag"}
)
