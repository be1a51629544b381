package line

import "strings"

// lexicon finds phrases in tokens: each is some words with a value. In its
// tables phrases are separated by "|", and a lone _ stands for any one word but
// the first.
type lexicon[T any] struct {
	phrases map[string][]entry[T] // by the first word
	// first has a bit for the look of each first word: a line's words are asked about in
	// some hundred tables, most of which have nothing that looks like them.
	first [4]uint64
}

// look is one of 256 looks of a word, by its length and its ends.
func look(word string) (at, bit uint8) {
	if word == "" {
		return 0, 0
	}
	h := uint8(len(word))*31 ^ word[0]*7 ^ word[len(word)-1]*13
	return h >> 6, h & 63
}

type entry[T any] struct {
	words []string
	value T
}

// row is one line of a table.
type row[T any] struct {
	value   T
	phrases string
}

func newLexicon[T any](rows []row[T]) *lexicon[T] {
	l := &lexicon[T]{phrases: map[string][]entry[T]{}}
	for _, r := range rows {
		for _, p := range strings.Split(r.phrases, "|") {
			words := strings.Fields(strings.ReplaceAll(p, "'", " "))
			if len(words) == 0 {
				continue
			}
			at, bit := look(words[0])
			l.first[at] |= 1 << bit
			l.phrases[words[0]] = append(l.phrases[words[0]], entry[T]{words, r.value})
		}
	}
	return l
}

// at returns the longest phrase that starts at token i, and how many tokens
// it takes: none behind the last of them.
func (l *lexicon[T]) at(toks []token, i int) (value T, n int) {
	if i >= len(toks) || toks[i].kind == breaks {
		return value, 0
	}
	if at, bit := look(toks[i].fold); l.first[at]>>bit&1 == 0 {
		return value, 0
	}
	for _, e := range l.phrases[toks[i].fold] {
		if len(e.words) > n && i+len(e.words) <= len(toks) && matches(e.words, toks[i:]) {
			value, n = e.value, len(e.words)
		}
	}
	return value, n
}

func matches(words []string, toks []token) bool {
	for k, w := range words {
		switch {
		case toks[k].kind == breaks:
			return false
		case w == "_":
		case toks[k].fold != w:
			return false
		}
	}
	return true
}

// find returns the first phrase that starts in toks[i:j].
func (l *lexicon[T]) find(toks []token, i, j int) (value T, at, n int) {
	for ; i < j; i++ {
		if v, n := l.at(toks[:j], i); n > 0 {
			return v, i, n
		}
	}
	return value, -1, 0
}

// set is a table without values.
func set(phrases string) *lexicon[struct{}] {
	return newLexicon([]row[struct{}]{{struct{}{}, phrases}})
}

// WordSet is a set of single words, written with spaces between them, as they stand.
func WordSet(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for w := range strings.FieldsSeq(list) {
			set[w] = true
		}
	}
	return set
}
