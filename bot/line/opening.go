package line

import "cairn/bot/journey"

// opening is what a note opens with that is still to come: "call on 5 December", "2027-01-15,
// visit". It is a plan, and no talk that took place.
type opening struct {
	day  day
	to   int  // the token behind its act and its day
	talk bool // the act is a way to talk, of which a note tells what was said in it
	both bool // the act is one for which both must be there
	deal bool // the act is what is to be done about a sale
	sure bool // it is what we are to do, and can be nothing else, see [reading.ordered]
	set  bool
}

// markOpening finds the opening, and has its words count as planned.
func (r *reading) markOpening() {
	if r.now.IsZero() || len(r.toks) == 0 { // without a day of its own nothing is to come
		return
	}
	o, ok := r.ordered()
	if !ok {
		o, ok = r.opens()
	}
	if !ok || r.ranAfter(o.day) {
		return
	}
	o.set = true
	if r.opening = o; !r.isAhead(o) {
		r.opening = opening{}
		return
	}
	for i := range o.to {
		r.plans[i] = true
	}
}

// isAhead reports whether the opening is still to come. What is to be done about a sale may as
// well be told behind it, and a weekday may have been: both are ahead where nothing else is told.
func (r *reading) isAhead(o opening) bool {
	switch {
	case r.isToCome(o.day):
		return !o.deal || r.isBare()
	case r.isSure(o, r.now):
		return true
	case o.both && (o.day.isWeekdayAlone() || o.day.monthly && r.comesFirst(o.day)):
		return r.isBare() && !r.praises()
	}
	return false
}

// comesFirst reports whether a day of a month that is not named comes sooner than it last was:
// "visita el 9", typed on the 30th.
func (r *reading) comesFirst(d day) bool {
	last, was := d.on(r.now, behind)
	next, comes := d.on(r.now, ahead)
	return d.tense == either && was && comes && daysApart(r.now, next) > 0 && next.Sub(r.now) < r.now.Sub(last)
}

// opens reads a way to talk and a day at the start of the note, in either order, and
// nothing else between them. What a break parts from the other must stand alone there:
// "call, 12 March visit confirmed" opens with a call.
func (r *reading) opens() (o opening, ok bool) {
	how, dated, broken := false, false, false
	i := 0
	for i < len(r.toks) && !(how && dated) {
		if r.toks[i].kind == breaks {
			if broken || !how && !dated {
				return o, false
			}
			broken = true
			i++
			continue
		}
		end := r.clauseEnd(i)
		if d, found := r.readDay(i); found && !dated {
			o.day, dated, i = d, true, d.to
			continue
		}
		v, n := prefixWords().at(r.toks[:end], i)
		if _, day := r.readDay(max(i+n-1, i)); n > 1 && day { // the "in" of "call in May"
			v, n = prefixWords().at(r.toks[:i+n-1], i)
		}
		if n > 0 && !how {
			if !arrangeable[v.channel] || v.direction == journey.In || r.isPastTalk(i) {
				return o, false
			}
			how, o.talk, o.both, i = true, true, v.channel != journey.Email && v.channel != journey.Chat, i+n
			continue
		}
		if _, n := appointments().at(r.toks[:end], i); n > 0 && !how && r.isDemo(i) {
			how, o.both, i = true, true, i+n
			continue
		}
		if _, n := deals().at(r.toks[:end], i); n > 0 && !how && !r.isDeed(i) { // "pago el 5 de enero", but not "pagó"
			how, o.deal, i = true, true, i+n
			continue
		}
		if n := r.limitAt(i, end); n > 0 && how && !dated && i+n < end {
			if d, found := r.readDay(i + n); found && d.tense != behind && !r.startsAfter(i, d, end) { // "call until 15 January"
				o.day, dated, i = d, true, d.to
				o.day.tense = ahead
				continue
			}
		}
		_, k := fillers().at(r.toks[:end], i)
		if k == 0 {
			return o, false
		}
		i += k
	}
	if o.to = i; !how || !dated || broken && i < r.clauseEnd(i-1) {
		return o, false
	}
	return o, true
}

// startsAfter reports whether token i says that a talk was after something, of which day d tells
// only when it was: "call after Monday's workshop", "visit after 5 December meeting".
func (r *reading) startsAfter(i int, d day, end int) bool {
	_, after := startWords().at(r.toks[:end], i)
	return after > 0 && d.to < end && (r.talkToCome(d.to) || r.passes(d.to) == 0)
}

// isAfter reports the same of day d in clause [start:end) where a thing is named behind it.
func (r *reading) isAfter(d day, start, end int) bool {
	if d.from == start || d.to >= end {
		return false
	}
	_, after := startWords().at(r.toks[:end], d.from-1)
	return after > 0 && (r.isPossessive(d) || r.talkToCome(d.to))
}

// praises reports whether a word behind the opening says how it was: "lunch on Friday, nice".
func (r *reading) praises() bool {
	for i := r.opening.to; i < len(r.toks); i++ {
		if praise[r.toks[i].fold] {
			return true
		}
	}
	return false
}

var praise = map[string]bool{"good": true, "great": true, "nice": true, "short": true, "long": true, "brief": true, "quick": true}

// limitAt is how many tokens from i on stand before the first or last day of what is to come.
func (r *reading) limitAt(i, end int) int {
	_, n := limitWords().at(r.toks[:end], i)
	_, k := startWords().at(r.toks[:end], i)
	return max(n, k)
}

// isWeekdayAlone reports whether nothing but a weekday says which day it is, and no word
// whether it has been: "visit on Friday".
func (d day) isWeekdayAlone() bool {
	return d.tense == either && !d.vague && !d.exact && !d.dated && !d.monthly
}

// isDemo reports whether an appointment is one that is held together, without a way to talk.
func (r *reading) isDemo(i int) bool {
	_, n := bothActs().at(r.toks, i)
	return n > 0
}

// arrangeable are the ways to talk for which people agree a day.
var arrangeable = map[journey.Channel]bool{journey.Phone: true, journey.Email: true, journey.Meeting: true, journey.Chat: true, journey.Event: true}

// isToCome reports whether a day, told of no talk in the past tense, lies ahead.
func (r *reading) isToCome(d day) bool {
	switch d.tense {
	case behind:
		return false
	case ahead:
		return true
	}
	at, ok := d.on(r.now, behind)
	if d.exact {
		return ok && daysApart(r.now, at) > 0
	}
	next, comes := d.on(r.now, ahead)
	return sooner(d, r.now) && comes && daysApart(r.now, next) > 0
}

// tellsBehind reports whether the note says, behind its opening, what was said or done:
// of a talk that has no other day than one to come. Where it tells of another talk that
// has been, that is the one: "call on 5 December, spoke to her assistant". The opening's own
// clause tells only by its verbs: what else stands there is what the talk is to be about.
func (r *reading) tellsBehind() bool {
	told := false
	for i := r.opening.to; i < len(r.toks); {
		if n := r.passes(i); n > 0 {
			i += n
			continue
		}
		if !r.saysArranged(i) && !r.toks[i].quoted && !r.plannedBehind(i) {
			if r.isPastTalk(i) || r.howAt(i) {
				return false
			}
			told = told || r.tells(i)
		}
		i++
	}
	return told
}

// howAt reports whether a word behind the opening says how another talk took place.
func (r *reading) howAt(i int) bool {
	v, n := howWords().at(r.toks, i)
	return n > 0 && !v.weak
}

// tells reports whether token i tells what they or we did or said.
func (r *reading) tells(i int) bool {
	if r.toks[i].fold == "will" { // German for a wish; a plan in English
		return false
	}
	for _, acts := range [...]*lexicon[struct{}]{pastActs(), theyAct(), weAct(), askedOf(), wishes()} {
		if _, n := acts.at(r.toks, i); n > 0 {
			return true
		}
	}
	return false
}

// saysArranged reports whether token i says that the appointment was made.
func (r *reading) saysArranged(i int) bool {
	for _, words := range [...]*lexicon[struct{}]{arranged(), agreedWords(), takenWords()} {
		if _, n := words.at(r.toks, i); n > 0 {
			return true
		}
	}
	return false
}

// plannedBehind is plannedBefore for a token behind the opening, whose words plan nothing
// but the opening itself.
func (r *reading) plannedBehind(i int) bool { return i > r.opening.to && r.plannedBefore(i) }
