package suggest

import (
	"slices"
	"strings"
)

// passing are words that name nothing: "the checklist", "our new PDF".
var passing = []string{"the", "a", "an", "our", "my", "that", "this", "some", "new", "link", "to", "for", "of", "on", "about", "and", "pdf",
	"him", "her", "them", "copy"}

// Named finds the item that somebody names in a few words: "the audit
// checklist". Every telling word must stand in the item's title, kind or
// topics, and exactly one item must hold them best; else ok is false, and the
// one who typed is asked rather than guessed for.
func (l *Library) Named(typed string) (item Item, ok bool) {
	if canonical, err := CanonicalURL(typed); err == nil && strings.Contains(typed, "/") {
		for _, e := range l.entries {
			if e.item.Canonical == canonical {
				return e.item, true
			}
		}
	}
	var want []string
	for _, w := range words(typed) {
		if !slices.Contains(passing, w.folded) {
			want = append(want, l.guide.stems.Of(w.folded))
		}
	}
	if len(want) == 0 {
		return Item{}, false
	}
	term, known := l.terms[want[0]]
	if !known {
		return Item{}, false
	}
	best, second := -1.0, -1.0
	for _, at := range l.postings[term] {
		e := &l.entries[at.entry]
		score := l.guide.names(e.item, want)
		if score > best {
			best, second, item = score, best, e.item
		} else if score > second {
			second = score
		}
	}
	if best <= 0 || best == second {
		return Item{}, false
	}
	return item, true
}

// names says how well the words name the item: 0 unless all of them do, more
// where they stand in the title, most where they are much of it.
func (g *Guide) names(it Item, want []string) float64 {
	title := g.stemsOf(it.Title)
	rest := g.stemsOf(it.Kind)
	for _, t := range it.Topics {
		rest = append(rest, g.stemsOf(t)...)
	}
	score := 0.0
	for _, w := range want {
		switch {
		case slices.Contains(title, w):
			score += 1 + 1/float64(len(title))
		case slices.Contains(rest, w):
			score += 0.5
		default:
			return 0
		}
	}
	return score
}

func (g *Guide) stemsOf(text string) []string {
	var all []string
	for _, w := range words(text) {
		all = append(all, g.stems.Of(w.folded))
	}
	return all
}
