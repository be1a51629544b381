package suggest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/bot/line"
)

// leastSlipped is how many letters a word needs for a slip in it to be told from
// another word.
const leastSlipped = 4

// Near returns the items that somebody may mean whose words have slips ("cheklist"),
// the likeliest first, at most [MaxNamed]; nil where every word is one of the library,
// or one is near none. What is near is to be confirmed, never taken.
func (l *Library) Near(typed string) []Item {
	want, known := l.wanted(typed), l.namingStems()
	slipped := false
	for i, w := range want {
		if known[w] > 0 {
			continue
		}
		if utf8.RuneCountInString(w) < leastSlipped {
			return nil
		}
		near, ok := line.Nearest(w, commonFirst(known, w))
		if !ok {
			return nil
		}
		want[i], slipped = near, true
	}
	if !slipped {
		return nil
	}
	var all []Item
	fits := l.fitting(want)
	for _, n := range fits[:min(len(fits), MaxNamed)] {
		all = append(all, n.item)
	}
	return all
}

// namingStems are the stems by which items may be named, with how many items each names
// at least.
func (l *Library) namingStems() map[string]int {
	known := map[string]int{}
	for stem := range kindsBy {
		known[stem] = 1
	}
	for stem := range l.guide.tongueBy {
		known[stem] = 1
	}
	for _, e := range l.entries {
		for _, text := range append([]string{e.item.Title, e.item.Kind}, e.item.Topics...) {
			for _, stem := range l.guide.stemsOf(text) {
				known[stem]++
			}
		}
	}
	return known
}

// commonFirst are the stems that word begins, and those of about as many letters and the same
// first one, which few get wrong ("night" is no "fight"), those of most items first: of two
// that are as near, the commoner is likelier meant.
func commonFirst(known map[string]int, word string) []string {
	letters := utf8.RuneCountInString(word)
	like := slices.DeleteFunc(slices.Collect(maps.Keys(known)), func(stem string) bool {
		n := utf8.RuneCountInString(stem)
		return stem == "" || stem[0] != word[0] || !strings.HasPrefix(stem, word) && (n < leastSlipped-1 || n < letters-letters/3 || n > letters+letters/3)
	})
	slices.SortFunc(like, func(a, b string) int { return cmp.Or(-cmp.Compare(known[a], known[b]), cmp.Compare(a, b)) })
	return like
}
