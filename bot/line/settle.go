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
// about nothing but talking ("gets back to me") is settled by any talk of that way. at is
// when the note was taken, in its author's zone: a talk that is still to come then settles
// nothing.
func (w *Words) Settles(whose Whose, step, note string, direction journey.Direction, at time.Time) bool {
	return ReadPending(whose, step).SettledBy(w.Account(note, direction, at))
}

// Pending is a step as it was noted, read once for many notes. Read it by [ReadPending].
type Pending struct {
	whose Whose
	about []token
	read  bool
}

// Talk reports whether the step is about nothing but talking: "gets back to me".
func (p Pending) Talk() bool { return p.read && len(p.about) == 0 }

// ReadPending reads what a step is about.
func ReadPending(whose Whose, step string) Pending {
	if !utf8.ValidString(step) {
		return Pending{}
	}
	return Pending{whose: whose, about: telling(newReading(step, time.Time{})), read: true}
}

// Account is a note as it tells what took place, read once for many steps. Read it by
// [Words.Account].
type Account struct {
	r         *reading
	direction journey.Direction
	plan      bool // nothing in it took place
}

// Account reads a later note, taken at that moment in its author's zone, and who spoke in
// it.
func (w *Words) Account(note string, direction journey.Direction, at time.Time) Account {
	if !utf8.ValidString(note) {
		return Account{}
	}
	r := w.reading(note, at)
	return Account{r, direction, r.opening.set && r.isBare()}
}

// SettledBy is [Words.Settles] of a step and a note that were read already.
func (p Pending) SettledBy(a Account) bool {
	if !p.read || a.r == nil || a.plan {
		return false
	}
	if len(p.about) == 0 {
		if p.whose == Theirs {
			return a.direction != journey.Out
		}
		return a.direction != journey.In && a.r.talked()
	}
	named := 0
	for _, w := range p.about {
		for i, t := range a.r.toks {
			if t.kind == word && !a.r.plans[i] && sameWord(w, t) && a.r.tookPlace(i, p.whose) {
				named++
				break
			}
		}
	}
	return named > 0 && 2*named >= len(p.about)
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
		if _, n := comebacks().at(r.toks, i); n > 0 {
			i += n - 1
			continue
		}
		if r.toks[i].kind != word || utf8.RuneCountInString(r.toks[i].fold) < 2 || r.smallWord(i) || r.inDay(i) {
			continue
		}
		words = append(words, r.toks[i])
	}
	return words
}

// smallWord reports whether token i is one of those that join a sentence and tell
// nothing of its matter.
func (r *reading) smallWord(i int) bool {
	for _, no := range [...]*lexicon[struct{}]{receivers(), openers(), closers(), ands(), weSubject(), theySubject(), dueWords(), beforeGiving()} {
		if _, n := no.at(r.toks, i); n > 0 {
			return !isAcronym(r.note[r.toks[i].at:r.toks[i].to])
		}
	}
	return false
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
	_, at, n := cameWords().find(r.toks, first, last)
	came := n > 0 && !r.plans[at]
	switch {
	case whose == Ours && r.theirAct(last-1):
		return came // they got it; else they asked for what was promised
	case whose == Theirs && r.weGave(first, last):
		return false // what went to them is nothing that they did
	case whose == Theirs && came:
		return true
	}
	if _, _, n := aboutWords().find(r.toks, first, last); n > 0 {
		return false
	}
	for _, acts := range [...]*lexicon[struct{}]{pastActs(), theyAct(), weAct(), pastTalks()} {
		if _, at, n := acts.find(r.toks, first, last); n > 0 && !r.plans[at] && !strings.HasPrefix(r.toks[at].fold, "want") {
			return true
		}
	}
	_, at, n = giveWords().find(r.toks, first, last)
	if n > 0 && !r.plans[at] {
		return true
	}
	_, at, n = doneWords().find(r.toks, first, last)
	return n > 0 && !r.plans[at]
}

// weGave reports whether tokens [first:last) tell of something that went from us to
// them.
func (r *reading) weGave(first, last int) bool {
	g, at, n := giveWords().find(r.toks, first, last)
	return n > 0 && !r.plans[at] && len(r.gives(g, at, n)) > 0
}

// talked reports whether the note tells of a talk, or of something written to them.
func (r *reading) talked() bool {
	for i := range r.toks {
		if r.plans[i] || r.toks[i].quoted {
			continue
		}
		_, a := pastTalks().at(r.toks, i)
		_, b := bothActs().at(r.toks, i)
		how, c := howWords().at(r.toks, i)
		if a+b > 0 || c > 0 && how.channel != journey.Social && how.channel != journey.Event {
			return true
		}
	}
	return false
}
