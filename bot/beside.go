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
	"cairn/bot/post"
	"cairn/store"
)

// A line may name several people before its colon. A note is about one contact: it
// is recorded for the first, which is said, and for each of the others with one
// click. No contact is ever made of two names.

// tellApart takes the first of several people for the one whom a line is about.
// What may be one name after all is two only where one of the two is known.
func (b *Bot) tellApart(ctx context.Context, r *chat.Request, l *line.Line) error {
	if err := b.companyFirst(ctx, r, &l.Who); err != nil {
		return err
	}
	each, sure := l.Who.Several()
	if len(each) == 0 {
		listed, err := b.byCommas(ctx, r, l.Who)
		if err == nil && len(listed) > 0 {
			r.Too.All, l.Who, r.Too.Apart = listed, listed[0], line.ToldApart(l.Note, listed)
		}
		return err
	}
	if each[0].Name != l.Who.Name {
		if known, err := b.anyKnown(ctx, r, l.Who); err != nil || known {
			return err // somebody is called so
		}
	}
	if !sure {
		known, err := b.anyKnown(ctx, r, each...)
		if err != nil {
			return err
		}
		if !known {
			r.Too.One = l.Who.Name
			return nil
		}
	}
	if r.Too.All = each; len(each) == 1 {
		r.Too.Left = l.Who.Name
	}
	l.Who, r.Too.Apart = each[0], line.ToldApart(l.Note, each)
	return nil
}

// byCommas tells apart people whose names commas alone part, where all of them are known and
// none is a company: "Dana Ruiz, Tom Bell"; and those whom a letter parts that also stands
// within a name: "Iñaki y Rosa". It is empty where there is one.
func (b *Bot) byCommas(ctx context.Context, r *chat.Request, w line.Who) ([]line.Who, error) {
	for _, each := range w.Listed() {
		var names []string
		for _, p := range each {
			names = append(names, line.Key(p.Name))
		}
		var as store.Who
		if each[0].Company == "" { // the last of them would be the company
			as = whoAsTyped(w)
		}
		if are, err := b.store.ArePeople(ctx, r.TeamID, r.PersonID, as, names); err != nil || are {
			return each, err
		}
	}
	each := w.Paired()
	if len(each) == 0 {
		return nil, nil
	}
	if known, err := b.anyKnown(ctx, r, w); err != nil || known {
		return nil, err // somebody is called so
	}
	for _, p := range each {
		if known, err := b.anyKnown(ctx, r, p); err != nil || !known {
			return nil, err
		}
	}
	return each, nil
}

// companyFirst turns round who is named where several people stand behind a company that
// is known: "Acme, Dana Ruiz and Tom Bell". Of a single one the store finds it out.
func (b *Bot) companyFirst(ctx context.Context, r *chat.Request, w *line.Who) error {
	turned, ok := w.Turned()
	if !ok {
		return nil
	}
	if each, _ := turned.Several(); len(each) == 0 {
		return nil
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(*w))
	if err == nil && m.Turned {
		*w = turned
	}
	return err
}

// anyKnown reports whether a contact may be called by one of the names.
func (b *Bot) anyKnown(ctx context.Context, r *chat.Request, names ...line.Who) (bool, error) {
	for _, w := range names {
		who := whoOf(w)
		who.Exactly = true
		m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
		if err != nil {
			return false, err
		}
		if m.ID != 0 || len(m.Ask) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// pressBeside records a line for another of the people whom it names.
func (b *Bot) pressBeside(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	d, l, err := b.drafted(ctx, r, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	if r.Too.Apart { // a button of a receipt that did not know yet
		return chat.Say("*Nothing was recorded.* " + apartHint), nil
	}
	reply, err := b.record(ctx, r, d, l)
	reply.Beside = true // the receipt of the first stays
	return reply, err
}

// forOther is the draft that a press of such a button asks for.
func (b *Bot) forOther(ctx context.Context, r *chat.Request) (store.Draft, line.Line, error) {
	id, at, err := twoIDs(r.Action.Value)
	if err != nil {
		return store.Draft{}, line.Line{}, err
	}
	in, err := b.store.Delivered(ctx, r.TeamID, r.PersonID, id)
	if err != nil {
		return store.Draft{}, line.Line{}, err
	}
	d, l, err := b.typedBefore(ctx, r, in)
	if err != nil {
		return d, l, err
	}
	if at < 0 || int(at) >= len(r.Too.All) {
		return d, l, chat.ErrValue
	}
	r.Too.At, r.Too.Delivery = int(at), id
	l.Who = r.Too.All[at]
	d.Who, d.Delivery, d.LoggedAt = whoOf(l.Who), r.Delivery, b.here(r)
	return d, l, nil
}

// besides finds out again, of a line that stands, whom else it names.
func (b *Bot) besides(ctx context.Context, r *chat.Request, rec store.Receipt) (too chat.Beside, err error) {
	in, err := b.store.DeliveryOf(ctx, r.TeamID, r.PersonID, rec.Interaction.ID)
	if errors.Is(err, store.ErrNotFound) { // not typed, or long ago
		return too, nil
	}
	if err != nil {
		return too, err
	}
	first := b.asTyped(in, r)
	if first.Kind == chat.KindAction {
		id, at, err := pressedFor(first.Action)
		if err != nil || id == 0 {
			return too, err
		}
		if in, err = b.store.Delivered(ctx, r.TeamID, r.PersonID, id); err != nil {
			return too, ignore(err, store.ErrNotFound)
		}
		first, too.At = b.asTyped(in, r), at
	}
	who := line.ParseWho(first.View.Values["who"])
	if first.Text != "" {
		l, _ := b.words(r).Parse(first.Text, in.At) // a problem of its note is none of its names
		who = l.Who
	}
	each, _ := who.Several()
	if len(each) == 0 {
		if each, err = b.byCommas(ctx, r, who); err != nil {
			return too, err
		}
	}
	if len(each) < 2 || too.At >= len(each) || !isCalled(rec.Contact, whoOf(each[too.At])) {
		return chat.Beside{}, nil
	}
	too.Delivery, too.All, too.Apart = in.ID, each, line.ToldApart(rec.Interaction.Note, each)
	return too, b.whoHas(ctx, r, &too, rec.Interaction.ID)
}

// pressedFor is the number of the line that a button recorded, and for which of the
// people whom it names; 0: it recorded none.
func pressedFor(a chat.Action) (id int64, at int, err error) {
	switch name, _, _ := strings.Cut(a.ID, ":"); name {
	case "beside":
		id, nth, err := twoIDs(a.Value)
		return id, int(nth), err
	case "anew": // for the first, as the line itself would be
		ids, err := chat.Numbers(a.Value, 1)
		if err != nil {
			return 0, 0, err
		}
		return ids[0], 0, nil
	}
	return 0, 0, nil
}

// whoHas marks of whom of the others the line stands already.
func (b *Bot) whoHas(ctx context.Context, r *chat.Request, too *chat.Beside, interaction int64) error {
	if len(too.All) < 2 {
		return nil
	}
	same, err := b.store.SameLine(ctx, r.TeamID, r.PersonID, interaction)
	if err != nil {
		return err
	}
	too.Has = make([]bool, len(too.All))
	for i, w := range too.All {
		too.Has[i] = slices.ContainsFunc(same, func(c store.Contact) bool { return isCalled(c, whoOf(w)) })
	}
	return nil
}

func ignore(err, which error) error {
	if errors.Is(err, which) {
		return nil
	}
	return err
}

// repeated asks whether the same line again is meant, and offers it for the others whom it
// names.
func (b *Bot) repeated(ctx context.Context, r *chat.Request, out store.Outcome) *post.Message {
	text := fmt.Sprintf("*You recorded this very line already, as #%d.* Nothing was added.", out.Repeat)
	buttons := []*slack.ButtonBlockElement{blockkit.Button("repeat", "Record it again", fmt.Sprintf("%d %d", out.DeliveryID, out.Known.Contact.ID))}
	if r.Too.Delivery == 0 {
		r.Too.Delivery = out.DeliveryID
	}
	if err := b.whoHas(ctx, r, &r.Too, out.Repeat); err != nil { // then all of them are offered: for whom it stands is asked again
		b.cfg.Log.Warn("for whom else a line stands was not looked up", "interaction", out.Repeat, "error", err)
	}
	if others := besideButtons(r.Too); len(others) > 0 {
		text += " " + besideLine(r.Too, out.Known.Contact)
		buttons = append(others, buttons...)
	}
	return &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("repeat", buttons...)}}
}

// besideLine says for whom of several people a line was recorded.
func besideLine(t chat.Beside, c store.Contact) string {
	switch {
	case t.One != "":
		return fmt.Sprintf("I took “%s” for one name. Two people? `Undo`, then a line for each.", blockkit.Escape(t.One))
	case t.Left != "":
		return fmt.Sprintf("You typed “%s”; I recorded it for %s alone.", blockkit.Escape(t.Left), blockkit.Escape(c.Full()))
	case t.Apart:
		return fmt.Sprintf("You named %d people. This stands for %s alone. %s", len(t.All), blockkit.Escape(c.Full()), apartHint)
	case len(besideButtons(t)) == 0:
		return ""
	}
	return fmt.Sprintf("You named %d people. This stands for %s; one click records it for the others too.", len(t.All), blockkit.Escape(c.Full()))
}

// apartHint stands in the place of the buttons that would record one's line for another.
const apartHint = "Your note tells different things of them: type a line for each."

// besideButtons record the line for the others, each by itself; none where it tells different
// things of them.
func besideButtons(t chat.Beside) (all []*slack.ButtonBlockElement) {
	if t.Apart {
		return nil
	}
	for i, w := range t.All {
		if i == t.At || i < len(t.Has) && t.Has[i] {
			continue
		}
		all = append(all, blockkit.Button(fmt.Sprintf("beside:%d", i), "The same for "+w.Name, fmt.Sprintf("%d %d", t.Delivery, i)))
	}
	return all[:min(len(all), 4)]
}
