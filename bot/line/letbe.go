package line

import (
	"time"
	"unicode/utf8"
)

// letBe reads a clause that says until when to leave them be: "let her be until March",
// "bis Februar in Ruhe lassen", "she asked to be left alone until the 12th". That we come
// back then is a step of ours; before it nobody waits for us. next is 0 where the clause
// says nothing of it, or names no day.
func (r *reading) letBe(start, end int, base time.Time) (s Step, next int) {
	if start >= end || r.toks[start].quoted {
		return s, 0
	}
	d, ok := r.dueDay(start, start, end)
	if !ok {
		return s, 0
	}
	at := r.letBeAt(d, start, end)
	if at < 0 && r.theyLeaveIt(start, end) && d.tense != behind && r.saysLimit(d, start) {
		return r.step(start, end, d, true, Theirs, base), end
	}
	if at < 0 || r.leftBefore(at, start) && !r.forbids(at, start, end) {
		return s, 0
	}
	if d.tense == behind || d.from < at && d.to > at && !r.forbids(at, start, end) || !r.saysLimit(d, start) {
		return s, 0
	}
	from := start
	for from+1 < end {
		_, lead := leadWords().at(r.toks[:end], from)
		if lead == 0 || from+lead >= end {
			break
		}
		from += lead
	}
	s = r.step(from, end, d, true, Ours, base)
	s.Text, s.Until = s.Words, true
	return s, end
}

// letBeAt is the token where it is said to leave somebody, or the matter, be until a day;
// -1: nowhere.
func (r *reading) letBeAt(d day, start, end int) int {
	for i := start; i < end; i++ {
		_, n := r.words.letBe.at(r.toks[:end], i)
		switch {
		case n == 0 && r.forbids(i, start, end):
			return i
		case n == 0:
		case r.leavesBare(i, n) && (!r.limitsFrom(d, i+n) || r.saidOfThem(i, start)):
		case !r.atLeisure(i, i+n, end):
			return i
		}
	}
	return -1
}

// theyLeaveIt reports whether they leave something where it is: "they leave it with legal
// until Friday".
func (r *reading) theyLeaveIt(start, end int) bool {
	for i := start; i+1 < end; i++ {
		if r.leavesBare(i, 2) && r.saidOfThem(i, start) && !r.leftBefore(i, start) {
			return true
		}
	}
	return false
}

// LetBe reports whether a note says to leave somebody be, and until which day as the steps
// of [Words.Read] have it; zero: it names none.
func (w *Words) LetBe(note string, now time.Time) (until time.Time, said bool) {
	if note = trim(note); blank(note) || !utf8.ValidString(note) {
		return until, false
	}
	w = w.orShipped()
	toks := tokenize(note)
	hit := func(i int) (n int) { _, n = w.letBe.at(toks, i); return n }
	forbidden := func(i int) bool { _, n := denials().at(toks, i); return n > 0 || toks[i].fold == "t" }
	at := 0
	for at < len(toks) && hit(at) == 0 && !forbidden(at) {
		at++
	}
	if at == len(toks) { // as of most notes, which need no closer look
		return until, false
	}
	r, bare := w.reading(note, now), false // a bare "leave it" was met, which a day makes one
	for i := at; i < len(toks); i++ {
		n := hit(i)
		if n == 0 {
			bare = bare || r.forbids(i, r.clauseStart(i), r.clauseEnd(i))
			continue
		}
		bare = bare || r.leavesBare(i, n)
		start, end := r.clauseStart(i), r.clauseEnd(i)
		if said = !r.leavesBare(i, n) && !r.atLeisure(i, i+n, end) && !r.leftBefore(i, start); said {
			break
		}
	}
	if !said && !bare {
		return until, false
	}
	l, _ := w.Read(note, now) // the day counts as it does for the step
	for _, s := range l.Steps {
		if s.Until && s.Due.After(until) {
			until = s.Due
		}
	}
	return until, said || !until.IsZero()
}

// leavesBare reports whether the n tokens at i are a "leave it" that says nothing by itself.
func (r *reading) leavesBare(i, n int) bool {
	return n == 2 && r.toks[i].fold == "leave" && bareThings[r.toks[i+1].fold]
}

var bareThings = map[string]bool{"it": true, "this": true, "that": true}

// atLeisure reports whether the words from i to end tell of something done "in Ruhe":
// "lassen wir sie das bis Mai in Ruhe prüfen" leaves nobody alone.
func (r *reading) atLeisure(i, to, end int) bool {
	if last := r.toks[to-1].fold; last != "ruhe" && last != "frieden" {
		return false
	}
	for k := i; k < to; k++ {
		switch r.toks[k].fold {
		case "sich", "mir", "dir":
			return true
		}
	}
	if to >= end || r.toks[to].kind == breaks || behindPeace[r.toks[to].fold] {
		return false
	}
	_, limit := limitWords().at(r.toks[:end], to)
	return limit == 0
}

// behindPeace go on after "in Ruhe" without telling what is done so.
var behindPeace = map[string]bool{"und": true, "aber": true, "weil": true, "denn": true, "da": true}

// limitsFrom reports whether nothing but the limit stands between token i and the day: "leave
// it until May", but not "leave it with legal until May".
func (r *reading) limitsFrom(d day, i int) bool {
	for i < d.from {
		if _, n := limitWords().at(r.toks, i); n > 0 {
			i += n
		} else if dateArticles[r.toks[i].fold] || onWords[r.toks[i].fold] {
			i++
		} else {
			return false
		}
	}
	return i < d.to
}

// saidOfThem reports whether what stands at token i is their act: "they leave it until May",
// "she'll leave it".
func (r *reading) saidOfThem(i, start int) bool {
	for k := max(start, i-2); k < i; k++ {
		if _, n := theySubject().at(r.toks[:i], k); n > 0 {
			return true
		}
	}
	return false
}

// leftBefore reports whether we did so, or somebody does not: "I left her alone until May",
// "won't let it rest until May".
func (r *reading) leftBefore(at, start int) bool {
	if r.toks[at].fold == "left" || r.isDeniedBefore(at-2, start) {
		return true
	}
	return at > start && r.toks[at-1].fold == "t"
}
