package chat

import (
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/store"
)

// Names are the names of a team's people by id.
type Names map[string]string

// NamesOf are the names of people.
func NamesOf(people []store.Person) Names {
	names := make(Names, len(people))
	for _, p := range people {
		names[p.ID] = p.Name
	}
	return names
}

// Of is the name of a person, not escaped; their id where none is known.
func (n Names) Of(id string) string {
	if name := n[id]; name != "" {
		return name
	}
	return id
}

// Changer names who changed something, escaped; an import is nobody in Slack.
func (n Names) Changer(id string) string {
	if id == "import" {
		return "`cairn import`"
	}
	return blockkit.Escape(n.Of(id))
}

// NameOf is the name of a person, not escaped; their id where none is known.
func NameOf(p store.Person) string {
	if p.Name == "" {
		return p.ID
	}
	return p.Name
}

// WhoHas names up to four people who have one of the roles, admins last: "Eli Park,
// Maya Lind or Ada Novak". They are escaped.
func WhoHas(people []store.Person, roles ...store.Role) string {
	var named, admins []string
	for _, p := range people {
		switch {
		case slices.Contains(p.Roles, store.Admin):
			admins = append(admins, blockkit.Escape(NameOf(p)))
		case slices.ContainsFunc(roles, func(role store.Role) bool { return slices.Contains(p.Roles, role) }):
			named = append(named, blockkit.Escape(NameOf(p)))
		}
	}
	all := append(named, admins...)
	all = all[:min(len(all), 4)]
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}
