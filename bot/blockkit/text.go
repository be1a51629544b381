package blockkit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape makes words as people type them safe to stand in mrkdwn: no note can mention
// a channel or a person, or forge a link. Stars and such stay: they only look.
func Escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

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
	all := Escape(s)
	if utf8.RuneCountInString(all) <= n {
		return all
	}
	var kept strings.Builder
	left := n - 1 // the mark
	for _, r := range s {
		one := Escape(string(r))
		if left -= utf8.RuneCountInString(one); left < 0 {
			break
		}
		kept.WriteString(one)
	}
	return kept.String() + "…"
}

// FencedWithin is a code fence around text, of at most n characters with its marks.
func FencedWithin(s string, n int) string {
	return "```" + EscapeWithin(strings.ReplaceAll(s, "```", "'''"), n-6) + "```"
}

// Fenced is text as it may stand within a code fence, escaped and cut at 2,400 characters.
func Fenced(s string) string { return strings.ReplaceAll(Escape(Truncate(s, 2400)), "```", "'''") }

// OneLine is text without its line breaks.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
