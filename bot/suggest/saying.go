package suggest

import (
	"fmt"
	"slices"
	"strings"
)

// saying is what a note may say, as folded words, not stems: "out" and "outing"
// are two things here.
type saying []slot

// slot is a place of a saying: one of some words, or a gap of any words.
type slot struct {
	words       []string
	least, most int // words of the gap, where words is empty
}

// parseSaying reads a saying: words that follow each other, "a|b" for one of
// two or more, "*" for one or two words of any kind, "**" for up to four or
// none. It must begin and end with a word.
func parseSaying(text string) (saying, error) {
	var s saying
	for part := range strings.FieldsSeq(text) {
		switch {
		case part == "*":
			s = append(s, slot{least: 1, most: 2})
		case part == "**":
			s = append(s, slot{most: 4})
		case strings.Contains(part, "|"):
			var one slot
			for alternative := range strings.SplitSeq(part, "|") {
				ws := words(alternative)
				if len(ws) != 1 {
					return nil, fmt.Errorf("%q is not one word of two letters or more", alternative)
				}
				one.words = append(one.words, ws[0].folded)
			}
			s = append(s, one)
		default:
			for _, w := range words(part) {
				s = append(s, slot{words: []string{w.folded}})
			}
		}
	}
	if len(s) == 0 || s[0].words == nil || s[len(s)-1].words == nil {
		return nil, fmt.Errorf("%q does not begin and end with a word", text)
	}
	return s, nil
}

// sayings are found by the words that they begin with: a note is looked through
// once for all of them.
type sayings map[string][]saying

func (all sayings) add(s saying) {
	for _, first := range s[0].words {
		all[first] = append(all[first], s)
	}
}

// said reports whether a text, as its folded words, holds one of the sayings.
func (all sayings) said(in []string) bool {
	for i, first := range in {
		for _, s := range all[first] {
			if s[1:].begins(in[i+1:]) {
				return true
			}
		}
	}
	return false
}

// begins reports whether words begin with the saying.
func (s saying) begins(said []string) bool {
	_, ok := s.length(said)
	return ok
}

// length is how many words the saying takes where words begin with it.
func (s saying) length(said []string) (n int, ok bool) {
	if len(s) == 0 {
		return 0, true
	}
	if s[0].words != nil {
		if len(said) == 0 || !slices.Contains(s[0].words, said[0]) {
			return 0, false
		}
		n, ok = s[1:].length(said[1:])
		return n + 1, ok
	}
	for skip := s[0].least; skip <= min(s[0].most, len(said)); skip++ {
		if n, ok := s[1:].length(said[skip:]); ok {
			return n + skip, true
		}
	}
	return 0, false
}
