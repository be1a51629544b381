package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// However many contacts somebody holds, those who wait for them leave connections and
// places to all others, and are recorded once they are let go.
func TestManyHeldContactsHoldUpNobodyElse(t *testing.T) {
	const held, others = 16, 30
	firms := make([]string, held)
	for i := range firms {
		firms[i] = fmt.Sprint("firm", i)
	}
	known := func(i int) store.Draft { return about(fmt.Sprint("held", i)) }
	newcomer := func(i int) store.Draft {
		d := about(fmt.Sprint("new", i))
		d.Who.Company, d.Who.CompanyKey = firms[i], firms[i]
		return d
	}
	for name, test := range map[string]struct {
		hold  string
		draft func(i int) store.Draft
		do    func(ctx context.Context, st *store.Store, contact int64) error
	}{
		"lines":             {hold: `update contacts set title = 'x' where name_key like 'held%'`, draft: known},
		"lines about new":   {hold: `insert into companies (team_id, name, name_key) select 'T1', 'firm' || n, 'firm' || n from generate_series(0, 15) n`, draft: newcomer},
		"what was asked":    {hold: `select from contacts where name_key like 'held%' for update`, do: asks},
		"what is described": {hold: `update contacts set title = 'x' where name_key like 'held%'`, do: describes},
	} {
		t.Run(name, func(t *testing.T) {
			watch := storetest.DB(t)
			exec(t, watch, `insert into teams (id) values ('T1')`)
			cfg := watch.Config().Copy()
			cfg.MaxConns = 6
			pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			st := store.New(pool, nil)
			var met []int64
			for i := range held {
				met = append(met, people(t, st, fmt.Sprint("held", i))...)
			}
			names := make([]string, 10)
			for i := range names {
				names[i] = fmt.Sprint("free", i)
				people(t, st, names[i])
			}
			holder, err := watch.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := holder.Exec(t.Context(), test.hold); err != nil {
				t.Fatal(err)
			}
			var waiting, rest sync.WaitGroup
			var aside atomic.Int64
			for i := range held {
				waiting.Go(func() {
					ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
					defer cancel()
					ctx = store.Resting(ctx, func() func() { aside.Add(1); return func() { aside.Add(-1) } })
					if test.do != nil {
						if err := test.do(ctx, st, met[i]); err != nil {
							t.Errorf("about a contact that was held for a while: %v", err)
						}
						return
					}
					if out, err := st.LogInteraction(ctx, test.draft(i), plainly); err != nil || out.Recorded == 0 {
						t.Errorf("a line about a contact that was held for a while: recorded as %d, %v", out.Recorded, err)
					}
				})
			}
			time.Sleep(300 * time.Millisecond) // by now each of them waits
			if n := aside.Load(); n < held {
				t.Errorf("%d of %d that wait leave their places to others", n, held)
			}
			for i := range others {
				rest.Go(func() {
					ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
					defer cancel()
					if out, err := st.LogInteraction(ctx, about(names[i%len(names)]), plainly); err != nil || out.Recorded == 0 {
						t.Errorf("a line about nobody who is held: recorded as %d, %v", out.Recorded, err)
					}
				})
			}
			rest.Wait()
			if err := holder.Rollback(t.Context()); err != nil {
				t.Fatal(err)
			}
			waiting.Wait()
		})
	}
}

func asks(ctx context.Context, st *store.Store, contact int64) error {
	n := fmt.Sprint(deliveries.Add(1))
	_, err := st.AddAsk(ctx, store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: n, Kind: "command", Key: n}, contact, store.Ask{Kind: "referral", PersonID: "U1", At: tallyNow})
	return err
}

func describes(ctx context.Context, st *store.Store, contact int64) error {
	return st.Describe(ctx, "T1", contact, store.Details{Title: "CFO"})
}

// A line about a contact that somebody holds for as long as it may wait says so in time, and
// that it was held.
func TestALineGivesUpInTimeWhereManyAreHeld(t *testing.T) {
	const held = 24
	watch := storetest.DB(t)
	exec(t, watch, `insert into teams (id) values ('T1')`)
	cfg := watch.Config().Copy()
	cfg.MaxConns = 4
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	st := store.New(pool, nil)
	for i := range held {
		people(t, st, fmt.Sprint("held", i))
	}
	holder, err := watch.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Rollback(t.Context())
	if _, err := holder.Exec(t.Context(), `update contacts set title = 'x'`); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range held {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
			defer cancel()
			begun := time.Now()
			_, err := st.LogInteraction(ctx, about(fmt.Sprint("held", i)), plainly)
			if took := time.Since(begun); !store.IsHeld(err) || took > store.CommandTimeout+100*time.Millisecond {
				t.Errorf("after %v: %v", took, err)
			}
		})
	}
	all.Wait()
}
