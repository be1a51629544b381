package bot_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/slacksim"
)

// Of two choices for a line, the second pressed before the first has taken the buttons away,
// one stands, and the other is told for whom. Which it is depends: the first waits for its
// contact, and lets the line go meanwhile.
func TestASecondChoiceIsTold(t *testing.T) {
	t.Parallel()
	for second, want := range map[string]string{"Anna Kern, Beta": "", "Anna Berg, Alpha": "Nothing was recorded for Anna Berg, Alpha", "New: anna": "Nothing was recorded for anna"} {
		o := open(t)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		for _, line := range []string{"Anna Berg, Alpha: call", "Anna Kern, Beta: call", "anna: asked for prices"} {
			o.types(t, maya, "/log", line)
		}
		u, pool := o.User(maya), o.store.Pool()
		all := u.Messages(u.DMChannel())
		question := all[len(all)-1].Ref()
		tx, err := pool.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
		if _, err := tx.Exec(ctx, `select from contacts where name = 'Anna Kern' for update`); err != nil {
			t.Fatal(err)
		}
		var clicks sync.WaitGroup
		for _, button := range []string{"Anna Kern, Beta", second} {
			clicks.Go(func() {
				if reply, err := u.Click(ctx, question, button); err != nil || reply.Failed != "" {
					t.Errorf("%s: %v %+v", button, err, reply)
				}
			})
			time.Sleep(200 * time.Millisecond) // the buttons are there as long as the first press is worked on
		}
		if err := tx.Commit(ctx); err != nil {
			t.Fatal(err)
		}
		clicks.Wait()
		said := ""
		stands := func() bool {
			return strings.Contains(said, "Anna Kern, Beta · ") && strings.Contains(said, want) ||
				want != "" && strings.Contains(said, "Nothing was recorded for Anna Kern, Beta")
		}
		for ctx.Err() == nil && !stands() {
			time.Sleep(10 * time.Millisecond)
			m, _ := u.Message(question)
			said = slacksim.Text(m)
		}
		if ctx.Err() != nil || want == "" && strings.Contains(said, "Nothing was recorded") {
			t.Errorf("%s pressed as well is not told %q: %s", second, want, said)
		}
		var notes int
		if err := pool.QueryRow(ctx, `select count(*) from interactions where undone_at is null`).Scan(&notes); err != nil || notes != 3 {
			t.Error("recorded:", notes, err)
		}
	}
}
