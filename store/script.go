package store

import (
	"strings"
	"unicode"
)

// withoutSpaces is a key without its spaces, where it is written in a script that may leave them
// out between family and given name; else empty.
func withoutSpaces(key string) string {
	joined := strings.ReplaceAll(key, " ", "")
	for _, r := range joined {
		if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && r != 'ー' {
			return ""
		}
	}
	return joined
}

// unspaced reports whether one of two names is the other but for its spaces, or the family or
// given name of it: "山田", "山田太郎" and "山田 太郎".
func unspaced(a, b string) bool {
	a, b = withoutSpaces(a), withoutSpaces(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a != "" && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a))
}

// otherwiseSpaced are the keys by which somebody may be known whose name is written in such a
// script: without its spaces, with one, and each beginning of it.
func otherwiseSpaced(key string) (all []string) {
	joined := withoutSpaces(key)
	for i := range joined {
		if i > 0 {
			all = append(all, joined[:i], joined[:i]+" "+joined[i:])
		}
	}
	if joined != "" {
		all = append(all, joined)
	}
	return all
}
