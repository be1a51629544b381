package slacksim_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// BenchmarkSlash64 is what the simulation and slack-go cost together: 64
// commands in flight, each answered by an ack with a receipt, nothing stored.
func BenchmarkSlash64(b *testing.B) {
	w := newBenchWorld(b)
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

func newBenchWorld(b *testing.B) *world {
	w := makeWorld()
	b.Cleanup(func() { w.Close(); w.srv.Close() })
	sm := socketmode.New(w.api, socketmode.OptionPingInterval(10*time.Second))
	run, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { _ = sm.RunContext(run) })
	out := receipt()
	wg.Go(func() {
		for {
			select {
			case <-run.Done():
				return
			case ev := <-sm.Events:
				if _, ok := ev.Data.(slack.SlashCommand); ok {
					_ = sm.AckCtx(run, ev.Request.EnvelopeID, out)
				}
			}
		}
	})
	b.Cleanup(func() { stop(); w.Faults().DropSockets(); wg.Wait() })
	if err := w.WaitSockets(context.Background(), 1); err != nil {
		b.Fatal(err)
	}
	return w
}
