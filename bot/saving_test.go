package bot_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

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
		fit  bool // for others' lines
	}{
		{`lock table inbox in share mode`, false},
		{`select from contacts where name = 'Eva Holm' for update`, true},
	} {
		tx := hold(c.lock)
		if got := o.types(t, maya, "/log", "Eva Holm, Acme: mail, "+c.lock); !strings.Contains(got, "NOT saved.* The database took too long just now.") || !strings.Contains(got, "(E-") {
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
