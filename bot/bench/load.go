package bench

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cairn/bot/slacksim"
)

// Result is what a load came to. A receipt is an ack in time that shows one.
type Result struct {
	Receipts, Unanswered int
	Took                 time.Duration
	Acks                 []time.Duration // ascending
	// Shown are the numbers of the lines whose receipts were seen.
	Shown []int
}

// Rate is receipts a second.
func (r Result) Rate() float64 { return float64(r.Receipts) / r.Took.Seconds() }

// Add counts another load's result in.
func (r *Result) Add(other Result) {
	r.Receipts, r.Unanswered, r.Took = r.Receipts+other.Receipts, r.Unanswered+other.Unanswered, r.Took+other.Took
	r.Acks, r.Shown = append(r.Acks, other.Acks...), append(r.Shown, other.Shown...)
	slices.Sort(r.Acks)
}

// Quantile is the ack time that a share q of all stayed within; 0 for none.
func (r Result) Quantile(q float64) time.Duration {
	if len(r.Acks) == 0 {
		return 0
	}
	return r.Acks[min(len(r.Acks)-1, int(q*float64(len(r.Acks))))]
}

// tally gathers a result from many goroutines.
type tally struct {
	mu sync.Mutex
	Result
}

func (t *tally) add(n int, took time.Duration, reply *slacksim.Reply, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil || reply.Failed != "" {
		t.Unanswered++
		return
	}
	t.Acks = append(t.Acks, took)
	if Recorded(reply) {
		t.Receipts++
		t.Shown = append(t.Shown, n)
	}
}

// Number is the N of "Recorded #N" in a reply; 0 where it shows no receipt.
func Number(r *slacksim.Reply) int64 {
	if r == nil || r.Message == nil {
		return 0
	}
	return NumberIn(slacksim.Text(*r.Message))
}

// NumberIn is [Number] of a message's text.
func NumberIn(text string) int64 {
	_, rest, ok := strings.Cut(text, "Recorded #")
	if !ok {
		return 0
	}
	end := strings.IndexFunc(rest, func(c rune) bool { return c < '0' || c > '9' })
	if end < 0 {
		end = len(rest)
	}
	n, _ := strconv.ParseInt(rest[:end], 10, 64) // what is no number is none
	return n
}

// Recorded reports whether a reply shows a receipt.
func Recorded(r *slacksim.Reply) bool {
	return Number(r) != 0
}

func (t *tally) result(took time.Duration) Result {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Took = took
	slices.Sort(t.Acks)
	return t.Result
}

// Closed keeps so many commands in flight for a time: as soon as one is
// answered the next is typed. from numbers the lines; the next free number
// comes back.
func (w *World) Closed(ctx context.Context, inFlight int, span time.Duration, from int) (Result, int) {
	var t tally
	var next atomic.Int64
	next.Store(int64(from))
	begun := time.Now()
	var wg sync.WaitGroup
	for range inFlight {
		wg.Go(func() {
			for time.Since(begun) < span && ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				took, reply, err := w.Log(ctx, n)
				t.add(n, took, reply, err)
			}
		})
	}
	wg.Wait()
	return t.result(time.Since(begun)), int(next.Load())
}

// Paced types a command every so often, whether or not earlier ones are
// answered: people do not wait for each other.
func (w *World) Paced(ctx context.Context, perSecond float64, span time.Duration, from int) (Result, int) {
	var t tally
	begun := time.Now()
	next := Pace(ctx, perSecond, span, from, func(n int) {
		took, reply, err := w.Log(ctx, n)
		t.add(n, took, reply, err)
	})
	return t.result(time.Since(begun)), next
}

// Pace calls do every so often for a time, with numbers from from on and whether or not
// earlier calls have returned. It returns when all have, with the next free number.
func Pace(ctx context.Context, perSecond float64, span time.Duration, from int, do func(n int)) (next int) {
	var wg sync.WaitGroup
	tick := time.NewTicker(time.Duration(float64(time.Second) / perSecond))
	defer tick.Stop()
	next = from
	for begun := time.Now(); time.Since(begun) < span && ctx.Err() == nil; next++ {
		<-tick.C
		n := next
		wg.Go(func() { do(n) })
	}
	wg.Wait()
	return next
}
