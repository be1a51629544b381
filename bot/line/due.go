package line

// By which day a step is due.

// firstDue is the first of the steps with a day, else the first; nil of none.
func firstDue(steps []Step) (first *Step) {
	for i := range steps {
		if first == nil || first.Due.IsZero() && !steps[i].Due.IsZero() {
			first = &steps[i]
		}
	}
	return first
}

// dueDay is the first day of the clause that is not behind and not the day of
// the talk, at or after from, else before it.
func (r *reading) dueDay(start, from, end int) (day, bool) {
	for _, lo := range [...]int{from, start} {
		for _, d := range r.days()[r.dayFrom(lo):] {
			if d.from >= end {
				break
			}
			if d.tense != behind && d.from != r.talkDay-1 && d.from != r.aside-1 && !(d.after > 0 && d.after == r.talkDay) && !r.isSince(d) && !r.isOver(d) && !r.isGivenUp(d, start, end) {
				return d, true
			}
		}
	}
	return day{}, false
}

// isOver reports whether a day of a month was so lately that nobody means the
// one in a year: "the visit on 9 March was fine".
func (r *reading) isOver(d day) bool {
	if !d.dated {
		return false
	}
	next, ok := d.on(r.now, ahead)
	return ok && next.After(r.now.AddDate(0, 10, 0))
}

// isSince reports whether the day is the start of something rather than its
// end: "live since May".
func (r *reading) isSince(d day) bool {
	for _, k := range [...]int{d.from, d.from - 1} {
		if k < 0 || r.toks[k].clause != r.toks[d.from].clause {
			continue
		}
		switch r.toks[k].fold {
		case "since", "seit", "depuis", "sinds", "dal", "desde":
			return true
		}
	}
	return false
}

// dueWordsBefore is how many words of a limit ("by", "antes del") end at
// token cut.
func (r *reading) dueWordsBefore(cut int) int {
	for n := 3; n > 0; n-- {
		if cut-n < 0 {
			continue
		}
		if _, k := dueWords().at(r.toks[:cut], cut-n); k == n {
			return n
		}
	}
	return 0
}

func dayStart(d day, found bool, start, from int) int {
	if found && d.from >= start && d.from < from {
		return d.from
	}
	return from
}
