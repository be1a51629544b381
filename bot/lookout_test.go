package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"cairn/store"
)

// Whoever was seen to hold contacts while a line waited is why it was not recorded; not
// another line of ours, nor who held something else, nor anybody where the lines before it
// about the same contact were recorded.
func TestLookoutTellsWhoHeldTheContact(t *testing.T) {
	now := time.Now()
	contacts := []string{"contacts"}
	slow := errors.Join(store.ErrUnavailable, context.DeadlineExceeded)
	for name, test := range map[string]struct {
		held []store.Holder
		at   time.Time
		err  error
		want error
	}{
		"slow":         {[]store.Holder{{Rows: true, Tables: contacts}}, now, slow, store.ErrHeld},
		"queued":       {[]store.Holder{{Rows: true, Tables: contacts}}, now, errors.Join(slow, store.ErrQueued), nil},
		"seen before":  {[]store.Holder{{Rows: true, Tables: contacts}}, now.Add(-time.Hour), slow, nil},
		"a company":    {[]store.Holder{{Rows: true, Tables: []string{"companies"}}}, now, slow, store.ErrCompanyHeld},
		"nobody":       {nil, now, slow, nil},
		"ours, busy":   {[]store.Holder{{Rows: true, Tables: contacts, Application: "cairn", For: time.Millisecond}}, now, slow, nil},
		"a table":      {[]store.Holder{{Tables: contacts}}, now, slow, nil},
		"another":      {[]store.Holder{{Rows: true, Tables: []string{"inbox"}}}, now, slow, nil},
		"another end":  {[]store.Holder{{Rows: true, Tables: contacts}}, now, store.ErrNotFound, nil},
		"out of reach": {[]store.Holder{{Rows: true, Tables: contacts}}, now, store.ErrUnavailable, nil},
	} {
		l := lookout{at: test.at, held: test.held}
		if got := l.heldRows(now.Add(-time.Second), test.err); !errors.Is(got, test.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
