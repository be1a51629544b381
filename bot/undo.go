package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/line"
	"cairn/store"
)

// lastOne are words behind "undo" that mean what was recorded last.
var lastOne = map[string]bool{"that": true, "it": true, "this": true, "last": true, "latest": true, "the": true, "my": true, "one": true, "line": true, "note": true,
	"thing": true, "again": true, "please": true, "about": true, "of": true, "for": true, "with": true}

// named is what was typed behind "undo" without the words that mean what was recorded last.
func named(text string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(text), func(w string) bool { return lastOne[line.Key(strings.Trim(w, ".,!"))] }), " ")
}

// noteMeant reports whether what was typed behind "undo" means a note and not last: "note" says
// so, and "line", as a correction is none.
func noteMeant(text string, last store.Act) bool {
	return last.Kind != "note" && slices.ContainsFunc(strings.Fields(text), func(w string) bool {
		key := line.Key(strings.Trim(w, ".,!"))
		return key == "note" || key == "line" && last.Kind == "correction"
	})
}

// undoNamed takes back what was typed behind "undo": a line by its number, or what was recorded
// last, where it is about who was named. Nil: what was recorded last, whoever it is about.
func (b *Bot) undoNamed(ctx context.Context, r *chat.Request) (*chat.Reply, error) {
	name := named(r.Text)
	if name == "" {
		return nil, nil
	}
	if id, err := strconv.ParseInt(strings.TrimPrefix(name, "#"), 10, 64); err == nil {
		reply, err := b.undoNumber(ctx, r, id)
		return &reply, err
	}
	c, several, err := b.findOwn(ctx, r, name)
	if err != nil {
		return nil, err
	}
	none := "*Nothing was taken back.* "
	alone := fmt.Sprintf(" `%s undo` alone takes back what you recorded last, whoever it is about.", b.slash("coach"))
	if c.ID == 0 {
		what := fmt.Sprintf("I know no “%s” among your contacts.", blockkit.Escape(blockkit.Truncate(name, 60)))
		if len(several) > 0 {
			what = b.nobody(name, store.Match{Ask: several})
		}
		reply := chat.Say(none + what + alone)
		return &reply, nil
	}
	last, err := b.store.LastAct(ctx, r.TeamID, r.PersonID)
	if err == nil && last.ContactID == c.ID {
		return nil, nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	i, err := b.store.LastInteraction(ctx, r.TeamID, r.PersonID, c.ID)
	if errors.Is(err, store.ErrNotFound) {
		reply := chat.Say(none + fmt.Sprintf("No note of yours about %s stands.", blockkit.Escape(c.Full())) + alone)
		return &reply, nil
	}
	if err != nil {
		return nil, err
	}
	reply := chat.Say(fmt.Sprintf("%sWhat you recorded last is about somebody else. Your last line about %s is #%d, “%s”: `Undo` takes that back.", none,
		blockkit.Escape(c.Full()), i.ID, blockkit.Escape(blockkit.Truncate(blockkit.OneLine(i.Note), 80))))
	reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("undo", blockkit.Button("undo", "Undo", fmt.Sprint(i.ID))))
	return &reply, nil
}

// undoNumber takes back the line of that number.
func (b *Bot) undoNumber(ctx context.Context, r *chat.Request, id int64) (chat.Reply, error) {
	standing, err := b.store.Standing(ctx, r.TeamID, r.PersonID, id)
	if err == nil {
		return b.undo(ctx, r, standing)
	}
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say(fmt.Sprintf("*Nothing was taken back.* You recorded no #%d. `%s undo` alone takes back what you recorded last.", id, b.slash("coach"))), nil
	}
	return chat.Reply{}, err
}

// undoLast takes back what the person recorded last, be it a note, a correction of one, or a
// gift or an ask by command, button or form, and says which.
func (b *Bot) undoLast(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	// what Slack delivers twice must not take two lines back, nor offer the second
	in, err := b.store.Receive(ctx, r.Delivery)
	if err != nil {
		return chat.Reply{}, err
	}
	if in.Again {
		b.meters.Again(r.Kind)
		return chat.Say(fmt.Sprintf("This came to me twice: what it takes back was taken back once at most, and not again now. `%s` takes back what then stands last.", b.slash("coach")+" undo")), nil
	}
	if reply, err := b.undoNamed(ctx, r); err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	last, err := b.store.LastAct(ctx, r.TeamID, r.PersonID)
	if err == nil && noteMeant(r.Text, last) {
		about := int64(0)
		if named(r.Text) != "" {
			about = last.ContactID
		}
		var i store.Interaction
		i, err = b.store.LastInteraction(ctx, r.TeamID, r.PersonID, about)
		last = store.Act{Kind: "note", ID: i.ID}
	}
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say("There is nothing of yours to take back."), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	switch last.Kind {
	case "note":
		return b.undo(ctx, r, last.ID)
	case "correction":
		return b.uncorrect(ctx, r, last.ID)
	}
	c, err := b.store.Contact(ctx, r.TeamID, last.ContactID)
	if err != nil {
		return chat.Reply{}, err
	}
	unmade, err := b.store.TakeBack(ctx, r.TeamID, r.PersonID, last, b.cfg.Now())
	if err != nil {
		return chat.Reply{}, err
	}
	what := fmt.Sprintf("“%s”, which you gave", blockkit.Escape(last.What))
	if last.Kind != "share" {
		what = fmt.Sprintf("that you asked for %s", askWords[last.What])
	}
	return b.stands(r, "*Taken back:* "+what+".", func() (chat.Reply, error) {
		if last.Kind == "share" {
			return b.tookBack(ctx, r, c, unmade, fmt.Sprintf("that you gave %s “%s”", blockkit.Escape(c.Full()), blockkit.Escape(last.What)))
		}
		return b.tookBack(ctx, r, c, unmade, fmt.Sprintf("that you asked %s for %s", blockkit.Escape(c.Full()), askWords[last.What]))
	}), nil
}

// tookBack says what was taken back from the ledger of a contact, and how it
// stands now; unmade: nothing else was known of them, and they are gone.
func (b *Bot) tookBack(ctx context.Context, r *chat.Request, c store.Contact, unmade bool, what string) (chat.Reply, error) {
	if unmade {
		return chat.Say(fmt.Sprintf("*Taken back:* %s. Nothing else is known of %s, whose line you took back before: they are gone too.", what, blockkit.Escape(c.Full()))), nil
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("*Taken back:* %s. Given %d, asked %d%s Your notes stay; `%s undo` takes back what you recorded before.", what,
		past.Ledger.Given, past.Ledger.Asked, earned(past.Ledger, past.Places, b.here(r)), b.slash("coach"))), nil
}

// ungiveButton takes back that an item was given: on the receipt of an
// interaction, or (0) by itself.
func ungiveButton(contact, content, interaction int64) *slack.ButtonBlockElement {
	return blockkit.Button(fmt.Sprintf("ungive:%d", content), "I did not send it", fmt.Sprintf("%d %d %d", contact, content, interaction))
}

// pressUngive takes back that an item was given. Pressed a second time, it says so.
func (b *Bot) pressUngive(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 3)
	if err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, ids[0])
	if err != nil {
		return chat.Reply{}, err
	}
	title, unmade, err := b.store.Ungive(ctx, r.TeamID, r.PersonID, c.ID, ids[1], b.cfg.Now())
	if errors.Is(err, store.ErrNotFound) {
		reply := chat.Say("*Taken back before*, or it was not you who gave it. Nothing changed now.")
		reply.Beside = true // the receipt, or what told of the first press, stays with its buttons
		return reply, nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	lead := fmt.Sprintf("*Not given: %s*", blockkit.Escape(title))
	return b.stands(r, lead+".", func() (chat.Reply, error) {
		if ids[2] != 0 {
			return b.receiptOf(ctx, r, ids[2], lead)
		}
		return b.tookBack(ctx, r, c, unmade, fmt.Sprintf("that you gave %s “%s”", blockkit.Escape(c.Full()), blockkit.Escape(title)))
	}), nil
}

// pressUndo takes back the line whose receipt holds the button.
func (b *Bot) pressUndo(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	id, err := b.store.Standing(ctx, r.TeamID, r.PersonID, ids[0])
	if err != nil {
		return chat.Reply{}, err
	}
	return b.undo(ctx, r, id)
}

func (b *Bot) undo(ctx context.Context, r *chat.Request, id int64) (chat.Reply, error) {
	u, err := b.store.Undo(ctx, r.TeamID, r.PersonID, id, b.cfg.Now(), b.coach.For(r.TeamID).Refold)
	if err != nil {
		return chat.Reply{}, err
	}
	stays, buttons := whatStays(u)
	lead := fmt.Sprintf("*Taken back: #%d* · %s\n%s", id, blockkit.Escape(u.Contact.Full()), stays)
	if u.Already { // the answer stands in the place of the first one, with all that it gave back
		lead = fmt.Sprintf("*#%d was taken back before* · %s\nNothing changed now.", id, blockkit.Escape(u.Contact.Full()))
		if len(buttons) > 0 {
			lead += " " + standsYet(u)
		}
	}
	text := fmt.Sprintf("%s Your line is below, to copy and send again:\n```%s```", lead, blockkit.Fenced(b.typedFor(ctx, r, u.Contact, u.Interaction)))
	switch {
	case u.Untitled != "" && !u.Unmade:
		text += fmt.Sprintf("\n%s's title, %s, was known by that line alone and is gone too.", blockkit.Escape(u.Contact.Name), blockkit.Escape(u.Untitled))
	case u.Unmade:
		text += fmt.Sprintf("\n%s had come with that line and is gone too.", blockkit.Escape(u.Contact.Full()))
	}
	if !u.Unmade && !u.Already {
		text += b.standNow(ctx, r, u)
	}
	reply := chat.Say(text)
	if len(buttons) > 0 {
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("given", buttons...))
	}
	return b.withNew(ctx, r, reply, u), nil
}

// standNow says where a contact stands without the line that was taken back.
func (b *Bot) standNow(ctx context.Context, r *chat.Request, u store.Undone) string {
	model, err := b.teamJourney(ctx, r)
	if err != nil { // the line is taken back: that is told without
		b.cfg.Log.Warn("where a contact stands now was not looked up", "interaction", u.Interaction.ID, "error", err)
		return ""
	}
	here, ok := placeOn(u.Places, model.Name())
	if !ok {
		return ""
	}
	text := fmt.Sprintf("\n%s stands at *%s* now", blockkit.Escape(u.Contact.Name), stageWord(model, here.Stage))
	if extra := standing(here); extra != "" {
		text += " (" + extra + ")"
	}
	return text + "."
}

// whatStays says what an undo took back and what it did not: a gift was given, whatever
// becomes of the note. The buttons take that back too.
func whatStays(u store.Undone) (text string, buttons []*slack.ButtonBlockElement) {
	known := ""
	if u.Kept {
		known = fmt.Sprintf(" %s stays known.", blockkit.Escape(u.Contact.Full()))
	}
	if len(u.Given) == 0 {
		return "It counts no longer, and neither does what hung on it." + known, nil
	}
	for _, h := range u.Given {
		button := ungiveButton(u.Contact.ID, h.ContentID, 0)
		if len(u.Given) > 1 {
			button.Text.Text = blockkit.Truncate("Not sent: "+h.Title, blockkit.MaxButton)
		}
		buttons = append(buttons, button)
	}
	return "It counts no longer, nor does what I read in it. " + standsYet(u) + known, buttons
}

// standsYet says what was given on account of a line that is taken back.
func standsYet(u store.Undone) string {
	titles := make([]string, len(u.Given))
	for i, h := range u.Given {
		titles[i] = "“" + blockkit.Escape(h.Title) + "”"
	}
	return fmt.Sprintf("That you gave %s stands.", strings.Join(titles, " and "))
}

// typedFor is the line by which a note came, as it was typed, the name with it: it is to be sent
// again. Where the delivery is no longer kept, or was a press, the contact's name stands before
// the note.
func (b *Bot) typedFor(ctx context.Context, r *chat.Request, c store.Contact, i store.Interaction) string {
	said := i.Note
	if !coach.IsCommandNote(i.Note) {
		said = fmt.Sprintf("%s %s: %s", b.slash("log"), c.Full(), i.Note)
	}
	in, err := b.store.DeliveryOf(ctx, r.TeamID, r.PersonID, i.ID)
	if err != nil {
		if !errors.Is(err, store.ErrNotFound) { // the line is taken back, and told so
			b.cfg.Log.Warn("what was typed could not be read; its note is given back", "team", r.TeamID, "interaction", i.ID, "error", err)
		}
		return said
	}
	typed := reread(in, r)
	switch verb, _ := b.wanted(typed); verb {
	case "log", "got", "asked", "heard":
		if text := chat.Typed(typed); text != "" {
			return text
		}
	}
	return said
}
