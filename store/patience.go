package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A transaction that waits for a lock keeps a connection, which others need who have
// nothing to do with the lock. So whatever a person waits for looks only for a moment
// whether a lock is in its way, a few times, and then begins anew in turn, to wait for longer:
// however much is held, and by whomever, few connections wait for it, beside those that are
// at their glances and the groups, each at most [lockGlance] (see recordAll). The turn is one
// for whatever is held; so whoever waits for it looks at their own lock meanwhile, ever more
// seldom: what was held for a moment only is not waited for behind what is held for long. Not so what may be
// long (see patienceEnds), an import or a digest say: it keeps its connection for all of the
// lock_timeout, and what holds it up holds up as many connections as there are such jobs at
// once. Nothing of a transaction stands that gave way, but numbers that it drew are used up:
// see queueArrival.

const (
	// lockWait is how long a transaction whose turn it is waits for a lock that somebody else
	// has until it gives way.
	lockWait = 100 * time.Millisecond
	// lockGlance is how long it waits before: as long as most hold one, such as another
	// replica that records a line about the same. It does so up to glances times.
	lockGlance = 10 * time.Millisecond
	glances    = 3
	// turnWait is how long who waits for such a turn does until another glance, at first; each
	// wait is twice as long as the one before, so that many who wait glance seldom.
	turnWait = 50 * time.Millisecond
	// timeToEnd is what must be left for a try: to wait once more, and to do it then.
	timeToEnd = lockWait + 50*time.Millisecond
	// mostTry is how long a try takes at most where the database answers: to come by a
	// connection, and to wait for a lock or two.
	mostTry = PoolWait + 2*timeToEnd
)

// waitingOver is how many of a pool's connections may wait in turn for locks at once.
func waitingOver(connections int32) int { return max(1, int(connections)/4) }

type lockWaitKey struct{}

// within has transactions under ctx wait no longer than that for a lock.
func within(ctx context.Context, limit time.Duration) context.Context {
	return context.WithValue(ctx, lockWaitKey{}, limit)
}

type againKey struct{}

// again has them know that a lock was in the way of one before.
func again(ctx context.Context) context.Context { return context.WithValue(ctx, againKey{}, true) }

func isAgain(ctx context.Context) bool { return ctx.Value(againKey{}) != nil }

// lockLimit is the statement that says so; empty: they wait as long as any does on their
// connection.
func lockLimit(ctx context.Context) string {
	limit, ok := ctx.Value(lockWaitKey{}).(time.Duration)
	if !ok {
		return ""
	}
	return fmt.Sprintf("set local lock_timeout = %d", limit.Milliseconds())
}

// begins is how an ordinary transaction under ctx begins.
func begins(ctx context.Context) pgx.TxOptions {
	if limit := lockLimit(ctx); limit != "" {
		return pgx.TxOptions{BeginQuery: "begin; " + limit}
	}
	return pgx.TxOptions{}
}

type briefKey struct{}

// brief says of what is done under ctx that it is soon done, as is all that is written about
// one contact, however much time there is for it.
func brief(ctx context.Context) context.Context { return context.WithValue(ctx, briefKey{}, true) }

// patienceEnds is until when what is done under ctx may begin anew for the sake of a lock.
// What has more time than a person waits, and is not brief, may be long: it keeps its
// connection instead, and ok is false.
func patienceEnds(ctx context.Context) (end time.Time, ok bool) {
	last := time.Now().Add(CommandTimeout)
	if end, ok := ctx.Deadline(); ok && !end.After(last) {
		return end, true
	}
	return last, ctx.Value(briefKey{}) != nil
}

// patiently runs a transaction until no lock that somebody else has is in its way, as long
// as there is time.
func (s *Store) patiently(ctx context.Context, run func(context.Context) error) error {
	end, ok := patienceEnds(ctx)
	if !ok {
		return run(ctx)
	}
	var w Waited
	err := w.glance(ctx, end, run)
	if !lockedOut(err) {
		return err
	}
	defer resting(ctx)()
	return w.told(s.inItsTurn(ctx, end, &w, err, run))
}

// inItsTurn goes on where the first glances, of which err is the last, found a lock.
func (s *Store) inItsTurn(ctx context.Context, end time.Time, w *Waited, err error, run func(context.Context) error) error {
	for wait := turnWait; time.Until(end) > timeToEnd; {
		var inTurn bool
		w.Queued += lasts(func() { inTurn = s.ownTurn(end, wait) })
		if time.Until(end) <= timeToEnd {
			s.giveTurn(inTurn)
			break
		}
		var next error
		took := lasts(func() { next = s.tryAgain(ctx, inTurn, run) })
		w.count(took, inTurn)
		switch {
		case lockedOut(next):
			err = next
		case !inTurn && errors.Is(next, errCrowded): // a glance has no claim to a connection
		case ranOut(ctx, next) && took < mostTry:
			return err // the lock is why there was no time
		default: // also where the database has fallen silent
			return next
		}
		if apart(1); !inTurn {
			wait *= 2
		}
	}
	return err
}

// ranOut reports that a try ended since the time of who asks was over, and not for any fault
// of the database that is known.
func ranOut(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, ErrUnavailable) && errors.Is(err, ctx.Err()) && !errors.As(err, new(*pgconn.ConnectError))
}

// apart waits for a moment that differs each time, so that two who are in each other's way
// do not begin anew at the same one.
func apart(times int) {
	time.Sleep(time.Duration(times) * (5*time.Millisecond + rand.N(10*time.Millisecond)))
}

// tryAgain is a try for which ownTurn may have taken a connection's turn, and gives it back;
// out of turn it is a glance.
func (s *Store) tryAgain(ctx context.Context, inTurn bool, run func(context.Context) error) error {
	defer s.giveTurn(inTurn) // also where run panics
	limit := lockGlance
	if inTurn {
		limit = lockWait
	}
	return run(again(within(ctx, limit)))
}

// ownTurn waits until a transaction may be tried once more with one of the connections that
// wait for locks, but not for longer than that, nor so long that there is no time for it.
func (s *Store) ownTurn(end time.Time, wait time.Duration) bool {
	last := time.NewTimer(min(wait, time.Until(end)-timeToEnd))
	defer last.Stop()
	select {
	case s.patient <- struct{}{}:
		return true
	case <-last.C:
		return false
	}
}

// giveTurn gives back what ownTurn took, if it did.
func (s *Store) giveTurn(taken bool) {
	if taken {
		<-s.patient
	}
}

// glance is the first few tries of a transaction: nearly always nothing is in its way, or
// nothing that stays there.
func (w *Waited) glance(ctx context.Context, end time.Time, run func(context.Context) error) (err error) {
	ctx = within(ctx, lockGlance)
	w.count(lasts(func() { err = run(ctx) }), false)
	for n := 1; n < glances && lockedOut(err) && time.Until(end) > timeToEnd; n++ {
		apart(n)
		w.count(lasts(func() { err = run(again(ctx)) }), false)
	}
	return err
}

// lockedOut reports that a transaction ended since it waited too long for a lock.
func lockedOut(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && pe.Code == "55P03" && !errors.Is(err, ErrUnknown)
}
