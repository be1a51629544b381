// Package sample holds the company that `cairn try` starts with: a sales team
// of invented people who sell Fieldnote (planning of inspections and
// maintenance) to manufacturers, food makers, hospitals and logistics firms,
// and twelve weeks of what they wrote down.
//
// It is data: team.yaml and one file an industry, read strictly. Every moment
// is counted in working days back from now, so the story is always fresh and
// never in the future. The signals given with each note are what a careful
// reader of the notes would see; whoever loads them decides whether to keep
// them or to read the notes anew. Nothing here touches a database.
package sample

import (
	"cmp"
	"slices"
	"time"

	"cairn/bot/journey"
)

// Weeks is how far back the story goes: no interaction is older.
const Weeks = 12

// Company is the whole sample, in the order of its files.
type Company struct {
	Team         string
	People       []Person
	Firms        []Firm
	Contacts     []Contact
	Interactions []Interaction // by contact, oldest first
}

// Role is what a person of the team does.
type Role string

const (
	Rep     Role = "rep"
	Manager Role = "manager"
	Editor  Role = "editor"
	Admin   Role = "admin"
)

// Person is one of the team.
type Person struct {
	ID     string // a handle: small letters, unique
	Name   string
	Title  string
	Role   Role
	Zone   string // IANA time zone, e.g. Europe/Berlin
	Switch bool   // to be offered on the page of `cairn try` to act as
}

// Firm is a customer's company.
type Firm struct {
	Name     string
	Industry string // manufacturing, food, hospitals or logistics
	Town     string
}

// Contact is somebody at a [Firm].
type Contact struct {
	ID       string // unique, e.g. jonas-weber-brandt
	Name     string
	Firm     string // name of the Firm
	Title    string
	Email    string
	Language string // ISO 639-1
	Aliases  []string
	Owners   []string // ids of reps, at least one
	Source   string   // id of the contact who brought them in, "" for none
}

// Interaction is one note.
type Interaction struct {
	Contact   string // id
	By        string // id of the rep who wrote it
	Ago       Ago
	Channel   journey.Channel
	Direction journey.Direction
	Note      string
	Signals   []journey.Signal
	Gave      []string // addresses of library items given in it
	Asked     []string // kinds: referral, recommendation, revenue
	Got       []Got
	Next      *Next
}

// Got is an exchange: what a contact gave us in return.
type Got struct {
	Kind string // revenue, referral or recommendation
	What string // in words; for a referral, who
}

// Next is the step agreed in a note.
type Next struct {
	What  string
	Whose string // them or us
	Days  int    // working days from now; below zero it is overdue
}

// Ago is a moment: some working days before now, at a time of day in the zone
// of the person who wrote the note.
type Ago struct {
	Days         int // working days, at least 1
	Hour, Minute int
}

// Event is an interaction at its moment.
type Event struct {
	Interaction
	At  time.Time // in the zone of the rep who wrote it, always before now
	Due time.Time // noon of the day of Next in that zone; zero without one
}

// At lays the story out before now, oldest first; interactions of one moment
// keep the order of the files.
func (c *Company) At(now time.Time) []Event {
	zones := map[string]*time.Location{}
	for _, p := range c.People {
		zones[p.ID] = mustZone(p.Zone)
	}
	events := make([]Event, len(c.Interactions))
	for i, in := range c.Interactions {
		local := now.In(zones[in.By])
		y, m, d := workingDay(local, -in.Ago.Days).Date()
		events[i] = Event{Interaction: in, At: time.Date(y, m, d, in.Ago.Hour, in.Ago.Minute, 0, 0, local.Location())}
		if in.Next != nil {
			y, m, d := workingDay(local, in.Next.Days).Date()
			events[i].Due = time.Date(y, m, d, 12, 0, 0, 0, local.Location())
		}
	}
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return events
}

// mustZone loads a zone that [Load] has already found to exist.
func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC // the zone data vanished since Load; a moment in UTC is still in order
	}
	return zone
}

// workingDay counts n working days (Monday to Friday) from t, back where n is
// below zero. Zero is t's day, or the Friday before a weekend.
func workingDay(t time.Time, n int) time.Time {
	for weekend(t) {
		t = t.AddDate(0, 0, -1)
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for ; n > 0; n-- {
		for t = t.AddDate(0, 0, step); weekend(t); {
			t = t.AddDate(0, 0, step)
		}
	}
	return t
}

func weekend(t time.Time) bool {
	return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
}
