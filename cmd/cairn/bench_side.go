package main

import (
	"context"
	"fmt"
	"slices"
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
	var rate, p50, p95, p99 [2][]float64
	var bare []float64
	for range b.Rounds {
		for i, w := range []*bench.World{theirs.World, ours.World} {
			rate[i] = append(rate[i], b.closed(ctx, w, b.Span).Rate())
		}
		for i, w := range []*bench.World{theirs.World, ours.World} {
			r, next := w.Paced(ctx, calm, b.Span, b.next)
			b.next = next
			p50[i], p95[i], p99[i] = append(p50[i], ms(r.Quantile(.5))), append(p95[i], ms(r.Quantile(.95))), append(p99[i], ms(r.Quantile(.99)))
		}
		insert, err := b.bareInserts(ctx)
		if err != nil {
			return err
		}
		bare = append(bare, insert)
	}
	b.compare("receipts/s, 64 in flight; beside ack-first", "%.0f", rate, "")
	b.compare("ack p50 at 50/s, ms; beside ack-first", "%.1f", p50, "")
	b.compare("ack p95 at 50/s, ms; beside ack-first", "%.1f", p95, "")
	b.compare("ack p99 at 50/s, ms; beside ack-first", "%.1f", p99, "")
	b.compare("ack p99 at 50/s, ms; beside a bare inbox insert", "%.1f", [2][]float64{bare, p99[1]}, "≤4")
	return nil
}

// bareInserts is the 99th percentile, in milliseconds, of inserting an inbox
// row by itself at the pace at which acks are timed.
func (b *benchRun) bareInserts(ctx context.Context) (float64, error) {
	var mu sync.Mutex
	var took []time.Duration
	var failed error
	var wg sync.WaitGroup
	payload := make([]byte, 900) // about what Slack sends
	tick := time.NewTicker(time.Second / calm)
	defer tick.Stop()
	for begun := time.Now(); time.Since(begun) < b.Span && ctx.Err() == nil; {
		<-tick.C
		n := b.next
		b.next++
		wg.Go(func() {
			at := time.Now()
			_, err := b.pool.Exec(ctx, `insert into inbox (team_id, person_id, envelope_id, kind, key, payload) values ($1, $2, $3, 'bench', $3, $4) on conflict do nothing`,
				bench.Team, bench.Rep(n), fmt.Sprintf("bare-%d-%d", at.UnixNano(), n), payload)
			d := time.Since(at)
			mu.Lock()
			defer mu.Unlock()
			took = append(took, d)
			if err != nil {
				failed = err
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return 0, fmt.Errorf("a bare insert: %w", failed)
	}
	slices.Sort(took)
	return ms(bench.Result{Acks: took}.Quantile(.99)), nil
}
