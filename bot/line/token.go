package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is a word, a number with its inner dots, dashes and colons, or one
// break of the sentence.
type token struct {
	fold   string // lower case, without accents; empty for a break
	at     int    // bytes of the note: note[at:to]
	to     int
	kind   kind
	upper  bool // starts with a capital
	quoted bool // within quotation marks that are closed again: their words
	clause int  // which clause it stands in, from 0
}

type kind uint8

const (
	word kind = iota
	number
	other  // an address, a mention, a symbol
	breaks // punctuation that ends a clause
)

// tokenize splits a note. Apostrophes split words ("I'll" is i, ll) so that
// the tables can be written with or without them.
func tokenize(note string) []token {
	toks := make([]token, 0, len(note)/5+4)
	clause := 0
	for i := 0; i < len(note); {
		r, n := utf8.DecodeRuneInString(note[i:])
		switch {
		case unicode.IsSpace(r) && r != '\n', isInvisible(r), isApostrophe(r), unicode.IsControl(r) && r != '\n':
			i += n
			continue
		case isWith(note, i): // "w/ her boss"
			toks = append(toks, token{fold: "with", at: i, to: i + 2, kind: word, clause: clause})
			i += 2
			continue
		case r == '.' && (isOrdinalDot(note, i, toks) || isMonthDot(note, i, toks)):
			i += n
			continue
		case r == ':' && isSubjectMark(note, i, toks):
			i += n
			continue
		case (r == ',' || r == '.') && joinsDate(note, i, toks):
			i += n
			continue
		case isBreak(note, i, r):
			toks = append(toks, token{at: i, to: i + n, kind: breaks, clause: clause})
			clause++
			i += n
			continue
		}
		end, k := tokenEnd(note, i, r)
		toks = append(toks, token{fold: foldWord(note[i:end], k), at: i, to: end, kind: k, upper: unicode.IsUpper(r), clause: clause})
		i = end
	}
	markQuotes(note, toks)
	return toks
}

// isWith reports "w/" before a space or a word.
func isWith(note string, i int) bool {
	if !strings.HasPrefix(note[i:], "w/") && !strings.HasPrefix(note[i:], "W/") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(note[:i])
	return i == 0 || unicode.IsSpace(before)
}

// isSubjectMark reports whether the colon at i stands behind a "re", which says with what
// follows what a talk is about, and ends nothing: "call on Friday re: offer".
func isSubjectMark(note string, i int, toks []token) bool {
	if len(toks) == 0 || toks[len(toks)-1].to != i {
		return false
	}
	last := toks[len(toks)-1]
	return last.kind == word && (last.fold == "re" || last.fold == "betr" || last.fold == "bzgl") && strings.TrimSpace(note[i+1:]) != ""
}

// isOrdinalDot reports whether the dot at i belongs to a day of a month: "am
// 2. April".
func isOrdinalDot(note string, i int, toks []token) bool {
	if len(toks) == 0 || toks[len(toks)-1].kind != number || toks[len(toks)-1].to != i {
		return false
	}
	last := toks[len(toks)-1].fold
	if strings.Count(last, ".") == 1 && len(last) <= 5 { // "am 9.3. war", in the middle of a sentence
		rest := strings.TrimLeft(note[i+1:], " ")
		r, _ := utf8.DecodeRuneInString(rest)
		return rest != note[i+1:] && unicode.IsLower(r)
	}
	if len(last) > 2 {
		return false
	}
	if len(toks) > 1 && dayBeforeDot[toks[len(toks)-2].fold] { // "auf Dienstag den 15. geeinigt"
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(note[i+1:], " \u00a0")); unicode.IsLower(r) {
			return true
		}
	}
	rest := strings.TrimLeft(note[i+1:], " \u00a0")
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	if end == 0 {
		return false
	}
	next := foldWord(rest[:end], word)
	_, n := monthWords().at([]token{{fold: next}}, 0)
	return n > 0 || next == "quartal" || next == "halbjahr" || next == "zeit"
}

// isMonthDot reports whether the dot at i shortens a month behind its day, in the middle of a
// sentence: "le 20 nov. visite".
func isMonthDot(note string, i int, toks []token) bool {
	if len(toks) < 2 || toks[len(toks)-1].to != i || toks[len(toks)-2].kind != number || toks[len(toks)-2].clause != toks[len(toks)-1].clause {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(note[i+1:], " \u00a0"))
	return shortMonths[toks[len(toks)-1].fold] && (unicode.IsLower(next) || unicode.IsDigit(next))
}

// shortMonths are the months that are cut short: the dot behind "may" or "mars" ends a sentence.
var shortMonths = WordSet(`jan janv ene feb fevr mar apr avr abr jun jul juil aug sep sept oct okt nov dec dez dic`)

// dayBeforeDot are German words before a day of the month, whose dot ends no sentence where
// a small letter follows.
var dayBeforeDot = map[string]bool{"den": true, "dem": true, "am": true, "zum": true, "vom": true, "bis": true, "ab": true}

// joinsDate reports whether the mark at i stands between a weekday and its date, and
// ends nothing: "Montag, 21. Dezember", "Fr., 18.12.".
func joinsDate(note string, i int, toks []token) bool {
	if len(toks) == 0 || toks[len(toks)-1].kind != word {
		return false
	}
	last := toks[len(toks)-1:]
	if between := note[last[0].to:i]; between != "" && between != "." {
		return false
	}
	_, long := weekdayWords().at(last, 0)
	_, short := shortDays().at(last, 0)
	return (long > 0 || short > 0 || last[0].fold == "feira") && startsDate(strings.TrimLeft(note[i+1:], ", \u00a0"))
}

// startsDate reports whether a text begins with a day of a month.
func startsDate(text string) bool {
	next := func() string {
		text = strings.TrimLeft(text, " .\u00a0")
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if end < 0 {
			end = len(text)
		}
		w := foldWord(text[:end], word)
		text = text[end:]
		return w
	}
	isMonth := func(w string) bool {
		_, n := monthWords().at([]token{{fold: w}}, 0)
		return n > 0
	}
	if text != "" && isDigit(text[0]) {
		end := numberEnd(text, 0)
		if _, _, _, ok := figures(text[:end], end < len(text) && text[end] == '.', true); ok {
			return true
		}
	}
	w := next()
	article := dateArticles[w]
	if article {
		w = next()
	}
	if isMonth(w) {
		_, ok := ordinal(next())
		return ok
	}
	if _, ok := ordinal(w); !ok {
		return false
	}
	if w = next(); w == "of" || w == "de" || w == "di" {
		w = next()
	}
	return article || isMonth(w)
}

func isBreak(note string, i int, r rune) bool {
	switch r {
	case ',', '.', ';', ':', '!', '?', '\n', '(', ')', '[', ']', '"', '“', '”', '„', '«', '»', '—', '…', '•', '|', '、', '。', '，', '：':
		return true
	case '–', '-', '/', '*', '>', '=', '+', '→':
		// Within a word or a number they are part of it; on their own they divide.
		return i+utf8.RuneLen(r) >= len(note) || note[i+utf8.RuneLen(r)] == ' ' || note[i+utf8.RuneLen(r)] == '>'
	}
	return false
}

// tokenEnd finds where the token that starts at i with r ends.
func tokenEnd(note string, i int, r rune) (int, kind) {
	if unicode.IsDigit(r) {
		return numberEnd(note, i), number
	}
	if !unicode.IsLetter(r) {
		if r == '@' || r == '#' {
			return chunkEnd(note, i), other
		}
		return i + utf8.RuneLen(max(r, 0)), other
	}
	if end := chunkEnd(note, i); end > i && strings.ContainsAny(note[i:end], "@") || strings.Contains(note[i:end], "://") || strings.HasPrefix(note[i:end], "www.") {
		return end, other
	}
	end := i
	for end < len(note) {
		r, n := utf8.DecodeRuneInString(note[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !(isInvisible(r) && r != 0x200B) {
			break
		}
		end += n
	}
	return end, word
}

// numberEnd takes in what belongs to a date, a time or a decimal, and an
// ordinal's letters: 02.03.2026, 9:30, 2026-03-02, 14/3, 2nd.
func numberEnd(note string, i int) int {
	for i < len(note) {
		c := note[i]
		inner := (c == '.' || c == ':' || c == '-' || c == '/' || c == ',') && i+1 < len(note) && note[i+1] >= '0' && note[i+1] <= '9'
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || inner {
			i++
			continue
		}
		if r, n := utf8.DecodeRuneInString(note[i:]); r == 'º' || r == 'ª' || r > 0x7F && unicode.IsDigit(r) {
			i += n
			continue
		}
		break
	}
	return i
}

// chunkEnd finds the end of an address or a mention. None is longer than 512
// bytes for our purpose; the bound keeps odd input from costing its square.
func chunkEnd(note string, i int) int {
	for limit := i + 512; i < len(note) && i < limit; {
		r, n := utf8.DecodeRuneInString(note[i:])
		if unicode.IsSpace(r) || r == ',' || r == ';' || r == ')' || r == '"' || r == '”' || r == '>' {
			break
		}
		i += n
	}
	return i
}

// foldWord lowers and strips accents; most words are plain already and cost
// nothing.
func foldWord(s string, k kind) string {
	if k == other {
		return s
	}
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if r >= 0x300 && r <= 0x36F || isInvisible(r) {
			continue
		}
		r = unicode.ToLower(r)
		if p, ok := unaccented[r]; ok {
			b.WriteString(p)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// markQuotes marks what stands between two quotation marks. A mark that is
// never closed marks nothing.
func markQuotes(note string, toks []token) {
	open := -1
	for i, t := range toks {
		if t.kind != breaks {
			continue
		}
		switch r, _ := utf8.DecodeRuneInString(note[t.at:]); r {
		case '"', '“', '”', '„', '«', '»':
			if open < 0 {
				open = i
				continue
			}
			for j := open + 1; j < i; j++ {
				toks[j].quoted = true
			}
			open = -1
		}
	}
}

// span returns the note's own words from token i up to and without token j.
func span(note string, toks []token, i, j int) string {
	if i >= j || i >= len(toks) {
		return ""
	}
	return note[toks[i].at:toks[j-1].to]
}
