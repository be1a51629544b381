package post_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	"cairn/bot/post"
	"cairn/store"
	"cairn/store/storetest"
)

// Slack limits, fails, hangs and cuts off at random while two posters work:
// each message arrives once, and each channel in order.
func TestStorm(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			chance := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // chosen so that a failure can be repeated
			w := newWorld(t, withHistory)
			for range 25 {
				switch f := w.Faults(); chance.IntN(5) {
				case 0:
					f.LoseReply("chat.postMessage", 1)
				case 1:
					f.FailHTTP("chat.postMessage", 500+chance.IntN(4), 1)
				case 2:
					f.RateLimit("chat.postMessage", time.Duration(1+chance.IntN(5))*time.Second, 1)
				case 3:
					f.Hang("chat.postMessage", 1)
				case 4:
					f.Fail("chat.postMessage", "internal_error", 1)
				}
			}
			for _, method := range []string{"conversations.history", "conversations.open"} {
				w.Faults().FailHTTP(method, 500, 1)
				w.Faults().RateLimit(method, 2*time.Second, 1)
				w.Faults().LoseReply(method, 1)
			}
			want := map[string][]string{}
			for i := range 12 {
				for _, channel := range []string{"C1", "C2"} {
					key := fmt.Sprintf("%s-%d", channel, i)
					want[channel] = append(want[channel], key)
					w.channel(channel, key)
				}
				key := fmt.Sprint("dm-", i)
				want["dm"] = append(want["dm"], key)
				w.queue(post.ToPerson(team, "U1", key, say(key)))
			}
			short := func(c *post.Config) {
				c.CallLimit = 200 * time.Millisecond
				c.Slack = post.NewClient("xoxb-simulated", w.url+"/api/", c.CallLimit)
			}
			w.poster(short)
			w.poster(short)
			for _, keys := range want {
				for _, key := range keys {
					w.await(key, "sent")
				}
			}
			w.wantTexts("U1", "C1", want["C1"]...)
			w.wantTexts("U1", "C2", want["C2"]...)
			w.wantTexts("U1", w.User("U1").DMChannel(), want["dm"]...)
		})
	}
}

// The database is killed over and over while messages leave: it heals, and
// nothing is lost or posted twice.
func TestDatabaseKilledWhilePosting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withHistory)
	server := storetest.Server(t)
	pool, err := store.Open(t.Context(), server.URL(), 8)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	w.store = store.New(pool, nil)
	var keys []string
	for i := range 40 {
		key := fmt.Sprintf("m-%02d", i)
		keys = append(keys, key)
		w.channel("C1", key)
	}
	w.poster()
	for kills := 1; kills <= 3; kills++ {
		w.until("some to leave", func() bool { return len(w.texts("U1", "C1")) >= 10*kills })
		server.Kill()
		server.Start()
	}
	for _, key := range keys {
		w.await(key, "sent")
	}
	w.wantTexts("U1", "C1", keys...)
}

// A port that nobody answers at is told apart from one that swallows what it
// is sent.
func TestSilentPeerLeavesDoubt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
		}
	}()
	t.Cleanup(func() { _ = ln.Close() })
	w.channel("C1", "a")
	_, stop := w.poster(func(c *post.Config) {
		c.CallLimit = 200 * time.Millisecond
		c.LookAfter = time.Hour
		c.Now = time.Now // on the fast clock the lease would end before the call
		c.Slack = post.NewClient("xoxb-simulated", "http://"+ln.Addr().String()+"/api/", c.CallLimit)
	})
	w.until("the doubt", func() bool {
		var state string
		err := w.store.Pool().QueryRow(context.Background(), `select state || ' ' || error from outbox where key = 'a'`).Scan(&state)
		return err == nil && strings.HasPrefix(state, "unknown cut off")
	})
	stop()
}
