package store

import (
	"strings"
	"unicode"
)

// umlauts are written out where a keyboard has none.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue")

// writtenOut is the key of a name with its umlauts written out: "juergen weiss" of Jürgen Weiß;
// empty where it has none.
func writtenOut(name string) string {
	lower := strings.ToLower(name)
	out := umlauts.Replace(lower)
	if out == lower {
		return ""
	}
	return strings.Join(strings.FieldsFunc(strings.ReplaceAll(out, "ß", "ss"), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// sameWritten reports whether what was typed is a contact's whole name but for umlauts that one
// of the two writes out. Müller and Muller are two keys of one; Mueller and Muller are two names.
func (w Who) sameWritten(c Candidate) bool {
	return w.NameKey != "" && (writtenOut(c.Name) == w.NameKey || writtenOut(w.Name) == c.NameKey)
}
