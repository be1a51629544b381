package coach

import (
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/store"
)

// Referred are the people whom a note about a contact names where it tells of a
// referral: whom the contact made known to us. Nobody where it shows none, and
// never somebody of the contact's own company.
func (c *Coach) Referred(about store.Contact, note string, signals []store.Signal) []line.Person {
	i := slices.IndexFunc(signals, func(g store.Signal) bool { return g.Signal == string(journey.Referral) })
	if i < 0 {
		return nil
	}
	note = c.Tells(about, note)
	if g := signals[i]; g.Quote != "" && g.Start+len(g.Quote) <= len(note) { // else a person said so: all of it may tell whom
		note = note[g.Start:sentenceEnd(note, g.Start+len(g.Quote))]
	}
	name, company := line.Key(about.Name), line.CompanyKey(about.Company.Name)
	return slices.DeleteFunc(line.People(note), func(p line.Person) bool {
		return company != "" && line.CompanyKey(p.Company) == company || line.Key(p.Name) == name || p.Company == "" && holdsName(name, line.Key(p.Name))
	})
}

// Successor is who comes after a contact of whom a note says that they left, where it
// names somebody; false where it does not.
func (c *Coach) Successor(about store.Contact, note string) (line.Person, bool) {
	n := observe.Note{Text: c.Tells(about, note), Names: []string{about.Name, about.Company.Name}}
	name := c.Reader.Successor(n)
	if name == "" || line.Key(name) == line.Key(about.Name) {
		return line.Person{}, false
	}
	return line.Person{Name: name, Company: about.Company.Name}, true
}

// holdsName reports whether every word of part is a word of name.
func holdsName(name, part string) bool {
	words := strings.Fields(name)
	for w := range strings.FieldsSeq(part) {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return part != ""
}

// sentenceEnd is where the sentence ends that goes on at byte i: a quote may stop
// before a bracket or a comma. The full stop of "Dr." ends none.
func sentenceEnd(note string, i int) int {
	for ; i < len(note); i++ {
		switch note[i] {
		case '\n', '!', '?', ';':
			return i
		case '.':
			word := note[strings.LastIndexAny(note[:i], " (,")+1 : i]
			if len(word) > 4 || i+1 == len(note) {
				return i
			}
		}
	}
	return i
}
