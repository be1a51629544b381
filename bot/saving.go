package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"cairn/store"
)

// saving remembers that a line could not be recorded: a database that answers may
// still be full, locked or read-only, or lack something. Only then is it worth a
// trial whether one can be now; that others were recorded meanwhile says nothing of
// it.
type saving struct {
	failed atomic.Int64
	mu     sync.Mutex
	now    *attempt // the trial that is under way; nil: none
}

// attempt is a trial for all who ask meanwhile.
type attempt struct {
	ended chan struct{}
	err   error // once it has ended
}

func (s *saving) judge(err error) {
	var theirs *pgconn.PgError
	if errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrUnknown) || errors.As(err, &theirs) {
		s.failed.Store(time.Now().UnixNano())
	}
}

// savingWait is how long whoever asks waits for a trial. One over a database that
// is far away may take longer: it goes on, and the next who ask learn of it.
const savingWait = 1500 * time.Millisecond

var errTrying = errors.New("a line was not recorded, and whether lines can be now is still being tried")

// Saving reports why lines cannot be recorded at this moment; nil where they can,
// as far as is known. After one that was not, it takes lines through all that is
// done to record one, and takes them back, until that succeeds; it answers within
// two seconds. Where only some can be recorded the error is [store.ErrSome].
func (b *Bot) Saving(ctx context.Context) error {
	if b.saving.failed.Load() == 0 {
		return nil
	}
	a := b.attempt()
	limit := time.NewTimer(savingWait)
	defer limit.Stop()
	select {
	case <-a.ended:
		return a.err
	case <-limit.C:
	case <-ctx.Done():
	}
	return errTrying
}

// attempt gives the trial that is under way, or begins one.
func (b *Bot) attempt() *attempt {
	s := &b.saving
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now != nil {
		return s.now
	}
	a := &attempt{ended: make(chan struct{})}
	s.now = a
	go func() {
		defer close(a.ended)
		a.err = b.tryWrite()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.now = nil
	}()
	return a
}

func (b *Bot) tryWrite() error {
	at := b.saving.failed.Load()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer b.endsWith(cancel)()
	var jobs []river.InsertManyParams
	if b.coach.Follow != nil {
		jobs = b.coach.Follow(b.team, 0)
	}
	if err := b.store.TryWrite(ctx, jobs...); err != nil {
		return fmt.Errorf("lines cannot be recorded: %w", err)
	}
	b.saving.failed.CompareAndSwap(at, 0) // a line that failed meanwhile counts
	return nil
}

// Trial is what it takes to try without a bot whether lines can be recorded: a
// store, and the jobs that follow a line where there is a model.
func Trial(pool *pgxpool.Pool, model bool) (*store.Store, []river.InsertManyParams, error) {
	if !model {
		return store.New(pool, nil), nil, nil
	}
	queue, err := Queue(pool)
	return store.New(pool, queue), []river.InsertManyParams{jobOf("trial", lookArgs{Team: "trial"})}, err
}

// ailing says in a sentence what the database lacks, or what is not read yet; err is [store.ErrUnavailable].
func ailing(err error) string {
	if errors.Is(err, errUnread) {
		return "The library is large and still being read."
	}
	if held := store.HeldBy(err); errors.Is(held, store.ErrHeld) {
		return "Somebody else is changing this contact just now."
	} else if held != nil {
		return "Somebody else is changing this company just now."
	}
	if errors.Is(err, store.ErrQueued) {
		return "Too many lines about this contact came at once."
	}
	switch store.AilmentOf(err) {
	case store.Slow:
		return "The database took too long just now."
	case store.Crowded:
		return "All connections to the database are taken just now."
	case store.Refusing:
		return "Nothing can be saved just now."
	case store.Away, store.Lacking:
	}
	return "The database cannot be reached just now."
}
