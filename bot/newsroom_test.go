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
	meter *digestCount
}

// monday is when the digest of these tests is due, in Berlin.
func monday(t testing.TB) time.Time {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 3, 16, 9, 0, 0, 0, zone)
}

func replicas(t testing.TB, n int, change ...func(*slacksim.Config)) *newsroom {
	t.Helper()
	o := &newsroom{pool: storetest.DB(t), clock: &watch{}, meter: &digestCount{}}
	o.clock.to(monday(t).Add(-20 * time.Hour))
	o.store = store.New(o.pool, nil)
	members := []string{maya, eli, noor, boss, ada, "U0BOT"}
	cfg := slacksim.Config{TeamID: "T0TEST", TeamName: "Fieldnote", AppToken: "xapp-test", BotToken: "xoxb-test", AckDeadline: ackDeadline, Now: o.clock.now, Commands: slashes(),
		Scopes: append(slacksim.DefaultScopes(), "channels:read", "groups:read", "channels:history"),
		People: []slacksim.Person{{ID: maya, Name: "maya", RealName: "Maya Lind", TZ: "Europe/Berlin"}, {ID: eli, Name: "eli", RealName: "Eli Park", TZ: "America/New_York"},
			{ID: noor, Name: "noor", RealName: "Noor Haddad", TZ: "Europe/Berlin"}, {ID: boss, Name: "boss", RealName: "Bo Sand", TZ: "Europe/Berlin"}, {ID: ada, Name: "ada", RealName: "Ada Novak", TZ: "Europe/Berlin"}},
		Channels: []slacksim.Channel{{ID: sales, Name: "sales", Members: members}, {ID: "C0OTHER", Name: "other", Members: members[:4]}}}
	for _, c := range change {
		c(&cfg)
	}
	o.Workspace = slacksim.New(cfg)
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
		o.store, &coach.Coach{Models: models, Reader: reader}, guide, o.meter)
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

// A digest is about the team's own journey where it has one, in the words of today,

// passOn has a contact of each pass on, this week, what they were given.
func (o *newsroom) passOn(t testing.TB, reps ...string) {
	t.Helper()
	if _, err := o.pool.Exec(t.Context(), `with latest as (select distinct on (author_id) id, contact_id, author_id, at from interactions
			where author_id = any($1) and at < $2 order by author_id, at desc),
		given as (insert into shares (team_id, contact_id, title, person_id, via, at) select 'T0TEST', contact_id, 'x', author_id, 'note', at - interval '1 day' from latest)
		insert into signals (interaction_id, team_id, contact_id, signal, origin) select id, 'T0TEST', contact_id, 'shared_onward', 'person' from latest`,
		reps, o.clock.now()); err != nil {
		t.Fatal(err)
	}
}

// Three replicas tick over one database, at the same moments; one is stopped

func (o *newsroom) frozen(t testing.TB) (s string) {
	t.Helper()
	if err := o.pool.QueryRow(t.Context(), `select figures::text from digests order by iso_year, iso_week limit 1`).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}
