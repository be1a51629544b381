package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"cairn/bot/coach"
	"cairn/bot/observe"
	"cairn/store"
)

// ownReading is the team's own weights, trained with its corrections by
// `cairn train --with-corrections`, as last seen in the database.
type ownReading struct {
	mu      sync.Mutex
	version string
	weights *observe.Weights // nil: the team has none
	base    *observe.Reader  // whose cues made has
	made    *observe.Reader
}

// learnReading takes over the weights that were trained last. Those that this
// binary cannot read are left: the ones before, or the binary's, go on.
func (b *Bot) learnReading(ctx context.Context, _ time.Time) error {
	o := &b.trained
	o.mu.Lock()
	known := o.version
	o.mu.Unlock()
	r, err := b.store.TeamReading(ctx, b.team, known)
	if errors.Is(err, store.ErrNotFound) {
		o.set("", nil)
		return nil
	}
	if err != nil || r.Version == known {
		return err
	}
	w, err := observe.ReadWeights(r.Weights)
	if err != nil {
		return err
	}
	o.set(r.Version, w)
	b.cfg.Log.Info("reading with the team's own weights", "team", b.team, "version", r.Version, "corrected_notes", r.Cases)
	return nil
}

func (o *ownReading) set(version string, w *observe.Weights) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.version, o.weights, o.base, o.made = version, w, nil, nil
}

// over is the team's own reading with the cues of base; nil where the team has
// no weights of its own.
func (o *ownReading) over(base *observe.Reader) *observe.Reader {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.weights == nil || base == nil {
		return nil
	}
	if o.base != base {
		o.base, o.made = base, base.With(o.weights)
	}
	return o.made
}

// readerFor is what reads the team's notes where that is not the binary's own
// reading: with the team's cue files, its own weights, or both.
func (b *Bot) readerFor(team string, shipped coach.Reader) coach.Reader {
	reader := b.live.Reader(team)
	if team == b.team {
		base := reader
		if base == nil {
			base, _ = shipped.(*observe.Reader) // tests may read by other means; then there is nothing to train
		}
		if own := b.trained.over(base); own != nil {
			return own
		}
	}
	if reader == nil {
		return nil
	}
	return reader
}
