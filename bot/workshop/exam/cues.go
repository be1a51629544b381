package exam

import (
	_ "embed"
	"fmt"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// trained are weights that were trained on all but the authors who are read;
// `cairn train --exam` writes them. To train them here would take both cores
// from whoever waits for an answer.
//
//go:embed trained.bin.gz
var trained []byte

// Cues judges cue files: the same weights read set with the live and with the
// draft cues. The weights are those that [Labelled]'s rest gives with the
// shipped cues, as those of the binary were made.
func Cues(live, draft *observe.Cues, set []observe.History, models journey.Models) (Outcome, error) {
	w, err := observe.ReadWeights(trained)
	if err != nil {
		return Outcome{}, fmt.Errorf("exam of cues: %w", err)
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
