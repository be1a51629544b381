package post_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"cairn/bot/post"
	"cairn/store"
	"cairn/store/storetest"
)

// BenchmarkReply is the way of one reply to a response_url, from the call of
// Enqueue to the request arriving; nothing else is in the outbox.
func BenchmarkReply(b *testing.B) {
	arrived := make(chan struct{}, 1)
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { arrived <- struct{}{} }))
	defer srv.Close()
	s := store.New(storetest.DB(b), nil)
	p := post.New(post.Config{Team: team, Store: s, Slack: post.NewClient("xoxb-simulated", srv.URL+"/api/", time.Second)})
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { p.Run(ctx) })
	defer func() { cancel(); wg.Wait() }()
	n := 0
	for b.Loop() {
		n++
		q, err := post.Reply(team, fmt.Sprint("U", n), fmt.Sprint("k", n), post.Response{URL: srv.URL, Replace: true, Message: say("x")})
		if err == nil {
			_, _, err = s.Enqueue(ctx, q)
		}
		if err != nil {
			b.Fatal(err)
		}
		p.Kick()
		<-arrived
	}
}

// BenchmarkClaim is a claim and its mark, with 10,000 postings behind one lane
// that waits for another try, or behind one that does not, or alone.
func BenchmarkClaim(b *testing.B) {
	for name, backlog := range map[string]string{
		"alone":   `select`,
		"waiting": `insert into outbox (team_id, kind, channel, lane, key, payload, attempt, not_before) values ('T0SIM', 'response', 'C1', 'C1', 'k', '{}', 1, '3000-01-01')`,
		"flowing": `select`,
	} {
		b.Run(name, func(b *testing.B) {
			s := store.New(storetest.DB(b), nil)
			ctx := context.Background()
			_, err := s.Pool().Exec(ctx, backlog)
			if err == nil && name != "alone" {
				_, err = s.Pool().Exec(ctx, `insert into outbox (team_id, kind, channel, lane, key, payload)
					select 'T0SIM', 'response', 'C1', 'C1', 'k' || i, '{}' from generate_series(1, 10000) i`)
			}
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for b.Loop() {
				n++
				q, err := post.Reply(team, "U1", fmt.Sprint("b", n), post.Response{Message: say("x")})
				if err == nil {
					_, _, err = s.Enqueue(ctx, q)
				}
				if err != nil {
					b.Fatal(err)
				}
				q, ok, err := s.ClaimPosting(ctx, team, time.Now(), time.Minute)
				if err != nil || !ok {
					b.Fatal(ok, err)
				}
				if err := s.Sent(ctx, q, "", "1", time.Now()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
