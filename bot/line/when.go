package line

import "time"

// when reads the day on which the interaction took place. It must stand where
// the talk itself is told: in the first clause, in a clause of its own, or
// beside a word that says how. Limits, plans, habits and what they told of
// other days are passed over.
func (r *reading) when(l *Line) error {
	for _, d := range r.days() {
		if r.opening.set && d.from == r.opening.day.from {
			if err := r.opensTold(); err != nil {
				return err
			}
			continue // a plan: "call on 5 December"
		}
		if r.isLimit(d) {
			continue
		}
		if d.vague {
			if r.claimsDone(d) {
				return futureProblem(span(r.note, r.toks, d.from, d.to))
			}
			continue
		}
		if !r.tellsTheTalk(d) {
			r.setAside(l, d)
			continue
		}
		words := span(r.note, r.toks, d.from, d.to)
		if r.toks[d.to-1].to < len(r.note) && r.figureMark(d.to-1) && d.to < len(r.toks) && r.toks[d.to].kind == breaks && isDigit(r.note[r.toks[d.to-1].to-1]) {
			words = r.note[r.toks[d.from].at : r.toks[d.to-1].to+1] // the dot of 02.03.
		}
		if d.tense == ahead {
			if at, ok := d.on(r.now, ahead); r.claimsPast(d) && !r.isRunning(d) && !(ok && daysApart(r.now, at) == 0) { // but "sent it eod"
				return futureProblem(words)
			}
			continue
		}
		at, ok := d.on(r.now, behind)
		if ok && sooner(d, r.now) {
			if !r.talkBefore(d) && !r.talkAfter(d) && !r.deedBeside(d) {
				continue // "12 March at their plant", typed on the 11th
			}
			if next, _ := d.on(r.now, ahead); next.Before(r.now.AddDate(0, 1, 0)) && !(d.swaps && at.After(r.now.AddDate(0, -lately, 0))) {
				return futureProblem(words)
			}
		}
		if ok && d.exact && d.tense == either && daysApart(r.now, at) > 0 && r.isAppointed(d) {
			r.setAside(l, d)
			continue // "meeting 2027-01-12"
		}
		switch {
		case !ok:
			return noSuchDayProblem(words)
		case daysApart(r.now, at) > farAhead:
			return wrongYearProblem(words, lastOf(at, r.now))
		case daysApart(r.now, at) > 0:
			return futureProblem(words)
		}
		l.AtWords, r.talkDay = words, d.from+1
		if daysApart(r.now, at) < 0 {
			l.At, l.AtDay = at, true
		}
		return nil
	}
	return nil
}

// opensTold is the problem of a note that tells what was said in a talk and gives a day to
// come for it, which may be the slip of a key. What can only be ahead ("tomorrow") is a plan.
func (r *reading) opensTold() error {
	d := r.opening.day
	if !r.opening.talk || d.tense == ahead && !d.dated || !r.tellsBehind() {
		return nil
	}
	words := span(r.note, r.toks, d.from, d.to)
	if at, ok := d.on(r.now, behind); ok && daysApart(r.now, at) > farAhead {
		return wrongYearProblem(words, lastOf(at, r.now))
	}
	return futureProblem(words)
}

// sooner reports whether a day of a month comes again sooner than it last
// was.
func sooner(d day, now time.Time) bool {
	last, a := d.on(now, behind)
	next, b := d.on(now, ahead)
	return d.dated && a && b && next.Sub(now) < now.Sub(last)
}

// talkBefore reports whether a talk in the past tense stands before the day
// in its clause.
func (r *reading) talkBefore(d day) bool {
	for i := max(r.clauseStart(d.from), d.from-reach); i < d.from; i++ {
		if r.isPastTalk(i) && !r.plans[i] {
			return true
		}
	}
	return false
}

// isPastTalk reports whether a talk told in the past tense stands at token i: the
// Spanish "visité", but not the French "visite le …".
func (r *reading) isPastTalk(i int) bool {
	_, n := pastTalks().at(r.toks, i)
	if n == 1 && r.toks[i].fold == "visite" && i > r.clauseStart(i) && i+1 >= r.clauseEnd(i) && !r.accented(i) {
		return false // "le 20 décembre visite"
	}
	if n == 1 && r.toks[i].fold == "visite" && i+1 < len(r.toks) {
		switch r.toks[i+1].fold {
		case "le", "du", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "prevue", "sur", "chez", "fixee":
			return false
		}
	}
	return n > 0
}

// talkAfter reports whether a talk in the past tense follows the day at once:
// "2 March met her".
func (r *reading) talkAfter(d day) bool {
	if d.to >= len(r.toks) || r.toks[d.to].clause != r.toks[d.from].clause || r.plans[d.to] {
		return false
	}
	_, n := pastTalks().at(r.toks, d.to)
	return n > 0
}

// setAside takes no step from a day to come of which is said how it went: its year is
// wrong, as a rule. The first such day is told.
func (r *reading) setAside(l *Line, d day) {
	at, ok := d.on(r.now, behind)
	if l.Ahead.IsZero() && ok && d.exact && d.tense == either && daysApart(r.now, at) > 0 && r.ranAfter(d) {
		l.Ahead, r.aside = at, d.from+1
	}
}

// ranAfter reports whether it is said behind the day, in its clause, how a meeting went:
// "meeting on 2 March went well".
func (r *reading) ranAfter(d day) bool {
	for i := d.to; i < min(r.clauseEnd(d.from), d.to+reach); i++ {
		if _, n := ranWords().at(r.toks, i); n > 0 && !r.plans[i] {
			return true
		}
	}
	return false
}

// farAhead is how many days ahead a talk that has been is more likely of another year.
const farAhead = 300

// lastOf is the same day of the latest year in which it has been.
func lastOf(at, now time.Time) time.Time {
	y, m, d := at.Date()
	for ; ; y-- { // 29 February takes some years
		if last := time.Date(y, m, d, 12, 0, 0, 0, at.Location()); last.Month() == m && daysApart(now, last) <= 0 {
			return last
		}
	}
}

// isAppointed reports whether an appointment, and no talk in the past tense, stands
// before the day in its clause.
func (r *reading) isAppointed(d day) bool {
	_, _, n := appointments().find(r.toks, r.clauseStart(d.from), d.from)
	return n > 0 && !r.talkBefore(d) && !r.talkAfter(d)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// daysApart counts the days from a's to b's.
func daysApart(a, b time.Time) int {
	return int(noonUTC(b).Sub(noonUTC(a)).Hours() / 24)
}

func noonUTC(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}

// isLimit reports whether a word before the day, or within it, makes it a
// limit or a start: "by Friday", "since March".
func (r *reading) isLimit(d day) bool {
	if d.from > 0 && r.toks[d.from-1].clause == r.toks[d.from].clause {
		if _, n := dueWords().at(r.toks[:d.from], d.from-1); n > 0 {
			return true
		}
		if r.isOften(d.from - 1) {
			return true
		}
	}
	for back := 2; back <= 3; back++ {
		if i := d.from - back; i >= 0 && r.toks[i].clause == r.toks[d.from].clause {
			if _, n := dueWords().at(r.toks[:d.from], i); n == back {
				return true
			}
		}
	}
	_, n := dueWords().at(r.toks[:d.to], d.from)
	_, ago := agoBefore().at(r.toks, d.from)
	return n > 0 && !(ago > 0 && d.tense == behind)
}

// tellsTheTalk reports whether the day stands where the talk is told.
func (r *reading) tellsTheTalk(d day) bool {
	if r.plannedBefore(d.from) || r.toks[d.from].quoted {
		return false
	}
	start, end := r.clauseStart(d.from), r.clauseEnd(d.from)
	if r.isPossessive(d) || r.isLikened(d) || d.tense == either && (r.isAppointment(d) || r.isArranged(d) || r.isOneOfMany(d)) {
		return false
	}
	if d.from == start && d.to >= end {
		return d.tense == behind || r.toks[start].clause <= 1
	}
	start, end = max(start, d.from-reach), min(end, d.to+reach)
	for i := start; i < d.from; i++ {
		if _, n := hearsay().at(r.toks, i); n > 0 {
			return false
		}
	}
	for i := start; i < end; i++ {
		if r.plans[i] || i >= d.from && i < d.to { // the fair in "sexta-feira"
			continue
		}
		if _, n := howWords().at(r.toks, i); n > 0 {
			return true
		}
		if _, n := pastActs().at(r.toks, i); n > 0 && !r.isPresent(i, d) {
			return true
		}
		if _, n := deeds().at(r.toks, i); n > 0 && !r.isPresent(i, d) {
			return true
		}
		if r.isPastTalk(i) {
			return true
		}
	}
	short := start == 0 && d.to >= r.clauseEnd(d.from) && d.from <= 3 // "QBR yesterday"
	return d.tense == behind && (d.from == 0 || short)
}

// reach is how many words of a clause without punctuation are looked at on
// either side: the longest clauses in hand-written notes have about forty.
const reach = 40

// isOneOfMany reports "the Monday meeting", "her Saturday".
func (r *reading) isOneOfMany(d day) bool {
	if d.from == 0 || r.toks[d.from-1].clause != r.toks[d.from].clause {
		return false
	}
	switch r.toks[d.from-1].fold {
	case "the", "his", "our", "their", "my", "a", "du", "de", "der", "die", "del", "della":
	case "her": // "met her Friday" tells a day, "her Friday shift" does not
		if d.to >= len(r.toks) || r.toks[d.to].clause != r.toks[d.from].clause || r.toks[d.to].kind == breaks {
			return false
		}
	default:
		return false
	}
	_, on := toDay().at(r.toks, d.from)
	return on == 0
}

// isRunning reports a time that has begun, so that a talk may have been in it: "rang 4 times
// this week".
func (r *reading) isRunning(d day) bool {
	_, weekday := weekdayWords().at(r.toks, min(d.from+1, len(r.toks)-1))
	return d.to == d.from+2 && weekday == 0 && running[r.toks[d.from].fold]
}

var running = map[string]bool{"this": true, "diese": true, "esta": true, "cette": true, "questa": true, "deze": true}

// isPossessive reports "Thursday's".
func (r *reading) isPossessive(d day) bool {
	return d.to < len(r.toks) && r.toks[d.to].fold == "s" && r.toks[d.to].at <= r.toks[d.to-1].to+len("’")
}

// isLikened reports a day that something is only compared with: "same as last week".
func (r *reading) isLikened(d day) bool {
	return d.from > 0 && r.toks[d.from-1].clause == r.toks[d.from].clause && likening[r.toks[d.from-1].fold]
}

var likening = map[string]bool{"as": true, "than": true, "like": true, "wie": true, "que": true, "comme": true, "come": true, "como": true, "zoals": true}

// isAppointment reports whether an hour follows the day and no talk in the
// past tense stands before it: "visit 16 Dec 10:00".
func (r *reading) isAppointment(d day) bool {
	if d.to >= len(r.toks) || r.toks[d.to].clause != r.toks[d.from].clause {
		return false
	}
	t := r.toks[d.to]
	_, n := clockWords().at(r.toks, d.to)
	if n == 0 && t.kind != number {
		return false
	}
	return !r.talkBefore(d)
}

// isArranged reports whether the clause tells of an appointment: "visit on
// Friday confirmed", "call her back 1 September".
func (r *reading) isArranged(d day) bool {
	start, end := r.clauseStart(d.from), r.clauseEnd(d.from)
	if _, n := imperatives().at(r.toks, start); n > 0 && start+n <= d.from {
		return true
	}
	if r.talkBefore(d) {
		return false
	}
	_, _, n := arranged().find(r.toks, max(start, d.from-reach), min(end, d.to+reach))
	return n > 0
}

// claimsPast reports whether the note says of a day to come that the talk has
// been: "met her tomorrow".
func (r *reading) claimsPast(d day) bool {
	start := r.clauseStart(d.from)
	if _, n := inBefore().at(r.toks, d.from); n > 0 { // "phoned three times in one week"
		return false
	}
	for i := max(start, d.from-4); i < d.from; i++ {
		if r.isPastTalk(i) && !r.plans[i] {
			return true
		}
	}
	return false
}

// ParseWhen reads the day in words typed for it alone, as in `/coach away
// until 2 March`: the nearest such day from now on, noon in now's zone. Words
// that name a past day give that day; the caller decides whether it may be.
// The error is a *Problem.
func ParseWhen(words string, now time.Time) (time.Time, error) {
	words = trim(Unescape(words))
	r := newReading(words, now)
	if len(r.days()) == 0 {
		return time.Time{}, notADateProblem(words)
	}
	d, t := r.days()[0], ahead
	if d.tense == behind {
		t = behind
	}
	at, ok := d.on(now, t)
	if !ok {
		return time.Time{}, noSuchDayProblem(words)
	}
	return at, nil
}
