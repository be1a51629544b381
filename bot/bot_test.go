package bot_test

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slack-go/slack"

	"cairn/bot"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/llm/llmtest"
	"cairn/bot/observe"
	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/storetest"
)

// The people of the test workspace.
const (
	maya = "U0MAYA"
	eli  = "U0ELI"
	ada  = "U0ADA" // an admin
)

// office is a simulated workspace with a bot over a database of its own.
type office struct {
	*slacksim.Workspace
	store *store.Store
	bot   *bot.Bot
	clock *clock
	model *llmtest.Server // nil: none
	said  *said           // what the bot logged
	// folder holds files that stand in front of those of the binary.
	folder string
}

// said keeps what is logged.
type said struct {
	mu  sync.Mutex
	all strings.Builder
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// clock stands at noon at first, goes on with real time, and can be moved.
type clock struct {
	start time.Time
	moved atomic.Int64
}

func (c *clock) now() time.Time {
	return noon.Add(time.Since(c.start)).Add(time.Duration(c.moved.Load()))
}

func (c *clock) move(by time.Duration) { c.moved.Add(int64(by)) }

type quiet struct{}

func (quiet) Acked(string, float64) {}
func (quiet) Receipt()              {}
func (quiet) Posted(string, string) {}
func (quiet) Unsaved(string)        {}
func (quiet) Again(string)          {}
func (quiet) SocketsUp(int)         {}
func (quiet) Reconnected()          {}

// noon is when the conversations take place: a Wednesday.
var noon = time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)

// open builds an office whose clock stands at noon and moves with real time.
func open(t testing.TB) *office {
	t.Helper()
	return openWith(t, nil)
}

// openWith is open with a model that reads every line once more; nil: none.
func openWith(t testing.TB, m *llmtest.Server) *office {
	t.Helper()
	return openOn(t, storetest.DB(t), m)
}

// openOn is openWith on a database.
func openOn(t testing.TB, pool *pgxpool.Pool, m *llmtest.Server) *office {
	t.Helper()
	jobs, err := bot.Queue(pool)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{store: store.New(pool, jobs), clock: &clock{start: time.Now()}, model: m, said: &said{}, folder: t.TempDir()}
	now := o.clock.now
	o.Workspace = slacksim.New(slacksim.Config{TeamID: "T0TEST", TeamName: "Fieldnote", AppToken: "xapp-test", BotToken: "xoxb-test", AckDeadline: ackDeadline, Now: now, Commands: slashes(),
		Scopes: scopes(),
		People: []slacksim.Person{{ID: maya, Name: "maya", RealName: "Maya Lind", TZ: "Europe/Berlin"}, {ID: eli, Name: "eli", RealName: "Eli Park", TZ: "America/New_York"},
			{ID: ada, Name: "ada", RealName: "Ada Novak", TZ: "Europe/Berlin", Admin: true}},
		Shortcuts: []slacksim.Shortcut{{CallbackID: bot.ShortcutLog, Name: "Log a talk", Type: "global"}, {CallbackID: bot.ShortcutMessage, Name: "Log with Cairn", Type: "message"}},
		Channels:  []slacksim.Channel{{ID: "C0SALES", Name: "sales", Members: []string{maya, eli, ada, "U0BOT"}}}})
	t.Cleanup(o.Workspace.Close)
	srv := httptest.NewServer(o.Handler())
	t.Cleanup(srv.Close)
	ctx, stop := context.WithCancel(t.Context())
	api := post.NewClient("xoxb-test", srv.URL+"/api/", 5*time.Second, slack.OptionAppLevelToken("xapp-test"))
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	files, err := post.NewFiles("xoxb-test", srv.URL+"/api/", 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	o.bot, err = bot.New(ctx, bot.Config{API: api, Files: files, PromptsDir: o.folder, Sockets: 1, Workers: 8, Now: now, Seed: func() uint64 { return 7 }, Log: slog.New(slog.NewTextHandler(io.MultiWriter(t.Output(), o.said), nil)), Second: o.second(t, reader)},
		o.store, &coach.Coach{Models: models, Reader: reader}, guide, quiet{})
	if err != nil {
		t.Fatal(err)
	}
	o.stock(t)
	ended := make(chan struct{})
	go func() { defer close(ended); o.bot.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	if err := o.WaitSockets(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	return o
}

// scopes are the rights that the manifest asks for.
func scopes() []string {
	var all []string
	for _, s := range bot.Scopes() {
		all = append(all, s.Name)
	}
	return all
}

func slashes() []slacksim.Command {
	var all []slacksim.Command
	for _, c := range bot.SlashCommands("") {
		all = append(all, slacksim.Command{Name: c.Name, Description: c.About, UsageHint: c.Hint})
	}
	return all
}

// stock fills the library with the sample items.
func (o *office) stock(t testing.TB) {
	t.Helper()
	f, err := library.Files.Open("library.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, err := o.store.PutContent(t.Context(), "T0TEST", ada, noon, coach.Rows(items)...); err != nil {
		t.Fatal(err)
	}
}
