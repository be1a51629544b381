package librarian

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// Command is the library: everybody may look into it, editors keep it.
func (d *Desk) Command(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	text := line.Unescape(r.Text)
	verb, rest := line.Command(text)
	needs := func(roles ...store.Role) (*chat.Reply, error) { return d.needs(ctx, r, roles...) }
	switch verb {
	case "add", "edit", "retire", "log":
		if no, err := needs(store.Editor); no != nil || err != nil {
			return chat.OrNone(no), err
		}
	case "score", "stale", "unused", "gaps":
		if no, err := needs(store.Editor, store.Manager); no != nil || err != nil {
			return chat.OrNone(no), err
		}
	}
	switch verb {
	case "add":
		return chat.Reply{Modal: d.form(r, begun(rest), "")}, nil
	case "edit":
		return d.edit(ctx, r, rest)
	case "retire":
		return d.retire(ctx, r, rest)
	case "log":
		return d.log(ctx, r, rest)
	case "score":
		return d.score(ctx, r, 0)
	case "stale":
		return d.stale(ctx, r)
	case "unused":
		return d.unused(ctx, r)
	case "gaps":
		return d.gaps(ctx, r, 0)
	case "list", "all":
		if rest == "" { // with more words it is looked for: "list of assets"
			return d.list(ctx, r, "", 0)
		}
	}
	return d.list(ctx, r, text, 0)
}

// verbs are what [Desk.Command] does beside looking into the library.
var verbs = []string{"add", "edit", "retire", "log", "score", "stale", "unused", "gaps", "list"}

// begun is a new item as the words behind add begin it: by its address or its title.
func begun(words string) store.Content {
	c := store.Content{PassOn: true, Education: "results"}
	if _, err := suggest.CanonicalURL(words); err == nil {
		c.URL = words
	} else {
		c.Title = words
	}
	return c
}

// needs answers whoever has none of the roles; nil: they have one.
func (d *Desk) needs(ctx context.Context, r *chat.Request, roles ...store.Role) (*chat.Reply, error) {
	p, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if err == nil && slices.ContainsFunc(roles, p.Is) {
		return nil, nil
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = string(role) + "s"
	}
	people, err := d.Store.People(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("This is for %s and admins.", strings.Join(names, ", "))
	if who := chat.WhoHas(people, roles...); who != "" {
		text += fmt.Sprintf(" Tell %s what you need.", who)
	}
	reply := chat.Say(fmt.Sprintf("%s An admin gives the role: `%s role @you %s`.", text, d.Slash("coach"), roles[0]))
	return &reply, nil
}

// besideOf leaves the message whose button was pressed as it is.
func besideOf(reply *chat.Reply) chat.Reply {
	if reply == nil {
		return chat.Reply{}
	}
	reply.Beside = true
	return *reply
}
