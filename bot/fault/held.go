package fault

import (
	"context"
	"fmt"
	"sync"
	"time"

	"cairn/bot/bench"
)

// In the run of held contacts, lines about some whom a forgotten transaction holds come
// together with lines about others, again and again.
const heldPeople, freePeople = 16, 32

// heldContacts wants every line about the others recorded meanwhile, and a word in time on
// each of the rest, which are recorded once the transaction has ended.
func heldContacts(ctx context.Context, h *House) (string, error) {
	from := h.next
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	var marks []string
	for i := range heldPeople {
		marks = append(marks, "%"+bench.Mark(from+i)+"%")
	}
	tx, err := h.Direct.Begin(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	tag, err := tx.Exec(ctx, `update contacts set title = title where id in (select contact_id from interactions where note like any($1))`, marks)
	if err != nil {
		return "", err
	}
	if n := tag.RowsAffected(); n != heldPeople {
		return "", fmt.Errorf("%d of %d contacts are held", n, heldPeople)
	}
	var others []int
	for end := time.Now().Add(h.Scale.Span); time.Now().Before(end); {
		others = append(others, h.sayAll(ctx, h.round(from), heldPeople+freePeople)[heldPeople:]...)
	}
	if err := h.recorded(others); err != nil {
		return h.sum(), err
	}
	if n := h.Ledger.count(&h.Ledger.Unsaved); n == 0 {
		return h.sum(), fmt.Errorf("no line was said not to be saved: nobody was held")
	}
	seen := fmt.Sprintf("%d lines about others, all with their receipts; %s", len(others), h.sum())
	if err := tx.Rollback(ctx); err != nil {
		return seen, err
	}
	return seen, h.recorded(h.sayAll(ctx, h.round(from), heldPeople))
}

// round is the next number whose line is about the contact of the line from.
func (h *House) round(from int) int {
	ahead := (h.next - from + bench.Contacts - 1) / bench.Contacts
	return from + ahead*bench.Contacts
}

// sayAll types lines at once, from a number on, books the answers and gives the numbers.
func (h *House) sayAll(ctx context.Context, from, n int) (lines []int) {
	h.next = from + n
	var wg sync.WaitGroup
	for line := from; line < from+n; line++ {
		lines = append(lines, line)
		wg.Go(func() {
			took, r, err := h.Log(ctx, line)
			h.Ledger.add(line, took, r, err)
		})
	}
	wg.Wait()
	return lines
}

// recorded fails where a receipt is missing of lines that were answered.
func (h *House) recorded(lines []int) error {
	h.Ledger.mu.Lock()
	defer h.Ledger.mu.Unlock()
	has := map[int]bool{}
	for _, line := range h.Ledger.shown {
		has[line] = true
	}
	missing := 0
	for _, line := range lines {
		if !has[line] {
			missing++
		}
	}
	if missing > 0 {
		return fmt.Errorf("%d of %d lines about nobody who is held got no receipt", missing, len(lines))
	}
	return nil
}
