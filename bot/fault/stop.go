package fault

import (
	"context"
	"fmt"
	"syscall"
	"time"
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
