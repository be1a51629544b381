package store

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// sameCompany: "acme pumps" is Acme to who types it so.
func sameCompany(known, typed string) bool { return known == typed || holdsWords(known, typed) }

// longWord is how many letters a word of a company's name has whose one letter more or
// less makes no other company: "Abernathy Logistic".
const longWord = 8

// surelyCompany reports whether a typed company is the known one with slips of the fingers.
func surelyCompany(known, typed string) bool {
	a, b := strings.Fields(known), strings.Fields(typed)
	return len(a) == len(b) && !slices.ContainsFunc(b, func(w string) bool { return strings.ContainsAny(w, digits) && !slices.Contains(a, w) }) &&
		!slices.ContainsFunc(a, func(w string) bool {
			return !slices.ContainsFunc(b, func(v string) bool { return oneCompanyWord([]rune(w), []rune(v)) })
		})
}

func oneCompanyWord(a, b []rune) bool {
	return slices.Equal(a, b) || slipOfFingers(a, b) || len(a) != len(b) && min(len(a), len(b)) >= longWord && slip(a, b) != none
}

// holdsWords reports whether every word of part stands in key, in order.
func holdsWords(key, part string) bool {
	words := strings.Fields(key)
	for _, w := range strings.Fields(part) {
		i := slices.Index(words, w)
		if i < 0 {
			return false
		}
		words = words[i+1:]
	}
	return part != ""
}

// mayBeWhole reports whether part of a contact's name and the company, typed without a comma,
// may as well be the first and family name of somebody else: "martin dupont" is Sophie Martin
// of Dupont no surer than Martin Dupont. It is not where it begins with the first name.
func (w Who) mayBeWhole(c Candidate, part string) bool {
	known := c.NameKey
	if bare := c.bare(); strings.Contains(bare, " ") {
		known = bare
	}
	return strings.Fields(known)[0] != strings.Fields(part)[0] && !strings.ContainsAny(w.NameKey, digits)
}

// takenFor tells of a match by part of a name and the company, typed without a comma, that it is
// one: "sophie dupont", taken for Sophie Martin of Dupont, may be Sophie Dupont.
func (w Who) takenFor(m Match, found []Candidate) Match {
	for _, c := range found {
		if part := withoutCompany(w, c); c.ID == m.ID && part != "" && part != c.NameKey && c.NameKey != w.NameKey && !c.goesBy(w.NameKey) {
			m.Typo = true
		}
	}
	return m
}

// abbreviates reports whether typed is a name with some of its words as initials, in any
// order: "d ruiz", "dana r", "d r", "d"; or with the initials of some in one: "dr", "jl picard".
func abbreviates(name, typed string) bool {
	words := strings.Fields(name)
	if all := initials(words); len(words) > 1 && typed == all {
		return true
	}
	short := false
	for _, t := range strings.Fields(typed) {
		isInitial := utf8.RuneCountInString(t) == 1 && !strings.ContainsAny(t, digits)
		i := slices.IndexFunc(words, func(w string) bool { return w == t || isInitial && strings.HasPrefix(w, t) })
		if i < 0 {
			if words = withoutInitials(words, t); words == nil {
				return false
			}
			short = true
			continue
		}
		short = short || words[i] != t
		words = slices.Delete(words, i, i+1)
	}
	return short
}

// withoutInitials are the words of a name but for those whose initials a word is, in one:
// "jl" of Jean-Luc Picard; nil where it is those of none.
func withoutInitials(words []string, t string) []string {
	n := utf8.RuneCountInString(t)
	for i := 0; n > 1 && i+n <= len(words) && !strings.ContainsAny(t, digits); i++ {
		if initials(words[i:i+n]) == t {
			return slices.Delete(words, i, i+n)
		}
	}
	return nil
}

// slipInPart reports whether typed is part of a name with a slip: "mueller schmidt" of Anna
// Müller-Schmidt.
func slipInPart(name, typed string) bool {
	words, part := strings.Fields(name), strings.Fields(typed)
	if len(part) < 2 || len(part) >= len(words) {
		return false
	}
	same := false
	for _, t := range part {
		i := slices.IndexFunc(words, func(w string) bool { return similarWord(w, t) })
		if i < 0 {
			return false
		}
		same = same || words[i] == t
		words = words[i+1:]
	}
	return same
}

// similarName reports whether the names have as many words and each is the
// other's, or its misspelling; beside a word that is the same, short words without one of
// their letters too: "nina wof" may be Nina Wolf.
func similarName(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) != len(y) && len(x) != 1 {
		return false
	}
	same := slices.ContainsFunc(x, func(w string) bool { return len(w) > 2 && slices.Contains(y, w) }) // "mr" tells nobody
	for _, w := range x {
		if !slices.ContainsFunc(y, func(v string) bool { return similarWord(w, v) || same && len(y) > 1 && oneMissing(w, v) }) {
			return false
		}
	}
	return true
}

// oneMissing reports whether one of two words without figures is the other but for a letter
// left out, however short. Kim and Wim are two.
func oneMissing(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) != len(y) && len(x) > 1 && len(y) > 1 && !strings.ContainsAny(a+b, digits) && slip(x, y) != none
}

// similarWord: one slip of the keyboard, or another spelling of the sound ("sofie" and
// "sophie"), in words of four letters and more; a letter doubled and two swapped, in those of three too. Figures are never a slip: "line 2" and "line 3" are two
// lines.
func similarWord(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if a == b || strings.ContainsAny(a+b, digits) {
		return a == b
	}
	s, n := slip(x, y), min(len(x), len(y))
	if s == none && n >= 6 && slip([]rune(sounded(a)), []rune(sounded(b))) == swapped { // "wiedman" of Weidmann
		return true
	}
	return n >= 4 && (s != none || sounded(a) == sounded(b)) || (s == doubled || s == swapped) && n == 3
}

// maxSlipped bounds the names that are looked for beside a typed one.
const maxSlipped = 120

// slipped are the names of which a typed one has two letters swapped in a word, or in more than
// one, and of a single word one letter doubled or not beside: trigrams do not find them. They
// are whole names and at most [maxSlipped], those first in which the fewest words differ.
func slipped(key string) (all []string) {
	words := strings.Fields(key)
	ways := make([][]string, len(words))
	for i, w := range words {
		ways[i] = swaps(w)
		if len(words) == 1 {
			for _, s := range swaps(w) {
				ways[i] = append(ways[i], doublings(s)...)
			}
		}
	}
	type variant struct {
		words []string
		next  int // the first word that may still differ
	}
	for found := []variant{{words, 0}}; len(found) > 0; {
		var more []variant
		for _, v := range found {
			for i := v.next; i < len(words); i++ {
				for _, way := range ways[i] {
					if len(all) == maxSlipped {
						return all
					}
					other := slices.Clone(v.words)
					other[i] = way
					all, more = append(all, strings.Join(other, " ")), append(more, variant{other, i + 1})
				}
			}
		}
		found = more
	}
	return all
}

// swaps are a word without figures with each two letters beside each other swapped.
func swaps(word string) (all []string) {
	for i, w := 0, []rune(word); i+1 < len(w) && len(w) > 2 && !strings.ContainsAny(word, digits); i++ {
		if w[i] != w[i+1] {
			s := slices.Clone(w)
			s[i], s[i+1] = s[i+1], s[i]
			all = append(all, string(s))
		}
	}
	return all
}

// doublings are a word with one of its consonants at the end or within doubled, or one of two undone.
func doublings(word string) (all []string) {
	w := []rune(word)
	for i := len(w) - 1; i > 0; i-- {
		switch {
		case w[i] == w[i-1]:
			all = append(all, string(slices.Delete(slices.Clone(w), i, i+1)))
		case !strings.ContainsRune("aeiouy", w[i]):
			all = append(all, string(slices.Insert(slices.Clone(w), i, w[i])))
		}
	}
	return all
}

const digits = "0123456789"

// letters are those that one name is written with by turns, here or in another country.
var letters = strings.NewReplacer("ph", "f", "th", "t", "chr", "kr", "ch", "ch", "ck", "k", "c", "k", "dt", "t", "tz", "z", "y", "i")

// sounded is a word as it sounds, a doubled letter once: "sofie" of Sophie and Sofie,
// "katarina" of Katharina and Catarina.
func sounded(word string) string {
	return string(slices.Compact([]rune(letters.Replace(word))))
}

// surelyTypo keeps the candidates whose difference from key is the kind that
// fingers make and names do not: letters swapped, or one thrice. "Dana" and "Diana",
// "Maria" and "Mario", "Meier" and "Meyer", "Ana" and "Anna", "Neil" and "Niel" are two
// people until somebody says otherwise.
func surelyTypo(all []Candidate, key string) []Candidate {
	typed := strings.Fields(key)
	var sure []Candidate
	for _, c := range all {
		known := strings.Fields(c.NameKey)
		if len(known) != len(typed) {
			continue
		}
		ok := true
		for i := range known {
			if known[i] != typed[i] && !slipOfFingers([]rune(known[i]), []rune(typed[i])) {
				ok = false
			}
		}
		if ok {
			sure = append(sure, c)
		}
	}
	return sure
}

// slipOfFingers reports whether no name differs so from another.
func slipOfFingers(a, b []rune) bool {
	switch slip(a, b) {
	case swapped:
		i := 0
		for a[i] == b[i] {
			i++
		}
		pair := string(a[i : i+2])
		return len(a) >= 4 && pair != "ei" && pair != "ie"
	case doubled:
		return thrice(a) || thrice(b)
	}
	return false
}

// thrice reports whether a letter stands three times in a row.
func thrice(w []rune) bool {
	for i := 2; i < len(w); i++ {
		if w[i] == w[i-1] && w[i] == w[i-2] {
			return true
		}
	}
	return false
}

type kindOfSlip int

const (
	none    kindOfSlip = iota
	swapped            // two letters beside each other
	doubled            // a letter once too often or once too few
	changed            // one letter more, less or other
)

// slip says which single slip turns a into b; none if they are equal or
// further apart.
func slip(a, b []rune) kindOfSlip {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) {
			return none
		}
		if slices.Equal(a[i+1:], b[i+1:]) {
			return changed
		}
		if i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:]) {
			return swapped
		}
	case 1:
		if slices.Equal(a[i:], b[i+1:]) {
			if i > 0 && b[i] == b[i-1] || i+1 < len(b) && b[i] == b[i+1] {
				return doubled
			}
			return changed
		}
	}
	return none
}
