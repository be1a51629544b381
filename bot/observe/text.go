package observe

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// maxRead is how many bytes of a note are read. A line typed after a talk has
// about a hundred; what stands behind the first four thousand of a pasted
// thread is kept word for word but not read.
const maxRead = 4 << 10

// maxTokens bounds the work on one note whatever its bytes are.
const maxTokens = 800

// maxWord is the longest word in bytes; German and Dutch ones stay below it.
const maxWord = 64

// token is one word, number or mark of a note.
type token struct {
	word       string // lower case, accents kept; classes begin with '#' or '@'
	plain      string // the word without accents
	stem       string // the word cut to its stem in the note's language
	start, end int    // bytes in the note
	clause     int    // which clause of the note it stands in
	quoted     bool   // inside quotation marks: their words
}

// span is a stretch of a note, in bytes.
type span struct{ start, end int }

// document is a note cut into tokens and clauses.
type document struct {
	tokens  []token
	clauses []span
	lang    string

	// What was found in the tokens, for who asks next; nil: nobody has asked yet.
	own    []hit  // see [Cues.in]
	guards []hit  // see [Cues.guardsIn]
	pieces []span // see segments
}

// part is a document of some runs of a document's tokens. A clause ends where its run
// does, so that nobody is shown as evidence what is not in the part.
func part(text, lang string, runs ...[]token) *document {
	d := &document{lang: lang}
	for _, run := range runs {
		for i, t := range run {
			if i == 0 || t.clause != run[i-1].clause {
				d.clauses = append(d.clauses, span{start: t.start})
			}
			d.clauses[len(d.clauses)-1].end = t.end
			t.clause = len(d.clauses) - 1
			d.tokens = append(d.tokens, t)
		}
	}
	said := false
	for i, c := range d.clauses {
		d.clauses[i] = trim(text, c)
		said = said || d.clauses[i].start < d.clauses[i].end
	}
	if !said { // marks alone
		d.clauses = nil
	}
	return d
}

// parse cuts text. Names (of the contact and the company) become classes, as
// do numbers, money, days and months: no reading may hang on who it is about.
func parse(text string, names []string) *document {
	text = clip(text, maxRead)
	d := &document{tokens: make([]token, 0, min(maxTokens, len(text)/5+8))}
	d.scan(text, nameParts(names))
	d.lang = guessLanguage(d.tokens)
	for i := range d.tokens {
		d.tokens[i].plain = plain(d.tokens[i].word)
		d.tokens[i].stem = stem(d.tokens[i].word, d.lang)
	}
	d.cut(text)
	return d
}

// without returns d but for the tokens marked in drop.
func (d *document) without(drop []bool) *document {
	rest := &document{clauses: d.clauses, lang: d.lang}
	for i, t := range d.tokens {
		if !drop[i] {
			rest.tokens = append(rest.tokens, t)
		}
	}
	return rest
}

// clip returns at most n bytes of text, ending on a whole rune.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// nameParts lists the words of names that are long enough to be told from
// ordinary ones.
func nameParts(names []string) map[string]string {
	parts := map[string]string{}
	for i, name := range names {
		class := "@they"
		if i > 0 {
			class = "@firm"
		}
		for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if _, known := parts[w]; known || utf8.RuneCountInString(w) < 3 || commonInNames[w] {
				continue
			}
			parts[w] = class
		}
	}
	return parts
}

// commonInNames are words of company names that mean something on their own.
var commonInNames = map[string]bool{
	"the": true, "and": true, "und": true, "des": true, "les": true, "del": true, "van": true, "von": true, "der": true, "des ": true,
	"group": true, "school": true, "hotel": true, "bank": true, "city": true, "clinic": true, "hospital": true, "farm": true, "shop": true,
	"services": true, "systems": true, "software": true, "energy": true, "health": true, "care": true, "foods": true, "food": true,
	"office": true, "works": true, "will": true, "may": true, "home": true, "house": true, "one": true, "team": true, "press": true,
}

// scan cuts text into tokens.
func (d *document) scan(text string, names map[string]string) {
	quoted := false
	for i := 0; i < len(text) && len(d.tokens) < maxTokens; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if end, class := addressAt(text, i); end > i {
			d.add(class, i, end, quoted)
			i = end
			continue
		}
		switch {
		case unicode.IsLetter(r):
			end := wordEnd(text, i)
			if end-i > maxWord {
				i = end
				continue // a key, a picture, a fist on the keyboard
			}
			d.add(classOfWord(fold(text[i:end]), names), i, end, quoted)
			i = end
			continue
		case unicode.IsDigit(r):
			end, class := numberEnd(text, i)
			if dot := d.dayDot(text, i, end); dot > end {
				if end = dot; strings.Contains(text[i:end-1], ".") {
					class = "#date"
				}
			}
			d.add(class, i, end, quoted)
			i = end
			continue
		case r == '"' || r == '“' || r == '”' || r == '«' || r == '»' || r == '„':
			quoted = r != '”' && r != '»' && !quoted
			d.add(`"`, i, i+size, quoted)
		case r == '@' && i+1 < len(text) && unicode.IsLetter(rune(text[i+1])):
			end := wordEnd(text, i+1)
			d.add("@"+fold(text[i+1:end]), i, end, quoted)
			i = end
			continue
		case strings.ContainsRune("?!.,;:()%&+/→", r):
			d.add(string(r), i, i+size, quoted)
		case r == '$' || r == '€' || r == '£' || r == '¥' || r == '₹':
			d.add("#cur", i, i+size, quoted)
		case r > 0x2190 && r != utf8.RuneError && unicode.IsSymbol(r):
			d.add("#"+string(r), i, i+size, quoted)
		}
		i += size
	}
}

func (d *document) add(word string, start, end int, quoted bool) {
	d.tokens = append(d.tokens, token{word: word, start: start, end: end, quoted: quoted})
}

// wordEnd is the end of the word that starts at i: letters, with apostrophes
// and digits inside.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unseen(r) {
			i += size
			continue
		}
		if (r == '\'' || r == '’' || r == '_') && i+size < len(text) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if unicode.IsLetter(next) {
				i += size
				continue
			}
		}
		break
	}
	return i
}

// machineName stands for a signal's name with a low line inside.
const machineName = "_name"

// fold lowers a word, makes its apostrophes one kind and drops what shows
// nothing.
func fold(word string) string {
	if strings.Contains(word, "_") {
		if _, ok := signalNumber[journey.Signal(strings.ToLower(word))]; ok || strings.EqualFold(word, "do_not_contact") {
			return machineName
		}
	}
	if strings.IndexFunc(word, unseen) >= 0 {
		word = strings.Map(func(r rune) rune {
			if unseen(r) {
				return -1
			}
			return r
		}, word)
	}
	return strings.ReplaceAll(strings.ToLower(word), "’", "'")
}

func classOfWord(word string, names map[string]string) string {
	base := strings.TrimSuffix(word, "'s")
	if class, ok := names[base]; ok {
		return class
	}
	return word
}

// numberEnd is the end of the number that starts at i, and its class.
func numberEnd(text string, i int) (int, string) {
	start, separators := i, 0
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsDigit(r) {
			i += size
			continue
		}
		if strings.ContainsRune(".,/:-", r) && i+size < len(text) && text[i+size] >= '0' && text[i+size] <= '9' {
			separators++
			i += size
			continue
		}
		break
	}
	number := text[start:i]
	suffix := i
	for suffix < len(text) && suffix < i+3 && (text[suffix] >= 'a' && text[suffix] <= 'z' || text[suffix] >= 'A' && text[suffix] <= 'Z') {
		suffix++
	}
	switch {
	case strings.ContainsAny(number, "/") || strings.Count(number, "-") == 2 || strings.Count(number, ".") == 2:
		return i, "#date"
	case strings.Contains(number, ":"):
		return i, "#time"
	case i < len(text) && text[i] == '%':
		return i + 1, "#pct"
	}
	switch s := strings.ToLower(text[i:suffix]); s {
	case "st", "nd", "rd", "th":
		return suffix, "#date"
	case "am", "pm", "h", "uhr":
		return suffix, "#time"
	case "k", "m", "mn", "bn":
		return suffix, "#money"
	case "x":
		return suffix, "#times"
	}
	if len(number) == 4 && (number[:2] == "20" || number[:2] == "19") {
		return i, "#year"
	}
	if len(number) == 1 {
		return i, "#" + number
	}
	return i, "#n"
}

// dayDot returns where the dot of a day ends that follows the number text[i:end]
// in German: "bis 10.12. im Urlaub", "am 15. Januar". Such a dot closes no clause.
// Where the number may be any, as in "fell to 2.5. Asked for more", it is end.
func (d *document) dayDot(text string, i, end int) int {
	if end >= len(text) || text[end] != '.' {
		return end
	}
	rest := strings.TrimLeft(text[end+1:], " \u00a0")
	next, _ := utf8.DecodeRuneInString(rest)
	day, month, both := strings.Cut(text[i:end], ".")
	switch {
	case !upTo(day, 31):
		return end
	case !both && dottedBefore[strings.ToLower(rest[:wordEnd(rest, 0)])]:
	case both && upTo(month, 12) && (len(d.tokens) == 0 || dayAfter[d.tokens[len(d.tokens)-1].word] || unicode.IsLower(next) && end-i > len("2.5")):
	default:
		return end
	}
	return end + 1
}

// upTo reports whether s is a number from 1 to most, of two figures at most.
func upTo(s string, most int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && len(s) <= 2 && n >= 1 && n <= most
}

// dottedBefore are words before which a number has a dot in German; dayAfter stand
// before a day.
var (
	dottedBefore = wordsOf("januar jänner februar feber märz april mai juni juli august september oktober november dezember jan feb mär apr jun jul aug sep sept okt nov dez quartal halbjahr")
	dayAfter     = wordsOf("bis am vom zum ab den dem der seit vor nach für spätestens montag dienstag mittwoch donnerstag freitag mo di mi do fr , ( und oder by on until till")
)

// cut finds the clauses: what stands between full stops, semicolons, dashes,
// quotation marks and turning words. The clause that decided is what people are
// shown as evidence.
func (d *document) cut(text string) {
	begin := 0 // first token of the clause that is open
	closeAt := func(next int) {
		if next <= begin {
			return
		}
		s := trim(text, span{d.tokens[begin].start, d.tokens[next-1].end})
		if s.end > s.start {
			for i := begin; i < next; i++ {
				d.tokens[i].clause = len(d.clauses)
			}
			d.clauses = append(d.clauses, s)
		} else if len(d.clauses) > 0 {
			for i := begin; i < next; i++ {
				d.tokens[i].clause = len(d.clauses) - 1
			}
		}
		begin = next
	}
	for i := range d.tokens {
		switch w := d.tokens[i].word; {
		case w == "." || w == ";" || w == "!" || w == "?" || w == ":":
			if (w != "." || i-begin > 1) && !(w == ":" && i > 0 && d.tokens[i-1].word == "re") { // "re: offer"
				closeAt(i + 1)
			}
		case i > begin && (turning[w] && (w != "mais" || d.lang != "pt") || strings.Contains(text[d.tokens[i-1].end:d.tokens[i].start], "\n")):
			closeAt(i)
		case i-begin > 3 && w == ",":
			closeAt(i + 1)
		}
	}
	closeAt(len(d.tokens))
}

// turning words open a clause of another sense. Portuguese "mais" is "more".
var turning = map[string]bool{
	"but": true, "aber": true, "sondern": true, "mais": true, "pero": true, "sino": true, "mas": true, "ma": true, "maar": true,
	"however": true, "though": true, "although": true, "because": true, "weil": true, "so": true, "then": true,
}

// trim takes blanks and loose marks off both ends of s.
func trim(text string, s span) span {
	for s.start < s.end {
		r, size := utf8.DecodeRuneInString(text[s.start:s.end])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) {
			break
		}
		s.start += size
	}
	for s.end > s.start {
		r, size := utf8.DecodeLastRuneInString(text[s.start:s.end])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) || r == '%' || r == '?' || r == '!' || unicode.Is(unicode.M, r) {
			break
		}
		s.end -= size
	}
	return s
}
