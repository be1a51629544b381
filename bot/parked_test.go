package bot_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/slacksim"
)

// digestCount counts digests by what became of them.
type digestCount struct {
	quiet
	mu   sync.Mutex
	n    map[string]int
	late time.Duration
}

func (c *digestCount) Digest(outcome string, late time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[string]int{}
	}
	c.n[outcome]++
	c.late = max(c.late, late)
}

func (c *digestCount) want(t *testing.T, made, posted int) {
	t.Helper()
	for until := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		c.mu.Lock()
		got := [2]int{c.n["made"], c.n["posted"]}
		c.mu.Unlock()
		if got == [2]int{made, posted} {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("digests counted as made and posted: %v, want %d and %d", got, made, posted)
		}
	}
}

// told waits until the boss was told n times that a channel takes nothing, and
// gives the last word.
func (o *newsroom) told(t *testing.T, n int) string {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var words []string
		for _, m := range o.User(boss).Messages(o.User(boss).DMChannel()) {
			if text := slacksim.Text(m); strings.HasPrefix(text, "I cannot post in ") {
				words = append(words, text)
			}
		}
		if len(words) == n {
			return words[n-1]
		}
		if len(words) > n || time.Now().After(until) {
			t.Fatalf("told %q, want %d words", words, n)
		}
	}
}

func (o *newsroom) status(t *testing.T) string {
	t.Helper()
	return o.types(t, ada, o.User(ada).DMChannel(), "help status")
}

func wantWords(t *testing.T, got string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in:\n%s", w, got)
		}
	}
}

// What a channel does not take is kept, said to be, and goes out as soon as the
// channel takes it.
func TestParkedDigestGoesOut(t *testing.T) {
	o := replicas(t, 2)
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	o.Archive(sales, true)
	o.moved(monday(t))
	wantWords(t, o.told(t, 1), "<#C0SALES>: it is archived; unarchive it", "kept for 30 days", "every hour")
	o.meter.want(t, 1, 0)
	st := o.status(t)
	for until := time.Now().Add(20 * time.Second); !strings.Contains(st, "No message waits") && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		st = o.status(t) // the boss is told before the word to them is known to stand
	}
	wantWords(t, st, "*bad* · <#C0SALES> takes nothing: it is archived", "ok · No message waits to be posted.")

	o.clock.to(monday(t).Add(5 * time.Minute)) // longer than a message waits, and no hour
	o.Archive(sales, false)                    // Slack tells of it
	o.await(t, "The week of 9–15 March")
	o.await(t, "Open a figure")
	o.meter.want(t, 1, 1)
	if o.meter.late < 5*time.Minute {
		t.Errorf("late by %v: that was when it was made", o.meter.late)
	}
	wantWords(t, o.types(t, boss, sales, "digest now"), "was posted on Monday at 09:05; one a week is enough")

	o.Kick(sales, "U0BOT")
	o.moved(monday(t).AddDate(0, 0, 7))
	wantWords(t, o.told(t, 2), "I am not in it; invite me")
	// the other replica's hourly try may be under way: then it says "on its way"
	got := o.types(t, boss, sales, "digest now")
	for until := time.Now().Add(20 * time.Second); strings.Contains(got, "is on its way") && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		got = o.types(t, boss, sales, "digest now")
	}
	wantWords(t, got, "*not posted*", "I am not in it", "I try it again now")
	if strings.Contains(got, "was posted on") || strings.Contains(got, "[Post it here]") {
		t.Error("a digest that nobody sees is told to stand here:", got)
	}
	o.Invite(sales, "U0BOT") // Slack tells of it
	o.await(t, "The week of 16–22 March")
	o.meter.want(t, 2, 2)
	o.told(t, 2)
	if s := o.status(t); strings.Contains(s, "takes nothing") {
		t.Error(s)
	}
}

// An app that was installed with an older manifest does not hear that a channel
// takes messages again.
func TestParkedIsTriedEveryHour(t *testing.T) {
	o := replicas(t, 1, func(c *slacksim.Config) { c.Events = []string{"message.im"} })
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	o.Archive(sales, true)
	o.moved(monday(t))
	o.told(t, 1)
	for hours := range 3 {
		tried := o.tries(t)
		o.moved(monday(t).Add(time.Duration(hours+1) * 61 * time.Minute))
		for until := time.Now().Add(time.Minute); o.tries(t) == tried; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatalf("hour %d: not tried again", hours+1)
			}
		}
	}
	o.told(t, 1)
	o.Archive(sales, false)
	o.moved(monday(t).Add(5 * time.Hour))
	o.await(t, "The week of 9–15 March")
	o.meter.want(t, 1, 1)
}

// tries is how often the digests were tried.
func (o *newsroom) tries(t *testing.T) (n int) {
	t.Helper()
	if err := o.pool.QueryRow(t.Context(), `select sum(attempt) from outbox where key like 'digest:%'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Who posts a digest by hand is told whether it stands there.
func TestPostedByHandOrNot(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	preview := func() *slacksim.Reply {
		t.Helper()
		p, err := o.User(boss).Slash(ctx, sales, "/coach", "digest now")
		if err != nil || p.Message == nil {
			t.Fatal(err, p.Failed)
		}
		return p
	}
	press := func(preview *slacksim.Reply, words string) {
		t.Helper()
		if _, err := o.User(boss).Click(ctx, preview.Message.Ref(), "Post it here"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.WaitMessage(ctx, sales, boss, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), words) }); err != nil {
			t.Fatal(err)
		}
	}
	before := preview()
	o.Kick(sales, "U0BOT")
	press(before, "I am not in this channel")
	o.meter.want(t, 0, 0)
	o.Invite(sales, "U0BOT")
	press(preview(), "*Posted.*")
	o.await(t, "The week of")
	o.meter.want(t, 1, 1)
}

// A digest that Slack refuses is made all the same, and said to be refused.
func TestPostedByHandAndRefused(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	preview, err := o.User(boss).Slash(ctx, sales, "/coach", "digest now")
	if err != nil || preview.Message == nil {
		t.Fatal(err, preview.Failed)
	}
	o.Faults().Fail("chat.postMessage", "invalid_blocks", 1)
	if _, err := o.User(boss).Click(ctx, preview.Message.Ref(), "Post it here"); err != nil {
		t.Fatal(err)
	}
	const want = "*Not posted.* This week's digest is made, but Slack refused it (invalid_blocks)."
	if _, err := o.WaitMessage(ctx, sales, boss, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), want) }); err != nil {
		t.Fatal(err)
	}
}
