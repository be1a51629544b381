package editing

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
func (d *Desk) editedByTwo(ctx context.Context, r *chat.Request, mine store.PromptVersion, l store.PromptLabels) (chat.Reply, error) {
	stands, theirs, err := d.standing(ctx, r, l)
	if err != nil {
		return chat.Reply{}, err
	}
	first, err := d.lastMove(ctx, r.TeamID, mine.File)
	if err != nil {
		return chat.Reply{}, err
	}
	what := d.moveDid(first)
	if first.Kind == store.PromptEdit {
		what = fmt.Sprintf("saved a draft, version %d of %s", first.To, d.Title(mine.File))
	}
	was, is := [2]string{d.versionWord(mine.File, stands), "Go on from theirs"}, [2]string{fmt.Sprintf("yours, version %d", mine.Number), "Go on from mine"}
	head := ""
	if first.PersonID == r.PersonID {
		was, is = [2]string{d.versionWord(mine.File, stands), "Go on from " + d.versionWord(mine.File, stands)}, [2]string{d.versionWord(mine.File, mine.Number), "Go on from " + d.versionWord(mine.File, mine.Number)}
		head = fmt.Sprintf("*You were first yourself.* While you wrote this, you %s in another window or by a file. Nothing was overwritten: this is kept as version %d, beside it.", what, mine.Number)
	} else {
		names, err := d.Names(ctx, r.TeamID)
		if err != nil {
			return chat.Reply{}, err
		}
		if first.Kind == store.PromptEdit {
			was[0] = fmt.Sprintf("%s's, version %d", names.Of(first.PersonID), stands)
		}
		head = fmt.Sprintf("*Somebody was first.* While you wrote, %s %s. Nothing was overwritten: yours is kept as version %d, beside it.", blockkit.Escape(names.Of(first.PersonID)), what, mine.Number)
	}
	differ, err := d.differ(mine.File, was[0], theirs, is[0], mine.Text)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(mine.File)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), differ,
		blockkit.Actions("two", blockkit.Button("prompt:theirs", was[1], fmt.Sprintf("edit %s from %d", name, stands)),
			blockkit.Button("prompt:mine", is[1], fmt.Sprintf("edit %s from %d", name, mine.Number)))}}}, nil
}
