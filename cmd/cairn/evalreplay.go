package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cairn/bot/suggest"
)

type evalReplayCmd struct {
	Team  string `help:"Slack id of the workspace; needed where the database holds several."`
	Since string `placeholder:"2026-06-15" help:"Only suggestions from this day on."`
	JSON  bool   `help:"Print JSON."`
}

// policies are the ways of choosing that a log can judge.
func policies() map[string]suggest.Policy {
	return map[string]suggest.Policy{"as logged": suggest.AsLogged, "best expectation": suggest.ByExpectation, "best fit": suggest.ByFit, "evenly": suggest.AnyPossible}
}

// Run judges ways of choosing on the recorded log of suggestions, by the
// probabilities that were recorded with them.
func (c evalReplayCmd) Run(e *env) error {
	var since time.Time
	if c.Since != "" {
		var err error
		if since, err = time.Parse(time.DateOnly, c.Since); err != nil {
			return fmt.Errorf("--since %s is no day: write it as 2026-06-15", c.Since)
		}
	}
	db, st, team, err := teamOf(e, c.Team)
	if err != nil {
		return err
	}
	defer db.close()
	kept, err := st.Followed(e.ctx, team.ID, since, time.Now())
	if err != nil {
		return err
	}
	if len(kept) == 0 {
		return errors.New("no suggestion is older than 28 days yet: nothing can be said of what followed")
	}
	log := make([]suggest.Logged, len(kept))
	for i, k := range kept {
		log[i] = suggest.Logged{Stage: k.Stage, Shown: k.Shown}
		if k.Helped {
			log[i].Reward = 1
		}
		if err := json.Unmarshal(k.Candidates, &log[i].Candidates); err != nil {
			return fmt.Errorf("candidates of a suggestion at %s: %w", k.Stage, err)
		}
	}
	found := map[string]suggest.Estimate{}
	var names []string
	for name, policy := range policies() {
		found[name] = suggest.Replay(log, policy)
		names = append(names, name)
	}
	if c.JSON {
		out := json.NewEncoder(e.stdout)
		out.SetIndent("", "  ")
		return out.Encode(found)
	}
	slices.Sort(names)
	fmt.Fprintf(e.stdout, "%-18s %22s %8s %8s %10s %8s\n", "first pick chosen", "helped (95 %)", "rows", "skipped", "effective", "covered")
	for _, name := range names {
		f := found[name]
		fmt.Fprintf(e.stdout, "%-18s %22s %8d %8d %10.0f %8.2f\n", name, fmt.Sprintf("%.3f (%.3f–%.3f)", f.Value, f.Low, f.High), f.Rows, f.Skipped, f.Effective, f.Covered)
	}
	fmt.Fprintln(e.stdout, "\nhelped: given within 14 days, and an answer or a move up within 14 more. It followed; nobody can say that it was caused. covered well below 1: the log could not make many of that way's choices.")
	return nil
}
