package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

const team = "T1"

func posting(key, channel string) store.Posting {
	return store.Posting{TeamID: team, Kind: store.KindMessage, Channel: channel, Key: key, Payload: json.RawMessage(`{"text":"a\u0000b"}`)}
}

func enqueue(t *testing.T, s *store.Store, p store.Posting) int64 {
	t.Helper()
	id, fresh, err := s.Enqueue(t.Context(), p)
	if err != nil || !fresh {
		t.Fatalf("Enqueue(%s) = fresh %v, %v", p.Key, fresh, err)
	}
	return id
}

// claim expects the posting with this key, or none where key is empty.
func claim(t *testing.T, s *store.Store, now time.Time, key string) store.Posting {
	t.Helper()
	p, ok, err := s.ClaimPosting(t.Context(), team, now, 30*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if ok != (key != "") || p.Key != key {
		t.Fatalf("claimed %q, want %q", p.Key, key)
	}
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, s *store.Store, key string) string {
	t.Helper()
	p, err := s.Posted(t.Context(), team, key)
	must(t, err)
	return p.State
}

func TestSameKeyIsQueuedOnce(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	first := enqueue(t, s, posting("a", "C1"))
	id, fresh, err := s.Enqueue(t.Context(), posting("a", "C2"))
	if err != nil || fresh || id != first {
		t.Fatalf("second Enqueue = %d, fresh %v, %v; want the first row %d", id, fresh, err, first)
	}
	other := posting("a", "C1")
	other.TeamID = "T2"
	enqueue(t, s, other)
	for _, bad := range []store.Posting{{}, {TeamID: team, Kind: "fax", Channel: "C1", Key: "x", Payload: json.RawMessage(`{}`)},
		{TeamID: team, Kind: store.KindDM, Key: "x", Payload: json.RawMessage(`{}`)}} {
		if _, _, err := s.Enqueue(t.Context(), bad); err == nil {
			t.Errorf("Enqueue(%+v) was taken", bad)
		}
	}
}

func TestWhatWasToldPastTheOutboxIsNotPostedAgain(t *testing.T) {
	t.Parallel()
	s, now := store.New(storetest.DB(t), nil), time.Now()
	must(t, s.Told(t.Context(), posting("late", "C1")))
	if _, fresh, err := s.Enqueue(t.Context(), posting("late", "C1")); err != nil || fresh {
		t.Errorf("a delivery that comes again is queued: fresh %v, %v", fresh, err)
	}
	enqueue(t, s, posting("waits", "C1"))
	must(t, s.Told(t.Context(), posting("waits", "C1")))
	claim(t, s, now.Add(time.Hour), "")
	enqueue(t, s, posting("tried", "C2"))
	claim(t, s, now.Add(time.Hour), "tried")
	must(t, s.Told(t.Context(), posting("tried", "C2")))
	if got := state(t, s, "tried"); got != "sending" {
		t.Errorf("what a poster has in hand is %s; its outcome is the poster's to tell", got)
	}
}

func TestOneInFlightALaneAndInOrder(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	enqueue(t, s, posting("a1", "A"))
	enqueue(t, s, posting("a2", "A"))
	enqueue(t, s, posting("b1", "B"))
	later := posting("later", "L")
	later.NotBefore = now.Add(time.Hour)
	enqueue(t, s, later)

	a1 := claim(t, s, now, "a1")
	claim(t, s, now, "b1")
	claim(t, s, now, "")
	must(t, s.Sent(t.Context(), a1, "A", "1.1", now))
	claim(t, s, now.Add(store.PostingPace-time.Millisecond), "") // the lane rests
	a2 := claim(t, s, now.Add(store.PostingPace), "a2")

	// one that is retried holds up those behind it
	enqueue(t, s, posting("a3", "A"))
	must(t, s.Retry(t.Context(), a2, now.Add(10*time.Second), "503"))
	claim(t, s, now.Add(5*time.Second), "")
	if p := claim(t, s, now.Add(10*time.Second), "a2"); p.Attempt != 2 || p.Doubt {
		t.Errorf("second claim = attempt %d, doubt %v; want 2, false", p.Attempt, p.Doubt)
	}
	got, err := s.Posted(t.Context(), team, "a1")
	must(t, err)
	if got.State != "sent" || got.TS != "1.1" || got.Channel != "A" {
		t.Errorf("a1 = %+v", got)
	}
	claim(t, s, now.Add(2*time.Hour), "a2") // their leases ran out
	claim(t, s, now.Add(2*time.Hour), "b1")
	claim(t, s, now.Add(2*time.Hour), "later")
}

func TestLateWritersAreFenced(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	enqueue(t, s, posting("a", "A"))
	first := claim(t, s, now, "a")
	claim(t, s, now.Add(29*time.Second), "")
	second := claim(t, s, now.Add(31*time.Second), "a")
	if !second.Doubt || second.Attempt != 2 || !second.TriedAt.Equal(first.TriedAt) {
		t.Errorf("after the lease ran out: %+v", second)
	}
	for name, err := range map[string]error{
		"Sent":    s.Sent(t.Context(), first, "A", "1.1", now),
		"Retry":   s.Retry(t.Context(), first, now, ""),
		"Limited": s.Limited(t.Context(), first, now, ""),
		"Unknown": s.Unknown(t.Context(), first, time.Time{}, ""),
		"Fail":    s.Fail(t.Context(), first, ""),
		"Divert":  s.Divert(t.Context(), first, store.KindDM, "U1", json.RawMessage(`{}`), ""),
		"Park":    s.Park(t.Context(), first, "", nil),
	} {
		if !errors.Is(err, store.ErrStale) {
			t.Errorf("%s by the first attempt = %v, want ErrStale", name, err)
		}
	}
	must(t, s.Sent(t.Context(), second, "A", "1.2", now))
	if err := s.Sent(t.Context(), second, "A", "1.3", now); !errors.Is(err, store.ErrStale) {
		t.Errorf("Sent twice = %v", err)
	}
}

func TestDoubtStaysUntilLookedUp(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	enqueue(t, s, posting("a", "A"))
	enqueue(t, s, posting("behind", "A"))
	p := claim(t, s, now, "a")
	must(t, s.Unknown(t.Context(), p, now.Add(10*time.Second), "cut off"))
	claim(t, s, now.Add(9*time.Second), "")
	p = claim(t, s, now.Add(10*time.Second), "a")
	must(t, s.Limited(t.Context(), p, now.Add(20*time.Second), "429 on the history"))
	p = claim(t, s, now.Add(20*time.Second), "a")
	if !p.Doubt {
		t.Error("the doubt was forgotten over a retry")
	}
	must(t, s.Unknown(t.Context(), p, time.Time{}, "no history"))
	if got := state(t, s, "a"); got != "unknown" {
		t.Errorf("state = %s", got)
	}
	claim(t, s, now.Add(1000*time.Hour), "behind") // it holds up nobody for good
	claim(t, s, now.Add(1000*time.Hour), "")
}

func TestLimitedRestsTheMethodForTheTeam(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	enqueue(t, s, posting("a", "A"))
	p := claim(t, s, now, "a")
	dm, response, other := posting("dm", "U1"), posting("response", "B"), posting("other", "C")
	dm.Kind, response.Kind, other.TeamID = store.KindDM, store.KindResponse, "T2"
	for _, q := range []store.Posting{dm, response, other} {
		enqueue(t, s, q)
	}
	must(t, s.Limited(t.Context(), p, now.Add(7*time.Second), "429"))
	early := now.Add(7*time.Second - time.Millisecond)
	claim(t, s, early, "response")
	claim(t, s, early, "")
	if p, ok, err := s.ClaimPosting(t.Context(), "T2", early, time.Minute); !ok || err != nil || p.Key != "other" {
		t.Errorf("the other team's claim = %q, %v, %v", p.Key, ok, err)
	}
	claim(t, s, now.Add(7*time.Second), "a")
	claim(t, s, now.Add(7*time.Second), "dm")
}

func TestParkedUntilTheBotIsBack(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	for _, key := range []string{"a", "b", "c"} {
		enqueue(t, s, posting(key, "A"))
	}
	notice := store.Posting{TeamID: team, Kind: store.KindDM, Channel: "U1", Key: "parked:A", Payload: json.RawMessage(`{}`)}
	must(t, s.Park(t.Context(), claim(t, s, now, "a"), "is_archived", &notice))
	told := claim(t, s, now, "parked:A:1")
	must(t, s.Sent(t.Context(), told, "D1", "1.1", now))
	enqueue(t, s, posting("d", "A"))
	must(t, s.Park(t.Context(), claim(t, s, now, "d"), "not_in_channel", &notice))
	claim(t, s, now, "") // the owner is told once
	want := []store.Parked{{Channel: "A", Reason: "is_archived", Count: 4}}
	if b, err := s.Backlog(t.Context(), team, now); err != nil || b.States["parked"] != 4 || !slices.Equal(b.Parked, want) || b.Oldest != 0 {
		t.Errorf("Backlog = %+v, %v; want 4 parked", b, err)
	}
	if n, err := s.Unpark(t.Context(), team, "B", now); n != 0 || err != nil {
		t.Errorf("Unpark of another = %d, %v", n, err)
	}
	days := now.Add(72 * time.Hour) // longer than anything is tried for
	if n, err := s.Unpark(t.Context(), team, "", days); n != 4 || err != nil {
		t.Errorf("Unpark = %d, %v", n, err)
	}
	again := claim(t, s, days, "a")
	if !again.TriedAt.Equal(days.Truncate(time.Microsecond)) || again.Doubt {
		t.Errorf("tried anew = %+v; want a first try", again)
	}
	must(t, s.Park(t.Context(), again, "is_archived", &notice)) // it still is
	claim(t, s, days, "")                                       // and was told
	_, err := s.Unpark(t.Context(), team, "A", days)
	must(t, err)
	must(t, s.Sent(t.Context(), claim(t, s, days, "a"), "A", "1.2", days))
	days = days.Add(time.Minute)
	must(t, s.Park(t.Context(), claim(t, s, days, "b"), "is_archived", &notice)) // once more
	claim(t, s, days, "parked:A:2")                                              // is told once more
}

func TestDivertKeepsTheKey(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	r := posting("reply", "U1")
	r.Kind, r.Lane = store.KindResponse, "reply:U1"
	enqueue(t, s, r)
	p := claim(t, s, now, "reply")
	must(t, s.Divert(t.Context(), p, store.KindDM, "U1", json.RawMessage(`{"text":"hi"}`), "used_url"))
	p = claim(t, s, now, "reply")
	if p.Kind != store.KindDM || p.Lane != "U1" || string(p.Payload) != `{"text":"hi"}` || p.Doubt {
		t.Errorf("diverted = %+v", p)
	}
}

func TestTrimKeepsWhatIsNotDone(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	s := store.New(pool, nil)
	now := time.Now()
	for _, key := range []string{"sent", "failed", "lost", "waiting", "fresh"} {
		enqueue(t, s, posting(key, key))
	}
	must(t, s.Sent(t.Context(), claim(t, s, now, "sent"), "", "1", now.Add(-31*24*time.Hour)))
	must(t, s.Fail(t.Context(), claim(t, s, now, "failed"), "no"))
	must(t, s.Unknown(t.Context(), claim(t, s, now, "lost"), time.Time{}, "cut"))
	_, err := pool.Exec(t.Context(), `update outbox set created_at = $1 where key <> 'fresh'`, now.Add(-31*24*time.Hour))
	must(t, err)
	b, err := s.Backlog(t.Context(), team, now)
	must(t, err)
	if b.Oldest < 30*24*time.Hour || b.States["pending"] != 2 {
		t.Errorf("Backlog = %+v", b)
	}
	if n, err := s.TrimOutbox(t.Context(), now); n != 3 || err != nil {
		t.Errorf("TrimOutbox = %d, %v; want the 3 that are done", n, err)
	}
	if state(t, s, "waiting") != "pending" || state(t, s, "fresh") != "pending" {
		t.Error("what waits was trimmed")
	}
}

// An address that cannot be reached must not keep a person's other answers
// back for the half hour in which it is tried.
func TestAResponseThatWaitsHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	for _, key := range []string{"dead", "next"} {
		p := posting(key, "U1")
		p.Kind, p.Lane = store.KindResponse, "reply:U1"
		enqueue(t, s, p)
	}
	must(t, s.Retry(t.Context(), claim(t, s, now, "dead"), now.Add(time.Minute), "not reached"))
	claim(t, s, now, "next")
}

// Many claimers over few lanes: no posting is held twice and no lane has two.
func TestClaimersShareTheWork(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	const lanes, each = 5, 12
	for i := range each {
		for l := range lanes {
			p := posting(fmt.Sprintf("k%d-%d", l, i), fmt.Sprint("C", l))
			p.Kind = store.KindResponse // no pace
			enqueue(t, s, p)
		}
	}
	var mu sync.Mutex
	busy, seen, order := map[string]bool{}, map[string]int{}, map[string]int64{}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for {
				mu.Lock()
				done := len(seen) == lanes*each
				mu.Unlock()
				if done {
					return
				}
				p, ok, err := s.ClaimPosting(context.Background(), team, time.Now(), time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				if !ok {
					continue
				}
				mu.Lock()
				if busy[p.Lane] || p.ID < order[p.Lane] {
					t.Errorf("%s: claimed while the lane was busy (%v) or out of order", p.Key, busy[p.Lane])
				}
				busy[p.Lane], order[p.Lane] = true, p.ID
				seen[p.Key]++
				mu.Unlock()
				mu.Lock()
				busy[p.Lane] = false
				mu.Unlock()
				if err := s.Sent(context.Background(), p, "", "1", time.Now()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for key, n := range seen {
		if n != 1 {
			t.Errorf("%s was claimed %d times", key, n)
		}
	}
}

// What fails is waiting all the while, also between two tries; what is set for
// later, parked or given up is not.
func TestBacklogAge(t *testing.T) {
	t.Parallel()
	s := store.New(storetest.DB(t), nil)
	now := time.Now()
	age := func(at time.Time) time.Duration {
		t.Helper()
		b, err := s.Backlog(t.Context(), team, at)
		must(t, err)
		return b.Oldest.Round(time.Minute)
	}
	later := posting("later", "A")
	later.NotBefore = now.Add(time.Hour)
	enqueue(t, s, later)
	if got := age(now.Add(59 * time.Minute)); got != 0 {
		t.Errorf("set for later: %v", got)
	}
	if got := age(now.Add(90 * time.Minute)); got != 30*time.Minute {
		t.Errorf("due for half an hour: %v", got)
	}
	at := now.Add(time.Hour)
	for range 3 {
		must(t, s.Retry(t.Context(), claim(t, s, at, "later"), at.Add(time.Minute), "503"))
		at = at.Add(time.Minute)
		if got := age(at.Add(-time.Second)); got != at.Sub(later.NotBefore).Round(time.Minute) {
			t.Errorf("backing off after %v: %v", at.Sub(later.NotBefore), got)
		}
	}
	must(t, s.Unknown(t.Context(), claim(t, s, at, "later"), at.Add(10*time.Second), "cut off"))
	if got := age(at); got != 3*time.Minute {
		t.Errorf("to be looked for: %v", got)
	}
	at = at.Add(time.Minute)
	must(t, s.Unknown(t.Context(), claim(t, s, at, "later"), time.Time{}, "cut off"))
	if got := age(at.Add(time.Hour)); got != 0 {
		t.Errorf("given up: %v", got)
	}
}
