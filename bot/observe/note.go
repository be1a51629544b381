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
