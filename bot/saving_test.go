package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"cairn/bot/slacksim"
	"cairn/store"
)

// Admins are told that somebody holds a contact, in the words of `cairn doctor`, and only
// as long as it is so.
func TestStatusTellsOfHeldContacts(t *testing.T) {
	t.Parallel()
	o := open(t)
	if got := o.types(t, maya, "/log", "Eva Holm, Acme: call"); !strings.Contains(got, "Recorded #") {
		t.Fatal(got)
	}
	o.types(t, ada, "/coach", "role")
	tx, err := o.store.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `select pg_sleep(1)`); err != nil { // older than a line that is being recorded
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `update contacts set title = 'CFO'`); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	for _, want := range []string{"A line can be written, but not about some contacts while somebody holds them: process ", "holds rows of the table contacts", "pg_terminate_backend"} {
		if got := o.types(t, ada, "/coach", "help status"); !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	t.Log(time.Since(begun))
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := o.types(t, ada, "/coach", "help status"); strings.Contains(got, "holds") {
		t.Error(got)
	}
}

// What keeps lines from being recorded is told as it is: for as long as it lasts
// and no longer, as what it is, and not at all where it is one contact's alone.
func TestSavingTellsWhatIs(t *testing.T) {
	t.Parallel()
	o := open(t)
	if got := o.types(t, maya, "/log", "Eva Holm, Acme: call"); !strings.Contains(got, "Recorded #") {
		t.Fatal(got)
	}
	hold := func(sql string) pgx.Tx {
		tx, err := o.store.Pool().Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
		return tx
	}
	for _, c := range []struct {
		lock string
		who  string
		fit  bool // for others' lines
		want string
	}{
		{`lock table inbox in share mode`, "Eva Holm, Acme", false, "The database took too long just now."},
		{`select from contacts where name = 'Eva Holm' for update`, "Eva Holm, Acme", true, "Somebody else is changing this contact just now."},
		{`select from companies where name = 'Acme' for update`, "Ida Neu, Acme", true, "Somebody else is changing this company just now."},
	} {
		tx := hold(c.lock)
		if got := o.types(t, maya, "/log", c.who+": mail, "+c.lock); !strings.Contains(got, "NOT saved.* "+c.want) || !strings.Contains(got, "(E-") {
			t.Errorf("%s: %s", c.lock, got)
		}
		if err := o.bot.Saving(t.Context()); (err == nil) != c.fit {
			t.Errorf("%s: saving: %v", c.lock, err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := o.bot.Saving(t.Context()); err != nil {
			t.Errorf("after %s: saving: %v", c.lock, err)
		}
	}
}

// A database that lacks what lines need is told of too, though it is there and takes
// writes, and so is that only some lines fail: those that are recorded meanwhile do
// not hide it.
func TestSavingTellsOfSomeLines(t *testing.T) {
	t.Parallel()
	o := open(t)
	if got := o.types(t, maya, "/log", "Eva Holm, Acme: call"); !strings.Contains(got, "Recorded #") {
		t.Fatal(got)
	}
	if _, err := o.store.Pool().Exec(t.Context(), "drop extension pg_trgm cascade"); err != nil {
		t.Fatal(err)
	}
	if got := o.types(t, maya, "/log", "Kim Berg: call"); !strings.Contains(got, "NOT saved") {
		t.Error(got)
	}
	if got := o.types(t, maya, "/log", "Eva Holm, Acme: mail, asked for a price"); !strings.Contains(got, "Recorded #") {
		t.Error(got)
	}
	if err := o.bot.Saving(t.Context()); !errors.Is(err, store.ErrSome) {
		t.Errorf("saving: %v", err)
	}
	o.types(t, ada, "/coach", "role")
	if got := o.types(t, ada, "/coach", "help status"); !strings.Contains(got, "some lines cannot be recorded") {
		t.Error(got)
	}
}

// A copy of a line that comes when nothing can be recorded is no news to somebody
// whose receipt has arrived: nothing is told after all.
func TestACopyOfAShownLineTellsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.types(t, maya, "/log", "Ada Lang, Acme: call") // met before anything is held
	reply, err := o.User(maya).Slash(t.Context(), o.User(maya).DMChannel(), "/log", "Eva Holm, Acme: call")
	if err != nil || reply.Message == nil || !strings.Contains(slacksim.Text(*reply.Message), "Recorded #") {
		t.Fatalf("no receipt: %v %+v", err, reply)
	}
	time.Sleep(3 * time.Second) // until it is proven to have arrived: a second as a rule
	tx, err := o.store.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `lock table inbox in share mode`); err != nil {
		t.Fatal(err)
	}
	if err := o.Faults().Redeliver(reply.EnvelopeID); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); o.bot.Saving(t.Context()) == nil; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the copy was recorded, or never came")
		}
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(5 * time.Second) // the look after three seconds, and what it would say
	var late int
	if err := o.store.Pool().QueryRow(t.Context(), `select count(*) from outbox where key like 'late%'`).Scan(&late); err != nil || late != 0 {
		t.Errorf("%d words were told late: %v", late, err)
	}
}
