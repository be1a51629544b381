package editing

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// pair is what is live and the draft of one file.
type pair struct {
	labels      store.PromptLabels
	live, draft workshop.Piece
	shelf       *shelved // of a library: what the draft does to it
}

// pair reads both; ok is false where there is no draft, and then live stands
// for both.
func (d *Desk) pair(ctx context.Context, team, file string) (p pair, ok bool, err error) {
	labels, err := d.Store.PromptLabels(ctx, team, file)
	if err != nil {
		return p, false, err
	}
	p, err = d.pairOf(ctx, team, labels)
	return p, labels.Draft > 0, err
}

// pairOf reads the versions that labels name.
func (d *Desk) pairOf(ctx context.Context, team string, labels store.PromptLabels) (p pair, err error) {
	p.labels = labels
	if kind, _ := workshop.KindOf(labels.File); kind.FromRows() {
		return d.shelfPair(ctx, team, labels)
	}
	if p.live, err = d.piece(ctx, team, labels.File, labels.Live); err != nil {
		return p, err
	}
	if p.draft = p.live; labels.Draft == 0 {
		return p, nil
	}
	p.draft, err = d.piece(ctx, team, labels.File, labels.Draft)
	return p, err
}

func (d *Desk) previewOn(ctx context.Context, r *chat.Request, file string, on previewed) (chat.Reply, error) {
	p, hasDraft, err := d.pair(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Preview of %s*: %s beside the draft, version %d. Nobody else sees this.", d.Title(file), d.versionWord(file, p.labels.Live), p.labels.Draft)
	if !hasDraft {
		head = fmt.Sprintf("*%s as it is live*, %s. There is no draft yet.", d.Title(file), d.versionWord(file, p.labels.Live))
	}
	blocks := []slack.Block{blockkit.Section(head)}
	if on.missed != "" {
		blocks = append(blocks, blockkit.Context(":warning: "+on.missed+" The others are below."))
	}
	if p.shelf != nil {
		more, err := d.previewShelf(ctx, r, p, hasDraft, on.chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks[1:], more...)
	} else if p.live.Guide != nil {
		more, err := d.previewGuide(ctx, r, p, hasDraft, on.chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	} else if p.live.Journey != nil {
		more, err := d.previewPlaces(ctx, r, p, on.chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	} else {
		more, err := d.previewTexts(ctx, r, p, hasDraft, on)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	}
	others := []*slack.ButtonBlockElement{blockkit.Button("prompt:edit", "Edit", "edit "+name)}
	if !forDigest(name) {
		others = slices.Insert(others, 0, chooseButton(name))
	}
	if p.live.Prompt != nil && p.live.Prompt.NeedsModel() && d.Asker != nil {
		others = slices.Insert(others, 0, askButton(name, "Ask the model", on.chosen))
	}
	if hasDraft {
		others = append(others, blockkit.Button("prompt:test", "Test", "test "+name), blockkit.Button("prompt:publish", "Publish", "publish "+name))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, blockkit.Actions("prompt", others...))}}, nil
}
