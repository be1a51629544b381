package slacksim_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// BenchmarkSlash64 is what the simulation and slack-go cost together: 64
// commands in flight, each answered by an ack with a receipt, nothing stored.
func BenchmarkSlash64(b *testing.B) {
	w := makeWorld()
	b.Cleanup(func() { w.Close(); w.srv.Close() })
	out := receipt()
	w.bot(b, func(*slack.Client, socketmode.Event) any { return out })
	var left atomic.Int64
	left.Store(int64(b.N))
	b.ResetTimer()
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				r, err := w.User("U1").Slash(context.Background(), "C1", "/log", "Dana Ruiz, Acme: call, asked about the audit trail")
				if err != nil || r.Failed != "" {
					b.Errorf("%+v, %v", r, err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "receipts/s")
}
