package english

import (
	"time"
)

// Day says a day as one would in a talk, in now's zone.
func Day(at, now time.Time) string {
	at = at.In(now.Location())
	days := DaysBetween(at, now)
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "yesterday"
	case days == -1:
		return "tomorrow"
	case days > 1 && days < 7:
		return "last " + at.Weekday().String()
	case days < -1 && days > -7:
		return at.Weekday().String()
	case at.Year() == now.Year():
		return at.Format("2 January")
	}
	return at.Format("2 January 2006")
}

// DaysBetween counts calendar days from at to now in now's zone.
func DaysBetween(at, now time.Time) int {
	y, m, d := at.In(now.Location()).Date()
	Y, M, D := now.Date()
	return int(time.Date(Y, M, D, 12, 0, 0, 0, time.UTC).Sub(time.Date(y, m, d, 12, 0, 0, 0, time.UTC)).Hours() / 24)
}

// Due says by which day something is due.
func Due(due, now time.Time) string {
	due = date(due, now)
	switch d := Day(due, now); d {
	case "today", "tomorrow":
		return "due " + d
	default:
		if due.Year() != now.Year() {
			return "due " + due.Format("Monday 2 January 2006")
		}
		return "due " + due.Format("Monday 2 January")
	}
}

// IsAhead reports whether a day is still to come.
func IsAhead(day, now time.Time) bool { return DaysBetween(date(day, now), now) < 0 }

// date is noon of a day in now's zone. A day is a date, whatever zone it was read
// in: midnight in UTC is the evening before in New York.
func date(day, now time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, now.Location())
}
