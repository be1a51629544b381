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
	known, rest := knowsLive(r.Text, d.liveMark(labels))
	return d.askDraft(ctx, r, stepFrom(store.PromptPublish, labels, labels.Draft, 0), labels, known, reasonOf(rest))
}

// reasonOf is the reason that was typed.
func reasonOf(text string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "because"))
}

func (d *Desk) publishNow(ctx context.Context, r *chat.Request, seen store.PromptLabels, told, reason string) (chat.Reply, error) {
	file := seen.File
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return d.publishShelf(ctx, r, seen, told, reason)
	}
	done, err := d.move(ctx, r, file, store.PromptChange{Kind: store.PromptPublish, Seen: seen,
		Next: store.PromptLabels{Live: seen.Draft}, Reason: reason, Verdict: told})
	if err != nil || !done.ok {
		return done.reply, err
	}
	aside, err := d.asideWord(ctx, r.TeamID, file, seen.Draft)
	if err != nil { // it is published all the same
		d.Log.Warn("not told of versions kept beside", "team", r.TeamID, "file", file, "error", err)
	}
	return d.nowLive(file, seen, seen.Draft, fmt.Sprintf("*Published: version %d of %s is live.* It took the place of %s.%s%s", seen.Draft, d.Title(file), d.versionWord(file, seen.Live), done.trials, aside)), nil
}

// asideWord tells of versions that came second to one and were kept beside it: whoever
// publishes it may take it for theirs.
func (d *Desk) asideWord(ctx context.Context, team, file string, number int) (string, error) {
	moves, err := d.Store.PromptLog(ctx, team, file, logLines)
	if err != nil {
		return "", err
	}
	names, err := d.Names(ctx, team)
	if err != nil {
		return "", err
	}
	text := ""
	for _, m := range moves {
		if m.Aside() && m.From == number && m.To > number {
			text += fmt.Sprintf(" Version %d, by %s, is newer and not in it: it came second and is kept beside. `%s prompts edit %s %d` opens it.", m.To, blockkit.Escape(names.Of(m.PersonID)), d.Slash("coach"), workshop.Name(file), m.To)
		}
	}
	return text, nil
}

// nowLive tells that a version is live for everybody, with the way back.
func (d *Desk) nowLive(file string, was store.PromptLabels, live int, head string) chat.Reply {
	name := workshop.Name(file)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head),
		blockkit.Actions("prompt", blockkit.Button("prompt:back", "Back to "+d.versionWord(file, was.Live), fmt.Sprintf("rollback %s to %d seen %d", name, was.Live, live)), blockkit.Button("prompt:log", "Log", "log "+name))}}}
}
