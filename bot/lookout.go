package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"cairn/store"
)

// lookAfter is how long a request takes before somebody looks whom it waits for:
// afterwards, when it is given up, that is not to be seen any more. Few take so long.
const lookAfter = 700 * time.Millisecond

const (
	lookLimit = 400 * time.Millisecond
	// lookPause is the least time between two looks: those who wait at once mostly
	// wait for the same.
	lookPause = 200 * time.Millisecond
)

// lookout remembers for whom requests waited when somebody looked last.
type lookout struct {
	mu    sync.Mutex
	tried time.Time // a look began
	at    time.Time // of the last that saw
	held  []store.Holder
}

// lookOut looks after a while, unless what it returns is called before.
func (b *Bot) lookOut() (stop func() bool) {
	return time.AfterFunc(lookAfter, func() { b.waits.look(b.store) }).Stop
}

func (l *lookout) look(s *store.Store) {
	if !l.begins() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lookLimit)
	defer cancel()
	held, err := s.Waits(ctx)
	if err != nil { // the log line goes without, and doctor looks by itself
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at, l.held = time.Now(), held
}

func (l *lookout) begins() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.tried) < lookPause {
		return false
	}
	l.tried = time.Now()
	return true
}

// since gives whom requests were seen to wait for since then.
func (l *lookout) since(then time.Time) []store.Holder {
	l.mu.Lock()
	defer l.mu.Unlock()
	if then.IsZero() || l.at.Before(then) {
		return nil
	}
	return l.held
}

// heldRows is [store.ErrHeld] or [store.ErrCompanyHeld] where something that was given up after
// waiting since then waited for rows of contacts, or of companies, as far as was seen: the
// server does not always say so. Else it is nil, as it is of what only queued behind lines
// that were recorded: whom it was about nobody held, whoever held others.
func (l *lookout) heldRows(then time.Time, err error) error {
	if !errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != store.Slow || errors.Is(err, store.ErrQueued) {
		return nil
	}
	held := l.since(then)
	alone := func(table string) bool {
		return len(held) > 0 && !slices.ContainsFunc(held, func(h store.Holder) bool {
			return h.Busy() || !h.Rows || !slices.Equal(h.Tables, []string{table})
		})
	}
	switch {
	case alone("contacts"):
		return store.ErrHeld
	case alone("companies"):
		return store.ErrCompanyHeld
	}
	return nil
}
