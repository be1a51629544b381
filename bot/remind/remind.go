// Package remind decides who is told of what in the morning: on which days and
// when, of whom first, and when to be silent.
//
// It is pure: the moment, the person's zone and what stands of their contacts
// come in. A message goes to one person in private, once a working day, after
// half past eight of their own day, and only when there is something to say.
package remind

import (
	"cmp"
	"slices"
	"time"
)

// The morning: from Opens on, for whoever was not reached then until Closes
// (the bot was not running); later it would be no morning message any more.
const (
	Opens  = 8*time.Hour + 30*time.Minute
	Closes = 12 * time.Hour
)

// MaxLines is how many people one message speaks of.
const MaxLines = 5

// MaxReady is how many of them may be people of whom something may be asked:
// that can wait, what is due cannot.
const MaxReady = 2

// MinNever is how many of them are people never followed up, where that many wait: they
// come first, and what is due or quiet takes none of these places.
const MinNever = 3

// NeverFollowed is after how many working days somebody who gave a permission
// or asked something counts as never followed up.
const NeverFollowed = 5

// Person is whose morning it is.
type Person struct {
	Zone *time.Location
	Off  bool
	// AwayUntil is the last day away, at any hour; zero: not away.
	AwayUntil time.Time
	// AwayFrom is the first such day; zero: any day up to AwayUntil is one.
	AwayFrom time.Time
}

// away reports whether they are away on a day.
func (p Person) away(day time.Time) bool {
	return !p.AwayUntil.IsZero() && !day.After(Date(p.AwayUntil)) && (p.AwayFrom.IsZero() || !day.Before(Date(p.AwayFrom)))
}

// Today returns the person's day (midnight UTC of its date) if this moment is
// within the morning of a day on which they are told anything.
func Today(now time.Time, p Person) (day time.Time, ok bool) {
	here := now.In(p.Zone)
	day = Date(here)
	if p.Off || !Working(day) || p.away(day) {
		return day, false
	}
	// by the clock on the wall: also where an hour is left out or comes twice
	clock := time.Duration(here.Hour())*time.Hour + time.Duration(here.Minute())*time.Minute
	return day, clock >= Opens && clock < Closes
}

// After is the first day after both dates whose message somebody gets: what they
// do not turn off, on a working day, when they are back. A step of theirs is told
// of then. False: they get none.
func After(due, today time.Time, p Person) (day time.Time, ok bool) {
	if p.Off {
		return day, false
	}
	for _, d := range [...]time.Time{due, today} {
		if d = Date(d); !d.Before(day) {
			day = d.AddDate(0, 0, 1)
		}
	}
	for !Working(day) || p.away(day) {
		if day = day.AddDate(0, 0, 1); p.away(day) {
			day = Date(p.AwayUntil).AddDate(0, 0, 1)
		}
	}
	return day, true
}

// Date is the calendar day of t in its own zone, as midnight UTC.
func Date(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Working reports whether a day is one of Monday to Friday.
func Working(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// WorkingDays counts the working days after from, up to and with to; both are
// dates. The same day, or a weekend, is 0.
func WorkingDays(from, to time.Time) int {
	if !to.After(from) {
		return 0
	}
	days := int(to.Sub(from).Hours() / 24)
	n := days / 7 * 5
	for d := from.AddDate(0, 0, days/7*7+1); !d.After(to); d = d.AddDate(0, 0, 1) {
		if Working(d) {
			n++
		}
	}
	return n
}

// Kind is why somebody is spoken of.
type Kind string

// The kinds, in the order in which a message has them.
const (
	Never   Kind = "never"   // a permission or question, and no answer of ours in five working days
	Due     Kind = "due"     // a step: theirs was due, or ours is
	Warm    Kind = "warm"    // somebody made them known, and nothing is noted, given or asked of them yet
	Waiting Kind = "waiting" // as never, younger
	Quiet   Kind = "quiet"   // gone quiet
	Ready   Kind = "ready"   // an ask is earned
)

var order = []Kind{Never, Due, Warm, Waiting, Quiet, Ready}

// rest is for how many working days a person is not told the same again; who waits is
// not spoken of so soon after their step either.
var rest = map[Kind]int{Never: 5, Warm: 2, Waiting: 2, Due: 5, Quiet: 15, Ready: 15}

// calm is for how many working days after any contact with somebody there is
// nothing to say of these.
var calm = map[Kind]int{Quiet: 5, Ready: 2, Waiting: 1}

// Item is something that might be said.
type Item struct {
	Contact int64
	Kind    Kind
	Since   time.Time // the date of the note or step that it rests on
	Step    int64     // of Due, which of their steps; 0: it is not known apart from others
	Ours    bool      // of Due, that it is a step of ours: it is told before theirs of the same contact
	LastAt  time.Time // the date on which any contact was last logged
	Silent  bool      // there is nothing to say of it; who waits is counted all the same
}

// Told is something that was said on an earlier day.
type Told struct {
	Contact int64     `json:"contact"`
	Kind    Kind      `json:"kind"`
	Since   time.Time `json:"since"`
	Step    int64     `json:"step,omitempty"`
	Day     time.Time `json:"-"`
}

// Left is what finds no place in a message.
type Left struct {
	Steps   int // that are due
	Waiting int // people who wait, whether or not there is anything to say of them today
}

// Choose returns what is said on the day, at most [MaxLines], each contact once, in
// the order of the kinds and of equals first what has waited longest; and what finds no
// place in it.
//
// Many of one kind do not keep the others out for ever: whoever has waited longest has
// the first line and [MinNever] have one, then a step that was promised for this day, then
// whose name is warm, then somebody who went quiet, and the rest is filled in order. A step that was not told of yet is said
// rather than that its contact waits, and of one contact a step of ours rather than theirs: ours
// would be a day late, while theirs is told of when its day is over. Whoever has waited longer rests no longer while
// somebody who has waited less is spoken of, but comes behind those not told of lately.
// Where anything is said, the lines that are left free are theirs too.
func Choose(day time.Time, items []Item, told []Told) (chosen []Item, left Left) {
	all, free := candidates(day, items, told)
	ready := 0
	take := func(most int, fits func(Item) bool) {
		for _, it := range all {
			if len(chosen) == MaxLines || most == 0 {
				return
			}
			if has(chosen, it.Contact) || !fits(it) || it.Kind == Ready && ready == MaxReady {
				continue
			}
			if i := slices.IndexFunc(all, func(o Item) bool { return o.Contact == it.Contact && o.Kind == Due && o.Ours && fits(o) }); it.Kind == Due && !it.Ours && i >= 0 {
				it = all[i]
			}
			chosen = append(chosen, it)
			ready += one(it.Kind == Ready)
			most--
		}
	}
	kind := func(k Kind) func(Item) bool { return func(it Item) bool { return it.Kind == k } }
	if first := slices.SortedStableFunc(slices.Values(all), before); len(first) > 0 && first[0].Kind == Never {
		take(1, func(it Item) bool { return it == first[0] })
		take(MinNever-1, kind(Never))
	}
	take(MaxLines, func(it Item) bool { return it.Kind == Due && !spokenOf(it, told) })
	take(1, kind(Warm))
	take(1, kind(Quiet))
	for _, k := range order {
		take(MaxLines, kind(k))
	}
	if len(chosen) > 0 {
		all = append(all, free...)
		take(MaxLines, kind(Never))
	}
	slices.SortStableFunc(chosen, before)
	due := slices.DeleteFunc(slices.Clone(all), func(it Item) bool { return it.Kind != Due || has(chosen, it.Contact) })
	for i, it := range due {
		left.Steps += one(!has(due[:i], it.Contact)) // one line has all of theirs
	}
	for _, it := range items {
		left.Waiting += one(it.Kind == Waiting && !has(chosen, it.Contact) && !has(due, it.Contact))
	}
	return chosen, left
}

// ChooseWorth is [Choose] among the items of which there is something to say. worth is
// asked of those alone that would be said, each once: to know it is dear.
func ChooseWorth(day time.Time, items []Item, told []Told, worth func(Item) (bool, error)) (chosen []Item, left Left, err error) {
	items = slices.Clone(items)
	asked := map[Item]bool{}
	for settled := false; !settled; {
		settled = true
		chosen, left = Choose(day, items, told)
		for _, it := range chosen {
			if asked[it] {
				continue
			}
			asked[it] = true
			ok, err := worth(it)
			if err != nil {
				return nil, left, err
			}
			if ok {
				continue
			}
			settled = false
			for i, o := range items {
				items[i].Silent = o.Silent || o.Contact == it.Contact && (o.Kind == it.Kind && o.Step == it.Step || waits(o) && waits(it))
			}
		}
	}
	return chosen, left, nil
}

// candidates are the items that may be said on the day: those not told of lately in
// their order, then who waits longer than one of them and was. free are the others never
// followed up who were: they may take a line that nobody needs.
func candidates(day time.Time, items []Item, told []Told) (all, free []Item) {
	var rested []Item
	for _, it := range items {
		if it.Kind == Waiting && WorkingDays(it.Since, day) >= NeverFollowed {
			it.Kind = Never
		}
		switch {
		case it.Silent || calms(it, day):
		case !rests(it, it.Kind, rest[it.Kind], day, told) && !(waits(it) && rests(it, Due, rest[Waiting], day, told)):
			all = append(all, it)
		case it.Kind == Never:
			rested = append(rested, it)
		}
	}
	slices.SortStableFunc(all, before)
	slices.SortStableFunc(rested, before)
	said := slices.Clone(all)
	// whose step it is said better than that they wait, unless they wait too long and know
	// of the step already
	byStep := func(it Item) bool {
		return waits(it) && slices.ContainsFunc(said, func(o Item) bool {
			return o.Contact == it.Contact && o.Kind == Due && (it.Kind == Waiting || !spokenOf(o, told))
		})
	}
	all, rested = slices.DeleteFunc(all, byStep), slices.DeleteFunc(rested, byStep)
	for _, it := range rested {
		less := func(o Item) bool { return waits(o) && o.Since.After(it.Since) }
		switch {
		case rests(it, Due, rest[Waiting], day, told):
		case slices.ContainsFunc(said, less):
			all = append(all, it)
		default:
			free = append(free, it)
		}
	}
	return all, free
}

func has(items []Item, contact int64) bool {
	return slices.ContainsFunc(items, func(it Item) bool { return it.Contact == contact })
}

func waits(it Item) bool { return it.Kind == Never || it.Kind == Waiting }

// calms reports whether any contact was so lately that there is nothing to say.
func calms(it Item, day time.Time) bool { return WorkingDays(it.LastAt, day) < calm[it.Kind] }

func before(a, b Item) int {
	return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), a.Since.Compare(b.Since), cmp.Compare(a.Contact, b.Contact))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// spokenOf reports whether the step was told of before, on whatever day.
func spokenOf(it Item, told []Told) bool {
	return slices.ContainsFunc(told, func(t Told) bool { return t.Contact == it.Contact && t.Kind == it.Kind && t.covers(it) })
}

// covers reports whether what was told was of an item, or of something newer: of a step, of
// that very one, for their call does not stand for the offer that is due the day after.
func (t Told) covers(it Item) bool {
	if it.Kind == Due && it.Step != 0 && t.Step != 0 {
		return t.Step == it.Step
	}
	return !it.Since.After(t.Since)
}

// Rests reports whether it is too soon on the day to tell of an item again.
func Rests(it Item, day time.Time, told []Told) bool {
	return rests(it, it.Kind, rest[it.Kind], day, told)
}

// rests reports whether the contact was told of as of the kind fewer than days working
// days ago, and the item rests on nothing newer.
func rests(it Item, as Kind, days int, day time.Time, told []Told) bool {
	return slices.ContainsFunc(told, func(t Told) bool {
		return t.Contact == it.Contact && t.Kind == as && WorkingDays(t.Day, day) < days && t.covers(it)
	})
}
