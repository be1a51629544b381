// Command cairn is the one binary: the bot, the simulated workspace to try it
// in, and the tools around both. This package only wires rooms together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "cairn:", linesOnce(err.Error()))
		stop()
		os.Exit(1)
	}
}

// linesOnce leaves out the lines of a text that are there before: a server out of reach is
// tried with TLS and without, and answers both in the same words.
func linesOnce(text string) string {
	seen := map[string]bool{}
	var once []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); !seen[line] {
			once = append(once, line)
		}
		seen[line] = true
	}
	return strings.Join(once, "\n")
}

// commandLine is what can be typed after cairn.
type commandLine struct {
	Try            tryCmd            `cmd:"" help:"Try Cairn in a simulated workspace with a sample team; opens a page."`
	Run            runCmd            `cmd:"" help:"Serve a Slack workspace."`
	Migrate        migrateCmd        `cmd:"" help:"Bring the database to this version's tables, and end."`
	Database       databaseCmd       `cmd:"" help:"Run a program on Cairn's database: pg_dump, psql."`
	Manifest       manifestCmd       `cmd:"" help:"Print the app manifest for Slack."`
	Doctor         doctorCmd         `cmd:"" help:"Check tokens, scopes, socket, database, model and clock."`
	Import         importCmd         `cmd:"" help:"Take files in: the library, contacts."`
	Export         exportCmd         `cmd:"" help:"Write files out: the library, contacts."`
	Eval           evalCmd           `cmd:"" help:"Judge Cairn on labelled files."`
	Train          trainCmd          `cmd:"" help:"Train the built-in reading: with a folder of labelled histories, or with the team's corrections."`
	Prompts        promptsCmd        `cmd:"" help:"Check the files that content teams edit."`
	Faults         faultsCmd         `cmd:"" help:"Break things around Cairn and check what is promised; needs Go."`
	Bench          benchCmd          `cmd:"" help:"Measure Cairn beside minimal bots, on this machine."`
	BenchReference benchReferenceCmd `cmd:"" hidden:""`
	Config         configCmd         `cmd:"" help:"List all settings, their defaults and which are set."`
	Version        versionCmd        `cmd:"" help:"Print the version."`
}

// env is what every command runs with.
type env struct {
	ctx    context.Context
	vars   []string
	stdout io.Writer
	stderr io.Writer
	config config
	unfit  error // what is wrong with config, for doctor
}

// errEnded is kong's way of saying that help was printed.
var errEnded = errors.New("ended")

// run is the whole program: tests start it as people do.
func run(ctx context.Context, args, vars []string, stdout, stderr io.Writer) (err error) {
	var cli commandLine
	parser, err := kong.New(&cli, kong.Name("cairn"),
		kong.Description("Cairn coaches salespeople along their customers' journey, in Slack."),
		kong.Writers(stdout, stderr), kong.UsageOnError(),
		kong.Exit(func(int) { panic(errEnded) }))
	if err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			if r != errEnded { //nolint:errorlint // the very value that Exit above panics with
				panic(r)
			}
			err = nil
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	if args[0] == "help" { // as it is typed of other programs: help, help run
		args = append(slices.Clone(args[1:]), "--help")
	}
	if args[0] == "faults" && !slices.Contains(args[:min(len(args), 2)], "--") { // its --help is the other program's
		args = append([]string{"faults", "--"}, args[1:]...)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("%w (cairn --help lists what there is)", err)
	}
	cfg, unfit := readConfig(vars)
	if unfit != nil && parsed.Command() != "doctor" { // which tells of all else too
		return unfit
	}
	err = parsed.Run(&env{ctx: ctx, vars: vars, stdout: stdout, stderr: stderr, config: cfg, unfit: unfit})
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil // told to stop while it was starting
	}
	return err
}
