package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// A line whose time is up behind others about the same contact says that these were too many
// only where one did well meanwhile; else what kept them, and it is not unknown what became of it.
func TestALineThatGivesUpSaysWhatKeptTheOthers(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	dana := people(t, st, "dana")[0]
	failed := func(err error) error { return errors.Join(store.ErrUnavailable, err) }
	for name, test := range map[string]struct {
		under  bool // the one before is still under way
		before error
		queued bool
		held   bool
		ails   store.Ailment
	}{
		"one did well":                {queued: true, ails: store.Slow},
		"one was about nothing":       {before: store.ErrNotFound, queued: true, ails: store.Slow},
		"the one before has not done": {under: true, ails: store.Slow},
		"one was too slow":            {before: failed(context.DeadlineExceeded), ails: store.Slow},
		"one met a full disk":         {before: failed(&pgconn.PgError{Code: "53100"}), ails: store.Refusing},
		"one met nobody":              {before: failed(&pgconn.ConnectError{Config: &pgconn.Config{}}), ails: store.Away},
		"one met a held contact":      {before: failed(store.ErrHeld), held: true, ails: store.Slow},
		"one does not know":           {before: store.ErrUnknown, ails: store.Slow},
	} {
		t.Run(name, func(t *testing.T) {
			begun, ended, done := make(chan bool), make(chan bool), make(chan bool)
			var others sync.WaitGroup
			others.Go(func() {
				_ = st.InTurn(t.Context(), dana, func() error { close(begun); <-ended; return test.before })
			})
			<-begun
			others.Go(func() { _ = st.InTurn(t.Context(), dana, func() error { <-done; return nil }) })
			wait := func(n int) {
				for st.Waiting() < n {
					time.Sleep(time.Millisecond)
				}
			}
			wait(1)
			ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
			defer cancel()
			errs := make(chan error, 2)
			go func() { _, err := st.LogInteraction(ctx, about("dana"), plainly); errs <- err }()
			go func() { errs <- asks(ctx, st, 0, dana) }()
			wait(3)
			if !test.under {
				close(ended)
			}
			for range cap(errs) {
				err := <-errs
				if !errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrQueued) != test.queued ||
					store.IsHeld(err) != test.held || store.AilmentOf(err) != test.ails {
					t.Error(err)
				}
			}
			if test.under {
				close(ended)
			}
			close(done)
			others.Wait()
		})
	}
}

// What is written beside a contact, and changes nothing of them, waits for nobody's turn.
func TestWhatIsKeptBesideAContactTakesNoTurn(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	dana := people(t, st, "dana")[0]
	err := st.InTurn(t.Context(), dana, func() error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		return errors.Join(
			st.UsePrompt(ctx, "T1", store.PromptUse{Version: "v", Engine: "built-in", Made: "draft", ContactID: dana, PersonID: "U1", At: tallyNow}),
			st.AddGap(ctx, "T1", dana, store.Gap{Stage: "permission"}, tallyNow),
			st.KeepModelAnswer(ctx, "T1", "key", "answer", dana))
	})
	if err != nil {
		t.Error(err)
	}
}

// A line about a name that became known here only after it set out waits for its turn too.
func TestALineAboutANameJustLearnedWaitsItsTurn(t *testing.T) {
	whole := storetest.DB(t)
	exec(t, whole, `insert into teams (id) values ('T1')`)
	dana := people(t, store.New(whole, nil), "dana")[0]
	cfg := whole.Config().Copy()
	cfg.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	st := store.New(pool, nil)
	done := make(chan error, 1)
	err = st.InTurn(t.Context(), dana, func() error {
		conn, err := pool.Acquire(t.Context())
		if err != nil {
			return err
		}
		line := about("dana")
		go func() { _, err := st.LogInteraction(t.Context(), line, plainly); done <- err }()
		time.Sleep(store.PoolWait / 6) // by now it waits for the connection
		st.Meet("T1", line.Who, dana)
		conn.Release()
		for st.Waiting() == 0 && len(done) == 0 {
			time.Sleep(time.Millisecond)
		}
		if len(done) > 0 {
			t.Error("it did not wait")
		}
		return nil
	})
	if err := errors.Join(err, <-done); err != nil {
		t.Error(err)
	}
}
