package digest

import (
	"fmt"
	"time"
)

// Grace is how late a digest is still caught up, marked as late. What is later
// than that is skipped, and said to be.
const Grace = 36 * time.Hour

// Week is an ISO week: it begins on Monday, and belongs to the year that its
// Thursday is in.
type Week struct {
	Year, Number int
}

// WeekOf is the ISO week that t's own zone has at t.
func WeekOf(t time.Time) Week {
	y, n := t.ISOWeek()
	return Week{y, n}
}

func (k Week) String() string { return fmt.Sprintf("%d-W%02d", k.Year, k.Number) }

// Weekly is a moment that comes once a week by the clock on the wall of a zone.
type Weekly struct {
	Day    time.Weekday
	Minute int // of the day, 0 to 1439
	Zone   *time.Location
}

// Moment is when the week's digest is due. Where the clock jumps over the hour
// it is the first moment after the jump; where an hour comes twice, its first.
func (w Weekly) Moment(k Week) time.Time {
	fourth := time.Date(k.Year, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	monday := fourth.AddDate(0, 0, -daysAfterMonday(fourth.Weekday())+7*(k.Number-1))
	wall := monday.AddDate(0, 0, daysAfterMonday(w.Day)).Add(time.Duration(w.Minute) * time.Minute)
	return firstShowing(wall, w.Zone)
}

func daysAfterMonday(d time.Weekday) int { return (int(d) + 6) % 7 }

// firstShowing is the first instant at which zone's clock shows wall (given in
// UTC) or, where it jumps over it, something later. It asks for offsets only:
// [time.Time.ZoneBounds] tells no end on the last day of a leap year.
func firstShowing(wall time.Time, zone *time.Location) time.Time {
	offset := func(t time.Time) time.Duration {
		_, s := t.In(zone).Zone()
		return time.Duration(s) * time.Second
	}
	// every offset is within 16 hours, and none lasts for less than a few
	low, high := offset(wall.Add(-16*time.Hour)), offset(wall.Add(16*time.Hour))
	low, high = min(low, high), max(low, high)
	for h := -16; h <= 16; h += 4 {
		o := offset(wall.Add(time.Duration(h) * time.Hour))
		low, high = min(low, o), max(high, o)
	}
	for _, o := range []time.Duration{high, low} { // the greater offset is the earlier instant
		if t := wall.Add(-o); offset(t) == o {
			return t.In(zone)
		}
	}
	before, after := wall.Add(-high), wall.Add(-low) // the jump lies in between
	for after.Sub(before) > time.Second {
		half := before.Add(after.Sub(before) / 2).Truncate(time.Second)
		if offset(half) == high {
			after = half
		} else {
			before = half
		}
	}
	return after.In(zone)
}

// Next is the first moment after t.
func (w Weekly) Next(t time.Time) time.Time {
	monday := t.In(w.Zone)
	monday = monday.AddDate(0, 0, -daysAfterMonday(monday.Weekday()))
	for week := -1; ; week++ {
		// noon keeps clear of every jump of the clock
		y, m, d := monday.AddDate(0, 0, 7*week).Date()
		if at := w.Moment(WeekOf(time.Date(y, m, d, 12, 0, 0, 0, time.UTC))); at.After(t) {
			return at
		}
	}
}

// Before is the moment a week before at, by the clock on the wall.
func (w Weekly) Before(at time.Time) time.Time {
	y, m, d := at.In(w.Zone).AddDate(0, 0, -7).Date()
	hour, minute, second := at.In(w.Zone).Clock()
	return firstShowing(time.Date(y, m, d, hour, minute, second, 0, time.UTC), w.Zone)
}

// Occurrence is one moment of a schedule, with the week that it is the digest of.
type Occurrence struct {
	At   time.Time
	Week Week
	Late bool // so late that it is said
}

// lateFrom is how late a digest may be without a word about it.
const lateFrom = 15 * time.Minute

// Due says what is to be done at now for a schedule whose next moment was
// planned for next: at most one digest to post, the weeks that are skipped
// because nothing was running, and the moment that comes then. It is pure; that
// a week is served once is the ledger's promise.
func (w Weekly) Due(next, now time.Time) (post *Occurrence, skipped []Occurrence, then time.Time) {
	for at := next; ; at = w.Next(at) {
		if at.After(now) {
			return post, skipped, at
		}
		o := Occurrence{At: at.In(w.Zone), Week: WeekOf(at.In(w.Zone)), Late: now.Sub(at) >= lateFrom}
		if now.Sub(at) > Grace {
			skipped = append(skipped, o)
			continue
		}
		if post != nil { // two moments within the grace: the later one stands for both
			skipped = append(skipped, *post)
		}
		post = &o
	}
}

// Rearrange is the next moment after a schedule was changed to w at now. next
// was planned before; posted tells which weeks have had their digest. A moment
// that was still to come this week, and would be lost by the change, is kept
// for this once: a changed schedule neither loses a week nor doubles one.
func (w Weekly) Rearrange(next, now time.Time, posted func(Week) bool) time.Time {
	fresh := w.Next(now)
	kept := WeekOf(next.In(w.Zone))
	if !next.IsZero() && now.Sub(next) <= Grace && next.Before(fresh) && kept != WeekOf(fresh) && !posted(kept) {
		return next
	}
	for range 2 {
		if !posted(WeekOf(fresh)) {
			break
		}
		fresh = w.Next(fresh)
	}
	return fresh
}
