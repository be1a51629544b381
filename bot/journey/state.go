package journey

import (
	"fmt"
	"time"
)

// Status stands beside the stage: the stage says how far, the status whether
// the talk goes on.
type Status string

const (
	Active Status = "active"
	Quiet  Status = "quiet"
	Left   Status = "left"
)

// State is where one contact stands on one model, with all that is needed to
// fold on from here: a state that was kept as JSON and read again continues
// as if it had never been away. Which notes led here is told by the moves, not
// by the state: a note that only confirms a place leaves it as it was.
type State struct {
	Model        string   `json:"model"` // [Model.Version] that folded it
	Stage        string   `json:"stage"` // "" outside all rings
	Status       Status   `json:"status"`
	DoNotContact bool     `json:"do_not_contact"`
	Cycle        string   `json:"cycle"`     // "" when none is open
	Exchanged    []string `json:"exchanged"` // kinds, sorted by name
	Influence    bool     `json:"influence"`
	// Reached are the stages where the contact ever stood, by rank.
	Reached []string `json:"reached"`
	// Seen are the signals that were ever seen.
	Seen Set `json:"seen"`
	// Since is the time of the note that led to the present stage; zero for a
	// contact who never moved.
	Since time.Time `json:"since,omitzero"`
}

// MoveKind says what happened between two places.
type MoveKind string

// The kinds of moves. A change of stage stands in exactly one move of a note,
// the one whose From and To differ; all other moves have From equal to To.
// Where an interest opens a cycle, CycleOpened itself carries the change of
// stage; where a refusal closes one, CycleClosed does.
const (
	Up          MoveKind = "up"             // to the next stage
	Skipped     MoveKind = "skipped"        // up, over at least one stage
	Back        MoveKind = "back"           // to a stage where the talk can be taken up again
	CycleOpened MoveKind = "cycle_opened"   // Name is the cycle
	CycleClosed MoveKind = "cycle_closed"   // Name is the cycle
	Exchanged   MoveKind = "exchanged"      // Name is the kind of exchange
	WentLeft    MoveKind = "left"           // the status became left
	BecameQuiet MoveKind = "quiet"          // the status became quiet
	CameBack    MoveKind = "returned"       // the status became active again
	NoContact   MoveKind = "do_not_contact" // they asked to be left alone
	MayContact  MoveKind = "may_contact"    // by an act of theirs they may be written to again
	Refused     MoveKind = "refused"        // an unknown signal, or a state of another model: not folded
)

// Move is one change that a fold found.
type Move struct {
	Kind    MoveKind  `json:"kind"`
	From    string    `json:"from"` // stages; "" outside all rings
	To      string    `json:"to"`
	Name    string    `json:"name,omitempty"` // of the cycle or the kind of exchange
	Notes   []int64   `json:"notes"`          // the interactions that caused it
	Signals []Signal  `json:"signals"`        // of those notes, the ones that did
	At      time.Time `json:"at"`             // of the interaction
}

// NewNote returns a note, or an error that names a signal which does not
// exist. Signals named twice count once.
func NewNote(id int64, at time.Time, signals ...Signal) (Note, error) {
	set, err := SetOf(signals...)
	if err != nil {
		return Note{}, fmt.Errorf("note %d: %w", id, err)
	}
	return Note{ID: id, At: at, Signals: set.Signals()}, nil
}
