package line

// The end of a day is of the day beside it: "by EOD Friday", "by Friday close of business".

// dayClosed reads the day behind its end, which is v in tokens [i:j): "cob Thursday", "end of
// day on Friday".
func (r *reading) dayClosed(v rel, i, j int) (day, bool) {
	if v.kind != relDayEnd || j >= len(r.toks) || r.toks[j].clause != r.toks[i].clause {
		return day{}, false
	}
	d, ok := r.readDay(j)
	if !ok {
		d, ok = r.dateAfter(j) // "eod 12/3"
	}
	if !ok || !d.mayClose() {
		return day{}, false
	}
	if d.isToday(r) {
		return relativeDay(v, i, d.to), true // whatever is done by then is to come
	}
	d.from = i
	return d, true
}

// closedBy takes in the end of day d that stands behind it: "by Friday EOD", "today by close of
// business".
func (r *reading) closedBy(d day) day {
	j := d.to
	if !d.mayClose() || j >= len(r.toks) {
		return d
	}
	if _, n := dueWords().at(r.toks, j); n > 0 && j+n < len(r.toks) {
		j += n
	}
	v, n := dayWords().at(r.toks, j)
	if n == 0 || v.kind != relDayEnd || r.toks[j].clause != r.toks[d.from].clause {
		return d
	}
	if d.isToday(r) {
		return relativeDay(v, d.from, j+n)
	}
	d.to = j + n
	return d
}

// mayClose reports whether d is a day that has an end of its own, which no month or year has.
func (d day) mayClose() bool { return !d.vague && !d.year && d.after == 0 }

// isToday reports whether d is said to be this day.
func (d day) isToday(r *reading) bool {
	at, ok := d.on(r.now, d.tense)
	return ok && d.exact && daysApart(r.now, at) == 0
}
