package line

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key returns the folded form of a name, by which two spellings of it are
// held to be the same: lower case, without accents, ß as ss, apostrophes
// dropped, other punctuation as spaces, spaces collapsed. Letters of every
// script stay; where a name has no letter or digit at all (an emoji), its
// symbols stay. Key(Key(s)) == Key(s). It is what stands in name_key.
func Key(name string) string {
	if k := foldRunes(name, false); k != "" {
		return k
	}
	return foldRunes(name, true)
}

// CompanyKey is [Key] without the legal form at either end ("Acme GmbH & Co.
// KG", "ACME, Inc." and "acme" are one), unless nothing else would remain.
func CompanyKey(name string) string {
	words := strings.Fields(Key(name))
	for again := true; again; {
		again = false
		for _, form := range legalForms() {
			if n := len(words) - len(form); n > 0 && equalWords(words[n:], form) {
				words, again = words[:n], true
			}
		}
	}
	for len(words) > 1 && leadingForms[words[0]] {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

func equalWords(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// foldRunes lowers, strips accents and collapses. With symbols, what is
// neither letter nor digit nor space stays too.
func foldRunes(s string, symbols bool) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range decompose(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && b.Len() > 0 && !gap:
		case isApostrophe(r) || isInvisible(r):
			continue
		case symbols && !unicode.IsSpace(r) && !unicode.IsControl(r):
		default:
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		if r < utf8.RuneSelf { // most are, and a map costs more than the rest
			b.WriteByte(byte(unicode.ToLower(r)))
			continue
		}
		if plain, ok := unaccented[r]; ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return norm.NFC.String(b.String())
}

// decompose splits accents from their letters and drops them. Only the marks
// of the Latin, Greek and Cyrillic scripts go (U+0300 to U+036F): a Japanese
// voicing mark or a Hindi vowel sign makes another word.
func decompose(s string) string {
	if isASCII(s) {
		return s
	}
	s = strings.ToLower(norm.NFKD.String(s))
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return norm.NFKC.String(s)
}

// unaccented holds the letters that Unicode does not decompose and people
// type plainly.
var unaccented = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'ŋ': "n", 'ĸ': "k",
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´' || r == '＇'
}

// isInvisible reports characters that show nothing: zero-width spaces and
// joiners, soft hyphens, byte order and direction marks, variation selectors.
func isInvisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0xFEFF, r == 0x2060, r == 0x61C, r == 0x180E:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// tidy makes a name fit to show: no invisible characters or controls, single
// spaces, no punctuation left hanging at its ends.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 0x200D: // joins emoji and some scripts' letters
			return r
		case isInvisible(r) && (r < 0xFE00 || r > 0xFE0F):
			return -1
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	return strings.Trim(s, " ,;–—-|/")
}

// leadingForms stand before the name in some countries.
var leadingForms = map[string]bool{"ooo": true, "oao": true, "zao": true, "pao": true, "ооо": true, "оао": true, "зао": true, "пао": true, "ип": true}

// legalForms are the forms that close a company's name, as [Key] leaves them.
var legalForms = sync.OnceValue(func() [][]string { return splitForms(legalFormTable) })

const legalFormTable = `gmbh & co kg|gmbh|mbh|ggmbh|ug|ug haftungsbeschrankt|ag|ag co kg|kg|kgaa|ohg|gbr|ev|e v|eg|e g|ek|e k|se|
inc|incorporated|corp|corporation|co|company|llc|l l c|llp|l l p|lp|ltd|limited|plc|p l c|pc|pllc|
sa|s a|s a s|sas|sasu|sarl|s a r l|eurl|sci|snc|s n c|spa|s p a|srl|s r l|srls|sapa|sl|s l|slu|s l u|sau|s a u|sll|sa de cv|s a de c v|s de rl de cv|s de r l de c v|
bv|b v|nv|n v|vof|v o f|cv|c v|bvba|sprl|lda|l da|ltda|eireli|me|sgps|
ab|aktiebolag|as|a s|asa|aps|oy|oyj|hf|ehf|
sp z o o|sp zoo|spolka z o o|s r o|sro|a s|d o o|doo|d d|kft|zrt|nyrt|bt|eood|ood|uab|sia|ou|
pty ltd|pty|pte ltd|pte|pvt ltd|pvt|private limited|sdn bhd|bhd|kk|k k|gk|tbk|jsc|pjsc|ooo`

func splitForms(table string) [][]string {
	var forms [][]string
	for _, f := range strings.Split(table, "|") {
		forms = append(forms, strings.Fields(strings.ReplaceAll(f, "&", "")))
	}
	return forms
}
