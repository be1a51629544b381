package fault

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"cairn/bot/bench"
	"cairn/bot/slacksim"
	"cairn/bot/watch"
	"cairn/store"
)

// unheard does something while commits take their time and, from a moment later
// on, all answers are lost on the way. The commits are those after a write of the
// kind of when to a table.
func (h *House) unheard(ctx context.Context, when, table string, do func()) error {
	_, err := h.Direct.Exec(ctx, `create or replace function slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(0.6); return null; end $$;
		create constraint trigger slow_commit after `+when+` on `+table+` deferrable initially deferred for each row execute function slow_commit()`)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	wg.Go(do)
	time.Sleep(300 * time.Millisecond)
	err = h.proxy.deafen()
	wg.Wait()
	h.proxy.heal(ctx)
	_, mended := h.Direct.Exec(ctx, `drop trigger slow_commit on `+table)
	return errors.Join(err, mended)
}

func unknown(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	from := h.next
	err := h.unheard(ctx, "insert", "interactions", func() {
		stop := h.load(ctx, 40)
		time.Sleep(300 * time.Millisecond)
		stop()
	})
	if err != nil {
		return "", err
	}
	owed := h.Ledger.Unsure
	if owed == 0 {
		return h.sum(), fmt.Errorf("no commit's outcome was unknown")
	}
	_, err = h.within(ctx, time.Minute, "word on every unknown commit", func() bool {
		var told int
		row := h.Direct.QueryRow(ctx, `select count(*) from outbox where (key like 'late:%' or key like 'found:%') and state = 'sent'`)
		return row.Scan(&told) == nil && told >= owed
	})
	if err == nil { // a commit that was cut off before it began is told as not saved; all that stand, as receipts
		err = h.toldOfAll(ctx, from, time.Minute)
	}
	if err != nil {
		return h.sum(), err
	}
	return h.sum(), h.countedAll(ctx)
}

// countedAll wants every row of the database counted as a receipt, those that
// came late too.
func (h *House) countedAll(ctx context.Context) error {
	var rows int
	if err := h.Direct.QueryRow(ctx, `select count(*) from interactions`).Scan(&rows); err != nil {
		return err
	}
	w := httptest.NewRecorder()
	watch.Handler(h.meters, watch.NewReadiness(nil, h.log), nil).ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/metrics", nil))
	if want := fmt.Sprintf("\ncairn_receipts_total %d\n", rows); !strings.Contains(w.Body.String(), want) {
		_, counted, _ := strings.Cut(w.Body.String(), "\ncairn_receipts_total ")
		counted, _, _ = strings.Cut(counted, "\n")
		return fmt.Errorf("%s receipts are counted of %d rows", counted, rows)
	}
	return nil
}

// unknownAnswers loses the outcome of what is no line of a known contact's: of a
// question, of the choice that answers it, and of the answer in the outbox.
func unknownAnswers(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	people := len(namesakes)
	each := func(do func(u *slacksim.User, name string, n int)) func() {
		return func() {
			var wg sync.WaitGroup
			for i, name := range namesakes {
				n := h.next
				h.next++
				wg.Go(func() { do(h.User(bench.Rep(i)), name, n) })
			}
			wg.Wait()
		}
	}
	for i, name := range namesakes {
		u := h.User(bench.Rep(i))
		for _, firm := range []string{"Alpha", "Beta"} {
			if reply, err := u.Slash(ctx, u.DMChannel(), "/log", name+" Weber, "+firm+": call"); err != nil || bench.Number(reply) == 0 {
				return "", fmt.Errorf("no receipt: %v %+v", err, reply)
			}
		}
	}
	// what is said late is looked for below
	typed := func(u *slacksim.User, name string, n int) {
		_, _ = u.Slash(ctx, u.DMChannel(), "/log", name+": signed today "+bench.Mark(n))
	}
	pressed := func(u *slacksim.User, name string, _ int) {
		if m, ok := question(u); ok {
			_, _ = u.Click(ctx, m.Ref(), name+" Weber, Beta")
		}
	}
	asked := func() (n int) {
		for i := range people {
			if _, ok := question(h.User(bench.Rep(i))); ok {
				n++
			}
		}
		return n
	}
	from := h.next
	if err := h.unheard(ctx, "update", "inbox", each(typed)); err != nil {
		return "", err
	}
	if _, err := h.within(ctx, 20*time.Second, "a question to each", func() bool { return asked() == people }); err != nil {
		return fmt.Sprintf("%d of %d were asked whom they mean", asked(), people), err
	}
	if err := h.unheard(ctx, "insert", "interactions", each(pressed)); err != nil {
		return "", err
	}
	err := h.chosen(ctx, from, people)
	if err != nil {
		return "", err
	}
	from = h.next
	var cut int
	// some of those do not stand either: their commit is broken off, unheard
	broken := h.unheard(ctx, "insert", "outbox", func() {
		if _, err = h.tell(people); err == nil {
			cut, err = h.cutCommits(ctx)
		}
		time.Sleep(store.CommandTimeout)
	})
	if err = errors.Join(err, broken); err == nil && cut == 0 {
		err = errors.New("no commit of an answer was cut off: the fault was none")
	}
	if err == nil {
		_, err = h.within(ctx, 20*time.Second, "every line", func() bool { return h.standing(ctx, from) == people })
	}
	if err == nil {
		err = h.toldOfAll(ctx, from, 20*time.Second)
	}
	return fmt.Sprintf("%d questions, choices and answers each, %d of the answers cut off", people, cut), err
}

// cutCommits ends the sessions that are at a commit which takes its time, half a
// second after it was asked to, and says how many there were.
func (h *House) cutCommits(ctx context.Context) (n int, err error) {
	time.Sleep(500 * time.Millisecond)
	err = h.Direct.QueryRow(ctx, `select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`).Scan(&n)
	return n, err
}

// namesakes are first names that two contacts bear, a pair for each person.
var namesakes = []string{"Alba", "Bruno", "Carla", "Darius", "Edda", "Falk", "Gunda", "Hagen"}

// question is what somebody was asked last: whom they mean.
func question(u *slacksim.User) (last slacksim.Message, ok bool) {
	for _, m := range u.Messages(u.DMChannel()) {
		if strings.Contains(slacksim.Text(m), "Which one do you mean") {
			last, ok = m, true
		}
	}
	return last, ok
}

// chosen wants so many lines from one on recorded, each told by its receipt, and
// nobody told that theirs is not saved.
func (h *House) chosen(ctx context.Context, from, lines int) error {
	_, err := h.within(ctx, 20*time.Second, "a row for each choice", func() bool { return h.standing(ctx, from) == lines })
	if err != nil {
		return fmt.Errorf("%d of %d: %w", h.standing(ctx, from), lines, err)
	}
	if err := h.toldOfAll(ctx, from, 20*time.Second); err != nil {
		return err
	}
	for i := range lines {
		u := h.User(bench.Rep(i))
		for _, m := range u.Messages(u.DMChannel()) {
			if text := slacksim.Text(m); strings.Contains(text, "NOT saved") {
				return fmt.Errorf("a line that stands was said not to be: %.200s", text)
			}
		}
	}
	return nil
}
