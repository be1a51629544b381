package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slack-go/slack"

	"cairn/bot"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/bot/watch"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/localpg"
)

type runCmd struct{}

// Run serves a workspace until it is told to stop.
func (runCmd) Run(e *env) error {
	log, err := logger(e)
	if err != nil {
		return err
	}
	if e.config.AppToken == "" || e.config.BotToken == "" {
		return errors.New("SLACK_APP_TOKEN and SLACK_BOT_TOKEN are needed: `cairn manifest` prints the app to make, the README tells where its tokens are")
	}
	tellStrangers(e.vars, log)
	meters, up := watch.NewMeters(), &standing{}
	// before anything is waited for: a process that waits is alive
	if err := watchOver(e.ctx, e, up, meters, log); err != nil {
		return err
	}
	read := readBooks()
	db, err := awaitDatabase(e, log)
	if err != nil {
		return err
	}
	defer db.close()
	tellWeaknesses(e.ctx, db.pool, log)
	house, err := furnish(db.pool, read)
	if err != nil {
		return err
	}
	live, end := context.WithCancelCause(e.ctx)
	defer end(nil) // before the database is closed: what works on it beside ends first
	up.stands(live, e, house, log)
	b, err := greetSlack(e, house, log, meters, func(refused error) {
		end(fmt.Errorf("Slack refused the app token, SLACK_APP_TOKEN (apps.connections.open): %w", refused))
	})
	if err != nil {
		return err
	}
	up.serves(b)
	settleMemory()
	log.Info("serving", "team", b.Team(), "sockets", e.config.Sockets)
	b.Run(live)
	log.Info("stopped")
	if e.ctx.Err() == nil { // nobody told it to stop
		return context.Cause(live)
	}
	return nil
}

// database is the pool and, where it is ours, the server below it.
type database struct {
	pool  *pgxpool.Pool
	local *localpg.Server
}

func (d database) close() {
	if d.pool != nil {
		store.Close(d.pool)
	}
	if d.local != nil {
		_ = d.local.Stop() // it ends by itself with its last user
	}
}

// tables is the step of a start that looks after the tables.
const tables = "bringing the tables up to date"

// openDatabase connects to DATABASE_URL, or to the private local server, and
// brings its tables up to date.
func openDatabase(e *env, log *slog.Logger, progress func(string)) (database, error) {
	var d database
	url := e.config.Database
	if url == "" {
		if e.config.Environment == "production" {
			return d, errors.New("CAIRN_ENV is production and DATABASE_URL is not set: give me a Postgres that you back up")
		}
		server, err := localpg.Start(e.ctx, localpg.Options{Dir: e.config.StateDir, Log: log, Progress: progress})
		if err != nil {
			return d, err
		}
		d.local, url = server, server.URL()
	}
	pool, err := store.Open(e.ctx, url, e.config.Connections)
	if err != nil {
		d.close()
		return d, fmt.Errorf("DATABASE_URL: %w", err)
	}
	d.pool = pool
	if progress != nil {
		progress(tables)
	}
	if err := store.Migrate(e.ctx, pool, log); err != nil {
		err = withRemedy(e.ctx, pool, err)
		d.close()
		return d, fmt.Errorf("the database: %w", err)
	}
	return d, nil
}

// withRemedy says of tables that could not be made what to do, where that is
// pg_trgm's lack.
func withRemedy(ctx context.Context, pool *pgxpool.Pool, err error) error {
	var theirs *pgconn.PgError
	if !errors.As(err, &theirs) || store.MayPass(err) {
		return err
	}
	if t, asked := store.TrigramsOf(ctx, pool); asked == nil && t.Lack != "" {
		return fmt.Errorf("%s: %s: %w", t.Lack, t.Remedy, err)
	}
	return err
}

// house is what a bot is built from, apart from Slack.
type house struct {
	store  *store.Store
	coach  *coach.Coach
	reader *observe.Reader
	guide  *suggest.Guide
	clock  *clock
}

// books are the files that content teams edit, as they travel with the binary.
type books struct {
	models journey.Models
	reader *observe.Reader
	guide  *suggest.Guide
}

// readBooks begins to read them, which takes as long as a database takes to be opened; what
// it returns waits for them.
func readBooks() func() (books, error) {
	read := sync.OnceValues(func() (b books, err error) {
		if b.models, err = journey.LoadAll(prompts.Journeys()); err != nil {
			return b, err
		}
		if b.guide, err = suggest.LoadGuide(library.Files); err != nil {
			return b, err
		}
		b.reader, err = observe.New(prompts.Cues())
		return b, err
	})
	go func() { _, _ = read() }() // whoever waits is told
	return read
}

// furnish builds the rooms over the database, with what was read of the books.
func furnish(pool *pgxpool.Pool, read func() (books, error)) (house, error) {
	h := house{clock: &clock{}}
	b, err := read()
	if err != nil {
		return h, err
	}
	jobs, err := bot.Queue(pool)
	if err != nil {
		return h, err
	}
	h.guide, h.coach, h.reader = b.guide, &coach.Coach{Models: b.models, Reader: b.reader}, b.reader
	h.store = store.New(pool, jobs)
	return h, nil
}

// awaitDatabase is openDatabase which waits for a database that is away, as
// Slack is waited for. What no waiting mends (a wrong password, a missing right)
// ends it at once.
func awaitDatabase(e *env, log *slog.Logger) (database, error) {
	for wait := time.Second; ; wait = min(2*wait, 30*time.Second) {
		db, err := openDatabase(e, log, nil)
		if err == nil || e.config.Database == "" || !store.MayPass(err) || e.ctx.Err() != nil {
			return db, err
		}
		log.Warn("waiting for the database (DATABASE_URL)", "error", err, "again_in", wait)
		if err := pause(e.ctx, wait); err != nil {
			return database{}, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// tellWeaknesses logs, once, what weakens the promise, and what keeps names from being found.
func tellWeaknesses(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) {
	found, err := store.Weaknesses(ctx, pool)
	if err != nil {
		log.Warn("whether the database keeps what it confirms cannot be read", "error", err)
	}
	for _, w := range found {
		log.Warn("a setting of the database weakens what is promised", "setting", w.Setting, "value", w.Value, "harm", w.Harm, "remedy", w.Remedy)
	}
	if t, err := store.TrigramsOf(ctx, pool); err != nil {
		log.Warn("whether similar names can be found is not known", "error", err)
	} else if t.Lack != "" {
		log.Error("similar names are not found as they should be", "lack", t.Lack, "remedy", t.Remedy)
	}
}

// greetSlack builds the bot; while Slack, or a database that takes no writes,
// is away it tries again. refused is told when Slack refuses the app token of the
// bot's first sockets.
func greetSlack(e *env, h house, log *slog.Logger, m meters, refused func(error)) (*bot.Bot, error) {
	api := slackClient(e.config)
	second, err := h.second(e.config, log, m)
	if err != nil {
		return nil, err
	}
	files, err := post.NewFiles(e.config.BotToken, e.config.SlackAPI, e.config.CallLimit)
	if err != nil {
		return nil, err
	}
	cfg := bot.Config{API: api, Files: files, Sockets: e.config.Sockets, Workers: e.config.Workers, SlackTimeout: e.config.CallLimit, Prefix: e.config.Prefix,
		PromptsDir: e.config.PromptsDir, Admins: e.config.Admins, Now: h.clock.now, Log: log, Second: second, Refused: refused}
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		b, err := bot.New(e.ctx, cfg, h.store, h.coach, h.guide, m)
		var theirs *pgconn.PgError
		switch {
		case err == nil || e.ctx.Err() != nil:
			return b, err
		case errors.Is(err, bot.ErrSlackAway):
			log.Warn("waiting for Slack", "error", err, "again_in", wait)
		case store.MayPass(err):
			log.Warn("waiting for the database (DATABASE_URL) to take writes", "error", err, "again_in", wait)
		case errors.As(err, &theirs):
			return nil, fmt.Errorf("the database: %w (`cairn doctor` says what to do)", err)
		default:
			return nil, err
		}
		if err := pause(e.ctx, wait); err != nil {
			return nil, err
		}
	}
}

func slackClient(c config) *slack.Client {
	return post.NewClient(c.BotToken, c.SlackAPI, c.CallLimit, slack.OptionAppLevelToken(c.AppToken))
}

type migrateCmd struct{}

// Run brings the tables up to date and ends.
func (migrateCmd) Run(e *env) error {
	log, err := logger(e)
	if err != nil {
		return err
	}
	db, err := openDatabase(e, log, nil)
	if err != nil {
		return err
	}
	defer db.close()
	fmt.Fprintln(e.stdout, "The database has this version's tables.")
	return nil
}

type manifestCmd struct {
	Prefix string `help:"Stands before each slash command; like CAIRN_COMMAND_PREFIX."`
}

// Run prints the manifest.
func (m manifestCmd) Run(e *env) error {
	if m.Prefix == "" {
		m.Prefix = e.config.Prefix
	}
	if err := checkPrefix("--prefix", m.Prefix); err != nil {
		return err
	}
	_, err := fmt.Fprint(e.stdout, bot.Manifest(m.Prefix))
	return err
}

// logger writes JSON lines with ids only.
func logger(e *env) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(e.config.LogLevel)); err != nil {
		return nil, fmt.Errorf("CAIRN_LOG is %q: choose debug, info, warn or error", e.config.LogLevel)
	}
	return slog.New(slog.NewJSONHandler(e.stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: readable})), nil
}

// readable writes a length of time as people read it, not as a count of nanoseconds.
func readable(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		a.Value = slog.StringValue(a.Value.Duration().String())
	}
	return a
}
