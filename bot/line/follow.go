package line

import (
	"sync"
	"time"
)

// Days that are told by another day of the note: "board meets Tuesday and he'll tell me
// the day after", "closes on Friday, our offer must be in before that".

// afterwards is how a day follows another.
type afterwards struct {
	days, weeks int
	end         bool // the last working day of its week
	counted     bool // by days and months, to the day
	months      int
	weekday     time.Weekday // the next such day, Sunday as 7; 0: none
}

// followReach is how many clauses behind a day still speak of it.
const followReach = 2

// follows reads at token i a day that is told by the one before it in the note.
func (r *reading) follows(i int) (day, bool) {
	v, n := followWords().at(r.toks, i)
	if n == 0 {
		v, n = r.countedAfter(i)
	}
	if n == 0 {
		v, n = r.weekdayAfter(i)
	}
	if n == 0 || len(r.found) == 0 {
		return day{}, false
	}
	before := r.found[len(r.found)-1]
	if r.toks[i].clause-r.toks[before.from].clause > followReach || before.tense == behind {
		return day{}, false
	}
	if k := i + n; beforeThing[r.toks[k-1].fold] && k < len(r.toks) && r.toks[k].clause == r.toks[i].clause {
		_, the := openers().at(r.toks, k)
		_, their := theySubject().at(r.toks, k)
		if the+their > 0 && r.toks[k].fold != "she" && r.toks[k].fold != "he" && r.toks[k].fold != "they" || r.toks[k].upper || possessives[r.toks[k].fold] {
			return day{}, false // "the day after the fair"
		}
	}
	d := day{from: i, to: i + n, tense: before.tense, vague: before.vague, exact: before.exact, after: before.from + 1}
	d.on = func(base time.Time, t tense) (time.Time, bool) {
		on, ok := before.on(base, t)
		switch {
		case !ok:
		case v.end:
			on = weekdayOf(on, time.Friday)
		case v.weekday > 0:
			on, ok = weekdayResolver(v.weekday%7, false)(on, ahead)
		case v.counted:
			on = on.AddDate(0, v.months, v.days)
		case v.weeks > 0:
			on = weekdayOf(on.AddDate(0, 0, 7*v.weeks), time.Monday)
			if on.Equal(easterSunday(func(m time.Month, d int) time.Time {
				return time.Date(on.Year(), m, d, 12, 0, 0, 0, on.Location())
			}, on.Year()).AddDate(0, 0, 1)) {
				on = on.AddDate(0, 0, 1)
			}
		default:
			on = on.AddDate(0, 0, v.days)
		}
		return on, ok
	}
	return d, true
}

// countedAfter reads how long after the day before it something is: "three weeks later",
// "zwei Tage danach", "dos semanas después".
func (r *reading) countedAfter(i int) (v afterwards, n int) {
	count, n := r.count(i)
	if n == 0 || count == 0 || i+n >= len(r.toks) {
		return v, 0
	}
	unit, m := unitWords().at(r.toks, i+n)
	if m == 0 || i+n+m >= len(r.toks) {
		return v, 0
	}
	_, k := laterThanWords().at(r.toks, i+n+m)
	to := i + n + m + k
	if k == 0 || r.toks[to-1].clause != r.toks[i].clause || beforeThing[r.toks[to-1].fold] && to < len(r.toks) && r.toks[to].clause == r.toks[i].clause {
		return v, 0 // "two days after signing"
	}
	v.counted = true
	switch unit {
	case relDays:
		v.days = count
	case relWeeks:
		v.days = 7 * count
	default:
		v.months = count
	}
	return v, n + m + k
}

// stillToCome is a day that words count ahead, counted from the day on which the note is typed
// where it would be over by then, counted from the talk: "met 2 weeks ago, in 2 weeks again".
func (r *reading) stillToCome(d day) day {
	if d.tense != ahead || r.now.IsZero() {
		return d
	}
	counted := d.on
	d.on = func(base time.Time, t tense) (time.Time, bool) {
		on, ok := counted(base, t)
		if ok && daysApart(r.now, on) <= 0 {
			return counted(r.now, t)
		}
		return on, ok
	}
	return d
}

// weekdayAfter reads the weekday that follows the day before it: "from Thursday to the
// Tuesday after", "am Dienstag darauf".
func (r *reading) weekdayAfter(i int) (v afterwards, n int) {
	j := i
	for j+1 < len(r.toks) && (dateArticles[r.toks[j].fold] || onWords[r.toks[j].fold] || r.toks[j].fold == "de" || r.toks[j].fold == "na") {
		j++
	}
	w, n := weekdayWords().at(r.toks, j)
	if n == 0 || j+n >= len(r.toks) {
		return v, 0
	}
	_, k := afterWords().at(r.toks, j+n)
	if k == 0 || r.toks[j+n].clause != r.toks[i].clause || r.goesOn(j+n, j+n+k) {
		return v, 0
	}
	if v.weekday = w; w == time.Sunday {
		v.weekday = 7
	}
	return v, j + n + k - i
}

// goesOn reports whether "after", at token i and up to to, is after something of its own:
// "Thursday after lunch", "giovedì dopo pranzo". What gives a reason, a place or an hour is
// nothing to come after: "the Tuesday after because he is away", "the Thursday after at 10".
func (r *reading) goesOn(i, to int) bool {
	if !beforeThing[r.toks[to-1].fold] || r.toks[i].fold == "d" || to >= len(r.toks) || r.toks[to].clause != r.toks[i].clause {
		return false
	}
	return r.toks[to].kind != breaks && !tellsMore[r.toks[to].fold]
}

// tellsMore opens why something is so, where, when in the day, with whom or what for.
var tellsMore = map[string]bool{"because": true, "as": true, "since": true, "so": true, "if": true, "instead": true, "perche": true,
	"at": true, "in": true, "with": true, "for": true, "to": true, "on": true, "around": true, "from": true, "by": true, "via": true,
	"a": true, "alle": true, "con": true, "per": true, "da": true}

// afterWords stand behind a weekday that is told by the day before it.
var afterWords = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`after|after that|following|darauf|danach|siguiente|suivant|d'apres|seguinte|dopo|successivo|seguente|erna|daarna`)
})

var laterThanWords = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`later|after|after that|afterwards|thereafter|spater|danach|darauf|despues|mas tarde|plus tard|apres|depois|mais tarde|dopo|piu tardi|later|erna|daarna`)
})

// beforeThing end words of following that may go on: "the day after her holiday".
var (
	beforeThing = map[string]bool{"after": true, "before": true, "vor": true, "avant": true, "antes": true, "prima": true, "dopo": true, "apres": true, "despues": true}
	possessives = map[string]bool{"her": true, "his": true, "their": true, "next": true, "christmas": true, "easter": true}
)

var followWords = sync.OnceValue(func() *lexicon[afterwards] {
	return newLexicon([]row[afterwards]{
		{afterwards{days: 1}, `the day after|the day after that|the next day|the following day|a day later|one day later|am tag danach|am tag darauf|tags darauf|am nachsten tag|einen tag spater|al dia siguiente|el dia siguiente|un dia despues|le lendemain|le jour suivant|le jour d'apres|no dia seguinte|um dia depois|il giorno dopo|il giorno seguente|de dag erna|de dag daarna|een dag later`},
		{afterwards{weeks: 1}, `the week after|the week after that|in the week after|the following week|a week later|one week later|in der woche danach|die woche danach|in der woche darauf|eine woche spater|la semana siguiente|a la semana siguiente|la semaine suivante|la semaine d'apres|na semana seguinte|a semana seguinte|la settimana dopo|la settimana successiva|de week erna|de week daarna`},
		{afterwards{days: -1}, `the day before|the day before that|a day earlier|am tag davor|tags zuvor|einen tag vorher|el dia antes|un dia antes|la veille|no dia anterior|um dia antes|il giorno prima|de dag ervoor|een dag eerder`},
		{afterwards{days: -7}, `the week before|the week before that|a week before that|one week before that|a week earlier|in der woche davor|eine woche vorher|una semana antes|une semaine avant|la semaine d'avant|uma semana antes|una settimana prima|een week eerder`},
		{afterwards{end: true}, `the end of that week|by the end of that week|at the end of that week|later that week|ende der woche dann|a finales de esa semana|a la fin de cette semaine`},
		{afterwards{}, `before that|before then|by then|until then|till then|ahead of that|bis dahin|bis dann|davor|vorher|vor dem termin|antes de eso|hasta entonces|para entonces|avant ca|avant cela|d'ici la|jusque la|antes disso|ate la|prima di allora|entro allora|voor die tijd|tot dan|tegen die tijd|voor dan`},
	})
})
