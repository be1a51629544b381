package line

import (
	"strconv"
	"strings"
	"time"
)

// day is one mention of a day in the note.
type day struct {
	from, to int // tokens
	tense    tense
	vague    bool // a month or a quarter rather than a day
	// on gives the day: the nearest one behind or ahead of base (noon, base's
	// zone), whichever is asked for. exact is true where words leave no choice.
	on    func(base time.Time, t tense) (time.Time, bool)
	exact bool
}

// findDays lists the days that are mentioned, in order, without overlaps.
func (r *reading) findDays() {
	for i := 0; i < len(r.toks); {
		d, ok := r.readDay(i)
		if !ok {
			i++
			continue
		}
		r.days = append(r.days, d)
		i = d.to
	}
}

// dayAt returns the day whose words start at token i.
func (r *reading) dayAt(i int) (day, bool) {
	for _, d := range r.days {
		if d.from == i {
			return d, true
		}
	}
	return day{}, false
}

// readDay tries each form of a day at token i.
func (r *reading) readDay(i int) (day, bool) {
	if r.toks[i].kind == breaks || r.toks[i].kind == other {
		return day{}, false
	}
	if v, n := dayWords().at(r.toks, i); n > 0 && !r.isGermanMorning(i, n) {
		return relativeDay(v, i, i+n), true
	}
	for _, read := range [...]func(int) (day, bool){r.counted, r.calendar, r.weekday, r.month} {
		if d, ok := read(i); ok {
			return d, true
		}
	}
	return day{}, false
}

// isGermanMorning reports whether "morgen" here is the morning ("guten
// Morgen", "am Morgen", "'s morgens") rather than tomorrow.
func (r *reading) isGermanMorning(i, n int) bool {
	if n != 1 || r.toks[i].fold != "morgen" || i == 0 {
		return false
	}
	switch r.toks[i-1].fold {
	case "guten", "am", "jeden", "diesen", "goede", "der", "den", "goeie":
		return true
	}
	return false
}

func noon(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, t.Location())
}

func fixed(f func(base time.Time) time.Time) func(time.Time, tense) (time.Time, bool) {
	return func(base time.Time, _ tense) (time.Time, bool) { return f(noon(base)), true }
}

func relativeDay(v rel, from, to int) day {
	d := day{from: from, to: to, tense: v.tense, exact: true}
	switch v.kind {
	case relDays:
		d.on = fixed(func(b time.Time) time.Time { return b.AddDate(0, 0, v.n) })
	case relWeeks:
		d.on = fixed(func(b time.Time) time.Time {
			if v.n < 0 {
				return b.AddDate(0, 0, 7*v.n)
			}
			// A week ahead means its last working day.
			return weekdayOf(b.AddDate(0, 0, 7*v.n), time.Friday)
		})
	case relWeekend:
		d.on = fixed(func(b time.Time) time.Time {
			if f := weekdayOf(b, time.Friday); !f.Before(b) {
				return f
			}
			return b
		})
	case relMonths, relYearAway:
		d.vague = true
		d.on = fixed(func(b time.Time) time.Time {
			if v.kind == relYearAway {
				return time.Date(b.Year()+v.n, 1, 1, 12, 0, 0, 0, b.Location())
			}
			return time.Date(b.Year(), b.Month()+time.Month(v.n), 1, 12, 0, 0, 0, b.Location())
		})
	case relQuarter:
		d.vague = true
		d.on = fixed(func(b time.Time) time.Time {
			first := time.Date(b.Year(), time.Month(3*v.n-2), 1, 12, 0, 0, 0, b.Location())
			if first.Before(b) {
				first = first.AddDate(1, 0, 0)
			}
			return first
		})
	}
	return d
}

// weekdayOf is that weekday in the ISO week of t.
func weekdayOf(t time.Time, w time.Weekday) time.Time {
	iso := func(w time.Weekday) int { return (int(w) + 6) % 7 }
	return t.AddDate(0, 0, iso(w)-iso(t.Weekday()))
}

// counted reads "3 days ago", "vor zwei Wochen", "in 10 days".
func (r *reading) counted(i int) (day, bool) {
	j, sign := i, 0
	if _, n := agoBefore().at(r.toks, i); n > 0 {
		j, sign = i+n, -1
	} else if _, n := inBefore().at(r.toks, i); n > 0 {
		j, sign = i+n, 1
	}
	if j >= len(r.toks) {
		return day{}, false
	}
	count, n := countWords().at(r.toks, j)
	if n == 0 {
		c, err := strconv.Atoi(r.toks[j].fold)
		if err != nil || c > 400 || c < 0 {
			return day{}, false
		}
		count, n = c, 1
	}
	j += n
	if j >= len(r.toks) {
		return day{}, false
	}
	unit, n := unitWords().at(r.toks, j)
	if n == 0 {
		return day{}, false
	}
	j += n
	if j < len(r.toks) {
		if _, n := agoAfter().at(r.toks, j); n > 0 {
			j, sign = j+n, -1
		}
	}
	if sign == 0 {
		return day{}, false
	}
	d := day{from: i, to: j, tense: tense(sign), exact: true}
	d.on = fixed(func(b time.Time) time.Time {
		switch unit {
		case relDays:
			return b.AddDate(0, 0, sign*count)
		case relWeeks:
			return b.AddDate(0, 0, 7*sign*count)
		}
		return b.AddDate(0, sign*count, 0)
	})
	return d, true
}

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
		if v, n := afterDay().at(r.toks, j); n > 0 && r.toks[j].fold != "week" {
			j, when = j+n, v
			english = english || r.toks[j-n].fold == "next"
		}
	}
	return day{from: i, to: j, tense: when, on: weekdayResolver(w, english)}, true
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
	if len(t.fold) == 2 { // German: "Fr", "am Mo"
		if !t.upper || !marked {
			return 0, 0
		}
		return w, n
	}
	if marked || t.upper && w != time.Saturday && w != time.Sunday && j > clauseStart(r.toks, j) {
		return w, n
	}
	return 0, 0
}

// calendar reads dates with figures: 2026-03-02, 02.03., 2 March, March 2nd,
// 2 de marzo, on 14/3.
func (r *reading) calendar(i int) (day, bool) {
	j := i
	for range 2 {
		if _, n := toDay().at(r.toks, j); n > 0 && j+n < len(r.toks) {
			j += n
		}
	}
	if y, m, d, ok := figures(r.toks[j].fold, r.figureMark(j), j > i); ok {
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
	if k < len(r.toks) && r.toks[k].kind == breaks && r.note[r.toks[k].at] == '.' { // 2. März
		k++
	}
	for range 2 {
		if k < len(r.toks) && (r.toks[k].fold == "of" || r.toks[k].fold == "de" || r.toks[k].fold == "di" || r.toks[k].fold == "the") {
			k++
		}
	}
	if k >= len(r.toks) {
		return day{}, false
	}
	m, n := monthWords().at(r.toks, k)
	if n == 0 {
		return day{}, false
	}
	y, k := r.year(k + n)
	return r.dated(i, k, y, m, d), true
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
	out := day{from: from, to: to, exact: y > 0}
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
	d := day{from: i, to: to, tense: ahead, vague: true}
	d.on = func(base time.Time, t tense) (time.Time, bool) {
		b := noon(base)
		year := y
		if y == 0 {
			year = b.Year()
			if m < b.Month() || m == b.Month() && p == earlyMonth && b.Day() > 10 {
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

// figures reads a date in figures. Without a year, 14/3 needs a word before
// it and 02.03 a dot after it: 1/2 is a half, and 2.5 a number. Where day and
// month could be either, the day comes first, unless only the other order is
// a date.
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
	case s[sep] == '/' && marked, s[sep] == '.' && (dot || marked && len(parts[1]) == 2) && len(parts[0]) <= 2 && len(parts[1]) <= 2:
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
