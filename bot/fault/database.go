package fault

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/bench"
)

func slowDatabase(ctx context.Context, h *House) (string, error) {
	r, err := h.ready(ctx)
	if err != nil {
		return "", err
	}
	// Lines about people who are known take three round trips, over connections
	// that have seen such lines before; others take more, and are told NOT saved.
	for range 2 {
		h.next = (h.next/bench.Contacts + 1) * bench.Contacts
		if err := h.warm(ctx); err != nil {
			return "", err
		}
	}
	h.next = (h.next/bench.Contacts + 1) * bench.Contacts
	if err := h.proxy.slow(500 * time.Millisecond); err != nil {
		return "", err
	}
	before := h.Ledger.Receipts
	for range 4 {
		h.say(ctx)
	}
	h.proxy.heal(ctx)
	if got := h.Ledger.Receipts - before; got != 4 {
		return "", fmt.Errorf("%d of 4 lines got a receipt", got)
	}
	slowest := h.Ledger.Slowest
	back, err := h.readyFarAway(ctx, r)
	return fmt.Sprintf("4 receipts, slowest after %v; ready %v after a lock, over a database 80 ms away each way", slowest.Round(time.Millisecond), back.Round(10*time.Millisecond)), err
}

// readyFarAway has a line fail over a database that is far away. To try whether
// lines can be recorded takes many round trips: it must come to an end all the same.
func (h *House) readyFarAway(ctx context.Context, r *Replica) (time.Duration, error) {
	if err := h.proxy.slow(80 * time.Millisecond); err != nil {
		return 0, err
	}
	defer h.proxy.heal(ctx)
	tx, err := h.Direct.Begin(ctx)
	if err != nil {
		return 0, err
	}
	if _, err = tx.Exec(ctx, "lock table inbox in share mode"); err == nil {
		h.say(ctx)
		if r.Bot.Saving(ctx) == nil {
			err = fmt.Errorf("it called itself ready while nothing was recorded")
		}
	}
	if err := errors.Join(err, tx.Rollback(ctx)); err != nil {
		return 0, err
	}
	return h.within(ctx, 20*time.Second, "its calling itself ready", func() bool { return r.Bot.Saving(ctx) == nil })
}

func swallowed(ctx context.Context, h *House) (string, error) {
	return h.broken(ctx, h.Scale.Rate, func(*pgxpool.Pool) (func(), error) {
		return func() { h.proxy.heal(ctx) }, h.proxy.swallow()
	})
}

func postgresKilled(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	stop := h.load(ctx, h.Scale.Rate)
	time.Sleep(time.Second)
	if err := h.Server.Halt(syscall.SIGKILL); err != nil {
		return "", err
	}
	time.Sleep(time.Second)
	if err := h.Server.Restart(ctx); err != nil {
		return "", err
	}
	back, err := h.healsUnder(ctx, 10*time.Second)
	stop()
	return fmt.Sprintf("%s; receipts again after %v", h.sum(), back.Round(10*time.Millisecond)), err
}

func exhausted(ctx context.Context, h *House) (string, error) {
	return h.broken(ctx, h.Scale.Rate, func(pool *pgxpool.Pool) (func(), error) {
		var held []*pgxpool.Conn
		give := func() {
			for _, c := range held {
				c.Release()
			}
		}
		for range pool.Config().MaxConns {
			c, err := pool.Acquire(ctx)
			if err != nil {
				return give, err
			}
			held = append(held, c)
		}
		return give, nil
	})
}

func locked(ctx context.Context, h *House) (string, error) {
	return h.held(ctx, "interactions in access exclusive mode")
}

// lockedRead holds a table into which no line is written, and which all read.
func lockedRead(ctx context.Context, h *House) (string, error) {
	return h.held(ctx, "people in access exclusive mode")
}

// held is broken by a lock.
func (h *House) held(ctx context.Context, table string) (string, error) {
	return h.broken(ctx, h.Scale.Rate, func(*pgxpool.Pool) (func(), error) {
		tx, err := h.Direct.Begin(ctx)
		if err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, "lock table "+table)
		return func() { _ = tx.Rollback(ctx) }, err
	})
}

func diskFull(ctx context.Context, h *House) (string, error) {
	return h.broken(ctx, h.Scale.Rate, func(*pgxpool.Pool) (func(), error) {
		_, err := h.Direct.Exec(ctx, `create function full_disk() returns trigger language plpgsql as
			$$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
			create trigger full_disk before insert on interactions execute function full_disk()`)
		return func() { _, _ = h.Direct.Exec(ctx, `drop trigger full_disk on interactions`) }, err
	})
}

func readOnly(ctx context.Context, h *House) (string, error) {
	return h.broken(ctx, h.Scale.Rate, func(pool *pgxpool.Pool) (func(), error) {
		set := func(to string) error {
			_, err := h.Direct.Exec(ctx, `do $$ begin execute format('alter database %I set default_transaction_read_only = `+to+`', current_database()); end $$`)
			pool.Reset() // as a failover to a standby cuts connections
			return err
		}
		return func() {
			_, _ = h.Direct.Exec(ctx, `set default_transaction_read_only = off`)
			_ = set("off")
		}, set("on")
	})
}

// ready starts a bot with two sockets whom everybody has met.
func (h *House) ready(ctx context.Context) (*Replica, error) {
	r, err := h.Serve(ctx, 2)
	if err != nil {
		return nil, err
	}
	return r, h.warm(ctx)
}

// broken breaks the database under load for the run's span, and wants an
// honest answer to every line and receipts within 10 s afterwards.
func (h *House) broken(ctx context.Context, rate float64, spoil func(*pgxpool.Pool) (mend func(), err error)) (string, error) {
	r, err := h.ready(ctx)
	if err != nil {
		return "", err
	}
	mend, err := spoil(r.Pool)
	if err != nil {
		return "", err
	}
	stop := h.load(ctx, rate)
	time.Sleep(h.Scale.Span)
	honest := r.Bot.Saving(ctx)
	mend()
	back, err := h.healsUnder(ctx, 10*time.Second)
	stop()
	switch {
	case honest == nil:
		return h.sum(), fmt.Errorf("it called itself ready while nothing was recorded")
	case err == nil:
		_, err = h.within(ctx, time.Minute, "its calling itself ready", func() bool { return r.Bot.Saving(ctx) == nil })
	}
	if err != nil {
		return h.sum(), err
	}
	switch {
	case h.Ledger.Unanswered > 0:
		return h.sum(), fmt.Errorf("%d lines got no answer", h.Ledger.Unanswered)
	case h.Ledger.Unsaved+h.Ledger.Unsure == 0:
		return h.sum(), fmt.Errorf("no line was said not to be saved: the fault was none")
	}
	return fmt.Sprintf("%s; receipts again after %v", h.sum(), back.Round(10*time.Millisecond)), nil
}

// healsUnder waits until lines of the load that is running get receipts.
func (h *House) healsUnder(ctx context.Context, limit time.Duration) (time.Duration, error) {
	before := h.Ledger.count(&h.Ledger.Receipts)
	return h.within(ctx, limit, "a receipt", func() bool { return h.Ledger.count(&h.Ledger.Receipts) > before+2 })
}

// sum tells the ledger in a line.
func (h *House) sum() string {
	l := h.Ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	return fmt.Sprintf("%d receipts, %d not saved, %d not confirmed, %d unanswered, slowest %v",
		l.Receipts, l.Unsaved, l.Unsure, l.Unanswered, l.Slowest.Round(time.Millisecond))
}

// unbroken is the sum where nothing was broken on purpose, with what was said of the first line
// that was not saved all the same.
func (h *House) unbroken() string {
	sum := h.sum()
	h.Ledger.mu.Lock()
	defer h.Ledger.mu.Unlock()
	if h.Ledger.why != "" {
		sum += "; not saved: " + h.Ledger.why
	}
	return sum
}
