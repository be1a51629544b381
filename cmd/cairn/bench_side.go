package main

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"cairn/bot/bench"
)

// side drives Cairn and the bot that acks first and stores after by the same
// load, in turns: what recording first costs. Beside the acks stands the bare
// insert of an inbox row, which is the least that recording can cost.
func (b *benchRun) side(ctx context.Context) error {
	ours, theirs, err := b.both(ctx, true)
	if err != nil {
		return err
	}
	defer ours.stop()
	defer theirs.stop()
	if err := b.warmed(ctx, ours, theirs); err != nil {
		return err
	}
	// first: after the loads the server is busy with what they left, and on whose time is chance
	acks, err := b.inTurns(ctx, b.paced(ctx, theirs), b.paced(ctx, ours), b.bareInserts(ctx))
	if err != nil {
		return err
	}
	var rate [2][]float64
	for range b.Rounds {
		for i, s := range []serving{theirs, ours} {
			rate[i] = append(rate[i], b.closed(ctx, s, b.Span).Rate())
		}
	}
	b.compare("receipts/s, 64 in flight; beside ack-first", "%.0f", rate, "")
	b.quantile("ack p50 at 50/s, ms; beside ack-first", .5, acks[1], acks[0], "")
	b.quantile("ack p95 at 50/s, ms; beside ack-first", .95, acks[1], acks[0], "")
	b.quantile("ack p99 at 50/s, ms; beside ack-first", .99, acks[1], acks[0], "")
	b.quantile("ack p99 at 50/s, ms; beside a bare inbox insert", .99, acks[1], acks[2], "≤4")
	return nil
}

// bareInserts is the insert of an inbox row by itself, at the pace at which acks are
// timed.
func (b *benchRun) bareInserts(ctx context.Context) func(time.Duration) (bench.Result, error) {
	payload := make([]byte, 900) // about what Slack sends
	return func(span time.Duration) (bench.Result, error) {
		var mu sync.Mutex
		var r bench.Result
		var failed error
		b.next = bench.Pace(ctx, calm, span, b.next, func(n int) {
			at := time.Now()
			_, err := b.pool.Exec(ctx, `insert into inbox (team_id, person_id, envelope_id, kind, key, payload) values ($1, $2, $3, 'bench', $3, $4) on conflict do nothing`,
				bench.Team, bench.Rep(n), fmt.Sprintf("bare-%d-%d", at.UnixNano(), n), payload)
			d := time.Since(at)
			mu.Lock()
			defer mu.Unlock()
			r.Acks, failed = append(r.Acks, d), cmp.Or(failed, err)
		})
		if failed != nil {
			return r, fmt.Errorf("a bare insert: %w", failed)
		}
		return r, nil
	}
}
