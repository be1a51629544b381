package digest_test

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/digest"
	"cairn/bot/digest/digesttest"
	"cairn/bot/journey"
	"cairn/prompts"
	"cairn/store"
	"cairn/store/storetest"
)

// The long form, some minutes:
//
//	go test ./bot/digest -run TestScale -v -count=1 -timeout 30m -interactions 1000000 -channels 200
var (
	interactions = flag.Int("interactions", 60_000, "the larger of the two histories that digests are weighed over; the smaller is a tenth")
	channels     = flag.Int("channels", 20, "how many channels get a digest of their own, of five reps each")
)

// A digest reads its weeks, not the history: no table that grows with it is
// read from end to end, and ten times the history, spread over the same years,
// costs about ten times as much at most. The seconds are told, not judged: they
// are the machine's.
func TestScale(t *testing.T) {
	small := measure(t, *interactions/10)
	large := measure(t, *interactions)
	t.Logf("one channel of everybody: %v and %v, ratio %.1f; %d channels: %v and %v", small.one, large.one, float64(large.one)/float64(small.one),
		*channels, small.all, large.all)
	t.Logf("memory more while weighing the larger: %.1f MB", float64(large.memory)/(1<<20))
	if large.memory > 100<<20 {
		t.Errorf("%d MB more memory", large.memory>>20)
	}
	for table, rows := range large.scanned {
		if rows > 0 {
			t.Errorf("%s was read from end to end: %d rows", table, rows)
		}
	}
}

type measured struct {
	one, all time.Duration
	memory   uint64
	scanned  map[string]int64
}

func measure(t *testing.T, n int) measured {
	pool := storetest.DB(t)
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	end := time.Date(2026, 3, 16, 8, 0, 0, 0, time.UTC)
	var reps []string
	for i := range 5 * *channels {
		reps = append(reps, fmt.Sprintf("U%05d", i))
	}
	// five years of a growing team's notes
	digesttest.Seed(t, pool, digesttest.Work{Team: "T0", Reps: reps, Contacts: max(n/20, 200), Interactions: n, Weeks: 260, End: end, Items: 200})
	s := store.New(pool, nil)
	w := digest.Weekly{Day: time.Monday, Minute: 540, Zone: time.UTC}
	weigh := func(whose []string) digest.Figures {
		var f digest.Figures
		err := s.Weigh(context.Background(), func(q store.Weighing) (err error) {
			f, err = digest.Weigh(context.Background(), q, w.Scope("T0", "aipee", whose, end), models, nil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	before := scans(t, pool)
	var m measured
	base := heap()
	start := time.Now()
	f := weigh(reps)
	m.one = time.Since(start)
	m.memory = max(heap(), base) - base
	if len(f.Items) == 0 || f.Unfollowed.Of == 0 || f.Ready.N == 0 {
		t.Fatal("nothing was weighed")
	}
	start = time.Now()
	for i := range *channels {
		weigh(reps[5*i : 5*i+5])
	}
	m.all = time.Since(start)
	m.scanned = scans(t, pool)
	for table, rows := range before {
		m.scanned[table] -= rows
	}
	return m
}

func heap() uint64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// scans counts the rows read by walking a table from end to end.
func scans(t *testing.T, pool *pgxpool.Pool) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	rows, err := pool.Query(t.Context(), `select relname, seq_tup_read from pg_stat_user_tables, pg_stat_force_next_flush()
		where relname in ('interactions', 'moves', 'signals', 'suggestions')`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		var n int64
		if err := rows.Scan(&table, &n); err != nil {
			t.Fatal(err)
		}
		out[table] = n
	}
	return out
}
