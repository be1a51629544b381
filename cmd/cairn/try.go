package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot"
	"cairn/bot/sample"
	"cairn/bot/slacksim"
	"cairn/bot/watch"
	"cairn/store"
	"cairn/store/localpg"
)

type tryCmd struct {
	Command *string `short:"c" help:"Type this command as a rep, print the reply, and end."` // nil: it is not one command that is tried
	As      string  `default:"mara" help:"Who types it: a handle of the sample team."`
	Fresh   bool    `help:"Start with new samples; what was tried before is lost."`
	Addr    string  `default:"127.0.0.1:0" help:"Where to serve the page."`
	NoOpen  bool    `help:"Do not open a browser."`
	NoBot   bool    `help:"Serve the workspace alone and print its address and tokens, for a bot of your own or for cairn run."`
	Remove  bool    `help:"Remove the sample team from the private database, and end."`
}

// Run serves the simulated workspace and the bot over one private database.
func (t tryCmd) Run(e *env) error {
	told := t.Command == nil // of an answer alone, only a first start is told: it makes the server and the samples, which takes seconds
	say := func(step string) {
		if told = told || step != tables && step != localpg.Starting; told {
			fmt.Fprintln(e.stderr, "  "+step+" …")
		}
	}
	log, err := logger(e)
	if err != nil {
		return err
	}
	if e.config.LogLevel == "info" {
		log = slog.New(slog.NewJSONHandler(e.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	company, err := sample.Load()
	if err != nil {
		return err
	}
	if err := t.check(company); err != nil { // before anything is started for it
		return err
	}
	e.config.Database = "" // samples never go into somebody's own database
	e.config.Environment = ""
	read := readBooks()
	db, err := openDatabase(e, log, say)
	if err != nil {
		return err
	}
	defer db.close()
	house, err := furnish(db.pool, read)
	if err != nil {
		return err
	}
	if t.Remove {
		if n, err := others(e.ctx, db.pool); err != nil {
			return err
		} else if n > 0 {
			return errors.New("--remove: another cairn uses this database, and may serve this very team; stop it first")
		}
		if err := house.store.EraseTeam(e.ctx, sampleTeam); err != nil {
			return err
		}
		fmt.Fprintln(e.stdout, "The sample team and all of its notes are removed from the private database.")
		return nil
	}
	if t.Fresh {
		if err := house.store.EraseTeam(e.ctx, sampleTeam); err != nil {
			return err
		}
	}
	if err := settle(e.ctx, house, company, time.Now(), say); err != nil {
		return err
	}
	if err := schedule(e.ctx, house.store, house.clock, slackID("ruth")); err != nil {
		return err
	}
	return t.serve(e, house, company, log)
}

// serve runs workspace and bot until the command is answered or somebody
// stops it.
func (t tryCmd) serve(e *env, h house, company *sample.Company, log *slog.Logger) error {
	ctx, stop := context.WithCancel(e.ctx)
	defer stop()
	cfg := workspace(company, e.config.Prefix, log)
	cfg.Now, cfg.SetClock = h.clock.now, h.clock.set
	ws := slacksim.New(cfg)
	defer ws.Close()
	addr := t.Addr
	if t.Command != nil {
		addr = "127.0.0.1:0"
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	page := "http://" + ln.Addr().String() + "/"
	served := make(chan error, 1)
	go func() { served <- ws.ServeListener(ctx, ln) }()
	e.config.AppToken, e.config.BotToken, e.config.SlackAPI = simAppToken, simBotToken, page+"api/"
	if t.Command != nil {
		e.config.Sockets = 1
	}
	if t.NoBot {
		return t.alone(e, page, served)
	}
	b, err := greetSlack(e, h, log, watch.NewMeters(), nil)
	if err != nil {
		return err
	}
	h.clock.tell(b.ClockMoved)
	// by the machine's clock: the private database may hold more than the samples
	go h.store.Upkeep(ctx, store.UpkeepEvery, time.Now, log)
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(ctx) }()
	defer func() { stop(); <-ended }()
	if err := ws.WaitSockets(ctx, 1); err != nil {
		return err
	}
	if t.Command != nil {
		err := t.once(ctx, e.stdout, ws)
		known, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		b.Answered(known)
		return err
	}
	fmt.Fprintf(e.stdout, "Cairn is at %s\nType /log Dana Ruiz, Acme: call, asked about the audit trail\nCtrl-C ends it.\n", page)
	if !t.NoOpen {
		openBrowser(page)
	}
	select {
	case <-e.ctx.Done():
		return nil
	case err := <-served:
		return err
	}
}

// alone serves the workspace without a bot, for one of somebody's own.
func (t tryCmd) alone(e *env, page string, served <-chan error) error {
	fmt.Fprintf(e.stdout, "A workspace without a bot is at %s\nFor a bot of your own, or in another terminal:\n  SLACK_API_URL=%s SLACK_APP_TOKEN=%s SLACK_BOT_TOKEN=%s cairn run\nCtrl-C ends it.\n",
		page, e.config.SlackAPI, simAppToken, simBotToken)
	if !t.NoOpen {
		openBrowser(page)
	}
	select {
	case <-e.ctx.Done():
		return nil
	case err := <-served:
		return err
	}
}

// others is how many connections other processes of Cairn have to the database.
func others(ctx context.Context, pool *pgxpool.Pool) (n int, err error) {
	own := []int32{}
	for _, c := range pool.AcquireAllIdle(ctx) {
		own = append(own, int32(c.Conn().PgConn().PID())) //nolint:gosec // Postgres' own number
		c.Release()
	}
	err = pool.QueryRow(ctx, `select count(*) from pg_stat_activity where datname = current_database() and application_name = 'cairn'
		and pid <> pg_backend_pid() and pid <> all($1::int[])`, own).Scan(&n)
	return n, err
}

// check says what of the flags cannot be done.
func (t tryCmd) check(company *sample.Company) error {
	if t.Command == nil {
		return nil
	}
	if t.NoBot {
		return errors.New("--no-bot: nobody would answer the command of -c")
	}
	var handles []string
	for _, p := range company.People {
		handles = append(handles, p.ID)
	}
	if !slices.Contains(handles, t.As) {
		return fmt.Errorf("--as %s: the sample team has %s", t.As, strings.Join(handles, ", "))
	}
	if !strings.HasPrefix(strings.TrimSpace(*t.Command), "/") {
		return errors.New("-c wants a slash command, like '/log Dana Ruiz, Acme: call, asked about the audit trail'")
	}
	return nil
}

// once types the command and prints what the person sees.
func (t tryCmd) once(ctx context.Context, out io.Writer, ws *slacksim.Workspace) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	command, text, _ := strings.Cut(strings.TrimSpace(*t.Command), " ")
	u := ws.User(slackID(t.As))
	reply, err := u.Slash(ctx, u.DMChannel(), command, text)
	if err != nil {
		return err
	}
	if reply.Failed != "" {
		return fmt.Errorf("no answer: %s", reply.Failed)
	}
	if reply.Message == nil {
		view, err := u.WaitModal(ctx, func(*slacksim.View) bool { return true })
		if err != nil {
			return err
		}
		fmt.Fprintln(out, view.Text())
		return nil
	}
	fmt.Fprintln(out, slacksim.Text(*reply.Message))
	return nil
}

// The tokens of the simulated workspace; they open nothing else.
const (
	simAppToken = "xapp-simulated"
	simBotToken = "xoxb-simulated"
)

// botUser is Cairn itself in the simulated workspace.
const botUser = "U0BOT"

// workspace is the simulated workspace that the sample company works in.
func workspace(c *sample.Company, prefix string, log *slog.Logger) slacksim.Config {
	cfg := slacksim.Config{TeamID: sampleTeam, TeamName: c.Team, AppToken: simAppToken, BotToken: simBotToken, Log: log,
		App: slacksim.App{Name: "Cairn", BotUserID: botUser},
		Shortcuts: []slacksim.Shortcut{
			{CallbackID: bot.ShortcutLog, Name: "Log a talk", Description: "Record what happened in a talk", Type: "global"},
			{CallbackID: bot.ShortcutMessage, Name: "Log with Cairn", Description: "Record this message as a note", Type: "message"},
		}}
	for _, s := range bot.Scopes() {
		cfg.Scopes = append(cfg.Scopes, s.Name)
	}
	for _, sc := range bot.SlashCommands(prefix) {
		cfg.Commands = append(cfg.Commands, slacksim.Command{Name: sc.Name, Description: sc.About, UsageHint: sc.Hint})
	}
	var members []string
	for _, p := range c.People {
		id := slackID(p.ID)
		cfg.People = append(cfg.People, slacksim.Person{ID: id, Name: p.ID, RealName: p.Name, Title: p.Title, TZ: p.Zone, Admin: p.Role == sample.Admin})
		members = append(members, id)
	}
	members = append(members, botUser)
	cfg.Channels = []slacksim.Channel{{ID: channelSales, Name: "sales", Members: members}, {ID: "C0CONTENT", Name: "content", Members: members}}
	return cfg
}

// openBrowser shows the page where there is a browser to show it in.
func openBrowser(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	_ = exec.Command(name, args...).Start() // without one, the address above is enough
}
