package store_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"cairn/store"
	"cairn/store/storetest"
)

// plainly decides that a line comes to nothing but itself.
func plainly(store.Known) (store.Decision, error) {
	return store.Decision{Reading: []byte("{}")}, nil
}

// about is a line about somebody by their whole name; each a delivery of its own.
func about(name string) store.Draft {
	n := fmt.Sprint(deliveries.Add(1))
	return store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: n, Kind: "command", Key: n, Payload: []byte("{}")},
		Who: store.Who{Name: name, NameKey: name, Company: "acme", CompanyKey: "acme"},
		At:  tallyNow, LoggedAt: tallyNow, Channel: "phone", Direction: "both", Note: "note " + n, Source: "command"}
}

// people are contacts who have been met: each has a line.
func people(t *testing.T, st *store.Store, names ...string) (met []int64) {
	t.Helper()
	for _, name := range names {
		logs(t, st, "T1", name, "acme")
		met = append(met, logs(t, st, "T1", name, "acme").Known.Contact.ID) // the second learns the name
	}
	return met
}

// allRecorded holds lines to having been recorded, each of them.
func allRecorded(t *testing.T, outs []store.Outcome, errs []error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, o := range outs {
		if o.Recorded == 0 {
			t.Errorf("not recorded: %+v", o)
		}
	}
}

// transactions counts those that wrote the notes given.
func transactions(t *testing.T, pool *pgxpool.Pool, outs []store.Outcome) (n int) {
	t.Helper()
	var ids []int64
	for _, o := range outs {
		ids = append(ids, o.Recorded)
	}
	if err := pool.QueryRow(t.Context(), `select count(distinct xmin::text) from interactions where id = any($1)`, ids).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Lines that come together stand together, each under its own contact.
func TestAGroupIsOneTransaction(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	exec(t, pool, `insert into teams (id) values ('T2')`)
	names := []string{"dana", "eli", "fee", "gus", "hal"}
	met := people(t, st, names...)
	var lines []store.Draft
	for _, name := range names {
		lines = append(lines, about(name))
	}
	logs(t, st, "T2", "dana", "acme") // another team's, of the same name
	met = append(met, logs(t, st, "T2", "dana", "acme").Known.Contact.ID)
	names, lines = append(names, "dana"), append(lines, about("dana"))
	lines[5].Delivery.TeamID = "T2"
	outs, errs := st.Together(t.Context(), lines, met, plainly)
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for i, o := range outs {
		var contact int64
		var note, outcome string
		err := pool.QueryRow(t.Context(), `select i.contact_id, i.note, x.outcome from interactions i join inbox x on x.interaction_id = i.id where i.id = $1`, o.Recorded).Scan(&contact, &note, &outcome)
		if err != nil || contact != met[i] || note != lines[i].Note || outcome != "recorded" || o.Known.Contact.Name != names[i] {
			t.Errorf("%s: %q about %d, %s, %v; known is %q", names[i], note, contact, outcome, err, o.Known.Contact.Name)
		}
	}
	if n := transactions(t, pool, outs); n != 1 {
		t.Errorf("%d transactions wrote them", n)
	}
}

// Whatever is not plain in one line of a group is that line's own affair: the others
// are recorded all the same, and it comes to what it comes to alone.
func TestAGroupParts(t *testing.T) {
	var once sync.Once
	failed := errors.New("undecided")
	for name, c := range map[string]struct {
		odd    func(d *store.Draft, before store.Draft) // what is odd about the second of three
		decide store.Decide
		want   func(store.Outcome, error) bool
	}{
		"the same line again":    {odd: func(d *store.Draft, before store.Draft) { d.Note = before.Note }, want: func(o store.Outcome, err error) bool { return err == nil && o.Repeat != 0 && o.Recorded == 0 }},
		"a second delivery":      {odd: func(d *store.Draft, before store.Draft) { *d = before }, want: func(o store.Outcome, err error) bool { return err == nil && o.Again != nil }},
		"a name not borne":       {odd: func(d *store.Draft, _ store.Draft) { d.Who.NameKey, d.Who.Name = "ina", "ina" }, want: func(o store.Outcome, err error) bool { return err == nil && o.Recorded != 0 && o.Known.New }},
		"what is undecided":      {decide: func(store.Known) (store.Decision, error) { return store.Decision{}, failed }, want: func(_ store.Outcome, err error) bool { return errors.Is(err, failed) }},
		"what panics":            {decide: panicsOnce(&once), want: func(o store.Outcome, err error) bool { return err == nil && o.Recorded != 0 }},
		"what takes the library": {decide: fromTheLibrary, want: func(o store.Outcome, err error) bool { return err == nil && o.Recorded != 0 }},
		"older than the other": {odd: func(d *store.Draft, _ store.Draft) { d.At = d.At.AddDate(0, 0, -3) }, want: func(o store.Outcome, err error) bool {
			return err == nil && o.Known.Backdated && len(o.Known.History) == 3
		}},
	} {
		t.Run(name, func(t *testing.T) {
			pool := storetest.DB(t)
			exec(t, pool, `insert into teams (id) values ('T1')`)
			st := store.New(pool, nil)
			met := people(t, st, "dana", "eli", "fee")
			before := about("eli")
			if _, err := st.LogInteraction(t.Context(), before, plainly); err != nil {
				t.Fatal(err)
			}
			lines := []store.Draft{about("dana"), about("eli"), about("fee")}
			if c.odd != nil {
				c.odd(&lines[1], before)
			}
			outs, errs := st.Together(t.Context(), lines, met, func(k store.Known) (store.Decision, error) {
				if c.decide != nil && k.Contact.ID == met[1] {
					return c.decide(k)
				}
				return plainly(k)
			})
			if !c.want(outs[1], errs[1]) {
				t.Errorf("it came to %+v, %v", outs[1], errs[1])
			}
			for _, i := range []int{0, 2} {
				if errs[i] != nil || outs[i].Recorded == 0 {
					t.Errorf("line %d beside it: %+v, %v", i, outs[i], errs[i])
				}
			}
			if n := transactions(t, pool, []store.Outcome{outs[0], outs[2]}); outs[1].Again != nil && n != 1 { // it alone is left out
				t.Errorf("%d transactions wrote the lines beside it", n)
			}
			want := 7 + 2
			if outs[1].Recorded != 0 {
				want++
			}
			var rows, deliveries int
			if err := pool.QueryRow(t.Context(), `select (select count(*) from interactions), (select count(*) from inbox where outcome = 'recorded')`).Scan(&rows, &deliveries); err != nil || rows != want || deliveries != want {
				t.Errorf("%d notes and %d deliveries, %v, want %d", rows, deliveries, err, want)
			}
		})
	}
}

// fromTheLibrary decides by the library, which takes time.
func fromTheLibrary(k store.Known) (store.Decision, error) {
	if k.Library == nil {
		return store.Decision{}, store.ErrApart
	}
	if _, _, err := k.Library(context.Background()); err != nil {
		return store.Decision{}, err
	}
	return plainly(k)
}

func panicsOnce(once *sync.Once) store.Decide {
	return func(k store.Known) (store.Decision, error) {
		once.Do(func() { panic("in a group") })
		return plainly(k)
	}
}

// queue takes jobs, and panics at the first.
type queue struct {
	mu    sync.Mutex
	asked int
	took  int
}

func (q *queue) InsertManyTx(_ context.Context, _ pgx.Tx, jobs []river.InsertManyParams) ([]*rivertype.JobInsertResult, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.asked++; q.asked == 1 {
		panic("the queue")
	}
	q.took += len(jobs)
	return nil, nil
}

// A panic on the way of a group, of whatever it is, leaves none of its lines waiting;
// the jobs of a group that stands go in with it.
func TestAGroupThatPanicsParts(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	met := people(t, store.New(pool, nil), "dana", "eli", "fee")
	var jobs queue
	st := store.New(pool, &jobs)
	for round := 1; round <= 2; round++ { // the second goes together
		outs, errs := st.Together(t.Context(), []store.Draft{about("dana"), about("eli"), about("fee")}, met, func(k store.Known) (store.Decision, error) {
			return store.Decision{Reading: []byte("{}"), Jobs: make([]river.InsertManyParams, 1)}, nil
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if n := transactions(t, pool, outs); n != []int{0, 3, 1}[round] {
			t.Errorf("round %d: %d transactions", round, n)
		}
		if jobs.took != 3*round {
			t.Errorf("round %d: %d jobs", round, jobs.took)
		}
	}
}

// What a line that panics had in hand is told to nobody: an error goes to the log.
func TestAPanicInAGroupTellsWhereAndNotWhat(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	met := people(t, st, "dana", "eli")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, errs := st.Together(ctx, []store.Draft{about("dana"), about("eli")}, met, func(store.Known) (store.Decision, error) {
		<-ctx.Done() // no time is left to go alone
		panic("dana: asked for a discount")
	})
	for _, err := range errs {
		if err == nil || strings.Contains(err.Error(), "discount") || !strings.Contains(err.Error(), "TestAPanicInAGroup") {
			t.Errorf("error %v", err)
		}
	}
}

// The connection of a group that breaks while the server commits leaves each of its
// lines unknown, to be looked up by its own delivery.
func TestABrokenGroupIsUnknownToEach(t *testing.T) {
	watch := storetest.DB(t)
	exec(t, watch, `insert into teams (id) values ('T1')`)
	var mu sync.Mutex
	var wires []net.Conn
	cfg := watch.Config().Copy()
	dial := cfg.ConnConfig.DialFunc
	cfg.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		wire, err := dial(ctx, network, address)
		mu.Lock()
		defer mu.Unlock()
		wires = append(wires, wire)
		return wire, err
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	st := store.New(pool, nil)
	met := people(t, st, "dana", "eli", "fee")
	exec(t, watch, `create function slowly() returns trigger language plpgsql as 'begin perform pg_sleep(1); return null; end'`)
	exec(t, watch, `create constraint trigger slowly after insert on interactions deferrable initially deferred for each row when (new.contact_id = 2) execute function slowly()`)
	cut := make(chan error, 1)
	go func() {
		var err error
		for sleeps := false; !sleeps && err == nil; {
			err = watch.QueryRow(t.Context(), "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')").Scan(&sleeps)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, wire := range wires {
			wire.Close()
		}
		cut <- err
	}()
	lines := []store.Draft{about("dana"), about("eli"), about("fee")}
	outs, errs := st.Together(t.Context(), lines, met, plainly)
	if err := <-cut; err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, err := range errs {
		if !errors.Is(err, store.ErrUnknown) || outs[i].Recorded != 0 {
			t.Errorf("line %d: %v, told as recorded: %d", i, err, outs[i].Recorded)
		}
		// whether the server ends its commit when nobody listens is its affair
		switch got, err := store.New(watch, nil).Lookup(t.Context(), lines[i].Delivery, 0); {
		case err == nil && got.InteractionID != 0:
			found++
		case !errors.Is(err, store.ErrNotFound):
			t.Errorf("line %d is looked up as %+v, %v", i, got, err)
		}
	}
	var rows int
	if err := watch.QueryRow(t.Context(), `select count(*) from interactions where id > 6`).Scan(&rows); err != nil || rows != found || found != 0 && found != len(lines) {
		t.Errorf("%d lines are found and %d stand, %v", found, rows, err)
	}
}

// Many lines at once are each recorded once, those about one contact one after the
// other, and in fewer transactions than there are lines.
func TestManyLinesAtOnceAreRecordedInGroups(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	var names []string
	for i := range 12 {
		names = append(names, fmt.Sprintf("p%d", i))
	}
	people(t, st, names...)
	const each, writers = 6, 40
	outs := make([]store.Outcome, each*writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				n := w*each + i
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				var err error
				if outs[n], err = st.LogInteraction(ctx, about(names[n%len(names)]), plainly); err != nil {
					t.Error(err)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	var ids []int64
	for _, o := range outs {
		ids = append(ids, o.Recorded)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != each*writers || ids[0] == 0 {
		t.Errorf("%d of %d lines have a number of their own, the first %d", len(slices.Compact(ids)), each*writers, ids[0])
	}
	var astray int
	err := pool.QueryRow(t.Context(), `select count(*) from contacts c where notes <> (select count(*) from interactions i where i.contact_id = c.id)`).Scan(&astray)
	if err != nil || astray != 0 {
		t.Errorf("%d contacts count other notes than they have, %v", astray, err)
	}
	if n := transactions(t, pool, outs); n == len(outs) {
		t.Errorf("each of %d lines took a transaction of its own", n)
	}
}
