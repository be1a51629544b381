package bot

import (
	"context"
	"sync"
	"time"
)

// How long a bot that is told to stop may take. A database or a Slack that hangs
// must not hold up the process: whoever told it kills it after ten seconds.
const (
	// drainTimeout is for what was taken to be answered
	drainTimeout = 7500 * time.Millisecond
	// stopTimeout is for all of it: the rest of ten seconds is for the pool of
	// connections, and for a machine that is busy
	stopTimeout = 8500 * time.Millisecond
)

// Run serves until ctx ends, then leaves Slack to the other replicas, answers
// what it has taken, and returns within nine seconds. What a hanging database or
// Slack has not let go of by then is left as it is; its leases end by themselves.
func (b *Bot) Run(ctx context.Context) {
	defer close(b.ended)
	// the sockets outlive ctx by the time that it takes to answer
	live, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	b.learnFirst(ctx)
	var all parts
	all.begin("sockets", func() { b.sockets.Run(live) })
	all.begin("posting", func() { b.poster.Run(live) })
	all.begin("ticking", func() { b.ticking(ctx) })
	all.begin("following", func() { b.live.Run(live, b.store.WatchPrompts) })
	all.begin("jobs", func() { b.work(ctx) })
	<-ctx.Done()
	end := time.After(stopTimeout)
	b.cfg.Log.Info("stopping: leaving the sockets, answering what came by them")
	b.drain()
	stop()
	if left := all.wait(end); len(left) > 0 {
		b.cfg.Log.Error("ended without waiting for what hangs", "left", left)
	}
}

// parts are what a bot is made of while it runs.
type parts struct {
	names []string
	ended []chan struct{}
}

func (p *parts) begin(name string, run func()) {
	ended := make(chan struct{})
	p.names, p.ended = append(p.names, name), append(p.ended, ended)
	go func() { defer close(ended); run() }()
}

// wait returns once all have ended, or at the time limit the names of those that
// have not.
func (p *parts) wait(limit <-chan time.Time) (left []string) {
	var wg sync.WaitGroup
	for _, ended := range p.ended {
		wg.Go(func() { <-ended })
	}
	all := make(chan struct{})
	go func() { defer close(all); wg.Wait() }()
	select {
	case <-all:
		return nil
	case <-limit:
	}
	for i, ended := range p.ended {
		select {
		case <-ended:
		default:
			left = append(left, p.names[i])
		}
	}
	return left
}

// drain parts from Slack, answers what was taken, and waits until the acks are
// known to have arrived, or their receipts stand in the outbox.
func (b *Bot) drain() {
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		b.sockets.Leave()
		b.pool.drain()
		for flushed := false; !flushed; flushed = b.watching.Load() == 0 {
			time.Sleep(flushAcks)
		}
	}()
	select {
	case <-drained:
	case <-time.After(drainTimeout):
		b.cfg.Log.Error("some commands were not answered in time")
	}
}

// Answered waits until all that was answered so far is known to have arrived, about a
// second at most, or until ctx ends.
func (b *Bot) Answered(ctx context.Context) {
	for flushed := false; !flushed && ctx.Err() == nil; flushed = b.watching.Load() == 0 {
		time.Sleep(flushAcks)
	}
}

// flushAcks is how long acks at least get to reach the wire.
const flushAcks = 100 * time.Millisecond
