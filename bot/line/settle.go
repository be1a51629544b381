package line

import (
	"strings"
	"time"
	"unicode/utf8"

	"cairn/bot/journey"
)

// Settles reports whether a later note tells that a step was done: "IT said yes"
// settles "will ask IT", "sent him the pricing" settles "I will send pricing". It
// must name what the step is about, as something that took place. A step that is
// about nothing but talking ("gets back to me") is settled by any talk of that way.
func Settles(whose Whose, step, note string, direction journey.Direction) bool {
	if !utf8.ValidString(step) || !utf8.ValidString(note) {
		return false
	}
	about := telling(newReading(step, time.Time{}))
	if len(about) == 0 {
		if whose == Theirs {
			return direction != journey.Out
		}
		return direction != journey.In
	}
	r := newReading(note, time.Time{})
	named := 0
	for _, w := range about {
		for i, t := range r.toks {
			if t.kind == word && !r.plans[i] && sameWord(w, t) && r.tookPlace(i, whose) {
				named++
				break
			}
		}
	}
	return named > 0 && 2*named >= len(about)
}

// telling are the words of a step that tell what it is about.
func telling(r *reading) (words []token) {
	for i := 0; i < len(r.toks); i++ {
		if _, n := stepWords().at(r.toks, i); n > 0 {
			i += n - 1
			continue
		}
		if _, n := talking().at(r.toks, i); n > 0 && !isAcronym(r.note[r.toks[i].at:r.toks[i].to]) { // "IT" is no "it"
			continue
		}
		small := r.toks[i].kind != word || utf8.RuneCountInString(r.toks[i].fold) < 2 || r.inDay(i)
		for _, no := range [...]*lexicon[struct{}]{receivers(), openers(), closers(), ands(), weSubject(), theySubject(), dueWords(), beforeGiving()} {
			if _, n := no.at(r.toks, i); n > 0 && !isAcronym(r.note[r.toks[i].at:r.toks[i].to]) {
				small = true
			}
		}
		if !small {
			words = append(words, r.toks[i])
		}
	}
	return words
}

// sameWord reports whether two words are one in whatever form: "pricing", "prices".
// Short ones are so only as they stand: IT is no "it".
func sameWord(a, b token) bool {
	if len(a.fold) < 4 || len(b.fold) < 4 {
		return a.fold == b.fold && (len(a.fold) > 3 || a.upper == b.upper)
	}
	n := 0
	for n < min(len(a.fold), len(b.fold)) && a.fold[n] == b.fold[n] {
		n++
	}
	return n >= max(4, min(len(a.fold), len(b.fold))-3)
}

// tookPlace reports whether the clause of token i tells what somebody did, and not
// what was only spoken about.
func (r *reading) tookPlace(i int, whose Whose) bool {
	first, last := r.clauseStart(i), r.clauseEnd(i)
	if whose == Ours && r.theirAct(last-1) {
		return false // they asked for what was promised
	}
	if _, _, n := aboutWords().find(r.toks, first, last); n > 0 {
		return false
	}
	for _, acts := range [...]*lexicon[struct{}]{pastActs(), theyAct(), weAct(), pastTalks()} {
		if _, at, n := acts.find(r.toks, first, last); n > 0 && !r.plans[at] && !strings.HasPrefix(r.toks[at].fold, "want") {
			return true
		}
	}
	_, at, n := giveWords().find(r.toks, first, last)
	if n > 0 && !r.plans[at] {
		return true
	}
	_, at, n = doneWords().find(r.toks, first, last)
	return n > 0 && !r.plans[at]
}
