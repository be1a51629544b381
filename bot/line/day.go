package line

import (
	"sort"
	"strconv"
	"strings"
	"time"
)

// day is one mention of a day in the note.
type day struct {
	from, to int // tokens
	tense    tense
	vague    bool // a month or a quarter rather than a day
	year     bool // no more than a year
	// on gives the day: the nearest one behind or ahead of base (noon, base's
	// zone), whichever is asked for. exact is true where words leave no choice.
	on    func(base time.Time, t tense) (time.Time, bool)
	exact bool
	dated bool // a day of a month, without a year
	// swaps is a day in figures of which either may be the month: 9/3.
	swaps bool
	// monthly is a day of a month that is not named.
	monthly bool
	after   int // 1 + the first token of the day that it is told by; 0 where none is
}

// days lists the days that are mentioned, in order, without overlaps. Looking for
// them is most of a reading's cost, and who asks whether a note settles a step needs none.
func (r *reading) days() []day {
	if r.looked {
		return r.found
	}
	r.looked = true
	for i := 0; i < len(r.toks); {
		d, ok := r.readDay(i)
		if !ok {
			i++
			continue
		}
		r.found = append(r.found, d)
		i = d.to
	}
	return r.found
}

// dayAt returns the day whose words start at token i.
func (r *reading) dayAt(i int) (day, bool) {
	if days, k := r.days(), r.dayFrom(i); k < len(days) && days[k].from == i {
		return days[k], true
	}
	return day{}, false
}

// dayFrom is the index of the first day that starts at token i or later.
func (r *reading) dayFrom(i int) int {
	days := r.days()
	return sort.Search(len(days), func(k int) bool { return days[k].from >= i })
}

// readDay reads a day at token i, with the end of it that stands behind.
func (r *reading) readDay(i int) (day, bool) {
	d, ok := r.openDay(i)
	if !ok {
		return d, false
	}
	return r.closedBy(d), true
}

// openDay tries each form of a day at token i.
func (r *reading) openDay(i int) (day, bool) {
	if r.toks[i].kind == breaks || r.toks[i].kind == other {
		return day{}, false
	}
	if v, n := dayWords().at(r.toks, i); n > 0 && !r.isGermanMorning(i, n) {
		if d, ok := r.weekdayOfWeek(v, i, i+n); ok {
			return d, true
		}
		if d, ok := r.dayClosed(v, i, i+n); ok {
			return d, true
		}
		return relativeDay(v, i, i+n), true
	}
	if d, ok := r.weekOf(i); ok {
		return d, true
	}
	for _, read := range [...]func(int) (day, bool){r.follows, r.timeOfYear, r.counted, r.calendar, r.weekday, r.month, r.yearAlone} {
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
	case relDays, relDayEnd:
		d.on = fixed(func(b time.Time) time.Time { return b.AddDate(0, 0, v.n) })
	case relWeeks:
		d.on = fixed(func(b time.Time) time.Time {
			if v.n < 0 {
				return b.AddDate(0, 0, 7*v.n)
			}
			// A week ahead means its last working day.
			return weekdayOf(b.AddDate(0, 0, 7*v.n), time.Friday)
		})
	case relSunday:
		d.exact, d.on = false, weekdayResolver(time.Sunday, false)
	case relWeekend:
		d.on = fixed(func(b time.Time) time.Time {
			if f := weekdayOf(b, time.Friday); !f.Before(b) {
				return f
			}
			return b
		})
	default:
		d.vague = v.kind != relInWeek
		d.on = fixed(func(b time.Time) time.Time { return v.inYear(b) })
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
	count, n := r.count(j)
	if j += n; n == 0 || j >= len(r.toks) {
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
		} else if _, n := fromNow().at(r.toks, j); n > 0 {
			j, sign = j+n, 1
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
	return r.stillToCome(d), true
}

// count reads a number at token i, the later of two: "three", "2-3", "two or three".
func (r *reading) count(i int) (count, n int) {
	one := func(i int) (count, n int) {
		if i >= len(r.toks) {
			return 0, 0
		}
		if count, n = countWords().at(r.toks, i); n > 0 {
			return count, n
		}
		figure := r.toks[i].fold
		if at := strings.IndexByte(figure, '-'); at > 0 { // 2-3
			figure = figure[at+1:]
		}
		if figure == "" || !isDigit(figure[0]) { // an error is dear, and asked of every word
			return 0, 0
		}
		c, err := strconv.Atoi(figure)
		if err != nil || c > 400 || c < 0 {
			return 0, 0
		}
		return c, 1
	}
	count, n = one(i)
	if n == 0 || i+n >= len(r.toks) {
		return count, n
	}
	if _, or := orWords().at(r.toks, i+n); or > 0 {
		if later, m := one(i + n + or); m > 0 {
			return later, n + or + m
		}
	}
	return count, n
}
