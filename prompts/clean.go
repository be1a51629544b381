package prompts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/prompts/strict"
)

// Clean is the form in which what people typed reaches a model: valid UTF-8
// without control characters (but for line ends and tabs), without characters
// that are not seen or turn the direction of writing, and cut to limit
// characters, the last of which is then an ellipsis. Quotes that a model gives
// must be sought in this form.
func Clean(s string, limit int) string {
	s = strings.Map(func(r rune) rune { // Map makes U+FFFD of each broken byte, as encoding/json does
		if strict.Unseen(r) {
			return -1
		}
		return r
	}, s)
	return Clip(s, limit)
}

// OneLine is Clean with every run of white space made one space.
func OneLine(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ") // before Clean, which drops \r without a trace
	return Clip(strings.Join(strings.Fields(Clean(s, len(s))), " "), limit)
}

// Clip cuts s to limit characters, the last of which is then an ellipsis.
func Clip(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	if limit <= 0 {
		return ""
	}
	runes := 0
	for i := range s {
		if runes++; runes == limit {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
	}
	return s
}

// Escape writes s so that Slack shows it as it stands in a mrkdwn text:
// nobody is called and nothing becomes a link.
func Escape(s string) string {
	return escaper.Replace(s)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
