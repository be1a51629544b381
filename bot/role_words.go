package bot

import (
	"fmt"
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/line"
	"cairn/store"
)

// The words that may stand between somebody and a role.
var (
	roleFillers = []string{"a", "an", "the", "is", "as", "be", "to", "any", "more"}
	roleTaken   = []string{"not", "no", "isn't", "never", "longer", "anymore", "without", "remove", "revoke", "take", "away"}
	roleJoins   = []string{"to", "for", "from"}
)

// splitRole reads "@eli editor", "Eli Park not an editor", "@eli is no longer
// editor", "editor @ben", "remove editor from @ben", "make @ben a manager".
func splitRole(text string) (who string, role store.Role, give, ok bool) {
	words := strings.Fields(text)
	at := slices.IndexFunc(words, func(w string) bool {
		return slices.ContainsFunc(roles, func(known roleRow) bool { return known.role == asRole(w) })
	})
	if at < 0 || len(words) < 2 {
		return "", "", false, false
	}
	role, give = asRole(words[at]), true
	before, after := words[:at], words[at+1:]
	plain := func(w string) bool {
		w = strings.ToLower(strings.Trim(w, ".,:"))
		if slices.Contains(roleTaken, w) {
			give = false
			return true
		}
		return slices.Contains(roleFillers, w)
	}
	for len(before) > 0 && plain(before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	for len(after) > 0 && plain(after[len(after)-1]) {
		after = after[:len(after)-1]
	}
	if len(before) > 1 && slices.Contains(roleTaken, strings.ToLower(before[0])) { // "remove @eli as editor"
		before, give = before[1:], false
	}
	if len(before) > 1 && slices.Contains([]string{"make", "give"}, strings.ToLower(before[0])) {
		before = before[1:]
	}
	if len(before) == 0 {
		if len(after) > 1 && slices.Contains(roleJoins, strings.ToLower(after[0])) {
			after = after[1:]
		}
		before, after = after, nil
	}
	if len(before) == 0 || len(after) > 0 {
		return "", "", false, false
	}
	return strings.Join(before, " "), role, give, true
}

func asRole(word string) store.Role {
	return store.Role(strings.ToLower(strings.Trim(word, ".,:")))
}

// roleNotUnderstood says what of the words is no role, and how a role is given
// and taken.
func (b *Bot) roleNotUnderstood(text string) string {
	names := make([]string, len(roles))
	for i, known := range roles {
		names[i] = string(known.role)
	}
	words := strings.Fields(text)
	said := fmt.Sprintf("*Nothing changed*: I did not understand “%s”.", blockkit.Escape(blockkit.Truncate(blockkit.OneLine(text), 60)))
	if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(names, string(asRole(w))) }); i < 0 {
		last := words[len(words)-1]
		said = fmt.Sprintf("*Nothing changed*: there is no role “%s”.", blockkit.Escape(blockkit.Truncate(last, 40)))
		if mention.MatchString(last) || strings.HasPrefix(last, "@") {
			said = "*Nothing changed*: a role is missing."
		} else if near, ok := line.Nearest(last, names); ok {
			said += fmt.Sprintf(" Did you mean `%s`?", near)
		}
	}
	return said + fmt.Sprintf(" `%s role @eli editor` gives a role, `%s role @eli not editor` takes it away.", b.slash("coach"), b.slash("coach"))
}
