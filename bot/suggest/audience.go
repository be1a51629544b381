package suggest

import (
	"slices"
	"strings"
	"unicode"
)

// audience is whom an item is for, or what a contact is: families of the
// guide, and the stems of the words themselves for what the guide lacks.
type audience struct {
	families []string
	stems    []string
	whole    []string // of the families those that are meant as a whole: "health", not "dental"
	anyone   bool     // nothing said
}

func (g *Guide) audience(book phrasebook, names []string) audience {
	a := audience{anyone: true}
	for _, name := range names {
		for _, f := range book.families(name) {
			if !slices.Contains(a.families, f) {
				a.families = append(a.families, f)
			}
		}
		for _, w := range words(name) {
			s := g.stems.Of(w.folded)
			if !g.ranks[s] && !slices.Contains(a.stems, s) {
				a.stems = append(a.stems, s)
			}
			for _, f := range a.families {
				if strings.HasPrefix(s, g.stems.Of(f)) && !slices.Contains(a.whole, f) {
					a.whole = append(a.whole, f)
				}
			}
			a.anyone = false
		}
	}
	return a
}

func (a audience) keys() []string {
	keys := make([]string, 0, len(a.families)+len(a.stems))
	for _, f := range a.families {
		keys = append(keys, "~"+f)
	}
	return append(keys, a.stems...)
}

// named returns the families of roles that ws, words of a note's text, name: "her
// CFO". Short names count only in capitals: "IT" is a department, "it" is not.
func (g *Guide) named(text string, ws []word) []string {
	var found []string
	last := ""
	for _, w := range ws {
		s := g.stems.Of(w.folded)
		pair := last + " " + s
		last = s
		if w.end-w.start <= 3 && !unicode.IsUpper(rune(text[w.end-1])) {
			s = ""
		}
		for _, key := range [...]string{s, pair} {
			for _, f := range g.roles[key] {
				if !slices.Contains(found, f) {
					found = append(found, f)
				}
			}
		}
	}
	return found
}

// bringWords come before somebody who is asked or brought in next, at most
// bringReach words before.
var bringWords = strings.Fields(fold(`ask asks asking check checks checking consult consults involve involves involving bring brings bringing
	forward forwards convince convinces discuss discusses present presents show shows wants needs loop
	fragt fragen klärt klären bespricht besprechen holt mitbringen zeigt zeigen überzeugen demande demander consulter montrer convaincre parler
	pregunta preguntar consulta consultar enseñar convencer chiede chiedere sentire mostrare convincere pergunta perguntar mostrar vraagt vragen overleggen betrekken overtuigen`))

const bringReach = 4

// bringing returns the families of roles that a note, of the words ws, says will be
// asked or brought in: "will ask IT".
func (g *Guide) bringing(text string, ws []word) (found []string) {
	for i, w := range ws {
		if slices.Contains(bringWords, w.folded) && i+1 < len(ws) {
			found = append(found, g.named(text, ws[i+1:min(i+bringReach+1, len(ws))])...)
		}
	}
	return found
}

// How well an audience is met. Unknown is what lies between meeting and
// missing: one side says what the guide does not know.
const (
	meetsWord    = 1.0
	meetsFamily  = 0.7
	meetsNamed   = 0.6 // not they themselves, but somebody they named
	meetsBlank   = 0.5 // nothing is known of them, and it is for anyone
	meetsAnyone  = 0.0
	meetsUnknown = -0.4
	meetsNot     = -1.0
)

// listener is the contact's side of an audience.
type listener struct {
	self audience
	// alone: the library speaks of them by name, so what it has for others of
	// their family is not for them
	alone   bool
	named   []string // families named in recent notes
	brought []string // of these, whom they said last that they will ask or bring in
}

// brings reports whether an item is made for somebody whom they said they will
// ask or bring in, and not for them.
func (l listener) brings(of audience) bool {
	return shares(l.brought, of.families) && !shares(l.self.families, of.families)
}

// meets says how well an item's audience is met.
func (l listener) meets(of audience) float64 {
	switch {
	case of.anyone && l.self.anyone:
		return meetsBlank
	case of.anyone:
		return meetsAnyone
	case shares(l.self.stems, of.stems):
		return meetsWord
	case l.alone && !shares(l.self.families, of.whole) && shares(l.self.families, of.families):
		return meetsNot
	case shares(l.self.families, of.families):
		return meetsFamily
	case shares(l.named, of.families):
		return meetsNamed
	case l.self.anyone:
		return meetsAnyone
	case len(l.self.families) == 0 || len(of.families) == 0:
		return meetsUnknown
	}
	return meetsNot
}

func shares(a, b []string) bool {
	for _, s := range a {
		if slices.Contains(b, s) {
			return true
		}
	}
	return false
}

// suited returns those of an item's names that the contact is of, by their own title
// or trade: whom they named is somebody else.
func (l listener) suited(book phrasebook, names []string) []string {
	var found []string
	for _, name := range names {
		families := book.families(name)
		if shares(l.self.families, families) {
			found = append(found, name)
		}
	}
	return found
}
