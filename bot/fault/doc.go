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
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot"
	"cairn/bot/bench"
	"cairn/bot/slacksim"
	"cairn/bot/watch"
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
	Drops      int           // sockets asked to go, as many warned and as many cut
	Kills      int
	// Patient waits minutes for what a clock lets be taken up again; otherwise
	// the clock in the database is moved.
	Patient bool
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
	meters  *watch.Meters // of all bots together
	log     *slog.Logger
	stops   []func()
	next    int
	ahead   atomic.Int64 // of the workspace's clock, in nanoseconds
}

// Open makes a fresh database on the server and a workspace; Close ends both.
func Open(ctx context.Context, server *localpg.Server, scale Scale, log *slog.Logger) (*House, error) {
	h := &House{Server: server, Scale: scale, Ledger: newLedger(), meters: watch.NewMeters(), log: log}
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
	h.World, err = h.world("")
	if err != nil {
		h.Close()
		return nil, err
	}
	h.stops = append(h.stops, h.World.Close)
	return h, nil
}

// Channels that digests go to; the first reps are members.
const digestChannels = 40

func digestChannel(n int) string { return fmt.Sprintf("C0DIGEST%02d", n%digestChannels) }

// world is a workspace whose clock can be moved; team empty: the bench's.
func (h *House) world(team string) (*bench.World, error) {
	cfg := slacksim.Config{TeamID: team, Deliveries: 200_000, RateLimits: slacksim.RateLimits{Off: true},
		Now:    func() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) },
		Scopes: append(slacksim.DefaultScopes(), "channels:read", "channels:history", "groups:read", "groups:history")}
	for _, c := range bot.SlashCommands("") {
		cfg.Commands = append(cfg.Commands, slacksim.Command{Name: c.Name, Description: c.About, UsageHint: c.Hint})
	}
	for n := range digestChannels {
		cfg.Channels = append(cfg.Channels, slacksim.Channel{ID: digestChannel(n), Name: fmt.Sprintf("digest%d", n),
			Members: []string{bench.Rep(0), bench.Rep(1), bench.Rep(2), bench.Rep(3), "U0BOT"}})
	}
	return bench.NewWorldOf(cfg)
}

// Close ends what is left, the latest first.
func (h *House) Close() {
	for i := len(h.stops) - 1; i >= 0; i-- {
		h.stops[i]()
	}
	h.stops = nil
}
