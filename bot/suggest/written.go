package suggest

import (
	"maps"
	"slices"

	"cairn/bot/english"
)

// tongues tells the entries' languages, and the one that is the library's own: that of
// most of them, which everybody in the team's trade can be taken to read. An empty cell
// is no limit, but what is plainly written in another language than that is for those
// who read it, whoever left the cell empty.
func (l *Library) tongues() {
	counts := map[string]int{}
	for i := range l.entries {
		e := &l.entries[i]
		if e.tongue = e.item.Language; e.tongue == "" {
			e.tongue = plainLanguage(e.item.Title + ". " + e.item.Gives)
		}
		counts[e.tongue]++
	}
	delete(counts, "")
	l.usual = UsualLanguage
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		if counts[code] > counts[l.usual] {
			l.usual = code
		}
	}
	for i := range l.entries {
		e := &l.entries[i]
		if e.readers = e.item.Language; e.readers == "" && e.tongue != l.usual {
			e.readers = e.tongue
		}
	}
}

// plainLanguage is the language of a text by words that leave no doubt; empty where they
// leave some: a title is short, and what it is taken for keeps it from people.
func plainLanguage(text string) string {
	counts := readCounts([]Note{{Text: text}})
	spelt([]Note{{Text: text}}, counts)
	best, most, second := leading(counts)
	if most < enoughLittle || most-second < clearLead {
		return ""
	}
	return best
}

// Tongue is the language that an item is in, as its cell or its words tell; empty where
// neither does.
func (l *Library) Tongue(item int64) string {
	if i, ok := l.byID[item]; ok {
		return l.entries[i].tongue
	}
	return ""
}

// foreign tells of an entry in another language than theirs which one it is, and whether
// one in theirs fits as well; empty for one in theirs, and where theirs is not known.
func (l *Library) foreign(q *query, e *entry, fits []scored) string {
	own := q.lang.theirs()
	if own == "" || e.tongue == "" || e.tongue == own {
		return ""
	}
	text := "in " + english.Language(e.tongue)
	if !slices.ContainsFunc(fits, func(f scored) bool { return l.entries[f.entry].tongue == own }) {
		text += ": nothing in " + english.Language(own) + " fits"
	}
	return text
}
