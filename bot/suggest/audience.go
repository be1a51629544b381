package suggest

import "slices"

// audience is whom an item is for, or what a contact is: families of the
// guide, and the stems of the words themselves for what the guide lacks.
type audience struct {
	families []string
	stems    []string
	anyone   bool // nothing said
}

func newAudience(book phrasebook, names []string) audience {
	a := audience{anyone: true}
	for _, name := range names {
		for _, f := range book.families(name) {
			if !slices.Contains(a.families, f) {
				a.families = append(a.families, f)
			}
		}
		for _, w := range words(name) {
			if s := stem(w.folded); s != "and" && s != "of" && !slices.Contains(a.stems, s) {
				a.stems = append(a.stems, s)
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

// How well an audience is met. Unknown is what lies between meeting and
// missing: one side says nothing, or says what the guide does not know.
const (
	meetsWord    = 1.0
	meetsFamily  = 0.7
	meetsNamed   = 0.6 // not they themselves, but somebody they named
	meetsAnyone  = 0.3
	meetsUnknown = -0.2
	meetsNot     = -1.0
)

// listener is the contact's side of an audience.
type listener struct {
	self  audience
	named []string // families named in recent notes: "her CFO"
	soft  bool     // a miss only counts against an item, it does not rule it out
}

// meets says how well an item's audience is met.
func (l listener) meets(of audience) float64 {
	switch {
	case of.anyone:
		return meetsAnyone
	case shares(l.self.stems, of.stems):
		return meetsWord
	case shares(l.self.families, of.families):
		return meetsFamily
	case shares(l.named, of.families):
		return meetsNamed
	case len(l.self.families) == 0 || len(of.families) == 0:
		return meetsUnknown
	}
	return meetsNot
}

func (l listener) admits(of audience) bool { return l.soft || l.meets(of) > meetsNot }

func shares(a, b []string) bool {
	for _, s := range a {
		if slices.Contains(b, s) {
			return true
		}
	}
	return false
}
