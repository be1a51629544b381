package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

type trainCmd struct {
	Folder          string `arg:"" optional:"" help:"Folder of labelled histories, *.jsonl; without one, those of the binary."`
	Out             string `help:"Write the weights to this file: bot/observe/trained.bin.gz in the repository."`
	Exam            bool   `help:"Train without the authors whose notes the prompt workshop's exams read: bot/workshop/exam/trained.bin.gz in the repository."`
	WithCorrections bool   `help:"Train the team's own reading, with what somebody put right, and have the bot use it."`
	Team            string `help:"Whose corrections; needed where there are several teams."`
	Drop            bool   `help:"Take the team's own reading away: the binary's reads again."`
}

// weightOfCorrections is how often a corrected contact counts beside one of
// the shipped histories: what a team does is rare there.
const weightOfCorrections = 5

// Run trains the built-in reading. The same histories give the same weights.
func (t trainCmd) Run(e *env) error {
	if t.Drop {
		return withTeam(e, t.Team, func(st *store.Store, team string) error { return st.DropTeamReading(e.ctx, team) })
	}
	if t.Out == "" && !t.WithCorrections {
		return errors.New("say where the weights go: --out FILE, or --with-corrections for the team's own reading")
	}
	files := observe.Histories()
	if t.Folder != "" {
		files = os.DirFS(t.Folder)
	}
	all, err := t.histories(files)
	if err != nil {
		return err
	}
	cues, err := observe.LoadCues(prompts.Cues())
	if err != nil {
		return err
	}
	if t.WithCorrections {
		return t.own(e, all, cues)
	}
	recipe := observe.DefaultRecipe()
	if t.Exam {
		recipe.Seen = examSeen
	}
	packed, err := trained(all, cues, recipe)
	if err != nil {
		return err
	}
	if err := os.WriteFile(t.Out, packed, 0o644); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	fmt.Fprintf(e.stdout, "Trained on %d contacts; %d bytes written to %s.\n", len(all), len(packed), t.Out)
	return nil
}

// histories are those that are trained on.
func (t trainCmd) histories(files fs.FS) ([]observe.History, error) {
	if t.Exam {
		rest, _, err := exam.Labelled(files)
		return rest, err
	}
	sources, err := eval.Sources(files)
	if err != nil {
		return nil, err
	}
	return eval.Load(sources)
}

// examSeen is in how many notes a feature must stand for an exam's weights.
// They only compare cues with cues: a tenth of the features does for that, and
// the binary carries them.
const examSeen = 12

func trained(all []observe.History, cues *observe.Cues, recipe observe.Recipe) ([]byte, error) {
	w, err := observe.Train(all, cues, recipe)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	if _, err := w.WriteTo(&packed); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// own trains the team's own reading, and keeps it where it reads what was put
// right no worse than the binary's.
func (t trainCmd) own(e *env, all []observe.History, cues *observe.Cues) error {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return err
	}
	lines, n, err := corrections(e, t.Team, models)
	if err != nil {
		return err
	}
	if n == 0 {
		return errors.New("nobody has put a reading right yet: there is nothing to train with")
	}
	cases, err := eval.Load([]eval.Source{sourceOf(lines)})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stderr, "training on %d contacts and %d corrected notes: about a minute …\n", len(all), n)
	for range weightOfCorrections {
		all = append(all, cases...)
	}
	packed, err := trained(all, cues, observe.DefaultRecipe())
	if err != nil {
		return err
	}
	w, err := observe.ReadWeights(packed)
	if err != nil {
		return err
	}
	shipped, err := observe.New(prompts.Cues())
	if err != nil {
		return err
	}
	before, err := eval.Run("before", []eval.Source{sourceOf(lines)}, models, shipped.Read, nil, eval.Options{})
	if err != nil {
		return err
	}
	after, err := eval.Run("after", []eval.Source{sourceOf(lines)}, models, shipped.With(w).Read, nil, eval.Options{})
	if err != nil {
		return err
	}
	if after.MicroF1 < before.MicroF1 {
		return fmt.Errorf("the new reading is worse on the team's own corrections (micro-F1 %.3f, before %.3f); nothing was changed", after.MicroF1, before.MicroF1)
	}
	return t.keep(e, packed, n, before, after)
}

func (t trainCmd) keep(e *env, packed []byte, n int, before, after eval.Report) error {
	sum := sha256.Sum256(packed)
	err := withTeam(e, t.Team, func(st *store.Store, team string) error {
		return st.SetTeamReading(e.ctx, team, store.TeamReading{Version: hex.EncodeToString(sum[:6]), Weights: packed, Cases: n})
	})
	if err != nil {
		return err
	}
	if t.Out != "" {
		if err := os.WriteFile(t.Out, packed, 0o600); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
	}
	lines := []string{
		fmt.Sprintf("The team's own reading is kept; the bot reads with it within a minute. It was trained with %d corrected notes.", n),
		fmt.Sprintf("On the contacts with corrections: micro-F1 %.3f, before %.3f; stage %.3f, before %.3f.", after.MicroF1, before.MicroF1, after.Stage, before.Stage),
		"These are the very notes it was trained on: they say that it learnt, not how it reads others.",
	}
	fmt.Fprintln(e.stdout, strings.Join(lines, "\n"))
	return nil
}
