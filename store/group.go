package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// Lines that come faster than they can be recorded one by one are recorded in
// groups: what a transaction costs beside its rows (to begin, to be waited for,
// to reach the disk) is as much as the rows of a line, and is paid once. A line
// that comes alone waits for nobody, and goes alone.
//
// A group is no more than a saving. Whatever is not plain in one of its lines (a
// name that has to be asked about, a fault), and whatever takes
// time, takes all of it back, and each of them goes alone, as if there had been
// none; a second delivery, which leaves nothing to take back, alone leaves the others.
// Only a commit whose outcome is unknown is unknown to all of them.

const (
	groupSize = 8
	// companyWait is how long a line waits for company before it goes alone all the
	// same: those under way are held up by something.
	companyWait = 50 * time.Millisecond
	// groupTime is how long a group has for all that comes before its commit: then its
	// lines part, as they do after [lockGlance] for a row that somebody else holds: a group
	// that waits holds what up to eight lines need, of other replicas too.
	groupTime = 300 * time.Millisecond
	// timeToPart is what a line must have left to go with others: after they part it
	// still has as long as most take.
	timeToPart = time.Second
)

// ErrApart says that a line must be recorded by itself, not with others.
var ErrApart = errors.New("to be recorded alone")

// member is a line that waits for a group, or goes with one.
type member struct {
	ctx    context.Context
	draft  Draft
	decide Decide
	about  subject
	met    int64     // the contact, where the typed name tells it; 0: it goes alone
	end    time.Time // zero: it has all the time
	// passed and failed tell of the lines before it about the same, while it waits: that one did
	// well, or all that was asked of the database at least, and the last that did not.
	passed bool
	failed error
	// turn hands over the group that it is to lead, itself the first.
	turn chan []*member
	// over is closed when another has led it; then out and err are set.
	over chan struct{}
	out  Outcome
	err  error
}

func newMember(ctx context.Context, d Draft, decide Decide, about subject) *member {
	end, _ := ctx.Deadline()
	return &member{ctx: ctx, draft: d, decide: decide, about: about, end: end, turn: make(chan []*member, 1), over: make(chan struct{})}
}

// suits reports whether m may go with others in a group that first leads.
func (m *member) suits(first *member) bool {
	return m.met != 0 && first.met != 0 && !m.hurried() && !first.hurried()
}

// hurried reports whether there is too little time left to go with others, and to part
// from them: the others' commit would have to end as early as its own.
func (m *member) hurried() bool { return !m.end.IsZero() && time.Until(m.end) < timeToPart }

// groups are the lines under way, and those that wait.
type groups struct {
	most    int // transactions of lines under way before others wait for company
	mu      sync.Mutex
	running int
	busy    map[subject]bool // about whom a line is under way
	waiting []*member        // in the order in which they came
}

// groupsOver is how many groups a pool serves at once: one for each processor and one
// that waits for the disk, which leave connections to whoever goes alone.
func groupsOver(connections int32) int {
	return max(1, min(runtime.GOMAXPROCS(0)+1, int(connections)/2))
}

// join has m go as soon as there is a place and no other line about the same is under way.
func (g *groups) join(m *member) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, m)
	g.dispatch()
}

// goAlone has m wait no longer and keeps the place of its contact for it; false where m no
// longer waits, or that place is taken.
func (g *groups) goAlone(m *member) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.busy[m.about] || !g.takeBack(m) {
		return false
	}
	g.busy[m.about] = true
	return true
}

// giveUp has m wait no longer; false where it no longer waits.
func (g *groups) giveUp(m *member) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.takeBack(m)
}

// takeBack takes m from those who wait; g is locked.
func (g *groups) takeBack(m *member) bool {
	i := slices.Index(g.waiting, m)
	if i < 0 {
		return false
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	return true
}

// over gives the place of a group back.
func (g *groups) over() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	g.dispatch()
}

// dispatch begins groups of those who wait, as long as there are places: of the first who
// can go, and of others of other contacts.
func (g *groups) dispatch() {
	for g.running < g.most {
		var group []*member
		g.waiting = slices.DeleteFunc(g.waiting, func(m *member) bool {
			if len(group) == groupSize || g.busy[m.about] || len(group) > 0 && !m.suits(group[0]) {
				return false
			}
			g.busy[m.about] = true
			group = append(group, m)
			return true
		})
		if len(group) == 0 {
			return
		}
		g.running++
		group[0].turn <- group
	}
}

// record records a line, alone or with others that came meanwhile.
func (s *Store) record(ctx context.Context, d Draft, decide Decide) (Outcome, error) {
	m := newMember(ctx, d, decide, contactOf(d.ContactID))
	if m.met = s.meets(d); m.met != 0 {
		m.about = contactOf(m.met)
	}
	for {
		out, err := s.recordOne(m)
		var held heldError
		if !errors.As(err, &held) {
			return out, err
		}
		// whom it is about it was found out on the way: now it waits for its turn
		m = newMember(ctx, d, decide, held.by)
	}
}

// recordOne records the line of m: at once where it is to be found out whom it is about.
func (s *Store) recordOne(m *member) (Outcome, error) {
	if m.about == (subject{}) {
		return s.alone(m)
	}
	s.together.join(m)
	return s.recorded(m)
}

// recorded waits for m's turn, and returns what became of its line.
func (s *Store) recorded(m *member) (out Outcome, err error) {
	patience := time.NewTicker(companyWait)
	defer patience.Stop()
	defer s.rest(m)()
	for {
		select {
		case group := <-m.turn:
			err = s.itsTurn(m, func() (err error) { out, err = s.lead(group); return err })
			return out, err
		case <-m.over:
			err = s.itsTurn(m, func() (err error) { out, err = s.after(m); return err })
			return out, err
		case <-patience.C:
			if s.together.goAlone(m) {
				err = s.itsTurn(m, func() (err error) { out, err = s.alone(m); return err })
				return out, err
			}
			if m.ctx.Err() != nil && s.together.giveUp(m) {
				return Outcome{}, m.gaveUp()
			} // else it is under way, and ends in time with the others
		}
	}
}

// lead records a group, its own line the first of it, and gives its place back.
func (s *Store) lead(group []*member) (Outcome, error) {
	own := group[0]
	if len(group) == 1 {
		over := sync.OnceFunc(s.together.over)
		defer over()
		rests := own.ctx
		own.ctx = Resting(rests, func() func() { over(); return resting(rests) }) // who waits for a lock needs no place
		return s.alone(own)
	}
	err := s.recordAll(group)
	s.together.over()
	for _, m := range group {
		m.err = cmp.Or(m.err, err)
		close(m.over)
	}
	return s.after(own)
}

// after is what became of the line of m once its group is over.
func (s *Store) after(m *member) (Outcome, error) {
	switch {
	case !errors.Is(m.err, ErrApart):
		return m.out, m.err
	case m.ctx.Err() != nil: // there is no time left to go alone
		return Outcome{}, errors.Join(ErrUnavailable, m.ctx.Err(), m.err)
	case lockedOut(m.err):
		m.ctx = again(m.ctx)
	}
	return s.alone(m)
}

// recordAll records the lines of a group in one transaction. It returns [ErrApart] where
// nothing of it stands and each may go alone; nil where all stand, but those whose own error
// says that they are left out of it; else [ErrUnknown].
func (s *Store) recordAll(group []*member) (err error) {
	ctx, cancel := contextFor(group)
	defer cancel()
	before, cancel := context.WithTimeout(within(ctx, lockGlance), groupTime)
	defer cancel()
	var tx *flight
	defer func() {
		if recover() == nil { // else: the value may hold what somebody typed; the stack holds none of it
			return
		}
		if tx != nil && tx.landing {
			err = fmt.Errorf("%w: panic: %s", ErrUnknown, debug.Stack())
			return
		} // else it comes again where the line goes alone, and is told there
		err = fmt.Errorf("%w: panic: %s", ErrApart, debug.Stack())
	}()
	// always in the same order: no two groups wait for each other's contacts
	group = slices.SortedFunc(slices.Values(group), func(a, b *member) int { return cmp.Compare(a.met, b.met) })
	err = s.flyAlive(before, func(f *flight) error {
		tx = f
		batch, jobs, err := s.logAll(before, tx, group)
		if err := cmp.Or(err, before.Err()); err != nil {
			return err
		}
		return s.land(ctx, tx, batch, jobs)
	})
	switch {
	case errors.Is(err, ErrUnknown):
		return err
	case err != nil:
		return errors.Join(ErrApart, err)
	}
	for _, m := range group {
		if m.err == nil {
			m.out.Recorded = m.out.Known.Number
		}
	}
	s.recordedMore(len(group))
	return nil
}

// contextFor ends when the first line of a group has no more time. That somebody
// gives one of them up ends none of the others.
func contextFor(group []*member) (context.Context, context.CancelFunc) {
	first := time.Now().Add(CommandTimeout)
	for _, m := range group {
		if end, ok := m.ctx.Deadline(); ok && end.Before(first) {
			first = end
		}
	}
	return context.WithDeadline(context.WithoutCancel(group[0].ctx), first)
}

// logAll reads what is known of each line and decides what it comes to. What is to be
// written comes back, with the jobs that follow.
func (s *Store) logAll(ctx context.Context, tx *flight, group []*member) (*pgx.Batch, []river.InsertManyParams, error) {
	lines := make([]*logging, len(group))
	batch := &pgx.Batch{}
	// Before a number is drawn and a delivery taken in, as who tries again does (see queueArrival):
	// two copies of one delivery, by way of two processes, wait for the same things in one order.
	batch.Queue(`select from contacts where id = any($1) order by id for no key update`, contacts(group))
	for i, m := range group {
		m.out, m.err = Outcome{}, nil
		lines[i] = s.logging(tx, m.draft, m.met, &m.out)
		lines[i].queueArrival(batch)
	}
	if err := tx.first(ctx, batch); err != nil {
		return nil, nil, err
	}
	batch = &pgx.Batch{}
	var jobs []river.InsertManyParams
	for i, m := range group {
		if lines[i].in.ID == 0 { // it had come before: nothing was written for it
			m.err = ErrApart
			continue
		}
		if err := lines[i].settle(ctx, m.decide, batch); err != nil {
			return nil, nil, err
		}
		jobs = append(jobs, m.out.Decision.Jobs...)
	}
	return batch, jobs, nil
}

func contacts(group []*member) []int64 {
	ids := make([]int64, len(group))
	for i, m := range group {
		ids[i] = m.met
	}
	return ids
}

// settle decides what a line of a group comes to, if all about it is plain.
func (l *logging) settle(ctx context.Context, decide Decide, batch *pgx.Batch) (err error) {
	if !l.known.Contact.bears(l.draft.Delivery.TeamID, l.draft.Who) {
		return ErrApart
	}
	if err := l.prepare(ctx); err != nil {
		return err
	}
	if l.out.Decision, err = decide(l.out.Known); err != nil {
		return err
	}
	return l.write(ctx, batch)
}
