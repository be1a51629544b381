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
		if at[0] <= from || !partsTwo(text[from:at[0]], strings.TrimSpace(text[at[0]:at[1]]), rest) {
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

// Referee reads the one whom a referral names, as [ParseWho] and in the words in which
// referrals are told: "Lee Park of Beta", "Lee Park at Beta, Head of Purchasing". What
// stands behind the company is what they are, a place, or an address.
func Referee(text string) Who {
	for _, of := range []string{" at ", " from ", " of "} {
		i := indexFold(text, of)
		if i <= 0 || (named{words: strings.Fields(text[:i]), by: strings.TrimSpace(of)}).isOffice() {
			continue
		}
		company, more, _ := strings.Cut(text[i+len(of):], ", ")
		title := ""
		for piece := range strings.SplitSeq(more, ", ") {
			switch {
			case strings.Contains(piece, "@"):
				company += " " + piece
			case tellsOffice(piece):
				title = tidy(piece)
			}
		}
		w := ParseWho(text[:i] + ", " + company)
		if w.Title == "" {
			w.Title = title
		}
		return w
	}
	return ParseWho(text)
}

// named is somebody as a text begins with them: the name's words, and the word that tells
// the company behind it, or a comma.
type named struct {
	words []string
	by    string
}

// nameAt reads a name and the company that it is of, before anybody else. What somebody is
// ("Head of Purchasing", "VP at Beta") and what a firm is called ("Bank of Boston") are no
// names.
func nameAt(text string) (n named, ok bool) {
	at := ofFirm.FindStringIndex(text)
	if at == nil || personJoints.MatchString(text[:at[0]]) {
		return n, false
	}
	n = named{words: strings.Fields(text[:at[0]]), by: strings.ToLower(strings.TrimSpace(text[at[0]:at[1]]))}
	if len(n.words) == 0 || len(n.words) > mostNameWords || n.isOffice() || firmWords[Key(n.words[0])] {
		return n, false
	}
	return n, len(n.words) > 1 || startsUpper(n.words[0])
}

// isOffice reports whether the words tell what somebody is, and no name: a role stands
// first or before what it is of, or nothing but roles and departments.
func (n named) isOffice() bool {
	return IsNobody(strings.Join(n.words, " ")) || isRole(n.words[0]) || n.ofSomething() && isRole(n.words[len(n.words)-1])
}

// ofSomething: a place is of something as well as a person, "Bank of Boston".
func (n named) ofSomething() bool { return n.by == "of" || n.by == "de" || n.by == "von" }

// partsTwo reports whether a joint stands between two people. What stands behind commas may
// be places as well ("Munich, Germany"), and what stands behind "&" the rest of a firm's name
// ("Barnes & Noble, Boston"): there a company must be told by a word.
func partsTwo(before, joint, behind string) bool {
	one, ok := nameAt(before)
	two, too := nameAt(behind)
	switch {
	case !ok || !too:
		return false
	case joint == "" || joint == ";": // "" is a line's end
		return true
	case joint == "&":
		return len(two.words) > 1 && two.by != "," && !two.ofSomething()
	case two.by != ",":
		return joint[0] != ',' || len(two.words) > 1 || !two.ofSomething()
	}
	return joint[0] != ',' && (len(two.words) > 1 || one.by == "," && len(one.words) == 1)
}

func isRole(word string) bool {
	_, n := roleWords().at([]token{{fold: Key(word)}}, 0)
	return n > 0
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
