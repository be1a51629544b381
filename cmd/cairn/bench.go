package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slack-go/slack"

	"cairn/bot"
	"cairn/bot/bench"
	"cairn/bot/coach"
	"cairn/bot/slacksim"
	"cairn/bot/suggest"
	"cairn/bot/watch"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/localpg"
)

// benchCmd measures Cairn beside bots that people build instead of it.
type benchCmd struct {
	Only    []string      `help:"Which: speed, side, growth, fold, size, loss. Default: all." enum:"speed,side,growth,fold,size,loss" default:"speed,side,growth,fold,size,loss"`
	Span    time.Duration `default:"4s" help:"How long each load runs."`
	Rounds  int           `default:"3" help:"How often each load runs, the bots taking turns."`
	Rows    int           `default:"1000000" help:"Interactions in the large database."`
	Kills   int           `default:"3" help:"How often each bot is killed with 64 commands in flight."`
	Profile string        `help:"Write a CPU profile of Cairn's closed loop to this file." type:"path"`
}

// Run prints a table, the reference beside each figure.
func (c benchCmd) Run(e *env) error {
	if e.config.LogLevel == "info" {
		e.config.LogLevel = "error"
	}
	log, err := logger(e)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "cairn-bench-")
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	// under root the server runs as another user, who must get to its folder
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // holds nothing but the server's own closed folder
		return fmt.Errorf("bench: %w", err)
	}
	server, err := localpg.Start(e.ctx, localpg.Options{Dir: filepath.Join(dir, "pg"), Log: log})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop() }() // its files go with dir
	b := &benchRun{benchCmd: c, server: server.PID(), e: e, log: log, out: e.stdout, url: server.URL()}
	if b.pool, err = store.Open(e.ctx, b.url, e.config.Connections); err != nil {
		return err
	}
	defer b.pool.Close()
	if err := store.Migrate(e.ctx, b.pool, log); err != nil {
		return err
	}
	if err := bench.Prepare(e.ctx, b.pool); err != nil {
		return err
	}
	if b.house, err = furnish(b.pool, readBooks()); err != nil {
		return err
	}
	parts := map[string]func(context.Context) error{"speed": b.speed, "side": b.side, "growth": b.growth, "fold": b.fold, "size": b.size, "loss": b.loss}
	fmt.Fprintf(b.out, "%-58s %14s %14s %9s  %s\n", "figure", "Cairn", "reference", "ratio", "wanted")
	for _, name := range c.Only {
		if err := parts[name](e.ctx); err != nil {
			return fmt.Errorf("bench %s: %w", name, err)
		}
	}
	return nil
}

// benchRun is one run of the command.
type benchRun struct {
	benchCmd
	e      *env
	log    *slog.Logger
	out    io.Writer
	url    string
	server int // process id of Postgres
	pool   *pgxpool.Pool
	house  house
	next   int // number of the next line typed
}

func (b *benchRun) row(figure, ours, theirs, ratio, wanted string) {
	fmt.Fprintf(b.out, "%-58s %14s %14s %9s  %s\n", figure, ours, theirs, ratio, wanted)
}

// serving is a bot in this process, with a workspace of its own.
type serving struct {
	*bench.World
	stop   func()
	settle func() // waits for what the bot still owes
}

// serve starts a bot over a fresh workspace and waits for its sockets.
func (b *benchRun) serve(ctx context.Context, sockets int, run func(ctx context.Context, w *bench.World) error) (serving, error) {
	// a workspace that keeps all that was ever shown grows by a gigabyte in a
	// minute, and the measure would be of the kernel's clearing pages for it
	w, err := bench.NewWorldOf(slacksim.Config{Commands: benchCommands(), History: 20, Deliveries: 1000})
	if err != nil {
		return serving{}, err
	}
	live, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- run(live, w) }()
	s := serving{World: w, stop: func() { stop(); <-ended; w.Close() }, settle: func() {}}
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := w.WaitSockets(wait, sockets); err != nil {
		s.stop()
		return serving{}, err
	}
	return s, nil
}

func benchCommands() []slacksim.Command {
	var all []slacksim.Command
	for _, c := range bot.SlashCommands("") {
		all = append(all, slacksim.Command{Name: c.Name, Description: c.About, UsageHint: c.Hint})
	}
	return all
}

// cairn serves with the bot as `cairn run` has it, and the sample library.
func (b *benchRun) cairn(ctx context.Context, w *bench.World) error {
	cfg := bot.Config{API: w.API(), Sockets: b.e.config.Sockets, Workers: b.e.config.Workers, Now: time.Now, Log: b.log}
	cairn, err := bot.New(ctx, cfg, b.house.store, b.house.coach, b.house.guide, watch.NewMeters())
	if err != nil {
		return err
	}
	if err := stockBench(ctx, b.house.store); err != nil {
		return err
	}
	settleMemory() // as `cairn run` does
	cairn.Run(ctx)
	return nil
}

// stockBench fills the library as the sample team has it.
func stockBench(ctx context.Context, st *store.Store) error {
	f, err := library.Files.Open("library.csv")
	if err != nil {
		return err
	}
	defer f.Close()
	items, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		return fmt.Errorf("library.csv: %v", problems)
	}
	_, err = st.PutContent(ctx, bench.Team, bench.Rep(0), time.Now(), coach.Rows(items)...)
	return err
}

// reference serves with the minimal bot, whose answer is as large as ours.
func (b *benchRun) reference(ctx context.Context, answer slack.Msg, ackFirst bool) (serving, error) {
	ref := &bench.Reference{AckFirst: ackFirst, Answer: answer}
	s, err := b.serve(ctx, 1, func(ctx context.Context, w *bench.World) error {
		pool, err := pgxpool.New(ctx, b.url) // as many connections as pgx opens when nobody says
		if err != nil {
			return err
		}
		defer pool.Close()
		ref.API, ref.Pool = w.API(), pool
		ref.Run(ctx)
		return nil
	})
	s.settle = ref.Settle
	return s, err
}

// profiled runs fn under the CPU profiler where one was asked for.
func (b *benchRun) profiled(fn func()) error {
	if b.Profile == "" {
		fn()
		return nil
	}
	f, err := os.Create(b.Profile)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	fn()
	return nil
}
