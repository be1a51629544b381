package observe

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/spanish"

	"cairn/bot/stems"
)

// function words that tell the languages apart; each belongs to one or two.
var functionWords = map[string]string{
	"en": "the a an and of to in is was her his she he they it for with on at we our us that this from by not no has had will would have are were be as but my me their them about after out up so what who when",
	"de": "der die das und ist nicht ein eine einen einem einer mit von für auf im dem den des sie er es wir uns ihr ihm ich sich hat haben wird war zu zum zur bei nach wie auch noch nur keine kein aber will schon vom am",
	"es": "el la los las y es no un una con de del en por para que se lo su sus le me nos ha han fue está al pero ya muy como más sin sobre hoy ella él",
	"fr": "le la les et est pas un une avec de du des en pour que qui se il elle nous on sa son ses au aux mais ne sur dans par a été leur chez je lui vous c'est très plus",
	"pt": "o a os as e é não um uma com de do da dos das em no na por para que se ele ela seu sua nos foi está ao mas já muito como mais sem nosso nossa pra disse",
	"it": "il la lo gli le e è non un una con di del della dei in per che si lui lei suo sua ci ha hanno al alla ma già molto come più senza da nostro nostra dal sul nel",
	"nl": "de het een en is niet met van voor op in dat die ze hij zij we wij ons haar zijn ik heeft had wordt te bij naar als ook nog maar geen aan uit om over hun wil",
}

// smallWords are more of them, which tell no language: of "him and I" nothing is to be read, accents off.
var smallWords = wordsOf("i he him me you she her hers its they them these those this that one ones there here then than or nor if while into over both same own very too just also well now again before " +
	"ich mich mir du dich dir euch ihn ihnen unser mein sein dann da dort hier so wieder doch oder wenn dass denn also yo tu ellos ellas nosotros mi si o entonces alli aqui " +
	"moi toi eux elles ils ici la puis donc alors ou encore io loro noi voi li qui poi allora ancora eu voce eles elas entao ainda jij jou mij hem hen jullie daar dan of toch weer")

// wordless reports whether d has nothing but function words, names and how they spoke.
func (d *document) wordless() bool {
	return !slices.ContainsFunc(d.tokens, func(t token) bool {
		first, _ := utf8.DecodeRuneInString(t.word)
		return t.word[0] == '#' || unicode.IsLetter(first) && languageOf[t.word] == 0 && !smallWords[t.plain] && !ways[t.plain]
	})
}

// tells reports whether a cue of signal s stands in d that is more than how they spoke: of a bare
// "call" nobody agreed to one.
func (c *Cues) tells(d *document, s int) bool {
	return slices.ContainsFunc(c.in(d), func(h hit) bool {
		return c.signals[h.family] == signals[s] && slices.ContainsFunc(d.tokens[h.first:h.last+1], func(t token) bool { return !ways[t.plain] })
	})
}

// languages in a fixed order: a tie goes to the first.
var languages = []string{"en", "de", "es", "fr", "pt", "it", "nl"}

var languageOf = func() map[string]uint8 {
	m := map[string]uint8{}
	for i, lang := range languages {
		for _, w := range strings.Fields(functionWords[lang]) {
			m[w] |= 1 << i
		}
	}
	return m
}()

// guessLanguage counts function words; English where nothing speaks for
// another.
func guessLanguage(tokens []token) string {
	var count [8]int
	for _, t := range tokens {
		bits := languageOf[t.word]
		for i := range languages {
			if bits&(1<<i) != 0 {
				count[i]++
			}
		}
		for _, r := range t.word {
			switch r {
			case 'ß', 'ä':
				count[1]++
			case 'ñ', '¿':
				count[2]++
			case 'ã', 'õ':
				count[4]++
			}
		}
	}
	best := 0
	for i := range languages {
		if count[i] > count[best] {
			best = i
		}
	}
	return languages[best]
}

// stem cuts word to its stem. Snowball knows English, Spanish and French; for
// the others the commonest endings go.
func stem(word, lang string) string {
	if word == "" || word[0] == '#' || word[0] == '@' || len(word) < 3 {
		return word
	}
	if m := known[lang]; m != nil {
		return m.Of(word)
	}
	return cutEnding(word, endings[lang])
}

var known = map[string]*stems.Memory{
	"en": {Cut: func(word string) string { return english.Stem(word, true) }},
	"es": {Cut: func(word string) string { return spanish.Stem(word, true) }},
	"fr": {Cut: func(word string) string { return french.Stem(word, true) }},
}

var endings = map[string][]string{
	"de": {"ungen", "ung", "ern", "est", "ten", "tet", "en", "er", "em", "es", "et", "te", "st", "e", "s", "t", "n"},
	"pt": {"ações", "ação", "ando", "endo", "indo", "aram", "eram", "iram", "amos", "ados", "adas", "ado", "ada", "ar", "er", "ir", "ou", "eu", "iu", "os", "as", "a", "o", "e", "s"},
	"it": {"azioni", "azione", "ando", "endo", "ato", "ata", "ati", "ate", "uto", "uta", "ito", "ita", "are", "ere", "ire", "a", "o", "e", "i"},
	"nl": {"ingen", "ing", "den", "ten", "en", "er", "de", "te", "e", "s", "t"},
}

// cutEnding takes the first ending that leaves four letters.
func cutEnding(word string, list []string) string {
	for _, e := range list {
		if strings.HasSuffix(word, e) && utf8.RuneCountInString(word)-utf8.RuneCountInString(e) >= 4 {
			return word[:len(word)-len(e)]
		}
	}
	return word
}

// Language guesses the language of a note: en, de, es, fr, pt, it or nl.
func Language(text string) string { return parse(text, nil).lang }
