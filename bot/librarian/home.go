package librarian

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/store"
)

// Waits is what waits for those who keep the library, for their Home: up to three of
// what it lacks, and up to three of its stale items.
func (d *Desk) Waits(ctx context.Context, r *chat.Request) ([]slack.Block, error) {
	gaps, err := d.Store.Gaps(ctx, r.TeamID, d.Now())
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	if len(gaps) == 0 {
		blocks = append(blocks, blockkit.Context("*No gap*: for everybody who was met, the library had something."))
	}
	briefs, alone := grouped(gaps[:min(len(gaps), store.MostGaps)])
	first := briefs[:min(len(briefs), 3)]
	if err := d.fillWords(ctx, r.TeamID, first, nil); err != nil {
		return nil, err
	}
	for _, g := range first {
		blocks = append(blocks, blockkit.Section("*Missing:* "+d.told(g)))
	}
	if line := aloneLine(alone); len(briefs) == 0 && line != "" {
		blocks = append(blocks, blockkit.Section("*Missing.* "+line))
	}
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	stale := staleLines(all, d.Here(r), true)
	if len(stale) == 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("*Nothing is stale* among %s.", english.Plural(len(all), "item"))))
	}
	return append(blocks, stale[:min(len(stale), 3)]...), nil
}
