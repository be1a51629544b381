package suggest

import "time"

// Item is one piece of content that a rep can give to a contact. Empty lists
// and zero times mean "no limit": an item without stages suits every stage.
type Item struct {
	ID         int64    // the caller's own; unique within a library
	Title      string   // as people see it
	URL        string   // as it was entered
	Canonical  string   // CanonicalURL(URL); two items never share one
	Kind       string   // checklist, case study, calculator, …; free text
	Stages     []string // attention, interaction, permission, engagement, exchange
	Roles      []string // whom it is for, free text: "IT", "CFO", "plant manager"
	Industries []string
	Topics     []string
	Language   string // two letters, lower case; empty: any
	Education  Education
	Gives      string // one sentence: what it gives the customer
	Owner      string
	ReviewBy   time.Time // midnight UTC of that day; from the day after on, overdue
	Expires    time.Time // midnight UTC of the last day on which it may be given
	PassOn     bool      // the customer may hand it on to others
	Retired    bool      // taken out of use; kept for its history
}

// Education is what an item teaches.
type Education string

const (
	// Results: how to get results in the customer's own business.
	Results Education = "results"
	// Tool: how to use what we sell.
	Tool Education = "tool"
)

// Stages of the default journey, in order; a library speaks of these.
var stageNames = [...]string{"attention", "interaction", "permission", "engagement", "exchange"}

// stands is the place of the contact's stage on the journey.
func (c *Case) stands() int { return max(0, stageIndex(c.Stage)) }

// stageIndex returns the place of a stage on the journey, or -1.
func stageIndex(name string) int {
	for i, s := range stageNames {
		if s == name {
			return i
		}
	}
	return -1
}

// Expired reports whether the item may no longer be given on the day of now, in
// now's zone.
func (it Item) Expired(now time.Time) bool { return isBefore(it.Expires, now) }

// Overdue reports whether the item's review date has passed on the day of now,
// in now's zone.
func (it Item) Overdue(now time.Time) bool { return isBefore(it.ReviewBy, now) }

// isBefore reports whether the day of a, each day as its own zone has it, lies
// before that of b; false where there is no a.
func isBefore(a, b time.Time) bool {
	return !a.IsZero() && dayIn(a).Before(dayIn(b))
}

// dayIn is midnight UTC of the day that t is in its own zone.
func dayIn(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
