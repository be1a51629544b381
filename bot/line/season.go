package line

import (
	"strconv"
	"strings"
	"time"
)

// timeOfYear reads "in the autumn", "by the end of Q3", "nach den Ferien", "KW 40".
func (r *reading) timeOfYear(i int) (day, bool) {
	d := day{from: i, tense: ahead, vague: true, exact: true}
	set := func(to int, on func(time.Time) (time.Time, bool)) (day, bool) {
		d.to = to
		d.on = func(base time.Time, _ tense) (time.Time, bool) { return on(noon(base)) }
		return d, true
	}
	if s, n := seasonWords().at(r.toks, i); n > 0 && !r.ofAnotherThing(i, i+n) {
		on := nextSeason(s)
		if y, to := r.year(i + n); y > 0 { // "in spring 2027"
			s.next = true
			in := nextSeason(s)
			return set(to, func(b time.Time) (time.Time, bool) {
				return in(time.Date(y-1, time.December, 31, 12, 0, 0, 0, b.Location()))
			})
		}
		if k := r.ofNextYear(i + n); k > 0 { // "im Herbst nächsten Jahres"
			return set(i+n+k, func(b time.Time) (time.Time, bool) {
				return on(time.Date(b.Year(), time.December, 31, 12, 0, 0, 0, b.Location()))
			})
		}
		return set(i+n, on)
	}
	if p, n := yearParts().at(r.toks, i); n > 0 {
		year, to := r.year(i + n)
		if k := r.ofNextYear(to); k > 0 {
			p.next, to = true, to+k
		}
		return set(to, func(b time.Time) (time.Time, bool) {
			return p.on(b, year), true
		})
	}
	if o, n := occasionWords().at(r.toks, i); n > 0 {
		return set(i+n, after(o))
	}
	if o, n := beforeOccasions().at(r.toks, i); n > 0 {
		return set(i+n, before(o))
	}
	if w, n := r.weekNumber(i); n > 0 {
		return set(i+n, func(b time.Time) (time.Time, bool) { return mondayOf(w, b) })
	}
	return d, false
}

// ofAnotherThing reports whether the season at tokens i to j only tells which thing
// is meant ("before the spring inspections"), or lies behind ("made back in autumn").
func (r *reading) ofAnotherThing(i, j int) bool {
	if i > 1 && r.toks[i-1].fold == "back" && !backVerbs[r.toks[i-2].fold] {
		return true
	}
	if r.toks[j-2].fold != "the" && r.toks[i].fold != "for" || j >= len(r.toks) || r.toks[j].kind != word || r.toks[j].clause != r.toks[i].clause {
		return false
	}
	for _, may := range [...]*lexicon[struct{}]{closers(), ands(), butWords(), theySubject(), weSubject(), againWords(), imperatives(), planWords()} {
		if _, n := may.at(r.toks, j); n > 0 {
			return false
		}
	}
	return r.ofNextYear(j) == 0
}

// backVerbs go with a "back" that is still to come.
var backVerbs = map[string]bool{"come": true, "comes": true, "call": true, "ring": true, "check": true, "get": true, "gets": true, "getting": true, "got": true, "calls": true, "rings": true, "writes": true, "circle": true, "write": true, "go": true, "be": true, "is": true, "are": true, "report": true, "will": true, "her": true, "him": true, "them": true}

// ofNextYear is how many words at token i say that it is next year's; 0: none do.
func (r *reading) ofNextYear(i int) int {
	of := 0
	if i < len(r.toks) && r.toks[i].fold == "of" {
		of = 1
	}
	if i+of >= len(r.toks) {
		return 0
	}
	v, n := dayWords().at(r.toks, i+of)
	if v.kind != relYearAway {
		return 0
	}
	return of + n
}

// weekNumber reads "in KW 40" and "in week 40".
func (r *reading) weekNumber(i int) (week, n int) {
	for _, marked := range [...]string{"in", "ab", "bis", "by", "until"} {
		if r.toks[i].fold == marked {
			n = 1
		}
	}
	if i+n+1 >= len(r.toks) {
		return 0, 0
	}
	switch r.toks[i+n].fold {
	case "kw":
	case "week", "kalenderwoche": // "in week 2" is of the trial
		if n == 0 || len(r.toks[i+n+1].fold) < 2 {
			return 0, 0
		}
	default:
		return 0, 0
	}
	w, err := strconv.Atoi(r.toks[i+n+1].fold)
	if err != nil || w < 1 || w > 53 {
		return 0, 0
	}
	return w, n + 2
}

// mondayOf is the Monday of the ISO week of that number which comes next.
func mondayOf(week int, b time.Time) (time.Time, bool) {
	for year := b.Year() - 1; year <= b.Year()+2; year++ {
		fourth := time.Date(year, time.January, 4, 12, 0, 0, 0, b.Location()) // always in week 1
		monday := weekdayOf(fourth, time.Monday).AddDate(0, 0, 7*(week-1))
		if _, w := monday.ISOWeek(); w == week && monday.AddDate(0, 0, 4).After(b) {
			return monday, true
		}
	}
	return time.Time{}, false
}

// inYear is the day of a phrase that speaks of months, quarters and years, or of a
// part of the week to come.
func (v rel) inYear(b time.Time) time.Time {
	date := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, b.Location()) }
	y, m, _ := b.Date()
	switch v.kind {
	case relInWeek:
		return weekdayOf(b.AddDate(0, 0, 7), time.Weekday(v.n))
	case relMonths:
		return date(y, m+time.Month(v.n), 1)
	case relMonthMid:
		return date(y, m+time.Month(v.n), 15)
	case relMonthEnd:
		return date(y, m+time.Month(v.n)+1, 0)
	case relYearEnd:
		return date(y+v.n, time.December, 31)
	case relYearMid:
		return date(y+v.n, time.July, 1)
	case relYears:
		return b.AddDate(v.n, 0, 0)
	case relNextQuarter:
		return date(y, 3*((m-1)/3)+4, 1)
	case relQuarterEnd:
		return date(y, 3*((m-1)/3)+4+time.Month(3*v.n), 0)
	}
	return workday(date(y+v.n, time.January, 7)) // nobody is there on the first
}

// on is the day that a part of a year stands for: of the year that is named, 0 if
// none is, else of the one to come. Its end is its last day. Else it is the first
// day; within the part, the first of its last month; within that, the last day.
func (p yearPart) on(b time.Time, named int) time.Time {
	year := named
	switch {
	case named > 0:
	case p.next:
		year = b.Year() + 1
	default:
		year = b.Year()
	}
	first, late := monthStart(b, year, p.first), monthStart(b, year, p.first+p.months-1)
	last := late.AddDate(0, 1, -1)
	switch {
	case !p.end && first.After(b):
		return first
	case !p.end && late.After(b):
		return late
	case named > 0 || p.next || !last.Before(b):
		return last
	}
	return p.on(b, year+1)
}

// nextSeason is the first day of the season that comes next. Within one it is its
// last month, as long as that is to come and nobody said "next".
func nextSeason(s seasonSaid) func(time.Time) (time.Time, bool) {
	return func(b time.Time) (time.Time, bool) {
		first := time.Month(3 + 3*int(s.season))
		if southern(b.Location()) {
			first += 6
		}
		for year := b.Year() - 1; ; year++ { // months past December are the next year's
			start, late := monthStart(b, year, first), monthStart(b, year, first+2)
			switch {
			case start.After(b):
				return start, true
			case late.After(b) && !s.next:
				return late, true
			}
		}
	}
}

func monthStart(b time.Time, year int, m time.Month) time.Time {
	return time.Date(year, m, 1, 12, 0, 0, 0, b.Location())
}

// southern reports whether a zone has its summer in January.
func southern(zone *time.Location) bool {
	for _, south := range [...]string{"Australia/", "Antarctica/", "Pacific/Auckland", "Africa/Johannesburg", "Africa/Harare", "Africa/Maputo", "Africa/Windhoek", "America/Sao_Paulo", "America/Argentina", "America/Buenos_Aires", "America/Montevideo", "America/Santiago", "America/Asuncion"} {
		if strings.HasPrefix(zone.String(), south) {
			return true
		}
	}
	return false
}

// farOff is how long ahead an occasion may lie for its name alone to mean it.
const farOff = 11 * 30 * 24 * time.Hour

// after is the first working day on which people are back from an occasion, false
// where nobody can tell which one is meant.
func after(o occasion) func(time.Time) (time.Time, bool) {
	return func(b time.Time) (time.Time, bool) {
		if o == someHolidays {
			switch m := b.Month(); {
			case southern(b.Location()):
				return time.Time{}, false
			case m >= time.May && m <= time.September:
				o = theSummer
			case m >= time.November:
				o = theTurn
			default:
				return time.Time{}, false // winter sports, Easter, autumn: each school has its own
			}
		}
		for year := b.Year(); year <= b.Year()+1; year++ {
			if on := back(o, b, year); on.After(b) {
				return on, on.Sub(b) < farOff
			}
		}
		return time.Time{}, false
	}
}

// before is the last working day before an occasion: "before Christmas". It is false
// where the occasion is so far off that nobody means it.
func before(o occasion) func(time.Time) (time.Time, bool) {
	return func(b time.Time) (time.Time, bool) {
		on := eve(o, b, b.Year())
		if on.Before(b) {
			on = eve(o, b, b.Year()+1)
		}
		for on.Weekday() == time.Saturday || on.Weekday() == time.Sunday {
			on = on.AddDate(0, 0, -1)
		}
		return on, !on.Before(b) && on.Sub(b) < farOff
	}
}

// eve is the day before an occasion in a year.
func eve(o occasion, b time.Time, year int) time.Time {
	date := func(m time.Month, d int) time.Time { return time.Date(year, m, d, 12, 0, 0, 0, b.Location()) }
	if o == easter {
		return easterSunday(date, year).AddDate(0, 0, -3) // Good Friday is none
	}
	return date(time.December, 23)
}

// back is that day in a year.
func back(o occasion, b time.Time, year int) time.Time {
	date := func(m time.Month, d int) time.Time { return time.Date(year, m, d, 12, 0, 0, 0, b.Location()) }
	switch o {
	case theSummer:
		if southern(b.Location()) {
			return mondayFrom(date(time.March, 1))
		}
		return mondayFrom(date(time.September, 8)) // the second in September: every school has begun but the very last
	case theTurn:
		return workday(date(time.January, 7))
	case easter:
		return easterSunday(date, year).AddDate(0, 0, 2)
	case easterBreak:
		return easterSunday(date, year).AddDate(0, 0, 8)
	case whitsun:
		return easterSunday(date, year).AddDate(0, 0, 51)
	}
	return mondayFrom(date(time.November, 2))
}

func mondayFrom(t time.Time) time.Time {
	return t.AddDate(0, 0, (8-int(t.Weekday()))%7)
}

// workday is t, or the Monday after where t is at a weekend.
func workday(t time.Time) time.Time {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return mondayFrom(t)
	}
	return t
}

// easterSunday is the Sunday after the first full moon of spring, by the
// Gregorian reckoning (Meeus).
func easterSunday(date func(time.Month, int) time.Time, year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(time.Month(n/31), n%31+1)
}
