package line

import "strings"

// lexicon finds phrases in tokens: each is some words with a value. In its
// tables phrases are separated by "|"; a word that ends in * stands for any
// word that starts so, and a lone _ for any one word.
type lexicon[T any] struct {
	exact map[string][]entry[T]
	stems map[string][]entry[T] // by the first three letters
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
	l := &lexicon[T]{exact: map[string][]entry[T]{}, stems: map[string][]entry[T]{}}
	for _, r := range rows {
		for _, p := range strings.Split(r.phrases, "|") {
			words := strings.Fields(strings.ReplaceAll(p, "'", " "))
			if len(words) == 0 {
				continue
			}
			e := entry[T]{words, r.value}
			if first := words[0]; strings.HasSuffix(first, "*") {
				l.stems[first[:3]] = append(l.stems[first[:3]], e)
			} else {
				l.exact[first] = append(l.exact[first], e)
			}
		}
	}
	return l
}

// at returns the longest phrase that starts at token i, and how many tokens
// it takes.
func (l *lexicon[T]) at(toks []token, i int) (value T, n int) {
	if toks[i].kind == breaks {
		return value, 0
	}
	value, n = longest(l.exact[toks[i].fold], toks, i, value, 0)
	if f := toks[i].fold; len(f) >= 3 && len(l.stems) > 0 {
		value, n = longest(l.stems[f[:3]], toks, i, value, n)
	}
	return value, n
}

func longest[T any](entries []entry[T], toks []token, i int, value T, n int) (T, int) {
	for _, e := range entries {
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
		case strings.HasSuffix(w, "*"):
			if !strings.HasPrefix(toks[k].fold, w[:len(w)-1]) {
				return false
			}
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
