package fault

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"go.uber.org/goleak"

	"cairn/bot/bench"
	"cairn/bot/slacksim"
	"cairn/store/localpg"
)

// Run is one fault and the promise that it tries.
type Run struct {
	Name    string
	Promise string
	Do      func(ctx context.Context, h *House) (seen string, err error)
}

// Runs are all faults tried in this process; [KillRuns] kills another, and
// [Elsewhere] names the promises that tests beside the code prove.
func Runs() []Run {
	const honest = "an honest answer in time, not ready, and receipts again afterwards"
	return []Run{
		{"duplicates", "a delivery that comes again, over any replica, is processed once", duplicates},
		{"events again", "an event that Slack sends four times, also over a restart, is processed once", eventsAgain},
		{"slow database", "a database 500 ms away still gives receipts in time", slowDatabase},
		{"database swallowed", "nothing is said to be saved that is not; heals by itself", swallowed},
		{"given back whole", "what was typed and not saved comes back letter by letter", givenBack},
		{"outcome unknown", "a commit whose outcome is unknown is looked up and told", unknown},
		{"answer unknown", "a question, a choice or an answer whose commit is unknown comes all the same", unknownAnswers},
		{"database killed", "kill -9 of Postgres loses no receipt; healthy within 10 s of its return", postgresKilled},
		{"connections exhausted", honest, exhausted},
		{"slow lock", honest, locked},
		{"slow lock on what is read", honest, lockedRead},
		{"contacts held", "whoever holds some contacts keeps nobody's line about others waiting", heldContacts},
		{"disk full", honest, diskFull},
		{"read-only", honest, readOnly},
		{"socket cut after delivery", "the line stands, and its receipt comes late", cutAfterDelivery},
		{"response_url spent", "the receipt comes as a direct message", spentResponses},
		{"sockets recycled", "a socket that Slack wants back costs no line, one that is cut only what was on its wire; every line that reached us is told of", recycled},
		{"socket gone deaf", "noticed and replaced within 12 s", deaf},
		{"reconnect that hangs", "the socket comes back all the same", hangingOpen},
		{"a socket too many", "Slack's ten sockets are kept to, without a storm; the eleventh waits for a free one", eleventh},
		{"token refused", "not ready, and no storm of attempts", refused},
		{"posts refused", "Retry-After is obeyed; nothing is posted twice, nothing is lost", refusedPosts},
		{"channel archived", "parked; its owner is told once, and all goes out once the channel is back", parkedChannel},
		{"model fails", "every command is answered, nothing unknown is suggested", failingModel},
		{"one contact by fifty", "fifty lines and fifty corrections at once: none is lost", fifty},
		{"hostile texts", "stored as typed or refused by name; nobody is called", hostileTexts},
		{"two workspaces", "equal ids in two workspaces stay apart", twoTeams},
		{"shut down under load", "at 200/s, taken commands are answered; within 10 s", shutDown},
		{"shut down, each receipt once", "at 50/s, whoever is told to end lets nobody see a receipt, or that a line is not saved, twice", eachOnce},
		{"one replica of two ends", "at 100/s, the other takes over: every line gets its receipt", deploy},
	}
}

// KillRuns are the faults that break a process of its own, built by [Build].
func KillRuns(binary string) []Run {
	return append([]Run{Kills(binary)}, append(KillsPending(binary),
		Run{"shut down, database hanging", "ends within 10 s, whatever its database does", func(ctx context.Context, h *House) (string, error) {
			return h.hangingStop(ctx, binary)
		}},
		Run{"quiet logs", "no log holds a note, a name or a secret, panics included", func(ctx context.Context, h *House) (string, error) {
			return quietLogs(ctx, h, binary)
		}})...)
}

// Proof is a promise that a test beside the code proves, whole in `go test`.
type Proof struct{ Name, Promise, Package, Test string }

// Elsewhere are the promises that need no broken world around them.
func Elsewhere() []Proof {
	return []Proof{
		{"hidden instructions", "a note's text commands nothing, in 205 tries with a model", "./bot/observe/model", "TestHostileNotes"},
		{"hidden instructions, no model", "a note's text commands nothing, in 205 tries", "./bot/observe", "TestHostileNotes"},
		{"clocks and calendars", "2020–2040 in all zones: one digest a local week", "./bot/digest", "TestTicksNeverDoubleNorMiss"},
		{"outage of 30 hours", "the digest comes late and says so", "./bot", "TestDigestAfterAnOutage"},
		{"three replicas", "one digest a week, whichever replica dies", "./bot", "TestDigestOnceAWeekOverReplicas"},
		{"edits at once", "of fifty edits of a prompt one stands, the rest are told", "./store", "TestConcurrentEdits"},
		{"ambiguous name", "asks with buttons, attaches nothing by guess", "./bot", "TestConversations/two-of-a-name"},
		{"any text", "no text breaks the parser", "./bot/line", "FuzzParse"},
		{"cells of a file", "no cell is run as a formula", "./bot", "TestWhoPagesAndFile"},
		{"roles", "every cell of role × action × owner", "./bot", "TestEveryCellOfTheRights"},
		{"undone while a job waits", "the job finds nothing and does nothing", "./bot", "TestUndoneWhileAJobWaits"},
		{"forgotten while a job waits", "no word of them in any row; the job finds nothing", "./store", "TestForgetLeavesNoWord"},
		{"storm on posts", "each message arrives once, each channel in order", "./bot/post", "TestStorm"},
		{"reminders", "one a day over replicas", "./store", "TestRemindOnceOverReplicas"},
		{"rolling upgrade", "the version before runs on this version's tables", "./store", "TestTheVersionBefore"},
	}
}

// Try opens a house, does the run and compares ledger and database.
func (r Run) Try(ctx context.Context, server *localpg.Server, scale Scale, log *slog.Logger) (seen string, err error) {
	h, err := Open(ctx, server, scale, log)
	if err != nil {
		return "", err
	}
	defer h.Close()
	if seen, err = r.Do(ctx, h); err != nil {
		return seen, err
	}
	books, late := "", err
	_, err = until(ctx, 20*time.Second, "a word on every line that stands", func() bool { // what comes late takes some seconds
		h.Ledger.late(h.World)
		books, late = h.Ledger.Check(ctx, h.Direct)
		return late == nil
	})
	if scale.Patient && err == nil { // a machine that runs other tests besides keeps no time
		err = h.Ledger.inTime()
	}
	return seen + "; " + books, errors.Join(late, err)
}

// Alone is Try where nothing else runs meanwhile: it also wants no goroutine
// left.
func (r Run) Alone(ctx context.Context, server *localpg.Server, scale Scale, log *slog.Logger) (seen string, err error) {
	before := goleak.IgnoreCurrent()
	if seen, err = r.Try(ctx, server, scale, log); err != nil {
		return seen, err
	}
	for range 20 { // connections that were cut take a moment to be noticed
		if err = goleak.Find(before); err == nil {
			return seen + "; no goroutine left", nil
		}
		time.Sleep(500 * time.Millisecond)
	}
	return seen, err
}

// say types the next line and books the answer.
func (h *House) say(ctx context.Context) {
	n := h.next
	h.next++
	took, r, err := h.Log(ctx, n)
	h.Ledger.add(n, took, r, err)
}

// warm lets everybody type until they get a receipt, so that nobody is met for
// the first time while something is broken.
func (h *House) warm(ctx context.Context) error {
	var wg sync.WaitGroup
	from := h.next
	h.next += bench.People
	gate := make(chan struct{}, 8)
	deadline := time.Now().Add(2 * time.Minute)
	for i := range bench.People {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			for n := int64(0); n == 0 && time.Now().Before(deadline) && ctx.Err() == nil; {
				took, r, err := h.Log(ctx, from+i)
				h.Ledger.add(from+i, took, r, err)
				n = bench.Number(r)
				if r != nil && r.Message != nil && strings.Contains(slacksim.Text(*r.Message), "You recorded this very line") {
					return
				}
			}
		})
	}
	wg.Wait()
	h.Ledger.mu.Lock()
	defer h.Ledger.mu.Unlock()
	if h.Ledger.Receipts < bench.People*9/10 {
		return fmt.Errorf("before anything was broken, %d of %d lines got a receipt", h.Ledger.Receipts, bench.People)
	}
	h.Ledger.Slowest, h.Ledger.Unanswered, h.Ledger.Unsaved, h.Ledger.Unsure = 0, 0, 0, 0 // a cold start is another matter
	return nil
}

// load types at a pace until the returned function is called, which waits for
// the last answers.
func (h *House) load(ctx context.Context, rate float64) (stop func()) {
	ctx2, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(time.Duration(float64(time.Second) / rate))
		defer tick.Stop()
		for {
			select {
			case <-ctx2.Done():
				return
			case <-tick.C:
			}
			n := h.next
			h.next++
			wg.Go(func() {
				took, r, err := h.Log(ctx, n)
				h.Ledger.add(n, took, r, err)
			})
		}
	})
	return func() { cancel(); wg.Wait() }
}

// slack is by how much longer things may take where the machine runs other
// tests besides: there only what comes about counts, not when.
const slack = 8

// within polls for a condition, for as long as is promised.
func (h *House) within(ctx context.Context, limit time.Duration, what string, ok func() bool) (time.Duration, error) {
	if !h.Scale.Patient {
		limit *= slack
	}
	return until(ctx, limit, what, ok)
}

// until polls for a condition.
func until(ctx context.Context, limit time.Duration, what string, ok func() bool) (time.Duration, error) {
	begun := time.Now()
	for !ok() {
		if time.Since(begun) > limit {
			return limit, fmt.Errorf("%s did not come about within %v", what, limit)
		}
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return time.Since(begun), nil
}
