package line

import (
	"regexp"
	"strings"
)

var (
	// personJoints may stand between two people.
	personJoints = regexp.MustCompile(`(?i)\s*[;\n]\s*|,?\s+(?:and|und|plus|sowie|et|y|e|&|\+)\s+|,\s+`)
	// ofFirm opens the company behind a name.
	ofFirm = regexp.MustCompile(`(?i)\s(?:at|from|of|bei|von|chez|de)\s|,\s`)
)

// mostNameWords is how many words a name has at most before its company.
const mostNameWords = 4

// Referees tells apart the people whom a referral names, each with a company: "Lee Park
// at Beta and Bo Li from Gamma", "Lee Park and Bo Li at Beta". Of one there is one; what
// may be a company of two names ("Lee Park at Barnes and Noble") is taken for one.
func Referees(text string) (people []string) {
	text = strings.TrimSpace(text)
	from := 0
	for _, at := range personJoints.FindAllStringIndex(text, -1) {
		rest := text[at[1]:]
		if startsUpper(text) && !startsUpper(rest) {
			continue // "Lee Park at Beta, who is head of purchasing"
		}
		if at[0] <= from || !namesSomebody(rest, text[at[0]] == ',') || !namesSomebody(text[from:at[0]], false) {
			continue
		}
		people = append(people, text[from:at[0]])
		from = at[1]
	}
	if from > 0 {
		return append(people, text[from:])
	}
	return atOneFirm(text)
}

// namesSomebody reports whether a text begins with a name and the company that it is of,
// before anybody else. listed: what stands behind commas may be places as well
// ("Munich, Germany"), and a company must be told by a word.
func namesSomebody(text string, listed bool) bool {
	at := ofFirm.FindStringIndex(text)
	if at == nil || listed && text[at[0]] == ',' {
		return false
	}
	words := strings.Fields(text[:at[0]])
	if len(words) == 0 || len(words) > mostNameWords || isNobody(words) || firmWords[Key(words[0])] {
		return false
	}
	joined := personJoints.MatchString(text[:at[0]])
	return !joined && (len(words) > 1 || startsUpper(words[0]))
}

// atOneFirm tells apart several who are named before one company.
func atOneFirm(text string) []string {
	at := ofFirm.FindStringIndex(text)
	if at == nil {
		return []string{text}
	}
	w := ParseWho(text[:at[0]] + ", " + text[at[1]:])
	each, sure := w.Several()
	if !sure || len(each) < 2 {
		return []string{text}
	}
	var people []string
	for _, p := range each {
		people = append(people, p.Name+text[at[0]:])
	}
	return people
}
