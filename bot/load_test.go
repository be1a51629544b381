package bot_test

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func BenchmarkLog(b *testing.B) {
	o := open(b)
	u := o.User(maya)
	var wg sync.WaitGroup
	ch := make(chan int)
	var mu sync.Mutex
	var lat []time.Duration
	for range 64 {
		wg.Go(func() {
			for i := range ch {
				r, err := u.Slash(b.Context(), u.DMChannel(), "/log", fmt.Sprintf("Person%d Name%d, Company%d: call, asked about the audit trail, will ask IT by Friday", i%500, i%500, i%50))
				if err != nil || r.Failed != "" {
					b.Error(err, r)
					return
				}
				mu.Lock()
				lat = append(lat, r.Latency)
				mu.Unlock()
			}
		})
	}
	b.ResetTimer()
	for i := range b.N {
		ch <- i
	}
	close(ch)
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "receipts/s")
}
