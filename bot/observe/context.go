package observe

import (
	"slices"

	"cairn/bot/journey"
)

// Context is what is known of a contact before a note is read: which signals
// were seen, and the last of them. It is small, bounded, kept as JSON with the
// contact and moved on by [Context.After], so a note costs the same after one
// earlier note or a thousand. The zero Context is that of somebody new.
type Context struct {
	Notes int                    `json:"notes,omitempty"` // notes so far, counted up to 99
	Seen  map[journey.Signal]int `json:"seen,omitempty"`  // notes that showed the signal, counted up to 9
	Last  []Trace                `json:"last,omitempty"`  // the latest notes, newest first, at most three
}

// Trace is what is kept of one note.
type Trace struct {
	Signals   []journey.Signal  `json:"signals,omitempty"`
	Channel   journey.Channel   `json:"channel,omitempty"`
	Direction journey.Direction `json:"direction,omitempty"`
}

const (
	maxNotes  = 99
	maxSeen   = 9
	maxTraces = 3
)

// After returns the context once a note with these signals was recorded. The
// receiver is left as it was.
func (c Context) After(signals []journey.Signal, channel journey.Channel, direction journey.Direction) Context {
	next := Context{Notes: min(c.Notes+1, maxNotes), Seen: make(map[journey.Signal]int, len(c.Seen)+len(signals))}
	for s, n := range c.Seen {
		next.Seen[s] = n
	}
	for _, s := range signals {
		next.Seen[s] = min(next.Seen[s]+1, maxSeen)
	}
	next.Last = append(next.Last, Trace{Signals: append([]journey.Signal(nil), signals...), Channel: channel, Direction: direction})
	next.Last = append(next.Last, c.Last[:min(len(c.Last), maxTraces-1)]...)
	return next
}

// saw reports whether any of the signals was ever seen.
func (c Context) saw(signals ...journey.Signal) bool {
	for _, s := range signals {
		if c.Seen[s] > 0 {
			return true
		}
	}
	return false
}

// bought reports whether they are, or were, a customer.
func (c Context) bought() bool {
	return c.saw(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Installed, journey.Adopted, journey.ValueStory)
}

// touched reports whether they ever answered, in any way.
func (c Context) touched() bool {
	for s, n := range c.Seen {
		if n > 0 && s.Who() != journey.Us && s != journey.NoticedUs && s != journey.WentQuiet {
			return true
		}
	}
	return false
}

// upset reports whether the latest word of theirs on it, as far as is remembered, is
// a complaint.
func (c Context) upset() bool {
	for _, t := range c.Last {
		if slices.ContainsFunc(t.Signals, journey.Signal.Calms) {
			return false
		}
		if slices.Contains(t.Signals, journey.Complained) {
			return true
		}
	}
	return c.Seen[journey.Complained] > 0 && c.Notes > len(c.Last)
}
