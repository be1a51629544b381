package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/bench"
	"cairn/bot/slacksim"
	"cairn/store/storetest"
)

// spoken is what a process says, read while it runs.
type spoken struct {
	mu  sync.Mutex
	all strings.Builder
}

func (s *spoken) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.Write(p)
}

func (s *spoken) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// TestRunOnABadDay runs the program as people do, looks at its private pages
// while the database is killed and comes back, and ends it.
func TestRunOnABadDay(t *testing.T) {
	t.Parallel()
	db := storetest.Server(t)
	w, at, log := runProgram(t, db.URL())
	wants(t, at+"/readyz", http.StatusOK, "ok  database\nok  saving\nok  slack\n")
	wants(t, at+"/healthz", http.StatusOK, "ok\n")
	wants(t, at+"/jobs/", http.StatusOK, "River")
	wants(t, at+"/jobs/api/states", http.StatusOK, "completed")
	u := w.User(bench.Rep(0))
	say := func() string {
		reply, err := u.Slash(t.Context(), u.DMChannel(), "/log", "Canariensis Bird, Wolperdinger: call, asked about xyzzyplugh "+fmt.Sprint(time.Now().UnixNano()))
		if err != nil || reply.Message == nil {
			t.Fatalf("no answer: %v %+v", err, reply)
		}
		return reply.Message.Text
	}
	if got := say(); !strings.Contains(got, "Recorded #") {
		t.Error(got)
	}
	db.Kill()
	if got := say(); !strings.Contains(got, "NOT saved") {
		t.Error(got)
	}
	// a question was not to be saved, so it is not said that it was not
	for typed, want := range map[string]string{"help status": "bad · The database does not answer", "next": "No answer just now. The database cannot be reached", "card bird": "No answer just now."} {
		reply, err := u.Slash(t.Context(), u.DMChannel(), "/coach", typed)
		if err != nil || reply.Message == nil {
			t.Fatalf("%s: no answer: %v %+v", typed, err, reply)
		}
		if got := reply.Message.Text; !strings.Contains(got, want) || strings.Contains(got, "NOT saved") || !strings.Contains(got, "(E-") {
			t.Errorf("%s: %s", typed, got)
		}
	}
	wants(t, at+"/metrics", http.StatusOK, `cairn_unsaved_total{outcome="not_saved"} 1`)
	wants(t, at+"/readyz", http.StatusServiceUnavailable, "bad database: is Postgres up")
	wants(t, at+"/healthz", http.StatusOK, "ok\n")
	wants(t, at+"/metrics", http.StatusOK, `cairn_unsaved_total{outcome="not_saved"} 1`)
	wants(t, at+"/metrics", http.StatusOK, "cairn_database_up 0")
	db.Start()
	for deadline := time.Now().Add(time.Minute); !strings.Contains(say(), "Recorded #"); {
		if time.Now().After(deadline) {
			t.Fatal("nothing is recorded though the database is back")
		}
	}
	wants(t, at+"/readyz", http.StatusOK, "ok  saving")
	wants(t, at+"/metrics", http.StatusOK, "cairn_sockets_up 1")
	for _, secret := range []string{"Canariensis", "Wolperdinger", "xyzzyplugh", bench.AppToken, bench.BotToken} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if !strings.Contains(log.String(), `"check":"database"`) {
		t.Errorf("the log does not tell of the database: %s", log.String())
	}
	// another site that a browser has open presses a button of the page, by its
	// own name or by one of its own that leads to us
	wantsRefused(t, at, "https://evil.example", "cross-site", "")
	wantsRefused(t, at, "http://evil.example", "same-origin", "evil.example")
}

// The time limit of a call to Slack holds for answers to a response_url too.
func TestRunLimitsAnswers(t *testing.T) {
	t.Parallel()
	database := storetest.URL(t)
	w, _, _ := runProgram(t, database, "CAIRN_SLACK_TIMEOUT=1s")
	u := w.User(bench.Rep(0))
	reply, err := u.Slash(t.Context(), u.DMChannel(), "/log", "Canariensis Bird, Wolperdinger: call")
	if err != nil || reply.Message == nil {
		t.Fatalf("no answer: %v %+v", err, reply)
	}
	w.Faults().Slow(slacksim.ResponseURL, 4*time.Second, 1)
	if _, err := u.Click(t.Context(), reply.Message.Ref(), "Undo"); err != nil {
		t.Fatal(err)
	}
	pool, err := pgxpool.New(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var attempts int
	for until := time.Now().Add(20 * time.Second); attempts == 0; time.Sleep(50 * time.Millisecond) {
		_ = pool.QueryRow(t.Context(), `select attempt from outbox where kind = 'response' and state = 'sent'`).Scan(&attempts) // none yet
		if time.Now().After(until) {
			t.Fatal("the answer does not arrive")
		}
	}
	if attempts != 2 { // the first was given up after a second
		t.Errorf("%d attempts", attempts)
	}
}

// Of a line that was not saved since somebody holds its contact, the log says who,
// under the id that the rep was told.
func TestRunNamesWhoHoldsAContact(t *testing.T) {
	t.Parallel()
	database := storetest.URL(t)
	w, _, log := runProgram(t, database)
	u := w.User(bench.Rep(0))
	say := func() string {
		reply, err := u.Slash(t.Context(), u.DMChannel(), "/log", "Canariensis Bird, Wolperdinger: call "+fmt.Sprint(time.Now().UnixNano()))
		if err != nil || reply.Message == nil {
			t.Fatalf("no answer: %v %+v", err, reply)
		}
		return reply.Message.Text
	}
	if got := say(); !strings.Contains(got, "Recorded #") {
		t.Fatal(got)
	}
	hold(t, database, "select from contacts where name = 'Canariensis Bird' for update")
	// who waits lets go between two tries, so that a look on a busy machine may see nobody wait
	for range 5 {
		got := say()
		if !strings.Contains(got, "NOT saved") || !strings.Contains(got, "Somebody else is changing this contact") {
			t.Fatal(got)
		}
		_, id, _ := strings.Cut(got, "(E-")
		id, _, _ = strings.Cut(id, ")")
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, `"id":"E-`+id+`"`) && strings.Contains(line, `"held_up_by":["process `) && strings.Contains(line, "(application nightly load, user ") && strings.Contains(line, "holds rows of the table contacts") {
				return
			}
		}
	}
	t.Errorf("no line of the log says who holds the contact: %s", log.String())
}

// TestRunWaits: a process that waits for its database, then for Slack, is alive
// and says what it waits for; it serves once both are there.
func TestRunWaits(t *testing.T) {
	t.Parallel()
	w, err := bench.NewWorld(benchCommands()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	w.Faults().FailHTTP("auth.test", 503, 1)
	doorway, at := freeAddress(t), "http://"+freeAddress(t)
	log := &spoken{}
	server := storetest.Server(t)
	address, err := url.Parse(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	database := address.String()
	q := address.Query()
	network, behind := "tcp", address.Host
	if q.Get("host") != "" { // a socket in a folder
		network, behind = "unix", q.Get("host")+"/.s.PGSQL."+q.Get("port")
		q.Del("host")
		q.Del("port")
	}
	q.Set("sslmode", "disable")
	address.Host, address.RawQuery = doorway, q.Encode()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"run"}, []string{"SLACK_API_URL=" + w.URL, "SLACK_APP_TOKEN=" + bench.AppToken, "SLACK_BOT_TOKEN=" + bench.BotToken,
			"DATABASE_URL=" + address.String(), "CAIRN_LISTEN=" + strings.TrimPrefix(at, "http://"), "CAIRN_SOCKETS=1", "CAIRN_ADMINS=U0GHOST"}, io.Discard, log)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	wants(t, at+"/healthz", http.StatusOK, "ok\n")
	wants(t, at+"/readyz", http.StatusServiceUnavailable, "bad database: waiting for it since the start")
	for !strings.Contains(log.String(), "waiting for the database") { // until it has been tried
		time.Sleep(10 * time.Millisecond)
	}
	letThrough(t, doorway, network, behind)
	wants(t, at+"/readyz", http.StatusOK, "ok  database\nok  saving\nok  slack\n")
	for _, want := range []string{"waiting for the database (DATABASE_URL)", `"msg":"waiting for Slack"`, `"again_in":"1s"`, "CAIRN_ADMINS names somebody whom Slack does not know",
		`"right":"groups:read"`, // the simulated workspace grants less than the manifest asks for
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log of %s lacks %q: %s", database, want, log.String())
		}
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// letThrough opens an address behind which a database stands.
func letThrough(t *testing.T, address, network, behind string) {
	t.Helper()
	ln, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			in, err := ln.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial(network, behind)
			if err != nil {
				in.Close()
				continue
			}
			go func() { _, _ = io.Copy(out, in); out.Close() }()
			go func() { _, _ = io.Copy(in, out); in.Close() }()
		}
	}()
}

// A database that this user may not write is named as the culprit, and ends the
// start: no waiting mends it.
func TestRunNamesTheCulprit(t *testing.T) {
	t.Parallel()
	w, err := bench.NewWorld(benchCommands()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	reader := asGuest(t, storetest.URL(t), "grant select on all tables in schema public to GUEST")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	log := &spoken{}
	err = run(ctx, []string{"run"}, []string{"SLACK_API_URL=" + strings.TrimSuffix(w.URL, "/"), "SLACK_APP_TOKEN=" + bench.AppToken, "SLACK_BOT_TOKEN=" + bench.BotToken,
		"DATABASE_URL=" + reader, "CAIRN_LISTEN=off", "CAIRN_WORKRS=4"}, io.Discard, log)
	if err == nil || !strings.Contains(err.Error(), "the database:") || !strings.Contains(err.Error(), "permission denied") || strings.Contains(log.String(), "waiting for Slack") {
		t.Errorf("run = %v; its log: %s", err, log.String())
	}
	if !strings.Contains(log.String(), `"name":"CAIRN_WORKRS","remedy":"CAIRN_WORKERS seems to be meant`) {
		t.Errorf("the log does not warn of a slip in a name: %s", log.String())
	}
	if !strings.Contains(log.String(), `"setting":"fsync"`) { // the test database has it off
		t.Errorf("the log does not warn of fsync: %s", log.String())
	}
}

// A start that nothing can come of ends with what to do, and says nothing else on
// its way out.
func TestRunEndsWithARemedy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		harm func(*testing.T, *bench.World, string)
		want string
	}{
		"pg_trgm elsewhere": {func(t *testing.T, _ *bench.World, database string) {
			onDatabase(t, database, "create schema extensions; create extension pg_trgm schema extensions")
		}, "search_path = \"$user\", public, extensions"},
		"bot token refused": {func(_ *testing.T, w *bench.World, _ string) { w.Faults().Fail("auth.test", "invalid_auth", -1) }, "Slack refused the bot token, SLACK_BOT_TOKEN"},
		"app token refused": {func(_ *testing.T, w *bench.World, _ string) {
			w.Faults().Fail("apps.connections.open", "invalid_auth", -1)
		}, "Slack refused the app token, SLACK_APP_TOKEN (apps.connections.open): invalid_auth"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := bench.NewWorld(benchCommands()...)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(w.Close)
			database := storetest.Empty(t)
			c.harm(t, w, database)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			log := &spoken{}
			err = run(ctx, []string{"run"}, []string{"SLACK_API_URL=" + w.URL, "SLACK_APP_TOKEN=" + bench.AppToken, "SLACK_BOT_TOKEN=" + bench.BotToken,
				"DATABASE_URL=" + database, "CAIRN_LISTEN=off"}, io.Discard, log)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("run = %v", err)
			}
			if strings.Contains(log.String(), `"msg":"trim"`) {
				t.Errorf("upkeep is heard on the way out: %s", log.String())
			}
		})
	}
}

// `cairn faults` is built from the checkout: elsewhere it says so, and not that a
// promise was broken.
func TestFaultsOutsideTheCheckout(t *testing.T) {
	for _, args := range [][]string{{"faults"}, {"faults", "--help"}, {"faults", "--only", "disk full"}} {
		t.Chdir(t.TempDir())
		var out strings.Builder
		if err := run(t.Context(), args, os.Environ(), &out, &out); err == nil || !strings.Contains(err.Error(), "run it in the checkout") || out.String() != "" {
			t.Errorf("%v: %v, %s", args, err, out.String())
		}
	}
}

// Runs that did not begin broke no promise.
func TestFaultsThatDoNotBegin(t *testing.T) {
	t.Parallel()
	var out spoken
	err := run(t.Context(), []string{"faults", "--only", "no such"}, os.Environ(), &out, &out)
	if err == nil || !strings.Contains(err.Error(), "did not begin") || strings.Contains(err.Error(), "promise") || !strings.Contains(out.String(), `no run is called "no such"`) {
		t.Errorf("%v: %s", err, out.String())
	}
}

// runProgram runs the program on a database until the test ends, and returns
// its workspace, the address of its private pages, and what it logs.
func runProgram(t *testing.T, database string, settings ...string) (w *bench.World, at string, log *spoken) {
	t.Helper()
	w, err := bench.NewWorld(benchCommands()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at = ln.Addr().String()
	ln.Close()
	ctx, stop := context.WithCancel(t.Context())
	log = &spoken{}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"run"}, append(settings, "SLACK_API_URL="+w.URL, "SLACK_APP_TOKEN="+bench.AppToken, "SLACK_BOT_TOKEN="+bench.BotToken,
			"DATABASE_URL="+database, "CAIRN_LISTEN="+at, "CAIRN_JOBS_PAGE=true", "CAIRN_SOCKETS=1"), io.Discard, log)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	if err := w.WaitSockets(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	return w, "http://" + at, log
}

// wantsRefused presses a button of the page of jobs from elsewhere; host empty:
// under our own name.
func wantsRefused(t *testing.T, at, origin, site, host string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at+"/jobs/api/jobs/cancel", strings.NewReader(`{"ids":["1"]}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	req.Header.Set("Origin", origin)
	req.Header.Set("Sec-Fetch-Site", site)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("the button of %s: status %d", origin, resp.StatusCode)
	}
}

// wants gets a page until it is as it should be.
func wants(t *testing.T, url string, code int, holds string) {
	t.Helper()
	var got string
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		resp, err := http.Get(url) //nolint:gosec,noctx // our own page
		if err != nil {
			got = err.Error()
			continue
		}
		page, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err == nil && resp.StatusCode == code && strings.Contains(string(page), holds) {
			return
		}
		got = fmt.Sprintf("%d %s", resp.StatusCode, page)
	}
	t.Errorf("%s never was %d with %q: %.600s", url, code, holds, got)
}
