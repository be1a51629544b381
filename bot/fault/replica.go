package fault

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot"
	"cairn/bot/bench"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/observe"
	"cairn/bot/observe/model"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
)

// Replica is one bot of the house, in this process.
type Replica struct {
	Bot  *bot.Bot
	Pool *pgxpool.Pool
	// Stop asks it to end and waits.
	Stop func()
}

// Serve starts a bot with n sockets, and waits until they are up.
func (h *House) Serve(ctx context.Context, n int) (*Replica, error) {
	return h.serve(ctx, h.World, n, "")
}

// serve is Serve in a workspace, with a model where its address is given.
func (h *House) serve(ctx context.Context, w *bench.World, n int, modelURL string) (*Replica, error) {
	before := w.Sockets()
	r, err := h.begin(ctx, w, n, modelURL)
	if err != nil {
		return nil, err
	}
	wait, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	return r, w.WaitSockets(wait, before+n)
}

// begin starts a bot and does not wait for its sockets.
func (h *House) begin(ctx context.Context, w *bench.World, n int, modelURL string) (*Replica, error) {
	pool, err := store.Open(ctx, h.Proxied, 16)
	if err != nil {
		return nil, err
	}
	b, st, err := h.bot(ctx, w, n, pool, modelURL)
	if err != nil {
		pool.Close()
		return nil, err
	}
	live, cancel := context.WithCancel(ctx)
	var ended sync.WaitGroup
	ended.Go(func() { b.Run(live) })
	ended.Go(func() { st.Upkeep(live, store.UpkeepEvery, time.Now, h.log) }) // as `cairn run` does
	stopped := false
	r := &Replica{Bot: b, Pool: pool, Stop: func() {
		if !stopped {
			stopped = true
			cancel()
			ended.Wait()
			pool.Close()
		}
	}}
	h.stops = append(h.stops, r.Stop)
	return r, nil
}

func (h *House) bot(ctx context.Context, w *bench.World, n int, pool *pgxpool.Pool, modelURL string) (*bot.Bot, *store.Store, error) {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return nil, nil, err
	}
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		return nil, nil, err
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		return nil, nil, err
	}
	st := store.New(pool, nil)
	cfg := bot.Config{API: w.API(), Sockets: n, Workers: 32, Now: time.Now, Log: h.log}
	if modelURL != "" {
		jobs, err := bot.Queue(pool)
		if err != nil {
			return nil, nil, err
		}
		st = store.New(pool, jobs)
		client := llm.New(llm.Config{BaseURL: modelURL, Key: "k", Model: "small", Timeout: time.Second, Ledger: st, Cache: st,
			Caps: llm.Caps{Tokens: 100_000_000}, Now: time.Now})
		second, err := model.New(client, reader)
		if err != nil {
			return nil, nil, err
		}
		cfg.Second = &bot.Second{Reader: second}
	}
	b, err := bot.New(ctx, cfg, st, &coach.Coach{Models: models, Reader: reader}, guide, h.meters)
	return b, st, err
}

// stock fills the team's library as the sample team has it.
func (h *House) stock(ctx context.Context, team string) error {
	f, err := library.Files.Open("library.csv")
	if err != nil {
		return err
	}
	defer f.Close()
	items, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		return fmt.Errorf("library.csv: %v", problems)
	}
	_, err = store.New(h.Direct, nil).PutContent(ctx, team, bench.Rep(0), time.Now(), coach.Rows(items)...)
	return err
}
