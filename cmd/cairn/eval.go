package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/observe/model"
	"cairn/prompts"
)

type evalNotesCmd struct {
	Files       []string `arg:"" optional:"" help:"Labelled histories, *.jsonl."`
	JSON        bool     `name:"json" help:"Print the report for machines."`
	Engine      string   `enum:"built-in,model" default:"built-in" help:"Who reads: built-in or model."`
	Record      string   `help:"Record the model's answers in this file."`
	Replay      string   `help:"Answer from this recording instead of asking the model."`
	Corrections bool     `help:"Judge on the notes whose reading somebody put right."`
	Export      string   `help:"With --corrections: write them to this file, names masked."`
	Team        string   `help:"Whose corrections; needed where there are several teams."`
	LeaveOneOut string   `help:"Train on all files of this folder but one, read that one, and so on."`
	Resamplings int      `default:"1000" help:"Of the contacts, for the intervals."`
	Seed        uint64   `default:"1" help:"Of the resamplings."`
}

// Run judges a reading on labelled histories.
func (c evalNotesCmd) Run(e *env) error {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return err
	}
	o := eval.Options{Resamplings: c.Resamplings, Seed: c.Seed}
	if c.LeaveOneOut != "" {
		return c.leaveOneOut(e, models, o)
	}
	sources, err := c.sources(e, models)
	if err != nil {
		return err
	}
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		return err
	}
	if c.Corrections {
		if reader, err = ownReader(e, c.Team, reader); err != nil {
			return err
		}
	}
	if c.Engine == "model" {
		return c.model(e, reader, sources, models, o)
	}
	r, err := eval.Run(reader.Version(), sources, models, reader.Read, eval.Baselines(reader), o)
	if err != nil {
		return err
	}
	if err := c.print(e.stdout, &r); err != nil {
		return err
	}
	return c.tellTrained(e)
}

// unseen is what the reading reaches by authors on whom it was not trained; the README has
// the table.
const unseen = ".841 micro-F1 of signals and .884 of stages"

// tellTrained says of how many contacts of the files the reading knows the notes: it was
// trained on them, whatever the file and they are called.
func (c evalNotesCmd) tellTrained(e *env) error {
	shipped, err := eval.Sources(observe.Histories())
	if err != nil {
		return err
	}
	trained, err := eval.Load(shipped)
	if err != nil {
		return err
	}
	known := make(map[string]bool, len(trained))
	for _, h := range trained {
		known[notesOf(h)] = true
	}
	out := e.stdout
	if c.JSON {
		out = e.stderr
	}
	for _, file := range c.Files {
		own, err := eval.Load([]eval.Source{{Name: filepath.Base(file), Open: func() (io.ReadCloser, error) { return os.Open(file) }}})
		if err != nil {
			return err
		}
		n := 0
		for _, h := range own {
			if known[notesOf(h)] {
				n++
			}
		}
		if n > 0 {
			fmt.Fprintf(out, "\n%s: the reading was trained on %d of its %d contacts, so these figures say little. By authors whom it has not seen it reaches %s: cairn eval --leave-one-out DIR.\n",
				filepath.Base(file), n, len(own), unseen)
		}
	}
	return nil
}

// notesOf are a contact's notes, by which they are told from others.
func notesOf(h observe.History) string {
	var all strings.Builder
	for _, i := range h.Interactions {
		all.WriteString(i.Note)
		all.WriteByte(0)
	}
	return all.String()
}

// sources are the files that were named, or the corrections.
func (c evalNotesCmd) sources(e *env, models journey.Models) ([]eval.Source, error) {
	var all []eval.Source
	for _, file := range c.Files {
		all = append(all, eval.Source{Name: filepath.Base(file), Open: func() (io.ReadCloser, error) { return os.Open(file) }})
	}
	switch {
	case c.Corrections:
		lines, n, err := corrections(e, c.Team, models)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(e.stderr, "%d corrected notes. The other notes of their contacts count as they stand.\n", n)
		if c.Export != "" {
			if err := os.WriteFile(c.Export, []byte(lines), 0o600); err != nil {
				return nil, fmt.Errorf("--export: %w", err)
			}
		}
		if n == 0 {
			return nil, errors.New("nobody has put a reading right yet: `Wrong stage` below a receipt does")
		}
		all = append(all, sourceOf(lines))
	case len(all) == 0:
		return nil, errors.New("name a file of labelled histories, or --corrections, or --leave-one-out DIR")
	}
	return all, nil
}

func (c evalNotesCmd) print(out io.Writer, r *eval.Report) error {
	if c.JSON {
		return eval.WriteJSON(out, r)
	}
	return eval.WriteTable(out, r)
}

func (c evalNotesCmd) leaveOneOut(e *env, models journey.Models, o eval.Options) error {
	sources, err := eval.Sources(os.DirFS(c.LeaveOneOut))
	if err != nil {
		return err
	}
	cues, err := observe.LoadCues(prompts.Cues())
	if err != nil {
		return err
	}
	r, err := eval.LeaveOneOut(sources, models, cues, observe.DefaultRecipe(), o, func(f eval.Fold) {
		fmt.Fprintf(e.stderr, "%s: micro-F1 %.3f, macro-F1 %.3f, stage %.3f\n", f.Author, f.Report.MicroF1, f.Report.MacroF1, f.Report.Stage)
	})
	if err != nil {
		return err
	}
	return c.print(e.stdout, &r)
}

// model judges what the model and the built-in reading make of the notes
// together, as the bot takes them.
func (c evalNotesCmd) model(e *env, below *observe.Reader, sources []eval.Source, models journey.Models, o eval.Options) error {
	asker, done, err := c.asker(e)
	if err != nil {
		return err
	}
	defer done()
	set, err := prompts.LoadAll(prompts.Default())
	if err != nil {
		return err
	}
	p, ok := set.Get(model.PromptName)
	if !ok {
		return fmt.Errorf("there is no prompt %s", model.PromptName)
	}
	r, err := model.New(asker, below)
	if err != nil {
		return err
	}
	version := fmt.Sprintf("%s@0-%.8s", p.Name, p.Hash())
	failures := map[string]int{}
	reading := r.Over(e.ctx, below, "eval", p, version, func(err error) { failures[err.Error()]++ })
	baselines := map[string]eval.Reading{"built-in": below.Read}
	report, err := eval.Run("model "+r.Version(version), sources, models, reading, baselines, o)
	if err != nil {
		return err
	}
	if err := e.ctx.Err(); err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(failures)) {
		fmt.Fprintf(e.stderr, "%d notes were not read by the model, and the built-in reading stood: %s\n", failures[why], why)
	}
	if r.Withdrawn() {
		fmt.Fprintln(e.stderr, "The model contradicted readings that are sure, more often than one in three. As in the bot, its word was withdrawn: these are the built-in figures.")
		if report, err = eval.Run("model "+r.Version(version)+", withdrawn", sources, models, below.Read, baselines, o); err != nil {
			return err
		}
	}
	return c.print(e.stdout, &report)
}

// asker is the model that was configured, or a recording of one.
func (c evalNotesCmd) asker(e *env) (*llm.Client, func(), error) {
	done := func() {}
	if !e.config.hasModel() && c.Replay == "" {
		return nil, done, errors.New("no model: set OPENAI_API_KEY or OPENAI_BASE_URL, or --replay a recording")
	}
	if c.Record != "" && c.Replay != "" {
		return nil, done, errors.New("--record and --replay: choose one")
	}
	var in io.Reader
	var out io.Writer
	if c.Replay != "" {
		f, err := os.Open(c.Replay)
		if err != nil {
			return nil, done, fmt.Errorf("--replay: %w", err)
		}
		defer f.Close()
		in = f
	}
	if c.Record != "" {
		f, err := os.OpenFile(c.Record, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return nil, done, fmt.Errorf("--record: %w", err)
		}
		out, done = f, func() {
			if err := f.Close(); err != nil {
				fmt.Fprintln(e.stderr, "--record:", err)
			}
		}
	}
	tape, err := llm.NewTape(in, out)
	if err != nil {
		return nil, done, fmt.Errorf("--replay: %w", err)
	}
	return e.config.client(func(cfg *llm.Config) {
		cfg.Cache = tape
		if c.Replay != "" {
			cfg.HTTP = silent{}
		}
	}, slog.New(slog.DiscardHandler)), done, nil
}

// silent stands for the model in a replay: what was not recorded had failed.
type silent struct{}

var errNotRecorded = errors.New("not recorded")

func (silent) RoundTrip(*http.Request) (*http.Response, error) { return nil, errNotRecorded }

// sourceOf is histories that are in memory.
func sourceOf(lines string) eval.Source {
	return eval.Source{Name: "corrections.jsonl", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(lines)), nil }}
}
