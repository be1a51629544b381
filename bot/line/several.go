package line

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Several tells apart the people whom a who names: "Dana Ruiz and Tom Bell, Acme"
// are two at one company. It is empty where there is one, or an address says who.
// Unless sure, it may be one name after all ("Marks and Spencer", "dana and tom"):
// then it is somebody known among them who decides.
//
// What is nobody's name ("and her boss") is no person of its own: each is then the
// one name that remains.
func (w Who) Several() (each []Who, sure bool) {
	if w.Email != "" || w.Name == "" || isFirm(w.Name, w.Company) { // "Bianchi & C. Snc"
		return nil, false
	}
	typed, title := w.Name, w.Title
	pieces, _ := atJoints(title)
	if len(pieces) > 1 && !slices.ContainsFunc(pieces, func(p string) bool { return !isFullName(p) }) { // "Dana Ruiz, Tom Bell and Mia Lang, Acme"
		typed, title = typed+", "+title, ""
	}
	names, narrow := atJoints(typed)
	if len(names) < 2 {
		return nil, false
	}
	whole, some := true, false // who has a first and a family name
	for _, n := range names {
		words := strings.Fields(n)
		switch {
		case firmWords[Key(words[0])]:
			return nil, false
		case isNobody(words):
			names = slices.DeleteFunc(names, func(o string) bool { return o == n || isNobody(strings.Fields(o)) })
			if len(names) == 0 {
				return nil, false
			}
			return whos(names, w, title), true
		case slices.ContainsFunc(words, func(s string) bool { return !startsUpper(s) }):
			return whos(names, w, title), false
		}
		whole, some = whole && isFullName(n), some || isFullName(n)
	}
	if narrow && !whole {
		return nil, false // "Ortega y Gasset"
	}
	return whos(names, w, title), some || w.Company != ""
}

// Listed are the ways in which somebody and a company, or what somebody is and a company,
// may be several people after all, whose names commas alone part: "Dana Ruiz, Tom Bell",
// "Dana Ruiz, Tom Bell, Acme". Only who knows all of them can tell.
func (w Who) Listed() (ways [][]Who) {
	first, rest, _ := strings.Cut(w.Raw, ",")
	if w.Email != "" || w.Alias != "" || rest == "" || tidy(first) != w.Name {
		return nil
	}
	names := []string{w.Name}
	for n := range strings.SplitSeq(rest, ",") {
		names = append(names, tidy(n))
	}
	if last := len(names) - 1; !slices.ContainsFunc(names[:last], notWhole) {
		if !notWhole(names[last]) {
			ways = append(ways, whos(names, Who{}, ""))
		}
		if last > 1 {
			ways = append(ways, whos(names[:last], Who{Company: names[last]}, ""))
		}
	}
	return ways
}

// Paired are those whom a letter parts that also stands within one person's name, written as
// names are: "Iñaki y Rosa". It is one name ("Ortega y Gasset") unless all of them are known.
func (w Who) Paired() []Who {
	names, narrow := atJoints(w.Name)
	if each, _ := w.Several(); w.Email != "" || !narrow || len(names) < 2 || len(each) > 0 || isFirm(w.Name, w.Company) || slices.ContainsFunc(names, func(n string) bool { return firmWords[Key(strings.Fields(n)[0])] }) {
		return nil
	}
	return whos(names, w, w.Title)
}

// notWhole reports whether a text is surely no first and family name.
func notWhole(s string) bool {
	words := strings.Fields(s)
	joined, _ := atJoints(s)
	return len(words) < 2 || len(words) > 4 || len(joined) > 1 || IsNobody(s) || tellsOffice(s) || CompanyKey(s) != Key(s) || strings.ContainsAny(s, "0123456789()&+@")
}

// isFullName reports a first and a family name, written as names are.
func isFullName(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool {
		return isRole(w) || !startsUpper(w)
	})
}

func whos(names []string, w Who, title string) (each []Who) {
	for _, n := range names {
		each = append(each, Who{Name: n, Company: w.Company, Title: title, Raw: n})
		title = ""
	}
	return each
}

// atJoints divides names at commas, "and" and the like. narrow is set where the
// joint is a lone letter or word that also stands within one person's name.
func atJoints(s string) (names []string, narrow bool) {
	fields := strings.Fields(strings.ReplaceAll(s, ",", " , "))
	from, joints := 0, 0
	for i, f := range append(fields, ",") {
		wide, known := nameJoints[strings.ToLower(f)]
		if !known {
			continue
		}
		if i > from {
			names = append(names, strings.Join(fields[from:i], " "))
		}
		if f != "," {
			joints, narrow = joints+1, narrow || !wide
		}
		from = i + 1
	}
	if joints == 0 {
		return nil, false
	}
	return names, narrow
}

// nameJoints stand between the names of two people; false: also within one.
var nameJoints = map[string]bool{",": true, "and": true, "&": true, "+": true, "und": true, "y": false, "e": false, "et": false, "en": false}

// isNobody reports whether words name no person: "her boss", "team".
func isNobody(words []string) bool {
	first := Key(words[0])
	return nobodys[first] || len(words) == 1 && (nobodys[strings.TrimSuffix(first, "s")] || isTitle(first))
}

// IsNobody reports whether a text that should name somebody names no one: "her
// friend", "a colleague", "Vice President", "Head of Purchasing".
func IsNobody(name string) bool {
	words := strings.Fields(name)
	return len(words) == 0 || isNobody(words) || isOffice(words)
}

// isOffice reports whether words tell what somebody is and nothing else: "Head of
// Purchasing", "Leiterin Einkauf". What only stands between them ("di", "van") may be a
// name.
func isOffice(words []string) bool {
	named := slices.ContainsFunc(words, func(w string) bool { return !isRole(w) && !isDepartment(w) && !isOf(w) })
	return !named && slices.ContainsFunc(words, func(w string) bool { return isRole(w) || isDepartment(w) })
}

// namesOffice reports whether a text is what somebody is and nothing else, a role in it.
func namesOffice(text string) bool { return tellsOffice(text) && isOffice(strings.Fields(text)) }

// tellsOffice reports whether a text is what somebody is, whatever else it says of it: "VP
// Sales EMEA", "head of the plant".
func tellsOffice(text string) bool { return slices.ContainsFunc(strings.Fields(text), isRole) }

func isDepartment(word string) bool {
	_, n := departments().at([]token{{fold: Key(word)}}, 0)
	return n > 0
}

func isOf(word string) bool {
	_, n := ofCompany().at([]token{{fold: Key(word)}}, 0)
	return n > 0
}

func isTitle(word string) bool {
	_, n := titleWords().at([]token{{fold: word}}, 0)
	return n > 0
}

func startsUpper(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) || unicode.IsLetter(first) && !unicode.IsLower(first) // some scripts have no capitals
}

// Words that begin what is no name, and those that make one name of two.
var (
	nobodys = map[string]bool{"her": true, "his": true, "their": true, "the": true, "a": true, "two": true, "three": true, "some": true, "others": true, "team": true, "boss": true,
		"colleague": true, "co": false, "ihr": true, "ihre": true, "ihrem": true, "ihrer": true, "sein": true, "seine": true, "seinem": true, "seiner": true, "der": true, "die": true, "zwei": true, "drei": true,
		"kollege": true, "kollegin": true, "kollegen": true, "chef": true, "chefin": true, "su": true, "sus": true, "son": true, "sa": true, "ses": true, "seu": true, "sua": true, "suo": true, "i": true, "haar": true, "zijn": true,
		"equipo": true, "equipe": true, "collega": true, "collegue": true, "colega": true}
	firmWords = map[string]bool{"sons": true, "son": true, "co": true, "partners": true, "partner": true, "cie": true, "sohne": true, "sohn": true, "hijos": true, "figli": true, "filhos": true, "zonen": true, "zoon": true, "associates": true, "company": true, "brothers": true}
)
