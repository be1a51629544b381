package store

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Waited says how a transaction that gave up on a lock went about it: see patience.go.
type Waited struct {
	Tries int
	// Glancing and Trying are how long its tries took, those out of turn and those in turn;
	// Queued is how long it waited for its turn.
	Glancing, Queued, Trying time.Duration
}

// WaitedFor returns what err tells of it; ok is false where no lock was in the way.
func WaitedFor(err error) (w Waited, ok bool) {
	var told waitedError
	ok = errors.As(err, &told)
	return told.waited, ok
}

type waitedError struct {
	error
	waited Waited
}

func (w waitedError) Unwrap() error { return w.error }

// told has an error that means the database tell of it.
func (w *Waited) told(err error) error {
	if errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUnknown) {
		return waitedError{err, *w}
	}
	return err
}

func (w *Waited) count(took time.Duration, inTurn bool) {
	w.Tries++
	if inTurn {
		w.Trying += took
	} else {
		w.Glancing += took
	}
}

func lasts(do func()) time.Duration {
	begun := time.Now()
	do()
	return time.Since(begun)
}

// lockable are the tables of which a transaction may wait for a row.
var lockable = []string{"aliases", "asks", "audit", "companies", "contacts", "content", "digests", "exchanges", "gaps", "heard", "inbox", "interactions", "learned_names",
	"model_answers", "model_spending", "moves", "outbox", "owners", "people", "places", "prompt_exams", "prompt_file_texts", "prompt_files", "prompt_labels", "prompt_moves",
	"prompt_trials", "prompt_uses", "prompt_versions", "refusals", "reminders", "river_job", "schedules", "schema_floor", "second_looks", "shares", "signals", "steps",
	"suggestions", "tallies", "tally_marks", "team_readings", "teams", "verdicts"}

// lockedPlace is how the server tells, in whatever language, which row, or which entry of
// which index, it waited for. Tables are known by their names, so that nothing else of its
// words is taken: in some of them it quotes what was to be written.
var lockedPlace = regexp.MustCompile(`\((\d+,\d+)\).*?\b((?:` + strings.Join(lockable, "|") + `)(?:_[a-z_]+)?)\b`)

// LockOf says which row a transaction waited for in vain, as "contacts (3,14)", and whether
// a foreign key asked for it; empty where the server did not say.
func LockOf(err error) string {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return ""
	}
	m := lockedPlace.FindStringSubmatch(pe.Where)
	if m == nil {
		return ""
	}
	lock := m[2] + " (" + m[1] + ")"
	if strings.Contains(pe.Where, "FOR KEY SHARE OF x") {
		lock += " by a foreign key"
	}
	return lock
}
