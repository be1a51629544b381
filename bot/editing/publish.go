package editing

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// publish makes the draft live.
func (d *Desk) publish(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case labels.Draft == 0 && labels.Other > 0:
		return d.splitFigures(ctx, r, file, labels, fmt.Sprintf("*There is no other draft: version %d is live for %d %% of the contacts.* End the split and say which one stays.", labels.Other, labels.Share))
	case labels.Draft == 0:
		return d.noDraft(file), nil
	case labels.Other > 0:
		return d.splitFigures(ctx, r, file, labels, "*Two versions are live.* End the split first, and say which one stays.")
	}
	return d.askStep(ctx, r, file, stepFrom(store.PromptPublish, labels, labels.Draft, 0), reasonOf(r.Text))
}

// reasonOf is the reason that was typed.
func reasonOf(text string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "because"))
}

func (d *Desk) publishNow(ctx context.Context, r *chat.Request, seen store.PromptLabels, reason string) (chat.Reply, error) {
	file := seen.File
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return d.publishShelf(ctx, r, seen, reason)
	}
	done, err := d.move(ctx, r, file, store.PromptChange{Kind: store.PromptPublish, Seen: seen,
		Next: store.PromptLabels{Live: seen.Draft}, Reason: reason})
	if err != nil || !done.ok {
		return done.reply, err
	}
	return d.nowLive(file, seen, seen.Draft, fmt.Sprintf("*Published: version %d of %s is live.* It took the place of %s.%s", seen.Draft, d.Title(file), d.versionWord(file, seen.Live), done.trials)), nil
}

// nowLive tells that a version is live for everybody, with the way back.
func (d *Desk) nowLive(file string, was store.PromptLabels, live int, head string) chat.Reply {
	name := workshop.Name(file)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head),
		blockkit.Actions("prompt", blockkit.Button("prompt:back", "Back to "+d.versionWord(file, was.Live), fmt.Sprintf("rollback %s to %d seen %d", name, was.Live, live)), blockkit.Button("prompt:log", "Log", "log "+name))}}}
}
