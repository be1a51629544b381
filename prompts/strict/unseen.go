package strict

import (
	"fmt"
	"strings"
	"unicode"
)

// Unseen tells characters that people do not see and that machines read: controls
// but for line ends and tabs, marks of direction, zero widths (but for the joiners,
// which scripts and emoji need), and tags, in which whole sentences can be hidden.
func Unseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\u200c' || r == '\u200d':
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
		return true
	}
	return r >= 0xE0000 && r <= 0xE0FFF
}

// UnseenAt is where in a text that was written for people the first character stands that
// they do not see, of [Unseen] or a joiner where nothing is to be joined: behind no emoji
// and no letter of a script that joins its letters. -1: there is none.
func UnseenAt(text string) int {
	before := rune(-1)
	for at, r := range text {
		if Unseen(r) || (r == '\u200c' || r == '\u200d') && !joins(before) {
			return at
		}
		before = r
	}
	return -1
}

// joins reports whether a joiner behind this character may change how it looks.
func joins(r rune) bool {
	if unicode.IsLetter(r) || unicode.IsMark(r) && r != '\ufe0f' {
		return !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Inherited, unicode.Common)
	}
	return unicode.In(r, unicode.So, unicode.Sk) || r == '\ufe0f'
}

// UnseenIn tells every line of a text that holds a character of [UnseenAt]. A NUL
// among them is one that no database keeps, so that whatever it gets into cannot be
// recorded.
func UnseenIn(file, text string) Problems {
	var found Problems
	line := 0
	for row := range strings.Lines(text) {
		line++
		if at := UnseenAt(row); at >= 0 {
			r := []rune(row[at:])[0]
			found = append(found, Problem{File: file, Line: line, What: fmt.Sprintf("a character that nobody sees stands here (U+%04X)", r),
				Hint: "delete the words around it and type them anew"})
		}
	}
	return found
}
