package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"cairn/bot/line"
	"cairn/store"
)

// find resolves a typed name to one contact. Where it cannot, reply says what
// to type instead.
func (b *Bot) find(ctx context.Context, r *Request, name string) (store.Contact, *Reply, error) {
	name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line.Unescape(name)), ":"))
	if name == "" {
		reply := say("Whom do you mean? Add a name: `" + strings.TrimSpace(b.slash("coach")+" "+cmp.Or(r.Verb, "card")+" dana") + "`.")
		return store.Contact{}, &reply, nil
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(line.ParseWho(name)))
	if err != nil {
		return store.Contact{}, nil, err
	}
	if m.ID == 0 {
		reply := say(b.nobody(name, m.Ask))
		return store.Contact{}, &reply, nil
	}
	c, err := b.store.Contact(ctx, r.TeamID, m.ID)
	return c, nil, err
}

// findAtStart finds the contact that a text begins with and returns what
// follows: "dana checklist".
func (b *Bot) findAtStart(ctx context.Context, r *Request, text string) (store.Contact, string, *Reply, error) {
	for _, start := range line.Starts(text) {
		m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, store.Who{Name: start.Name, NameKey: line.Key(start.Name), Exactly: true})
		if err != nil {
			return store.Contact{}, "", nil, err
		}
		if len(m.Ask) > 0 {
			reply := say(b.nobody(start.Name, m.Ask))
			return store.Contact{}, "", &reply, nil
		}
		if m.ID != 0 {
			c, err := b.store.Contact(ctx, r.TeamID, m.ID)
			return c, strings.TrimSpace(strings.TrimLeft(start.Rest, ":,")), nil, err
		}
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	reply := say(b.nobody(first, nil))
	return store.Contact{}, "", &reply, nil
}

// nobody says that a name fits nobody, or several.
func (b *Bot) nobody(name string, several []store.Candidate) string {
	if len(several) == 0 {
		return fmt.Sprintf("I know nobody called “%s”. The first line about somebody makes them known: `%s %s, their company: what happened`.",
			esc(cut(name, 60)), b.slash("log"), esc(cut(name, 60)))
	}
	var full []string
	for _, c := range several {
		full = append(full, "`"+esc(c.Full())+"`")
	}
	return fmt.Sprintf("“%s” may be %s. Type the full name, with the company if need be.", esc(cut(name, 60)), strings.Join(full, " or "))
}

func orZero(r *Reply) Reply {
	if r == nil {
		return Reply{}
	}
	return *r
}

// cutFold is strings.Cut without regard to case.
func cutFold(s, sep string) (before, after string, found bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && len(strings.ToLower(s)) == len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// oneLine is text without its line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// fenced is text as it may stand within a code fence.
func fenced(s string) string { return strings.ReplaceAll(esc(cut(s, 2400)), "```", "'''") }
