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
// A step with a day is settled by any later note of a talk with the contact from that day on,
// whoever wrote it; before, and where no day was said, by one that tells that it was
// done. The store's lists of what is due go by the first, and the second is written
// down with the note that tells it, see [store.Decision.Settled]. A try without an answer
// keeps no promise of ours to give something, on whatever day. What is too long past its day
// to be spoken of is open no more.
func (c *Coach) Open(about store.Contact, steps []store.Step, recent []store.Heard, now time.Time) []store.Step {
	open := c.opener(about, recent, now)
	return slices.DeleteFunc(slices.Clone(steps), func(s store.Step) bool { return !open(s) })
}

// opener tells of each step whether it is open; see [Coach.Open].
func (c *Coach) opener(about store.Contact, recent []store.Heard, now time.Time) func(store.Step) bool {
	accounts := make([]line.Account, len(recent)) // each note is read once, where a step has to be held against it
	account := func(i int) line.Account {
		if accounts[i] == (line.Account{}) {
			accounts[i] = c.Lines().Account(c.Tells(about, recent[i].Note), journey.Direction(recent[i].Direction), recent[i].LoggedAt.In(now.Location()))
		}
		return accounts[i]
	}
	return func(s store.Step) bool {
		if outlived(s, now) {
			return false
		}
		pending := line.ReadPending(line.Whose(s.Whose), s.What)
		own := slices.IndexFunc(recent, func(h store.Heard) bool { return h.ID == s.InteractionID })
		for i, h := range recent {
			if h.Plan || h.ID == s.InteractionID || own >= 0 && !laterThan(h, recent[own]) || own < 0 && h.ID < s.InteractionID {
				continue
			}
			if s.Due != nil && !dayAt(h.At, now.Location()).Before(toldOn(s)) && !(isTry(h) && gives(s)) {
				return false
			}
			if settles(pending, s, h.At, now, account(i)) {
				return false
			}
		}
		return true
	}
}

// isTry reports whether a note shows a try of ours, or several, and nothing of theirs.
func isTry(h store.Heard) bool {
	try := slices.Contains(h.Signals, string(journey.ReachedOut)) || slices.Contains(h.Signals, string(journey.WentQuiet))
	return try && !slices.ContainsFunc(h.Signals, func(g string) bool { return suggest.Answers([]journey.Signal{journey.Signal(g)}) })
}

// gives reports whether a step promises that we give something, as its row has it: the lists
// of what is due go by that.
func gives(s store.Step) bool { return s.Whose == string(line.Ours) && s.Gives }

// talkBefore is how many days before its own a step that is about nothing but talking is
// settled by a talk: a call in March is not the one today.
const talkBefore = 10

// settles reports whether a note of a talk at that moment tells that a step was done.
func settles(pending line.Pending, s store.Step, at, now time.Time, told line.Account) bool {
	if pending.Talk() && s.Due != nil && dayAt(at, now.Location()).AddDate(0, 0, talkBefore).Before(dueDay(s)) {
		return false
	}
	return pending.SettledBy(told)
}

// settled are the open steps that the line tells of as done, and the promise among them
// that it tells was kept without naming it, see [Kept]. A step that is over by itself is
// none: no note can settle it any more, though nothing was written down of its end.
func (c *Coach) settled(k store.Known, d store.Draft, l line.Line) (done []store.Step, kept *store.Step) {
	if len(k.Ledger.Steps) == 0 {
		return nil, nil
	}
	open := c.opener(k.Contact, k.Recent, d.LoggedAt)
	if unnamed(l) {
		kept = Kept(l, slices.DeleteFunc(slices.Clone(k.Ledger.Steps), func(s store.Step) bool {
			return !meantStill(s, k.Recent, d.LoggedAt) || !open(s)
		}), d.Delivery.PersonID)
	}
	told := c.Lines().Account(c.Tells(k.Contact, d.Note), journey.Direction(d.Direction), d.LoggedAt)
	for _, s := range k.Ledger.Steps {
		if kept != nil && kept.ID == s.ID ||
			settles(line.ReadPending(line.Whose(s.Whose), s.What), s, d.At, d.LoggedAt, told) && open(s) {
			done = append(done, s)
		}
	}
	return done, kept
}

// outlived reports whether a step is too long past its day to be spoken of.
func outlived(s store.Step, now time.Time) bool {
	return s.Due != nil && !dueDay(s).AddDate(0, 0, store.StepLife).After(dayAt(now, now.Location()))
}

// meantStill reports whether "sent it" may mean a step: one without a day only as long
// after the note that names it as one with a day is spoken of after that.
func meantStill(s store.Step, recent []store.Heard, now time.Time) bool {
	if s.Due != nil {
		return !outlived(s, now)
	}
	own := slices.IndexFunc(recent, func(h store.Heard) bool { return h.ID == s.InteractionID })
	return own >= 0 && dayAt(recent[own].At, now.Location()).AddDate(0, 0, store.StepLife).After(dayAt(now, now.Location()))
}

// unnamed reports whether a line tells that something was given and does not name it.
func unnamed(l line.Line) bool { return l.SentIt.Words != "" && len(l.Gives) == 0 }

// Kept is the promise of the writer's among steps that a line means which tells that
// something was given and does not name it: of several the one noted last, of one note's
// the first by its day. Among the steps that the line has settled it finds the same one
// as among all that were open then. nil: there is none.
func Kept(l line.Line, steps []store.Step, writer string) (kept *store.Step) {
	if !unnamed(l) {
		return nil
	}
	for i, s := range steps {
		if s.Whose != string(line.Ours) || s.PersonID != writer || kept != nil && !meantRather(s, *kept) {
			continue
		}
		if _, gives := line.Promised(s.What); gives {
			kept = &steps[i]
		}
	}
	return kept
}

// meantRather reports whether "sent it" means a promise rather than another.
func meantRather(s, other store.Step) bool {
	switch {
	case s.InteractionID != other.InteractionID:
		return s.InteractionID > other.InteractionID
	case s.Due != nil && other.Due != nil && !s.Due.Equal(*other.Due):
		return s.Due.Before(*other.Due)
	case (s.Due == nil) != (other.Due == nil):
		return s.Due != nil
	}
	return s.ID < other.ID
}

// Meant is what a note gave without naming it, as the promise named it that it kept;
// empty where it kept none, or none of something to read or to work with.
func Meant(l line.Line, kept *store.Step) []line.Mention {
	if kept == nil {
		return nil
	}
	thing, _ := line.Promised(kept.What)
	if thing == "" {
		return nil
	}
	return []line.Mention{{Words: l.SentIt.Words, Object: thing}}
}

// Complains reports whether a complaint of theirs is open: nothing is asked of them
// before it is put right.
func Complains(recent []store.Heard) bool {
	return suggest.ComplaintOpen(signalsOf(recent))
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

// toldOn is the day from which on any note settles a step: its own, but Friday for what
// we promised for a weekend, which is told of then.
func toldOn(s store.Step) time.Time {
	day := dueDay(s)
	for s.Whose == string(line.Ours) && (day.Weekday() == time.Saturday || day.Weekday() == time.Sunday) {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// dayAt is the calendar day of a moment in a zone.
func dayAt(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
