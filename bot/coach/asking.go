package coach

import (
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// Weighed is a contact's ledger with what decides whether the person may ask anything of them,
// and what. recent are the newest notes about the contact.
func (c *Coach) Weighed(about store.Contact, l store.Ledger, recent []store.Heard, person string, now time.Time) store.Ledger {
	l.Owed = c.Owes(about, l.Steps, recent, person, now)
	if m, ok := c.Models.Get(journey.Default); ok {
		l.Before = Before(m, l, recent)
	}
	return l
}

// Owes reports whether one of the steps is the person's own to the contact, open, and due by
// now: who owes something gives it before they ask. The lists of who is ready go by the same
// rule. A step just read, which has nobody's name yet, is the person's.
func (c *Coach) Owes(about store.Contact, steps []store.Step, recent []store.Heard, person string, now time.Time) bool {
	today, open := dayAt(now, now.Location()), c.opener(about, recent, now)
	return slices.ContainsFunc(steps, func(s store.Step) bool {
		return s.Whose == string(line.Ours) && (s.PersonID == person || s.PersonID == "") && s.Due != nil && !dueDay(s).After(today) && open(s)
	})
}

// Before is where a contact who brought us somebody, and of whom nothing tells that they ever
// bought, would stand on a journey had they not: nobody asks them what is different since, nor
// whether they would order again. Empty: they are a customer, or brought us nobody.
func Before(m *journey.Model, l store.Ledger, recent []store.Heard) string {
	if Customer(l, recent) {
		return ""
	}
	return suggest.Before(m, signalsOf(recent))
}

// Customer reports whether anything tells that a contact has what we sell, or had it: what
// came back from them, or one of the newest notes.
func Customer(l store.Ledger, recent []store.Heard) bool {
	return slices.ContainsFunc(l.Exchanges, func(e store.Exchange) bool { return e.Kind == exchangeOf[journey.Revenue] }) ||
		slices.ContainsFunc(signalsOf(recent), func(n suggest.Note) bool { return slices.ContainsFunc(n.Signals, suggest.Uses) })
}

// signalsOf are notes by what they show and when, without their words.
func signalsOf(recent []store.Heard) []suggest.Note {
	notes := make([]suggest.Note, len(recent))
	for i, h := range recent {
		notes[i].At = h.At
		for _, g := range h.Signals {
			notes[i].Signals = append(notes[i].Signals, journey.Signal(g))
		}
	}
	return notes
}
