package coach

import (
	"cmp"
	"slices"
	"time"

	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// Promise is a step of ours that says that something is to be given, and what the library
// has for it.
type Promise struct {
	Step  store.Step
	Thing string // in the words of the note
	// Item is the one that the words mean, Which those that they may mean where several may;
	// neither: the library has nothing like it.
	Item    suggest.Item
	Which   []suggest.Item
	Had     bool // they were given Item before
	Expired bool // Item is past its day
}

// PromiseOf reads a step as a promise to give; false: it is none, or of nothing to read or to
// work with.
func PromiseOf(s store.Step, l *suggest.Library, shares []store.Share, now time.Time) (p Promise, ok bool) {
	if s.Whose != string(line.Ours) {
		return p, false
	}
	p = Promise{Step: s}
	if p.Thing, _ = line.Promised(s.What); p.Thing == "" {
		return p, false
	}
	item, one := l.Named(p.Thing)
	switch {
	case one:
		p.Item, p.Had, p.Expired = item, Had(shares, item), item.Expired(now)
	default:
		if p.Which = l.Naming(p.Thing); len(p.Which) == 0 {
			p.Which = l.Resembling(p.Thing)
		}
	}
	return p, true
}

// Known reports whether the library has what was promised, or may have it.
func (p Promise) Known() bool { return p.Item.ID != 0 || len(p.Which) > 0 }

// ToGive reports whether it is one item that can be given and was not yet.
func (p Promise) ToGive() bool { return p.Item.ID != 0 && !p.Had && !p.Expired }

// promise is how many days ahead a promise names what is to be given next.
const promise = 31

// Promises are the open promises of the asker to give the contact something, not nil. What is
// due comes first, by its day, as the morning tells it; of the others, what the newest note
// named first.
func (c *Coach) Promises(a Ask, shelf Shelf) []Promise {
	all := []Promise{}
	open := c.opener(a.Contact, a.Recent, a.Now)
	for _, s := range a.Ledger.Steps {
		if !a.own(s) || s.Due == nil && !a.latest(s) || s.Due != nil && s.Due.After(a.Now.AddDate(0, 0, promise)) {
			continue
		}
		if p, ok := PromiseOf(s, shelf.Library, a.Ledger.Shares, a.Now); ok && open(s) {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(p, other Promise) int {
		due, later := a.isDue(p.Step), a.isDue(other.Step)
		switch {
		case due && later:
			return cmp.Or(dueDay(p.Step).Compare(dueDay(other.Step)), cmp.Compare(p.Step.ID, other.Step.ID))
		case due != later:
			return cmp.Compare(one(later), one(due))
		}
		return cmp.Compare(other.Step.InteractionID, p.Step.InteractionID)
	})
	return all
}

// promised is what was promised to the contact and is to be given next: the asker did not wave
// it away. No item: nothing is.
func (c *Coach) promised(a Ask, shelf Shelf) (first Promise) {
	all := a.Promises
	if all == nil {
		all = c.Promises(a, shelf)
	}
	for _, p := range all {
		refused := slices.ContainsFunc(a.Ledger.Refused, func(f store.Refusal) bool { return f.ContentID == p.Item.ID })
		if p.ToGive() && !refused && !a.Passed[p.Item.ID] && !a.waved(p) {
			return p
		}
	}
	return first
}

// waved reports whether an item that was promised was passed over since, not long ago. That
// ends on the day on which the promise is to be kept.
func (a Ask) waved(p Promise) bool {
	at, ok := a.Waved[p.Item.ID]
	before := func(h store.Heard) bool { return h.ID == p.Step.InteractionID && at.Before(h.LoggedAt) }
	if !ok || a.Latest != nil && p.Step.InteractionID == a.Number || slices.ContainsFunc(a.Recent, before) {
		return false
	}
	return !a.isDue(p.Step) || !dayAt(at, a.Now.Location()).Before(toldOn(p.Step))
}

// isDue reports whether a step's day has come.
func (a Ask) isDue(s store.Step) bool {
	return s.Due != nil && !toldOn(s).After(dayAt(a.Now, a.Now.Location()))
}

// own reports whether a step is the asker's to take.
func (a Ask) own(s store.Step) bool {
	return s.Whose == string(line.Ours) && (s.PersonID == a.Person || s.PersonID == "")
}

// latest reports whether a step is of one of the latest notes.
func (a Ask) latest(s store.Step) bool {
	return a.Latest != nil && s.InteractionID == a.Number || slices.ContainsFunc(a.Recent, func(h store.Heard) bool { return h.ID == s.InteractionID })
}
