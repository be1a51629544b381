package suggest

import (
	"slices"
	"strings"
	"unicode"
)

// phrases joins words that stand side by side in a note ("audit", "trail")
// into what was said there ("audit trail"), the most telling phrase first; what
// they told us apart from what was heard. Of what they told only their own concerns
// are: words that stand nowhere as one are left out.
func (q *query) phrases(said []string) (told, heard []string) {
	var at []unit
	for _, word := range said {
		if i := slices.IndexFunc(q.units, func(u unit) bool { return u.word == word }); i >= 0 {
			if u, ok := q.concern(q.units[i]); ok {
				at = append(at, u)
			}
		}
	}
	used := make([]bool, len(at))
	for i := range at {
		if used[i] {
			continue
		}
		start, end := at[i].start, at[i].start+len(at[i].word)
		text := q.texts[at[i].note]
		for grown := true; grown; {
			grown = false
			for j := range at {
				if used[j] || j == i || at[j].note != at[i].note {
					continue
				}
				from, to := at[j].start, at[j].start+len(at[j].word)
				switch {
				case from >= end && beside(text[end:from]) && q.isTheirs(at[i].note, start, to):
					end, used[j], grown = to, true, true
				case to <= start && beside(text[to:start]) && q.isTheirs(at[i].note, from, end):
					start, used[j], grown = from, true, true
				}
			}
		}
		phrase := strings.Join(strings.Fields(text[start:end]), " ")
		if q.byOthers(at[i].note) {
			heard = append(heard, phrase)
		} else {
			told = append(told, phrase)
		}
	}
	return slices.Compact(told), slices.Compact(heard)
}

// concern is a word of theirs where it stands as their own concern: where it weighs
// most, else elsewhere in their notes, the newest first; ok is false where it is none.
func (q *query) concern(u unit) (at unit, ok bool) {
	if q.isTheirs(u.note, u.start, u.start+len(u.word)) {
		return u, true
	}
	folded := fold(u.word)
	for k, text := range q.texts[:min(q.heard, len(q.texts))] {
		for _, w := range words(text) {
			if w.folded == folded && q.isTheirs(k, w.start, w.end) {
				u.note, u.start, u.word = k, w.start, text[w.start:w.end]
				return u, true
			}
		}
	}
	return u, false
}

// isTheirs reports whether a stretch of a text may be told as a concern of theirs. What
// was heard of them is told as heard, whatever it says.
func (q *query) isTheirs(text, from, to int) bool {
	return q.c.Theirs == nil || text >= len(q.c.Notes) || q.byOthers(text) || q.c.Theirs(text, from, to)
}

// beside reports whether what stands between two words keeps them one phrase: a quote is
// words that follow each other, and never two that were put together.
func beside(between string) bool {
	return len(between) <= 5 && !strings.Contains(between, " -") && !strings.Contains(between, "- ") &&
		strings.IndexFunc(between, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -'’&/", r)
		}) < 0
}
