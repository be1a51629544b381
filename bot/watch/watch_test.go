package watch_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"cairn/bot/chat"
	"cairn/bot/watch"
	"cairn/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// quiet has no check, and no log.
func quiet() *watch.Readiness { return watch.NewReadiness(nil, slog.New(slog.DiscardHandler)) }

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

// Every counter with labels is there before its first event, by the names that
// the rooms count under, so that an alert on an increase sees the first one.
func TestFiguresBeginAtNought(t *testing.T) {
	t.Parallel()
	_, page := get(t, watch.Handler(watch.NewMeters(), quiet(), nil), "/metrics")
	want := []string{`cairn_unsaved_total{outcome="not_saved"} 0`, `cairn_unsaved_total{outcome="not_confirmed"} 0`,
		`cairn_digests_total{outcome="made"} 0`, `cairn_digests_total{outcome="posted"} 0`, `cairn_posts_total{kind="told",outcome="sent"} 0`}
	for _, kind := range []string{chat.KindCommand, chat.KindAction, chat.KindSubmission, chat.KindShortcut, chat.KindEvent} {
		want = append(want, `cairn_redeliveries_total{kind="`+kind+`"} 0`, `cairn_ack_seconds_count{kind="`+kind+`"} 0`)
	}
	for _, kind := range []string{store.KindMessage, store.KindDM, store.KindResponse} {
		want = append(want, `cairn_posts_total{kind="`+kind+`",outcome="sent"} 0`, `cairn_posts_total{kind="`+kind+`",outcome="failed"} 0`)
	}
	for _, line := range want {
		if !strings.Contains(page, "\n"+line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
}

// Those who run Cairn find each figure in the README.
func TestFiguresStandInTheREADME(t *testing.T) {
	t.Parallel()
	m := watch.NewMeters()
	m.Asked("read", "ok", time.Second, 1, 1)
	m.WatchOutbox(func(context.Context) (watch.Backlog, error) { return watch.Backlog{}, nil })
	_, page := get(t, watch.Handler(m, quiet(), nil), "/metrics")
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	figures := regexp.MustCompile(`(?m)^# TYPE (cairn_\w+) `).FindAllStringSubmatch(page, -1)
	if len(figures) < 15 {
		t.Fatalf("%d figures", len(figures))
	}
	for _, f := range figures {
		if !strings.Contains(string(readme), "`"+f[1]+"`") {
			t.Errorf("the README does not tell of %s", f[1])
		}
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	m := watch.NewMeters()
	m.Acked("command", 0.003)
	m.Receipt()
	m.Unsaved("not_saved")
	m.Again("event")
	m.Posted("response", "sent")
	m.Asked("read", "ok", time.Second, 120, 0.002)
	m.Asked("read", "capped", 0, 0, 0)
	m.Digest("posted", 90*time.Second)
	m.Digest("made", 0)
	m.SocketsUp(2)
	m.Reconnected()
	var down atomic.Bool
	m.WatchOutbox(func(ctx context.Context) (watch.Backlog, error) {
		if down.Load() {
			return watch.Backlog{}, errors.New("gone")
		}
		return watch.Backlog{States: map[string]int64{"pending": 3, "parked": 1}, Oldest: 1500 * time.Millisecond}, nil
	})
	h := watch.Handler(m, quiet(), nil)
	code, page := get(t, h, "/metrics")
	for _, line := range []string{
		`cairn_ack_seconds_bucket{kind="command",le="0.002"} 0`,
		`cairn_ack_seconds_bucket{kind="command",le="0.005"} 1`,
		`cairn_receipts_total 1`,
		`cairn_unsaved_total{outcome="not_saved"} 1`,
		`cairn_redeliveries_total{kind="event"} 1`,
		`cairn_posts_total{kind="response",outcome="sent"} 1`,
		`cairn_outbox_postings{state="pending"} 3`,
		`cairn_outbox_postings{state="unknown"} 0`,
		`cairn_outbox_oldest_seconds 1.5`,
		`cairn_database_up 1`,
		`cairn_model_calls_total{outcome="capped",purpose="read"} 1`,
		`cairn_model_seconds_count 1`,
		`cairn_model_tokens_total 120`,
		`cairn_model_cost_dollars_total 0.002`,
		`cairn_digest_lateness_seconds_sum 90`,
		`cairn_digests_total{outcome="made"} 1`,
		`cairn_digests_total{outcome="posted"} 1`,
		`cairn_digest_lateness_seconds_count 1`,
		`cairn_sockets_up 2`,
		`cairn_socket_reconnects_total 1`,
		`go_goroutines `,
	} {
		if !strings.Contains(page, "\n"+line) {
			t.Errorf("no line %q", line)
		}
	}
	if code != http.StatusOK {
		t.Errorf("status %d", code)
	}
	down.Store(true)
	if code, page = get(t, h, "/metrics"); code != http.StatusOK || !strings.Contains(page, "cairn_database_up 0") || strings.Contains(page, "cairn_outbox_postings{") {
		t.Errorf("with the database gone: %d, database_up wanted 0 and no counts", code)
	}
}

func TestReadyTellsTheTruth(t *testing.T) {
	t.Parallel()
	var socket atomic.Bool
	var log bytes.Buffer
	checks := []watch.Check{
		{Name: "database", Hint: "look at the database", Fit: func(context.Context) error { return nil }},
		{Name: "socket", Hint: "no socket is up; see cairn doctor", Fit: func(context.Context) error {
			if socket.Load() {
				return nil
			}
			return errors.New("0 of 2 sockets")
		}},
	}
	extra := map[string]http.Handler{"/jobs/": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "jobs") })}
	h := watch.Handler(watch.NewMeters(), watch.NewReadiness(checks, slog.New(slog.NewTextHandler(&log, nil))), extra)
	for range 3 {
		code, page := get(t, h, "/readyz")
		if want := "ok  database\nbad socket: no socket is up; see cairn doctor\n"; code != http.StatusServiceUnavailable || page != want {
			t.Errorf("/readyz = %d %q", code, page)
		}
	}
	if n := strings.Count(log.String(), "0 of 2 sockets"); n != 1 {
		t.Errorf("logged %d times, want once: %s", n, log.String())
	}
	socket.Store(true)
	if code, page := get(t, h, "/readyz"); code != http.StatusOK || page != "ok  database\nok  socket\n" {
		t.Errorf("/readyz = %d %q", code, page)
	}
	if code, page := get(t, h, "/healthz"); code != http.StatusOK || page != "ok\n" {
		t.Errorf("/healthz = %d %q", code, page)
	}
	if _, page := get(t, h, "/jobs/1"); page != "jobs" {
		t.Errorf("/jobs/1 = %q", page)
	}
}

// A check that never answers counts as failed, and does not hold up the page.
func TestReadyDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	h := watch.Handler(watch.NewMeters(), watch.NewReadiness([]watch.Check{{Name: "database", Hint: "h", Fit: func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}}}, slog.New(slog.DiscardHandler)), nil)
	if code, _ := get(t, h, "/readyz"); code != http.StatusServiceUnavailable {
		t.Errorf("/readyz = %d", code)
	}
}

// What ceases to be ready is logged once though nobody asks, and so is that it is
// again; what the start waits for is not, and a process that ends says nothing.
func TestReadinessIsLoggedUnasked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var fault error
		r := watch.NewReadiness([]watch.Check{
			{Name: "database", Fit: func(context.Context) error { return fault }},
			{Name: "slack", Fit: func(context.Context) error { return watch.Waiting("waiting for it since the start") }},
		}, slog.New(slog.NewTextHandler(&log, nil)))
		ctx, cancel := context.WithCancel(t.Context())
		go r.Watch(ctx, watch.LookEvery)
		for _, now := range []error{nil, errors.New("gone"), nil} {
			fault = now
			time.Sleep(3*watch.LookEvery + time.Second)
			synctest.Wait()
		}
		cancel()
		fault = errors.New("gone again")
		time.Sleep(3 * watch.LookEvery)
		if got := log.String(); strings.Count(got, "\n") != 2 || strings.Count(got, `msg="not ready" check=database error=gone`) != 1 || strings.Count(got, `msg="ready again" check=database`) != 1 {
			t.Errorf("logged: %s", got)
		}
	})
}

// What is to be noticed stands on the page of a process that is ready all the same, as it
// was when it looked by itself; it is logged once, and so is its end.
func TestNoticesAreToldOfWhatIsReady(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var words string
		r := watch.NewReadiness([]watch.Check{{Name: "database", Fit: func(context.Context) error { return nil }}}, slog.New(slog.NewTextHandler(&log, nil)),
			watch.Notice{Name: "contacts", Page: "some are held", Ask: func(context.Context) (string, error) { time.Sleep(2 * time.Second); return words, nil }})
		ctx, cancel := context.WithCancel(t.Context())
		go r.Watch(ctx, watch.LookEvery)
		for _, now := range []string{"", "held by process 7", ""} {
			words = now
			time.Sleep(3 * watch.LookEvery)
			asked := time.Now()
			code, page := get(t, watch.Handler(watch.NewMeters(), r, nil), "/readyz")
			want := "ok  database\n"
			if now != "" {
				want += "but contacts: some are held\n"
			}
			if code != http.StatusOK || page != want || time.Since(asked) != 0 {
				t.Errorf("%d after %v: %s", code, time.Since(asked), page)
			}
		}
		cancel()
		time.Sleep(3 * watch.LookEvery)
		if got := log.String(); strings.Count(got, "\n") != 2 || strings.Count(got, `about=contacts noticed="held by process 7"`) != 1 || strings.Count(got, `msg="no more" about=contacts`) != 1 {
			t.Errorf("logged: %s", got)
		}
	})
}

func TestServeUntilTheEnd(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- watch.Serve(ctx, ln, watch.Handler(watch.NewMeters(), quiet(), nil))
	}()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get("http://" + ln.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Serve = %v", err)
	}
}
