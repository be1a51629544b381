package librarian

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
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

const (
	// looked is how many changes are looked through for an item's words,
	// logged how many lines a message shows.
	looked = 400
	logged = 12
	// together: so many changes of one person at one moment are one line, an import
	together = 3
)

// log tells who changed what in the library, and how it was before; words
// narrow it to items. The latest change of an item can be put back.
func (d *Desk) log(ctx context.Context, r *chat.Request, words string) (chat.Reply, error) {
	all, err := d.Store.ContentLog(ctx, r.TeamID, looked)
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	title := "*The log of the library*"
	if words = strings.TrimSpace(words); words != "" {
		title = fmt.Sprintf("*The log of the library: “%s”*", blockkit.Escape(blockkit.Truncate(words, 60)))
	}
	blocks := []slack.Block{blockkit.Section(title)}
	seen := map[int64]bool{}
	for i := 0; i < len(all) && len(blocks) <= logged; i++ {
		c := all[i]
		n := 1
		for i+n < len(all) && all[i+n].PersonID == c.PersonID && all[i+n].At.Equal(c.At) {
			n++
		}
		if n > together && words == "" {
			text := fmt.Sprintf("%s: %s brought in %s at once.", d.momentWord(r, c.At), names.Changer(c.PersonID), english.Plural(n, "change"))
			if c.Move != 0 {
				text = fmt.Sprintf("%s: %s made %s at once in the workshop: `%s prompts log library` tells why.", d.momentWord(r, c.At), names.Changer(c.PersonID), english.Plural(n, "change"), d.Slash("coach"))
			}
			blocks = append(blocks, blockkit.Section(text))
			i += n - 1
			continue
		}
		latest := !seen[c.Item]
		seen[c.Item] = true
		if words == "" || about(c, words) {
			blocks = append(blocks, d.changeBlock(r, c, names, latest))
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

func (d *Desk) momentWord(r *chat.Request, at time.Time) string {
	now := d.Here(r)
	return english.Day(at, now) + " " + at.In(now.Location()).Format("15:04")
}

var did = map[string]string{store.ContentAdded: "added", store.ContentChanged: "changed", store.ContentRetired: "retired", store.ContentBack: "put back"}

// changeBlock is one change; the latest of its item with the button that undoes it.
func (d *Desk) changeBlock(r *chat.Request, c store.ContentChange, names chat.Names, latest bool) slack.Block {
	text := fmt.Sprintf("%s: %s %s %s", d.momentWord(r, c.At), names.Changer(c.PersonID), did[c.What], chat.ItemLink(*c.After))
	if c.Before != nil {
		text += chat.ItemDiffers(*c.Before, *c.After)
	}
	var undo *slack.Accessory
	if latest {
		undo = slack.NewAccessory(blockkit.Button(fmt.Sprintf("content_back:%d", c.ID), undoWord(c), fmt.Sprint(c.ID)))
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text, blockkit.MaxSection), false, false), nil, undo)
}

// PutBack undoes a change of the library.
func (d *Desk) PutBack(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := d.needs(ctx, r, store.Editor); no != nil || err != nil {
		return besideOf(no), err
	}
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	c, err := d.Store.PutBackContent(ctx, r.TeamID, r.PersonID, ids[0], d.Now())
	switch {
	case errors.Is(err, store.ErrMoved):
		who, err := d.lastChanger(ctx, r, c.Item)
		reply := chat.Say(fmt.Sprintf("*Not put back*: %s changed “%s” since, so I changed nothing. `%s content log` tells how it stands.", who, blockkit.Escape(c.After.Title), d.Slash("coach")))
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
		text += chat.ItemDiffers(*c.After, *c.Before)
	}
	head, _, _ := strings.Cut(text, "\n")
	done, err := d.Store.ContentChanges(ctx, r.TeamID, c.Item, 1)
	if err != nil || len(done) == 0 {
		return chat.Reply{}, err
	}
	return chat.Reply{Beside: true, Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(text), buttons(done[0])}}}, nil
}

// buttons go below a change of the library.
func buttons(c store.ContentChange) slack.Block {
	return blockkit.Actions("content", blockkit.Button("content_back", undoWord(c), fmt.Sprint(c.ID)), blockkit.Button("content_log", "Log", "log"))
}

// undoWord says what undoing a change comes to.
func undoWord(c store.ContentChange) string {
	if (c.Before == nil || c.Before.Retired) && !c.After.Retired {
		return "Take out again"
	}
	return "Put back"
}

// PressLog shows the log.
func (d *Desk) PressLog(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if no, err := d.needs(ctx, r, store.Editor); no != nil || err != nil {
		return besideOf(no), err
	}
	reply, err := d.log(ctx, r, "")
	reply.Beside = true
	return reply, err
}

// lastChanger names who changed an item last, as far as that is known.
func (d *Desk) lastChanger(ctx context.Context, r *chat.Request, item int64) (string, error) {
	last, err := d.Store.ContentChanges(ctx, r.TeamID, item, 1)
	if err != nil || len(last) == 0 {
		return "somebody", err
	}
	names, err := d.Names(ctx, r.TeamID)
	return names.Changer(last[0].PersonID), err
}

// changedMessage tells an edit of an item with the button that undoes it.
func (d *Desk) changedMessage(ctx context.Context, r *chat.Request, lead string, item int64) (chat.Reply, error) {
	last, err := d.Store.ContentChanges(ctx, r.TeamID, item, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(last) == 0 {
		return chat.Say(lead), nil
	}
	head, _, _ := strings.Cut(lead, "\n")
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(lead), buttons(last[0])}}}, nil
}
