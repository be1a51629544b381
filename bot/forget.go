package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/store"
)

// forget asks before it erases a contact: nothing brings them back.
func (b *Bot) forget(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, reply, err := b.find(ctx, r, r.Text)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	e, refused, err := b.mayForget(ctx, r, c.ID)
	if err != nil || refused != nil {
		return chat.OrNone(refused), err
	}
	them := "them"
	if e.Notes == 1 {
		them = "it"
	}
	text := fmt.Sprintf("*Forget %s for good?* %s and all that hangs on %s are erased: places, suggestions, what was given and asked. "+
		"Nothing brings them back. Notes about other people that mention the name stay; `%s undo` takes those back one by one.",
		blockkit.Escape(c.Full()), notesWord(e), them, b.slash("coach"))
	yes := blockkit.Button("forget", "Forget for good", fmt.Sprint(c.ID))
	yes.Style = slack.StyleDanger
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("forget", yes)}}}, nil
}

func notesWord(e store.Erasable) string {
	switch {
	case e.Notes == 0:
		return "They have no notes; the contact"
	case e.Notes == 1 && e.Theirs == 0:
		return "Your one note"
	case e.Notes == 1:
		return "A colleague's one note"
	case e.Theirs == 0:
		return fmt.Sprintf("Your %d notes", e.Notes)
	case e.Theirs == e.Notes:
		return fmt.Sprintf("%d notes of colleagues", e.Notes)
	}
	return fmt.Sprintf("%d notes, %d of them by colleagues,", e.Notes, e.Theirs)
}

// mayForget lets a person erase a contact of whom they alone have written, and
// an admin any. Others' words are not one's own to erase.
func (b *Bot) mayForget(ctx context.Context, r *chat.Request, contact int64) (store.Erasable, *chat.Reply, error) {
	e, err := b.store.Erasable(ctx, r.TeamID, r.PersonID, contact)
	if err != nil {
		return e, nil, err
	}
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return e, nil, err
	}
	mine := e.Contact.OwnedBy(r.PersonID) && len(e.Contact.Owners) == 1 && e.Theirs == 0
	if me.Is(store.Admin) || mine {
		return e, nil, nil
	}
	why := "colleagues have written about them too"
	if !e.Contact.OwnedBy(r.PersonID) {
		why = "only colleagues have written about them"
	}
	reply := chat.Say(fmt.Sprintf("*%s is not yours alone to forget*: %s. An admin can erase them with `%s forget %s`.",
		blockkit.Escape(e.Contact.Full()), why, b.slash("coach"), blockkit.Escape(strings.ToLower(e.Contact.Name))))
	return e, &reply, nil
}

// forgetPatience is how long an erasure may take. All that came in within a month
// is looked through: where that is much, a late answer is better than words left
// behind.
const forgetPatience = 30 * time.Second

// pressForget erases.
func (b *Bot) pressForget(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	e, refused, err := b.mayForget(ctx, r, ids[0])
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say("*Forgotten already.* Nothing about them stands any more."), nil
	}
	if err != nil || refused != nil {
		return chat.OrNone(refused), err
	}
	erasing, cancel := context.WithTimeout(context.WithoutCancel(ctx), forgetPatience)
	defer cancel()
	if err := b.store.Forget(erasing, r.TeamID, r.PersonID, ids[0], b.cfg.Now()); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("*Forgotten: %s.* Nothing of them stands in my database any more; backups that were made before still hold them. What Slack has shown you I cannot take off your screen.",
		blockkit.Escape(e.Contact.Full()))), nil
}

// data sends a file of all that is kept about a contact: to an admin all of it,
// to others what is theirs to see.
func (b *Bot) data(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, reply, err := b.find(ctx, r, r.Text)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	only, what := r.PersonID, "with your own notes; colleagues' are theirs. An admin gets all of it"
	if me.Is(store.Admin) {
		only, what = "", "with the notes of everybody. That you asked is kept"
		if err := b.store.KeepAudit(ctx, store.Audit{TeamID: r.TeamID, PersonID: r.PersonID, Action: "data", Subject: fmt.Sprint(c.ID)}); err != nil {
			return chat.Reply{}, err
		}
	} else if !c.OwnedBy(r.PersonID) {
		return chat.Say(fmt.Sprintf("You have written nothing about %s, so there is nothing of yours to send. An admin can ask for all that is kept about them.", blockkit.Escape(c.Full()))), nil
	}
	all, err := b.store.Everything(ctx, r.TeamID, c.ID, only)
	if err != nil {
		return chat.Reply{}, err
	}
	raw, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return chat.Reply{}, fmt.Errorf("what is kept about contact %d: %w", c.ID, err)
	}
	if err := b.sendFile(ctx, r.PersonID, fileNamed(c.Name)+".json", raw); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("*All that I keep about %s is in our direct message*, as a file, %s.", blockkit.Escape(c.Full()), what)), nil
}

// fileNamed makes a name fit for a file.
func fileNamed(name string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	if s = strings.Trim(s, "-"); s == "" {
		return "contact"
	}
	return blockkit.Truncate(s, 60)
}
