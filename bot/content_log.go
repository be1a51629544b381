package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/editing"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

const (
	// contentLooked is how many changes are looked through for an item's words,
	// contentLogged how many lines a message shows.
	contentLooked = 400
	contentLogged = 12
	// together: so many changes of one person at one moment are one line, an import
	together = 3
)

// contentLog tells who changed what in the library, and how it was before; words
// narrow it to items. The latest change of an item can be put back.
func (b *Bot) contentLog(ctx context.Context, r *chat.Request, words string) (chat.Reply, error) {
	all, err := b.store.ContentLog(ctx, r.TeamID, contentLooked)
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	title := "*The log of the library*"
	if words = strings.TrimSpace(words); words != "" {
		title = fmt.Sprintf("*The log of the library: “%s”*", blockkit.Escape(blockkit.Truncate(words, 60)))
	}
	blocks := []slack.Block{blockkit.Section(title)}
	seen := map[int64]bool{}
	for i := 0; i < len(all) && len(blocks) <= contentLogged; i++ {
		c := all[i]
		n := 1
		for i+n < len(all) && all[i+n].PersonID == c.PersonID && all[i+n].At.Equal(c.At) {
			n++
		}
		if n > together && words == "" {
			text := fmt.Sprintf("%s: %s brought in %s at once.", b.momentWord(r, c.At), editing.Changer(names, c.PersonID), english.Plural(n, "change"))
			if c.Move != 0 {
				text = fmt.Sprintf("%s: %s made %s at once in the workshop: `%s prompts log library` tells why.", b.momentWord(r, c.At), editing.Changer(names, c.PersonID), english.Plural(n, "change"), b.slash("coach"))
			}
			blocks = append(blocks, blockkit.Section(text))
			i += n - 1
			continue
		}
		latest := !seen[c.Item]
		seen[c.Item] = true
		if words == "" || about(c, words) {
			blocks = append(blocks, b.changeBlock(r, c, names, latest))
		}
	}
	if len(blocks) == 1 {
		return chat.Say(title + "\nNothing is known of a change. What is changed from now on stands here, with how it was before."), nil
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// about reports whether a change is about an item with these words in its title.
func about(c store.ContentChange, words string) bool {
	titles := c.After.Title
	if c.Before != nil {
		titles += " " + c.Before.Title
	}
	titles = line.Key(titles)
	return !slices.ContainsFunc(strings.Fields(line.Key(words)), func(w string) bool { return !strings.Contains(titles, w) })
}

func (b *Bot) momentWord(r *chat.Request, at time.Time) string {
	now := b.here(r)
	return english.Day(at, now) + " " + at.In(now.Location()).Format("15:04")
}

var contentDid = map[string]string{store.ContentAdded: "added", store.ContentChanged: "changed", store.ContentRetired: "retired", store.ContentBack: "put back"}

// changeBlock is one change; the latest of its item with the button that undoes it.
func (b *Bot) changeBlock(r *chat.Request, c store.ContentChange, names chat.Names, latest bool) slack.Block {
	text := fmt.Sprintf("%s: %s %s %s", b.momentWord(r, c.At), editing.Changer(names, c.PersonID), contentDid[c.What], editing.ItemLink(*c.After))
	if c.Before != nil {
		text += editing.ItemDiffers(*c.Before, *c.After)
	}
	var undo *slack.Accessory
	if latest {
		undo = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_back:%d", c.ID), undoWord(c), fmt.Sprint(c.ID)))
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text, blockkit.MaxSection), false, false), nil, undo)
}

// pressContentBack undoes a change of the library.
func (b *Bot) pressContentBack(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := b.needs(ctx, r, store.Editor); no != nil || err != nil {
		return besideOf(no), err
	}
	ids, err := numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.PutBackContent(ctx, r.TeamID, r.PersonID, ids[0], b.cfg.Now())
	switch {
	case errors.Is(err, store.ErrMoved):
		who, err := b.lastChanger(ctx, r, c.Item)
		reply := chat.Say(fmt.Sprintf("*Not put back*: %s changed “%s” since, so I changed nothing. `%s content log` tells how it stands.", who, blockkit.Escape(c.After.Title), b.slash("coach")))
		reply.Beside = true
		return reply, err
	case errors.Is(err, store.ErrDuplicate):
		reply := chat.Say(fmt.Sprintf("*Not put back*: the address that “%s” had is another item's by now.", blockkit.Escape(c.After.Title)))
		reply.Beside = true
		return reply, nil
	case err != nil:
		return chat.Reply{}, err
	}
	text := fmt.Sprintf("*Put back*: “%s” is as it was before.", blockkit.Escape(c.After.Title))
	if c.Before == nil {
		text = fmt.Sprintf("*Taken out*: “%s” is not in the library any more. What was given stays told.", blockkit.Escape(c.After.Title))
	} else {
		text += editing.ItemDiffers(*c.After, *c.Before)
	}
	head, _, _ := strings.Cut(text, "\n")
	done, err := b.store.ContentChanges(ctx, r.TeamID, c.Item, 1)
	if err != nil || len(done) == 0 {
		return chat.Reply{}, err
	}
	return chat.Reply{Beside: true, Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(text), contentButtons(done[0])}}}, nil
}

// contentButtons go below a change of the library.
func contentButtons(c store.ContentChange) slack.Block {
	return blockkit.Actions("content", blockkit.Button("content_back", undoWord(c), fmt.Sprint(c.ID)), blockkit.Button("content_log", "Log", "log"))
}

// undoWord says what undoing a change comes to.
func undoWord(c store.ContentChange) string {
	if (c.Before == nil || c.Before.Retired) && !c.After.Retired {
		return "Take out again"
	}
	return "Put back"
}

// pressContentLog shows the log.
func (b *Bot) pressContentLog(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := b.needs(ctx, r, store.Editor); no != nil || err != nil {
		return besideOf(no), err
	}
	reply, err := b.contentLog(ctx, r, "")
	reply.Beside = true
	return reply, err
}

// besideOf leaves the message whose button was pressed as it is.
func besideOf(reply *chat.Reply) chat.Reply {
	if reply == nil {
		return chat.Reply{}
	}
	reply.Beside = true
	return *reply
}

// lastChanger names who changed an item last, as far as that is known.
func (b *Bot) lastChanger(ctx context.Context, r *chat.Request, item int64) (string, error) {
	last, err := b.store.ContentChanges(ctx, r.TeamID, item, 1)
	if err != nil || len(last) == 0 {
		return "somebody", err
	}
	names, err := b.names(ctx, r.TeamID)
	return editing.Changer(names, last[0].PersonID), err
}

// changedMessage tells an edit of an item with the button that undoes it.
func (b *Bot) changedMessage(ctx context.Context, r *chat.Request, lead string, item int64) (chat.Reply, error) {
	last, err := b.store.ContentChanges(ctx, r.TeamID, item, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(last) == 0 {
		return chat.Say(lead), nil
	}
	head, _, _ := strings.Cut(lead, "\n")
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(lead), contentButtons(last[0])}}}, nil
}
