package store

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// Of one contact one line is under way at a time in a process, and of a name that nobody
// bears yet: the others would wait for it in the database, each with a connection that
// lines about others need.

// subject is whom a line is about: a contact, or a name that nobody bears yet.
type subject struct {
	contact             int64
	team, name, company string // keys
}

func contactOf(id int64) subject { return subject{contact: id} }

func nameOf(team string, who Who) subject {
	return subject{team: team, name: who.NameKey, company: who.CompanyKey}
}

// heldError sends a line back to wait for another about the same subject: nothing of it
// stands.
type heldError struct{ by subject }

func (heldError) Error() string { return "another line about the same contact is under way" }

// turns are the subjects whose turn a line has, those that it took on its way beside its
// own.
type turns struct {
	groups *groups
	own    subject
	taken  []subject
}

// take takes the turn of a subject, or returns a heldError where another line has it.
// Without turns there is no other line to think of.
func (t *turns) take(s subject) error {
	if t == nil || s == t.own || slices.Contains(t.taken, s) {
		return nil
	}
	if !t.groups.claim(s) {
		return heldError{s}
	}
	t.taken = append(t.taken, s)
	return nil
}

// contact is whose turn a line has; 0: nobody's who is known.
func (t *turns) contact() int64 {
	if t == nil {
		return 0
	}
	for _, s := range append([]subject{t.own}, t.taken...) {
		if s.contact != 0 {
			return s.contact
		}
	}
	return 0
}

// give gives back what was taken; ended is how the line did.
func (t *turns) give(ended error) { t.groups.free(ended, t.taken...) }

// claim takes the turn of a subject if it is free and nobody waits for it: whose turn is next
// may have to wait for a place, and is not to be overtaken meanwhile.
func (g *groups) claim(s subject) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.busy[s] || slices.ContainsFunc(g.waiting, func(m *member) bool { return m.about == s }) {
		return false
	}
	g.busy[s] = true
	return true
}

// free lets the next lines about subjects go, and has those who wait know how the one before
// them ended.
func (g *groups) free(ended error, all ...subject) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, m := range g.waiting {
		if slices.Contains(all, m.about) {
			m.sees(ended)
		}
	}
	for _, s := range all {
		delete(g.busy, s)
	}
	g.dispatch()
}

// sees keeps of a line before m how it ended.
func (m *member) sees(ended error) {
	switch {
	case errors.As(ended, new(heldError)), errors.Is(ended, ErrUnknown): // it is still to come, or nobody knows
	case !errors.Is(ended, ErrUnavailable):
		m.passed = true
	case HeldBy(m.failed) == nil: // else that is said in any case
		m.failed = ended
	}
}

// held reports whether m waits for another line about the same.
func (g *groups) held(m *member) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.busy[m.about] && slices.Contains(g.waiting, m)
}

// gaveUp is the error of m, whose time was up before its turn came: that too many came before,
// where one of these did well, or what kept those from going.
func (m *member) gaveUp() error {
	if m.passed {
		return m.why(errors.Join(ErrUnavailable, m.ctx.Err(), ErrQueued))
	}
	return errors.Join(ErrUnavailable, m.ctx.Err(), m.failed)
}

// why says of m, whose time was up, that somebody held whom it is about, where a line before
// it gave up on that since m came.
func (m *member) why(err error) error {
	if held := HeldBy(m.failed); held != nil && m.ctx.Err() != nil && errors.Is(err, ErrUnavailable) && AilmentOf(err) == Slow {
		return errors.Join(err, held)
	}
	return err
}

type restKey struct{}

// Resting is a context for a line that may have to wait for another about the same
// contact, or for what somebody else holds: then it calls rest, once at a time, so that
// its place serves others meanwhile, and what rest returned once its own turn is over.
func Resting(ctx context.Context, rest func() (back func())) context.Context {
	var now atomic.Bool
	return context.WithValue(ctx, restKey{}, func() func() {
		if !now.CompareAndSwap(false, true) {
			return func() {} // it rests already
		}
		back := rest()
		return func() { now.Store(false); back() }
	})
}

// resting leaves the place of whatever ctx is of to others, where it has one to leave;
// what it returns takes it back.
func resting(ctx context.Context) (back func()) {
	if rest, ok := ctx.Value(restKey{}).(func() func()); ok {
		return rest()
	}
	return func() {}
}

// rest does so for a line that waits for its turn.
func (s *Store) rest(m *member) (back func()) {
	if !s.together.held(m) {
		return func() {}
	}
	return resting(m.ctx)
}

// inTurn runs do, which writes about a contact, when no line about that contact is under
// way. It takes no place of a line. do must not wait for another contact's turn.
func (s *Store) inTurn(ctx context.Context, contact int64, do func() error) error {
	m := newMember(ctx, Draft{}, nil, contactOf(contact))
	if s.together.claim(m.about) {
		return s.itsTurn(m, do)
	}
	s.together.join(m)
	defer s.rest(m)()
	patience := time.NewTicker(companyWait)
	defer patience.Stop()
	for {
		select {
		case <-m.turn:
			s.together.over()
			return s.itsTurn(m, do)
		case <-patience.C:
			if s.together.goAlone(m) {
				return s.itsTurn(m, do)
			}
			if ctx.Err() != nil && s.together.giveUp(m) {
				return m.gaveUp()
			}
		}
	}
}

// itsTurn runs do, whose turn m has, and gives the turn on.
func (s *Store) itsTurn(m *member, do func() error) error {
	var ended error // as it was, not as it is told: else one held contact would be told on and on
	defer func() { s.together.free(ended, m.about) }()
	ended = do()
	return m.why(ended)
}

// inTurnOf runs do in a transaction of its own when no line about the contact of an
// interaction is under way.
func (s *Store) inTurnOf(ctx context.Context, team string, interaction int64, do func(pgx.Tx) error) error {
	contact, err := s.whom(ctx, "interactions", team, interaction)
	if err != nil {
		return err
	}
	return s.about(ctx, contact, do)
}

// whom is the contact of a row of a table that has a contact in each; an error where there
// is no such row.
func (s *Store) whom(ctx context.Context, table, team string, id int64) (contact int64, err error) {
	conn, err := s.acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Release()
	err = conn.QueryRow(ctx, `select contact_id from `+table+` where id = $2 and team_id is not distinct from $1`, team, id).Scan(&contact)
	return contact, unavailable(err)
}

// about runs do in a transaction of its own when no line about a contact is under way;
// contact 0: nobody's.
func (s *Store) about(ctx context.Context, contact int64, do func(pgx.Tx) error) error {
	ctx = brief(ctx)
	if contact == 0 {
		return s.tx(ctx, do)
	}
	return s.inTurn(ctx, contact, func() error { return s.tx(ctx, do) })
}
