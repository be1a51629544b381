package fault

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/bench"
	"cairn/bot/slacksim"
)

// Ledger is what people were shown.
type Ledger struct {
	mu         sync.Mutex
	shown      map[int64]int // number of a receipt → line; -1 where it came late
	unsaved    map[int]bool  // lines that were said not to be saved
	unsure     map[int]bool  // lines that were said not to be confirmed yet
	Receipts   int
	Unsaved    int
	Unsure     int // said not to be confirmed yet
	Unanswered int
	Slowest    time.Duration
	why        string   // what was said of the first line that was not saved
	other      []string // answers of no kind that we know, three at most
}

func newLedger() *Ledger {
	return &Ledger{shown: map[int64]int{}, unsaved: map[int]bool{}, unsure: map[int]bool{}}
}

// add books the answer to a line.
func (l *Ledger) add(line int, took time.Duration, r *slacksim.Reply, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || r.Failed != "" {
		l.Unanswered++
		return
	}
	l.Slowest = max(l.Slowest, took)
	if r.Message == nil {
		return
	}
	text := slacksim.Text(*r.Message)
	switch n := bench.NumberIn(text); {
	case n != 0:
		l.Receipts++
		l.shown[n] = line
		delete(l.unsaved, line)
	case strings.Contains(text, "NOT saved"):
		l.Unsaved++
		l.unsaved[line] = true
		if l.why == "" {
			l.why = fmt.Sprintf("line %d after %v: %s", line, took.Round(time.Millisecond), text)
		}
	case strings.Contains(text, "Not confirmed"):
		l.Unsure++
		l.unsure[line] = true
	case line < 0: // no line of the load's
	case strings.Contains(text, "You recorded this very line"):
	default:
		if len(l.other) < 3 {
			l.other = append(l.other, text)
		}
	}
}

func (l *Ledger) unanswered() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Unanswered
}

// late books what came by another way than an ack, receipts and lines given
// back, and gives the number of receipts.
func (l *Ledger) late(w *bench.World) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := 0
	for i := range bench.People {
		u := w.User(bench.Rep(i))
		for _, m := range u.Messages(u.DMChannel()) {
			text := slacksim.Text(m)
			n := bench.NumberIn(text)
			if _, known := l.shown[n]; n != 0 && !known {
				l.shown[n] = -1
				found++
			}
			if line := lineIn(text); n == 0 && line >= 0 && strings.Contains(text, "NOT saved") {
				l.unsaved[line] = true
			}
		}
	}
	return found
}

// Check compares the ledger with the database, and says how the two stand.
func (l *Ledger) Check(ctx context.Context, db *pgxpool.Pool) (string, error) {
	notes, err := standing(ctx, db)
	if err != nil {
		return "", err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := map[int]int{}
	for _, note := range notes {
		if n := lineIn(note); n >= 0 {
			lines[n]++
		}
	}
	for n, line := range l.shown {
		note, stands := notes[n]
		if !stands {
			return "", fmt.Errorf("the receipt #%d was shown, and no row stands", n)
		}
		if line >= 0 && !strings.Contains(note, bench.Mark(line)) {
			return "", fmt.Errorf("the receipt #%d was shown for line %d, and the row is another's", n, line)
		}
	}
	for line, n := range lines {
		if n > 1 {
			return "", fmt.Errorf("line %d stands %d times", line, n)
		}
	}
	for n, note := range notes {
		// a copy of its delivery may have been recorded: then a late receipt says so
		if _, told := l.shown[n]; !told && l.unsaved[lineIn(note)] {
			return "", fmt.Errorf("line %d was said not to be saved, it stands, and nobody was told", lineIn(note))
		}
	}
	if len(l.other) > 0 {
		return "", fmt.Errorf("answers of an unknown kind: %q", l.other)
	}
	return fmt.Sprintf("receipts without a row: 0 (%d shown, %d rows), lines that stand twice: 0", len(l.shown), len(notes)), nil
}

// standing reads the notes that stand, by the number of their receipts.
func standing(ctx context.Context, db *pgxpool.Pool) (map[int64]string, error) {
	rows, err := db.Query(ctx, `select id, note from interactions where undone_at is null`)
	if err != nil {
		return nil, fmt.Errorf("fault: read the rows: %w", err)
	}
	notes := map[int64]string{}
	var id int64
	var note string
	if _, err = pgx.ForEachRow(rows, []any{&id, &note}, func() error { notes[id] = note; return nil }); err != nil {
		return nil, fmt.Errorf("fault: read the rows: %w", err)
	}
	return notes, nil
}

// silent are the lines from one number up to another that stand though nobody
// was shown their receipt, and those of which nobody was told anything at all:
// not that they stand, nor that they are not saved or not confirmed.
func (l *Ledger) silent(notes map[int64]string, from, to int) (untold, unanswered []int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	told := map[int]bool{}
	for id, note := range notes {
		n := lineIn(note)
		if n < from || n >= to {
			continue
		}
		_, told[n] = l.shown[id]
		if !told[n] {
			untold = append(untold, n)
		}
	}
	for n := from; n < to; n++ {
		if _, stands := told[n]; !stands && !l.unsaved[n] && !l.unsure[n] {
			unanswered = append(unanswered, n)
		}
	}
	return untold, unanswered
}

// lineIn is the number that stands in a note by [bench.Mark]; -1: none.
func lineIn(note string) int {
	n := -1
	_, _ = fmt.Sscanf(note[strings.LastIndexByte(note, '(')+1:], "note %d)", &n) // without one, n stays
	return n
}

// inTime fails where an answer came later than promised.
func (l *Ledger) inTime() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Slowest > Promised {
		return fmt.Errorf("an answer took %v, more than %v", l.Slowest, Promised)
	}
	return nil
}

// count reads one of the ledger's figures.
func (l *Ledger) count(of *int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return *of
}
