package slacksim

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// bell wakes those who wait for a change. Ringing it costs one atomic load
// while nobody waits, so it may stand on the way of every message.
type bell struct {
	waiting atomic.Int64
	mu      sync.Mutex
	ch      chan struct{}
}

func (b *bell) ring() {
	if b.waiting.Load() == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}

func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

// Wait returns once ok does. It looks again at every change of the workspace
// (messages, views, sockets, deliveries), never by the clock. The error tells
// that ctx ended first.
func (ws *Workspace) Wait(ctx context.Context, ok func() bool) error {
	ws.changed.waiting.Add(1)
	defer ws.changed.waiting.Add(-1)
	for {
		next := ws.changed.next()
		if ok() {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return fmt.Errorf("slacksim: waited in vain: %w", ctx.Err())
		}
	}
}

// WaitMessage returns the newest message that user can see in channel and that
// fits ok, waiting for it if need be.
func (ws *Workspace) WaitMessage(ctx context.Context, channel, user string, ok func(Message) bool) (Message, error) {
	var found Message
	err := ws.Wait(ctx, func() bool {
		list := ws.User(user).Messages(channel)
		for i := len(list) - 1; i >= 0; i-- {
			if ok(list[i]) {
				found = list[i]
				return true
			}
		}
		return false
	})
	return found, err
}

// WaitSockets returns once at least n sockets of the app are connected.
func (ws *Workspace) WaitSockets(ctx context.Context, n int) error {
	return ws.Wait(ctx, func() bool { return ws.Sockets() >= n })
}
