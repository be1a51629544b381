package observe

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// Whom a turn of speech such as "put us in touch with" makes known to us: the
// name behind it, and the house that stands with it.

// whom says of which house somebody is who was made known to us.
type whom int

const (
	nobody   whom = iota // no name stands there
	unmade               // it did not happen, or it was the contact who was made known, or a thing
	unplaced             // a name without a company
	ofTheirs             // of the contact's own
	ofOthers             // of another company
)

// guardAnnounced are turns of an introduction, or a word for us, that is to come: "will intro us
// to her sister". What is said so did not happen yet.
const guardAnnounced = "announced"

var announced = turn{"", guardOf(journey.Referral, journey.Recommendation, journey.BroughtOthers, journey.Connected, journey.GaveContact, journey.SawItWork, journey.JoinedUs, journey.NoticedUs,
	journey.Expanded, journey.Revenue, journey.RepeatOrder)}

// How far from the turn of speech the name may begin, and how long name, title
// and company may be together.
const (
	nameWithin  = 4
	houseWithin = 12
)

// introduced says whom the turn of speech h makes known to us.
func (w *weighing) introduced(h hit) whom {
	first, last := int(h.first), int(h.last)
	if w.mayBe(first) || w.unreal(signalNumber[journey.Referral], span{first, last}, w.sentence(first)) {
		return unmade
	}
	end := min(w.sentence(first).end, last+1+houseWithin)
	name := -1
	for i := first + 1; i < min(end, last+1+nameWithin) && name < 0; i++ {
		if w.d.tokens[i].word == "@they" {
			return unmade // somebody else made the contact known to us
		}
		if w.isName(i) {
			name = i
		}
	}
	house := nobody
	for i := max(name, first) + 1; i < end && house == nobody; i++ {
		if w.d.tokens[i].word != "," {
			house = w.company(i)
		}
	}
	switch {
	case name >= 0 && house != nobody:
		return house
	case w.outside(span{first, end}):
		return ofOthers // "recommended us to her cousin"
	case house == ofOthers && last+2 < end && w.d.tokens[last+1].plain == "the" && w.within(guardInhouse, last+1):
		return ofOthers // "introduced me to the CFO of Globex"
	case w.any(guardInhouse, span{first, end}):
		return ofTheirs // "introduced us to her CFO"
	case name < 0 && house == nobody && w.isThing(first, last, end):
		return unmade // "hat uns die neue Anlage vorgestellt"
	case name < 0:
		return nobody
	}
	for name+1 < end && w.capital(name+1) {
		name++
	}
	return max(unplaced, w.company(name+1)) // "Leon Krug, Beta Pumps"
}

// gaveName reports whether h, "gave me", gives us somebody of another company. The name stands
// right behind it, and "at" before the company: who gives a card, a date or a brochure at a
// fair, or something of another maker's, names nobody.
func (w *weighing) gaveName(h hit) bool {
	first, i := int(h.first), int(h.last)+1
	if w.mayBe(first) || !w.isName(i) || w.unreal(signalNumber[journey.Referral], span{first, i - 1}, w.sentence(first)) {
		return false
	}
	for w.capital(i) {
		i++
	}
	return i < len(w.d.tokens) && w.d.tokens[i].plain == "at" && w.company(i) == ofOthers
}

// outside reports whether somebody is spoken of in g whom the contact knows from elsewhere.
func (w *weighing) outside(g span) bool {
	for i := g.start; i < g.end; i++ {
		if kinFolk[w.d.tokens[i].plain] && !(i+1 < len(w.d.tokens) && firms[w.d.tokens[i+1].plain]) {
			return true
		}
	}
	return false
}

// isThing reports whether what is made known is no person: an article stands
// before it, and no word of people is near.
func (w *weighing) isThing(first, last, end int) bool {
	at := last + 1
	for i := first + 1; i < last; i++ { // what stands inside "uns .. vorgestellt"
		if articles[w.d.tokens[i].plain] {
			at = i
		}
	}
	if at >= len(w.d.tokens) || !articles[w.d.tokens[at].plain] {
		return false
	}
	return !slices.ContainsFunc(w.own, func(h hit) bool {
		person := w.cues.families[h.family] == "colleague" || w.cues.signals[h.family] == journey.Referral && !w.within(guardIntroduced, int(h.first))
		return person && int(h.first) > first && int(h.first) < end
	})
}

// notMade reports whether segment g tells of an introduction that was not made, or of
// the way to somebody of their own house.
func (w *weighing) notMade(g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		f := w.cues.guards.families[h.family]
		return (f == guardIntroduced || f == guardPointed) && g.start <= int(h.first) && int(h.first) < g.end && (w.introduced(h) == unmade || f == guardPointed && w.introduced(h) == ofTheirs)
	})
}

// mayBe reports whether the words before token i say that somebody might do it:
// "offered to put us in touch". "Rang to introduce me" did.
func (w *weighing) mayBe(i int) bool {
	if i == 0 || !mights[w.d.tokens[i-1].plain] {
		return false
	}
	return i < 2 || !cameTo[w.d.tokens[i-2].plain]
}

var (
	mights = map[string]bool{"to": true, "can": true, "could": true, "would": true, "should": true, "please": true}
	cameTo = map[string]bool{"rang": true, "called": true, "phoned": true, "wrote": true, "mailed": true, "emailed": true, "texted": true, "came": true, "stopped": true}
)

// isName reports whether a person's name begins at token i: two words with a
// capital, one behind a title, or one with a company.
func (w *weighing) isName(i int) bool {
	if !w.capital(i) || w.ordinary(i) || w.within(guardInhouse, i) {
		return false
	}
	return w.capital(i+1) || titles[w.d.tokens[i-1].plain] || w.company(i+1) != nobody
}

// within reports whether token i is part of a turn of that guard.
func (w *weighing) within(name string, i int) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == name && int(h.first) <= i && i <= int(h.last)
	})
}

// company reports whether the words from token i on name a company: a small word
// that says where, and a name. A department is one of theirs.
func (w *weighing) company(i int) whom {
	if i >= len(w.d.tokens) || !houseOf[w.d.tokens[i].plain] {
		return nobody
	}
	comma := w.d.tokens[i].word == ","
	i++
	if i < len(w.d.tokens) && articles[w.d.tokens[i].plain] {
		i++
	}
	switch {
	case i >= len(w.d.tokens):
		return nobody
	case w.d.tokens[i].word == "@firm":
		return ofTheirs
	case slices.ContainsFunc(w.own, func(h hit) bool { return w.cues.families[h.family] == "colleague" && int(h.first) == i }):
		return ofTheirs
	case w.capital(i) && !w.ordinary(i) && (!comma || w.capital(i+1) || i+1 < len(w.d.tokens) && w.d.tokens[i+1].word == "@firm"): // "Roth Kliniken", told by Lang Kliniken
		return ofOthers
	}
	return nobody
}

// capital reports whether token i is a word with a capital that is neither of the
// contact's names.
func (w *weighing) capital(i int) bool {
	if i >= len(w.d.tokens) || w.d.tokens[i].word[0] == '@' || w.d.tokens[i].word[0] == '#' {
		return false
	}
	first, _ := utf8.DecodeRuneInString(w.text[w.d.tokens[i].start:])
	return unicode.IsUpper(first)
}

// Small words around names, accents off, in all languages.
var (
	// kinFolk are people of another house than one's own, accents off; firms behind one
	// make it a company of theirs: "her sister company".
	kinFolk = wordsOf("cousin brother sister husband wife father mother son daughter uncle aunt nephew niece friend friends neighbour neighbor neighbours neighbors in-law " +
		"bruder schwester schwager schwagerin cousine vetter freund freundin freunde vater mutter sohn tochter onkel nachbar nachbarn bekannten bekannte bekannter " +
		"primo prima hermano hermana cunado cunada amigo amiga amigos marido padre tio vecino vecina " +
		"cousine frere soeur beau-frere belle-soeur ami amie amis mari pere oncle voisin voisine " +
		"irmao irma cunhado cunhada vizinho vizinha pai cugino cugina fratello sorella cognato cognata amico amica amici marito moglie padre zio vicino " +
		"neef broer zus zwager schoonzus vriend vriendin vrienden buurman buurvrouw oom")
	firms    = wordsOf("company companies firm plant site gesellschaft firma werk empresa societe azienda bedrijf")
	titles   = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "herr": true, "herrn": true, "frau": true, "senor": true, "senora": true, "madame": true, "monsieur": true, "signor": true, "signora": true, "dott": true, "mevrouw": true, "meneer": true}
	houseOf  = map[string]bool{"at": true, "aus": true, "in": true, "from": true, "of": true, "with": true, "bei": true, "beim": true, "von": true, "vom": true, "der": true, "de": true, "del": true, "du": true, "d": true, "chez": true, "da": true, "do": true, "di": true, "della": true, "bij": true, "van": true, "(": true, ",": true}
	articles = map[string]bool{"the": true, "their": true, "our": true, "der": true, "den": true, "das": true, "ein": true, "eine": true, "einen": true, "ihre": true, "ihr": true, "ihren": true, "los": true, "las": true, "les": true, "un": true, "une": true, "una": true, "os": true, "as": true, "i": true, "lo": true, "de": true, "een": true, "dem": true, "die": true, "la": true, "le": true, "l": true, "el": true, "il": true, "het": true, "a": true, "o": true}
)
