package post

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/failpoint"
	"cairn/store"
)

// Sender is the part of slack-go's client that posts.
type Sender interface {
	SendMessageContext(ctx context.Context, channel string, options ...slack.MsgOption) (_channel, ts, text string, err error)
	OpenConversationContext(ctx context.Context, p *slack.OpenConversationParameters) (*slack.Channel, bool, bool, error)
}

// Reader is the part that finds a message again.
type Reader interface {
	GetConversationHistoryContext(ctx context.Context, p *slack.GetConversationHistoryParameters) (*slack.GetConversationHistoryResponse, error)
	GetConversationRepliesContext(ctx context.Context, p *slack.GetConversationRepliesParameters) ([]slack.Message, bool, string, error)
}

// Meter counts attempts by the kind of posting and what became of them.
type Meter interface {
	Posted(kind, outcome string)
}

// Config is what a poster works with. Team, Store and Slack are needed; the
// rest has defaults.
type Config struct {
	Team  string // whose token it is: only this team's postings are taken
	Store *store.Store
	// Slack is usually what [NewClient] returns.
	Slack interface {
		Sender
		Reader
	}
	Log   *slog.Logger     // ids only; nil: silent
	Now   func() time.Time // nil: time.Now
	Meter Meter            // nil: nothing is counted
	// Stood is told of every posting that is marked as standing in Slack; nil:
	// nobody. It must not take long.
	Stood func(q store.Posting)

	Workers   int           // postings in flight at once; 0: 16
	CallLimit time.Duration // of one call to Slack; 0: 8 s
	Drain     time.Duration // for calls in flight when Run is to end; 0: 5 s
	LookAfter time.Duration // from a doubtful attempt to the look into the history; 0: 10 s
	GiveUp    time.Duration // after which a posting that Slack keeps refusing is failed; 0: 24 h
	Poll      time.Duration // how often to look for postings nobody kicked for; 0: 1 s
}

func (c *Config) defaults() {
	span := func(d *time.Duration, or time.Duration) {
		if *d == 0 {
			*d = or
		}
	}
	span(&c.CallLimit, 8*time.Second)
	span(&c.Drain, 5*time.Second)
	span(&c.LookAfter, 10*time.Second)
	span(&c.GiveUp, 24*time.Hour)
	span(&c.Poll, time.Second)
	if c.Workers == 0 {
		c.Workers = 16
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

// Poster takes one team's outbox to Slack. Any number of posters, in any
// number of processes, may work on one outbox.
type Poster struct {
	Config
	http  *http.Client
	wake  chan struct{}
	gate  gate
	tiers tiers
	open  sync.Map // person → conversation
	deaf  atomic.Bool
}

// New returns a poster that works once it runs.
func New(c Config) *Poster {
	c.defaults()
	return &Poster{Config: c, http: httpClient(c.CallLimit), wake: make(chan struct{}, c.Workers), tiers: newTiers()}
}

// Kick tells the poster that something was committed to the outbox. It never
// blocks.
func (p *Poster) Kick() {
	select {
	case p.wake <- struct{}{}:
	default: // every worker has been told already
	}
}

// Token returns why Slack takes the token no longer, or nil while it does.
func (p *Poster) Token() error { return p.gate.reason() }

// Run posts until ctx ends, then lets what is in flight finish, for at most
// the drain time.
func (p *Poster) Run(ctx context.Context) {
	defer p.http.CloseIdleConnections()
	calls, stop := outlive(ctx, p.Drain)
	defer stop()
	marks, stop := outlive(ctx, p.Drain+time.Second)
	defer stop()
	var wg sync.WaitGroup
	for range p.Workers {
		wg.Go(func() { p.work(ctx, calls, marks) })
	}
	tick := time.NewTicker(p.Poll)
	defer tick.Stop()
	p.Kick()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-tick.C:
			p.Kick()
		}
	}
	wg.Wait()
}

// outlive returns a context that ends d after ctx does.
func outlive(ctx context.Context, d time.Duration) (context.Context, func()) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() { stop(); cancel() }
}

func (p *Poster) work(ctx, calls, marks context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		}
		for ctx.Err() == nil && p.next(calls, marks) {
		}
	}
}

// lease is how long a claim holds: an attempt, and the time to mark it.
func (p *Poster) lease() time.Duration { return p.attemptLimit() + 10*time.Second }

// attemptLimit bounds an attempt as a whole, however many calls it takes: a
// post that leaves after the lease might meet that of another replica.
func (p *Poster) attemptLimit() time.Duration { return 3 * p.CallLimit }

// next claims one posting and sees it through; false means that there is none
// that may leave now.
func (p *Poster) next(calls, marks context.Context) bool {
	if !p.gate.enter(p.Now()) {
		return false
	}
	// a claim is not broken off when the poster is told to stop: whether it was
	// committed would be unknown, and the posting would be looked up for nothing
	ctx, cancel := context.WithTimeout(marks, store.CommandTimeout)
	q, ok, err := p.Store.ClaimPosting(ctx, p.Team, p.Now(), p.lease())
	cancel()
	p.heard(err)
	if err != nil || !ok {
		p.gate.leave()
		return false
	}
	p.Kick() // the next one need not wait for this one
	o := p.attempt(calls, q)
	p.Log.Debug("posting", "id", q.ID, "kind", q.Kind, "attempt", q.Attempt, "outcome", o.verdict, "reason", o.reason)
	if p.Meter != nil {
		p.Meter.Posted(q.Kind, string(o.verdict))
	}
	switch closed, opened := p.gate.judge(q.Kind, o, p.Now()); {
	case closed:
		p.Log.Error("posting stops: Slack refuses the bot token. Nothing is lost; it goes on once Slack takes it again, or with a new SLACK_BOT_TOKEN", "reason", o.reason)
	case opened:
		p.Log.Info("posting goes on: Slack takes the bot token again")
	}
	p.mark(marks, q, o)
	return true
}

// heard logs when the database ceases to answer, and when it answers again.
func (p *Poster) heard(err error) {
	if deaf := err != nil; p.deaf.CompareAndSwap(!deaf, deaf) {
		if deaf {
			p.Log.Error("postings cannot be claimed", "error", err)
			return
		}
		p.Log.Info("postings can be claimed again")
	}
}

// attempt never panics: a payload that breaks the code must not break it for
// the postings behind it.
func (p *Poster) attempt(calls context.Context, q store.Posting) (o outcome) {
	defer func() {
		if r := recover(); r != nil {
			p.Log.Error("panic while posting", "id", q.ID, "kind", q.Kind, "stack", string(debug.Stack()))
			o = outcome{verdict: failed, reason: "internal error"}
		}
	}()
	ctx, cancel := context.WithTimeout(calls, p.attemptLimit())
	defer cancel()
	failpoint.Pass("posting-" + q.Kind)
	o = p.send(ctx, q)
	failpoint.Pass("posted-" + q.Kind)
	return p.settleDoubt(q, o)
}

// settleDoubt turns a doubtful end into another try where a repeat does no
// harm, and ends what Slack has refused for too long. What Slack was not asked,
// because it or the database was away or calls were held back here, waits on.
func (p *Poster) settleDoubt(q store.Posting, o outcome) outcome {
	if o.verdict == doubtful && repeatable(q) {
		o.verdict = retry
	}
	if (o.verdict == retry || o.verdict == doubtful) && o.answered && p.Now().Sub(q.TriedAt) > p.GiveUp {
		if q.Doubt || o.verdict == doubtful {
			o.verdict = unknown
			return o
		}
		o.verdict = failed
	}
	return o
}

// mark writes the outcome down. A mark that cannot be written is tried until
// the poster has to end: the posting would be in doubt otherwise.
func (p *Poster) mark(ctx context.Context, q store.Posting, o outcome) {
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		one, cancel := context.WithTimeout(ctx, store.CommandTimeout)
		err := p.write(one, q, o)
		cancel()
		if err == nil {
			return
		}
		if errors.Is(err, store.ErrStale) || ctx.Err() != nil {
			p.Log.Warn("posting settled by somebody else, or not at all", "id", q.ID, "outcome", o.verdict, "error", err)
			return
		}
		p.Log.Error("mark a posting", "id", q.ID, "outcome", o.verdict, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (p *Poster) write(ctx context.Context, q store.Posting, o outcome) error {
	now, wait := p.Now(), o.wait
	if wait == 0 {
		wait = backoff(q.Attempt)
	}
	switch o.verdict {
	case sent:
		p.kickIn(store.PostingPace)
		err := p.Store.Sent(ctx, q, o.channel, o.ts, now)
		if err == nil && p.Stood != nil {
			p.Stood(q)
		}
		return err
	case limited:
		p.kickIn(wait)
		return p.Store.Limited(ctx, q, now.Add(wait), o.reason)
	case retry:
		p.kickIn(wait)
		return p.Store.Retry(ctx, q, now.Add(wait), o.reason)
	case halted:
		return p.Store.Retry(ctx, q, p.gate.next(now), o.reason)
	case doubtful:
		wait = max(p.LookAfter, o.wait)
		p.kickIn(wait)
		return p.Store.Unknown(ctx, q, now.Add(wait), o.reason)
	case unknown:
		return p.giveUpLooking(ctx, q, o)
	case parked:
		p.Log.Warn("a channel does not take our messages", "id", q.ID, "channel", q.Channel, "reason", o.reason)
		defer p.Kick()
		if q.OwnerID == "" { // pictures have none; what waits behind them may
			var err error
			if q.OwnerID, err = p.Store.WaitingOwner(ctx, q.TeamID, q.Channel); err != nil {
				return err
			}
		}
		return p.Store.Park(ctx, q, o.reason, p.notice(q, ParkedKey(q.Channel), whenParked(q.Channel, o.reason)))
	case diverted:
		defer p.Kick()
		return p.Store.Divert(ctx, q, store.KindDM, q.Channel, o.payload, o.reason)
	}
	return p.giveUp(ctx, q, o)
}

// kickIn wakes a worker when the next posting may be due; the poll would, too,
// up to a second later.
func (p *Poster) kickIn(d time.Duration) {
	if d < time.Minute {
		time.AfterFunc(d, p.Kick)
	}
}
