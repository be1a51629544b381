package line

import "time"

// weekday reads "last Friday", "on Friday", "viernes pasado", "Fri".
func (r *reading) weekday(i int) (day, bool) {
	j, when := i, either
	if _, n := oftenWords().at(r.toks, i); n > 0 {
		if _, m := weekdayWords().at(r.toks, min(i+n, len(r.toks)-1)); m > 0 {
			return day{}, false
		}
	}
	marked := false
	if _, n := toDay().at(r.toks, j); n > 0 && j+n < len(r.toks) {
		j, marked = j+n, true
	}
	english := r.toks[j].fold == "next"
	if v, n := beforeDay().at(r.toks, j); n > 0 && j+n < len(r.toks) {
		j, when, marked = j+n, v, true
		if _, n := toDay().at(r.toks, j); n > 0 && j+n < len(r.toks) {
			j += n
		}
	}
	w, n := weekdayWords().at(r.toks, j)
	if n == 0 {
		w, n = r.shortDay(j, marked)
	}
	if n == 0 || j > i && r.isOften(i) || i > 0 && r.isOften(i-1) {
		return day{}, false
	}
	j += n
	if j < len(r.toks) && r.toks[j].clause == r.toks[i].clause {
		if _, _, week := r.weekAfter(j); week > 0 {
			// read below
		} else if v, n := afterDay().at(r.toks, j); n > 0 {
			j, when = j+n, v
			english = english || r.toks[j-n].fold == "next"
		}
	}
	if d, ok := r.dateAfter(j); ok { // "Monday 21 December": what is written out says which
		return r.datedWeekday(d, i, w, when, english), true
	}
	if j < len(r.toks) && r.toks[j].fold == "week" && r.toks[j].clause == r.toks[i].clause && when != behind { // "Friday week"
		next := weekdayResolver(w, false)
		return day{from: i, to: j + 1, tense: ahead, exact: true, on: func(base time.Time, _ tense) (time.Time, bool) {
			on, ok := next(base, ahead)
			return on.AddDate(0, 0, 7), ok
		}}, true
	}
	d := day{from: i, to: j, tense: when, on: weekdayResolver(w, english)}
	if v, k, n := r.weekAfter(j); n > 0 { // "Tuesday last week"
		d.to, d.tense, d.exact = k+n, v.tense, true
		d.on = fixed(func(b time.Time) time.Time { return weekdayOf(b.AddDate(0, 0, 7*v.n), w) })
	}
	return d, true
}

// datedWeekday is the date d with weekday w before it, whose words begin at token i: the weekday
// tells which of two days is meant, or which month.
func (r *reading) datedWeekday(d day, i int, w time.Weekday, when tense, english bool) day {
	d.from = i
	if d.dated || d.monthly {
		which, any := r.whichOf(d, w)
		if when == either {
			when = which
		}
		if d.monthly && !any { // neither month has such a day
			return day{from: i, to: d.to, tense: when, on: weekdayResolver(w, english)}
		}
	}
	if when != either {
		d.tense = when
	}
	return d
}

// dateAfter reads the date that follows a weekday, from token j.
func (r *reading) dateAfter(j int) (day, bool) {
	if j >= len(r.toks) || j == 0 || r.toks[j].clause != r.toks[j-1].clause {
		return day{}, false
	}
	the := r.toks[j].fold
	if dateArticles[r.toks[j].fold] && j+1 < len(r.toks) && r.toks[j+1].clause == r.toks[j].clause {
		j++
	}
	if d, ok := r.calendarAt(j, j, true); ok {
		return d, true
	}
	if d, ok := r.figureAfter(j); ok {
		return d, true
	}
	fold := r.toks[j].fold // "Monday the 7th", "Mon 22nd", "Montag, den 7."
	if d, ok := ordinal(fold); ok && (len(fold) > 2 && fold[len(fold)-1] >= 'a' || (the == "den" || the == "dem") && r.figureMark(j)) {
		return monthly(j, j+1, d), true
	}
	return day{}, false
}

// whichOf tells by its weekday whether a date without a year, or without a month, is the
// one behind or the one to come; either where both or none are on it, which any tells.
func (r *reading) whichOf(d day, w time.Weekday) (which tense, any bool) {
	last, was := d.on(r.now, behind)
	next, comes := d.on(r.now, ahead)
	switch was, comes = was && last.Weekday() == w, comes && next.Weekday() == w; {
	case was && !comes:
		return behind, true
	case comes && !was:
		return ahead, true
	default:
		return either, was
	}
}

// dateArticles may stand between a weekday and its date: "Mittwoch, den 6. Januar".
var dateArticles = map[string]bool{"the": true, "den": true, "dem": true, "der": true, "le": true, "el": true, "il": true, "dia": true, "o": true}

// weekdayOfWeek reads the weekday behind a week: "next week Tuesday", "nächste Woche
// am Dienstag". v is the week, of tokens [i:j).
func (r *reading) weekdayOfWeek(v rel, i, j int) (day, bool) {
	if v.kind != relWeeks && v.kind != relWeekend || j >= len(r.toks) || r.toks[j].clause != r.toks[i].clause {
		return day{}, false
	}
	marked := false
	if _, n := toDay().at(r.toks, j); n > 0 && j+n < len(r.toks) {
		j, marked = j+n, true
	}
	w, n := weekdayWords().at(r.toks, j)
	if n == 0 {
		w, n = r.shortDay(j, marked)
	}
	if n == 0 || r.toks[j].clause != r.toks[i].clause {
		return day{}, false
	}
	d := day{from: i, to: j + n, tense: v.tense, exact: true}
	d.on = fixed(func(b time.Time) time.Time { return weekdayOf(b.AddDate(0, 0, 7*v.n), w) })
	return d, true
}

// weekAfter reads the week that a weekday is said to be of, from token j.
func (r *reading) weekAfter(j int) (v rel, at, n int) {
	if j < len(r.toks) && (r.toks[j].fold == "of" || r.toks[j].fold == "de" || r.toks[j].fold == "van") {
		j++
	}
	if j >= len(r.toks) {
		return v, j, 0
	}
	if v, n = dayWords().at(r.toks, j); v.kind != relWeeks {
		return v, j, 0
	}
	return v, j, n
}

func (r *reading) isOften(i int) bool {
	_, n := oftenWords().at(r.toks, i)
	return n > 0
}

// weekdayResolver finds the weekday nearest to base, never base's own day:
// someone who means today says so. An English "next Friday" is the one of the
// week to come.
func weekdayResolver(w time.Weekday, nextWeek bool) func(time.Time, tense) (time.Time, bool) {
	return func(base time.Time, t tense) (time.Time, bool) {
		b := noon(base)
		if t == behind {
			return b.AddDate(0, 0, -1-int(b.Weekday()-w+6)%7), true
		}
		d := b.AddDate(0, 0, 1+int(w-b.Weekday()+6)%7)
		if nextWeek && d.Equal(weekdayOf(b, w)) {
			d = d.AddDate(0, 0, 7)
		}
		return d, true
	}
}

func (r *reading) shortDay(j int, marked bool) (time.Weekday, int) {
	w, n := shortDays().at(r.toks, j)
	if n == 0 {
		return 0, 0
	}
	t := r.toks[j]
	if len(t.fold) == 2 { // German: "am Mo", "Termin Mi 14 Uhr"
		told := marked
		if j+1 < r.clauseEnd(j) && !told {
			_, _, hour := r.hourAt(j+1, len(r.toks))
			_, part := partsOfDay().at(r.toks, j+1)
			told = hour > 0 || j > r.clauseStart(j) && (part > 0 || againWordsLast[r.toks[j+1].fold])
		}
		if !t.upper || !told {
			return 0, 0
		}
		return w, n
	}
	if marked || unmistakable[t.fold] && !r.isActor(j) || r.closesAct(j) || r.isOrderBefore(j) || r.isForUs(j) || t.upper && w != time.Saturday && w != time.Sunday && j > r.clauseStart(j) {
		return w, n
	}
	return 0, 0
}

// isActor reports whether the short day at token j, at the start of a clause, is somebody called
// so of whom an act is told at once: "Thu replied by mail".
func (r *reading) isActor(j int) bool {
	if t := r.toks[j]; !t.upper || t.fold == "fri" || !dayNames[t.fold] || j > r.clauseStart(j) {
		return false
	}
	_, ours := weAct().at(r.toks, j+1) // "Thu asked her for a name"
	_, act := theyAct().at(r.toks, j+1)
	_, deed := deeds().at(r.toks, j+1)
	return ours == 0 && act+deed > 0
}

// closesAct reports whether the short day at token j, in small letters, closes its clause behind
// what is to be done or was, or stands there before an hour: "will call back tue", "demo wed 2pm".
func (r *reading) closesAct(j int) bool {
	t, start, end := r.toks[j], r.clauseStart(j), r.clauseEnd(j)
	if !smallDays[t.fold] || t.upper || j == start || isArticle[r.toks[j-1].fold] {
		return false
	}
	if j+1 < end {
		_, _, hour := r.hourAt(j+1, end)
		_, part := partsOfDay().at(r.toks[:end], j+1)
		if hour == 0 && part == 0 && !whomJoints[r.toks[j+1].fold] && r.subjectAt(j+1, end) == 0 {
			return false
		}
	}
	for i := max(start, j-reach); i < j; i++ {
		_, n := prefixWords().at(r.toks[:j], i)
		for _, acts := range [...]*lexicon[struct{}]{appointments(), imperatives(), movedWords(), arranged(), pastTalks(), pastActs(), awayWords(), demandWords()} {
			_, k := acts.at(r.toks[:j], i)
			n += k
		}
		if _, k := stepWords().at(r.toks[:j], i); n+k > 0 {
			return true
		}
	}
	return false
}

// againWordsLast close a German clause that says to come back: "ruft Do zurück".
var againWordsLast = WordSet("zuruck nochmal wieder")

// smallDays are short days that are words of their own in some language, but not behind an act.
var smallDays = WordSet("mon tue wed")

// isArticle stand before a thing, and before no day: "le tue".
var isArticle = WordSet("the a le la les il")
