package bot

import (
	"context"
	"errors"
	"time"

	"cairn/store"
)

// duty is something done by the clock. Every replica does it every so often,
// so whatever it does to the world must be safe to do at the same moment in
// several places.
type duty struct {
	name  string
	every time.Duration
	do    func(b *Bot, ctx context.Context, now time.Time) error
}

// duties is the table of all that is done by the clock. To add one: a function
// in the file of what it serves, and a row here.
func duties() []duty {
	return []duty{
		{"learn", 5 * time.Minute, (*Bot).learn},
		{"reading", time.Minute, (*Bot).learnReading},
		{"mornings", 0, (*Bot).mornings},        // with every tick
		{"parked", time.Hour, (*Bot).tryParked}, // the owner of what is parked is told how often
		{"reviews", 10 * time.Minute, (*Bot).reviews},
	}
}

// tickEvery is how often each replica looks for what is due by the clock.
const tickEvery = time.Minute

// ClockMoved makes the bot look at once for what the new time has made due.
// It never blocks.
func (b *Bot) ClockMoved() {
	select {
	case b.moved <- struct{}{}:
	default:
	}
}

// ticking posts digests when they are due, until ctx ends.
func (b *Bot) ticking(ctx context.Context) {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		b.weekly.Tick(ctx)
		b.Tick(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-b.moved:
		}
	}
}

// Tick does the duties that are due at this moment of the bot's clock. Run
// does so every minute; whoever moves the clock may do it by hand.
func (b *Bot) Tick(ctx context.Context) {
	b.ticks.Lock()
	defer b.ticks.Unlock()
	now := b.cfg.Now()
	for _, d := range duties() {
		if last, done := b.done[d.name]; done && now.Sub(last) < d.every && !now.Before(last) {
			continue
		}
		b.done[d.name] = now
		b.limited(ctx, func(ctx context.Context) {
			if err := d.do(b, ctx, now); err != nil {
				b.grumble(ctx, "not done by the clock", err, "duty", d.name)
			}
		})
	}
}

// limited does something by the clock in a time limit of its own: what hangs
// holds up neither the next digest nor the duties for ever.
func (b *Bot) limited(ctx context.Context, do func(context.Context)) {
	ctx, done := context.WithTimeout(ctx, dutyTime)
	defer done()
	do(ctx)
}

// grumble logs what went wrong by the clock, but not that the bot is ending.
func (b *Bot) grumble(ctx context.Context, what string, err error, more ...any) {
	if !errors.Is(ctx.Err(), context.Canceled) {
		b.cfg.Log.Error(what, append([]any{"error", err}, more...)...)
	}
}

const dutyTime = 50 * time.Second

// learnFirst learns before the first command, if that takes no time.
func (b *Bot) learnFirst(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, store.CommandTimeout)
	defer cancel()
	now := b.cfg.Now()
	b.ticks.Lock()
	b.done["learn"] = now
	b.ticks.Unlock()
	_, _ = b.shelves.now(ctx, b.team) // a large library takes its time, and goes on being read
	if err := b.learn(ctx, now); err != nil && ctx.Err() == nil {
		b.cfg.Log.Warn("what became of the content is not known yet", "error", err)
	}
}

// learn takes in what became of the content that was given.
func (b *Bot) learn(ctx context.Context, now time.Time) error {
	return b.shelves.learn(ctx, b.team, now)
}
