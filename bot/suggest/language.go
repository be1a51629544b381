package suggest

import (
	"cmp"
	"slices"
	"strings"
)

// language is which languages suit a contact.
type language struct {
	own   string   // two letters; empty: not known
	given bool     // told, not read from the notes: then it binds
	hints []string // languages that the contact's title or company speaks for

	wanted    string // in which they want it, as a note says; empty: not said
	noEnglish bool   // a note says that what is in English is of no use to them
	english   bool   // a note says that English is fine too
}

// little holds the small words by which a language is told from the others.
var little = map[string]string{
	"en": " the and with for of to was is she he they we his her asked wants on in it not no has had at from by but an be will would who what when how this that do does are our my their there if as ",
	"de": " der die das und ist nicht mit für auf hat sie wir ein eine den dem im zu er von um wie wo was bei nach aus noch auch nur wird will soll kann sind ihr ihm ihn sich aber kein keine einen einer zum zur vom am ich bis über sehr dann schon haben war gibt ob ",
	"fr": " le la les et est pas une des du dans pour elle il nous avec sur au qui un que ne se son sa ses ce cette mais par plus comme on leur très chez déjà veut aux sont lui été ",
	"es": " el los las y es con para una del por que ella nos en su al se un pero más lo le no muy ya como sus hay qué quiere está sobre también cuando tiene son fue ",
	"it": " il lo gli e è non con per una del della che di ci ha al si un sono ma anche più come dei nel alla suo sua da vuole già le mi hanno dal questo ",
	"pt": " o os as e é não com para uma do da que de nos ele ela em um ao na no mais se por mas já quer foi dos das pelo sua seu está tem muito também ",
	"nl": " de het een en is niet met voor op hij zij wij van dat te er heeft om aan ze die maar ook nog wel wil naar bij uit als dan wat kan geen zijn haar we ik over ",
}

// languagesOf tells in which languages a small word is one.
var languagesOf = func() map[string][]string {
	of := map[string][]string{}
	for code, list := range little {
		for w := range strings.FieldsSeq(list) {
			of[w] = append(of[w], code)
		}
	}
	for code, list := range everyday {
		for w := range strings.FieldsSeq(list) {
			if code != "" && w != "minutes" && w != "week" && !slices.Contains(of[w], code) {
				of[w] = append(of[w], code)
			}
		}
	}
	return of
}()

// spellings are letters that tell a language from its neighbours; they speak
// beside small words, where a note is too short for those alone.
var spellings = map[string][]string{
	"de": {"ß", "ü", "ö", "ä", "keit", "lich", "ieren", "schr", "ung "},
	"fr": {"é", "è", "ê", "ç", "eux ", "eau"},
	"es": {"ñ", "ción", "¿", "¡", "ó", "í"},
	"it": {"zione", "zioni", "ò", "ù", "cchi", "gli"},
	"pt": {"ã", "õ", "ção", "ções", "nh", "lh"},
	"nl": {"ij", "aar ", "oor ", "uur ", "lijk", "heid ", "tje ", "zuim", "oe"},
}

// mostLetters is how many words' spelling counts.
const mostLetters = 2

// forms are words of titles and companies that name a language.
var forms = map[string]string{
	"gmbh": "de", "geschaftsfuhrer": "de", "geschaftsfuhrerin": "de", "leiter": "de", "leiterin": "de", "einkauf": "de", "inhaber": "de", "inhaberin": "de", "betriebsleiter": "de", "werkleiter": "de", "kg": "de",
	"sarl": "fr", "sas": "fr", "gerant": "fr", "gerante": "fr", "directeur": "fr", "directrice": "fr", "achats": "fr", "responsable": "fr",
	"sl": "es", "dueno": "es", "duena": "es", "jefe": "es", "jefa": "es",
	"srl": "it", "spa": "it", "titolare": "it", "responsabile": "it", "acquisti": "it", "direttore": "it",
	"lda": "pt", "ltda": "pt", "socio": "pt", "diretor": "pt", "diretora": "pt", "dono": "pt", "dona": "pt",
	"bv": "nl", "eigenaar": "nl", "zaakvoerder": "nl", "inkoop": "nl", "inkoper": "nl",
}

func newLanguage(told string, notes []Note, labels string) language {
	l := language{own: strings.ToLower(told), given: told != ""}
	for _, w := range words(labels) {
		if code := forms[w.folded]; code != "" {
			l.hints = append(l.hints, code)
		}
	}
	if !l.given {
		l.own = readLanguage(notes)
	}
	return l
}

// Notes that are read for their language, and small words that it takes.
const (
	enoughNotes  = 4
	enoughLittle = 2
)

// readLanguage returns the language of the newest notes by their small words;
// empty where none leads.
func readLanguage(notes []Note) string {
	notes = notes[:min(len(notes), enoughNotes)]
	counts := readCounts(notes)
	best, most, second := leading(counts)
	if most-second < clearLead {
		spelt(notes, counts)
		best, most, second = leading(counts)
	}
	if most == second || most < enoughLittle {
		return ""
	}
	return best
}

// readCounts counts by language the small words of notes.
func readCounts(notes []Note) map[string]int {
	counts := map[string]int{}
	for _, n := range notes {
		for w := range strings.FieldsSeq(strings.ToLower(clip(n.Text, maxText))) {
			for _, code := range languagesOf[strings.Trim(w, ".,;:!?\"'()")] {
				counts[code]++
			}
		}
	}
	return counts
}

// LanguageOf returns the language of a text, in two letters, by its small words
// and its spelling; empty where none leads.
func LanguageOf(text string) string { return readLanguage([]Note{{Text: text}}) }

// clearLead is by how many small words a language must lead to be told by those
// alone.
const clearLead = 2

func leading(counts map[string]int) (best string, most, second int) {
	for code, n := range counts {
		switch {
		case n > most:
			best, most, second = code, n, most
		case n > second:
			second = n
		}
	}
	return best, most, second
}

// spelt adds what the spelling of the words tells to the languages of which
// there are small words; of another it may be a name.
func spelt(notes []Note, counts map[string]int) {
	for code, n := range counts {
		found := 0
		for _, note := range notes {
			for w := range strings.FieldsSeq(strings.ToLower(clip(note.Text, maxText))) {
				w = " " + strings.Trim(w, ".,;:!?\"'()") + " "
				if slices.ContainsFunc(spellings[code], func(part string) bool { return strings.Contains(w, part) }) {
					found++
				}
			}
		}
		counts[code] = n + min(found, mostLetters)
	}
}

// speaks reports whether an item of that language may be given: in the
// contact's own, in none in particular, or, where theirs is only read from the
// notes, in English or a language that their title or company's name is in; where
// nothing tells theirs, in the library's usual one too. A note that says that English
// is of no use rules English out.
func (q *query) speaks(item, usual string) bool {
	switch {
	case q.lang.wanted != "":
		return item == "" || item == q.lang.wanted
	case item == UsualLanguage && q.lang.noEnglish:
		return false
	case item == "" || item == q.lang.own:
		return true
	case q.lang.given:
		return false
	case item == UsualLanguage, item == usual && q.lang.own == "":
		return true
	}
	return slices.Contains(q.lang.hints, item)
}

// theirs is the language in which they are given things best: the one that they want, else
// their own; empty where neither is known.
func (l language) theirs() string { return cmp.Or(l.wanted, l.own) }

// first is the language of what comes first where another fits as well; empty: any does.
func (l language) first() string {
	if l.english && l.wanted == "" {
		return ""
	}
	return l.theirs()
}

// compounds reports whether the contact's language writes compounds as one word.
func (l language) compounds() bool { return compounding(l.own) }

func compounding(code string) bool { return code == "de" || code == "nl" }
