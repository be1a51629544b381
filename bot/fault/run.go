package fault

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"cairn/bot/bench"
	"cairn/store/localpg"
)

// Run is one fault and the promise that it tries.
type Run struct {
	Name    string
	Promise string
	Do      func(ctx context.Context, h *House) (seen string, err error)
}

// Runs are all faults tried in this process; [Kills] tries the rest.
func Runs() []Run {
	return []Run{
		{"duplicates", "a delivery that comes again, over any replica, is processed once", duplicates},
		{"slow database", "a database 500 ms away still gives receipts in time", slowDatabase},
		{"database swallowed", "nothing is said to be saved that is not; heals by itself", swallowed},
		{"outcome unknown", "a commit whose outcome is unknown is looked up and told", unknown},
		{"database killed", "kill -9 of Postgres loses no receipt; healthy within 10 s of its return", postgresKilled},
		{"connections exhausted", "an honest answer in time, and receipts again afterwards", exhausted},
		{"slow lock", "an honest answer in time, and receipts again afterwards", locked},
		{"disk full", "an honest answer in time, and receipts again afterwards", diskFull},
		{"read-only", "an honest answer in time, and receipts again afterwards", readOnly},
		{"socket cut after delivery", "the line stands, and its receipt comes late", cutAfterDelivery},
		{"sockets recycled", "with two sockets every command is answered", recycled},
		{"socket gone deaf", "noticed and replaced within 12 s", deaf},
		{"reconnect that hangs", "the socket comes back all the same", hangingOpen},
		{"token refused", "not ready, and no storm of attempts", refused},
		{"one contact by fifty", "fifty lines about one new contact at once: one contact, fifty rows", fifty},
		{"shut down under load", "taken commands are answered; within 10 s", shutDown},
	}
}

// Try opens a house, does the run and compares ledger and database.
func (r Run) Try(ctx context.Context, server *localpg.Server, scale Scale, log *slog.Logger) (seen string, err error) {
	h, err := Open(ctx, server, scale, log)
	if err != nil {
		return "", err
	}
	defer h.Close()
	if seen, err = r.Do(ctx, h); err != nil {
		return seen, err
	}
	late := h.Ledger.late(h.World)
	if late > 0 {
		seen += fmt.Sprintf("; %d receipts came late", late)
	}
	if err := h.Ledger.inTime(); err != nil {
		return seen, err
	}
	return seen, h.Ledger.Check(ctx, h.Direct)
}

// say types the next line and books the answer.
func (h *House) say(ctx context.Context) {
	n := h.next
	h.next++
	took, r, err := h.Log(ctx, n)
	h.Ledger.add(n, took, r, err)
}

// warm lets everybody type once, so that nobody is met for the first time
// while something is broken.
func (h *House) warm(ctx context.Context) error {
	var wg sync.WaitGroup
	from := h.next
	h.next += bench.People
	gate := make(chan struct{}, 16)
	for i := range bench.People {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			took, r, err := h.Log(ctx, from+i)
			h.Ledger.add(from+i, took, r, err)
		})
	}
	wg.Wait()
	if h.Ledger.Receipts < bench.People*9/10 {
		return fmt.Errorf("before anything was broken, %d of %d lines got a receipt", h.Ledger.Receipts, bench.People)
	}
	h.Ledger.Slowest = 0 // a cold start is another matter
	return nil
}

// load types at a pace until the returned function is called, which waits for
// the last answers.
func (h *House) load(ctx context.Context, rate float64) (stop func()) {
	ctx2, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(time.Duration(float64(time.Second) / rate))
		defer tick.Stop()
		for {
			select {
			case <-ctx2.Done():
				return
			case <-tick.C:
			}
			n := h.next
			h.next++
			wg.Go(func() {
				took, r, err := h.Log(ctx, n)
				h.Ledger.add(n, took, r, err)
			})
		}
	})
	return func() { cancel(); wg.Wait() }
}

// until polls for a condition.
func until(ctx context.Context, limit time.Duration, what string, ok func() bool) (time.Duration, error) {
	begun := time.Now()
	for !ok() {
		if time.Since(begun) > limit {
			return limit, fmt.Errorf("%s did not come about within %v", what, limit)
		}
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return time.Since(begun), nil
}
