// Package bench measures Cairn beside two bots of the kind that people build
// instead of it: one that stores a note and then acks, one that acks first and
// stores after. All three are driven by the same simulated Slack, over the
// same Postgres, by the same load; so a ratio of two figures of one run says
// something, while the figures themselves say how fast this machine is.
//
// It is a fixture: nothing that serves people imports it.
package bench

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/post"
	"cairn/bot/slacksim"
)

// The simulated workspace's own names.
const (
	Team     = "T0BENCH"
	AppToken = "xapp-simulated"
	BotToken = "xoxb-simulated"
	People   = 64  // reps who type
	Contacts = 500 // contacts that lines are about
)

// World is a simulated workspace that listens on a port.
type World struct {
	*slacksim.Workspace
	// URL is what a bot takes for Slack: SLACK_API_URL.
	URL string
	srv *http.Server
}

// NewWorld opens a workspace with the commands given and 64 reps in it.
func NewWorld(commands ...slacksim.Command) (*World, error) {
	return NewWorldOf(slacksim.Config{Commands: commands})
}

// NewWorldOf is NewWorld with more of the workspace settled by the caller.
func NewWorldOf(cfg slacksim.Config) (*World, error) {
	if cfg.TeamID == "" {
		cfg.TeamID = Team
	}
	cfg.TeamName, cfg.AppToken, cfg.BotToken = "Bench", AppToken, BotToken
	for i := range People {
		cfg.People = append(cfg.People, slacksim.Person{ID: Rep(i), Name: fmt.Sprintf("rep%d", i), RealName: fmt.Sprintf("Rep %d", i), TZ: "Europe/Berlin"})
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("bench: listen: %w", err)
	}
	ws := slacksim.New(cfg)
	w := &World{Workspace: ws, URL: "http://" + ln.Addr().String() + "/api/",
		srv: &http.Server{Handler: ws.Handler(), ReadHeaderTimeout: 10 * time.Second}}
	go func() { _ = w.srv.Serve(ln) }() // ends with Close
	return w, nil
}

// Close ends the workspace and its port.
func (w *World) Close() {
	w.Workspace.Close()
	_ = w.srv.Close() // nothing is left to be served
}

// API is a client of the workspace as Cairn makes its own.
func (w *World) API() *slack.Client {
	return post.NewClient(BotToken, w.URL, 5*time.Second, slack.OptionAppLevelToken(AppToken))
}

// Rep is the id of the nth rep.
func Rep(n int) string { return fmt.Sprintf("U0REP%02d", n%People) }

// Mark stands in the nth line and in no other.
func Mark(n int) string { return fmt.Sprintf("(note %d)", n) }

// Line is the nth line that is typed: one of 500 contacts in 50 companies,
// named so that no two are a slip of the keyboard apart; each note its own.
func Line(n int) string {
	c := n % Contacts
	return fmt.Sprintf("%s %s, %s %s: call, asked about the audit trail, sent the checklist, will ask IT by Friday %s",
		firsts[c%25], lasts[c/25], lasts[c%10], trades[c%50/10], Mark(n))
}

var (
	firsts = []string{"Amara", "Bjorn", "Chandra", "Dmitri", "Esther", "Farouk", "Giulia", "Hannes", "Ingrid", "Joaquin", "Kerstin", "Lorenzo",
		"Mbali", "Niamh", "Octavio", "Petra", "Quentin", "Rosalind", "Sanjay", "Tatiana", "Ulrich", "Vanessa", "Wilhelm", "Xiomara", "Yusuf"}
	lasts = []string{"Abernathy", "Bergstrom", "Castellanos", "Delacroix", "Eisenhower", "Fitzgerald", "Goldschmidt", "Hernandez", "Ivanovic", "Jankowski",
		"Kowalczyk", "Lindqvist", "Montgomery", "Nakamura", "Okonkwo", "Papadopoulos", "Quintanilla", "Rasmussen", "Silverstein", "Thibodeaux"}
	trades = []string{"Logistics", "Hospitals", "Foods", "Machines", "Insurance"}
)

// Log types the nth line and tells how it went.
func (w *World) Log(ctx context.Context, n int) (time.Duration, *slacksim.Reply, error) {
	u := w.User(Rep(n % Contacts)) // people write about contacts of their own
	begun := time.Now()
	reply, err := u.Slash(ctx, u.DMChannel(), "/log", Line(n))
	return time.Since(begun), reply, err
}
