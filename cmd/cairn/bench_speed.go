package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/bench"
)

// inFlight is how many commands the closed loop keeps unanswered.
const inFlight = 64

// calm is the pace at which acks are timed, in commands a second.
const calm = 50

// speed drives Cairn and the bot that stores and then acks by the same load,
// in turns, over the same server.
func (b *benchRun) speed(ctx context.Context) error {
	ours, theirs, err := b.both(ctx, false)
	if err != nil {
		return err
	}
	defer ours.stop()
	defer theirs.stop()
	if err := b.warmed(ctx, ours, theirs); err != nil {
		return err
	}
	// first: after the loads the server is busy with what they left, and on whose time is chance
	acks, err := b.inTurns(ctx, b.paced(ctx, theirs), b.paced(ctx, ours))
	if err != nil {
		return err
	}
	var rate, own, pg [2][]float64
	for round := range b.Rounds {
		for i, s := range []serving{theirs, ours} {
			run := func() {
				ownAt, pgAt := cpuSpent(b.server)
				r := b.closed(ctx, s, b.Span)
				ownBy, pgBy := cpuSpent(b.server)
				rate[i] = append(rate[i], r.Rate())
				own[i], pg[i] = append(own[i], ms(ownBy-ownAt)/float64(r.Receipts)), append(pg[i], ms(pgBy-pgAt)/float64(r.Receipts))
			}
			if i == 1 && round == b.Rounds-1 {
				if err := b.profiled(run); err != nil {
					return err
				}
				continue
			}
			run()
		}
	}
	b.compare("receipts/s, 64 in flight, beside store-then-ack", "%.0f", rate, "≥0.40")
	b.compare("processor time a receipt, bot and simulated Slack, ms", "%.2f", own, "")
	b.compare("processor time a receipt, Postgres, ms", "%.2f", pg, "")
	b.quantile("ack p50 at 50/s, ms", .5, acks[1], acks[0], "")
	b.quantile("ack p99 at 50/s, ms", .99, acks[1], acks[0], "≤4")
	burst, next := ours.Paced(ctx, 200, 10*time.Second, b.next)
	b.next = next
	b.row("200/s for 10 s: p99, slowest, ms; unanswered", fmt.Sprintf("%.0f, %.0f; %d", ms(burst.Quantile(.99)), ms(burst.Quantile(1)), burst.Unanswered), "", "", "≤250, ≤2500; 0")
	return nil
}

// both serves Cairn and the reference side by side; stop each.
func (b *benchRun) both(ctx context.Context, ackFirst bool) (ours, theirs serving, err error) {
	if ours, err = b.serve(ctx, b.e.config.Sockets, b.cairn); err != nil {
		return ours, theirs, err
	}
	answer, err := b.answer(ctx, ours.World)
	if err == nil {
		theirs, err = b.reference(ctx, answer, ackFirst)
	}
	if err != nil {
		ours.stop()
	}
	return ours, theirs, err
}

// warmed lets everybody be met, every contact be made and every statement be
// prepared before anything is timed.
func (b *benchRun) warmed(ctx context.Context, all ...serving) error {
	for _, s := range all {
		if err := b.warm(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// warm types a line about each contact, and has Postgres count its rows as it
// does by itself within a minute: what is timed afterwards is a bot in use.
func (b *benchRun) warm(ctx context.Context, s serving) error {
	for met := 0; met < bench.Contacts; {
		r := b.closed(ctx, s, time.Second)
		if met += r.Receipts; r.Receipts == 0 {
			return errors.New("nothing is answered")
		}
	}
	_, err := b.pool.Exec(ctx, "analyze")
	return err
}

func (b *benchRun) closed(ctx context.Context, s serving, span time.Duration) bench.Result {
	r, next := s.Closed(ctx, inFlight, span, b.next)
	b.next = next
	s.settle()
	return r
}

// turn is how long each is timed before the next has its turn: a flush of the disk that
// takes long, or the server's own housekeeping, meets all of them alike.
const turn = time.Second

// inTurns gives each load a turn after the other, until each has had as long as the
// rounds are in all, and returns what each came to.
func (b *benchRun) inTurns(ctx context.Context, loads ...func(time.Duration) (bench.Result, error)) ([]bench.Result, error) {
	all := make([]bench.Result, len(loads))
	for spent := time.Duration(0); spent < b.Span*time.Duration(b.Rounds) && ctx.Err() == nil; spent += turn {
		for i, load := range loads {
			r, err := load(turn)
			if err != nil {
				return nil, err
			}
			all[i].Add(r)
		}
	}
	return all, ctx.Err()
}

// paced is the load at which acks are timed.
func (b *benchRun) paced(ctx context.Context, s serving) func(time.Duration) (bench.Result, error) {
	return func(span time.Duration) (bench.Result, error) {
		r, next := s.Paced(ctx, calm, span, b.next)
		b.next = next
		return r, nil
	}
}

// compare prints the medians of the rounds, theirs first in v.
func (b *benchRun) compare(figure, format string, v [2][]float64, wanted string) {
	b.ratio(figure, format, median(v[1]), median(v[0]), wanted)
}

// quantile prints the time, in milliseconds, that a share q of all stayed within.
func (b *benchRun) quantile(figure string, q float64, ours, theirs bench.Result, wanted string) {
	b.ratio(figure, "%.1f", ms(ours.Quantile(q)), ms(theirs.Quantile(q)), wanted)
}

func (b *benchRun) ratio(figure, format string, ours, theirs float64, wanted string) {
	b.row(figure, fmt.Sprintf(format, ours), fmt.Sprintf(format, theirs), fmt.Sprintf("%.2f", ours/theirs), wanted)
}

// answer is a receipt of Cairn's, for the reference to show.
func (b *benchRun) answer(ctx context.Context, w *bench.World) (slack.Msg, error) {
	u := w.User(bench.Rep(0))
	reply, err := u.Slash(ctx, u.DMChannel(), "/log", bench.Line(b.next))
	b.next++
	if err != nil {
		return slack.Msg{}, err
	}
	if !bench.Recorded(reply) {
		return slack.Msg{}, fmt.Errorf("no receipt: %+v", reply)
	}
	raw, err := json.Marshal(reply.Message.Blocks)
	if err != nil {
		return slack.Msg{}, err
	}
	m := slack.Msg{Text: reply.Message.Text, ResponseType: slack.ResponseTypeEphemeral}
	return m, json.Unmarshal(raw, &m.Blocks)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median(v []float64) float64 {
	s := slices.Clone(v)
	slices.Sort(s)
	if len(s) == 0 {
		return 0
	}
	return s[len(s)/2]
}
