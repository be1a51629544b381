// Command faults is `cairn faults`: a program of its own, so that what breaks
// things is not part of the binary that runs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"cairn/bot/fault"
	"cairn/store/localpg"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c faults
	kong.Parse(&c, kong.Name("cairn faults"), kong.Description("Break things around Cairn and check what is promised. The runs: "+strings.Join(names(), "; ")+"."), kong.UsageOnError())
	if err := c.run(ctx, os.Stdout); err != nil {
		code := 1
		if errors.Is(err, errBroken) {
			code = 3 // `cairn faults` tells it from runs that did not begin
		}
		fmt.Fprintln(os.Stderr, "cairn faults:", err)
		stop()
		os.Exit(code)
	}
}

var errBroken = errors.New("a promise was broken")

// faults breaks things around Cairn for as long as it is told, and checks
// what was promised. It needs Go, to build a cairn that can be killed at
// chosen points.
type faults struct {
	Span       time.Duration `default:"10s" help:"How long the database stays broken in each of its runs."`
	Rate       float64       `default:"20" help:"Commands a second while something is broken."`
	Deliveries int           `default:"10000" help:"Deliveries of the run of duplicates."`
	Drops      int           `default:"20" help:"Sockets asked to go, and as many cut."`
	Kills      int           `default:"500" help:"Kills of the bot."`
	Soak       time.Duration `default:"10m" help:"How long 50 commands a second are kept up."`
	Only       string        `help:"Only the run of this name."`
	Log        string        `type:"path" help:"A file for what the bot logs meanwhile; nothing is kept without."`
}

// names are those of all runs, in the order in which they are done.
func names() (all []string) {
	for _, r := range append(append(fault.Runs(), fault.Soak(0)), fault.KillRuns("")...) {
		all = append(all, r.Name)
	}
	for _, p := range fault.Elsewhere() {
		all = append(all, p.Name)
	}
	return all
}

// run prints a table of promises.
func (c faults) run(ctx context.Context, out io.Writer) error {
	if c.Only != "" && !slices.Contains(names(), c.Only) { // before anything is built
		return fmt.Errorf("no run is called %q; there are: %s", c.Only, strings.Join(names(), "; "))
	}
	dir, err := os.MkdirTemp("", "cairn-faults-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// under root the server runs as another user, who must get to its folder
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // holds nothing but the server's own closed folder
		return err
	}
	binary := filepath.Join(dir, "cairn")
	if err := fault.Build(ctx, binary); err != nil {
		return err
	}
	load := busy(ctx)
	log, kept, err := c.logger()
	if err != nil {
		return err
	}
	defer kept()
	failed := 0
	for _, r := range append(append(fault.Runs(), fault.Soak(c.Soak)), fault.KillRuns(binary)...) {
		if c.Only != "" && c.Only != r.Name {
			continue
		}
		if !c.once(ctx, out, dir, r, load, log) {
			failed++
		}
	}
	for _, p := range fault.Elsewhere() {
		if c.Only != "" && c.Only != p.Name {
			continue
		}
		began := begin(ctx, load)
		told, err := exec.CommandContext(ctx, "go", "test", "-count=1", p.Package, "-run", "^"+strings.ReplaceAll(p.Test, "/", "$/^")+"$").CombinedOutput() //nolint:gosec // names of our own
		if !began.say(out, p.Name, p.Promise, fmt.Sprintf("go test %s -run %s", p.Package, p.Test), err) {
			fmt.Fprintf(out, "%s\n", told)
			failed++
		}
	}
	if failed > 0 {
		return errBroken
	}
	return nil
}

// logger is where the bot logs: nowhere, since what goes wrong on purpose is no news, unless
// somebody looks for why something did.
func (c faults) logger() (log *slog.Logger, kept func(), err error) {
	if c.Log == "" {
		return slog.New(slog.DiscardHandler), func() {}, nil
	}
	file, err := os.OpenFile(c.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("--log: %w", err)
	}
	return slog.New(slog.NewJSONHandler(file, nil)), func() { _ = file.Close() }, nil
}

// once does one run on a server of its own, which writes to disk as a real one.
func (c faults) once(ctx context.Context, out io.Writer, dir string, r fault.Run, load string, log *slog.Logger) bool {
	began := begin(ctx, load)
	server, err := localpg.Start(ctx, localpg.Options{Dir: filepath.Join(dir, "pg"), NoRestart: true})
	if err != nil {
		return began.say(out, r.Name, r.Promise, "", err)
	}
	defer func() { _ = server.Stop() }() // its files go with dir
	seen, err := r.Alone(ctx, server, fault.Scale{Span: c.Span, Rate: c.Rate, Deliveries: c.Deliveries, Drops: c.Drops, Kills: c.Kills, Patient: true}, log)
	return began.say(out, r.Name, r.Promise, seen, err)
}

// begun is when a run began, and how busy the machine was then.
type begun struct {
	at            time.Time
	command, load string // see busy
}

func begin(ctx context.Context, command string) begun {
	return begun{at: time.Now(), command: command, load: busy(ctx)}
}

// say tells what became of a promise.
func (b begun) say(out io.Writer, name, promise, seen string, err error) bool {
	verdict := "pass"
	if err != nil {
		verdict = "FAIL"
	}
	fmt.Fprintf(out, "%s  %-26s %s\n      %s (%v)\n", verdict, name, promise, seen, time.Since(b.at).Round(time.Second))
	if err != nil {
		fmt.Fprintf(out, "      %v\n      %s\n", err, under(b.command, b.load))
	}
	return err == nil
}
