package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/store"
)

// find resolves a typed name to one contact. Where it cannot, reply says what
// to type instead.
func (b *Bot) find(ctx context.Context, r *chat.Request, name string) (store.Contact, *chat.Reply, error) {
	name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line.Unescape(name)), ":"))
	if name == "" {
		reply := chat.Say("Whom do you mean? Add a name: `" + strings.TrimSpace(b.slash("coach")+" "+cmp.Or(r.Verb, "card")+" dana") + "`.")
		return store.Contact{}, &reply, nil
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(line.ParseWho(name)))
	if err != nil {
		return store.Contact{}, nil, err
	}
	if m.ID == 0 {
		reply := chat.Say(b.nobody(name, m.Ask))
		return store.Contact{}, &reply, nil
	}
	c, err := b.store.Contact(ctx, r.TeamID, m.ID)
	return c, nil, err
}

// findOwn resolves a typed name to one contact among those about whom the person has
// written, with the ID 0 where there is none; several are those that it may mean.
func (b *Bot) findOwn(ctx context.Context, r *chat.Request, name string) (c store.Contact, several []store.Candidate, err error) {
	m, err := b.store.FindOwn(ctx, r.TeamID, r.PersonID, whoOf(line.ParseWho(strings.TrimSpace(line.Unescape(name)))))
	if err != nil || m.ID == 0 {
		return store.Contact{}, m.Ask, err
	}
	c, err = b.store.Contact(ctx, r.TeamID, m.ID)
	return c, nil, err
}

// findAtStart finds the contact that a text begins with and returns what
// follows: "dana checklist". What may be the rest of a name is taken for what
// follows only where goesOn, if there is one, says so.
func (b *Bot) findAtStart(ctx context.Context, r *chat.Request, text string, goesOn func(rest string) bool) (store.Contact, string, *chat.Reply, error) {
	whole := 1 // words of the name that nobody bears
	for _, start := range line.Starts(text) {
		if start.More && (goesOn == nil || !goesOn(start.Rest)) {
			whole = 2
			continue
		}
		m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, store.Who{Name: start.Name, NameKey: line.Key(start.Name), Exactly: true})
		if err != nil {
			return store.Contact{}, "", nil, err
		}
		if len(m.Ask) > 0 {
			reply := chat.Say(b.nobody(start.Name, m.Ask))
			return store.Contact{}, "", &reply, nil
		}
		if m.ID != 0 {
			c, err := b.store.Contact(ctx, r.TeamID, m.ID)
			return c, strings.TrimSpace(strings.TrimLeft(start.Rest, ":,")), nil, err
		}
	}
	words := strings.Fields(text)
	reply := chat.Say(b.nobody(strings.Join(words[:min(whole, len(words))], " "), nil))
	return store.Contact{}, "", &reply, nil
}

// nobody says that a name fits nobody, or several.
func (b *Bot) nobody(name string, several []store.Candidate) string {
	if len(several) == 0 {
		return fmt.Sprintf("I know nobody called “%s”. The first line about somebody makes them known: `%s %s, their company: what happened`.",
			blockkit.Escape(blockkit.Truncate(name, 60)), b.slash("log"), blockkit.Escape(blockkit.Truncate(name, 60)))
	}
	var full []string
	for _, c := range several {
		full = append(full, "`"+blockkit.Escape(c.Full())+"`")
	}
	return fmt.Sprintf("“%s” may be %s. Type the full name, with the company if need be.", blockkit.Escape(blockkit.Truncate(name, 60)), strings.Join(full, " or "))
}

// cutFold is strings.Cut without regard to case.
func cutFold(s, sep string) (before, after string, found bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && len(strings.ToLower(s)) == len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
