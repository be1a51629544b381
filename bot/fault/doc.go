// Package fault breaks things around Cairn and checks what was promised: that
// every receipt a rep was shown stands in the database, that nothing stands
// twice, that a line which is said not to be saved is not, and that no answer
// comes later than 2.5 s.
//
// Each run opens a house: a database of its own behind a proxy that can be cut,
// a simulated workspace, and one or more bots. Whatever people are shown goes
// into a [Ledger], which is compared with the database at the end. `go test`
// does each run for some seconds; `cairn faults` for as long as it is told.
package fault

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot"
	"cairn/bot/bench"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/slacksim"
	"cairn/bot/suggest"
	"cairn/bot/watch"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/localpg"
)

// Promised is how late an answer may come, whatever fails.
const Promised = 2500 * time.Millisecond

// Scale says how long and how hard.
type Scale struct {
	Span       time.Duration // of a run under load
	Rate       float64       // commands a second
	Deliveries int           // of the run of duplicates
	Drops      int           // sockets asked to go, and as many cut
	Kills      int
}

// House is what one run works on.
type House struct {
	*bench.World
	Ledger *Ledger
	Scale  Scale
	Server *localpg.Server
	// Direct is the database past the proxy: for the checks.
	Direct *pgxpool.Pool
	// Proxied is the address that bots use.
	Proxied string
	proxy   *proxy
	log     *slog.Logger
	stops   []func()
	next    int
}

// Open makes a fresh database on the server and a workspace; Close ends both.
func Open(ctx context.Context, server *localpg.Server, scale Scale, log *slog.Logger) (*House, error) {
	h := &House{Server: server, Scale: scale, Ledger: newLedger(), log: log}
	name := fmt.Sprintf("fault_%d", time.Now().UnixNano())
	conn, err := pgx.Connect(ctx, server.URL())
	if err != nil {
		return nil, fmt.Errorf("fault.Open: %w", err)
	}
	_, err = conn.Exec(ctx, "create database "+name)
	_ = conn.Close(ctx)
	if err != nil {
		return nil, fmt.Errorf("fault.Open: %w", err)
	}
	direct, err := url.Parse(server.URL())
	if err != nil {
		return nil, fmt.Errorf("fault.Open: %w", err)
	}
	direct.Path = "/" + name
	if h.Direct, err = pgxpool.New(ctx, direct.String()); err != nil {
		return nil, fmt.Errorf("fault.Open: %w", err)
	}
	h.stops = append(h.stops, h.Direct.Close)
	if err := store.Migrate(ctx, h.Direct, log); err != nil {
		h.Close()
		return nil, err
	}
	if h.Proxied, err = h.proxied(direct); err != nil {
		h.Close()
		return nil, err
	}
	var all []slacksim.Command
	for _, c := range bot.SlashCommands("") {
		all = append(all, slacksim.Command{Name: c.Name, Description: c.About, UsageHint: c.Hint})
	}
	h.World, err = bench.NewWorldOf(slacksim.Config{Commands: all, Deliveries: 200_000, RateLimits: slacksim.RateLimits{Off: true}})
	if err != nil {
		h.Close()
		return nil, err
	}
	h.stops = append(h.stops, h.World.Close)
	return h, nil
}

// Close ends what is left, the latest first.
func (h *House) Close() {
	for i := len(h.stops) - 1; i >= 0; i-- {
		h.stops[i]()
	}
	h.stops = nil
}

// Replica is one bot of the house, in this process.
type Replica struct {
	Bot  *bot.Bot
	Pool *pgxpool.Pool
	// Stop asks it to end and waits.
	Stop func()
}

// Serve starts a bot with n sockets, and waits until they are up.
func (h *House) Serve(ctx context.Context, n int) (*Replica, error) {
	pool, err := store.Open(ctx, h.Proxied, 16)
	if err != nil {
		return nil, err
	}
	st := store.New(pool, nil)
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return nil, err
	}
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		return nil, err
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		return nil, err
	}
	b, err := bot.New(ctx, bot.Config{API: h.API(), Sockets: n, Workers: 32, Now: time.Now, Log: h.log}, st,
		&coach.Coach{Models: models, Reader: reader}, guide, watch.NewMeters())
	if err != nil {
		return nil, err
	}
	before := h.Sockets()
	live, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(live) }()
	stopped := false
	r := &Replica{Bot: b, Pool: pool, Stop: func() {
		if !stopped {
			stopped = true
			cancel()
			<-ended
			pool.Close()
		}
	}}
	h.stops = append(h.stops, r.Stop)
	wait, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	return r, h.WaitSockets(wait, before+n)
}
