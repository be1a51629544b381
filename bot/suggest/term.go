package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

// word is one word of a text: where it stands, and in the form in which words
// are compared.
type word struct {
	start, end int    // bytes of the text
	folded     string // lower case, without accents
}

// words cuts a text into words of letters and digits. One letter by itself is none, unless it
// has an accent: "à" says where somebody is.
func words(text string) []word { return wordsInto(make([]word, 0, len(text)/4+1), text) }

// wordsInto appends the words of text to found.
func wordsInto(found []word, text string) []word {
	start := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			found = appendWord(found, text, start, i)
			start = -1
		}
	}
	if start >= 0 {
		found = appendWord(found, text, start, len(text))
	}
	return found
}

const (
	leastWord = 2  // bytes
	maxWord   = 40 // bytes; longer ones are addresses and keys, not words
)

func appendWord(found []word, text string, start, end int) []word {
	if end-start < leastWord || end-start > maxWord {
		return found
	}
	return append(found, word{start, end, fold(text[start:end])})
}

// fold returns lower case without accents: "Geschäftsführer" and
// "geschaftsfuhrer" are one word.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// stem returns the stem of a folded word. English rules serve for all: they
// take plurals and common endings off the other languages' words too, and
// those that they miss are met by [prefix].
func stem(folded string) string {
	for i := 0; i < len(folded); i++ {
		if c := folded[i]; c >= '0' && c <= '9' || c >= utf8.RuneSelf {
			return folded
		}
	}
	return english.Stem(folded, false)
}

// prefixLen is how many bytes long words are compared by when their stems
// differ: enough to tell "mainten-ance" from "main", few enough to join
// "sterilisation", "Sterilisierung" and "esterilización"'s cousins, and German
// compounds with their first part.
const prefixLen = 6

// prefix returns the start by which a long word is compared, or "".
func prefix(stemmed string) string {
	if len(stemmed) <= prefixLen-1 {
		return ""
	}
	return "^" + stemmed[:min(prefixLen, len(stemmed))]
}

// leastPart is the least length of a part of a compound.
const leastPart = 4

// parts returns the beginnings and ends of a word that may be words of their
// own: "stromrechnung" has "strom" and "rechnung" among them.
func parts(word string) []string {
	var found []string
	for k := leastPart; k <= len(word)-leastPart; k++ {
		found = append(found, stem(word[:k]), stem(word[k:]))
	}
	return found
}
