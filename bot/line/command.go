package line

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Command splits what follows /coach into its first word, folded with [Key],
// and the rest as typed, trimmed. Both are empty for an empty text.
func Command(text string) (verb, rest string) {
	text = strings.TrimFunc(text, isSpaceOrInvisible)
	i := strings.IndexFunc(text, unicode.IsSpace)
	if i < 0 {
		return Key(text), ""
	}
	return Key(text[:i]), strings.TrimFunc(text[i:], unicode.IsSpace)
}

// OpensWho reports whether the first word of a text ends in the colon that ends a
// who: "Journey: call, asked for prices" tells of somebody, and is no command.
func OpensWho(text string) bool {
	text = strings.TrimFunc(text, isSpaceOrInvisible)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		text = text[:i]
	}
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
}

// longestWord is the length up to which a typed word is compared.
const longestWord = 40

// Nearest returns the known word that was most likely meant: the one with the
// fewest slips (a letter missing, added, changed, or two swapped), at most one
// in three letters, or one that the word begins. Between equals the earlier in
// known wins. False where nothing is near.
func Nearest(typed string, known []string) (string, bool) {
	typed = Key(typed)
	n := utf8.RuneCountInString(typed)
	if n == 0 || n > longestWord {
		return "", false
	}
	best, least := "", 1+max(1, n/3)
	for _, k := range known {
		d := distance(typed, Key(k))
		if n >= 2 && strings.HasPrefix(Key(k), typed) {
			d = min(d, 1)
		}
		if d < least {
			best, least = k, d
		}
	}
	return best, best != ""
}

// distance is the Damerau–Levenshtein distance (optimal string alignment) in
// characters.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			change := 1
			if s[i-1] == t[j-1] {
				change = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(s)][len(t)]
}
