package editing

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/store"
)

// previewPlaces shows where contacts would stand. It reads signals, and no note.
func (d *Desk) previewPlaces(ctx context.Context, r *chat.Request, p pair, chosen []store.Preview) ([]slack.Block, error) {
	if len(chosen) == 0 {
		return []slack.Block{blockkit.Context("You have no contacts yet. Choose some of your colleagues': they come without names.")}, nil
	}
	var lines []string
	alike := true
	for _, c := range chosen {
		was, is, err := d.placesUnder(ctx, r.TeamID, c.ID, p)
		if err != nil {
			return nil, err
		}
		label := d.previewLabel(r.TeamID, c)
		line := fmt.Sprintf("*%s*: %s", blockkit.Escape(label), blockkit.Escape(p.live.Journey.StageTitle(was)))
		if was != is || p.live.Journey.StageTitle(was) != p.draft.Journey.StageTitle(is) {
			alike = false
			line = fmt.Sprintf("*%s*: %s → *%s* with the draft", blockkit.Escape(label), blockkit.Escape(p.live.Journey.StageTitle(was)), blockkit.Escape(p.draft.Journey.StageTitle(is)))
		}
		lines = append(lines, line)
	}
	blocks := []slack.Block{blockkit.Section(strings.Join(lines, "\n"))}
	if p.labels.Draft == 0 {
		return blocks, nil
	}
	if alike {
		blocks = append(blocks, blockkit.Context("With the draft all of them stand where they stand."))
	}
	differ, err := d.stepDiffers(ctx, r.TeamID, p.labels.File, p, stepFrom(store.PromptPublish, p.labels, p.labels.Draft, 0))
	return append(blocks, differ...), err
}

// placesUnder folds a contact's signals through both journeys.
func (d *Desk) placesUnder(ctx context.Context, team string, contact int64, p pair) (was, is string, err error) {
	history, err := d.Store.History(ctx, team, contact)
	if err != nil {
		return "", "", err
	}
	notes := make([]journey.Note, len(history))
	for i, h := range history {
		notes[i] = journey.Note{ID: h.ID, At: h.At}
		for _, g := range h.Signals {
			notes[i].Signals = append(notes[i].Signals, journey.Signal(g.Signal))
		}
	}
	a, _ := p.live.Journey.Fold(p.live.Journey.Start(), notes...)
	z, _ := p.draft.Journey.Fold(p.draft.Journey.Start(), notes...)
	return a.Stage, z.Stage, nil
}
