package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

var deliveries atomic.Int64

// logs records a line about a whole name and returns what became of it. Each
// is a delivery of its own.
func logs(t *testing.T, st *store.Store, team, name, company string) store.Outcome {
	t.Helper()
	n := fmt.Sprint(deliveries.Add(1))
	d := store.Draft{Delivery: store.Delivery{TeamID: team, PersonID: "U1", EnvelopeID: n, Kind: "command", Key: n, Payload: []byte("{}")},
		Who: store.Who{Name: name, NameKey: name, Company: company, CompanyKey: company},
		At:  tallyNow, LoggedAt: tallyNow, Channel: "phone", Direction: "both", Note: "note " + n, Source: "command"}
	out, err := st.LogInteraction(t.Context(), d, func(k store.Known) (store.Decision, error) {
		return store.Decision{Reading: []byte("{}")}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if out.Recorded == 0 || out.Recorded != out.Known.Number {
		t.Fatalf("recorded as %d, promised was %d: %+v", out.Recorded, out.Known.Number, out)
	}
	return out
}

// A contact who is remembered by name is found again, and is not taken for one
// who bears the name no longer, nor for another team's.
func TestARememberedNameIsCheckedOnTheRow(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1'), ('T2')`)
	st := store.New(pool, nil)

	first := logs(t, st, "T1", "dana ruiz", "acme")
	if !first.Known.New {
		t.Fatal("the first line did not make the contact")
	}
	for range 3 { // the second learns the name, the third goes by it
		again := logs(t, st, "T1", "dana ruiz", "acme")
		if again.Known.New || again.Known.Contact.ID != first.Known.Contact.ID {
			t.Fatalf("another contact than %d: %+v", first.Known.Contact.ID, again.Known.Contact)
		}
	}
	if third := logs(t, st, "T1", "dana ruiz", "acme"); len(third.Known.Recent) != 4 || third.Known.Contact.Notes != 4 {
		t.Errorf("%d notes and %d of them read, want 4 and 4", third.Known.Contact.Notes, len(third.Known.Recent))
	}
	if other := logs(t, st, "T2", "dana ruiz", "acme"); other.Known.Contact.ID == first.Known.Contact.ID {
		t.Error("a contact of another team was found")
	}

	exec(t, pool, fmt.Sprintf(`update contacts set name = 'Dana Roe', name_key = 'dana roe' where id = %d`, first.Known.Contact.ID))
	renamed := logs(t, st, "T1", "dana ruiz", "acme")
	if !renamed.Known.New || renamed.Known.Contact.ID == first.Known.Contact.ID {
		t.Fatal("the name was taken for somebody who bears another one by now")
	}
	if len(renamed.Known.Recent)+len(renamed.Known.Places) != 0 {
		t.Errorf("a new contact came with the past of another: %+v", renamed.Known)
	}

	logs(t, st, "T1", "dana ruiz", "acme")
	exec(t, pool, fmt.Sprintf(`update contacts set removed_at = now() where id = %d`, renamed.Known.Contact.ID))
	if back := logs(t, st, "T1", "dana ruiz", "acme"); !back.Known.New {
		t.Error("a line went to a contact who was taken back")
	}
}

// A line that the server ended, so that somebody who met it could go on, is
// recorded all the same, and once.
func TestALineIsTriedAgainAfterADeadlock(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	logs(t, st, "T1", "dana ruiz", "acme")
	other, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// as a migration would; it never finds the deadlock, so the line is the one that is ended
	if _, err := other.Exec(t.Context(), `set local deadlock_timeout = '1min'; lock table interactions in share mode`); err != nil {
		t.Fatal(err)
	}
	met := make(chan error, 1)
	go func() {
		waiting := 0 // the line holds the inbox and waits for its note
		for err == nil && waiting == 0 {
			err = pool.QueryRow(t.Context(), `select count(*) from pg_locks where relation = 'interactions'::regclass and not granted`).Scan(&waiting)
		}
		if err == nil {
			_, err = other.Exec(t.Context(), `lock table inbox in share mode`)
		}
		met <- errors.Join(err, other.Commit(t.Context()))
	}()
	logs(t, st, "T1", "dana ruiz", "acme")
	if err := <-met; err != nil {
		t.Fatal(err)
	}
	var rows, deliveries int
	if err := pool.QueryRow(t.Context(), `select (select count(*) from interactions), (select count(*) from inbox)`).Scan(&rows, &deliveries); err != nil || rows != 2 || deliveries != 2 {
		t.Errorf("%d notes of %d deliveries, %v; want 2 of 2", rows, deliveries, err)
	}
}

// Who is said to be new is nobody who is known: where nothing would tell the two
// apart the line waits, and the known one keeps the address that they have not.
func TestANewOneIsNotTakenForANamesake(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	line := func(change func(*store.Draft)) store.Outcome {
		t.Helper()
		n := fmt.Sprint(deliveries.Add(1))
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: n, Kind: "command", Key: n, Payload: []byte("{}")},
			Who: store.Who{Name: "Eva Holm", NameKey: "eva holm"}, At: tallyNow, LoggedAt: tallyNow, Channel: "phone", Direction: "both", Note: "note " + n, Source: "command"}
		change(&d)
		out, err := st.LogInteraction(t.Context(), d, func(store.Known) (store.Decision, error) { return store.Decision{Reading: []byte("{}")}, nil })
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	eva := line(func(*store.Draft) {}).Known.Contact
	addressed := func(d *store.Draft) { d.Who.Email, d.Who.Guessed = "eva.holm@nord.dk", true }
	asked := line(addressed)
	if len(asked.Ask) != 1 || asked.Namesake {
		t.Fatalf("an unknown address of a known name: %+v", asked)
	}
	chosen := line(func(d *store.Draft) { addressed(d); d.DeliveryID, d.NewContact = asked.DeliveryID, true })
	if chosen.Recorded != 0 || !chosen.Namesake || len(chosen.Ask) != 1 || chosen.Ask[0].ID != eva.ID {
		t.Errorf("the new one came to %+v", chosen)
	}
	if c, err := st.Contact(t.Context(), "T1", eva.ID); err != nil || c.Email != "" || c.Notes != 1 {
		t.Errorf("she who was known got an address or a note: %+v, %v", c, err)
	}
	meant := line(func(d *store.Draft) { addressed(d); d.DeliveryID, d.ContactID = asked.DeliveryID, eva.ID })
	if meant.Recorded == 0 || meant.Known.Contact.ID != eva.ID {
		t.Errorf("the line that waited came to %+v", meant)
	}
}

// A line that waits for an answer is asked about again when it comes again: the
// process may have died before anybody was asked. However late that is, what was
// typed twice is not taken for new.
func TestALineThatWaitsIsAskedAboutAgain(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	line := func(key, name, note string, late time.Duration, change func(*store.Draft)) store.Outcome {
		t.Helper()
		at := tallyNow.Add(late)
		d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: key, Kind: "event", Key: key, Payload: []byte("{}"), At: at},
			Who: store.Who{Name: name, NameKey: name}, At: at, LoggedAt: at, Channel: "phone", Direction: "both", Note: note, Source: "message"}
		change(&d)
		out, err := st.LogInteraction(t.Context(), d, func(store.Known) (store.Decision, error) { return store.Decision{Reading: []byte("{}")}, nil })
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	as := func(*store.Draft) {}
	logs(t, st, "T1", "jonas weber", "alpha")
	logs(t, st, "T1", "jonas weber", "beta")
	asked := line("asked", "jonas", "signed", 0, as)
	again := line("asked", "jonas", "signed", time.Hour, as)
	if len(asked.Ask) != 2 || len(again.Ask) != 2 || again.DeliveryID != asked.DeliveryID {
		t.Fatalf("asked %+v, and when it came again %+v", asked.Ask, again.Ask)
	}
	chosen := line("press", "jonas", "signed", 0, func(d *store.Draft) { d.DeliveryID, d.ContactID = asked.DeliveryID, asked.Ask[0].ID })
	if chosen.Recorded == 0 {
		t.Fatalf("%+v", chosen)
	}
	if third := line("asked", "jonas", "signed", time.Hour, as); third.Again == nil || third.Again.InteractionID != chosen.Recorded {
		t.Errorf("once recorded it came to %+v", third)
	}

	dana := logs(t, st, "T1", "dana ruiz", "acme").Known.Contact.ID
	known := func(d *store.Draft) { d.ContactID = dana }
	first := line("first", "", "called", 0, known)
	twice := line("twice", "", "called", time.Minute, known)
	late := line("twice", "", "called", time.Hour, known)
	if twice.Repeat != first.Recorded || late.Repeat != first.Recorded || late.DeliveryID != twice.DeliveryID {
		t.Errorf("typed twice: %d, when it came again %d; want %d", twice.Repeat, late.Repeat, first.Recorded)
	}
}

// Whoever looks up what became of a line waits for the transaction that may still
// commit it: that it is not to be seen yet says nothing.
func TestLookupWaitsForTheCommit(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	d := store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: "e", Kind: "command", Key: "k", Payload: []byte("typed")}
	if _, err := st.Lookup(t.Context(), d, 0); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("what nobody wrote: %v", err)
	}
	var waiting int64
	must(t, pool.QueryRow(t.Context(), `insert into inbox (team_id, person_id, envelope_id, kind, key, payload, outcome) values ('T1', 'U1', 'w', 'command', 'w', '', 'asked') returning id`).Scan(&waiting))
	const write = `insert into inbox (team_id, person_id, envelope_id, kind, key, payload, outcome) values ('T1', 'U1', 'e', 'command', 'k', 'typed', 'recorded')`
	lookedUpBehind(t, pool, st, d, 0, write, pgx.Tx.Rollback, "")
	lookedUpBehind(t, pool, st, d, 0, write, pgx.Tx.Commit, "recorded")
	const choose = `update inbox set outcome = 'recorded' where key = 'w'`
	lookedUpBehind(t, pool, st, d, waiting, choose, pgx.Tx.Rollback, "asked")
	lookedUpBehind(t, pool, st, d, waiting, choose, pgx.Tx.Commit, "recorded")
}

// lookedUpBehind looks a delivery up while a transaction writes, and ends it then.
func lookedUpBehind(t *testing.T, pool *pgxpool.Pool, st *store.Store, d store.Delivery, waiting int64, write string, end func(pgx.Tx, context.Context) error, want string) {
	t.Helper()
	tx, err := pool.Begin(t.Context())
	must(t, err)
	_, err = tx.Exec(t.Context(), write)
	must(t, err)
	type found struct {
		in  store.Received
		err error
	}
	looked := make(chan found, 1)
	go func() {
		in, err := st.Lookup(t.Context(), d, waiting)
		looked <- found{in, err}
	}()
	for waits := false; !waits; {
		must(t, pool.QueryRow(t.Context(), `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')`).Scan(&waits))
		select {
		case f := <-looked:
			_ = tx.Rollback(t.Context())
			t.Fatalf("it did not wait: %+v", f)
		default:
		}
	}
	must(t, end(tx, t.Context()))
	f := <-looked
	if want == "" && !errors.Is(f.err, store.ErrNotFound) || want != "" && (f.err != nil || f.in.Outcome != want) {
		t.Errorf("looked up, it came to %+v; want %q", f, want)
	}
}
