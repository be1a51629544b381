package bot

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"cairn/store"
)

// saving remembers that the latest line could not be recorded: a database that
// answers may still be full, locked or read-only. Only then is it worth a trial
// whether one can be now.
type saving struct{ failed atomic.Int64 }

func (s *saving) judge(err error) {
	switch {
	case err == nil:
		s.failed.Store(0)
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, store.ErrUnknown):
		s.failed.Store(time.Now().UnixNano())
	}
}

// Saving reports why lines cannot be recorded at this moment; nil where they can,
// as far as is known. After one that was not, it tries what a line writes, and
// takes it back, until that succeeds; it takes two seconds at most.
func (b *Bot) Saving(ctx context.Context) error {
	at := b.saving.failed.Load()
	if at == 0 {
		return nil
	}
	if err := store.TryWrite(ctx, b.store.Pool()); err != nil {
		return fmt.Errorf("nothing can be recorded: %w", err)
	}
	b.saving.failed.CompareAndSwap(at, 0) // a line that failed meanwhile counts
	return nil
}

// ailing says in a sentence what the database lacks; err is [store.ErrUnavailable].
func ailing(err error) string {
	switch store.AilmentOf(err) {
	case store.Slow:
		return "The database took too long just now."
	case store.Refusing:
		return "The database takes nothing just now."
	case store.Away:
	}
	return "The database cannot be reached just now."
}
