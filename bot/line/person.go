package line

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Person is somebody whom a note names, beside the one whom it is about.
type Person struct {
	Name    string
	Company string // empty where none is named with them
	Title   string // "CFO" in "Leon Krug, CFO of Beta Pumps"
}

// maxPeople bounds how many people are read in one text.
const maxPeople = 5

// People lists the people whom a text names, each once, in order: somebody
// pointed to by full name ("in touch with Leon Krug", "uns Leon Krug"), or named
// with a company ("Leon Krug of Beta Pumps", "rang Judy at Alder Veneer"). A word
// with a capital that stands alone is nobody, and neither is a company by itself.
// Whether anything took place between them and us is not read here.
func People(text string) (all []Person) {
	if !utf8.ValidString(text) {
		return nil
	}
	r := newReading(text, time.Time{})
	before := -1 // where the last one ended
	for i := 0; i < len(r.toks) && len(all) < maxPeople; {
		p, next := r.personAt(i)
		if next == 0 {
			i++
			continue
		}
		joined := before >= 0 && r.joined(before, i)
		if joined && all[len(all)-1].Company == "" {
			all[len(all)-1].Company = p.Company // "Leon Krug and Mia Lang of Beta Pumps"
		}
		known := slices.ContainsFunc(all, func(o Person) bool { return Key(o.Name) == Key(p.Name) })
		if !known && (joined || r.pointedTo(i) || p.Company != "" && r.isOfCompany(r.nameEnd(r.skipTitle(i)))) {
			all, before = append(all, p), next
		}
		i = next
	}
	return all
}

// joined reports whether nothing but an "and" or a comma stands between two tokens.
func (r *reading) joined(from, to int) bool {
	if to-from != 1 {
		return false
	}
	_, n := ands().at(r.toks, from)
	return n > 0 || r.mark(from) == ','
}

// mark is the sign at token i if it ends a clause, else 0.
func (r *reading) mark(i int) byte {
	if i < 0 || i >= len(r.toks) || r.toks[i].kind != breaks {
		return 0
	}
	return r.note[r.toks[i].at]
}

// personAt reads the name that begins at token i, and the company behind it.
// next is the token after them; 0 where no name begins.
func (r *reading) personAt(i int) (p Person, next int) {
	if i > 0 && r.isNameWord(i-1) {
		return p, 0 // within a name
	}
	first := r.skipTitle(i)
	end := r.nameEnd(first)
	if end == first {
		return p, 0
	}
	names := len(strings.Fields(span(r.note, r.toks, first, end)))
	p.Name = tidy(span(r.note, r.toks, first, end))
	if first > i && names == 1 { // "Herrn Müller"
		p.Name = tidy(strings.Replace(span(r.note, r.toks, i, end), "Herrn", "Herr", 1))
	}
	next = end
	if at, company, to := r.companyBehind(end); to > end {
		p.Company, next = company, to
		if at > end+1 && r.mark(end) != 0 {
			p.Title = tidy(span(r.note, r.toks, end+1, at))
		}
		if _, n := departments().at(r.toks, r.skip(openers(), at+1, to)); n > 0 {
			return p, 0 // of their own house
		}
	}
	lone := first == i && names == 1
	if lone && (isAcronym(p.Name) || p.Company == "" || !r.pointedTo(i) && r.toks[end].fold != "at") || p.Company == "" && CompanyKey(p.Name) != Key(p.Name) {
		return p, 0
	}
	return p, next
}

// isNameWord reports whether token i may be part of a name.
func (r *reading) isNameWord(i int) bool {
	if i >= len(r.toks) || r.toks[i].kind != word || !r.toks[i].upper || r.inDay(i) {
		return false
	}
	for _, not := range [...]*lexicon[struct{}]{notNames(), departments()} {
		if _, n := not.at(r.toks, i); n > 0 {
			return false
		}
	}
	return true
}

// skipTitle passes over "Mr", "Frau Dr." before a name.
func (r *reading) skipTitle(i int) int {
	for range 3 { // "Frau Prof. Dr."
		if i+1 >= len(r.toks) {
			break
		}
		_, n := titleWords().at(r.toks, i)
		if n == 0 {
			break
		}
		if i += n; r.mark(i) == '.' {
			i++
		}
	}
	return i
}

// nameEnd is the token after the name that begins at i: words with a capital,
// joined by hyphens, one of them perhaps behind a "van" or "von der".
func (r *reading) nameEnd(i int) int {
	end := i
	for r.isNameWord(end) {
		end++
		if end+1 < len(r.toks) && r.toks[end].fold == "-" && r.isNameWord(end+1) {
			end++
		}
	}
	if end-i != 1 {
		return end
	}
	k := end
	for k < len(r.toks) && particles[r.toks[k].fold] {
		k++
	}
	if k > end && r.isNameWord(k) && !r.isNameWord(k+1) { // "Ursula von der Leyen", but "Leon von Beta Pumps"
		return k + 1
	}
	return end
}

var particles = map[string]bool{"van": true, "von": true, "der": true, "den": true, "de": true, "la": true, "zu": true, "ter": true}

// companyBehind reads the company that is named right behind a name: "at Beta
// Pumps", "(Beta Pumps)", ", CFO of Beta Pumps". at is the small word or mark
// before it; to == end where there is none.
func (r *reading) companyBehind(end int) (at int, company string, to int) {
	at = end
	if m := r.mark(end); m == ',' || m == '(' {
		if name, to := r.companyRun(end + 1); to > 0 && r.isAlone(m, end, to) {
			return end, name, to
		}
		for at = end + 1; at < min(end+5, len(r.toks)) && r.mark(at) == 0 && !r.isOfCompany(at); at++ {
		}
		if r.mark(at) == ',' && m == '(' { // "(CFO, Beta Pumps)"
			if name, to := r.companyRun(at + 1); to > 0 {
				return at, name, to
			}
		}
	}
	if at >= len(r.toks) || !r.isOfCompany(at) {
		return end, "", end
	}
	_, n := ofCompany().at(r.toks, at)
	from := r.skip(openers(), at+n, len(r.toks))
	name, to := r.companyRun(from)
	if to == 0 {
		return end, "", end
	}
	if from > at+n && to < len(r.toks) && r.toks[from-1].fold == "the" && r.toks[to].kind == word && r.toks[to].clause == r.toks[from].clause && !r.closes(to, from) {
		name, to = tidy(span(r.note, r.toks, from, to+1)), to+1 // "the Kisumu diocese"
	}
	return at, name, to
}

func (r *reading) isOfCompany(i int) bool {
	_, n := ofCompany().at(r.toks, i)
	return n > 0
}

// isAlone reports whether what stands behind a comma or a bracket is a company,
// not the next of several people.
func (r *reading) isAlone(m byte, end, to int) bool {
	if _, n := roleWords().at(r.toks, end+1); n > 0 {
		return false
	}
	if m == '(' {
		return r.mark(to) == ')'
	}
	if to >= len(r.toks) {
		return true
	}
	_, and := ands().at(r.toks, to)
	return and == 0 && !r.isOfCompany(to) && !(r.mark(to) == ',' && r.isNameWord(to+1))
}

// companyRun reads a company's name from token i on; to is 0 where none stands.
func (r *reading) companyRun(i int) (name string, to int) {
	to = i
	for to < len(r.toks) && r.toks[to].kind == word && r.toks[to].upper && !r.inDay(to) || to > i && to < len(r.toks) && r.toks[to].kind == number {
		to++
		if to+1 < len(r.toks) && (within[r.toks[to].fold]) && (r.toks[to+1].upper || r.toks[to+1].kind == number) && r.toks[to+1].kind != breaks {
			to++
		}
	}
	if to == i {
		return "", 0
	}
	return tidy(span(r.note, r.toks, i, to)), to
}

// within may stand inside a company's name.
var within = map[string]bool{"&": true, "-": true, "of": true, "de": true, "la": true, "du": true, "di": true, "del": true}

// pointedTo reports whether a word that points to somebody stands before token i.
func (r *reading) pointedTo(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if _, n := pointers().at(r.toks[:i], k); n > 0 {
			return true
		}
		if _, n := openers().at(r.toks[:i], k); n == 0 {
			return false
		}
	}
	return false
}

// isAcronym reports whether a word is written in capitals alone.
func isAcronym(s string) bool {
	return len(s) > 1 && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// Who is the person as somebody whom a line is about.
func (p Person) Who() Who { return Who{Name: p.Name, Company: p.Company, Title: p.Title, Raw: p.Name} }

// FirstName is the name by which one speaks to somebody: the first, or both with
// the title where no more is known ("Herr Müller").
func FirstName(name string) string {
	words := strings.Fields(name)
	at := titlesOf(words)
	switch {
	case len(words) == 0:
		return ""
	case at > 0 && at == len(words)-1, words[at] == strings.ToLower(words[at]) && (particles[words[at]] || isOf(words[at])): // "van der Berg" is all a family name
		return name
	}
	return words[at]
}

// FormalName is how somebody is addressed in a language that keeps first names for
// friends: with "Herr" or "Frau" and the family name where that is known, else with
// the name in full, "Frau Dr. Weber" or "Martina Weber".
func FormalName(name string) string {
	words := strings.Fields(name)
	at := titlesOf(words)
	if len(words)-at < 2 || at == 0 || !salutations[Key(words[0])] {
		return strings.Join(words, " ")
	}
	family := len(words) - 1
	for family-1 >= at && particles[Key(words[family-1])] { // "Frau Anna von der Heide"
		family--
	}
	return strings.Join(append(words[:at:at], words[family:]...), " ")
}

// salutations tell how to address somebody; other titles go with the whole name.
var salutations = map[string]bool{"herr": true, "hr": true, "fr": true, "frau": true, "mr": true, "mrs": true, "ms": true, "miss": true, "madame": true, "monsieur": true, "mme": true, "mademoiselle": true, "mlle": true,
	"senor": true, "senora": true, "senorita": true, "sr": true, "sra": true, "srta": true, "signor": true, "signora": true, "signorina": true, "sig": true, "mevrouw": true, "meneer": true, "mevr": true, "mw": true, "dhr": true}

// BareKey is the [Key] of a name without the titles before it; empty where none
// stand there.
func BareKey(name string) string {
	words := strings.Fields(name)
	at := titlesOf(words)
	if at == 0 {
		return ""
	}
	return Key(strings.Join(words[at:], " "))
}

// titlesOf is how many of the words of a name are titles before it; the last word
// is never one.
func titlesOf(words []string) (n int) {
	for n < len(words)-1 && isNameTitle(words[n]) {
		n++
	}
	return n
}

// isNameTitle reports whether a word before a name is a title, or part of one:
// "Dipl.-Ing.". What may be a name itself is one with its dot only.
func isNameTitle(word string) bool {
	parts := strings.Fields(Key(word))
	for _, part := range parts {
		if !isTitle(part) && !(strings.Contains(word, ".") && shortTitles[part]) {
			return false
		}
	}
	return len(parts) > 0
}

var shortTitles = map[string]bool{"m": true, "ra": true, "ssa": true, "avv": true, "drs": true, "hr": true, "fr": true, "med": true, "dent": true, "vet": true, "jur": true, "phil": true, "rer": true, "nat": true, "pol": true, "oec": true,
	"ing": true, "dipl": true, "mag": true, "univ": true, "habil": true, "pd": true, "kfm": true, "kffr": true}
