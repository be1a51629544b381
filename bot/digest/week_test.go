package digest_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/bot/digest"
)

// years that the calendar is tried over, and a little more at each end.
var (
	firstDay = time.Date(2019, 12, 23, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2041, 1, 14, 0, 0, 0, 0, time.UTC)
)

func zones(t testing.TB) []*time.Location {
	t.Helper()
	var all []*time.Location
	for _, name := range digest.Zones() {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, zone)
	}
	if len(all) < 400 {
		t.Fatalf("only %d zones", len(all))
	}
	return all
}

// wallGap reports whether zone's clock never shows this wall time.
func wallGap(wall time.Time, zone *time.Location) bool {
	for _, off := range []int{-14, 0, 14} { // any instant near it will do: look at the offsets around
		t := wall.Add(time.Duration(off) * time.Hour).In(zone)
		_, o := t.Zone()
		back := wall.Add(-time.Duration(o) * time.Second).In(zone)
		if y, m, d := back.Date(); back.Hour() == wall.Hour() && back.Minute() == wall.Minute() && d == wall.Day() && m == wall.Month() && y == wall.Year() {
			return false
		}
	}
	return true
}

func checkMoments(t *testing.T, w digest.Weekly, from, to time.Time) {
	t.Helper()
	for day := from; day.Before(to); day = day.AddDate(0, 0, 7) {
		k := digest.WeekOf(day)
		at := w.Moment(k)
		if got := digest.WeekOf(at); got != k {
			t.Fatalf("%s %v %d: the moment of %s is %s, in %s", w.Zone, w.Day, w.Minute, k, at, got)
		}
		shows := at.Weekday() == w.Day && at.Hour()*60+at.Minute() == w.Minute
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		wall := time.Date(monday.Year(), monday.Month(), monday.Day()+(int(w.Day)+6)%7, 0, w.Minute, 0, 0, time.UTC)
		if !shows && !wallGap(wall, w.Zone) {
			t.Fatalf("%s: %s is no %v at minute %d", w.Zone, at, w.Day, w.Minute)
		}
		if shows { // the first of two
			for _, early := range []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour} {
				e := at.Add(-early)
				if e.Weekday() == w.Day && e.Hour()*60+e.Minute() == w.Minute {
					t.Fatalf("%s: %s comes twice; %s is the first", w.Zone, at, e)
				}
			}
		}
		if n := w.Next(at.Add(-time.Nanosecond)); !n.Equal(at) {
			t.Fatalf("%s: before %s comes %s", w.Zone, at, n)
		}
		if n := w.Next(at); digest.WeekOf(n) == k || n.Sub(at) > 8*24*time.Hour {
			t.Fatalf("%s: after %s comes %s", w.Zone, at, n)
		}
	}
}

// Every zone, every week from 2020 to 2040: one moment a week, in its own ISO
// week, at the time on the wall or, where the clock jumps over it, right after.
func TestMomentEveryZone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, zone := range zones(t) {
		for _, minute := range []int{9 * 60, r.IntN(24 * 60)} {
			checkMoments(t, digest.Weekly{Day: time.Weekday(r.IntN(7)), Minute: minute, Zone: zone}, firstDay, lastDay)
		}
		// around each jump of its clock, every half hour of the week
		for end := firstDay; end.Before(lastDay); end = end.Add(6 * time.Hour) {
			_, was := end.Add(-6 * time.Hour).In(zone).Zone()
			if _, is := end.In(zone).Zone(); was == is {
				continue
			}
			near := end.UTC().AddDate(0, 0, -1).Truncate(24 * time.Hour)
			for half := range 7 * 48 {
				if d := half / 48; d != int(end.In(zone).Weekday()) && d != int(end.In(zone).AddDate(0, 0, -1).Weekday()) && half%24 != 0 {
					continue // the days that the jump touches; of the others, midnight and noon
				}
				checkMoments(t, digest.Weekly{Day: time.Weekday(half / 48), Minute: half % 48 * 30, Zone: zone}, near, near.AddDate(0, 0, 8))
			}
		}
	}
}

// ledger is a week's row: whoever inserts it first posts.
type ledger map[digest.Week]string

// A tick now and then on any of three replicas, with outages, a clock that is
// an hour wrong at times, and a schedule that is changed: no week twice, no
// week unsaid.
func TestTicksNeverDoubleNorMiss(t *testing.T) {
	all := zones(t)
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(all).Draw(t, "zone")
		w := digest.Weekly{Day: time.Weekday(rapid.IntRange(0, 6).Draw(t, "day")), Minute: rapid.IntRange(0, 1439).Draw(t, "minute"), Zone: zone}
		now := firstDay.Add(time.Duration(rapid.Int64Range(0, int64(20*365*24*time.Hour)).Draw(t, "start")))
		next, rows := w.Next(now), ledger{}
		var weeks []digest.Week
		for range rapid.IntRange(5, 40).Draw(t, "ticks") {
			now = now.Add(time.Duration(rapid.Int64Range(int64(time.Minute), int64(4*24*time.Hour)).Draw(t, "until the next tick")))
			seen := now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "clock wrong by")) * time.Minute)
			post, skipped, then := w.Due(next, seen)
			for _, s := range skipped {
				if seen.Sub(s.At) <= digest.Grace && post == nil {
					t.Fatalf("%s was skipped at %s", s.At, seen)
				}
				if _, there := rows[s.Week]; there {
					t.Fatalf("%s twice", s.Week)
				}
				rows[s.Week] = "skipped"
				weeks = append(weeks, s.Week)
			}
			if post != nil {
				if late := seen.Sub(post.At); late > digest.Grace || late < 0 || post.Late != (late >= 15*time.Minute) {
					t.Fatalf("%s was posted at %s, late: %v", post.At, seen, post.Late)
				}
				if _, there := rows[post.Week]; there {
					t.Fatalf("%s twice", post.Week)
				}
				rows[post.Week] = "posted"
				weeks = append(weeks, post.Week)
			}
			if !then.After(seen) {
				t.Fatalf("next %s is not after %s", then, seen)
			}
			next = then
		}
		for i := 1; i < len(weeks); i++ {
			thursday := digest.Weekly{Day: time.Thursday, Minute: 720, Zone: time.UTC}
			if d := thursday.Moment(weeks[i]).Sub(thursday.Moment(weeks[i-1])); d != 7*24*time.Hour {
				t.Fatalf("after %s comes %s", weeks[i-1], weeks[i])
			}
		}
	})
}

// A schedule that is changed to any other day, hour and zone: never two in one
// of the weeks as the zone then has it, never more than a fortnight without.
func TestChangedSchedule(t *testing.T) {
	all := zones(t)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) digest.Weekly {
			return digest.Weekly{Day: time.Weekday(rapid.IntRange(0, 6).Draw(t, label+" day")), Minute: rapid.IntRange(0, 1439).Draw(t, label+" minute"),
				Zone: rapid.SampledFrom(all).Draw(t, label+" zone")}
		}
		w, now := draw("first"), firstDay.Add(time.Duration(rapid.Int64Range(0, int64(20*365*24*time.Hour)).Draw(t, "start")))
		rows := ledger{}
		posted := func(k digest.Week) bool { return rows[k] != "" }
		next, last := w.Next(now), now
		for range 12 {
			if rapid.Bool().Draw(t, "change") {
				w = draw("then")
				next = w.Rearrange(next, now, posted)
			}
			now = now.Add(time.Duration(rapid.Int64Range(int64(time.Hour), int64(3*24*time.Hour)).Draw(t, "until")))
			for !next.After(now) { // a tick a minute: it is there at the minute
				post, _, then := w.Due(next, next)
				next = then
				if posted(post.Week) {
					continue
				}
				rows[post.Week] = "posted"
				if gap := post.At.Sub(last); gap > 15*24*time.Hour {
					t.Fatalf("no digest for %s before %s", gap, post.At)
				}
				last = post.At
			}
		}
	})
}

func TestDue(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w := digest.Weekly{Day: time.Monday, Minute: 9 * 60, Zone: berlin}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, berlin)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		what      string
		next, now string
		post      string // the week, and whether it is marked as late
		skipped   []string
		then      string
	}{
		{"not yet", "2026-11-23 09:00", "2026-11-23 08:59", "", nil, "2026-11-23 09:00"},
		{"to the minute", "2026-11-23 09:00", "2026-11-23 09:00", "2026-W48", nil, "2026-11-30 09:00"},
		{"thirty hours of outage", "2026-11-23 09:00", "2026-11-24 15:00", "2026-W48 late", nil, "2026-11-30 09:00"},
		{"two days of outage", "2026-11-23 09:00", "2026-11-25 09:00", "", []string{"2026-W48"}, "2026-11-30 09:00"},
		{"three weeks, back within the grace", "2026-11-09 09:00", "2026-11-24 09:00", "2026-W48 late", []string{"2026-W46", "2026-W47"}, "2026-11-30 09:00"},
		{"week 53, and the year's end", "2026-12-28 09:00", "2027-01-04 09:00", "2027-W01", []string{"2026-W53"}, "2027-01-11 09:00"},
		{"the first days of January in week 53", "2026-12-28 09:00", "2026-12-28 09:01", "2026-W53", nil, "2027-01-04 09:00"},
		{"an hour less in the night", "2026-03-23 09:00", "2026-03-23 09:00", "2026-W13", nil, "2026-03-30 09:00"},
	} {
		t.Run(c.what, func(t *testing.T) {
			post, skipped, then := w.Due(at(c.next), at(c.now))
			got := ""
			if post != nil {
				got = post.Week.String()
				if post.Late {
					got += " late"
				}
			}
			if got != c.post || !then.Equal(at(c.then)) || len(skipped) != len(c.skipped) {
				t.Fatalf("post %q, skipped %v, then %s", got, skipped, then)
			}
			for i, s := range skipped {
				if s.Week.String() != c.skipped[i] {
					t.Fatalf("skipped %v", skipped)
				}
			}
		})
	}
}
