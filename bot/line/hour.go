package line

import (
	"strconv"
	"strings"
	"time"
)

// atHour is a step that is to be taken at an hour and on no day that is named: "will ring
// back at 3pm". It is today's, as long as that hour is to come. The words of the step stand
// from token from on, those of the hour behind token k; ok is false where there is none.
func (r *reading) atHour(from, k, end int, whose Whose, base time.Time) (s Step, ok bool) {
	if daysApart(r.now, base) != 0 {
		return s, false
	}
	for last := min(end, k+reach) - 1; k < last; k++ {
		if !r.opensHour(k) {
			continue
		}
		hour, min, to := r.hourAt(k+1, end)
		y, m, d := r.now.Date()
		if to == 0 || !time.Date(y, m, d, hour, min, 0, 0, r.now.Location()).After(r.now) {
			continue
		}
		s = Step{Whose: whose, Words: span(r.note, r.toks, from, end), Due: noon(r.now)}
		s.Text = s.Words // the hour is not told otherwise
		return s, true
	}
	return s, false
}

// opensHour reports whether an hour may stand behind token k. In English "24h" is how long.
func (r *reading) opensHour(k int) bool {
	t := r.toks[k]
	if t.fold == "a" { // the French "à 15h", and no "a 24h quote"
		return r.accented(k)
	}
	return beforeHour[t.fold] || englishHour[t.fold] && !strings.HasSuffix(r.toks[k+1].fold, "h")
}

// hourAt reads an hour at token i that says that it is one: "3pm", "16:00", "14 Uhr", "15h".
// to is the token after it; 0: there is none.
func (r *reading) hourAt(i, end int) (hour, min, to int) {
	fold, to := r.toks[i].fold, i+1
	half := ""
	for _, mark := range [...]string{"pm", "am", "uhr", "h"} {
		if cut, found := strings.CutSuffix(fold, mark); found {
			fold, half = cut, mark
		} else if to == i+1 && to < end && r.toks[to].fold == mark {
			half, to = mark, to+1
		}
	}
	h, m, timed := strings.Cut(fold, ":")
	hour, err := strconv.Atoi(h)
	if err != nil || hour > 24 || half == "" && !timed {
		return 0, 0, 0
	}
	if timed {
		if min, err = strconv.Atoi(m); err != nil || min > 59 {
			return 0, 0, 0
		}
	}
	switch {
	case half == "pm" && hour < 12:
		hour += 12
	case half == "am" && hour == 12:
		hour = 0
	}
	return hour, min, to
}

// beforeHour stand before an hour, and englishHour before one that is no number of hours.
var (
	beforeHour  = map[string]bool{"at": true, "um": true, "gegen": true, "las": true, "as": true, "alle": true, "om": true}
	englishHour = map[string]bool{"around": true, "by": true, "before": true, "after": true}
)
