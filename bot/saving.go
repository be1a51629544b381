package bot

import (
	"context"
	"errors"
	"fmt"
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
type saving struct{ failed atomic.Int64 }

func (s *saving) judge(err error) {
	var theirs *pgconn.PgError
	if errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrUnknown) || errors.As(err, &theirs) {
		s.failed.Store(time.Now().UnixNano())
	}
}

// Saving reports why lines cannot be recorded at this moment; nil where they can,
// as far as is known. After one that was not, it takes lines through all that is
// done to record one, and takes them back, until that succeeds; it takes two seconds
// at most. Where only some can be recorded the error is [store.ErrSome].
func (b *Bot) Saving(ctx context.Context) error {
	at := b.saving.failed.Load()
	if at == 0 {
		return nil
	}
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

// ailing says in a sentence what the database lacks; err is [store.ErrUnavailable].
func ailing(err error) string {
	switch store.AilmentOf(err) {
	case store.Slow:
		return "The database took too long just now."
	case store.Refusing:
		return "The database takes nothing just now."
	case store.Away, store.Lacking:
	}
	return "The database cannot be reached just now."
}
