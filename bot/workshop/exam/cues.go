package exam

import (
	"context"
	"fmt"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Cues judges cue files. Weights are trained on rest with the shipped cues, as
// those of the binary were, and read set with the live and with the draft cues.
// Training takes about twenty seconds of two cores; where ctx ends before, it
// goes on to its end unheard.
func Cues(ctx context.Context, shipped, live, draft *observe.Cues, rest, set []observe.History, models journey.Models) (Outcome, error) {
	var w *observe.Weights
	trained := make(chan error, 1)
	go func() {
		made, err := observe.Train(rest, shipped, observe.DefaultRecipe())
		w = made
		trained <- err
	}()
	select {
	case <-ctx.Done():
		return Outcome{}, ctx.Err()
	case err := <-trained:
		if err != nil {
			return Outcome{}, fmt.Errorf("exam of cues: %w", err)
		}
	}
	was, err := sit("live", models, set, observe.NewReader(w, live).Read)
	if err != nil {
		return Outcome{}, err
	}
	is, err := sit("draft", models, set, observe.NewReader(w, draft).Read)
	if err != nil {
		return Outcome{}, err
	}
	o := compare(set, was, is)
	o.Lines = append([]string{sourceLine(set, "of three authors whom these weights were trained without")}, o.Lines...)
	return o, nil
}
