package suggest

import (
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// Status of a contact, as the fold gives it.
const (
	StatusActive = "active"
	StatusQuiet  = "quiet"
	StatusLeft   = "left"
)

// Case is what is known of one contact when something is to be suggested.
// The zero Case is a contact of whom nothing is known.
type Case struct {
	Now time.Time

	Contact  string // first name, for the reason: "not yet sent to Dana"
	Title    string // what they are: "Head of IT"
	Company  string
	Industry string
	Language string // two letters if known; empty: read from the notes

	Stage        string // on the default journey; empty counts as attention
	Before       string // where they would stand had they brought us nobody; empty: not known
	Cycle        string // repeat, upsell, cross_sell or empty
	Status       string // StatusActive, StatusQuiet or StatusLeft; empty counts as active
	DoNotContact bool
	ReturnOn     time.Time // for those who left: when to come back; zero: not said
	NamedDay     time.Time // the last day that the latest note names for a step of anybody; zero: none

	GaveAt  time.Time // when they were given what they have not answered yet; zero: nothing is open
	StepDue time.Time // the earliest day of a step of theirs that is still open; zero: none
	OurStep string    // a step of ours that is still open, in the words of the one who asks; empty: none

	// Promised is the item that the one who asks has told them they will be given, and has
	// not given yet: it comes first, whatever else fits; 0: none.
	Promised int64
	Wanted   bool // Promised was not promised: they want it by a day
	Named    bool // Promised was not promised: they asked for it by its name

	Notes []Note // newest first; only the first MaxNotes are read

	// Words are a team's own, by which its notes are read; nil: those of the binary.
	Words *line.Words

	// Theirs reports whether Notes[note].Text[from:to] is the contact's own concern, and
	// may be told as such: no step of anybody, no act of ours. Nil: all of it is.
	Theirs func(note, from, to int) bool

	Heard []Heard // of their company, by the one who asks, newest first; only the first MaxHeard are read

	SharedIDs  map[int64]bool  // items given to this contact, ever
	SharedURLs map[string]bool // canonical URLs given to this contact, ever
	Refused    map[int64]Refusal
	Passed     map[int64]bool // shown and passed over just now (the button Another)
	Shown      map[int64]Showing

	Bought int // how often they bought, as the ledger has it; their notes may tell of more

	Given, Asked int // the ledger: things given, asks made; more asked than given is said in the reason

	Seed uint64 // of the one draw; record it with the suggestion
}

// MaxNotes bounds how many notes are read for one suggestion: older ones would
// weigh next to nothing.
const MaxNotes = 12

// Note is one interaction as a suggestion needs it.
type Note struct {
	At        time.Time
	Channel   journey.Channel
	Direction journey.Direction
	Text      string // word for word; only the first 2,000 bytes are read
	Signals   []journey.Signal
	// Departure is what the reading says of where the contact is; empty: they are there.
	Departure Departure
}

// Departure says that a contact is not to be had where they were.
type Departure string

// The departures.
const (
	Left     Departure = "left"     // they work there no more
	Unmailed Departure = "unmailed" // what is sent to them does not arrive
	Absent   Departure = "absent"   // they are away for a time
)

// Refusal is a rep's "Not useful" for this contact.
type Refusal struct {
	Reason RefusalReason
	At     time.Time
}

// Heard is something of public interest that was heard about the contact's
// company, without a talk with them. It counts for [HeardKept].
type Heard struct {
	At   time.Time
	Text string // only the first 2,000 bytes are read
}

// RefusalReason is one of the four reasons that "Not useful" asks for.
type RefusalReason string

const (
	NotForThem RefusalReason = "not_for_them" // wrong audience or topic: never for this contact, and its like ranks behind
	NotNow     RefusalReason = "not_now"      // wrong moment: again after NotNowRest
	HasIt      RefusalReason = "has_it"       // they have it already: counts as shared
	NotGood    RefusalReason = "not_good"     // outdated or badly made: never for this contact
)

// RefusalReasons returns the four reasons in the order in which they are shown.
func RefusalReasons() []RefusalReason {
	return []RefusalReason{NotForThem, NotNow, HasIt, NotGood}
}

// Showing is how often an item was suggested for this contact and not taken up.
type Showing struct {
	Times int
	Last  time.Time
}

// An item that was suggested for a contact EnoughShown times and never given
// rests for ShownRest after the last time: saying it once more would be nagging.
const (
	EnoughShown = 3
	ShownRest   = 14 * 24 * time.Hour
)

func (s Showing) rests(now time.Time) bool {
	return s.Times >= EnoughShown && now.Before(s.Last.Add(ShownRest))
}

// NotNowRest is how long an item rests for a contact after [NotNow].
const NotNowRest = 30 * 24 * time.Hour

// Count is what became of content so far. A share is helped when the contact
// answered it or moved up within 14 days (one share, one help, however often).
type Count struct {
	Shown    int // suggested to a rep
	Shared   int // given to a contact
	Answered int // shares that were answered
	Moved    int // shares followed by a move up within 14 days
	Helped   int // shares that were answered or followed by a move up
}

func (c Count) plus(d Count) Count {
	return Count{c.Shown + d.Shown, c.Shared + d.Shared, c.Answered + d.Answered, c.Moved + d.Moved, c.Helped + d.Helped}
}

// minus takes a part out of a count. An item that has changed its kind since its
// kind was counted is no part of it: nothing becomes less than nothing by it.
func (c Count) minus(d Count) Count {
	return Count{max(0, c.Shown-d.Shown), max(0, c.Shared-d.Shared), max(0, c.Answered-d.Answered), max(0, c.Moved-d.Moved), max(0, c.Helped-d.Helped)}
}

// ContentStage is an item given to contacts at one stage.
type ContentStage struct {
	Content int64
	Stage   string
}

// Tally is what a team has learnt: counts per item and stage. Totals per item
// and kind follow from them. The zero Tally knows nothing and is usable. It is
// read, never written, by Suggest, and may be shared while nobody writes.
type Tally struct {
	ByStage map[ContentStage]Count

	content map[int64]Count
	kind    map[string]Count
	all     Count
	// channels counts shares by channel: how they were answered.
	channels map[journey.Channel]Count
}

// NewTally sums counts per item and stage up to items and kinds. kindOf names
// an item's kind; unknown items count for no kind.
func NewTally(byStage map[ContentStage]Count, kindOf map[int64]string) Tally {
	t := Tally{ByStage: byStage, content: map[int64]Count{}, kind: map[string]Count{}}
	for key, c := range byStage {
		t.content[key.Content] = t.content[key.Content].plus(c)
		if kind := kindOf[key.Content]; kind != "" {
			t.kind[kind] = t.kind[kind].plus(c)
		}
		t.all = t.all.plus(c)
	}
	return t
}

// WithChannels returns the tally with the team's own figures of which channel
// answered best.
func (t Tally) WithChannels(by map[journey.Channel]Count) Tally {
	t.channels = by
	return t
}

// Of returns what became of an item over all stages.
func (t Tally) Of(content int64) Count { return t.content[content] }

// Before is where somebody of whom these notes tell, the newest first, would stand on a journey
// had they brought us nobody; empty where none tells that they did.
func Before(m *journey.Model, notes []Note) string {
	referral := func(s journey.Signal) bool { return s == journey.Referral }
	if !shows(notes, referral) {
		return ""
	}
	var rest []journey.Note
	for i, n := range slices.Backward(notes) {
		if signals := slices.DeleteFunc(slices.Clone(n.Signals), referral); len(signals) > 0 {
			rest = append(rest, journey.Note{ID: int64(i + 1), At: n.At, Signals: signals})
		}
	}
	state, _ := m.Fold(m.Start(), rest...)
	return state.Stage
}
