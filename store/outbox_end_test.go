package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/store"
	"cairn/store/storetest"
)

// A process that dies while it sends must not end its lane: an older response
// becomes due meanwhile, and neither may wait for the other.
func TestACutOffAttemptComesBeforeAnOlderOneThatWaited(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	for _, key := range []string{"older", "younger"} {
		p := posting(key, "U1")
		p.Kind, p.Lane = store.KindResponse, "reply:U1"
		enqueue(t, s, p)
	}
	must(t, s.Retry(t.Context(), claim(t, s, now, "older"), now.Add(time.Minute), "not reached"))
	claim(t, s, now, "younger") // and its process dies
	later := now.Add(2 * time.Minute)
	again := claim(t, s, later, "younger")
	if !again.Doubt {
		t.Error("what was cut off is claimed without doubt")
	}
	must(t, s.Sent(t.Context(), again, "", "", later))
	claim(t, s, later, "older")
}

// Whatever becomes of attempts, their processes' deaths included, nothing stays
// in the outbox once Slack takes all: no two postings wait for each other.
func TestEveryPostingLeavesInTheEnd(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	ctx, run := t.Context(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		team, now, n := fmt.Sprint("T", run), time.Now(), 0
		ok := func(err error) {
			if err != nil {
				rt.Fatal(err)
			}
		}
		var held []store.Posting
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"put", "put", "claim", "claim", "end", "end", "time"}).Draw(rt, "step") {
			case "put":
				p := posting(fmt.Sprint("k", n), rapid.SampledFrom([]string{"A", "B"}).Draw(rt, "channel"))
				p.TeamID, p.Kind = team, rapid.SampledFrom([]string{store.KindMessage, store.KindDM, store.KindResponse}).Draw(rt, "kind")
				if rapid.IntRange(0, 4).Draw(rt, "held back") == 0 {
					p.NotBefore = now.Add(20 * time.Second)
				}
				_, _, err := s.Enqueue(ctx, p)
				ok(err)
				n++
			case "claim":
				p, got, err := s.ClaimPosting(ctx, team, now, 10*time.Second)
				ok(err)
				if got {
					held = append(held, p)
				}
			case "end":
				if len(held) > 0 {
					ok(ends(s, held[0], now, rapid.SampledFrom([]string{"sent", "retry", "limited", "unknown", "divert", "death"}).Draw(rt, "outcome")))
					held = held[1:]
				}
			case "time":
				now = now.Add(time.Duration(rapid.IntRange(1, 30).Draw(rt, "seconds")) * time.Second)
			}
		}
		for range 40 + 4*n { // what was cut off or put back is claimed once more
			now = now.Add(30 * time.Second)
			p, got, err := s.ClaimPosting(ctx, team, now, time.Minute)
			ok(err)
			if got {
				ok(s.Sent(ctx, p, "", "1", now))
			}
		}
		left, err := s.Backlog(ctx, team, now)
		ok(err)
		if len(left.States) > 0 {
			rt.Errorf("stays in the outbox: %v", left.States)
		}
	})
}

// ends lets an attempt come to this outcome, where it is not too late for it.
func ends(s *store.Store, p store.Posting, now time.Time, outcome string) error {
	ctx, err := context.Background(), error(nil)
	switch outcome {
	case "sent":
		err = s.Sent(ctx, p, "", "1", now)
	case "retry":
		err = s.Retry(ctx, p, now.Add(15*time.Second), outcome)
	case "limited":
		err = s.Limited(ctx, p, now.Add(15*time.Second), outcome)
	case "unknown":
		err = s.Unknown(ctx, p, now.Add(15*time.Second), outcome)
	case "divert":
		err = s.Divert(ctx, p, store.KindDM, "U1", p.Payload, outcome)
	}
	if errors.Is(err, store.ErrStale) {
		return nil // its lease was over and somebody has claimed it since
	}
	return err
}
