package blockkit

import (
	"strings"
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
func Fallback(s string) string {
	return unmarked.Replace(Truncate(s, 2900))
}

var unmarked = strings.NewReplacer("*", "", "_", "", "`", "")

// Link is a title that opens an address; it escapes both. A bar would end the address early.
func Link(url, title string) string {
	return "<" + Escape(strings.ReplaceAll(url, "|", "%7C")) + "|" + Escape(title) + ">"
}

// Fenced is text as it may stand within a code fence, escaped and cut at 2,400 characters.
func Fenced(s string) string { return strings.ReplaceAll(Escape(Truncate(s, 2400)), "```", "'''") }

// OneLine is text without its line breaks.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
