package sockets_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/slacksim"
	"cairn/bot/sockets"
)

type noMeters struct{}

func (noMeters) SocketsUp(int) {}
func (noMeters) Reconnected()  {}

// house is a workspace, and groups of sockets that answer all that comes at once.
type house struct {
	*slacksim.Workspace
	api *slack.Client
}

func newHouse(t *testing.T) *house {
	t.Helper()
	ws := slacksim.New(slacksim.Config{AppToken: "xapp-1", BotToken: "xoxb-1",
		People:   []slacksim.Person{{ID: "U1", Name: "rita"}},
		Commands: []slacksim.Command{{Name: "/log"}}})
	srv := httptest.NewServer(ws.Handler())
	t.Cleanup(func() { ws.Close(); srv.Close() })
	return &house{ws, slack.New("xoxb-1", slack.OptionAppLevelToken("xapp-1"), slack.OptionAPIURL(srv.URL+"/api/"))}
}

// serve runs a group of so many sockets, until the test ends or it is stopped.
func (h *house) serve(t *testing.T, count int) (g *sockets.Group, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	g = sockets.New(sockets.Config{API: h.api, Count: count, Now: time.Now, Meters: noMeters{},
		Log: slog.New(slog.NewTextHandler(t.Output(), nil))},
		func(e sockets.Envelope) { go func() { _ = e.Ack(context.Background(), nil) }() })
	ended := make(chan struct{})
	go func() { defer close(ended); g.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return g, stop
}

// typing types a command every few milliseconds, and tells how each that Slack
// could hand to nobody failed.
func (h *house) typing(t *testing.T) (stop func() (lines int, failed []string)) {
	t.Helper()
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		bad  []string
		n    int
		done = make(chan struct{})
		u    = h.User("U1")
		to   = u.DMChannel()
	)
	wg.Go(func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			n++
			wg.Go(func() {
				r, err := u.Slash(t.Context(), to, "/log", "x")
				mu.Lock()
				defer mu.Unlock()
				if err != nil || r.Failed == "dispatch_failed" {
					bad = append(bad, fmt.Sprint(err, r))
				}
			})
		}
	})
	return func() (int, []string) { close(done); wg.Wait(); return n, bad }
}

func (h *house) await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("no %s: %d sockets, %d opened", what, h.Sockets(), h.Opened())
		}
	}
}

// Slack may want all sockets back at once, also the only one: before the last is
// left a new one stands, and no command finds nobody.
func TestAllSocketsAskedBackAtOnceLeaveNoGap(t *testing.T) {
	t.Parallel()
	for _, count := range []int{1, 2} {
		for _, reason := range []string{"warning", "refresh_requested"} {
			t.Run(fmt.Sprint(reason, " of ", count), func(t *testing.T) {
				t.Parallel()
				h := newHouse(t)
				g, _ := h.serve(t, count)
				h.await(t, "sockets", func() bool { return g.Up() == count })
				stop := h.typing(t)
				for range 3 {
					opened := h.Opened()
					if asked := h.Faults().Disconnect(reason); asked != count {
						t.Errorf("%d sockets asked back of %d", asked, count)
					}
					h.await(t, "new sockets", func() bool {
						return h.Opened() >= opened+count && h.Sockets() == count && g.Up() == count
					})
					time.Sleep(100 * time.Millisecond) // commands come by the new ones
				}
				if lines, failed := stop(); lines < 20 || len(failed) > 0 {
					t.Errorf("of %d commands %d found no socket: %v", lines, len(failed), failed)
				}
				if g.Opening() != 0 || g.Unwanted() != 0 {
					t.Errorf("%d opening, %d unwanted", g.Opening(), g.Unwanted())
				}
			})
		}
	}
}

// Where the app has all the sockets that it may have, the only one of a process
// cannot be relieved: it is left and comes back, at once.
func TestASocketWithoutRoomForItsReliefComesBackAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 2 {
		h.serve(t, 4)
	}
	h.serve(t, 1)
	h.await(t, "nine sockets", func() bool { return h.Sockets() == 9 })
	g, _ := h.serve(t, 1)
	h.await(t, "ten sockets", func() bool { return h.Sockets() == 10 && g.Up() == 1 })
	opened := h.Opened()
	begun := time.Now()
	h.Faults().Disconnect("warning")
	h.await(t, "new sockets", func() bool { return h.Opened() >= opened+10 && h.Sockets() == 10 && g.Up() == 1 })
	if took := time.Since(begun); took > 9*time.Second {
		t.Errorf("it took %v", took)
	}
}

// A group that ends while its only socket waits for relief ends all the same.
func TestAGroupEndsWhileItsSocketWaitsForRelief(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	g, stop := h.serve(t, 1)
	h.await(t, "socket", func() bool { return g.Up() == 1 })
	h.Faults().Hang("apps.connections.open", 1)
	defer h.Faults().Release()
	h.Faults().Disconnect("warning")
	time.Sleep(100 * time.Millisecond)
	if h.Sockets() != 1 {
		t.Error("the only socket went although no other one came about")
	}
	begun := time.Now()
	g.Leave()
	stop()
	if took := time.Since(begun); took > 7*time.Second {
		t.Errorf("it took %v", took)
	}
}

// A token that Slack refuses for a moment is tried again soon, and not at once.
func TestATokenRefusedForAMomentIsTriedSoon(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	g, _ := h.serve(t, 1)
	h.await(t, "socket", func() bool { return g.Up() == 1 })
	h.Faults().Fail("apps.connections.open", "invalid_auth", 1)
	h.Faults().DropSockets()
	h.await(t, "refusal", g.Denied)
	begun := time.Now()
	h.await(t, "socket again", func() bool { return g.Up() == 1 })
	if took := time.Since(begun); took < 5*time.Second || g.Denied() {
		t.Errorf("after %v, denied %v", took, g.Denied())
	}
}
