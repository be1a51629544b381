package bot

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// editedByTwo tells the second of two editors, shows the difference, and loses
// nothing. The first may be they themselves, in another window.
func (b *Bot) editedByTwo(ctx context.Context, r *chat.Request, mine store.PromptVersion, l store.PromptLabels) (chat.Reply, error) {
	stands, theirs, err := b.standing(ctx, r, l)
	if err != nil {
		return chat.Reply{}, err
	}
	first, err := b.lastMove(ctx, r.TeamID, mine.File)
	if err != nil {
		return chat.Reply{}, err
	}
	what := b.moveDid(first)
	if first.Kind == store.PromptEdit {
		what = fmt.Sprintf("saved a draft, version %d of %s", first.To, b.title(mine.File))
	}
	was, is := [2]string{"theirs", "Go on from theirs"}, [2]string{"yours", "Go on from mine"}
	head := ""
	if first.PersonID == r.PersonID {
		was, is = [2]string{b.versionWord(mine.File, stands), "Go on from " + b.versionWord(mine.File, stands)}, [2]string{b.versionWord(mine.File, mine.Number), "Go on from " + b.versionWord(mine.File, mine.Number)}
		head = fmt.Sprintf("*You were first yourself.* While you wrote this, you %s in another window or by a file. Nothing was overwritten: this is kept as version %d, beside it.", what, mine.Number)
	} else {
		names, err := b.names(ctx, r.TeamID)
		if err != nil {
			return chat.Reply{}, err
		}
		head = fmt.Sprintf("*Somebody was first.* While you wrote, %s %s. Nothing was overwritten: yours is kept as version %d, beside it.", blockkit.Escape(names.Of(first.PersonID)), what, mine.Number)
	}
	differ, err := b.differ(mine.File, was[0], theirs, is[0], mine.Text)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(mine.File)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), differ,
		blockkit.Actions("two", blockkit.Button("prompt:theirs", was[1], fmt.Sprintf("edit %s from %d", name, stands)),
			blockkit.Button("prompt:mine", is[1], fmt.Sprintf("edit %s from %d", name, mine.Number)))}}}, nil
}

// lastMove is the latest move of a file that changed what stands.
func (b *Bot) lastMove(ctx context.Context, team, file string) (store.PromptMove, error) {
	moves, err := b.store.PromptLog(ctx, team, file, latestMoves)
	if err != nil {
		return store.PromptMove{}, err
	}
	for _, m := range moves {
		if m.Kind != store.PromptRefused && !m.Aside() {
			return m, nil
		}
	}
	return store.PromptMove{}, fmt.Errorf("the log of %s tells no move: %w", file, store.ErrNotFound)
}
