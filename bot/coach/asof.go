package coach

import (
	"slices"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/store"
)

// Case is what a suggestion sees of a contact: for those who judge ways of
// choosing.
func (c *Coach) Case(a Ask) suggest.Case { return c.caseOf(a) }

// AsOf takes an ask back to the moment of a suggestion that was made then: without
// what was noted, given, asked and refused since. Steps are left out: one that was
// open then and held would have kept it from being made; but for whoever left it
// is the day to come back.
func (c *Coach) AsOf(a Ask, history []store.Noted, g store.Answered) (Ask, error) {
	a.Person, a.Now, a.Seed = g.PersonID, g.At.In(a.Now.Location()), uint64(g.Seed)
	var until []store.Noted
	for _, n := range history {
		if !n.At.After(g.At) {
			until = append(until, n)
		}
	}
	places, _, _, err := c.Refold(a.Contact, until)
	if err != nil {
		return a, err
	}
	a.Places, a.Recent = places, nil
	for _, n := range slices.Backward(until[max(0, len(until)-store.RecentNotes):]) {
		h := store.Heard{ID: n.ID, AuthorID: n.AuthorID, At: n.At, Channel: n.Channel, Direction: n.Direction, Note: n.Note, Plan: n.Plan}
		for _, s := range n.Signals {
			h.Signals = append(h.Signals, s.Signal)
		}
		a.Recent = append(a.Recent, h)
	}
	then := store.Ledger{}
	for _, h := range a.Ledger.Shares {
		if !h.At.After(g.At) && (h.SuggestionID == 0 || h.SuggestionID < g.ID) {
			then.Shares = append(then.Shares, h)
		}
	}
	then.Given = len(then.Shares)
	for _, k := range a.Ledger.Asks {
		then.Asked += one(!k.At.After(g.At))
	}
	for _, f := range a.Ledger.Refused {
		if f.At.Before(g.At) && !slices.Contains(g.Refused, f.ContentID) {
			then.Refused = append(then.Refused, f)
		}
	}
	for _, s := range a.Ledger.Steps {
		if slices.ContainsFunc(until, func(n store.Noted) bool { return n.ID == s.InteractionID }) && leftOn(places) {
			then.Steps = append(then.Steps, s)
		}
	}
	a.Ledger = then
	return a, nil
}

func leftOn(places []store.Place) bool {
	return slices.ContainsFunc(places, func(p store.Place) bool {
		return p.Journey == journey.Default && p.Status == suggest.StatusLeft
	})
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
