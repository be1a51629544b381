package line

import "time"

// comeback reads a clause that says when to come back, and little else: "again
// next year", "nach den Ferien wieder", "im Herbst anrufen", "not now, in Q3". The
// step is ours. next is 0 where the clause is none.
func (r *reading) comeback(start, end int, base time.Time) (s Step, next int) {
	if r.toks[start].quoted || r.hasSubject(start, end) || r.mayBe(start, start) {
		return s, 0
	}
	k, later := r.skipLead(start, end)
	if k >= end {
		return s, 0
	}
	if _, n := againWords().at(r.toks[:end], k); n > 0 && k+n < end {
		d, ok := r.toCome(k + n)
		if !ok || d.tense != ahead { // "once more on 22/1" has been
			return s, 0
		}
		s = r.step(start, end, d, true, Ours, base)
		s.Text = s.Words // "again" alone says too little
		return s, end
	}
	d, ok := r.toCome(k)
	if !ok || d.to > end {
		return s, 0
	}
	if d.to == end {
		if !d.vague || !later && !r.putOff(start) {
			return s, 0
		}
		s = r.step(start, end, d, true, Ours, base)
		s.Text = s.Words
		return s, end
	}
	_, again := againWords().at(r.toks[:end], d.to)
	if at := d.to + again; at == end {
		if d.tense != ahead {
			return s, 0
		}
	} else {
		act := r.orderedAt(at)
		_, last := infinitives().at(r.toks[:end], end-1)
		if act == 0 && last == 0 {
			return s, 0
		}
	}
	s = r.step(start, end, d, true, Ours, base)
	s.Told = r.callsUs(d.to+again) > 0
	return s, end
}

// toCome is the day at token i, if it may be one to come back on.
func (r *reading) toCome(i int) (day, bool) {
	if i >= len(r.toks) {
		return day{}, false
	}
	d, ok := r.dayAt(i)
	return d, ok && d.tense != behind && d.from != r.talkDay-1 && !r.isSince(d) && !r.isOver(d)
}

// skipLead passes over what may open such a clause: "and", "dann". later: it says
// that nothing is to be done before.
func (r *reading) skipLead(start, end int) (k int, later bool) {
	for k = start; k < end; {
		if _, isDay := r.dayAt(k); isDay { // "not before May" is one
			return k, later || r.toks[k].fold == "not"
		}
		_, not := denials().at(r.toks[:end], k)
		_, n := leadWords().at(r.toks[:end], k)
		switch _, m := notBefore().at(r.toks[:end], k); {
		case not > 0 && r.startsBefore(k+not):
			return k + not, true
		case m > 0:
			n, later = m, true
		}
		if n == 0 {
			return k, later
		}
		k += n
	}
	return end, later
}

// startsBefore reports whether a day at token i is a limit: "before the autumn".
func (r *reading) startsBefore(i int) bool {
	if _, ok := r.toCome(i); !ok {
		return false
	}
	switch r.toks[i].fold {
	case "before", "until", "till", "vor", "bis", "hasta", "avant", "ate", "entro", "tegen", "voor":
		return true
	}
	return false
}

// hasSubject reports whether somebody is named who does it, or words that are read
// as a step by themselves.
func (r *reading) hasSubject(start, end int) bool {
	for k := start; k < end; k++ {
		if _, n := stepWords().at(r.toks, k); n > 0 {
			return true
		}
		if _, n := theySubject().at(r.toks, k); n > 0 {
			return true
		}
		if _, n := wishes().at(r.toks, k); n > 0 {
			return true
		}
		if _, n := pastActs().at(r.toks, k); n > 0 {
			return true
		}
	}
	return false
}

// putOff reports whether the clause before puts off: "not now", "keine Zeit".
func (r *reading) putOff(start int) bool {
	if start == 0 {
		return false
	}
	before := start - 1
	for i := r.clauseStart(before); i < before; i++ {
		if _, n := laterWords().at(r.toks, i); n > 0 {
			return true
		}
	}
	return false
}
