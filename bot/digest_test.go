package bot_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slack-go/slack"

	"cairn/bot"
	"cairn/bot/coach"
	"cairn/bot/digest/digesttest"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/storetest"
)

const (
	noor  = "U0NOOR"
	boss  = "U0BOSS" // a manager
	sales = "C0SALES"
)

// watch goes on with real time, and can be set.
type watch struct {
	mu      sync.Mutex
	at, set time.Time
}

func (c *watch) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at.Add(time.Since(c.set)) }

func (c *watch) to(at time.Time) { c.mu.Lock(); defer c.mu.Unlock(); c.at, c.set = at, time.Now() }

// newsroom is a workspace with any number of bots over one database.
type newsroom struct {
	*slacksim.Workspace
	pool  *pgxpool.Pool
	store *store.Store
	clock *watch
	bots  []*bot.Bot
	stop  []context.CancelFunc
}

// monday is when the digest of these tests is due, in Berlin.
func monday(t testing.TB) time.Time {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 3, 16, 9, 0, 0, 0, zone)
}

func replicas(t testing.TB, n int) *newsroom {
	t.Helper()
	o := &newsroom{pool: storetest.DB(t), clock: &watch{}}
	o.clock.to(monday(t).Add(-20 * time.Hour))
	o.store = store.New(o.pool, nil)
	members := []string{maya, eli, noor, boss, ada, "U0BOT"}
	o.Workspace = slacksim.New(slacksim.Config{TeamID: "T0TEST", TeamName: "Fieldnote", AppToken: "xapp-test", BotToken: "xoxb-test", Now: o.clock.now, Commands: slashes(),
		Scopes: append(slacksim.DefaultScopes(), "channels:read", "groups:read", "channels:history"),
		People: []slacksim.Person{{ID: maya, Name: "maya", RealName: "Maya Lind", TZ: "Europe/Berlin"}, {ID: eli, Name: "eli", RealName: "Eli Park", TZ: "America/New_York"},
			{ID: noor, Name: "noor", RealName: "Noor Haddad", TZ: "Europe/Berlin"}, {ID: boss, Name: "boss", RealName: "Bo Sand", TZ: "Europe/Berlin"}, {ID: ada, Name: "ada", RealName: "Ada Novak", TZ: "Europe/Berlin"}},
		Channels: []slacksim.Channel{{ID: sales, Name: "sales", Members: members}, {ID: "C0OTHER", Name: "other", Members: members[:3]}}})
	t.Cleanup(o.Workspace.Close)
	srv := httptest.NewServer(o.Handler())
	t.Cleanup(srv.Close)
	for range n {
		o.start(t, srv.URL)
	}
	if err := o.WaitSockets(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	for id, roles := range map[string][]store.Role{boss: {store.Manager}, ada: {store.Admin}, maya: {}, eli: {}, noor: {store.Editor}} {
		if err := o.store.SetPerson(ctx, store.Person{TeamID: "T0TEST", ID: id, Name: id[2:], TimeZone: "Europe/Berlin"}); err != nil {
			t.Fatal(err)
		}
		if err := o.store.SetRoles(ctx, "T0TEST", id, roles, ada); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func (o *newsroom) start(t testing.TB, url string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
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
	api := post.NewClient("xoxb-test", url+"/api/", 5*time.Second, slack.OptionAppLevelToken("xapp-test"))
	b, err := bot.New(ctx, bot.Config{API: api, Sockets: 1, Workers: 4, Now: o.clock.now, Seed: func() uint64 { return 7 }, Log: slog.New(slog.NewTextHandler(t.Output(), nil))},
		o.store, &coach.Coach{Models: models, Reader: reader}, guide, quiet{})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	o.bots, o.stop = append(o.bots, b), append(o.stop, stop)
}

// work is what the three reps did in twelve weeks, up to that Monday.
func (o *newsroom) work(t testing.TB, reps ...string) {
	t.Helper()
	digesttest.Seed(t, o.pool, digesttest.Work{Team: "T0TEST", Reps: reps, Contacts: 90, Interactions: 2400, Weeks: 12, End: monday(t).Add(-time.Minute), Items: 30})
}

// moved tells every bot that the clock stands elsewhere now.
func (o *newsroom) moved(at time.Time) {
	o.clock.to(at)
	for _, b := range o.bots {
		b.ClockMoved()
	}
}

func (o *newsroom) types(t testing.TB, person, channel, text string) string {
	t.Helper()
	reply, err := o.User(person).Slash(t.Context(), channel, "/coach", text)
	if err != nil || reply.Failed != "" || reply.Message == nil {
		t.Fatalf("%s: no answer: %v %+v", text, err, reply)
	}
	return slacksim.Text(*reply.Message)
}

// inChannel waits for n messages of ours with such a text, and gives the last.
func (o *newsroom) await(t testing.TB, says string) slacksim.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	m, err := o.WaitMessage(ctx, sales, maya, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), says) })
	if err != nil {
		t.Fatalf("%q did not come: %v", says, err)
	}
	return m
}

func (o *newsroom) count(says string) (n int) {
	for _, m := range o.User(maya).Messages(sales) {
		if strings.Contains(slacksim.Text(m), says) {
			n++
		}
	}
	return n
}

func (o *newsroom) rows(t testing.TB) (n int) {
	t.Helper()
	if err := o.pool.QueryRow(t.Context(), `select count(*) from digests`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDigestFromScheduleToPictures(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	t.Log(o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin"))
	t.Log(o.types(t, boss, sales, "digest list"))
	preview := o.types(t, boss, sales, "digest now")
	t.Log(preview)
	if !strings.Contains(preview, "Only you see this") || o.count("The week of") != 0 {
		t.Fatal("a preview is for its asker only")
	}
	o.moved(monday(t))
	m := o.await(t, "The week of 9–15 March")
	t.Log(slacksim.Text(m))
	o.await(t, "Open a figure")
	o.clock.to(monday(t).Add(10 * time.Second))
	pictures := o.await(t, "Where people stand, highest stage first")
	t.Log(slacksim.Text(pictures))
	for _, x := range o.User(maya).Messages(sales) {
		t.Log(x.ThreadTS, "\n"+slacksim.Text(x))
	}
	if pictures.ThreadTS != m.TS {
		t.Error("the pictures are not in the digest's thread")
	}
	if v := o.Violations(); len(v) > 0 {
		t.Error(v)
	}
}
