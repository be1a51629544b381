package fault

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/bench"
	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/store"
)

// tell says the next so many lines in direct messages.
func (h *House) tell(n int) (from int, err error) {
	from = h.next
	for range n {
		u := h.User(bench.Rep(h.next))
		if _, err := u.Say(u.DMChannel(), bench.Line(h.next)); err != nil {
			return from, err
		}
		h.next++
	}
	return from, nil
}

// standing counts the lines from a number on that stand in the database.
func (h *House) standing(ctx context.Context, from int) int {
	var n int
	// an error counts as nothing: the caller asks again
	_ = h.Direct.QueryRow(ctx, `select count(distinct substring(note from '\(note (\d+)\)')) from interactions
		where substring(note from '\(note (\d+)\)')::int >= $1 and undone_at is null`, from).Scan(&n)
	return n
}

// receipts counts, by number, how often people were shown each receipt in
// their direct messages.
func (h *House) receipts() map[int64]int {
	all := map[int64]int{}
	for i := range bench.People {
		u := h.User(bench.Rep(i))
		for _, m := range u.Messages(u.DMChannel()) {
			if n := bench.NumberIn(slacksim.Text(m)); n != 0 {
				all[n]++
			}
		}
	}
	return all
}

func twice(receipts map[int64]int) (n int) {
	for _, times := range receipts {
		if times > 1 {
			n++
		}
	}
	return n
}

// eventsAgain loses the acks of direct messages, so that Slack sends them
// three times more, over two replicas, one of which is started anew meanwhile;
// then every event comes once more in an envelope of its own.
func eventsAgain(ctx context.Context, h *House) (string, error) {
	if _, err := h.Serve(ctx, 1); err != nil {
		return "", err
	}
	second, err := h.Serve(ctx, 1)
	if err != nil {
		return "", err
	}
	if err := h.warm(ctx); err != nil {
		return "", err
	}
	lines := min(500, max(40, h.Scale.Deliveries/20))
	h.Faults().LoseAcks(-1)
	from, err := h.tell(lines)
	if err != nil {
		return "", err
	}
	time.Sleep(4 * time.Second) // Slack misses the acks and sends again at once
	second.Stop()
	// Slack may see a moment later that the socket is gone
	if _, err := h.within(ctx, time.Minute, "the stopped replica's socket to go", func() bool { return h.Sockets() == 1 }); err != nil {
		return "", err
	}
	if _, err := h.Serve(ctx, 1); err != nil {
		return "", err
	}
	h.ahead.Add(int64(time.Minute)) // the second time
	h.Tick()
	time.Sleep(4 * time.Second)
	h.Faults().LoseAcks(0)
	h.ahead.Add(int64(5 * time.Minute)) // the third
	h.Tick()
	if _, err := h.within(ctx, time.Minute, "every line", func() bool { return h.standing(ctx, from) == lines }); err != nil {
		return "", err
	}
	again := h.anew()
	err = h.toldOfAll(ctx, from, time.Minute) // and all stand
	if n := twice(h.receipts()); err == nil && n > 0 {
		err = fmt.Errorf("%d receipts were posted twice", n)
	}
	sends := 0
	for _, d := range h.Deliveries() {
		if d.Type == "events_api" && d.Kind == "message" {
			sends += d.Sends
		}
	}
	return fmt.Sprintf("%d lines in direct messages, sent %d times, %d of them in an envelope of their own: each stands once", lines, sends, again), err
}

// anew sends every message event once more, in a new envelope.
func (h *House) anew() (n int) {
	seen := map[string]bool{}
	for _, d := range h.Deliveries() {
		if d.Type == "events_api" && d.Kind == "message" && !seen[d.Key] {
			seen[d.Key] = true
			if _, err := h.Faults().RedeliverAnew(d.EnvelopeID); err == nil {
				n++
			}
		}
	}
	return n
}

// refusedPosts lets Slack limit, fail, hang and cut off what is posted.
func refusedPosts(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	f := h.Faults()
	rounds := max(2, h.Scale.Drops/2)
	from := h.next
	for i := range rounds {
		f.RateLimit("chat.postMessage", 2*time.Second, 1)
		f.FailHTTP("chat.postMessage", 500+i%4, 2)
		f.LoseReply("chat.postMessage", 1)
		f.BreakReply("chat.postMessage", 500+2*(i%2), 1)
		f.Fail("chat.postMessage", "internal_error", 1)
		if i%5 == 0 {
			f.Hang("chat.postMessage", 1)
		}
		if _, err := h.tell(10); err != nil {
			return "", err
		}
		time.Sleep(300 * time.Millisecond)
	}
	lines := h.next - from
	_, err := h.within(ctx, 2*time.Minute, "every line", func() bool { return h.standing(ctx, from) == lines })
	if err == nil {
		err = h.toldOfAll(ctx, from, 5*time.Minute)
	}
	f.Clear()
	switch {
	case err != nil:
	case f.Early() > 0:
		err = fmt.Errorf("%d posts came before Retry-After was over", f.Early())
	case twice(h.receipts()) > 0:
		err = fmt.Errorf("%d receipts were posted twice", twice(h.receipts()))
	}
	return fmt.Sprintf("%d receipts posted once each through %d × 429, 5xx, lost answers and internal errors; 0 early retries", lines, rounds), err
}

// spentResponses cuts the sockets under lines that are being recorded, while
// no response_url serves any more: the receipts come as direct messages.
func spentResponses(ctx context.Context, h *House) (string, error) {
	h.Faults().Fail(slacksim.ResponseURL, "expired_url", -1)
	// every line is another person's, and Slack has no more than some fifty
	// conversations opened a minute
	seen, err := cutUnderLines(ctx, h, 90*time.Second)
	h.Faults().Clear()
	return seen + ", told by direct message", err
}

// parkedChannel posts to an archived channel and to one that the bot is not in,
// over two replicas; its owner is told once of each, and once it is back all is
// posted in order.
func parkedChannel(ctx context.Context, h *House) (string, error) {
	for range 2 {
		if _, err := h.Serve(ctx, 1); err != nil {
			return "", err
		}
	}
	if err := h.warm(ctx); err != nil {
		return "", err
	}
	h.Archive(digestChannel(0), true)
	h.Kick(digestChannel(1), "U0BOT")
	owner := bench.Rep(0)
	for n := range 10 {
		for c := range 2 {
			if err := h.queue(ctx, digestChannel(c), owner, fmt.Sprintf("parked %d", n)); err != nil {
				return "", err
			}
		}
	}
	u := h.User(owner)
	notices := func() (n int) {
		for _, m := range u.Messages(u.DMChannel()) {
			if isNotice(slacksim.Text(m)) {
				n++
			}
		}
		return n
	}
	if _, err := h.within(ctx, 30*time.Second, "a word to the owner", func() bool { return notices() >= 2 }); err != nil {
		return "", err
	}
	time.Sleep(3 * time.Second)
	if n := notices(); n != 2 {
		return "", fmt.Errorf("the owner of two channels was told %d times", n)
	}
	h.Archive(digestChannel(0), false)
	h.Invite(digestChannel(1), "U0BOT")
	back, err := h.within(ctx, 40*time.Second, "what was parked", func() bool {
		var waiting int
		row := h.Direct.QueryRow(ctx, `select count(*) from outbox where key like '%:parked %' and state <> 'sent'`)
		return row.Scan(&waiting) == nil && waiting == 0
	})
	if err != nil {
		return "", err
	}
	for c := range 2 {
		var got []string
		for _, m := range u.Messages(digestChannel(c)) {
			if strings.HasPrefix(slacksim.Text(m), "parked ") {
				got = append(got, slacksim.Text(m))
			}
		}
		if len(got) != 10 || !slices.IsSorted(got) {
			return "", fmt.Errorf("posted once the channel was back: %q", got)
		}
	}
	return "20 messages to an archived channel and one without us: parked, one word each to the owner; all posted in order " + back.Round(time.Millisecond).String() + " after it was back", nil
}

// queue puts a message to a channel into the outbox.
func (h *House) queue(ctx context.Context, channel, owner, text string) error {
	p, err := post.ToChannel(bench.Team, channel, channel+":"+text, post.Message{Text: text})
	if err != nil {
		return err
	}
	p.OwnerID = owner
	_, _, err = store.New(h.Direct, nil).Enqueue(ctx, p)
	return err
}

func isNotice(text string) bool { return strings.HasPrefix(text, "I cannot post in ") }
