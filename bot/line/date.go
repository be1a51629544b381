package line

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// calendar reads dates with figures: 2026-03-02, 02.03., 2 March, March 2nd,
// 2 de marzo, on 14/3.
func (r *reading) calendar(i int) (day, bool) {
	j := i
	for range 2 {
		if _, n := toDay().at(r.toks, j); n > 0 && j+n < len(r.toks) {
			j += n
		}
	}
	return r.calendarAt(i, j, j > i || r.opensClause(j) || r.dueWordsBefore(j) > 0 || r.isAppointedAt(j) || r.isToldAt(j) || r.isOrderBefore(j))
}

// isAppointedAt reports whether an appointment stands before token j and an hour behind
// it: "demo 12/1 at 10".
func (r *reading) isAppointedAt(j int) bool {
	if j == 0 || j+2 >= len(r.toks) || r.toks[j+2].kind != number {
		return false
	}
	_, n := appointments().at(r.toks[:j], j-1)
	_, at := clockWords().at(r.toks, j+1)
	return n > 0 && at > 0
}

// calendarAt is calendar with the small words before it, from token i, passed over;
// marked: something before says that figures are a date.
func (r *reading) calendarAt(i, j int, marked bool) (day, bool) {
	if y, m, d, ok := figures(r.toks[j].fold, r.figureMark(j), marked); ok {
		if y == 0 && int(m) != d && d <= 12 && strings.Contains(r.toks[j].fold, "/") {
			return r.eitherOrder(i, j+1, m, d), true
		}
		return r.dated(i, j+1, y, m, d), true
	}
	if m, n := monthWords().at(r.toks, j); n > 0 && j+n < len(r.toks) { // March 2
		if d, ok := ordinal(r.toks[j+n].fold); ok && !r.isOfMonth(j+n+1) {
			y, k := r.year(j + n + 1)
			return r.dated(i, k, y, m, d), true
		}
	}
	d, ok := ordinal(r.toks[j].fold)
	if !ok {
		return day{}, false
	}
	k := j + 1
	for range 2 {
		if k < len(r.toks) && (r.toks[k].fold == "of" || r.toks[k].fold == "de" || r.toks[k].fold == "di" || r.toks[k].fold == "the") {
			k++
		}
	}
	if k >= len(r.toks) {
		return r.dayAlone(i, j, d)
	}
	m, n := monthWords().at(r.toks, k)
	if n == 0 {
		return r.dayAlone(i, j, d)
	}
	y, k := r.year(k + n)
	return r.dated(i, k, y, m, d), true
}

// dayAlone reads day d of a month that is not named, from token i, its figure at
// token j: "by the 14th", "bis 11.", where nothing follows that it could count.
func (r *reading) dayAlone(i, j, d int) (day, bool) {
	if j == 0 || r.toks[j-1].clause != r.toks[j].clause {
		return day{}, false
	}
	before, fold := r.toks[j-1].fold, r.toks[j].fold
	switch {
	case before == "the" && len(fold) > 2 && fold[len(fold)-1] >= 'a': // 14th
		i = min(i, j-1)
	case beforeOrdinal[before] && len(fold) > 2 && fold[len(fold)-1] >= 'a': // "by 15th"
	case romanArticles[before] && r.toks[j].kind == number && len(fold) <= 2 && r.dayAloneEnds(j): // "prévue le 12", "el 9"
		i = min(i, j-1)
	case r.figureMark(j) && (before == "am" || before == "bis" || before == "zum" || before == "vom" || before == "den" || before == "ab"):
	default:
		return day{}, false
	}
	if j+1 < len(r.toks) && r.toks[j+1].kind != breaks && r.toks[j+1].clause == r.toks[j].clause && !behindDay[r.toks[j+1].fold] && !romanArticles[before] && !r.figureMark(j) {
		return day{}, false
	}
	return monthly(i, j+1, d), true
}

// beforeOrdinal stand before a day of the month where its article is left out.
var beforeOrdinal = WordSet("by until till til before on")

// romanArticles stand before a day of the month in French, Spanish and Italian.
var romanArticles = map[string]bool{"le": true, "el": true, "il": true}

// dayAloneEnds reports whether a figure behind such an article, at token j, can count nothing:
// its clause ends there, or an hour follows.
func (r *reading) dayAloneEnds(j int) bool {
	return j+1 >= r.clauseEnd(j) || romanHours[r.toks[j+1].fold]
}

// romanHours stand between such a day and its hour.
var romanHours = map[string]bool{"a": true, "alle": true, "vers": true, "verso": true, "sobre": true}

// behindDay may follow a day of a month, and is nothing that it could count.
var behindDay = map[string]bool{"to": true, "at": true, "for": true, "with": true, "and": true, "or": true, "but": true, "then": true, "if": true, "she": true, "he": true, "they": true, "we": true, "i": true,
	"um": true, "und": true, "oder": true, "mit": true, "zeit": true, "fur": true}

// monthly is a day of a month that is not named.
func monthly(from, to, d int) day {
	out := day{from: from, to: to, monthly: true}
	out.on = func(base time.Time, t tense) (time.Time, bool) {
		b := noon(base)
		for k := range 3 { // one of two months that follow each other has any day
			if t == behind {
				k = -k
			}
			at := time.Date(b.Year(), b.Month()+time.Month(k), d, 12, 0, 0, 0, b.Location())
			if at.Day() == d && (t == behind && !at.After(b) || t != behind && !at.Before(b)) {
				return at, true
			}
		}
		return b, false
	}
	return out
}

// weekOf reads a week by a day of it, "in the week of 14 December": what is to be in it, may
// be until its Friday.
func (r *reading) weekOf(i int) (day, bool) {
	_, n := weekOfWords().at(r.toks, i)
	if n == 0 || i+n >= len(r.toks) || r.toks[i+n].clause != r.toks[i].clause {
		return day{}, false
	}
	d, ok := r.calendarAt(i, i+n, true)
	if !ok {
		return day{}, false
	}
	first := d.on
	d.on = func(base time.Time, t tense) (time.Time, bool) {
		on, ok := first(base, t)
		return weekdayOf(on, time.Friday), ok
	}
	return d, true
}

// yearAlone reads a year to come: "in 2028", "Anfang 2028", "end of 2028".
func (r *reading) yearAlone(i int) (day, bool) {
	p, n := partWords().at(r.toks, i)
	if n == 0 {
		return day{}, false
	}
	y, to := r.year(i + n)
	if y <= r.now.Year() || to != i+n+1 {
		return day{}, false
	}
	d := day{from: i, to: to, tense: ahead, vague: true, year: true, exact: true}
	d.on = fixed(func(b time.Time) time.Time {
		switch p {
		case midMonth:
			return time.Date(y, time.July, 1, 12, 0, 0, 0, b.Location())
		case endMonth:
			return time.Date(y, time.December, 31, 12, 0, 0, 0, b.Location())
		}
		return time.Date(y, time.January, 7, 12, 0, 0, 0, b.Location()) // nobody is there on the first
	})
	return d, true
}

// NamesYear reports whether a step names no more than a year to come, "call in 2031": the
// day on which it comes back is nobody's word.
func NamesYear(step string) bool {
	days := newReading(step, time.Time{}).days()
	return len(days) > 0 && !slices.ContainsFunc(days, func(d day) bool { return !d.year })
}

// opensClause reports whether token j stands first in its clause, where 9/3
// is hardly a fraction.
func (r *reading) opensClause(j int) bool { return j == r.clauseStart(j) && j+1 < r.clauseEnd(j) }

// eitherOrder is 9/3, which is a day in March or in September: the nearer
// one, in the direction that is asked for.
func (r *reading) eitherOrder(from, to int, m time.Month, d int) day {
	one, two := r.dated(from, to, 0, m, d), r.dated(from, to, 0, time.Month(d), int(m))
	out := one
	out.swaps = true
	out.on = func(base time.Time, t tense) (time.Time, bool) {
		a, oka := one.on(base, t)
		b, okb := two.on(base, t)
		if !oka || okb && b.Sub(base).Abs() < a.Sub(base).Abs() {
			return b, okb
		}
		return a, oka
	}
	return out
}

// isOfMonth reports whether a month follows, so that the figure before it is
// that month's day: "March 2 April" is nobody's date.
func (r *reading) isOfMonth(i int) bool {
	if i >= len(r.toks) {
		return false
	}
	_, n := monthWords().at(r.toks, i)
	return n > 0
}

// figureMark reports whether a dot follows the figures at once, as in 02.03.
func (r *reading) figureMark(i int) bool {
	to := r.toks[i].to
	return to < len(r.note) && r.note[to] == '.'
}

// year reads a year at token k; 0 where none stands, with where to go on.
func (r *reading) year(k int) (int, int) {
	j := k
	if j < len(r.toks) && (r.toks[j].kind == breaks && r.note[r.toks[j].at] == ',' || r.toks[j].fold == "de" || r.toks[j].fold == "del") {
		j++
	}
	if j < len(r.toks) && len(r.toks[j].fold) == 4 {
		if y, err := strconv.Atoi(r.toks[j].fold); err == nil && y >= 1990 && y < 2100 {
			return y, j + 1
		}
	}
	return 0, k
}

// dated is a day of a month, of a year or of the nearest one. A day that does
// not exist (31.02.) resolves to nothing.
func (r *reading) dated(from, to, y int, m time.Month, d int) day {
	out := day{from: from, to: to, exact: y > 0, dated: y == 0}
	out.on = func(base time.Time, t tense) (time.Time, bool) {
		b := noon(base)
		year := y
		if y == 0 {
			year = b.Year()
		}
		at := func(year int) time.Time { return time.Date(year, m, d, 12, 0, 0, 0, b.Location()) }
		for k := 0; k < 9; k++ { // 29 February comes every fourth year, once in eight around 1900 and 2100
			at := at(year)
			wrong := y == 0 && (t == behind && at.After(b) || t != behind && at.Before(b))
			if at.Day() == d && !wrong {
				return at, true
			}
			if y > 0 {
				return at, false
			}
			if t == behind {
				year--
			} else {
				year++
			}
		}
		return at(year), false
	}
	return out
}

// month reads "in May", "end of March", "Anfang Juni": a limit or a plan,
// never the day of a talk.
func (r *reading) month(i int) (day, bool) {
	p, n := partWords().at(r.toks, i)
	if n == 0 || i+n >= len(r.toks) {
		return day{}, false
	}
	j := i + n
	if p == wholeMonth { // "by end of March"
		if q, k := partWords().at(r.toks, j); k > 0 && j+k < len(r.toks) {
			p, j = q, j+k
		}
	}
	m, k := monthWords().at(r.toks, j)
	if k == 0 || r.toks[j].fold == "mar" || r.toks[j].fold == "mars" && p == wholeMonth && !r.toks[j].upper && r.toks[i].fold == "to" {
		return day{}, false
	}
	y, to := r.year(j + k)
	next := r.ofNextYear(to)
	d := day{from: i, to: to + next, tense: ahead, vague: true, exact: y > 0}
	d.on = func(base time.Time, t tense) (time.Time, bool) {
		b := noon(base)
		year := y
		if y == 0 {
			year = b.Year()
			if next > 0 || m < b.Month() || m == b.Month() && p == earlyMonth && b.Day() > 10 {
				year++
			}
		}
		switch p {
		case midMonth:
			return time.Date(year, m, 15, 12, 0, 0, 0, b.Location()), true
		case endMonth:
			return time.Date(year, m+1, 0, 12, 0, 0, 0, b.Location()), true
		}
		first := time.Date(year, m, 1, 12, 0, 0, 0, b.Location())
		if first.Before(b) { // this very month
			first = time.Date(year, m+1, 0, 12, 0, 0, 0, b.Location())
		}
		return first, true
	}
	return d, true
}

// figures reads a date in figures. Without a year, 2/3 needs a word such as
// "on" before it and 02.03 a dot after it: 1/2 is a half, and 2.5 a number.
// Where day and month could be either, the day comes first, unless only the
// other order is a date.
func figures(s string, dot, marked bool) (y int, m time.Month, d int, ok bool) {
	if len(s) < 3 || s[0] < '0' || s[0] > '9' {
		return 0, 0, 0, false
	}
	var parts []string
	sep := strings.IndexAny(s, "-./")
	if sep < 0 {
		return 0, 0, 0, false
	}
	parts = strings.Split(s, s[sep:sep+1])
	var n [3]int
	if len(parts) > 3 {
		return 0, 0, 0, false
	}
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return 0, 0, 0, false
		}
		n[i] = v
	}
	switch {
	case len(parts) == 3 && len(parts[0]) == 4:
		y, m, d = n[0], time.Month(n[1]), n[2]
	case len(parts) == 3:
		if y = n[2]; len(parts[2]) == 2 {
			y += 2000
		}
		d, m = n[0], time.Month(n[1])
	case s[sep] == '/' && (marked || s != "24/7" && (n[0] > 12 && n[0] <= 31 && n[1] <= 12 || n[1] > 12 && n[1] <= 31 && n[0] <= 12)), s[sep] == '.' && (dot || marked && len(parts[1]) == 2) && len(parts[0]) <= 2 && len(parts[1]) <= 2:
		d, m = n[0], time.Month(n[1])
	default:
		return 0, 0, 0, false
	}
	if m > 12 && d <= 12 && s[sep] == '/' {
		d, m = int(m), time.Month(d)
	}
	return y, m, d, m >= 1 && m <= 12 && d >= 1 && d <= 31 && (y == 0 || y >= 1990 && y < 2100)
}

// ordinal reads a day of a month: 2, 2nd, 1er, 2º.
func ordinal(s string) (int, bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || i > 2 {
		return 0, false
	}
	switch s[i:] {
	case "", "st", "nd", "rd", "th", "er", "re", "e", "º", "ª", "o":
	default:
		return 0, false
	}
	d, _ := strconv.Atoi(s[:i])
	return d, d >= 1 && d <= 31
}

// figureAfter reads a figure alone behind a weekday as a day of the month, "jueves 17",
// where that day is such a weekday, and the figure can be no hour, which follows the
// weekday at once in few languages.
func (r *reading) figureAfter(j int) (day, bool) {
	n, ok := ordinal(r.toks[j].fold)
	if !ok || r.toks[j].kind != number || len(r.toks[j].fold) > 2 || r.figureMark(j) {
		return day{}, false
	}
	w, k := weekdayWords().at(r.toks, j-1)
	if k == 0 || n <= 12 && !romanDays[r.toks[j-1].fold] {
		return day{}, false
	}
	if j+1 < len(r.toks) && r.toks[j+1].clause == r.toks[j].clause && (hourWords[r.toks[j+1].fold] || r.toks[j+1].kind == other) {
		return day{}, false
	}
	d := monthly(j, j+1, n)
	_, any := r.whichOf(d, w)
	return d, any || r.nextIs(d, w)
}

// nextIs reports whether the day of a month that comes next is weekday w.
func (r *reading) nextIs(d day, w time.Weekday) bool {
	on, ok := d.on(r.now, ahead)
	return ok && on.Weekday() == w
}

// romanDays are weekdays behind which no hour stands without a word between.
var romanDays = map[string]bool{"lunes": true, "martes": true, "miercoles": true, "jueves": true, "viernes": true, "lundi": true, "mardi": true, "mercredi": true, "jeudi": true, "vendredi": true,
	"lunedi": true, "martedi": true, "mercoledi": true, "giovedi": true, "venerdi": true, "segunda": true, "terca": true, "quarta": true, "quinta": true, "sexta": true, "feira": true}
