package coach

import (
	"math"
	"time"

	"cairn/bot/journey"
	"cairn/store"
)

// Reach is what it takes for a note of a contact to have them stand at a stage: the note of
// that number, if it took place at that time and showed these signals.
func (c *Coach) Reach(m *journey.Model, history []store.Noted, number int64, at time.Time, signals []journey.Signal, stage string) (journey.Reach, error) {
	all, err := notesOf(history)
	if err != nil {
		return journey.Reach{}, err
	}
	note := journey.Note{ID: math.MaxInt64, At: at, Signals: signals} // one that is put at another time gets a number of its own
	var others []journey.Note
	for _, n := range all {
		switch {
		case n.ID != number:
			others = append(others, n)
		case n.At.Equal(at):
			note.ID = number
		}
	}
	return m.Reach(others, note, stage), nil
}
