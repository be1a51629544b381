package bot_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"cairn/bot/observe"
	"cairn/prompts"
	"cairn/store"
)

// A team's own weights read from the next minute on, and no longer once they
// are taken away.
func TestATeamsOwnReading(t *testing.T) {
	o := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	version := func() (v string) {
		t.Helper()
		o.types(t, maya, "/log", "Lee Park, Beta: signed the contract, "+o.clock.now().String())
		if err := o.store.Pool().QueryRow(ctx, `select version from signals order by interaction_id desc limit 1`).Scan(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	shipped := version()
	if err := o.store.SetTeamReading(ctx, "T0TEST", store.TeamReading{Version: "v1", Weights: ownWeights(t), Cases: 1}); err != nil {
		t.Fatal(err)
	}
	o.clock.move(2 * time.Minute)
	o.bot.Tick(ctx)
	own := version()
	if own == shipped || !strings.HasPrefix(own, "built-in-") {
		t.Errorf("read with %q, shipped is %q", own, shipped)
	}
	// weights that nobody can read leave those that are in use
	if err := o.store.SetTeamReading(ctx, "T0TEST", store.TeamReading{Version: "v2", Weights: []byte("no weights"), Cases: 1}); err != nil {
		t.Fatal(err)
	}
	o.clock.move(2 * time.Minute)
	o.bot.Tick(ctx)
	if got := version(); got != own {
		t.Errorf("after broken weights %q reads, before %q", got, own)
	}
	if err := o.store.DropTeamReading(ctx, "T0TEST"); err != nil {
		t.Fatal(err)
	}
	o.clock.move(2 * time.Minute)
	o.bot.Tick(ctx)
	if got := version(); got != shipped {
		t.Errorf("without own weights %q reads, want %q", got, shipped)
	}
}

// ownWeights are trained on a few of the shipped histories, fast and badly.
func ownWeights(t *testing.T) []byte {
	t.Helper()
	f, err := observe.Histories().Open("histories-a.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var some []observe.History
	if err := observe.ReadHistories("histories-a.jsonl", f, func(h observe.History) error {
		if len(some) < 40 {
			some = append(some, h)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	cues, err := observe.LoadCues(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	recipe := observe.DefaultRecipe()
	recipe.Epochs = 2
	w, err := observe.Train(some, cues, recipe)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if _, err := w.WriteTo(&packed); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}
