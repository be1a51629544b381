package store

import (
	"context"
	"errors"
	"sync"
)

// Together records lines as the members of one group, which the first leads. met are
// the contacts that they are about.
func (s *Store) Together(ctx context.Context, lines []Draft, met []int64, decide Decide) ([]Outcome, []error) {
	group := make([]*member, len(lines))
	for i, d := range lines {
		group[i] = newMember(ctx, d, decide, contactOf(met[i]))
		group[i].met = met[i]
	}
	s.together.mu.Lock()
	s.together.running++
	for _, m := range group {
		s.together.busy[m.about] = true
	}
	s.together.mu.Unlock()
	outs, errs := make([]Outcome, len(lines)), make([]error, len(lines))
	var wg sync.WaitGroup
	for i, m := range group {
		wg.Go(func() { outs[i], errs[i] = s.recorded(m) })
	}
	group[0].turn <- group
	wg.Wait()
	return outs, errs
}

// InTurn runs do when no line about a contact is under way.
func (s *Store) InTurn(ctx context.Context, contact int64, do func() error) error {
	return s.inTurn(ctx, contact, do)
}

// Waiting is how many lines wait.
func (s *Store) Waiting() int {
	s.together.mu.Lock()
	defer s.together.mu.Unlock()
	return len(s.together.waiting)
}

// BearersQuery is how those are looked for in whose name a typed one stands.
var BearersQuery = bearersQuery

// Slipped are the names that are looked for beside a typed one.
var Slipped = slipped

// Lockable are the tables of which it is told that a transaction waited for one of their rows.
var Lockable = lockable

// CountTables has the tables that grew counted.
func (s *Store) CountTables(ctx context.Context) error { return s.countTables(ctx) }

// Meet has a name known to be a contact's.
func (s *Store) Meet(team string, who Who, contact int64) {
	s.names.remember(team, who, met{id: contact})
}

// IsHeld reports whether something could not be done in time since somebody holds
// the row of a contact.
func IsHeld(err error) bool { return errors.Is(HeldBy(err), ErrHeld) }
