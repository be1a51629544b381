package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"cairn/store"
)

// Whoever was seen to hold contacts while a line waited is why it was not recorded, also
// where it waited behind others that waited for them; not another line of ours, nor who held
// something else.
func TestLookoutTellsWhoHeldTheContact(t *testing.T) {
	now := time.Now()
	contacts := []string{"contacts"}
	slow := errors.Join(store.ErrUnavailable, context.DeadlineExceeded)
	for name, test := range map[string]struct {
		held []store.Holder
		at   time.Time
		err  error
		want bool
	}{
		"slow":         {[]store.Holder{{Rows: true, Tables: contacts}}, now, slow, true},
		"queued":       {[]store.Holder{{Rows: true, Tables: contacts}}, now, errors.Join(slow, store.ErrQueued), true},
		"seen before":  {[]store.Holder{{Rows: true, Tables: contacts}}, now.Add(-time.Hour), slow, false},
		"nobody":       {nil, now, slow, false},
		"ours, busy":   {[]store.Holder{{Rows: true, Tables: contacts, Application: "cairn", For: time.Millisecond}}, now, errors.Join(slow, store.ErrQueued), false},
		"a table":      {[]store.Holder{{Tables: contacts}}, now, slow, false},
		"another":      {[]store.Holder{{Rows: true, Tables: []string{"inbox"}}}, now, slow, false},
		"another end":  {[]store.Holder{{Rows: true, Tables: contacts}}, now, store.ErrNotFound, false},
		"out of reach": {[]store.Holder{{Rows: true, Tables: contacts}}, now, store.ErrUnavailable, false},
	} {
		l := lookout{at: test.at, held: test.held}
		if got := l.heldContact(now.Add(-time.Second), test.err); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
