package fault

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"time"

	"cairn/bot/bench"
	"cairn/bot/slacksim"
)

// stopLimit is how long a bot that is told to end may take, whatever hangs.
const stopLimit = 10 * time.Second

// hangingStop tells `cairn run` to end while its database hangs: it takes
// connections and says nothing more, as one whose processes are held.
func (h *House) hangingStop(ctx context.Context, binary string) (string, error) {
	c := h.child(ctx, binary, "", "DATABASE_URL="+h.Proxied)
	if err := c.Start(); err != nil {
		return "", err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	defer func() { _ = c.Process.Kill() }() // where it has not ended
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := h.WaitSockets(wait, 2); err != nil {
		return "", err
	}
	if err := h.warm(ctx); err != nil {
		return "", err
	}
	stop := h.load(ctx, h.Scale.Rate)
	defer stop()
	time.Sleep(time.Second)
	if err := h.proxy.swallow(); err != nil {
		return "", err
	}
	defer h.proxy.heal(ctx)
	time.Sleep(time.Second)
	begun := time.Now()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		return "", err
	}
	limit := stopLimit
	if !h.Scale.Patient { // its last steps want a processor
		limit += 3 * time.Second
	}
	select {
	case err := <-ended:
		took := time.Since(begun).Round(10 * time.Millisecond)
		stop()
		if err != nil {
			return h.sum(), fmt.Errorf("it ended badly: %w", err)
		}
		return fmt.Sprintf("ended after %v: %s", took, h.sum()), nil
	case <-time.After(limit):
		return h.sum(), fmt.Errorf("it did not end within %v", limit)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// eachOnce tells bots to end under load, the second while a table is locked, and counts
// what people see twice: an answer that Slack has shown is not sent again.
func eachOnce(ctx context.Context, h *House) (string, error) {
	asked := h.Asked()
	for i := range 2 {
		r, err := h.ready(ctx)
		if err != nil {
			return "", err
		}
		mend := func() {}
		if i == 1 { // what is said of lines that are not saved is shown once too
			tx, err := h.Direct.Begin(ctx)
			if err != nil {
				return "", err
			}
			mend = func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }
			if _, err := tx.Exec(ctx, `lock table inbox in share mode`); err != nil {
				mend()
				return "", err
			}
		}
		stop := h.load(ctx, 50)
		time.Sleep(h.Scale.Span)
		r.Stop()
		mend()
		stop()
	}
	twice, all := h.seenTwice()
	seen := fmt.Sprintf("2 bots told to end, one while a table was locked: of %d receipts and lines given back %d seen twice; %s", all, twice, h.sum())
	if n := h.Asked() - asked; n != 2*2 {
		return seen, fmt.Errorf("%d sockets were asked for, by two bots with two each", n)
	}
	if twice > 0 && h.Scale.Patient || twice > all/20 { // where the machine is busy, a proof may come too late
		return seen, fmt.Errorf("%d were seen twice", twice)
	}
	return seen, nil
}

// seenTwice counts what people see of their lines, and how much of it more than once.
func (h *House) seenTwice() (twice, all int) {
	seen := map[string]int{}
	for i := range bench.People {
		u := h.User(bench.Rep(i))
		for _, m := range u.Messages(u.DMChannel()) {
			text := slacksim.Text(m)
			switch n := bench.NumberIn(text); {
			case n != 0:
				seen[fmt.Sprintf("#%d", n)]++
			case strings.Contains(text, "NOT saved"):
				seen[fmt.Sprintf("line %d", lineIn(text))]++
			}
		}
	}
	for _, n := range seen {
		if n > 1 {
			twice++
		}
	}
	return twice, len(seen)
}
