package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken is a word of theirs as a gap's brief may show it.
type spoken struct {
	word, stem string
	weight     float32
}

// maxGapWords bounds the words that a gap shows.
const maxGapWords = 8

// tellable reports whether a word may stand in a gap's brief, which people read
// who do not know the contact: it must tell of a subject, and not be a name.
// Words with a capital count as names unless they are short and all capitals
// or the guide knows them.
func (l *Library) tellable(q *query, w word, stem, text string) bool {
	raw := text[w.start:w.end]
	if l.telling(stem) < tellsMuch || unicode.IsDigit(rune(raw[0])) || len(q.spoken) >= maxUnits {
		return false
	}
	first, _ := utf8.DecodeRuneInString(raw)
	if !unicode.IsUpper(first) || len(l.guide.ideas[stem]) > 0 {
		return true
	}
	return len(raw) <= 5 && strings.ToUpper(raw) == raw
}

// gap is silence because the library has nothing (more) that fits.
func (q *query) gap(given int) *Silence {
	g := &Gap{Stage: stageNames[q.stage], Role: q.c.Title, Industry: q.c.Industry, Language: q.lang.own, Words: q.topWords()}
	if len(q.role.self.families) > 0 {
		g.Role = q.role.self.families[0]
	}
	audience := g.Stage
	if parts := slices.DeleteFunc([]string{g.Role, g.Industry}, func(s string) bool { return s == "" }); len(parts) > 0 {
		audience += " × " + strings.Join(parts, ", ")
	}
	if given > 0 {
		return &Silence{Why: SilentAllGiven, Gap: g, Say: fmt.Sprintf("Nothing else fits: all that does has been given or passed over (%d). The gap: %s", given, audience)}
	}
	return &Silence{Why: SilentNothingFits, Gap: g, Say: "Nothing in the library fits. The gap: " + audience}
}

// topWords returns the words of theirs that tell most, once each, without the
// contact's and the company's names.
func (q *query) topWords() []string {
	names := strings.ToLower(q.c.Contact + " " + q.c.Company)
	told := slices.Clone(q.spoken)
	slices.SortStableFunc(told, func(a, b spoken) int { return cmp.Compare(b.weight, a.weight) })
	var found, stems []string
	for _, s := range told {
		if len(found) == maxGapWords {
			break
		}
		if !strings.Contains(names, s.word) && !slices.Contains(stems, s.stem) {
			found, stems = append(found, s.word), append(stems, s.stem)
		}
	}
	return found
}
