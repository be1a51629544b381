package observe

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Classes of what is written down to reach somebody by. None of its parts is a word of
// what happened: "or +49 170 1234567" agrees on no time, "demo" in a link shows no demo.
const (
	mailClass  = "#mail"
	linkClass  = "#link"
	phoneClass = "#phone"
)

var (
	aMail = regexp.MustCompile(`^[\pL\pN][\pL\pN._%+-]{0,63}@(?:[\pL\pN-]{1,63}\.)+\pL{2,24}`)
	aLink = regexp.MustCompile(`^(?i:https?://|www\.)[^\s<>"“”]{3,}`)
)

// longestAddress is how many bytes of an address or link are looked at.
const longestAddress = 512

// addressAt is the end of the address, link or telephone number that starts at i, and
// its class; the end is i where none does.
func addressAt(text string, i int) (end int, class string) {
	first, _ := utf8.DecodeRuneInString(text[i:])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if first != '+' && !unicode.IsLetter(first) && !unicode.IsDigit(first) || unicode.IsLetter(before) || unicode.IsDigit(before) {
		return i, ""
	}
	rest := text[i:]
	if c := rest[0]; c == '+' || c == '0' {
		if n := phoneEnd(rest); n > 0 {
			return i + n, phoneClass
		}
		return i, ""
	}
	word := clip(rest, longestAddress)
	if at := strings.IndexAny(word, " \t\r\n"); at >= 0 {
		word = word[:at]
	}
	if !strings.ContainsAny(word, "@.") {
		return i, ""
	}
	if found := aMail.FindString(word); found != "" {
		return i + len(found), mailClass
	}
	if found := strings.TrimRight(aLink.FindString(word), ".,;:!?)’'"); found != "" {
		return i + len(found), linkClass
	}
	return i, ""
}

// isNumber reports whether w is the class of a number. The sign of a currency is none, and
// what somebody is reached by is none, though it has figures in it.
func isNumber(w string) bool {
	switch w {
	case "#cur", mailClass, linkClass, phoneClass:
		return false
	}
	return w[0] == '#'
}
