// Package english has the small change of the sentences that people read: how many,
// which day, a capital, a full stop. Pure.
package english

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plural counts in words: "1 item", "3 items".
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// Verb is the form of a verb that goes with n of something: one for a single one, else
// more.
func Verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// FullStop ends a sentence that does not end yet.
func FullStop(text string) string {
	if text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "`") {
		return text
	}
	return text + "."
}

// Upper makes the first letter large: "version 3" at the start of a sentence.
func Upper(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// Lower makes the first letter small, for a sentence that follows a colon.
func Lower(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}
