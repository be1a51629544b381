package blockkit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape makes words as people type them safe to stand in mrkdwn: no note can mention
// a channel or a person, or forge a link, nor turn round the line in which it is quoted. Stars
// and such stay: they only look.
func Escape(s string) string { return escaper.Replace(s) }

// turns are the marks that set the direction of all that follows them: a script written from
// right to left is shown so without.
var turns = []string{"\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "", "\u2066", "", "\u2067", "", "\u2068", "", "\u2069", ""}

var (
	escaper      = strings.NewReplacer(append([]string{"&", "&amp;", "<", "&lt;", ">", "&gt;"}, turns...)...)
	straightener = strings.NewReplacer(turns...)
)

// straight is a text without those marks, where it is shown without markup.
func straight(s string) string { return straightener.Replace(s) }

// Truncate shortens to at most n characters and shows that it did.
func Truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// Fallback is mrkdwn without its marks, cut to what notifications and screen readers take.
// An underscore within a word is none: CAIRN_ADMINS.
func Fallback(s string) string {
	r := []rune(Truncate(s, 2900))
	var plain strings.Builder
	for i, c := range r {
		switch c {
		case '*', '`':
			continue
		case '_':
			if i == 0 || i == len(r)-1 || !inWord(r[i-1]) || !inWord(r[i+1]) {
				continue
			}
		}
		plain.WriteRune(c)
	}
	return plain.String()
}

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// Link is a title that opens an address; it escapes both. A bar would end the address early.
func Link(url, title string) string {
	return "<" + Escape(strings.ReplaceAll(url, "|", "%7C")) + "|" + Escape(title) + ">"
}

// EscapeWithin escapes s and cuts it to at most n characters as they are sent, never within
// what stands for one; it shows that it did.
func EscapeWithin(s string, n int) string {
	kept, _ := escapeWithin(s, n)
	return kept
}

// escapeWithin is EscapeWithin, and how many characters of s it cut away.
func escapeWithin(s string, n int) (escaped string, cut int) {
	all := Escape(s)
	if utf8.RuneCountInString(all) <= n {
		return all, 0
	}
	end, room := len(s), n-1 // the mark
	for at, r := range s {
		if room -= utf8.RuneCountInString(Escape(string(r))); room < 0 {
			end = at
			break
		}
	}
	return Escape(s[:end]) + "…", utf8.RuneCountInString(s[end:])
}

// FencedWithin is a code fence around text, of at most n characters with its marks.
func FencedWithin(s string, n int) string {
	fenced, _ := FencedPart(s, n)
	return fenced
}

// FencedPart is FencedWithin, and how many characters of s stand no more in it.
func FencedPart(s string, n int) (fenced string, cut int) {
	escaped, cut := escapeWithin(strings.ReplaceAll(s, "```", "'''"), n-6)
	return "```" + escaped + "```", cut
}

// Fenced is text as it may stand within a code fence, escaped and cut at 2,400 characters.
func Fenced(s string) string { return strings.ReplaceAll(Escape(Truncate(s, 2400)), "```", "'''") }

// OneLine is text without its line breaks.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
