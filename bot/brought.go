package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/store"
)

// A note that tells of a referral often names whom it brought, and one of a departure
// who comes after. The receipt offers
// to make that contact, with its source; where somebody of that name is known it
// asks, and never chooses between two.

// maxCame is how many people of one note are offered.
const maxCame = 3

// came is somebody whom the referral of a note names.
type came struct {
	line.Person
	// Known are the contacts who may be meant.
	Known []store.Candidate
	// After: they come after the contact, who left.
	After bool
	// Brought is the contact that they were said to be; ID 0: not said yet.
	Brought store.Contact
}

// full is the person as people name them.
func (c came) full() string {
	return store.Contact{Name: c.Name, Company: store.Company{Name: c.Company}}.Full()
}

// whoCame finds out of whom the receipt's referral tells, and who of them is known.
func (b *Bot) whoCame(ctx context.Context, r *chat.Request, rec *receipt) error {
	if rec.Told {
		return nil
	}
	mind := b.coach.For(r.TeamID)
	people, after := mind.Referred(rec.Contact, rec.Interaction.Note, rec.Signals), false
	if next, ok := mind.Successor(rec.Contact, rec.Interaction.Note); ok && len(people) == 0 {
		people, after = []line.Person{next}, true
	}
	if len(people) == 0 {
		return nil
	}
	said, err := b.store.BroughtBy(ctx, r.TeamID, rec.Interaction.ID)
	if err != nil {
		return err
	}
	for _, p := range people[:min(len(people), maxCame)] {
		c := came{Person: p, After: after}
		who := whoOf(p.Who())
		if i := slices.IndexFunc(said, func(s store.Contact) bool { return isCalled(s, who) }); i >= 0 {
			c.Brought = said[i]
		} else if c.Known, err = b.mayBe(ctx, r, who, rec.Contact.ID); err != nil {
			return err
		}
		rec.Came = append(rec.Came, c)
	}
	return nil
}

// isCalled reports whether a contact may be the one whom a note calls so.
func isCalled(c store.Contact, who store.Who) bool {
	m := store.Resolve(who, []store.Candidate{{ID: c.ID, NameKey: line.Key(c.Name), CompanyKey: line.CompanyKey(c.Company.Name), Mine: true}})
	return m.ID == c.ID || len(m.Ask) > 0
}

// mayBe lists the contacts who may be meant by a name, but for the one through
// whom they came.
func (b *Bot) mayBe(ctx context.Context, r *chat.Request, who store.Who, through int64) ([]store.Candidate, error) {
	who.Exactly = true
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
	if err != nil {
		return nil, err
	}
	known := m.Ask
	if m.ID != 0 {
		c, err := b.store.Contact(ctx, r.TeamID, m.ID)
		if err != nil {
			return nil, err
		}
		known = []store.Candidate{{ID: c.ID, Name: c.Name, Company: c.Company.Name, Mine: c.OwnedBy(r.PersonID)}}
	}
	return slices.DeleteFunc(known, func(c store.Candidate) bool { return c.ID == through }), nil
}

// cameBlocks offer to make the contacts whom a referral names, and tell of those
// who were made.
func (r receipt) cameBlocks(coach string) (blocks []slack.Block) {
	through := blockkit.Escape(first(r.Contact.Name))
	for n, c := range r.Came {
		value := func(contact int64) string { return fmt.Sprintf("%d %d %d", r.Interaction.ID, n, contact) }
		if c.Brought.ID != 0 {
			text := fmt.Sprintf("*%s* is known through %s.", blockkit.Escape(c.Brought.Full()), through)
			if c.Brought.Notes == 0 {
				text += fmt.Sprintf(" Write within a day or two while the name is warm: `%s log %s: what happened`.", coach, blockkit.Escape(strings.ToLower(c.Brought.Name)))
			}
			blocks = append(blocks, blockkit.Section(text), blockkit.Actions(fmt.Sprintf("came:%d", n),
				blockkit.Button(fmt.Sprintf("unbring:%d", n), "Not through "+first(r.Contact.Name), fmt.Sprintf("%d %d", r.Interaction.ID, c.Brought.ID))))
			continue
		}
		var all []*slack.ButtonBlockElement
		for i, k := range c.Known {
			label := "It is " + k.Full()
			if !k.Mine {
				label += " (a colleague's)"
			}
			all = append(all, blockkit.Button(fmt.Sprintf("bring:%d:%d", n, i), label, value(k.ID)))
		}
		text := fmt.Sprintf("*%s made %s known to you*: make the contact, with %s as its source?", through, blockkit.Escape(c.full()), through)
		if c.After {
			text = fmt.Sprintf("*%s comes after %s*: make the contact, with %s as its source?", blockkit.Escape(c.full()), through, through)
		}
		label := "Make the contact"
		if len(c.Known) > 0 {
			text = fmt.Sprintf("*%s made %s known to you*: who is it? I note %s as the source.", through, blockkit.Escape(c.full()), through)
			if c.After {
				text = fmt.Sprintf("*%s comes after %s*: who is it? I note %s as the source.", blockkit.Escape(c.full()), through, through)
			}
			label = "New: " + c.full()
		} else if len(r.Came) > 1 {
			label += ": " + c.Name
		}
		all = append(all, blockkit.Button(fmt.Sprintf("bring:%d:new", n), label, value(0)))
		blocks = append(blocks, blockkit.Section(text), blockkit.Actions(fmt.Sprintf("came:%d", n), all...))
	}
	return blocks
}

// pressBring makes the contact whom a referral names, or says which one it is.
func (b *Bot) pressBring(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 3)
	if err != nil {
		return chat.Reply{}, err
	}
	rec, err := b.receipt(ctx, r, ids[0], b.suggested)
	if err != nil {
		return chat.Reply{}, err
	}
	n := int(ids[1])
	if n < 0 || n >= len(rec.Came) || rec.Came[n].Brought.ID != 0 { // read otherwise since, or pressed twice: what stands is shown
		return chat.Reply{Message: b.draw(rec), About: rec.Contact.ID}, nil
	}
	c := rec.Came[n]
	brought := store.Brought{Who: whoOf(c.Person.Who()), ContactID: ids[2], After: c.After}
	if brought.ContactID == 0 {
		if brought.Places, err = b.coach.For(r.TeamID).Start(b.cfg.Now()); err != nil {
			return chat.Reply{}, err
		}
	}
	if _, err := b.store.Bring(ctx, r.TeamID, r.PersonID, rec.Interaction.ID, brought, c.full(), b.cfg.Now()); err != nil {
		return chat.Reply{}, err
	}
	return b.stands(r, fmt.Sprintf("*%s is known now.*", blockkit.Escape(c.full())), func() (chat.Reply, error) { return b.receiptOf(ctx, r, rec.Interaction.ID, "") }), nil
}

// pressUnbring takes back who a referral brought. Pressed a second time, it shows
// what stands.
func (b *Bot) pressUnbring(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	id, contact, err := twoIDs(r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	rec, err := b.noted(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	c, gone, err := b.store.Unbring(ctx, r.TeamID, r.PersonID, rec.Interaction.ID, contact, b.cfg.Now())
	if errors.Is(err, store.ErrNotFound) {
		return b.receiptOf(ctx, r, id, "")
	}
	if err != nil {
		return chat.Reply{}, err
	}
	lead := fmt.Sprintf("*%s did not come through %s*", blockkit.Escape(c.Full()), blockkit.Escape(first(rec.Contact.Name)))
	if gone {
		lead += " and is gone again"
	}
	return b.stands(r, lead+".", func() (chat.Reply, error) { return b.receiptOf(ctx, r, rec.Interaction.ID, lead) }), nil
}
