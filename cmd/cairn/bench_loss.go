package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/bench"
	"cairn/bot/post"
	"cairn/store"
)

// loss counts lines that were acked and do not stand after kill -9 with 64 in
// flight, and lines without an answer while sockets are recycled: for Cairn
// and for the bot that acks first.
func (b *benchRun) loss(ctx context.Context) error {
	var lost, unanswered [2]int
	for i := range 2 {
		child := func(w *bench.World) *exec.Cmd {
			c := b.program(ctx, w)
			if i == 1 {
				c.Args = []string{c.Path, "bench-reference"}
			}
			return c
		}
		for range b.Kills {
			n, err := b.killed(ctx, child, i == 1)
			if err != nil {
				return err
			}
			lost[i] += n
		}
		n, err := b.recycled(ctx, child)
		if err != nil {
			return err
		}
		unanswered[i] = n
	}
	b.row(fmt.Sprintf("acked lines lost, %d × kill -9, 64 in flight; beside ack-first", b.Kills), fmt.Sprint(lost[0]), fmt.Sprint(lost[1]), "", "0")
	b.row("unanswered of 500 at 50/s, a socket recycled every 2 s", fmt.Sprint(unanswered[0]), fmt.Sprint(unanswered[1]), "", "0")
	return nil
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
		w.Close()
		return nil, nil, err
	}
	return w, c, nil
}

func (b *benchRun) killed(ctx context.Context, child func(*bench.World) *exec.Cmd, reference bool) (int, error) {
	w, c, err := b.running(ctx, child)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	live, cancel := context.WithCancel(ctx)
	ended := make(chan bench.Result, 1)
	go func() {
		r, next := w.Closed(live, inFlight, time.Minute, b.next)
		b.next = next
		ended <- r
	}()
	time.Sleep(1500 * time.Millisecond)
	_ = c.Process.Kill()
	_ = c.Wait() // it was killed
	cancel()
	r := <-ended
	sql := `select count(*) from interactions where note like '%' || $1`
	if reference {
		sql = `select count(*) from reference.notes where note like '%' || $1`
	}
	lost := 0
	for _, n := range r.Shown {
		var rows int
		if err := b.pool.QueryRow(ctx, sql, bench.Mark(n)).Scan(&rows); err != nil {
			return 0, err
		}
		if rows == 0 {
			lost++
		}
	}
	return lost, nil
}

func (b *benchRun) recycled(ctx context.Context, child func(*bench.World) *exec.Cmd) (int, error) {
	w, c, err := b.running(ctx, child)
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
	r, next := w.Paced(ctx, calm, 10*time.Second, b.next)
	b.next = next
	return r.Unanswered, nil
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
