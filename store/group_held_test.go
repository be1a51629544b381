package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// A delivery that another process is recording at this moment keeps only itself
// waiting, be it the first of a group or not.
func TestAHeldDeliveryHoldsUpNoOtherOfItsGroup(t *testing.T) {
	for held := range 2 {
		pool := storetest.DB(t)
		exec(t, pool, `insert into teams (id) values ('T1')`)
		st := store.New(pool, nil)
		met := people(t, st, "dana", "eli", "fee")
		lines := []store.Draft{about("dana"), about("eli"), about("fee")}
		holder, err := pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		d := lines[held].Delivery
		if _, err := holder.Exec(t.Context(), `insert into inbox (team_id, envelope_id, kind, key, payload) values ($1, $2, $3, $4, '')`, d.TeamID, d.EnvelopeID, d.Kind, d.Key); err != nil {
			t.Fatal(err)
		}
		go func() {
			others := 0
			for others < 2 && err == nil {
				err = pool.QueryRow(t.Context(), `select count(*) from interactions where id > 6`).Scan(&others)
			}
			_ = holder.Rollback(t.Context())
		}()
		outs, errs := st.Together(t.Context(), lines, met, plainly)
		allRecorded(t, outs, errs)
	}
}

// A contact whom somebody holds keeps only the line about them waiting.
func TestAHeldContactHoldsUpNoOtherOfItsGroup(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	met := people(t, st, "dana", "eli", "fee")
	holder, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := holder.Exec(t.Context(), `select from contacts where id = $1 for update`, met[0]); err != nil {
		t.Fatal(err)
	}
	released := make(chan error, 1)
	go func() {
		others := 0
		for others < 2 && err == nil {
			err = pool.QueryRow(t.Context(), `select count(*) from interactions where contact_id = any($1) and id > 6`, met[1:]).Scan(&others)
		}
		released <- errors.Join(err, holder.Commit(t.Context()))
	}()
	outs, errs := st.Together(t.Context(), []store.Draft{about("dana"), about("eli"), about("fee")}, met, plainly)
	allRecorded(t, outs, append(errs, <-released))
}

// While a group waits for a contact whom somebody holds, it does not hold the others of its
// lines for so long that another replica's line about one of them has to queue.
func TestAGroupThatWaitsHoldsNobodyForLong(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st, replica := store.New(pool, nil), store.New(pool, nil)
	met := people(t, st, "dana", "eli", "fee")
	people(t, replica, "dana")
	queued := 0
	for range 5 {
		holder, err := pool.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := holder.Exec(t.Context(), `select from contacts where id = $1 for update`, met[2]); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		group.Go(func() {
			outs, errs := st.Together(t.Context(), []store.Draft{about("dana"), about("eli"), about("fee")}, met, plainly)
			allRecorded(t, outs, errs)
		})
		for waits := false; !waits; {
			if err := pool.QueryRow(t.Context(), `select exists (select from pg_locks where not granted)`).Scan(&waits); err != nil {
				t.Fatal(err)
			}
		}
		ctx := store.Resting(t.Context(), func() func() { queued++; return func() {} })
		if out, err := replica.LogInteraction(ctx, about("dana"), plainly); err != nil || out.Recorded == 0 {
			t.Errorf("recorded as %d, %v", out.Recorded, err)
		}
		if err := holder.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
		group.Wait()
	}
	if queued > 2 { // on a busy machine a moment may be a long one
		t.Errorf("%d of 5 lines beside such a group had to queue", queued)
	}
}

// However many lines about a contact whom somebody holds wait, and however they name
// the contact, they leave the connections to the others.
func TestAHeldContactTakesOneConnection(t *testing.T) {
	byID := func(id int64) store.Draft {
		d := about("dana")
		d.ContactID = id
		return d
	}
	byFirstName := func(int64) store.Draft {
		d := about("dana")
		d.Who = store.Who{Name: "Dana", NameKey: "dana"}
		return d
	}
	const (
		known    = `select from contacts where name_key = 'dana' for update`
		newcomer = `insert into contacts (team_id, name, name_key, created_by) values ('T1', 'Gil', 'gil', 'U1')`
		firm     = `with made as (insert into companies (team_id, name, name_key) values ('T1', 'Gilco', 'gilco') returning id) select from made`
	)
	for name, test := range map[string]struct {
		hold  string
		draft func(dana int64) store.Draft
		do    func(st *store.Store, dana int64, i int) error // instead of a line
	}{
		"by the whole name": {hold: known, draft: func(int64) store.Draft { return about("dana") }},
		"by a first name":   {hold: known, draft: byFirstName},
		"by a button":       {hold: known, draft: byID},
		"by what was given": {hold: known, do: func(st *store.Store, dana int64, i int) error {
			fresh, err := st.AddShare(t.Context(), "T1", dana, store.Share{Title: fmt.Sprint(i), CanonicalURL: fmt.Sprint(i), PersonID: "U1", Via: "button", At: time.Now()})
			if err == nil && !fresh {
				return errors.New("given before")
			}
			return err
		}},
		"by what is suggested": {hold: known, do: func(st *store.Store, dana int64, _ int) error {
			_, err := st.AddSuggestion(t.Context(), "T1", store.Suggestion{ContactID: dana, PersonID: "U1", At: time.Now()})
			return err
		}},
		"by a correction": {hold: known, do: func(st *store.Store, dana int64, _ int) error {
			note, err := st.LastInteraction(t.Context(), "T1", "U1", dana)
			if err == nil {
				_, err = st.Correct(t.Context(), store.Reread{TeamID: "T1", InteractionID: note.ID, Origin: "person", By: "U1", Now: time.Now()}, nowhere)
			}
			return err
		}},
		"by what is taken back": {hold: known, do: func(st *store.Store, dana int64, _ int) error {
			note, err := st.LastInteraction(t.Context(), "T1", "U1", dana)
			if err == nil {
				_, err = st.Undo(t.Context(), "T1", "U1", note.ID, time.Now(), nowhere)
			}
			return err
		}},
		"whom somebody makes now": {hold: newcomer, draft: func(int64) store.Draft { d := about("gil"); d.Who = store.Who{Name: "Gil", NameKey: "gil"}; return d }},
		"whose company is made by now": {hold: firm, draft: func(int64) store.Draft {
			d := about("gil")
			d.Who.Company, d.Who.CompanyKey = "Gilco", "gilco"
			return d
		}},
	} {
		t.Run(name, func(t *testing.T) {
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
			met := people(t, st, "dana", "eli", "fee")
			holder, err := watch.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := holder.Exec(t.Context(), test.hold); err != nil {
				t.Fatal(err)
			}
			var held, others sync.WaitGroup
			recorded := func(d store.Draft) {
				if out, err := st.LogInteraction(t.Context(), d, plainly); err != nil || out.Recorded == 0 {
					t.Errorf("%s: recorded as %d, %v", d.Who.Name, out.Recorded, err)
				}
			}
			for i := range 12 {
				held.Go(func() {
					if test.do == nil {
						recorded(test.draft(met[0]))
					} else if err := test.do(st, met[0], i); err != nil {
						t.Error(err)
					}
				})
			}
			for waits := 0; waits == 0; {
				if err := watch.QueryRow(t.Context(), `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).Scan(&waits); err != nil {
					t.Fatal(err)
				}
			}
			for i := range 8 {
				others.Go(func() { recorded(about([]string{"eli", "fee"}[i%2])) })
			}
			others.Wait()
			if err := holder.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			held.Wait()
		})
	}
}

// nowhere folds notes into no place at all.
func nowhere(store.Contact, []store.Noted) ([]store.Place, []store.Move, json.RawMessage, error) {
	return nil, nil, json.RawMessage("{}"), nil
}

// Whose contact a note is, is asked within the patience for a connection.
func TestATurnWaitsNoLongerForAConnectionThanOthers(t *testing.T) {
	cfg := storetest.DB(t).Config().Copy()
	cfg.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	taken, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Release()
	began := time.Now()
	_, err = store.New(pool, nil).Undo(t.Context(), "T1", "U1", 1, began, nowhere)
	if waited := time.Since(began); !errors.Is(err, store.ErrUnavailable) || waited > 3*store.PoolWait {
		t.Errorf("waited %s: %v", waited, err)
	}
}

// A line whose time is up while it waits for its contact says that somebody held the
// contact, where the one before it found that out.
func TestALineThatGivesUpSaysThatItsContactWasHeld(t *testing.T) {
	watch := storetest.DB(t)
	exec(t, watch, `insert into teams (id) values ('T1')`)
	cfg := watch.Config().Copy()
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = "300"
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	st := store.New(pool, nil)
	people(t, st, "dana")
	holder, err := watch.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Rollback(t.Context())
	if _, err := holder.Exec(t.Context(), `select from contacts for update`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() { _, err := st.LogInteraction(ctx, about("dana"), plainly); errs <- err }()
	}
	for range cap(errs) {
		if err := <-errs; !store.IsHeld(err) || !errors.Is(err, store.ErrUnavailable) {
			t.Error(err)
		}
	}
}
