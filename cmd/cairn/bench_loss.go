package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/bench"
	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/store"
)

// loss breaks Cairn and the bot that acks first in the same ways, under the
// same load, and counts lines that were acked and do not stand, and lines whose
// receipt nobody was shown.
func (b *benchRun) loss(ctx context.Context) error {
	trials := []struct {
		figure, wanted string
		do             func(context.Context, rival) (int, error)
	}{
		{fmt.Sprintf("acked lines lost, %d × kill -9, 64 in flight", b.Kills), "0", b.killed},
		{"acked lines lost, SIGTERM at 200/s", "0", b.stopped},
		{"acked lines lost, table locked for 3 s at 50/s", "0", b.blocked},
		{"lines without a receipt (told NOT saved, too) of 500 at 50/s, a socket recycled every 2 s", "0", b.recycled},
	}
	for _, t := range trials {
		var n [2]int
		for i, r := range b.rivals(ctx) {
			var err error
			if n[i], err = t.do(ctx, r); err != nil {
				return fmt.Errorf("%s: %w", t.figure, err)
			}
		}
		b.row(t.figure+"; beside ack-first", fmt.Sprint(n[0]), fmt.Sprint(n[1]), "", t.wanted)
	}
	return nil
}

// rival is a bot as a process of its own, and where its lines stand.
type rival struct {
	child func(*bench.World) *exec.Cmd
	notes string // table and column of the notes
}

func (b *benchRun) rivals(ctx context.Context) [2]rival {
	return [2]rival{
		{func(w *bench.World) *exec.Cmd { return b.program(ctx, w) }, "interactions"},
		{func(w *bench.World) *exec.Cmd {
			c := b.program(ctx, w)
			c.Args = []string{c.Path, "bench-reference"}
			return c
		}, "reference.notes"},
	}
}

// missing counts which of the lines shown as recorded do not stand.
func (b *benchRun) missing(ctx context.Context, r rival, shown []int) (n int, err error) {
	var stand []int
	err = b.pool.QueryRow(ctx, `select coalesce(array_agg(substring(note from '\(note (\d+)\)')::int), '{}') from `+r.notes+` where note ~ '\(note \d+\)'`).Scan(&stand)
	if err != nil {
		return 0, err
	}
	slices.Sort(stand)
	for _, line := range shown {
		if _, ok := slices.BinarySearch(stand, line); !ok {
			n++
		}
	}
	return n, nil
}

// running starts a bot as a process of its own.
func (b *benchRun) running(ctx context.Context, child func(*bench.World) *exec.Cmd) (*bench.World, *exec.Cmd, error) {
	w, err := bench.NewWorld(benchCommands()...)
	if err != nil {
		return nil, nil, err
	}
	c := child(w)
	if err := c.Start(); err != nil {
		w.Close()
		return nil, nil, err
	}
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := w.WaitSockets(wait, 1); err != nil {
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
		w.Close()
		return nil, nil, err
	}
	return w, c, nil
}

// killed keeps 64 commands in flight and kills the bot, some times.
func (b *benchRun) killed(ctx context.Context, r rival) (lost int, err error) {
	for range b.Kills {
		w, c, err := b.running(ctx, r.child)
		if err != nil {
			return 0, err
		}
		live, cancel := context.WithCancel(ctx)
		ended := make(chan bench.Result, 1)
		go func() {
			res, next := w.Closed(live, inFlight, time.Minute, b.next)
			b.next = next
			ended <- res
		}()
		time.Sleep(1500 * time.Millisecond)
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
		cancel()
		res := <-ended
		w.Close()
		n, err := b.missing(ctx, r, res.Shown)
		if err != nil {
			return 0, err
		}
		lost += n
	}
	return lost, nil
}

// stopped ends the bot in order, as an upgrade does, under 200 commands a second.
func (b *benchRun) stopped(ctx context.Context, r rival) (int, error) {
	return b.during(ctx, r, 200, 3*time.Second, func(c *exec.Cmd) error {
		time.Sleep(1500 * time.Millisecond)
		return c.Process.Signal(syscall.SIGTERM)
	})
}

// blocked keeps the bot from writing for three seconds.
func (b *benchRun) blocked(ctx context.Context, r rival) (int, error) {
	return b.during(ctx, r, calm, 6*time.Second, func(*exec.Cmd) error {
		time.Sleep(time.Second)
		tx, err := b.pool.Begin(ctx)
		if err != nil {
			return err
		}
		defer tx.Rollback(ctx) //nolint:errcheck // it lets go, whatever it says
		if _, err := tx.Exec(ctx, "set local lock_timeout = 0; set local statement_timeout = 0; lock table "+r.notes+" in access exclusive mode"); err != nil {
			return err
		}
		time.Sleep(3 * time.Second)
		return nil
	})
}

// during does something to a bot under a paced load, and counts acked lines
// that do not stand once it has ended.
func (b *benchRun) during(ctx context.Context, r rival, rate float64, span time.Duration, do func(*exec.Cmd) error) (int, error) {
	w, c, err := b.running(ctx, r.child)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	done := make(chan error, 1)
	go func() { done <- do(c) }()
	res, next := w.Paced(ctx, rate, span, b.next)
	b.next = next
	err = <-done
	_ = c.Process.Signal(syscall.SIGTERM)
	_ = c.Wait() // its end is not what is measured
	if err != nil {
		return 0, err
	}
	return b.missing(ctx, r, res.Shown)
}

// recycled lets Slack recycle a socket every other second, and counts the lines
// whose receipt was not shown: those that went with their socket, and those
// that were honestly said not to be saved.
func (b *benchRun) recycled(ctx context.Context, r rival) (int, error) {
	w, c, err := b.running(ctx, r.child)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	defer func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() }() // its end is not what is measured
	time.Sleep(5 * time.Second)                                         // the second socket follows the first
	live, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for live.Err() == nil {
			time.Sleep(2 * time.Second)
			w.Faults().DisconnectSome("refresh_requested", 1)
		}
	}()
	_, next := w.Paced(ctx, calm, 10*time.Second, b.next)
	typed := next - b.next
	b.next = next
	time.Sleep(5 * time.Second) // what was recorded though its ack was lost is told late
	return max(0, typed-receiptsSeen(w)), nil
}

// receiptsSeen counts the receipts that people were shown, each once where
// they are numbered.
func receiptsSeen(w *bench.World) (n int) {
	seen := map[int64]bool{}
	for i := range bench.People {
		u := w.User(bench.Rep(i))
		for _, m := range u.Messages(u.DMChannel()) {
			number := bench.NumberIn(slacksim.Text(m))
			if number > 1 && seen[number] || number == 0 {
				continue
			}
			seen[number] = true
			n++
		}
	}
	return n
}

// benchReferenceCmd is the bot that acks first, as a process to be killed.
type benchReferenceCmd struct{}

// Run serves until it is killed.
func (benchReferenceCmd) Run(e *env) error {
	pool, err := store.Open(e.ctx, e.config.Database, e.config.Connections)
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := bench.Prepare(e.ctx, pool); err != nil {
		return err
	}
	api := post.NewClient(e.config.BotToken, e.config.SlackAPI, e.config.CallLimit, slack.OptionAppLevelToken(e.config.AppToken))
	(&bench.Reference{API: api, Pool: pool, AckFirst: true, Answer: slack.Msg{Text: "Recorded #1", ResponseType: slack.ResponseTypeEphemeral}}).Run(e.ctx)
	return nil
}
