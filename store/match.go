package store

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Who is how somebody named a contact. The keys are the folded forms of the
// names (lower case, no accents, single spaces), as contacts keep them.
type Who struct {
	Name       string
	NameKey    string
	Company    string
	CompanyKey string // empty where none was typed
	Email      string // lower case; empty where none was typed
	Title      string // what they are there, as typed; no name is told apart by it
	// BareKey is the key of the name without the titles before it ("otto gross"
	// of "Dr. Otto Gross"); empty where none stand there.
	BareKey string
	// FirmKey is the key of the name if it is a company's: without the legal form.
	FirmKey string
	// Guessed is set when the name was taken from the address: it is no name
	// that somebody typed. Where somebody else is called so, the new contact is known
	// by AddressKey, and so is one who was said to be new, at no company.
	Guessed    bool
	AddressKey string
	// Turned is who is meant if the company was typed first; nil where that cannot be. It is
	// taken where its company is known and that of the other reading is not.
	Turned *Who
	// Unsure tells that another company may be meant than the typed one: nobody new is made of it.
	Unsure bool
	// Exactly leaves similar names and companies out: the name may be no name at all.
	Exactly bool
}

// whole reports whether name and company were both typed, and no address: the
// contact of exactly both is then the one who is meant.
func (w Who) whole() bool { return w.NameKey != "" && w.CompanyKey != "" && w.Email == "" }

// called is how somebody is called, by the keys of name and company.
type called struct{ name, company string }

// swapped is how somebody is called if the company was typed first: "Acme, Dana Ruiz".
func (w Who) swapped() called { return called{w.CompanyKey, w.NameKey} }

// oneWord reports whether a single word was typed, which may be all of one name and
// part of another.
func (w Who) oneWord() bool {
	return w.NameKey != "" && w.CompanyKey == "" && !strings.Contains(w.NameKey, " ")
}

// manyWords reports whether several words were typed, and no titles among them.
func (w Who) manyWords() bool { return w.BareKey == "" && strings.Contains(w.NameKey, " ") }

// byAddress is the same person, told by the address from whoever else is called so: people read
// the name beside it where the address spells one in full.
func (w Who) byAddress() Who {
	name := w.Email
	words := strings.Fields(w.NameKey)
	if len(words) > 1 && !slices.ContainsFunc(words, func(s string) bool { return utf8.RuneCountInString(s) < 2 || strings.ContainsAny(s, digits) }) {
		name = w.Name + " (" + w.Email + ")"
	}
	w.Name, w.NameKey, w.BareKey = name, w.AddressKey, ""
	return w
}

// Candidate is a contact that somebody may have meant.
type Candidate struct {
	ID         int64
	Name       string
	NameKey    string
	Email      string
	Company    string
	CompanyKey string
	Mine       bool // the one who typed has written about them
	Aliases    []string
	LastAt     time.Time
}

// Full is the candidate as people name them: "Dana Ruiz, Acme".
func (c Candidate) Full() string {
	if c.Company == "" {
		return c.Name
	}
	return c.Name + ", " + c.Company
}

func (c Candidate) called() called { return called{c.NameKey, c.CompanyKey} }

// goesBy reports whether a key is one of the other names of the candidate. What is
// left of "Herr Gross" without the title is but part of a name.
func (c Candidate) goesBy(key string) bool {
	return slices.Contains(c.Aliases, key) && (strings.Contains(key, " ") || !holdsWords(c.NameKey, key))
}

// bare is the name without the titles before it; empty where none stand there.
func (c Candidate) bare() string {
	for _, key := range c.Aliases {
		if strings.HasSuffix(c.NameKey, " "+key) {
			return key
		}
	}
	return ""
}

// Match is what a typed name comes to: one contact (ID), a question between
// several (Ask), or nobody known (both empty).
type Match struct {
	ID int64
	// Typo is set when the one contact is written otherwise than typed.
	Typo bool
	Ask  []Candidate
	// More is how many others fit as well as those of Ask.
	More int
	// Turned is set where nobody is meant by what was typed, but its [Who.Turned] is.
	Turned bool
}

// MaxChoices is how many candidates a person is asked between.
const MaxChoices = 8

// Resolve decides which contact was meant, and asks rather than guesses:
//   - an e-mail address, or a full name with its company, is that contact; an
//     address whose owner is called otherwise than was typed, or less so than somebody
//     else is, or an unknown one that may be somebody's, is asked about (see addressee
//     and addressed);
//   - a full name alone is a contact when exactly one is called so, with or
//     without the titles before it; one of a single word only where it is no
//     part of another name: "dana" may be Dana, and Dana Ruiz;
//   - part of a name is a contact when exactly one of the writer's own fits, and
//     nobody of others' is called so; where it fits only contacts of others, it is
//     asked about;
//   - a small typo is forgiven when one contact fits (see surelyTypo), and asked
//     about where the other letter may be another name;
//   - a title before a name, or before part of it, that somebody bears without one is
//     asked about: "Ms Brennan" may be Orla Brennan; the other way round too;
//   - where the typed company is not the contact's, it is asked about, also where it
//     is written almost so, unless fingers slip like that (see surelyCompany);
//   - initials are asked about where they may be somebody's: "D. Ruiz", "D R", "DR", "JL
//     Picard"; and so is a further name at the same company: "Dana Ruiz Gomez";
//   - an address of another company's domain beside a name is asked about, unless the
//     company was typed too;
//   - a company typed behind or before the name without a comma, a company typed
//     first ("Acme, Dana Ruiz"), and a family name typed first ("Ruiz, Dana"), are
//     understood where they fit somebody; a family name with the company alone is asked
//     about without a comma: "martin dupont" may be Sophie Martin of Dupont.
func Resolve(who Who, found []Candidate) Match {
	if who.Email != "" {
		if i := slices.IndexFunc(found, func(c Candidate) bool { return c.Email == who.Email }); i >= 0 {
			return addressee(who, found, i)
		}
	}
	if who.NameKey == "" {
		return Match{}
	}
	if who.Guessed {
		return ask(addressed(who, found))
	}
	var exact, part, typo, swapped, titled, short []Candidate
	for _, c := range found {
		name := withoutCompany(who, c)
		switch {
		case c.NameKey == who.CompanyKey+" "+who.NameKey, who.swapped() == c.called():
			swapped = append(swapped, c)
		case c.NameKey == who.NameKey, c.goesBy(who.NameKey), who.sameWritten(c), name != "" && c.NameKey == name: // Eve Krug of Krug is called so, as Eve Krug of Bolt is
			exact = append(exact, c)
		case name != "" && holdsWords(c.NameKey, name) && who.mayBeWhole(c, name):
			titled = append(titled, c)
		case name != "" && holdsWords(c.NameKey, name):
			part = append(part, c)
		case holdsWords(c.NameKey, who.NameKey):
			part = append(part, c)
		case !who.Exactly && (similarName(c.NameKey, who.NameKey) || slipInPart(c.NameKey, who.NameKey)):
			typo = append(typo, c)
		case who.BareKey != "" && holdsWords(c.NameKey, who.BareKey), // "Ms Brennan", where Orla Brennan is known
			!who.Exactly && c.bare() != "" && (strings.HasSuffix(who.NameKey, " "+c.bare()) || who.CompanyKey != "" && holdsWords(who.NameKey, c.bare())): // and the other way round
			titled = append(titled, c)
		case !who.Exactly && who.mayBe(c):
			short = append(short, c)
		}
	}
	if who.CompanyKey != "" {
		m := withCompany(who, exact, part, typo, titled)
		if m.ID == 0 && len(m.Ask) == 0 && len(swapped) > 0 {
			m = one(swapped)
			m.Typo = m.ID != 0
		}
		if m.ID == 0 && len(m.Ask) == 0 {
			m = ask(notElsewhere(short, who.CompanyKey))
		}
		return who.respelled(m, exact)
	}
	return who.respelled(who.atAddress(who.takenFor(withoutAny(who, exact, part, typo, titled, short), found), found), exact)
}

// withoutAny resolves a name typed with no company.
func withoutAny(who Who, exact, part, typo, titled, short []Candidate) Match {
	if here := atHome(who.Email, exact); len(here) > 0 {
		exact = here
	}
	switch {
	case len(exact) > 0 && len(titled) > 0 && !slices.ContainsFunc(exact, func(c Candidate) bool { return !who.bySpelling(c) }):
		return ask(slices.Concat(exact, titled)) // "Ms Ruiz" was Dana once, and may be Ana
	case slices.ContainsFunc(exact, who.byAddressAlone):
		return ask(slices.Concat(exact, part))
	case len(exact) > 0 && (len(part) == 0 || !who.oneWord()):
		return one(exact)
	case len(exact) > 0:
		return wholeOrPart(exact, part)
	case len(part) > 0:
		// part of a name is enough among one's own contacts only
		if mine := own(part); len(mine) == 1 && len(own(titled)) == 0 {
			return Match{ID: mine[0].ID}
		}
		return ask(slices.Concat(part, titled))
	}
	if sure := surelyTypo(typo, who.NameKey); len(sure) == 1 && len(typo)+len(titled) == 1 {
		return Match{ID: sure[0].ID, Typo: true}
	}
	return ask(slices.Concat(typo, titled, short))
}

// mayBe reports whether the typed name may be another writing of a contact's: with initials,
// titles left out or not, with a title and a slip, in a script without spaces, or, where a
// company tells that it is no company that follows, with a further name.
func (w Who) mayBe(c Candidate) bool {
	for _, key := range []string{w.NameKey, w.BareKey} {
		if key != "" && (abbreviates(c.NameKey, key) || abbreviates(key, c.NameKey)) {
			return true
		}
	}
	return similarName(c.NameKey, w.BareKey) || unspaced(c.NameKey, w.NameKey) || w.CompanyKey != "" && holdsWords(w.NameKey, c.NameKey)
}

// notElsewhere keeps those of whom no other company is known than the typed one.
func notElsewhere(all []Candidate, company string) []Candidate {
	return slices.DeleteFunc(slices.Clone(all), func(c Candidate) bool { return c.CompanyKey != "" && !sameCompany(c.CompanyKey, company) })
}

// addressee resolves an address that is known as found[owner]'s: it is theirs unless
// another name was typed beside it, or what was typed fits somebody else better.
func addressee(who Who, found []Candidate, owner int) Match {
	c := found[owner]
	if who.Guessed || who.NameKey == "" {
		return Match{ID: c.ID}
	}
	toldByIt := who.CompanyKey == "" && strings.Contains(c.Name, who.Email) // from others of the name, see byAddress
	who.Email = ""
	better := slices.DeleteFunc(slices.Clone(found), func(o Candidate) bool { return who.fits(o) <= who.fits(c) })
	if len(better) > 0 && !toldByIt {
		return ask(append([]Candidate{c}, better...))
	}
	for _, key := range []string{who.NameKey, who.BareKey} { // by part of a name, or with a slip, too
		as := who
		as.NameKey, as.CompanyKey = key, c.CompanyKey
		if m := Resolve(as, []Candidate{c}); key != "" && (m.ID != 0 || len(m.Ask) > 0) {
			return Match{ID: c.ID}
		}
	}
	named := Resolve(who, slices.Delete(slices.Clone(found), owner, owner+1))
	others := slices.DeleteFunc(slices.Clone(found), func(o Candidate) bool {
		return o.ID != c.ID && o.ID != named.ID && !slices.ContainsFunc(named.Ask, func(a Candidate) bool { return a.ID == o.ID })
	})
	return ask(others)
}

// How well a contact is called what was typed; see [Who.fits].
type fit int

const (
	fitsNot    fit = iota // at another company, or by another name
	fitsInPart            // by part of the name, or without its title
	fitsWhole
	fitsExactly // the company's name to the word, too
)

func (w Who) fits(c Candidate) fit {
	whole := c.NameKey == w.NameKey || c.goesBy(w.NameKey)
	switch {
	case w.CompanyKey != "" && !sameCompany(c.CompanyKey, w.CompanyKey):
		return fitsNot
	case whole && w.CompanyKey != "" && c.CompanyKey == w.CompanyKey:
		return fitsExactly
	case whole:
		return fitsWhole
	case holdsWords(c.NameKey, w.NameKey), holdsWords(c.NameKey, w.BareKey):
		return fitsInPart
	}
	return fitsNot
}

// wholeOrPart resolves a word that is all of one contact's name and part of another's:
// it is the first where the writer has written about that one and about none of the
// others, and asked about otherwise.
func wholeOrPart(exact, part []Candidate) Match {
	all := slices.Concat(exact, part)
	if mine := own(all); len(mine) == 1 && len(exact) == 1 && mine[0].ID == exact[0].ID {
		return Match{ID: mine[0].ID}
	}
	return ask(all)
}

// withCompany resolves a name typed with its company. A company written almost so is
// another one until somebody says otherwise: Nord and Norm are two.
func withCompany(who Who, exact, part, typo, titled []Candidate) Match {
	at := func(fits func(known, typed string) bool, all ...Candidate) (in []Candidate) {
		for _, c := range all {
			if fits(c.CompanyKey, who.CompanyKey) {
				in = append(in, c)
			}
		}
		return in
	}
	for _, c := range exact {
		if c.NameKey == who.NameKey && c.CompanyKey == who.CompanyKey {
			return Match{ID: c.ID}
		}
	}
	// the same name with no company yet may be the same person; the same name
	// elsewhere is another one
	open := at(func(known, _ string) bool { return known == "" }, exact...)
	near := at(similarName, slices.Concat(exact, part, typo, titled)...)
	titled = notElsewhere(titled, who.CompanyKey)
	if in := at(sameCompany, exact...); len(in) > 0 {
		return one(slices.Concat(in, at(func(known, typed string) bool { return known == typed }, titled...)))
	}
	if in := at(sameCompany, part...); len(in) > 0 {
		return one(slices.Concat(in, open, titled))
	}
	if in := at(sameCompany, typo...); len(in) > 0 {
		if sure := surelyTypo(in, who.NameKey); len(sure) == 1 && len(in)+len(titled) == 1 {
			return Match{ID: sure[0].ID, Typo: true}
		}
		return ask(slices.Concat(in, titled))
	}
	if who.Exactly {
		return ask(slices.Concat(open, titled))
	}
	if sure := at(surelyCompany, exact...); len(sure) == 1 && len(near) == 1 && len(open)+len(titled) == 0 {
		return Match{ID: sure[0].ID, Typo: true}
	}
	return ask(join(slices.Concat(near, open), titled))
}

// withoutCompany is the typed name without the company of c, where it was
// typed with it and no comma: "dana ruiz acme". Empty where it was not.
func withoutCompany(who Who, c Candidate) string {
	if who.CompanyKey != "" || c.CompanyKey == "" {
		return ""
	}
	for _, key := range []string{who.NameKey, who.FirmKey} { // "dana ruiz acme ltd" too
		if name, ok := strings.CutSuffix(key, " "+c.CompanyKey); ok {
			return name
		}
	}
	name, _ := strings.CutPrefix(who.NameKey, c.CompanyKey+" ")
	if name == who.NameKey {
		return ""
	}
	return name
}

// one takes the single candidate, and asks between several.
func one(all []Candidate) Match {
	if len(all) == 1 {
		return Match{ID: all[0].ID}
	}
	return ask(all)
}

func own(all []Candidate) []Candidate {
	var mine []Candidate
	for _, c := range all {
		if c.Mine {
			mine = append(mine, c)
		}
	}
	return mine
}

// ask offers the candidates, the writer's own first, the latest talked to first.
func ask(all []Candidate) Match {
	if len(all) == 0 {
		return Match{}
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Candidate) int {
		if a.Mine != b.Mine {
			if a.Mine {
				return -1
			}
			return 1
		}
		return b.LastAt.Compare(a.LastAt)
	})
	n := min(len(all), MaxChoices)
	return Match{Ask: all[:n], More: len(all) - n}
}
