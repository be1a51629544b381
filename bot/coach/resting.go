package coach

import (
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/store"
)

// restOf is why a line that is being recorded keeps its contact off the lists, see
// [store.Decision]; a talk to come does not.
func (c *Coach) restOf(k store.Known, d store.Draft, signals []journey.Signal, shelf Shelf) string {
	if d.Plan && len(signals) == 0 {
		return ""
	}
	return c.rest(k.Contact, suggest.Note{At: d.At, Direction: journey.Direction(d.Direction), Text: d.Note, Signals: signals}, shelf)
}

// RestAnew is the same of a note that stands and is read anew.
func (c *Coach) RestAnew(shelf Shelf) store.Rest {
	return func(about store.Contact, n store.Noted) string {
		var signals []journey.Signal
		for _, g := range n.Signals {
			signals = append(signals, journey.Signal(g.Signal))
		}
		if n.Plan && len(signals) == 0 {
			return ""
		}
		return c.rest(about, suggest.Note{At: n.At, Direction: journey.Direction(n.Direction), Text: n.Note, Signals: signals}, shelf)
	}
}

func (c *Coach) rest(about store.Contact, n suggest.Note, shelf Shelf) string {
	n.Text = c.Tells(about, n.Text)
	n.Departure = c.departure(about, n.Text)
	switch shelf.Library.Unlists(n, c.Lines()) {
	case suggest.UnlistsGone:
		return store.RestGone
	case suggest.UnlistsLetBe:
		return store.RestLetBe
	}
	return ""
}

// departure is what a note says of where its contact is.
func (c *Coach) departure(about store.Contact, note string) suggest.Departure {
	switch c.Reader.Departure(observe.Note{Text: note, Names: []string{about.Name, about.Company.Name}}) {
	case observe.Left:
		return suggest.Left
	case observe.Unmailed:
		return suggest.Unmailed
	case observe.Absent:
		return suggest.Absent
	}
	return ""
}
