package coach

import (
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// Open are the steps of a contact that nothing noted since has settled, in their
// order. recent are the newest notes about the contact, now the moment of asking.
//
// A step with a day is settled by any later note about the contact from that day on,
// whoever wrote it; before, and where no day was said, by one that tells that it was
// done. [store.StepsDue] and the lists of what is due go by the first alone.
func (c *Coach) Open(about store.Contact, steps []store.Step, recent []store.Heard, now time.Time) []store.Step {
	open := c.opener(about, recent, now)
	return slices.DeleteFunc(slices.Clone(steps), func(s store.Step) bool { return !open(s) })
}

// opener tells of each step whether it is open; see [Coach.Open].
func (c *Coach) opener(about store.Contact, recent []store.Heard, now time.Time) func(store.Step) bool {
	accounts := make([]line.Account, len(recent)) // each note is read once, where a step has to be held against it
	account := func(i int) line.Account {
		if accounts[i] == (line.Account{}) {
			accounts[i] = line.ReadAccount(c.Tells(about, recent[i].Note), journey.Direction(recent[i].Direction))
		}
		return accounts[i]
	}
	return func(s store.Step) bool {
		pending := line.ReadPending(line.Whose(s.Whose), s.What)
		own := slices.IndexFunc(recent, func(h store.Heard) bool { return h.ID == s.InteractionID })
		for i, h := range recent {
			if h.ID == s.InteractionID || own >= 0 && !laterThan(h, recent[own]) || own < 0 && h.ID < s.InteractionID {
				continue
			}
			if s.Due != nil && !dayAt(h.At, now.Location()).Before(dueDay(s)) {
				return false
			}
			if pending.SettledBy(account(i)) {
				return false
			}
		}
		return true
	}
}

// Complains reports whether a complaint of theirs is open: nothing is asked of them
// before it is put right.
func Complains(recent []store.Heard) bool {
	notes := make([]suggest.Note, len(recent))
	for i, h := range recent {
		for _, g := range h.Signals {
			notes[i].Signals = append(notes[i].Signals, journey.Signal(g))
		}
	}
	return suggest.ComplaintOpen(notes)
}

// laterThan reports whether a note was written down after another.
func laterThan(a, b store.Heard) bool {
	if !a.LoggedAt.Equal(b.LoggedAt) {
		return a.LoggedAt.After(b.LoggedAt)
	}
	return a.ID > b.ID
}

// dueDay is the calendar day of a step that has one, whether it was read just now or
// came from the store.
func dueDay(s store.Step) time.Time { return dayAt(*s.Due, s.Due.Location()) }

// dayAt is the calendar day of a moment in a zone.
func dayAt(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
