package remind_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/bot/remind"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestToday(t *testing.T) {
	t.Parallel()
	berlin := zone(t, "Europe/Berlin")
	at := func(d, h, m int) time.Time { return time.Date(2026, 3, d, h, m, 0, 0, berlin) }
	for _, c := range []struct {
		name string
		now  time.Time
		p    remind.Person
		want bool
	}{
		{"before half past eight", at(11, 8, 29), remind.Person{}, false},
		{"half past eight", at(11, 8, 30), remind.Person{}, true},
		{"late, the bot was away", at(11, 11, 59), remind.Person{}, true},
		{"no morning any more", at(11, 12, 0), remind.Person{}, false},
		{"Saturday", at(14, 9, 0), remind.Person{}, false},
		{"Sunday of the longer clock", at(29, 9, 0), remind.Person{}, false},
		{"off", at(11, 9, 0), remind.Person{Off: true}, false},
		{"the last day away", at(11, 9, 0), remind.Person{AwayUntil: date(2026, 3, 11)}, false},
		{"before the first day away", at(11, 9, 0), remind.Person{AwayFrom: date(2026, 3, 12), AwayUntil: date(2026, 3, 20)}, true},
		{"the first day away", at(12, 9, 0), remind.Person{AwayFrom: date(2026, 3, 12), AwayUntil: date(2026, 3, 20)}, false},
		{"back again", at(12, 9, 0), remind.Person{AwayUntil: date(2026, 3, 11)}, true},
	} {
		c.p.Zone = berlin
		if day, ok := remind.Today(c.now, c.p); ok != c.want || !day.Equal(remind.Date(c.now)) {
			t.Errorf("%s: %v, %v", c.name, day, ok)
		}
	}
}

// A step of theirs comes back on the first working day after its own that is
// still to come.
func TestAfter(t *testing.T) {
	t.Parallel()
	wednesday := date(2026, 3, 11)
	for _, c := range []struct {
		name string
		due  time.Time
		p    remind.Person
		want time.Time // zero: never
	}{
		{"Thursday's on Friday", date(2026, 3, 12), remind.Person{}, date(2026, 3, 13)},
		{"Friday's on Monday", date(2026, 3, 13), remind.Person{}, date(2026, 3, 16)},
		{"Saturday's on Monday", date(2026, 3, 14), remind.Person{}, date(2026, 3, 16)},
		{"an old one tomorrow", date(2026, 3, 2), remind.Person{}, date(2026, 3, 12)},
		{"today's tomorrow", wednesday, remind.Person{}, date(2026, 3, 12)},
		{"once they are back", date(2026, 3, 12), remind.Person{AwayUntil: date(2026, 3, 20)}, date(2026, 3, 23)},
		{"away from later on", date(2026, 3, 12), remind.Person{AwayFrom: date(2026, 3, 16), AwayUntil: date(2026, 3, 20)}, date(2026, 3, 13)},
		{"on the eve of being away", date(2026, 3, 13), remind.Person{AwayFrom: date(2026, 3, 16), AwayUntil: date(2026, 3, 20)}, date(2026, 3, 23)},
		{"away till before", date(2026, 3, 19), remind.Person{AwayUntil: date(2026, 3, 12)}, date(2026, 3, 20)},
		{"turned off", date(2026, 3, 12), remind.Person{Off: true}, time.Time{}},
	} {
		if got, ok := remind.After(c.due, wednesday, c.p); !got.Equal(c.want) || ok == c.want.IsZero() {
			t.Errorf("%s: %v, %v, want %v", c.name, got, ok, c.want)
		}
	}
}

// Whoever looks every minute, in whatever zone, finds exactly one morning a
// working day, also where clocks change.
func TestOneMorningADay(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo", "UTC"} {
		p := remind.Person{Zone: zone(t, name)}
		days := map[time.Time]bool{}
		for now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC); now.Before(time.Date(2026, 4, 19, 0, 0, 0, 0, time.UTC)); now = now.Add(time.Minute) {
			if day, ok := remind.Today(now, p); ok {
				days[day] = true
			}
		}
		if len(days) != 35 { // seven weeks
			t.Errorf("%s: %d mornings", name, len(days))
		}
		for d := range days {
			if !remind.Working(d) {
				t.Errorf("%s: %v is no working day", name, d)
			}
		}
	}
}

func TestWorkingDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := date(2026, 1, 1).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "from"))
		days := rapid.IntRange(0, 60).Draw(t, "days")
		want := 0
		for i := 1; i <= days; i++ {
			if remind.Working(from.AddDate(0, 0, i)) {
				want++
			}
		}
		if got := remind.WorkingDays(from, from.AddDate(0, 0, days)); got != want {
			t.Fatalf("%v + %d: %d, want %d", from, days, got, want)
		}
	})
}

func TestChoose(t *testing.T) {
	t.Parallel()
	day := date(2026, 3, 11)                                      // a Wednesday
	ago := func(n int) time.Time { return day.AddDate(0, 0, -n) } // in calendar days
	item := func(c int64, k remind.Kind, since, last int) remind.Item {
		return remind.Item{Contact: c, Kind: k, Since: ago(since), LastAt: ago(last)}
	}
	of := func(it remind.Item, step int64) remind.Item { it.Step = step; return it }
	ours := func(it remind.Item) remind.Item { it.Ours = true; return it }
	silent := func(it remind.Item) remind.Item { it.Silent = true; return it }
	for _, c := range []struct {
		name  string
		items []remind.Item
		told  []remind.Told
		want  string
	}{
		{"in order, the longest first", []remind.Item{item(1, remind.Ready, 30, 20), item(2, remind.Quiet, 30, 20), item(3, remind.Due, 1, 9),
			item(4, remind.Waiting, 2, 2), item(5, remind.Waiting, 7, 7), item(6, remind.Waiting, 9, 9)}, nil, "6 never 5 never 3 due 4 waiting 2 quiet"},
		{"each contact once, for what matters most", []remind.Item{item(1, remind.Ready, 30, 20), item(1, remind.Due, 1, 20), item(1, remind.Due, 2, 20)}, nil, "1 due"},
		{"a step says more than that they wait", []remind.Item{item(1, remind.Waiting, 2, 2), item(1, remind.Due, 1, 2), item(2, remind.Waiting, 9, 9), item(2, remind.Due, 1, 9)}, nil, "1 due 2 due"},
		{"five at most", []remind.Item{item(1, remind.Due, 1, 9), item(2, remind.Due, 1, 9), item(3, remind.Due, 1, 9), item(4, remind.Due, 1, 9), item(5, remind.Due, 1, 9), item(6, remind.Due, 1, 9)}, nil,
			"1 due 2 due 3 due 4 due 5 due and 1"},
		{"what is due comes before who waits since yesterday", []remind.Item{item(1, remind.Waiting, 1, 1), item(2, remind.Waiting, 1, 1), item(3, remind.Waiting, 1, 1), item(4, remind.Waiting, 1, 1), item(5, remind.Waiting, 1, 1), item(6, remind.Due, 0, 1)}, nil,
			"6 due 1 waiting 2 waiting 3 waiting 4 waiting, 1 wait"},
		{"two at most to be asked", []remind.Item{item(1, remind.Ready, 30, 20), item(2, remind.Ready, 29, 20), item(3, remind.Ready, 28, 20), item(4, remind.Due, 1, 9)}, nil,
			"4 due 1 ready 2 ready"},
		{"any contact calms", []remind.Item{item(1, remind.Quiet, 30, 2), item(2, remind.Ready, 30, 1), item(3, remind.Waiting, 0, 0)}, nil, ", 1 wait"},
		{"of whom there is nothing to say waits", []remind.Item{silent(item(1, remind.Waiting, 20, 20)), silent(item(2, remind.Ready, 30, 20)), item(3, remind.Waiting, 2, 2)}, nil, "3 waiting, 1 wait"},
		{"not the same again soon", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Quiet, 40, 40), item(3, remind.Due, 3, 9)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(2)}, {Contact: 2, Kind: remind.Quiet, Since: ago(40), Day: ago(14)}, {Contact: 3, Kind: remind.Due, Since: ago(3), Day: ago(4)}}, ", 1 wait"},
		{"again after a while", []remind.Item{item(1, remind.Waiting, 20, 20)}, []remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(7)}}, "1 never"},
		{"a step has its day, however many wait; somebody quiet has a line", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 19, 19), item(3, remind.Waiting, 18, 18), item(4, remind.Waiting, 17, 17),
			item(5, remind.Waiting, 16, 16), item(6, remind.Waiting, 15, 15), item(7, remind.Due, 1, 9), item(8, remind.Quiet, 30, 20)}, nil, "1 never 2 never 3 never 7 due 8 quiet, 3 wait"},
		{"what was told of on its day waits its turn", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 19, 19), item(3, remind.Waiting, 18, 18), item(4, remind.Waiting, 17, 17), item(5, remind.Waiting, 16, 16), item(7, remind.Due, 9, 9)},
			[]remind.Told{{Contact: 7, Kind: remind.Due, Since: ago(9), Day: ago(8)}}, "1 never 2 never 3 never 4 never 5 never and 1"},
		{"six steps of one day: five, and one more", []remind.Item{item(9, remind.Waiting, 20, 20), item(1, remind.Due, 1, 9), item(2, remind.Due, 1, 9), item(3, remind.Due, 1, 9), item(4, remind.Due, 1, 9), item(5, remind.Due, 1, 9)}, nil,
			"9 never 1 due 2 due 3 due 4 due and 1"},
		{"who has waited longer comes before who has waited less, told or not", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 3, 3)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}}, "1 never 2 waiting"},
		{"the longest first, told or not; then who was not told of lately, then the others", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 19, 19), item(3, remind.Waiting, 8, 8), item(4, remind.Waiting, 7, 7)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}, {Contact: 2, Kind: remind.Never, Since: ago(19), Day: ago(1)}}, "1 never 2 never 3 never 4 never"},
		{"newcomers have their turn beside the one who waits longest", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 19, 19), item(3, remind.Waiting, 7, 7), item(4, remind.Waiting, 7, 7), item(5, remind.Waiting, 7, 7), item(6, remind.Waiting, 7, 7), item(7, remind.Waiting, 7, 7)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}, {Contact: 2, Kind: remind.Never, Since: ago(19), Day: ago(1)}}, "1 never 3 never 4 never 5 never 6 never, 2 wait"},
		{"nobody is told of daily for themselves", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 8, 8)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}, {Contact: 2, Kind: remind.Never, Since: ago(8), Day: ago(1)}}, ", 2 wait"},
		{"but has a line that is free where there is a message anyway", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 8, 8), item(3, remind.Due, 1, 9)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}, {Contact: 2, Kind: remind.Never, Since: ago(8), Day: ago(1)}}, "1 never 2 never 3 due"},
		{"free lines beside what can wait are theirs all the same", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 8, 8), item(3, remind.Ready, 30, 20), item(4, remind.Waiting, 4, 4)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}, {Contact: 2, Kind: remind.Never, Since: ago(8), Day: ago(1)}, {Contact: 4, Kind: remind.Waiting, Since: ago(4), Day: ago(1)}}, "1 never 2 never 3 ready, 1 wait"},
		{"and nothing new is kept out by them", []remind.Item{item(1, remind.Waiting, 20, 20), item(2, remind.Waiting, 19, 19), item(3, remind.Waiting, 18, 18), item(4, remind.Waiting, 17, 17), item(5, remind.Waiting, 16, 16), item(6, remind.Ready, 30, 20)},
			[]remind.Told{{Contact: 1, Kind: remind.Never, Since: ago(20), Day: ago(1)}, {Contact: 2, Kind: remind.Never, Since: ago(19), Day: ago(1)}, {Contact: 3, Kind: remind.Never, Since: ago(18), Day: ago(1)}, {Contact: 4, Kind: remind.Never, Since: ago(17), Day: ago(1)}, {Contact: 5, Kind: remind.Never, Since: ago(16), Day: ago(1)}},
			"1 never 2 never 3 never 4 never 6 ready, 1 wait"},
		{"who was told of by their step is not told of as waiting the day after", []remind.Item{item(1, remind.Waiting, 9, 9), item(1, remind.Due, 2, 9)},
			[]remind.Told{{Contact: 1, Kind: remind.Due, Since: ago(2), Day: ago(1)}}, ", 1 wait"},
		{"and is two days after", []remind.Item{item(1, remind.Waiting, 9, 9), item(1, remind.Due, 3, 9)},
			[]remind.Told{{Contact: 1, Kind: remind.Due, Since: ago(3), Day: ago(2)}}, "1 never"},
		{"a step told of long ago comes no more before those who wait", []remind.Item{item(1, remind.Waiting, 20, 20), item(1, remind.Due, 12, 20)},
			[]remind.Told{{Contact: 1, Kind: remind.Due, Since: ago(12), Day: ago(9)}}, "1 never"},
		{"three never followed up come before what is due, and before who is quiet", []remind.Item{item(1, remind.Waiting, 9, 9), item(2, remind.Waiting, 9, 9), item(3, remind.Waiting, 9, 9), item(4, remind.Waiting, 9, 9),
			item(5, remind.Due, 0, 1), item(6, remind.Due, 0, 1), item(7, remind.Due, 0, 1), item(8, remind.Quiet, 30, 20)}, nil, "1 never 2 never 3 never 5 due 6 due and 1, 1 wait"},
		{"a warm name comes behind what is due, and is told again two working days later", []remind.Item{item(1, remind.Warm, 1, 1000), item(2, remind.Due, 0, 1), item(3, remind.Warm, 4, 1000), item(4, remind.Waiting, 1, 1)},
			[]remind.Told{{Contact: 3, Kind: remind.Warm, Since: ago(4), Day: ago(1)}}, "2 due 1 warm 4 waiting"},
		{"and no other kind keeps it out", []remind.Item{item(1, remind.Waiting, 9, 9), item(2, remind.Waiting, 9, 9), item(3, remind.Waiting, 9, 9), item(4, remind.Waiting, 9, 9), item(5, remind.Quiet, 30, 20), item(6, remind.Warm, 1, 1000)}, nil,
			"1 never 2 never 3 never 6 warm 5 quiet, 1 wait"},
		{"a step is told on its day, whichever other of theirs was told before", []remind.Item{of(item(3, remind.Due, 1, 2), 7), of(item(3, remind.Due, 0, 2), 8)},
			[]remind.Told{{Contact: 3, Kind: remind.Due, Since: ago(1), Step: 7, Day: ago(1)}}, "3 due"},
		{"be it of the same day as that one", []remind.Item{of(item(3, remind.Due, 1, 2), 7), of(item(3, remind.Due, 1, 2), 8), of(item(4, remind.Due, 1, 2), 9)},
			[]remind.Told{{Contact: 3, Kind: remind.Due, Since: ago(1), Step: 7, Day: ago(1)}, {Contact: 4, Kind: remind.Due, Since: ago(1), Step: 9, Day: ago(1)}}, "3 due"},
		{"of one contact a step of ours is told before an older one of theirs, in its place", []remind.Item{of(item(3, remind.Due, 4, 5), 7), ours(of(item(3, remind.Due, 0, 5), 8)), item(4, remind.Due, 1, 9), item(5, remind.Due, 1, 9), item(6, remind.Due, 1, 9), item(7, remind.Due, 1, 9), item(8, remind.Due, 1, 9)}, nil,
			"4 due 5 due 6 due 7 due 3 due of ours and 1"},
		{"once that was told, theirs is", []remind.Item{of(item(3, remind.Due, 4, 5), 7), ours(of(item(3, remind.Due, 1, 5), 8))},
			[]remind.Told{{Contact: 3, Kind: remind.Due, Since: ago(1), Step: 8, Day: ago(1)}}, "3 due"},
		{"something new is told at once", []remind.Item{item(3, remind.Due, 1, 9)}, []remind.Told{{Contact: 3, Kind: remind.Due, Since: ago(3), Day: ago(2)}}, "3 due"},
	} {
		got := ""
		chosen, left := remind.Choose(day, c.items, c.told)
		for i, it := range chosen {
			if i > 0 {
				got += " "
			}
			if got += fmt.Sprint(it.Contact, " ", it.Kind); it.Ours {
				got += " of ours"
			}
		}
		if left.Steps > 0 {
			got += fmt.Sprint(" and ", left.Steps)
		}
		if left.Waiting > 0 {
			got += fmt.Sprint(", ", left.Waiting, " wait")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Whether there is something to say is asked of those alone that would be said, and those
// of whom there is nothing make room for others, and wait still.
func TestChooseWorthAsksOfFew(t *testing.T) {
	t.Parallel()
	day := date(2026, 3, 11)
	var items []remind.Item
	for i := range 40 {
		items = append(items, remind.Item{Contact: int64(i), Kind: remind.Waiting, Since: day.AddDate(0, 0, i-60), LastAt: day.AddDate(0, 0, i-60)})
	}
	items = append(items, remind.Item{Contact: 2, Kind: remind.Due, Since: day, LastAt: day.AddDate(0, 0, -58)})
	asked := map[remind.Item]int{}
	chosen, left, err := remind.ChooseWorth(day, items, nil, func(it remind.Item) (bool, error) {
		asked[it]++
		return it.Contact > 3 || it.Kind == remind.Due, nil
	})
	got := ""
	for _, it := range chosen {
		got += fmt.Sprint(it.Contact, " ", it.Kind, " ")
	}
	if got != "4 never 5 never 6 never 7 never 2 due " || left.Waiting != 35 || err != nil {
		t.Errorf("%s, %+v, %v", got, left, err)
	}
	for it, n := range asked {
		if n != 1 || it.Contact > 7 {
			t.Errorf("asked %d times of %d", n, it.Contact)
		}
	}
	if _, _, err := remind.ChooseWorth(day, items, nil, func(remind.Item) (bool, error) { return true, errors.New("down") }); err == nil {
		t.Error("what could not be looked up is said")
	}
}
