package suggest

import (
	"cmp"
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// quietly says that nothing is to be given now, and why, where the signs speak
// for it; nil where something is. Who asks for another than the last (Passed)
// has decided that something is to be given; so has who notes on which day to come
// back to somebody who left.
func (l *Library) quietly(q *query, s *scratch, fits []scored, given int) *Silence {
	if len(fits) == 0 || fits[0].fit < MinFit {
		return q.gap(given)
	}
	best, latest := &fits[0], mostLatest(fits)
	x := q.signs(best, latest)
	l.hearAsk(q, s, best, &x)
	if len(q.c.Passed) > 0 || q.c.Status == StatusLeft || l.model.quiet(&x) < quietFrom {
		return nil
	}
	if s := l.model.wanted(q, &x); s != nil {
		return s
	}
	near := l.nearest(q, fits)
	if q.specific == 0 && given == 0 && !q.outside && q.lang.wanted == "" && len(q.c.Notes) > 0 {
		// the words of the note, where some hint at it, say more than that
		if s := l.model.hintedAt(q); s != nil {
			return s
		}
		if near == nil {
			return &Silence{Why: SilentNoAsk, Say: "Too little is known of what moves " + orThey(q.c.Contact) + ": find that out first, then give"}
		}
	}
	return q.unanswered(near, latest)
}

// unanswered is silence although something is left that fits: the latest note wants none
// of it. That the library lacks what it wants is said only where it wants something. near
// comes nearest, and is named for whoever gives all the same; nil: nothing does.
func (q *query) unanswered(near *entry, latest float64) *Silence {
	nearest := ""
	if near != nil {
		nearest = ". Nearest of what is left: “" + near.item.Title + "”"
	}
	if q.spent > 0 {
		s := q.gap(1)
		s.Say = "Nothing else fits nearly as well as what has been given" + nearest + gapMark + s.Gap.audience()
		return s
	}
	if len(q.c.Notes) == 0 {
		return &Silence{Why: SilentNoAsk, Say: "Nothing is known yet of what moves " + orThey(q.c.Contact) + ": find that out first, then give"}
	}
	if q.specific == 0 && latest < spokenOf && !q.outside && q.lang.wanted == "" && !theyActed(q.c.Notes[0]) {
		return &Silence{Why: SilentNoAsk, Say: "The last note tells of nothing that " + orThey(q.c.Contact) + " asked for or needs" + nearest}
	}
	s := q.gap(0)
	s.Say = "Nothing in the library answers what was told last" + nearest + gapMark + s.Gap.audience()
	return s
}

// spokenOf is from how much of it on an item is about what they spoke of.
const spokenOf = 0.15

// nearest is what is most about what they spoke of last, else before, and suits where they
// stand, of those that fit about as well as the best; nil: none is about any of it.
func (l *Library) nearest(q *query, fits []scored) *entry {
	var best scored
	for _, f := range worthOffering(fits) {
		if f.met >= spokenOf && q.stageFit(l.entries[f.entry].stages) >= fitAhead &&
			(f.latest > best.latest || f.latest == best.latest && f.met > best.met) {
			best = f
		}
	}
	if best.met == 0 {
		return nil
	}
	return &l.entries[best.entry]
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
	quietFrom = 0.45
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
	if q.c.OurStep != "" && x[signPostponed] == 0 && (n.Direction == journey.Out || turns[m.topHint(q)]) {
		return &Silence{Why: SilentFirst, Say: "The next step is yours (“" + q.c.OurStep + "”): do that first"}
	}
	if n.Direction == journey.Out && !Answers(n.Signals) {
		s := &Silence{Why: SilentWaiting, Say: "The last step, on " + dayOf(n.At) + ", is ours: wait for their answer"}
		if until := n.At.Add(WaitForAnswer); q.now.Before(until) {
			s.Until = until
			s.Say = "The last step, on " + dayOf(n.At) + ", is ours: give " + orThey(q.c.Contact) + " time until " + dayOf(until)
		}
		return s
	}
	if x[signPostponed] > 0 {
		return &Silence{Why: SilentNoAsk, Say: who + " said not now" + q.untilNamed()}
	}
	if s := m.hintedAt(q); s != nil {
		return s
	}
	if m.cued(q) {
		return &Silence{Why: SilentNoAsk, Say: "Your last note reads as if nothing of the library is wanted now: nothing until something is asked for or happens"}
	}
	switch top {
	case signAnswer, signOnlyThat, signJustAck:
		return &Silence{Why: SilentNoAsk, Say: who + " answered and asked for nothing: nothing to give until something is asked for or happens"}
	}
	return nil
}

// untilNamed is how long nothing is to be given to somebody who said not now: until the day
// that they named, as far as one was read.
func (q *query) untilNamed() string {
	on := q.c.NamedDay
	if on.IsZero() {
		return ": nothing until they come back. If they named a day, it was not read: log “come back on” with the day"
	}
	day := dayOf(on)
	if on.Year() != q.now.Year() {
		day = on.Format("Monday 2 January 2006")
	}
	if !isBefore(q.now, on) {
		return " until " + day + ", which has come: ask what became of it"
	}
	return ": nothing until they come back, or until " + day + ", the day that they named"
}

// hintSay is what silence says where one hint speaks for it most; the words of
// the note stand for the star, where they tell a person something.
var hintSay = map[hint]string{
	hintTheirs:   "the next step is theirs (*): nothing until then, unless they come back by themselves",
	hintEnough:   "they have what they need (*): nothing until something is asked for or happens",
	hintLater:    "this is not the time (*): nothing before that, unless they come back by themselves",
	hintTrouble:  "something has gone wrong (*): put that right first",
	hintHard:     "these are hard days of theirs (*): ask how they are; content can wait",
	hintAway:     "they are away or gone (*): nothing until you know who is there",
	hintNotOurs:  "this is nothing of yours, or not theirs to decide (*): nothing to give on that",
	hintOffice:   "they want something that no item is (*): answer that yourself",
	hintPersonal: "you talked of other things than work (*): nothing to give on that",
	hintOurs:     "the next step is yours (*): do that first, no item does it",
	hintDay:      "there is nothing to do before the day that it names (*)",
	hintUnknown:  "nothing is known yet of what moves them (*): find that out first, then give",
}

// turns are the hints that tell only whose turn it is, or that they want
// nothing more: a step of ours that was read says it better.
var turns = map[hint]bool{hintTheirs: true, hintOurs: true, hintOffice: true, hintEnough: true}

// orders are the hints whose words say what is to be done now, whatever else is due; the others
// say to wait, or that there is nothing to give.
var orders = map[hint]bool{hintTrouble: true, hintHard: true, hintOffice: true, hintOurs: true}

// hintedAt is silence for the hint that speaks most for it; nil if none does.
func (m *model) hintedAt(q *query) *Silence {
	top := m.topHint(q)
	if top == hints {
		return nil
	}
	say, why := hintSay[top], SilentNoAsk
	if orders[top] {
		why = SilentFirst
	}
	if top == hintDay && q.c.OurStep != "" { // the day is that of our own step, which is no time to wait
		return &Silence{Why: SilentFirst, Say: "The next step is yours (“" + q.c.OurStep + "”): do that first"}
	}
	if (top == hintDay || top == hintLater || top == hintTheirs) && q.dayCame(top) {
		return &Silence{Why: SilentFirst, Say: "The day that your last note names (“" + q.hintedIn(top) + "”) has come: find out what became of it"}
	}
	if said := q.hintedIn(top); tells(said) {
		say = strings.Replace(say, "*", Quoted([]string{said}), 1)
	} else {
		say = strings.Replace(say, " (*)", "", 1)
	}
	return &Silence{Why: why, Say: "Your last note reads as if " + say}
}

// topHint is the hint that speaks most for silence; hints if none does.
func (m *model) topHint(q *query) hint {
	top, most := hints, 0.0
	for h := range hintSay {
		by := m.signs[signHints+sign(h)] * q.hinted.strength(h)
		if by > most || by == most && by > 0 && h < top {
			top, most = h, by
		}
	}
	return top
}

// hintedIn quotes the words of the latest note that hint at something, and so much of their
// phrase that a person understands them: “late” tells nothing.
func (q *query) hintedIn(h hint) string {
	from, to := q.hinted.from[h], q.hinted.to[h]
	if whole, end := q.phraseOf(from, to, maxWords); end-whole <= wholeWords {
		from, to = whole, end // a phrase that is cut in its middle reads as if it said another thing
	} else if to-from < clearWords {
		from, to = q.phraseOf(from, to, wideWords)
	}
	start := q.said[from].start
	if text := q.texts[0]; start > 1 && text[start-1] == ' ' && isLetter(text[start-2]) && (start == 2 || text[start-3] == ' ') {
		start -= 2 // "a fin de mes": a letter alone is no word, and belongs to them
	}
	return q.texts[0][start:q.said[to-1].end]
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// How many words of a note are a quote that is understood, and the most that one is
// widened to.
const (
	clearWords = 3
	wideWords  = 8
	wholeWords = 12 // of a phrase that is quoted as it stands
	maxWords   = 20 // among which a day is looked for
)

// dayCame reports whether the day of which the latest note speaks where it hints at h has
// come since: nobody is told to wait for it.
func (q *query) dayCame(h hint) bool {
	n := q.c.Notes[0]
	if !isBefore(n.At, q.now) {
		return false
	}
	from, to := q.phraseOf(q.hinted.from[h], q.hinted.to[h], maxWords)
	day, err := line.ParseWhen(q.texts[0][q.said[from].start:q.said[to-1].end], n.At)
	return err == nil && day.After(n.At) && !isBefore(q.now, day)
}

// joints stand between two phrases.
var joints = wordSet("and but then und aber dann et mais puis pero luego mas ma poi maar dan because weil porque perche perché")

// phraseOf are the words around those from from to to, as far as no mark divides them, and
// at most most of them.
func (q *query) phraseOf(from, to, most int) (int, int) {
	joined := func(i int) bool { // the words i and i+1
		if joints[q.said[i].folded] || joints[q.said[i+1].folded] {
			return false
		}
		between := q.texts[0][q.said[i].end:q.said[i+1].start]
		return !strings.ContainsAny(between, ",.;:!?()\n\"“”„") && len(between) < clearWords+4
	}
	for grown := true; grown && to-from < most; {
		grown = false
		if to < len(q.said) && joined(to-1) {
			to, grown = to+1, true
		}
		if to-from < most && from > 0 && joined(from-1) {
			from, grown = from-1, true
		}
	}
	return from, to
}

// tells reports whether the words of a hint, quoted, say more than that somebody said
// or wanted something: “said we” and “wants no” do not.
func tells(quote string) bool {
	return slices.ContainsFunc(words(quote), func(w word) bool { return !isLittle(w.folded) && !everyones[w.folded] })
}

// everyones are deeds of everybody who is quoted.
var everyones = map[string]bool{"said": true, "says": true, "say": true, "want": true, "wants": true, "wanted": true, "told": true, "tells": true, "will": true, "need": true, "needs": true,
	"end": true, "start": true, "beginning": true, "middle": true, "ende": true, "anfang": true, "fin": true, "debut": true, "sagt": true, "sagte": true, "braucht": true, "dit": true, "veut": true}

// cued reports whether small words of the latest note tell that nothing is wanted.
// They are not quoted: "us" and "no" tell a person nothing.
func (m *model) cued(q *query) bool {
	for h := hintNo; h < hints; h++ {
		if m.signs[signHints+sign(h)]*q.hinted.strength(h) > 0 {
			return true
		}
	}
	return false
}
