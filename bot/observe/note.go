package observe

import (
	"time"

	"cairn/bot/journey"
)

// Note is one interaction as it is read.
type Note struct {
	Text      string // word for word; the first 4 kB are read
	Channel   journey.Channel
	Direction journey.Direction
	At        time.Time
	// Names are the contact's name and then the company's, where known. They
	// are hidden from the reading, so that nothing hangs on who it is about.
	Names []string
}

// unsaid reports whether the line says neither how nor by whom: what is left of
// [cairn/bot/line] when no word tells. Labelled records with no channel are mostly
// of systems that saw somebody pay, and a hurried line is not.
func (n Note) unsaid() bool {
	return n.Channel == journey.Other && n.Direction == journey.In
}

// side is the direction as a feature.
func (n Note) side() string {
	if n.unsaid() {
		return "?"
	}
	return string(n.Direction)
}

// way is the channel as a feature.
func (n Note) way() string {
	if n.unsaid() {
		return "?"
	}
	return string(n.Channel)
}

// typed is n as a line that says neither.
func (n Note) typed() Note {
	n.Channel, n.Direction = journey.Other, journey.In
	return n
}
