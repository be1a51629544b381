package suggest

import (
	"slices"
	"strings"

	"cairn/prompts/strict"
)

// hint is what the words of the latest note let one guess of whether anything
// is wanted. A hint decides nothing by itself, as a [rest] does: it is weighed
// with the other signs.
type hint uint8

const (
	hintTheirs   hint = iota // the next step is theirs, and they know it
	hintEnough               // they have what they need
	hintLater                // a time is named before which there is nothing
	hintTrouble              // something has gone wrong, or they are cross
	hintHard                 // hard days of theirs
	hintAway                 // gone, or away, or a machine answers
	hintNotOurs              // no business of ours, or they are no customers
	hintOffice               // papers, dates, numbers: business of the office
	hintPersonal             // a talk among people
	hintOurs                 // the next step is ours, and no item does it
	hintUnknown              // nothing is known of what moves them
	hintDay                  // a day is named
	hintWishes               // they would have something: this speaks against silence

	// Small words, each of which tells a little.
	hintNo     // of refusal
	hintUntil  // of waiting
	hintAll    // of having it all, or of only that
	hintNeed   // of something that must be had: papers, numbers, a part
	hintPlease // of asking a favour of us
	hintUs     // for us: what we did or are to do
	hints
)

// hintNames are the keys of the guide.
var hintNames = [hints]string{
	"their_step", "enough", "later", "trouble", "hard_days", "away", "not_ours", "office", "personal", "our_step", "unknown", "day", "wishes",
	"refusal", "waiting", "whole", "must", "favour", "ours",
}

// hinting is a saying that hints at something.
type hinting struct {
	hint hint
	saying
}

// hintBook finds what is hinted at by the word that it begins with: a note is
// looked through once for all.
type hintBook map[string][]hinting

// newHintBook reads the sayings of each hint.
func newHintBook(families strict.Fields) hintBook {
	book := hintBook{}
	for _, name := range families.Keys() {
		at := families.Get(name)
		h := slices.Index(hintNames[:], name)
		if h < 0 {
			at.Fail("they are "+strings.Join(hintNames[:], ", "), "there is no hint %q", name)
			continue
		}
		for _, phrase := range at.List() {
			s, err := parseSaying(phrase.Text())
			if err != nil {
				phrase.Fail("begin and end with a word", "%q cannot be found: %v", phrase.Text(), err)
				continue
			}
			for _, first := range s[0].words {
				book[first] = append(book[first], hinting{hint(h), s[1:]})
			}
		}
	}
	return book
}

// hinted is how often each thing is hinted at in a note, and where first and
// longest: as places of its words.
type hinted struct {
	times    [hints]int
	from, to [hints]int
}

// in looks a note through, as its folded words. Sayings that begin at the same
// word count once for each hint.
func (book hintBook) in(said []string) (found hinted) {
	for i, first := range said {
		seen := uint32(0)
		for _, h := range book[first] {
			n, ok := h.length(said[i+1:])
			if !ok {
				continue
			}
			if n > found.to[h.hint]-found.from[h.hint]-1 || found.times[h.hint] == 0 {
				found.from[h.hint], found.to[h.hint] = i, i+1+n
			}
			if seen&(1<<h.hint) == 0 {
				seen |= 1 << h.hint
				found.times[h.hint]++
			}
		}
	}
	return found
}

// strength is how strongly something is hinted at: half for once, whole for
// twice or more.
func (f *hinted) strength(h hint) float64 { return min(1, 0.5*float64(f.times[h])) }

// Words before a day that say that it is over, and that something is to be there
// by then.
var (
	dayOver = wordSet("last past since letzten letzter letzte vorigen vergangenen seit dernier depuis pasado ultimo desde scorso passado ultima vorige afgelopen sinds")
	dayBy   = wordSet("by before bis vor spätestens avant antes entro prima até voor uiterlijk")
	aDay    = wordSet(`monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
		lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì
		segunda terça quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`)
)

// daysAhead leaves out of a note's words the days on which there is nothing to
// wait for: those that are over ("last Friday"), and, where something is asked
// for, the day by which it is to be there ("a quote by Monday"). A feast that is no
// more than a day ("before Christmas") is no talk of it.
func daysAhead(said []string, asks bool) []string {
	ahead := said
	for i, w := range said {
		if feast := feasts[w] && i > 0 && dayAround[said[i-1]]; !feast && (!aDay[w] || (i == 0 || !dayOver[said[i-1]] && !(asks && dayBy[said[i-1]])) && (i+1 == len(said) || !dayOver[said[i+1]] || i+2 < len(said) && aDay[said[i+2]])) {
			continue
		}
		if &ahead[0] == &said[0] {
			ahead = slices.Clone(said)
		}
		ahead[i] = ""
	}
	return ahead
}

var (
	feasts    = map[string]bool{"christmas": true, "xmas": true, "easter": true, "weihnachten": true, "ostern": true, "noel": true, "navidad": true, "natale": true, "natal": true, "kerst": true}
	dayAround = map[string]bool{"before": true, "by": true, "until": true, "till": true, "after": true, "vor": true, "bis": true, "nach": true, "avant": true, "apres": true, "antes": true, "prima": true, "voor": true, "na": true, "de": true}
)

// noAnger leaves out of a note's words those of anger that tell of none: "no complaint
// so far", "annoyed at first".
func noAnger(said []string) []string {
	calm := said
	for i, w := range said {
		if !angers[w] || !(i > 0 && without[said[i-1]] || i > 1 && without[said[i-2]] && manner[said[i-1]] || i > 0 && atFirst[said[i-1]] || i+1 < len(said) && atFirst[said[i+1]] || i+2 < len(said) && said[i+1] == "at" && said[i+2] == "first") {
			continue
		}
		if &calm[0] == &said[0] {
			calm = slices.Clone(said)
		}
		calm[i] = ""
	}
	return calm
}

var (
	angers = wordSet(`complaint complaints complains complained annoyed angry cross furious wütend sauer verärgert beschwerde beschwerden beschwert reklamation reklamationen
		fâché fâchée mécontent mécontente réclamation réclamations plainte plaintes enfadado enfadada queja quejas reclamación reclamaciones arrabbiato arrabbiata reclamo reclami lamentele
		zangado zangada reclamação reclamações queixa queixas boos klacht klachten`)
	without = wordSet("no not without never nobody zero kein keine keinen keiner ohne nicht niemand aucun aucune pas sans sin ningún ninguna sem nenhum nenhuma nessun nessuna senza geen niet zonder")
	manner  = wordSet("single more further new other longer one real weitere neue einzige mehr autre nouvelle más nueva mais nova altra nuova enkele nieuwe")
	atFirst = wordSet("initially briefly first erst zuerst anfangs zunächst d'abord eerst")
)
