package fault

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cairn/bot/bench"
	"cairn/bot/slacksim"
)

// copiesAtOnce is after how many lines the copies of all are waited for. Whoever types waits
// for the first answer only: else the copies pile up until what is tried is how much the
// machine can bear.
const copiesAtOnce = 200

func duplicates(ctx context.Context, h *House) (string, error) {
	for range 2 {
		if _, err := h.Serve(ctx, 1); err != nil {
			return "", err
		}
	}
	if err := h.warm(ctx); err != nil {
		return "", err
	}
	h.Faults().Duplicate(2)
	lines := h.Scale.Deliveries / 3
	var wg sync.WaitGroup
	gate := make(chan struct{}, 16)
	for i := range lines {
		if i%copiesAtOnce == 0 {
			wg.Wait()
			if err := h.WaitIdle(ctx); err != nil {
				return "", fmt.Errorf("some deliveries were never acked: %w", err)
			}
		}
		n := h.next
		h.next++
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			took, r, err := h.Log(ctx, n)
			h.Ledger.add(n, took, r, err)
			if err == nil && n%10 == 0 { // the same trigger in a new envelope
				_, _ = h.Faults().RedeliverAnew(r.EnvelopeID)
			}
		})
	}
	wg.Wait()
	h.Faults().Duplicate(0)
	if err := h.WaitIdle(ctx); err != nil {
		return "", fmt.Errorf("some deliveries were never acked: %w", err)
	}
	return fmt.Sprintf("%d lines, each delivered three times over two replicas: %s", lines, h.unbroken()), nil
}

func cutAfterDelivery(ctx context.Context, h *House) (string, error) {
	return cutUnderLines(ctx, h, 15*time.Second)
}

// cutUnderLines cuts the sockets under lines that are being recorded; their
// receipts have so long to come late.
func cutUnderLines(ctx context.Context, h *House, limit time.Duration) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	// slow enough to cut every socket while the lines are being recorded
	if err := h.proxy.slow(100 * time.Millisecond); err != nil {
		return "", err
	}
	from, lines := h.next, 0
	for range max(2, h.Scale.Drops/4) {
		stop := h.load(ctx, 40)
		time.Sleep(250 * time.Millisecond)
		h.Faults().DropSockets()
		stop()
		if _, err := h.within(ctx, 20*time.Second, "both sockets", func() bool { return h.Sockets() == 2 }); err != nil {
			return "", err
		}
	}
	h.proxy.heal(ctx)
	lines = h.standing(ctx, from)
	if lines == 0 {
		return "", fmt.Errorf("no line was being recorded when the sockets went")
	}
	// every line that stands is told; the rest never reached us
	err := h.toldOfAll(ctx, from, limit)
	return fmt.Sprintf("sockets cut under %d lines, %d of them recorded", h.next-from, lines), err
}

// toldOfAll waits until everybody was shown the receipt of each line from one
// on that stands.
func (h *House) toldOfAll(ctx context.Context, from int, limit time.Duration) error {
	untold, _, err := h.settle(ctx, from, limit, func(untold, _ []int) bool { return len(untold) == 0 })
	if err == nil && len(untold) > 0 {
		err = fmt.Errorf("%d lines stand and nobody was shown their receipts, line %d for one", len(untold), untold[0])
	}
	return err
}

// settle waits until what was said of the lines from one on is enough, and
// gives what is still not: see [Ledger.silent].
func (h *House) settle(ctx context.Context, from int, limit time.Duration, enough func(untold, unanswered []int) bool) (untold, unanswered []int, err error) {
	_, late := h.within(ctx, limit, "a word on every line", func() bool {
		h.Ledger.late(h.World)
		var notes map[int64]string
		if notes, err = standing(ctx, h.Direct); err != nil {
			return false
		}
		untold, unanswered = h.Ledger.silent(notes, from, h.next)
		return enough(untold, unanswered)
	})
	if late == nil || len(untold)+len(unanswered) > 0 { // the caller says it better than the clock
		return untold, unanswered, err
	}
	return nil, nil, errors.Join(late, err)
}

// recycled takes sockets away under load, one at a time and all at once, in the
// ways that Slack and networks do. What Slack announces costs no line; of what is on a wire
// that is cut, a line may never reach us.
func recycled(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	var seen []string
	for _, way := range []struct {
		name      string
		announced bool
		take      func() (taken int)
	}{
		{"asked back (refresh_requested)", true, func() int { return h.Faults().DisconnectSome("refresh_requested", 1) }},
		{"asked back (warning)", true, func() int { return h.Faults().DisconnectSome("warning", 1) }},
		{"all asked back at once (refresh_requested)", true, func() int { return h.Faults().Disconnect("refresh_requested") }},
		{"all asked back at once (warning)", true, func() int { return h.Faults().Disconnect("warning") }},
		{"cut", false, func() int { return h.Faults().DropSome(1) }},
	} {
		from, unanswered := h.next, h.Ledger.unanswered()
		before, _ := h.seenTwice()
		if err := h.takeSockets(ctx, way.take); err != nil {
			return "", fmt.Errorf("%s: %w", way.name, err)
		}
		lines, late := h.next-from, h.Ledger.unanswered()-unanswered
		// what crosses Slack's and our goodbye is told late
		few, lose := max(2, lines/100), 0
		if !way.announced {
			lose = few
		}
		untold, lost, err := h.settle(ctx, from, 15*time.Second, func(untold, lost []int) bool { return len(untold) == 0 && len(lost) <= lose })
		if err != nil {
			return "", err
		}
		twice, _ := h.seenTwice()
		twice -= before
		seen = append(seen, fmt.Sprintf("%d × %s: of %d lines %d not answered in time, of which %d never, %d receipts seen twice", h.Scale.Drops, way.name, lines, late, len(lost), twice))
		if len(untold) > 0 || len(lost) > lose || way.announced && (late > few || twice > few) {
			return "", fmt.Errorf("%s; %d stand and nobody was told", seen[len(seen)-1], len(untold))
		}
	}
	return strings.Join(append(seen, h.sum()), "; "), nil
}

// takeSockets has sockets taken away again and again, at 50 lines a second;
// another one serves meanwhile.
func (h *House) takeSockets(ctx context.Context, take func() (taken int)) error {
	stop := h.load(ctx, 50)
	defer stop()
	for range h.Scale.Drops {
		time.Sleep(700 * time.Millisecond)
		opened := h.Opened()
		taken := take()
		if _, err := h.within(ctx, 20*time.Second, "both sockets", func() bool { return h.Opened() >= opened+taken && h.Sockets() == 2 }); err != nil {
			return err
		}
	}
	return nil
}

func deaf(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	before := h.Opened()
	h.Faults().Deafen(1)
	took, err := h.within(ctx, 12*time.Second, "a new socket", func() bool { return h.Opened() > before && h.Sockets() >= 2 })
	return fmt.Sprintf("replaced after %v", took.Round(10*time.Millisecond)), err
}

func hangingOpen(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	h.Faults().Hang("apps.connections.open", 1)
	defer h.Faults().Release()
	h.Faults().DropSome(1)
	h.say(ctx) // the other one serves
	took, err := h.within(ctx, 20*time.Second, "the socket", func() bool { return h.Sockets() == 2 })
	return fmt.Sprintf("back after %v", took.Round(10*time.Millisecond)), err
}

// eleventh runs replicas that want eleven sockets where Slack gives ten.
func eleventh(ctx context.Context, h *House) (string, error) {
	var third *Replica
	for range 3 {
		r, err := h.begin(ctx, h.World, 3, "")
		if err != nil {
			return "", err
		}
		third = r
	}
	if _, err := h.within(ctx, time.Minute, "nine sockets", func() bool { return h.Sockets() == 9 }); err != nil {
		return "", err
	}
	last, err := h.begin(ctx, h.World, 2, "")
	if err != nil {
		return "", err
	}
	if _, err := h.within(ctx, 30*time.Second, "the eleventh socket's being sent away", func() bool { return h.Sockets() == 10 && h.Opened() >= 11 }); err != nil {
		return "", err
	}
	if err := h.warm(ctx); err != nil {
		return "", err
	}
	time.Sleep(3 * time.Second)
	tries := h.Opened() - 10
	if tries > 8 { // each waits longer than the one before
		return "", fmt.Errorf("the eleventh socket was tried %d times", tries)
	}
	if err := last.Bot.Ready(); err != nil {
		return "", fmt.Errorf("the replica with one socket of two says that it is not ready: %w", err)
	}
	third.Stop()
	took, err := h.within(ctx, time.Minute, "the freed place", func() bool { return h.Sockets() == 8 })
	return fmt.Sprintf("ten sockets for eleven, %d attempts at one more; a freed place taken after %v", tries, took.Round(time.Second)), err
}

func refused(ctx context.Context, h *House) (string, error) {
	seen := ""
	for _, code := range []string{"invalid_auth", "token_revoked"} {
		r, err := h.ready(ctx)
		if err != nil {
			return "", err
		}
		h.Faults().Fail("apps.connections.open", code, 4)
		h.Faults().DropSockets()
		if _, err := h.within(ctx, 10*time.Second, "the bot's saying that it is not ready", func() bool { return r.Bot.Ready() != nil }); err != nil {
			return "", err
		}
		// with four refusals and no more, a bot that stormed would be back by now
		time.Sleep(3 * time.Second)
		if h.Sockets() != 0 {
			return "", fmt.Errorf("%s: it tried again within three seconds, four times at least", code)
		}
		seen = "not ready: " + r.Bot.Ready().Error()
		r.Stop()
		h.Faults().Clear()
	}
	return seen, nil
}

func fifty(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			u := h.User(fmt.Sprintf("U0REP%02d", i))
			for n := 0; n == 0 && ctx.Err() == nil; { // who is told NOT saved, since fifty wait for one, types again
				begun := time.Now()
				reply, err := u.Slash(ctx, u.DMChannel(), "/log", fmt.Sprintf("Zebedee Quux, Umbrella: call, talked about the plan (note %d)", 1_000_000+i))
				h.Ledger.add(1_000_000+i, time.Since(begun), reply, err)
				n = int(bench.Number(reply))
			}
		})
	}
	wg.Wait()
	var contacts, notes int
	err := h.Direct.QueryRow(ctx, `select count(distinct c.id), count(*) from contacts c join interactions i on i.contact_id = c.id
		where c.name_key = 'zebedee quux'`).Scan(&contacts, &notes)
	if err != nil {
		return "", err
	}
	if contacts != 1 || notes != 50 {
		return "", fmt.Errorf("%d contacts and %d rows", contacts, notes)
	}
	// and all of them put the place right at once, each by the note of their own
	var failed atomic.Int64
	for i := range 50 {
		wg.Go(func() {
			u := h.User(fmt.Sprintf("U0REP%02d", i))
			for ctx.Err() == nil {
				reply, err := u.Slash(ctx, u.DMChannel(), "/coach", "stage zebedee engagement because joint workshop held")
				if err != nil || reply.Message == nil {
					failed.Add(1)
					return
				}
				if !strings.Contains(slacksim.Text(*reply.Message), "NOT saved") {
					return
				}
			}
		})
	}
	wg.Wait()
	var kept int
	err = h.Direct.QueryRow(ctx, `select count(distinct g.interaction_id) from signals g join contacts c on c.id = g.contact_id where c.name_key = 'zebedee quux' and g.origin = 'person'`).Scan(&kept)
	if err != nil {
		return "", err
	}
	if kept != 50 || failed.Load() > 0 {
		return "", fmt.Errorf("of 50 corrections %d stand; %d were not answered", kept, failed.Load())
	}
	return "one contact, 50 rows; 50 corrections at once, all stand", nil
}

func shutDown(ctx context.Context, h *House) (string, error) {
	r, err := h.ready(ctx)
	if err != nil {
		return "", err
	}
	stop := h.load(ctx, 200)
	time.Sleep(h.Scale.Span)
	begun := time.Now()
	r.Stop()
	took := time.Since(begun)
	stop()
	if took > 10*time.Second && h.Scale.Patient {
		return "", fmt.Errorf("it took %v", took)
	}
	if h.Ledger.Unsaved > 0 && h.Scale.Patient { // a busy machine gives back what it cannot record in time
		return h.sum(), fmt.Errorf("%d lines were taken and given back", h.Ledger.Unsaved)
	}
	return fmt.Sprintf("ended after %v: %s", took.Round(10*time.Millisecond), h.sum()), nil
}

// deploy ends one replica after the other while a new one has taken its place.
// What crosses a goodbye is told late.
func deploy(ctx context.Context, h *House) (string, error) {
	r, err := h.ready(ctx)
	if err != nil {
		return "", err
	}
	from := h.next
	stop := h.load(ctx, 100)
	for range 2 {
		next, err := h.Serve(ctx, 2)
		if err != nil {
			stop()
			return "", err
		}
		time.Sleep(h.Scale.Span / 2)
		r.Stop()
		r = next
	}
	time.Sleep(h.Scale.Span / 2)
	stop()
	late := h.Ledger.unanswered()
	untold, lost, err := h.settle(ctx, from, 15*time.Second, func(untold, lost []int) bool { return len(untold)+len(lost) == 0 })
	if err != nil {
		return "", err
	}
	n := h.Ledger.Unsaved + h.Ledger.Unsure
	if h.Scale.Patient && (n+len(lost) > 0 || late > max(2, (h.next-from)/100)) || len(untold) > 0 {
		return h.sum(), fmt.Errorf("of %d lines %d were given back, %d late, of which %d never", h.next-from, n, late, len(lost))
	}
	return fmt.Sprintf("of %d lines %d answered late; %s", h.next-from, late, h.sum()), nil
}

// Soak keeps up 50 commands a second for so long.
func Soak(span time.Duration) Run {
	return Run{"50 a second", "every command is answered, none after 2.5 s", func(ctx context.Context, h *House) (string, error) {
		if _, err := h.ready(ctx); err != nil {
			return "", err
		}
		stop := h.load(ctx, 50)
		time.Sleep(span)
		stop()
		if n := h.Ledger.Unanswered + h.Ledger.Unsaved + h.Ledger.Unsure; n > 0 {
			return h.sum(), fmt.Errorf("%d lines got no receipt", n)
		}
		return h.sum(), nil
	}}
}
