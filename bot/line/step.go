package line

import (
	"strings"
	"time"
)

// steps reads what is still to be done, by whom and by when. Days are counted
// from the day of the talk: "by Friday" in a note on last Tuesday's call is
// the Friday after that Tuesday.
func (r *reading) steps(l *Line) {
	for i := 0; i < len(r.toks); {
		s, next := r.stepAt(i, l.At)
		if next == 0 {
			i++
			continue
		}
		if s.Text != "" {
			l.Steps = append(l.Steps, s)
		}
		i = next
	}
	for i := range l.Steps {
		if l.Step == nil || l.Step.Due.IsZero() && !l.Steps[i].Due.IsZero() {
			l.Step = &l.Steps[i]
		}
	}
}

// stepAt reads a step whose opening words start at token i, or the clause of
// an appointment that starts there; next is 0 where there is none.
func (r *reading) stepAt(i int, base time.Time) (s Step, next int) {
	start, end := clauseStart(r.toks, i), clauseEnd(r.toks, i)
	whose, n := stepWords().at(r.toks, i)
	if n == 0 {
		if i != start {
			return s, 0
		}
		return r.appointment(start, end, base)
	}
	if i+n < end {
		if _, k := denials().at(r.toks, i+n); k > 0 {
			return s, end
		}
	}
	from := r.subjectStart(start, i)
	if whose == "" {
		whose = r.whose(from, i, i+n, end)
	}
	if r.toks[i].quoted {
		whose = turned(whose)
	}
	d, found := r.dueDay(start, from, end)
	if whose == Ours && !found && n+i >= end && i == from && n < 2 {
		return s, 0 // a bare word is no step
	}
	if _, wish := wishes().at(r.toks, i); wish > 0 && !found {
		return s, 0 // a wish without a day is what they said, not a step
	}
	return r.step(min(from, dayStart(d, found, start, from)), end, d, found, whose, base), end
}

func dayStart(d day, found bool, start, from int) int {
	if found && d.from >= start && d.from < from {
		return d.from
	}
	return from
}

// turned gives a quoted step to the other side: their "I'll ask" is theirs.
func turned(w Whose) Whose {
	if w == Ours {
		return Theirs
	}
	return Ours
}

// subjectStart takes in the one or two words before an opening "will" that
// say who: "her boss will sign".
func (r *reading) subjectStart(start, i int) int {
	for k := i; k > start; k-- {
		if _, n := joints().at(r.toks, k-1); n > 0 {
			return k
		}
		if i-k >= 3 {
			return i
		}
	}
	if i-start > 3 {
		return i
	}
	return start
}

// whose decides an opening "will": who stands before it, else what is to be
// done. Reps leave out themselves and the contact alike.
func (r *reading) whose(from, i, after, end int) Whose {
	for k := from; k < i; k++ {
		if _, n := weSubject().at(r.toks, k); n > 0 {
			return Ours
		}
		if r.toks[k].kind == word {
			if _, n := pastActs().at(r.toks, k); n == 0 {
				return Theirs
			}
		}
	}
	if after >= end {
		return Theirs
	}
	if _, n := ourDoing().at(r.toks, after); n > 0 {
		for k := after + n; k < end && k < after+n+4; k++ {
			if _, m := toUs().at(r.toks, k); m > 0 {
				return Theirs
			}
		}
		return Ours
	}
	return Theirs
}

// dueDay is the first day of the clause that is not behind and not the day of
// the talk, at or after from, else before it.
func (r *reading) dueDay(start, from, end int) (day, bool) {
	for _, lo := range [...]int{from, start} {
		for _, d := range r.days {
			if d.from >= lo && d.from < end && d.tense != behind && d.from != r.talkDay-1 {
				return d, true
			}
		}
	}
	return day{}, false
}

// appointment reads a clause without a verb for it: "demo on 2 December",
// "they want a pilot in May".
func (r *reading) appointment(start, end int, base time.Time) (s Step, next int) {
	d, found := r.dueDay(start, start, end)
	if !found || r.toks[start].quoted {
		return s, 0
	}
	_, at, n := appointments().find(r.toks, start, end)
	if n == 0 || d.tense == either && !r.isLimit(d) && !r.plans[d.from] {
		_, _, past := pastActs().find(r.toks, start, end)
		if n == 0 || past > 0 {
			return s, 0
		}
	}
	whose := Ours
	if _, k, m := theySubject().find(r.toks, start, end); m > 0 && k < at {
		if _, _, w := wishes().find(r.toks, start, end); w > 0 {
			whose = Theirs
		}
	}
	for i := start; i < end; i++ {
		if _, n := stepWords().at(r.toks, i); n > 0 {
			return s, 0 // the opening words will say it better
		}
	}
	return r.step(start, end, d, true, whose, base), end
}

// step builds the step of tokens [from:end), its day left out of the text
// where it stands at the end.
func (r *reading) step(from, end int, d day, found bool, whose Whose, base time.Time) Step {
	s := Step{Whose: whose, Words: span(r.note, r.toks, from, end)}
	s.Text = s.Words
	if !found {
		return s
	}
	if due, ok := d.on(base, ahead); ok {
		s.Due = due
	}
	if d.to >= end && d.from > from {
		cut := d.from
		for cut > from {
			if _, n := dueWords().at(r.toks[:cut], cut-1); n == 0 {
				break
			}
			cut--
		}
		if cut > from {
			s.Text = span(r.note, r.toks, from, cut)
		}
	}
	s.Text = strings.TrimSpace(s.Text)
	return s
}
