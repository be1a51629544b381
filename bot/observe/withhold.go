package observe

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// The guards of prompts/cues/guard.yaml. Each names turns of speech that take
// their force from the words beside them: "signed" and "not signed yet" differ
// in nothing that the weights could hold on to in a note of three words.
const (
	guardDenied  = "denied"  // stands before what did not happen: "did not", "no", "yet to"
	guardAfter   = "after"   // stands behind what has not happened: "noch nicht", "due in", "soon"
	guardHoped   = "hoped"   // stands before what may happen: "hopes to", "will", "if"
	guardRival   = "rival"   // somebody else's sale: "competitor", "elsewhere"
	guardLater   = "later"   // a day on which we try again: "call again", "wieder melden"
	guardOurs    = "ours"    // an act of ours: "sent him", "ihm geschickt"
	guardWish    = "wish"    // that they had asked for it: "as requested", "wie gewünscht"
	guardGone    = "gone"    // left the company for another: nobody's no, nobody's yes
	guardBare    = "bare"    // words that say nothing where a note has no others
	guardSeller  = "seller"  // a purchase with whoever sold: "bought .. from", "bei .. gekauft"
	guardDeed    = "deed"    // a sale in one word: "signed"
	guardOpen    = "open"    // their answer is still to come: "will get back to us"
	guardLimited = "limited" // a wish of an hour, a way or somebody else: "only by mail"
	guardTalking = "talking" // the talk goes on: "still talking", "but wants the"
	guardPrice   = "price"   // what a price is called by who still deals: "too expensive"
	guardRefused = "refused" // a no in so many words, see outright.go: "chose a rival"

	guardIntroduced = "introduced" // somebody made known to us, see outright.go: "put us in touch with"
	guardPointed    = "pointed"    // the same, or the way to somebody in their own house: "referred us to"
	guardNamed      = "named"      // somebody of another house given with name and company: "gave me"
	guardInhouse    = "inhouse"    // of their own house: "her boss"
	guardFormerly   = "formerly"   // long ago, or always: "years ago"
	guardUnrelated  = "unrelated"  // what is signed and bought and is no trade of ours: "office lease"
	guardTreats     = "treats"     // what is eaten, drunk or ridden, see deal.go: "beers"
	guardOurDeal    = "ourdeal"    // our own purchase: "we bought"
)

// guard is a set of signals, by number.
type guard []bool

func guardOf(list ...journey.Signal) guard {
	g := make(guard, len(signals)+1)
	for _, s := range list {
		g[signalNumber[s]] = true
	}
	return g
}

// Which signals a guard holds back. A signal holds only for what happened; what
// is agreed, needed or said for certain may well lie in the future, so those
// signals are not of this list.
var (
	sales     = guardOf(journey.Revenue, journey.RepeatOrder)
	happened  = guardOf(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.TrialRunning, journey.Installed, journey.SawItWork, journey.Referral, journey.Recommendation)
	carriesOn = guardOf(journey.RepeatOrder, journey.Expanded, journey.Installed, journey.SawItWork, journey.Referral, journey.Recommendation) // often told by what did not have to be done: "nobody lifted a pen"
	receives  = guardOf(journey.AskedForMore, journey.GaveContact, journey.SharedNeeds, journey.Subscribed)
	waits     = guardOf(journey.Declined, journey.VerbalYes, journey.SharedNeeds, journey.AgreedMeeting, journey.AskedForMore, journey.Revenue, journey.RepeatOrder, journey.TrialRunning, journey.Installed)
	shuts     = guardOf(journey.OptedOut, journey.Declined)
	pledges   = guardOf(journey.AgreedMeeting, journey.Recommendation)
	putOff    = guardOf(journey.Postponed)
	passes    = guardOf(journey.SharedOnward)
	retries   = guardOf(journey.WentQuiet, journey.AskedForMore, journey.SharedNeeds, journey.AgreedMeeting, journey.ProposalDiscussed, journey.VerbalYes)
	leaves    = guardOf(journey.GaveContact, journey.Declined, journey.Adopted, journey.Installed, journey.TrialRunning)
)

// guarded are the signals that any guard may hold back.
var guarded = func() guard {
	g := make(guard, len(signals)+1)
	for i := range g {
		g[i] = happened[i] || receives[i] || waits[i] || leaves[i] || shuts[i] || passes[i] || pledges[i] || putOff[i] || retries[i] || acts[i]
	}
	return g
}()

// How many words away a turn of speech still speaks of the evidence.
const (
	reachBefore = 5
	reachAfter  = 4
	opening     = 3
	shortNote   = 10 // up to here a note has one subject
	fewTokens   = 2  // a word and a comma, say
)

// standing returns the clause that shows signal s: the one that did most for it,
// or another where a guard says that this one tells of nothing. It is -1 where
// all that speaks for s is denied, hoped for, somebody else's or ours; drop then
// marks the tokens of those statements.
func (r *Reader) standing(k *desk, d *document, n Note, s int, drop []bool) int {
	clause := r.evidence(k, d, s)
	if !guarded[s] {
		return clause
	}
	w := r.weigh(d, n)
	other := -1
	var empty, full []span
	for _, g := range w.supports(s, r.gains(k, d, s)) {
		if w.empty(s, g) {
			empty = append(empty, w.withWay(s, g))
		} else {
			full = append(full, g)
		}
	}
	if len(empty) == 0 && fallbacks[s] {
		return clause
	}
	for _, g := range full {
		if len(empty) > 0 && g.end-g.start <= fewTokens && len(w.evidence(s, g)) == 0 {
			continue // "call," before what a guard holds back
		}
		switch at := d.tokens[g.start].clause; {
		case at == clause:
			return clause
		case other < 0:
			other = at
		}
	}
	if other >= 0 {
		return other
	}
	for _, g := range empty {
		for t := g.start; t < g.end; t++ {
			drop[t] = true
		}
	}
	return -1
}

// supports lists the statements that speak for signal s: those that did at least half of what
// the loudest did, and those that say a sale or a wish outright.
func (w *weighing) supports(s int, gain []float32) []span {
	segments := w.d.segments()
	sums := make([]float32, len(segments))
	best := float32(math.Inf(-1))
	for i, g := range segments {
		for t := g.start; t < g.end; t++ {
			sums[i] += gain[t]
		}
		best = max(best, sums[i])
	}
	var list []span
	for i, g := range segments {
		if sums[i] == best || best > 0 && sums[i] >= best/2 || sales[s] && w.any(guardDeed, g) || receives[s] && w.any(guardWish, g) {
			list = append(list, g)
		}
	}
	return list
}

// weighing is one note while its guards are asked.
type weighing struct {
	cues   *Cues
	d      *document
	text   string
	note   Note
	guards []hit // of guards
	own    []hit // of families

	stayedIs  *bool         // what stayed found; nil: nobody has asked
	wantsOnIn map[span]bool // what wantsOn found, by sentence

	// As [Reader.look] fills them in: how many bytes at the note's start tell of what
	// happened, and where it tells of a departure.
	told int
	away []leaving
}

func (r *Reader) weigh(d *document, n Note) weighing {
	return weighing{cues: r.cues, d: d, text: n.Text, note: n, guards: r.cues.guardsIn(d), own: r.cues.in(d)}
}

// evidence lists where segment g speaks for signal s: the families that do so.
func (w *weighing) evidence(s int, g span) []span {
	var list []span
	for _, h := range w.own {
		if int(h.first) < g.start || int(h.last) >= g.end {
			continue
		}
		speaks := w.cues.signals[h.family]
		if speaks == signals[s] || sales[s] && speaks == journey.Revenue {
			list = append(list, span{int(h.first), int(h.last)})
		}
	}
	return list
}

// unreal reports whether what stands at the tokens at..., inside segment g, did
// not happen, or not with us.
func (w *weighing) unreal(s int, at, g span) bool {
	if sales[s] && w.treated(at, g) {
		return true
	}
	for _, h := range w.guards {
		first, last := int(h.first), int(h.last)
		if first < g.start || last >= g.end || w.elsewhere(h) {
			continue
		}
		before := last < at.start && at.start-last <= reachBefore || first <= at.start && last >= at.start && first < last
		after := first > at.end && first-at.end <= reachAfter
		switch w.cues.guards.families[h.family] {
		case guardDenied, guardHoped, guardLonged:
			if before && !w.apart(h, at) {
				return true
			}
		case guardAfter:
			if (after || before && last >= at.start) && (w.denies(h) || !w.any(guardDeed, span{at.start, at.end + 1})) {
				return true // "renewal due"; but "paid, due or not": a deed is done, whatever follows
			}
		case guardGone:
			if first <= at.start && at.end <= last { // "hat die Firma verlassen": an Italian firma is a signature
				return true
			}
		case guardRival:
			if sales[s] && (before || after) && !w.onlyTried(h) {
				return true
			}
		case guardUnrelated:
			if sales[s] && (before || after || first <= at.end && at.start <= last) && !w.dealBeside(h, at) {
				return true
			}
		case guardOurDeal:
			if sales[s] && first <= at.end && at.start <= last && !w.theirWords(h) {
				return true
			}
		case guardSeller:
			if sales[s] && first <= at.end && at.start <= last && w.stranger(first, last+1) {
				return true
			}
		}
	}
	return false
}

// apart reports whether somebody did what stands at the tokens at after a side
// remark that h opens: "without a discount they signed", but "if they sign".
func (w *weighing) apart(h hit, at span) bool {
	if !aside[w.d.tokens[h.last].plain] || !w.any(guardDeed, span{at.start, at.end + 1}) {
		return false
	}
	return slices.ContainsFunc(w.own, func(o hit) bool {
		return w.cues.families[o.family] == "they" && o.first > h.last && int(o.last) < at.start
	})
}

// aside are words that open a side remark, accents off.
var aside = map[string]bool{"without": true, "once": true, "when": true, "ohne": true, "sin": true, "sans": true, "sem": true, "senza": true, "zonder": true}

// elsewhere reports whether h is one word that means another thing in the
// language of the note.
func (w *weighing) elsewhere(h hit) bool {
	return h.first == h.last && another[w.d.lang] == w.d.tokens[h.first].plain
}

// another: Portuguese "no" is "in the", Spanish "once" eleven.
var another = map[string]string{"pt": "no", "es": "once"}

// denies reports whether there is a not in h.
func (w *weighing) denies(h hit) bool {
	for _, t := range w.d.tokens[h.first : h.last+1] {
		switch t.plain {
		case "not", "nicht", "nie", "niet", "pas", "non", "nao", "no", "nothing", "nichts", "nada", "rien", "niente", "nulla", "niets":
			return true
		}
	}
	return false
}

// opens reports whether segment g begins, but for a word or two, with what did
// not happen or may.
func (w *weighing) opens(g span) bool {
	return w.any(guardDenied, span{g.start, min(g.end, g.start+opening)}) || w.any(guardHoped, span{g.start, min(g.end, g.start+opening)})
}

// ours reports whether segment g tells of an act of ours that nobody there is
// said to have asked for.
func (w *weighing) ours(g span) bool {
	return w.note.Direction != journey.In && w.any(guardOurs, g) && !w.wishes(g)
}

// wishes reports whether a wish of theirs stands in segment g: "asked for a referral" is ours.
func (w *weighing) wishes(g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		if w.cues.guards.families[h.family] != guardWish || int(h.first) < g.start || int(h.last) >= g.end || w.elsewhere(h) {
			return false
		}
		return !slices.ContainsFunc(w.guards, func(o hit) bool {
			return w.cues.guards.families[o.family] == guardOurs && o.first <= h.first && h.last <= o.last
		})
	})
}

// theirs reports whether segment g begins with one of them: "he says".
func (w *weighing) theirs(g span) bool {
	return slices.ContainsFunc(w.own, func(h hit) bool {
		return w.cues.families[h.family] == "they" && int(h.first) >= g.start && int(h.first) < min(g.end, g.start+2)
	})
}

// ourActs marks in drop the statements that tell of an act of ours; it reports
// whether there are any.
func (r *Reader) ourActs(d *document, n Note, drop *[]bool) bool {
	w := r.weigh(d, n)
	*drop = make([]bool, len(d.tokens))
	some := false
	for _, g := range d.segments() {
		if w.ours(g) {
			some = true
			for t := g.start; t < g.end; t++ {
				(*drop)[t] = true
			}
		}
	}
	return some
}

func (w *weighing) buys(g span) bool {
	return slices.ContainsFunc(w.own, func(h hit) bool {
		return w.cues.signals[h.family] == journey.Revenue && int(h.first) >= g.start && int(h.last) < g.end
	})
}

func (w *weighing) any(name string, g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == name && int(h.first) >= g.start && int(h.last) < g.end && !w.elsewhere(h)
	})
}

// bare reports whether the note has no words but those that say nothing alone:
// "test", typed to see what happens, is no trial.
func (c *Cues) bare(d *document) bool {
	words, said := 0, 0
	for _, t := range d.tokens {
		if first, _ := utf8.DecodeRuneInString(t.word); unicode.IsLetter(first) || first == '#' {
			words++
		}
	}
	for _, h := range c.guardsIn(d) {
		if c.guards.families[h.family] == guardBare {
			said += int(h.last-h.first) + 1
		}
	}
	return words > 0 && said >= words
}
