// Package bot is Cairn's face in Slack: the table of commands
// with a file each, buttons and modals, and the words that people see. What a
// person did and what they are answered is bot/chat's, how it is drawn
// bot/blockkit's, what editors do to prompts bot/editing's, what is asked of the
// library bot/librarian's, and the weekly digest bot/weekly's.
//
// The way of a /log, in the order in which it happens:
//
//  1. bot/sockets receives the envelope; pool.go gives it to a worker;
//     chat.Read understands it; command.go finds its row in the table.
//  2. log.go has bot/line parse what was typed.
//  3. store.LogInteraction opens the one transaction and reads what is known;
//     bot/coach decides in memory what the line comes to; the store writes it
//     and commits, together with others that came at the same time.
//  4. receipt.go draws what the rep sees, and answer.go acks with it.
//  5. With a model configured, a job reads the note again (second.go).
//
// Nothing in here knows whether it talks to Slack or to a simulation.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/editing"
	"cairn/bot/librarian"
	"cairn/bot/post"
	"cairn/bot/sockets"
	"cairn/bot/weekly"
	"cairn/bot/workshop"
	"cairn/store"
)

// Config is what a bot is run with.
type Config struct {
	API     *slack.Client // with bot and app token, time limits, and no retries
	Files   *post.Files   // fetches what editors share; nil: files are not taken
	Sockets int           // 1 to 4; all replicas together at most 10
	Workers int           // commands worked on at once
	// SlackTimeout bounds each call to Slack that API does not make; 0: 8 s.
	SlackTimeout time.Duration
	Prefix       string // stands before every slash command: "c-" makes /c-log
	// PromptsDir holds files that stand in front of those of the binary; empty: none.
	PromptsDir string
	// Admins are Slack ids of people who are admins for as long as this names them.
	Admins []string
	Now    func() time.Time
	// Seed draws the chance in a suggestion; nil: at random.
	Seed func() uint64
	Log  *slog.Logger
	// Refused is told, once a socket at most, when Slack refuses the app token before
	// any socket was up; nil: nobody. It is tried again, ever more seldom.
	Refused func(error)
	// Second reads every line once more with a model; nil: there is none.
	Second *Second
}

// Meters counts what the bot does; see bot/watch.
type Meters interface {
	Acked(kind string, seconds float64)
	Receipt()
	Posted(kind, outcome string)
	// Unsaved: outcome is not_saved or not_confirmed.
	Unsaved(outcome string)
	// Again counts a delivery that had come before.
	Again(kind string)
	sockets.Meters
}

// Bot answers one Slack app's people.
type Bot struct {
	cfg         Config
	store       *store.Store
	coach       *coach.Coach
	live        *workshop.Live // which wording is in force for whom
	trained     ownReading
	shelves     *shelves
	poster      *post.Poster
	desk        *editing.Desk   // where editors work
	library     *librarian.Desk // where the library is looked into and kept
	weekly      *weekly.Board   // where digests hang
	meters      Meters
	sockets     *sockets.Group
	pool        *pool
	waits       lookout
	saving      saving
	arrived     arrivals
	ended       chan struct{} // closed when Run returns
	commands    []command
	actions     map[string]action
	submissions map[string]submissionFunc
	watching    atomic.Int64  // answers on their way, for which drain waits
	met         sync.Map      // team and person → meeting
	team        string        // of the installation, as auth.test tells
	self        string        // our own user id
	moved       chan struct{} // the clock was moved by hand
	ticks       sync.Mutex
	done        map[string]time.Time // when each duty was last begun
}

// waitingTasks bounds how many deliveries may wait for a worker: more than
// this cannot be answered within Slack's three seconds.
const waitingTasks = 2000

// New learns from Slack which workspace this is and returns a bot that does
// nothing until [Bot.Run].
func New(ctx context.Context, cfg Config, st *store.Store, c *coach.Coach, guide Guide, meters Meters) (*Bot, error) {
	b := &Bot{cfg: cfg, store: st, coach: c, shelves: newShelves(st, guide, cfg.Log), meters: meters, commands: commands(),
		actions: actions(), submissions: submissions(), moved: make(chan struct{}, 1), ended: make(chan struct{}), done: make(map[string]time.Time)}
	if cfg.Second != nil {
		own := *c
		own.Follow = b.jobsAfter
		b.coach = &own
	}
	if err := b.greet(ctx); err != nil {
		return nil, err
	}
	if err := b.openWorkshop(ctx); err != nil {
		return nil, err
	}
	b.poster = post.New(post.Config{Team: b.team, Store: st, Slack: cfg.API, Log: cfg.Log, Now: cfg.Now, Meter: meters, Stood: b.stood, CallLimit: cfg.SlackTimeout})
	b.openDesks()
	b.pool = newPool(cfg.Workers, waitingTasks, cfg.Log)
	b.sockets = sockets.New(sockets.Config{API: cfg.API, Count: cfg.Sockets, Now: cfg.Now, Log: cfg.Log, Meters: meters, Refused: cfg.Refused}, b.take)
	return b, nil
}

// Ready reports why the bot cannot answer at this moment; nil when it can.
func (b *Bot) Ready() error {
	switch {
	case b.sockets.Denied():
		return fmt.Errorf("Slack refuses the token")
	case b.sockets.Up() == 0 && b.sockets.Unwanted() > 0:
		return fmt.Errorf("no socket to Slack is up: it sends them away, and gives an app ten at most")
	case b.sockets.Up() == 0:
		return fmt.Errorf("no socket to Slack is up")
	}
	return b.poster.Token()
}

// ErrSlackAway: Slack was not reached, or did not answer as it does.
var ErrSlackAway = errors.New("Slack cannot be reached")

// greet learns which workspace and which user we are.
func (b *Bot) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	who, err := b.cfg.API.AuthTestContext(ctx)
	if err != nil {
		var refused slack.SlackErrorResponse
		if errors.As(err, &refused) {
			return fmt.Errorf("Slack refused the bot token, SLACK_BOT_TOKEN (auth.test): %w", err)
		}
		return fmt.Errorf("%w: auth.test: %w", ErrSlackAway, err)
	}
	b.team, b.self = who.TeamID, who.UserID
	b.tellLacking(who.Header)
	return b.store.SetTeam(ctx, who.TeamID, who.Team)
}

// Team is the id of the workspace that the bot serves.
func (b *Bot) Team() string { return b.team }

// seed is the one draw of chance in a suggestion; it is kept with it.
func (b *Bot) seed() uint64 {
	if b.cfg.Seed != nil {
		return b.cfg.Seed() >> 1
	}
	return rand.Uint64() >> 1
}

// incident logs an error and returns the id under which people may ask for it.
func (b *Bot) incident(r *chat.Request, err error) string {
	id := fmt.Sprintf("E-%06X", rand.Uint32()&0xffffff)
	about := []any{"id", id, "team", r.TeamID, "person", r.PersonID, "kind", r.Kind,
		"command", r.Command, "action", r.Action.ID, "envelope", r.EnvelopeID, "error", err}
	if w, ok := store.WaitedFor(err); ok {
		ms := func(d time.Duration) string { return d.Round(time.Millisecond).String() }
		about = append(about, "lock", store.LockOf(err), "tries", w.Tries, "glancing", ms(w.Glancing), "queued", ms(w.Queued), "trying", ms(w.Trying))
	}
	if store.AilmentOf(err) == store.Slow {
		if held := b.waits.since(r.Envelope.Arrived); len(held) > 0 {
			about = append(about, "held_up_by", holdings(held))
		}
	}
	b.cfg.Log.Error("not answered as asked", about...)
	return id
}
