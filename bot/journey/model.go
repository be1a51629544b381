package journey

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Kind is the shape of a model.
type Kind string

const (
	// Ladder has a lowest stage, where everybody stands of whom nothing is
	// known.
	Ladder Kind = "ladder"
	// Rings has an outside, written "", where a contact stands until
	// something puts them on a ring; the first stage is the outermost ring.
	Rings Kind = "rings"
)

// Advice is what a stage asks of the rep, in words for the rep. Ask is empty
// where nothing should be asked yet. Channels are the ones that fit; empty
// means any that the contact chose.
type Advice struct {
	Give     string
	Ask      string
	Channels []Channel
}

// Stage is one place of a model. Rank counts from 1, from the lowest stage or
// the outermost ring inwards; 0 is outside.
type Stage struct {
	Name    string
	Title   string
	Rank    int
	Signals []Signal // each puts a contact here
	Proofs  []Signal // each puts a contact here who never stood here before
	Advice
	// Later is the advice once one of LaterOn was seen; nil where it is the
	// same.
	Later   *Advice
	LaterOn Set
}

// Model is one journey, compiled from its file. It does not change after
// [Parse] and may be used from many goroutines.
type Model struct {
	name, title, about string
	kind               Kind
	stages             []Stage // by rank-1
	rules              rules
	version            string
}

// rules is the model as the fold uses it: ranks instead of names, sets
// instead of lists. Exported fields, because its JSON is what is hashed.
type rules struct {
	Start     int
	Named     []Set // by rank: the signals that put a contact there
	Proofs    []Set
	Kinds     []exchangeKind
	Cycles    cycles
	Falls     []fall
	Influence Set
	Status    statusRules
	Stages    []string
}

type exchangeKind struct {
	Name string
	On   Set
}

// cycles are what follows an exchange. Customer are the signals after which
// an interest opens a cycle, Before the set that an interest counts as
// earlier than that, Closed the signals that close an open cycle.
type cycles struct {
	Customer, Before, Closed Set
	Repeat                   *cycle
	Open                     []cycle
	Interests                Set
	Refused                  *fall
}

// cycle is one way to begin again. To is 0 where it moves nobody. From limits
// the ranks (as bits) from which it moves; 0 means any.
type cycle struct {
	Name string
	On   Set
	From uint64
	To   int
}

// fall moves a contact from one of the From ranks (as bits) to the first of
// FirstReached where they ever stood, else to To. It does not hold for
// someone of whom one of Unless was seen.
type fall struct {
	On           Set
	From         uint64
	FirstReached []int
	To           int
	Unless       Set
}

// statusRules say which signals change the status beside the stage. Wake is
// computed: every act of theirs that is not one of the others.
type statusRules struct {
	Quiet, Left, NoContact, Lifted, Wake Set
}

// Name is the model's name, as in its file and in commands.
func (m *Model) Name() string { return m.name }

// Title is the model's name for people.
func (m *Model) Title() string { return m.title }

// About says in a sentence or two what the model is.
func (m *Model) About() string { return m.about }

// Kind is the model's shape.
func (m *Model) Kind() Kind { return m.kind }

// Stages returns the stages from the lowest, or outermost, on.
func (m *Model) Stages() []Stage { return slices.Clone(m.stages) }

// Stage returns the stage of that name. Outside all rings ("") is no stage.
func (m *Model) Stage(name string) (Stage, bool) {
	if rank := m.Rank(name); rank > 0 {
		return m.stages[rank-1], true
	}
	return Stage{}, false
}

// StageTitle is the title of the stage of that name; "outside" where there is no such
// stage.
func (m *Model) StageTitle(name string) string {
	if s, ok := m.Stage(name); ok {
		return s.Title
	}
	return "outside"
}

// Rank is the rank of the stage of that name: 0 outside or where there is no
// such stage, else from 1 on.
func (m *Model) Rank(name string) int {
	for i := range m.stages {
		if m.stages[i].Name == name {
			return i + 1
		}
	}
	return 0
}

// Cycles names the cycles that an interest or a repetition can open.
func (m *Model) Cycles() []string {
	var names []string
	if r := m.rules.Cycles.Repeat; r != nil {
		names = append(names, r.Name)
	}
	for _, c := range m.rules.Cycles.Open {
		names = append(names, c.Name)
	}
	return names
}

// Exchanges names the kinds of exchange that the model keeps.
func (m *Model) Exchanges() []string {
	names := make([]string, len(m.rules.Kinds))
	for i, k := range m.rules.Kinds {
		names[i] = k.Name
	}
	return names
}

// Version is the model's name and a hash of its rules: `aipee@1f2e3d4c5b6a`.
// Titles and advice are no part of it, so that new wording needs no new fold.
func (m *Model) Version() string { return m.version }

// Current reports whether s was folded by this version of the model. A state
// that was not must be folded anew from all notes.
func (m *Model) Current(s State) bool { return s.Model == m.Version() }

// Advice is what the contact's place asks of the rep. ok is false outside all
// rings and for a stage that the model does not have.
func (m *Model) Advice(s State) (advice Advice, ok bool) {
	stage, ok := m.Stage(s.Stage)
	if ok && stage.Later != nil && s.Seen&stage.LaterOn != 0 {
		return *stage.Later, true
	}
	return stage.Advice, ok
}

func (r *rules) sum() (string, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("hash the rules: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6]), nil
}

func (m *Model) stageName(rank int) string {
	if rank < 1 || rank > len(m.stages) {
		return ""
	}
	return m.stages[rank-1].Name
}
