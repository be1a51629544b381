package store_test

import (
	"context"
	"errors"
	"fmt"
	"net"
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
	for name, test := range map[string]struct {
		hold string
		do   func(ctx context.Context, st *store.Store, i int, contact int64) error
	}{
		"lines":             {hold: `update contacts set title = 'x' where name_key like 'held%'`, do: known},
		"lines about new":   {hold: `insert into companies (team_id, name, name_key) select 'T1', 'firm' || n, 'firm' || n from generate_series(0, 15) n`, do: newcomer},
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
					begun := time.Now()
					err := test.do(ctx, st, i, met[i])
					// on a busy machine the others take as long as it may wait
					if late := errors.Is(err, store.ErrUnavailable) && time.Since(begun) > store.CommandTimeout*3/4; err != nil && !late {
						t.Errorf("what is about a contact that was held for %v: %v", time.Since(begun), err)
					}
				})
			}
			for begun := time.Now(); aside.Load() < held && time.Since(begun) < store.CommandTimeout/2; { // soon each of them waits
				time.Sleep(10 * time.Millisecond)
			}
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

func known(ctx context.Context, st *store.Store, i int, _ int64) error {
	_, err := st.LogInteraction(ctx, about(fmt.Sprint("held", i)), plainly)
	return err
}

func newcomer(ctx context.Context, st *store.Store, i int, _ int64) error {
	d, firm := about(fmt.Sprint("new", i)), fmt.Sprint("firm", i)
	d.Who.Company, d.Who.CompanyKey = firm, firm
	_, err := st.LogInteraction(ctx, d, plainly)
	return err
}

func asks(ctx context.Context, st *store.Store, _ int, contact int64) error {
	n := fmt.Sprint(deliveries.Add(1))
	_, err := st.AddAsk(ctx, store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: n, Kind: "command", Key: n}, contact, store.Ask{Kind: "referral", PersonID: "U1", At: tallyNow})
	return err
}

func describes(ctx context.Context, st *store.Store, _ int, contact int64) error {
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
	defer storetest.Hold(t, watch, `update contacts set title = 'x'`)()
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

// A line about somebody new at a company that somebody holds says so, and so does one that
// waits for it.
func TestALineGivesUpOnAHeldCompany(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	exec(t, pool, `insert into companies (team_id, name, name_key) values ('T1', 'firm1', 'firm1')`)
	st := store.New(pool, nil)
	defer storetest.Hold(t, pool, `select from companies for update`)()
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
			defer cancel()
			if err := newcomer(ctx, st, 1, 0); !errors.Is(store.HeldBy(err), store.ErrCompanyHeld) || store.IsHeld(err) {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// A line that waits for a contact whom somebody holds uses up few numbers, however often it
// is tried and however it names them.
func TestALineThatWaitsUsesUpFewNumbers(t *testing.T) {
	for name, who := range map[string]store.Who{
		"whole name": {Name: "dana", NameKey: "dana", Company: "acme", CompanyKey: "acme"},
		"first name": {Name: "Dana", NameKey: "dana"},
	} {
		pool := storetest.DB(t)
		exec(t, pool, `insert into teams (id) values ('T1')`)
		st := store.New(pool, nil)
		people(t, st, "dana", "eli")
		before := logs(t, st, "T1", "eli", "acme").Recorded
		holder, err := pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := holder.Exec(t.Context(), `update contacts set title = 'x' where name_key = 'dana'`); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
		d := about("dana")
		d.Who = who
		if _, err := st.LogInteraction(ctx, d, plainly); !store.IsHeld(err) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
		if err := holder.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
		if used := logs(t, st, "T1", "eli", "acme").Recorded - before - 1; used > 2 {
			t.Errorf("%s: %d numbers", name, used)
		}
	}
}

// A group that waits for a contact whom somebody holds uses up no numbers, and no more does
// its line about that contact once it goes alone: both lock the contact first.
func TestAGroupThatWaitsUsesUpNoNumbers(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	met := people(t, st, "dana", "eli", "fee")
	before := logs(t, st, "T1", "eli", "acme").Recorded
	holder, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := holder.Exec(t.Context(), `update contacts set title = 'x' where name_key = 'fee'`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
	defer cancel()
	outs, errs := st.Together(ctx, []store.Draft{about("dana"), about("eli"), about("fee")}, met, plainly)
	if outs[0].Recorded == 0 || outs[1].Recorded == 0 || !store.IsHeld(errs[2]) {
		t.Error(outs[0].Recorded, outs[1].Recorded, errs)
	}
	if err := holder.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if used := logs(t, st, "T1", "eli", "acme").Recorded - before - 1; used != 2 {
		t.Errorf("%d numbers for two lines", used)
	}
}

// A contact that somebody holds for a moment keeps a line about them waiting for no more than
// that, however many wait for those who are held for long.
func TestAMomentsHoldIsNotQueuedFor(t *testing.T) {
	const held, rounds = 24, 12
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
	people(t, st, "dana")
	holder, err := watch.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := holder.Exec(t.Context(), `update contacts set title = 'x' where name_key like 'held%'`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for i := range held { // again and again: each gives up in time
		waiting.Go(func() {
			for ctx.Err() == nil {
				ctx, cancel := context.WithTimeout(ctx, store.CommandTimeout)
				_, _ = st.LogInteraction(ctx, about(fmt.Sprint("held", i)), plainly)
				cancel()
			}
		})
	}
	time.Sleep(300 * time.Millisecond) // by now each of them waits
	late := 0
	for round := range rounds {
		hold := []time.Duration{20 * time.Millisecond, 150 * time.Millisecond}[round%2] // the longer one outlasts the first glances
		moment, err := watch.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := moment.Exec(t.Context(), `select from contacts where name_key = 'dana' for update`); err != nil {
			t.Fatal(err)
		}
		var took time.Duration
		var line sync.WaitGroup
		line.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
			defer cancel()
			begun := time.Now()
			if _, err := st.LogInteraction(ctx, about("dana"), plainly); err != nil {
				took = store.CommandTimeout
			} else {
				took = time.Since(begun)
			}
		})
		time.Sleep(hold)
		if err := moment.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
		if line.Wait(); took > 400*time.Millisecond+hold { // a fifth of what waiting behind the others takes
			late++
		}
	}
	if late > rounds/4 { // on a busy machine a moment may be a long one
		t.Errorf("%d of %d lines waited behind those about others", late, rounds)
	}
	if err := holder.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	cancel()
	waiting.Wait()
}

// Where the database falls silent while a held contact is waited for, nobody is said to
// hold the contact.
func TestASilentDatabaseIsNoHeldContact(t *testing.T) {
	for name, do := range map[string]func(context.Context, *store.Store, int64) error{
		"a line":         func(ctx context.Context, st *store.Store, _ int64) error { return known(ctx, st, 0, 0) },
		"what was asked": func(ctx context.Context, st *store.Store, dana int64) error { return asks(ctx, st, 0, dana) },
	} {
		t.Run(name, func(t *testing.T) {
			watch := storetest.DB(t)
			exec(t, watch, `insert into teams (id) values ('T1')`)
			var silent atomic.Bool
			cfg := watch.Config().Copy()
			dial := cfg.ConnConfig.DialFunc
			cfg.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
				wire, err := dial(ctx, network, address)
				return deaf{wire, &silent}, err
			}
			pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close(pool)
			st := store.New(pool, nil)
			contact := people(t, st, "held0")[0]
			defer storetest.Hold(t, watch, `select from contacts for update`)()
			ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
			defer cancel()
			err = do(store.Resting(ctx, func() func() { silent.Store(true); return func() {} }), st, contact) // a lock was in its way
			if !silent.Load() || store.IsHeld(err) || !errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != store.Slow {
				t.Errorf("silent %v: %v", silent.Load(), err)
			}
		})
	}
}

// deaf is a connection on which nothing more is heard once it is silent.
type deaf struct {
	net.Conn
	silent *atomic.Bool
}

func (d deaf) Read(p []byte) (int, error) {
	for {
		if n, err := d.Conn.Read(p); err != nil || !d.silent.Load() {
			return n, err
		}
	}
}
