package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
)

type evalCmd struct {
	Notes   evalNotesCmd   `cmd:"" default:"withargs" help:"Judge the reading of notes on labelled histories; the word notes may be left out."`
	Suggest evalSuggestCmd `cmd:"" help:"Judge suggestions on labelled states."`
	Replay  evalReplayCmd  `cmd:"" help:"Judge ways of choosing on the recorded log of suggestions, by their recorded probabilities."`
}

type evalSuggestCmd struct {
	Library string   `required:"" help:"Library file (CSV)."`
	At      string   `required:"" placeholder:"2026-06-15" help:"The day on which it is: for expiry and freshness."`
	JSON    bool     `help:"Print JSON."`
	States  []string `arg:"" help:"Files of labelled states, one JSON object a line."`
}

// Run prints how well suggestions meet the states, beside simpler ways.
func (c evalSuggestCmd) Run(e *env) error {
	at, err := time.Parse(time.DateOnly, c.At)
	if err != nil {
		return fmt.Errorf("--at %s is no day: write it as 2026-06-15", c.At)
	}
	items, err := readWhole(e, c.Library, suggest.ParseCSV)
	if err != nil {
		return err
	}
	for i := range items {
		items[i].ID = int64(i + 1)
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		return err
	}
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return err
	}
	model, ok := models.Get(journey.Default)
	if !ok {
		return fmt.Errorf("the journey %q is not there", journey.Default)
	}
	states, bad, err := c.states(e)
	if err != nil {
		return err
	}
	r, err := suggest.EvalSuggest(suggest.NewLibrary(guide, items), model, states, at)
	if bad += tellEach(e, "", err); bad > 0 {
		return fmt.Errorf("%s: nothing was judged", english.Plural(bad, "bad line"))
	}
	if len(states) == 0 {
		return errors.New("no states")
	}
	if c.JSON {
		out := json.NewEncoder(e.stdout)
		out.SetIndent("", "  ")
		return out.Encode(r)
	}
	c.table(e, r)
	return nil
}

// states reads the files; every bad line is told, and counted.
func (c evalSuggestCmd) states(e *env) (all []suggest.LabelledState, bad int, err error) {
	for _, file := range c.States {
		f, err := os.Open(file)
		if err != nil {
			return nil, 0, err
		}
		some, err := suggest.ReadStates(f)
		f.Close()
		bad += tellEach(e, file+": ", err)
		for i := range some {
			some[i].Where = file + ": " + some[i].Where
		}
		all = append(all, some...)
	}
	return all, bad, nil
}

// tellEach tells every one of joined errors behind a place, and counts them.
func tellEach(e *env, place string, err error) (n int) {
	if err == nil {
		return 0
	}
	each := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		each = joined.Unwrap()
	}
	for _, one := range each {
		fmt.Fprintf(e.stderr, "%s%v\n", place, one)
	}
	return len(each)
}

func (c evalSuggestCmd) table(e *env, r suggest.Report) {
	fmt.Fprintf(e.stdout, "%-24s %6s %18s %18s %7s %9s %8s %8s %9s\n", "", "states", "hit@1", "hit@3", "nDCG@3", "coverage", "repeats", "silent", "withheld")
	row := func(name string, f suggest.Figures) {
		fmt.Fprintf(e.stdout, "%-24s %6d %18s %18s %7.2f %9.2f %8d %8s %9.2f\n", name, f.States,
			fmt.Sprintf("%.2f (%.2f–%.2f)", f.Hit1, f.Hit1CI[0], f.Hit1CI[1]), fmt.Sprintf("%.2f (%.2f–%.2f)", f.Hit3, f.Hit3CI[0], f.Hit3CI[1]),
			f.NDCG3, f.Coverage, f.Repeats, ofQuiet(f), f.Withheld)
	}
	row("cairn", r.Cairn)
	for _, of := range []map[string]suggest.Figures{r.Baselines, r.Slices} {
		var names []string
		for name := range of {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			row("  "+name, of[name])
		}
	}
	fmt.Fprintf(e.stdout, "\nhit@1 when the first pick is drawn as in use: %.2f\n", r.ExploringHit1)
	for _, list := range []struct {
		name string
		ids  []string
	}{{"nothing acceptable among three", r.Missed}, {"something where nothing should be", r.Unwanted}} {
		if len(list.ids) > 0 {
			fmt.Fprintf(e.stdout, "%s: %s\n", list.name, strings.Join(list.ids, " "))
		}
	}
}

func ofQuiet(f suggest.Figures) string {
	if f.Quiet == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f/%d", f.Silent, f.Quiet)
}
