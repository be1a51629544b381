package line

import (
	"slices"

	"cairn/bot/journey"
)

// markNextTalks has a bare weekday behind a talk that is told already count as planned: in
// "call, asked about prices, visit on Friday" the visit is the one to come, as it is where a
// note says nothing else, since what took place was the call.
func (r *reading) markNextTalks() {
	if r.now.IsZero() || r.opening.set || len(r.first) < 2 {
		return
	}
	for _, d := range r.days() {
		c := r.toks[d.from].clause
		if c == 0 || !d.isWeekdayAlone() || r.onlyDay(r.first[c-1], r.end[c-1]) {
			continue
		}
		start, end := r.first[c], r.end[c]
		if _, ok := r.nextTalk(start, end); ok && r.toldBefore(start) && !r.ranBehind(end) {
			for i := start; i < end; i++ {
				r.plans[i] = true
			}
			r.next = append(r.next, d)
		}
	}
}

// toldBefore reports whether the clauses before token start tell of a talk, or of what was done
// or said in one: "interested in 20 seats, call Friday" has no other talk than Friday's.
func (r *reading) toldBefore(start int) bool {
	for i := range start {
		_, talk := prefixWords().at(r.toks, i)
		_, how := howWords().at(r.toks, i)
		if talk+how > 0 || r.isDemo(i) || r.isPastTalk(i) || r.tells(i) {
			return true
		}
	}
	return false
}

// ranBehind reports whether it is told at once behind token end how that talk went: "call
// Thursday, no answer".
func (r *reading) ranBehind(end int) bool {
	if end+1 >= len(r.toks) {
		return false
	}
	for i := end + 1; i < r.clauseEnd(end+1); i++ {
		_, none := noAnswer().at(r.toks, i)
		_, ran := ranWords().at(r.toks, i)
		if ran > 0 || none > 0 && i+none >= r.clauseEnd(i) { // and none "to the mail"
			return true
		}
	}
	return false
}

// nextTalk is the weekday of a clause that names a way to talk, that day, and whom with or
// where, and tells nothing.
func (r *reading) nextTalk(start, end int) (at day, ok bool) {
	talk, dated := false, false
	for i := start; i < end; {
		if d, found := r.readDay(i); found {
			if dated || !d.isWeekdayAlone() {
				return at, false
			}
			at, dated, i = d, true, d.to
			continue
		}
		if r.toks[i].quoted || r.isPastTalk(i) {
			return at, false
		}
		if v, n := prefixWords().at(r.toks[:end], i); n > 0 && !talk {
			if !arrangeable[v.channel] || v.channel == journey.Email || v.channel == journey.Chat {
				return at, false
			}
			talk, i = true, i+n
			continue
		}
		if r.isDemo(i) && !talk {
			talk, i = true, i+1
			continue
		}
		n := r.passes(i)
		if n == 0 {
			return at, false
		}
		i += n
	}
	return at, talk && dated
}

// onlyDay reports whether nothing but a day stands from token i to end.
func (r *reading) onlyDay(i, end int) bool {
	d, ok := r.readDay(i)
	return ok && d.to >= end
}

// isNextTalk reports whether a day is that of a talk to come behind one that is told.
func (r *reading) isNextTalk(d day) bool {
	return slices.ContainsFunc(r.next, func(n day) bool { return n.from == d.from })
}
