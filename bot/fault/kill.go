package fault

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"time"

	"cairn/bot/bench"
)

// Points are where the process is killed, in the order of a line's way; for
// those where nobody waits for an answer see [KillsPending].
var Points = []string{"received", "before-commit", "after-commit", "after-ack"}

// Build makes a cairn that can be killed at [Points].
func Build(ctx context.Context, to string) error {
	c := exec.CommandContext(ctx, "go", "build", "-tags", "failpoint", "-o", to, "cairn/cmd/cairn")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("fault: build with failpoints: %w: %s", err, out)
	}
	return nil
}

// Kills kills `cairn run` at each point in turn while people type, starts it
// again, and lets those who got no answer type their line once more, as
// people do.
func Kills(binary string) Run {
	return Run{"kill -9 of the bot", "no receipt is lost, no line doubled, at any point", func(ctx context.Context, h *House) (string, error) {
		return h.kills(ctx, binary)
	}}
}

func (h *House) kills(ctx context.Context, binary string) (string, error) {
	stop := h.retrying(ctx, 12)
	defer stop()
	for i := range h.Scale.Kills {
		point := Points[i%len(Points)]
		if err := h.untilKilled(ctx, binary, fmt.Sprintf("%s:%d", point, 1+rand.IntN(25))); err != nil {
			return "", fmt.Errorf("kill %d at %s: %w", i+1, point, err)
		}
	}
	// the last one stays, and answers
	last, err := h.remaining(ctx, binary)
	if err != nil {
		return "", err
	}
	defer last()
	back, err := h.healsUnder(ctx, time.Minute)
	if err != nil {
		return h.sum(), err
	}
	stop()
	h.Ledger.late(h.World)
	return fmt.Sprintf("%d kills: %s; receipts again %v after the last", h.Scale.Kills, h.sum(), back.Round(10*time.Millisecond)), nil
}

// untilKilled serves until the failpoint strikes.
func (h *House) untilKilled(ctx context.Context, binary, failpoint string, vars ...string) error {
	c := h.child(ctx, binary, failpoint, vars...)
	if err := c.Start(); err != nil {
		return err
	}
	dead := make(chan struct{})
	go func() { defer close(dead); _ = c.Wait() }() // it was killed: that is no error
	select {
	case <-dead:
		return ctx.Err()
	case <-time.After(time.Minute):
		_ = c.Process.Kill()
		<-dead
		return fmt.Errorf("the point %s was not passed within a minute", failpoint)
	}
}

func (h *House) child(ctx context.Context, binary, failpoint string, vars ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, binary, "run")
	c.Env = append(os.Environ(), "SLACK_API_URL="+h.URL, "SLACK_APP_TOKEN="+bench.AppToken, "SLACK_BOT_TOKEN="+bench.BotToken,
		"DATABASE_URL="+h.Direct.Config().ConnString(), "CAIRN_LISTEN=off", "CAIRN_LOG=error", "CAIRN_FAILPOINT="+failpoint,
		"OPENAI_API_KEY=", "OPENAI_BASE_URL=")
	c.Env = append(c.Env, vars...)
	return c
}

// retrying lets so many people type without pause; who gets no answer types
// the same line again.
func (h *House) retrying(ctx context.Context, people int) (stop func()) {
	live, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range people {
		wg.Go(func() {
			for live.Err() == nil {
				mu.Lock()
				n := h.next
				h.next++
				mu.Unlock()
				for live.Err() == nil {
					took, r, err := h.Log(ctx, n)
					h.Ledger.add(n, took, r, err)
					if err == nil && r.Failed == "" {
						break
					}
					time.Sleep(200 * time.Millisecond) // the time that typing takes
				}
			}
		})
	}
	return func() { cancel(); wg.Wait() }
}
