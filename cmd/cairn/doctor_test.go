package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/slack-go/slack"

	"cairn/bot"
	"cairn/bot/post"
	"cairn/bot/slacksim"
	"cairn/store"
	"cairn/store/localpg"
	"cairn/store/storetest"
)

// ward is a checkup against a simulated Slack in which all is well, but for
// the test database, which has fsync off.
type ward struct {
	checkup
	slack *slacksim.Workspace
	model *httptest.Server
}

func newWard(t *testing.T) *ward {
	t.Helper()
	w := &ward{slack: slacksim.New(slacksim.Config{})}
	srv := httptest.NewServer(w.slack.Handler())
	t.Cleanup(func() { w.slack.Close(); srv.Close() })
	w.checkup = checkup{BotToken: "xoxb-simulated", AppToken: "xapp-1-A0SIM-1-simulated", SlackAPI: srv.URL + "/api/",
		Scopes: slacksim.DefaultScopes(), Sockets: 2, Database: storetest.URL(t), Now: time.Now}
	return w
}

// model answers as a language model's server would.
func (w *ward) answerAs(t *testing.T, status int, body string) {
	w.model = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.WriteHeader(status)
		_, _ = io.WriteString(rw, body)
	}))
	t.Cleanup(w.model.Close)
	w.ModelURL, w.ModelKey, w.Model = w.model.URL+"/v1", "sk-canary", "small"
}

// examine returns what doctor prints.
func (w *ward) examine(t *testing.T) (string, error) {
	t.Helper()
	var page strings.Builder
	err := doctor(t.Context(), w.checkup, &page)
	for _, secret := range []string{"xoxb-simulated", "xapp-1-A0SIM-1-simulated", "sk-canary", "ticket="} {
		if strings.Contains(page.String(), secret) {
			t.Errorf("a secret is printed: %s", page.String())
		}
	}
	return page.String(), err
}

func TestDoctorFindsNothingWrong(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	dir, err := os.MkdirTemp("", "cairn-doctor-") // not t.TempDir: the server's own user must be able to enter it
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // it holds a test's database
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	w.Database = ""
	w.Local = func(ctx context.Context) (string, func(), error) {
		s, err := localpg.Start(ctx, localpg.Options{Dir: dir, NoDownload: true})
		if err != nil {
			return "", nil, err
		}
		return s.URL(), func() { _ = s.Stop() }, nil
	}
	w.answerAs(t, http.StatusOK, `{"choices":[{"message":{"content":"ok"}}]}`)
	page, err := w.examine(t)
	if err != nil {
		t.Errorf("doctor = %v", err)
	}
	for _, want := range []string{"ok  bot token: team Simulated (T0SIM)", "ok  scopes: all 8 granted, none besides", "ok  clock, Slack's:", "ok  app token:",
		"ok  socket: Slack said hello; no other is open", "ok  database: private local server: PostgreSQL", "ok  promise: fsync", "ok  extension: pg_trgm comes with the tables",
		"ok  tables: none yet", "ok  clock, the database's:", "ok  model: small answers"} {
		if !strings.Contains(page, want) {
			t.Errorf("no line %q in:\n%s", want, page)
		}
	}
	if strings.Contains(page, "bad ") || strings.Count(page, "\n") != 12 {
		t.Errorf("the page:\n%s", page)
	}
}

func TestDoctorSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		harm func(*testing.T, *ward)
		want string
	}{
		"bad prompts": {func(t *testing.T, w *ward) {
			w.PromptsDir = t.TempDir()
			if err := os.Symlink("/nope", filepath.Join(w.PromptsDir, "read-note.prompt")); err != nil {
				t.Fatal(err)
			}
		}, "bad prompts: read-note.prompt: it is a link that leads nowhere: mend the link"},
		"no folder":       {func(_ *testing.T, w *ward) { w.PromptsDir = "/nope" }, "bad prompts: /nope is no folder that I can read: set CAIRN_PROMPTS_DIR"},
		"no bot token":    {func(_ *testing.T, w *ward) { w.BotToken = "" }, "bad bot token: none is set: set SLACK_BOT_TOKEN"},
		"tokens swapped":  {func(_ *testing.T, w *ward) { w.BotToken, w.AppToken = w.AppToken, w.BotToken }, "bad bot token: it is an app token: SLACK_BOT_TOKEN begins with xoxb-"},
		"swapped, other":  {func(_ *testing.T, w *ward) { w.AppToken = w.BotToken }, "bad app token: it is a bot token"},
		"token quoted":    {func(_ *testing.T, w *ward) { w.BotToken = `"` + w.BotToken + `"` }, "bad bot token: what SLACK_BOT_TOKEN holds stands between quotation marks: take the marks off"},
		"no app token":    {func(_ *testing.T, w *ward) { w.AppToken = "" }, "bad app token: none is set: make one with the scope connections:write"},
		"revoked":         {func(_ *testing.T, w *ward) { w.slack.Faults().RefuseTokens("token_revoked") }, "bad bot token: Slack says token_revoked: install the app anew"},
		"no scope":        {func(_ *testing.T, w *ward) { w.slack.GrantScopes("commands", "chat:write") }, "bad scopes: not granted: im:write, users:read"},
		"more scopes":     {func(_ *testing.T, w *ward) { w.Scopes = w.Scopes[:7] }, "ok  scopes: all 7 granted; more than needed: im:history"},
		"another replica": {func(t *testing.T, w *ward) { socket(t, w) }, "ok  socket: Slack said hello; 1 connection of this app is open besides, of the ten that it may have"},
		"two of them":     {func(t *testing.T, w *ward) { socket(t, w); socket(t, w) }, "; 2 connections of this app are open besides,"},
		"slack is ill":    {func(_ *testing.T, w *ward) { w.slack.Faults().FailHTTP("auth.test", 503, 1) }, "bad bot token: Slack answers with status 503"},
		"slack limits":    {func(_ *testing.T, w *ward) { w.slack.Faults().RateLimit("auth.test", 7*time.Second, 1) }, "wait 7s and try again"},
		"no network":      {func(_ *testing.T, w *ward) { w.SlackAPI = "http://127.0.0.1:9/api/" }, "bad bot token: Slack cannot be reached"},
		"clock ahead":     {func(_ *testing.T, w *ward) { w.Now = func() time.Time { return time.Now().Add(2 * time.Minute) } }, "bad clock, Slack's: this machine's clock is 2m"},
		"clock behind":    {func(_ *testing.T, w *ward) { w.Now = func() time.Time { return time.Now().Add(-time.Hour) } }, "bad clock, the database's: this machine's clock is 1h0m0s behind: set this machine's clock"},
		"socket mode off": {func(_ *testing.T, w *ward) { w.slack.Faults().Fail("apps.connections.open", "missing_scope", 1) }, "bad app token: Slack says missing_scope: give the app token the scope connections:write"},
		"no database":     {func(_ *testing.T, w *ward) { w.Database = "" }, "bad database: none is set: set DATABASE_URL"},
		"no local server": {func(_ *testing.T, w *ward) {
			w.Database, w.Local = "", func(context.Context) (string, func(), error) { return "", nil, errors.New("no programs") }
		}, "bad database: the private server does not start (no programs): install PostgreSQL"},
		"silent server": {func(_ *testing.T, w *ward) {
			w.Database, w.Local = "", func(context.Context) (string, func(), error) {
				return "", nil, fmt.Errorf("private database: %w (process 7)", localpg.ErrSilent)
			}
		}, "bad database: the private server: private database: it runs, and does not answer (process 7): see whether"},
		"crowded server": {func(_ *testing.T, w *ward) {
			w.Database, w.Local = "", func(context.Context) (string, func(), error) {
				return "", nil, &pgconn.PgError{Code: "53300"}
			}
		}, "bad database: the private server runs, and all of its connections are taken: end some"},
		"database down":  {func(_ *testing.T, w *ward) { w.Database = "postgres://u:canary@127.0.0.1:9/x" }, "bad database: DATABASE_URL: it cannot be used"},
		"bad address":    {func(_ *testing.T, w *ward) { w.Database = "postgres://u:canary@:x" }, "bad database: the address cannot be read: write DATABASE_URL as"},
		"promise weaker": {func(*testing.T, *ward) {}, "bad promise: fsync is off: a crash of the machine can ruin the whole database"},
		"read-only": {func(t *testing.T, w *ward) {
			onDatabase(t, w.Database, "alter database DB set default_transaction_read_only = on")
		},
			"bad rights in the database: sessions take no writes (default_transaction_read_only): BEGIN READ WRITE; ALTER DATABASE t_"},
		"reader only": {func(t *testing.T, w *ward) {
			w.Database = asGuest(t, w.Database, "grant select on all tables in schema public to GUEST")
		}, "have their owner run GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guest_"},
		"may not create": {func(t *testing.T, w *ward) { w.Database = asGuest(t, storetest.Empty(t), "") },
			"bad rights in the database: tables are to be made, and this user may make none in the schema public: have an administrator run GRANT CREATE ON SCHEMA public TO guest_"},
		"writer": {func(t *testing.T, w *ward) {
			w.Database = asGuest(t, w.Database, "grant select, insert, update, delete on all tables in schema public to GUEST; grant usage on all sequences in schema public to GUEST")
		}, "ok  rights in the database: this user may write; an upgrade needs"},
		"owner":            {func(*testing.T, *ward) {}, "ok  rights in the database: this user may write, and change the tables"},
		"recording":        {func(*testing.T, *ward) {}, "ok  recording: a line can be written (tried and taken back"},
		"locked":           {func(t *testing.T, w *ward) { lock(t, w.Database, "inbox in share mode") }, "holds the table inbox; see what it does (SELECT * FROM pg_stat_activity WHERE pid = "},
		"locked for reads": {func(t *testing.T, w *ward) { lock(t, w.Database, "people in access exclusive mode") }, "bad recording: no line can be recorded at this moment"},
		"locked by a name": {func(t *testing.T, w *ward) { lock(t, w.Database, "inbox in share mode") }, "of the server (application nightly load, user "},
		"a contact held": {func(t *testing.T, w *ward) {
			onDatabase(t, w.Database, "insert into teams (id) values ('T1')")
			onDatabase(t, w.Database, "insert into contacts (team_id, name, name_key, created_by) values ('T1', 'Eva Holm', 'eva holm', 'U1')")
			hold(t, w.Database, grown+"update contacts set name = name")
		}, "bad recording: a line can be written, but not about some contacts while somebody holds them: process "},
		"a contact held by a name": {func(t *testing.T, w *ward) { hold(t, w.Database, grown+"select from contacts for update") }, ") holds rows of the table contacts; see what it does"},
		"some lines locked":        {func(t *testing.T, w *ward) { lock(t, w.Database, "moves in share mode") }, "bad recording: some lines cannot be recorded at this moment, others can"},
		"locked for jobs": {func(t *testing.T, w *ward) {
			w.answerAs(t, 200, `{}`)
			lock(t, w.Database, "river_job in share mode")
		}, "bad recording: some lines cannot be recorded at this moment, others can"},
		"outbox locked":    {func(t *testing.T, w *ward) { lock(t, w.Database, "outbox in share mode") }, "bad posting: lines are recorded, but no message can be kept"},
		"outbox locked, 2": {func(t *testing.T, w *ward) { lock(t, w.Database, "outbox in share mode") }, "ok  recording: a line can be written"},
		"no trigrams": {func(t *testing.T, w *ward) { onDatabase(t, w.Database, "drop extension pg_trgm cascade") },
			"bad extension: pg_trgm is gone, and with it how similar names are found: lines about anybody new are not recorded: have an administrator run CREATE EXTENSION pg_trgm"},
		"no trigrams, lines": {func(t *testing.T, w *ward) { onDatabase(t, w.Database, "drop extension pg_trgm cascade") },
			"SQLSTATE 42883): see the line “extension”"},
		"no trigram index": {func(t *testing.T, w *ward) { onDatabase(t, w.Database, "drop index contacts_name_trgm") }, "bad extension: pg_trgm is there, and the index of names"},
		"trigrams elsewhere": {func(t *testing.T, w *ward) {
			w.Database = storetest.Empty(t)
			onDatabase(t, w.Database, "create schema extensions; create extension pg_trgm schema extensions")
		}, `bad extension: pg_trgm is in the schema extensions, where this user does not look for it: ALTER ROLE `},
		"no such database": {func(_ *testing.T, w *ward) { w.Database = strings.Replace(w.Database, "/t_", "/nixda_", 1) }, "(SQLSTATE 3D000)): make the database (createdb), or name"},
		"model hangs": {func(t *testing.T, w *ward) {
			hang := make(chan struct{})
			w.model = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hang }))
			t.Cleanup(func() { close(hang); w.model.Close() })
			w.ModelURL, w.Model, w.Patience = w.model.URL+"/v1", "small", 300*time.Millisecond
		}, "bad model: it is reached, and does not answer within 300ms: look at the server's load"},
		"ghost admin": {func(_ *testing.T, w *ward) { w.Admins = []string{"U0GHOST"} }, "bad admins: nobody of this workspace has the id U0GHOST"},
		"bad setting": {func(_ *testing.T, w *ward) {
			_, w.Unfit = readConfig([]string{"CAIRN_SOCKETS=9", "SLACK_APP_TOKEN=xoxb-1"})
		}, "bad settings: CAIRN_SOCKETS is 9: choose 1 to 4"},
		"empty database":  {func(t *testing.T, w *ward) { w.Database = storetest.Empty(t) }, "ok  tables: none yet"},
		"no model":        {func(*testing.T, *ward) {}, "ok  model: none is set"},
		"wrong key":       {func(t *testing.T, w *ward) { w.answerAs(t, 401, `{}`) }, "bad model: the server refuses the key (status 401): look at OPENAI_API_KEY"},
		"no such model":   {func(t *testing.T, w *ward) { w.answerAs(t, 404, `{}`) }, "bad model: the server does not know small"},
		"no model at all": {func(t *testing.T, w *ward) { w.answerAs(t, 200, `<html>`) }, "bad model: the server answers, but not as a model does"},
		"model limited":   {func(t *testing.T, w *ward) { w.answerAs(t, 429, `{}`) }, "bad model: the server limits us"},
		"model is ill":    {func(t *testing.T, w *ward) { w.answerAs(t, 500, `{}`) }, "bad model: the server answers with status 500"},
		"model away":      {func(_ *testing.T, w *ward) { w.ModelURL, w.Model = "http://127.0.0.1:9/v1", "small" }, "bad model: it cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWard(t)
			c.harm(t, w)
			page, err := w.examine(t)
			if !strings.Contains(page, c.want) {
				t.Errorf("no line %q in:\n%s", c.want, page)
			}
			if !errors.Is(err, errUnwell) { // the test database has fsync off
				t.Errorf("doctor = %v", err)
			}
			if strings.Contains(page, "canary") {
				t.Errorf("a password is printed:\n%s", page)
			}
			for line := range strings.Lines(page) {
				if !strings.HasPrefix(line, "ok  ") && !strings.HasPrefix(line, "bad ") {
					t.Errorf("a line of another kind: %q", line)
				}
			}
		})
	}
}

// What is no id at all is told with the settings; Slack is not asked about it too.
func TestDoctorTellsOfAnAdminOnce(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	_, w.Unfit = readConfig([]string{"CAIRN_ADMINS=xyz"})
	w.Admins = []string{"xyz"}
	page, _ := w.examine(t)
	if strings.Count(page, "xyz") != 1 {
		t.Errorf("told %d times:\n%s", strings.Count(page, "xyz"), page)
	}
}

// Where a database takes no session, what to do hangs on why.
func TestDoctorOpensNothing(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"53300": "raise its max_connections, or set CAIRN_DB_CONNECTIONS lower", "28P01": "name and password", "57P03": "wait until it has started", "XX000": "see that it runs"} {
		if got := unopened(fmt.Errorf("connect: %w", &pgconn.PgError{Code: code})); !strings.Contains(got, want) {
			t.Errorf("%s: %s", code, got)
		}
	}
}

// Of a holder all that is known is told, and whom to look at first.
func TestDoctorNamesHolders(t *testing.T) {
	t.Parallel()
	const more = "; see what it does (SELECT * FROM pg_stat_activity WHERE pid = 7), let it end, or end it (SELECT pg_terminate_backend(7))"
	for want, held := range map[string][]store.Holder{
		"process 7 of the server (application psql, user eli, in a transaction for 2 hours 1 minute) holds the table inbox": {
			{PID: 7, Tables: []string{"inbox"}, Application: "psql", User: "eli", For: 2*time.Hour + 70*time.Second}},
		"process 7 of the server (application without a name) holds what lines need": {{PID: 7}},
		"process 9 of the server (application psql, user eli, in a transaction for 1 second) holds the tables asks, inbox, and waits for process 7 itself": {
			{PID: 9, Tables: []string{"asks", "inbox"}, Application: "psql", User: "eli", For: time.Second, Behind: 7}},
	} {
		if got := bot.Blame(held); got != want+more {
			t.Errorf("%s", got)
		}
	}
	own := store.Holder{PID: 5, Application: "cairn", For: time.Minute}
	behind, psql, stuck := own, store.Holder{PID: 7, Application: "psql", For: time.Minute}, own
	behind.PID, behind.Behind, stuck.PID, stuck.For = 6, 5, 7, time.Hour
	for _, c := range []struct {
		name  string
		held  []store.Holder
		blame bool
	}{{"an import", []store.Holder{own}, false}, {"and who waits for it", []store.Holder{own, behind}, false},
		{"and a stranger", []store.Holder{own, behind, psql}, true}, {"what a dead process left", []store.Holder{stuck}, true}} {
		if got := bot.Blame(c.held); strings.HasSuffix(got, more) != c.blame || strings.Contains(got, "ends by itself") == c.blame {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// What keeps lines from being recorded has a remedy of its own: nobody looks at the disk
// for connections that are taken.
func TestDoctorTellsAilmentsApart(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"see that CAIRN_DB_CONNECTIONS times replicas": &pgconn.PgError{Code: "53300"},
		"see that its disk is not full":                &pgconn.PgError{Code: "53100"},
		"see that it runs":                             errors.New("broken pipe"),
		"see the line “extension”":                     &pgconn.PgError{Code: "42P01"},
		"see in pg_stat_activity":                      context.DeadlineExceeded,
	} {
		if got := untried(err, nil); !strings.HasPrefix(got, want) {
			t.Errorf("%v: %s, want %s…", err, got, want)
		}
	}
}

// socket holds a connection of the app until the test ends.
func socket(t *testing.T, w *ward) {
	t.Helper()
	_, address, err := post.NewClient(w.BotToken, w.SlackAPI, checkLimit, slack.OptionAppLevelToken(w.AppToken)).StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, _, err := websocket.Dial(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	if _, _, err := conn.Read(t.Context()); err != nil { // its hello
		t.Fatal(err)
	}
}

// lock holds a table until the test ends.
func lock(t *testing.T, address, table string) {
	t.Helper()
	hold(t, address, "lock table "+table)
}

// grown has a transaction be older, once it is looked at, than a line that is being recorded.
const grown = "select pg_sleep(1); "

// hold keeps what a statement locks until the test ends.
func hold(t *testing.T, address, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	if _, err := conn.Exec(t.Context(), "set application_name = 'nightly load'; begin; "+statement); err != nil {
		t.Fatal(err)
	}
}

func TestDoctorFromTheCommandLine(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	var page, errs strings.Builder
	err := run(t.Context(), []string{"doctor"}, []string{"SLACK_BOT_TOKEN=" + w.BotToken, "SLACK_APP_TOKEN=" + w.AppToken,
		"SLACK_API_URL=" + w.SlackAPI, "DATABASE_URL=" + w.Database, "CAIRN_ENV=production", "CAIRN_WORKRS=4"}, &page, &errs)
	if !errors.Is(err, errUnwell) || !strings.Contains(page.String(), "ok  bot token: team Simulated") || !strings.Contains(page.String(), "bad promise: fsync is off") ||
		!strings.Contains(page.String(), "bad settings: CAIRN_WORKRS is no setting: CAIRN_WORKERS seems to be meant") {
		t.Errorf("cairn doctor = %v\n%s%s", err, page.String(), errs.String())
	}
}

// onDatabase runs a statement on a database, in which DB stands for its name.
func onDatabase(t *testing.T, address, sql string) string {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	name := strings.TrimPrefix(at.Path, "/")
	if _, err := conn.Exec(t.Context(), strings.ReplaceAll(sql, "DB", name)); err != nil {
		t.Fatal(err)
	}
	return name
}

// asGuest makes a user with what is granted to GUEST, and returns the address of
// a database for sessions that are theirs.
func asGuest(t *testing.T, address, grant string) string {
	t.Helper()
	guest := "guest_" + strings.ToLower(rand.Text()[:10])
	onDatabase(t, address, "create role "+guest+"; revoke create on schema public from public; "+strings.ReplaceAll(grant, "GUEST", guest))
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.WithoutCancel(t.Context()), address)
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close(context.WithoutCancel(t.Context()))
		if _, err := conn.Exec(context.WithoutCancel(t.Context()), "drop owned by "+guest+"; drop role "+guest); err != nil {
			t.Error(err)
		}
	})
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := at.Query()
	q.Set("options", "-crole="+guest) // the server lets in its own user only, who may become any other
	at.RawQuery = q.Encode()
	return at.String()
}
