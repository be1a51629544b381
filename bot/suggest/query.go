package suggest

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/bot/journey"
)

// query is a case made ready for matching.
type query struct {
	c        *Case
	now      time.Time
	stage    int
	lang     language
	role     listener
	industry listener

	units  []unit // words of theirs, with what they match
	kinds  map[string]float64
	need   map[int32]float64 // idea terms that their signals call for
	says   []string          // the needs in words, latest first
	wants  map[Education]float64
	pass   float64 // how much it counts that an item may be passed on
	gather []int32 // terms that lead to items without being words of theirs
}

// unit is one word of the notes and the terms that it meets.
type unit struct {
	word   string // as it stood where it weighed most
	start  int    // where, in the note's text
	note   int    // which note; 0 is the newest
	weight float32
	terms  []termWeight
}

// Notes weigh less the older they are, and less if we did the talking.
const (
	ageFactor  = 0.75 // per note back
	leastAge   = 0.15
	oursFactor = 0.6
	manyTimes  = 0.25 // what each further mention adds
	maxUnit    = 1.5
	maxText    = 2000 // bytes of one note
	maxUnits   = 400
	roleNotes  = 3 // recent notes in which a named role counts
)

func (l *Library) newQuery(c *Case) *query {
	q := &query{c: c, now: c.Now, stage: max(0, stageIndex(c.Stage)), kinds: map[string]float64{},
		need: map[int32]float64{}, wants: map[Education]float64{}}
	notes := c.Notes[:min(len(c.Notes), MaxNotes)]
	q.lang = newLanguage(c.Language, notes, c.Title+" "+c.Company)
	q.role = listener{self: newAudience(l.guide.roles, []string{c.Title})}
	q.industry = listener{self: newAudience(l.guide.industries, []string{c.Industry})}
	index := map[string]int{}
	for k, n := range notes {
		text := clip(n.Text, maxText)
		if k < roleNotes {
			for _, f := range l.guide.roles.families(text) {
				if !slices.Contains(q.role.named, f) {
					q.role.named = append(q.role.named, f)
				}
			}
		}
		weight := noteWeight(k, n.Direction)
		l.read(q, index, k, text, weight)
	}
	l.needs(q, notes)
	for _, key := range q.industry.self.keys() {
		if t, ok := l.terms["@"+key]; ok {
			q.gather = append(q.gather, t)
		}
	}
	for k := range q.kinds {
		if t, ok := l.terms["#"+k]; ok {
			q.gather = append(q.gather, t)
		}
	}
	slices.Sort(q.gather)
	return q
}

func noteWeight(k int, d journey.Direction) float32 {
	w := 1.0
	for range k {
		w *= ageFactor
	}
	w = max(w, leastAge)
	if d == journey.Out {
		w *= oursFactor
	}
	return float32(w)
}

func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// read adds the words of a note that the library knows anything about.
func (l *Library) read(q *query, index map[string]int, k int, text string, weight float32) {
	last := ""
	for _, w := range words(text) {
		s := stem(w.folded)
		pair := last + " " + s
		last = s
		if l.guide.stop[s] {
			continue
		}
		i, seen := index[s]
		if !seen {
			terms := l.match(s, pair)
			if len(terms) == 0 || len(q.units) >= maxUnits {
				continue
			}
			index[s] = len(q.units)
			q.units = append(q.units, unit{text[w.start:w.end], w.start, k, weight * l.guide.telling(s), terms})
			continue
		}
		u := &q.units[i]
		u.weight = min(maxUnit, u.weight+manyTimes*weight*l.guide.telling(s))
	}
}

// match returns the terms of the library that a stem meets, exact and loose,
// each weighed with how telling it is in this library.
func (l *Library) match(s, pair string) []termWeight {
	var terms []termWeight
	add := func(text string, factor float32) {
		if t, ok := l.terms[text]; ok {
			terms = append(terms, termWeight{t, factor * l.idf[t]})
		}
	}
	add(s, 1)
	for _, idea := range l.guide.ideas[s] {
		add("~"+idea, asIdea)
	}
	for _, idea := range l.guide.ideas[pair] {
		add("~"+idea, asIdea)
	}
	if p := prefix(s); p != "" {
		add(p, asPrefix)
	}
	return terms
}

// needs collects what the recent signals call for. The latest note with
// signals counts fully, each one before it half of the next.
func (l *Library) needs(q *query, notes []Note) {
	weight := 1.0
	for _, n := range notes {
		if len(n.Signals) == 0 {
			continue
		}
		for _, s := range n.Signals {
			need, ok := l.guide.needs[s]
			if !ok {
				continue
			}
			if weight == 1 {
				q.says = append(q.says, need.say)
			}
			for idea, w := range need.ideas {
				if t, ok := l.terms["~"+idea]; ok {
					q.need[t] = max(q.need[t], w*weight)
				}
			}
			for kind, w := range need.kinds {
				q.kinds[kind] = max(q.kinds[kind], w*weight)
			}
			if need.education != "" {
				q.wants[need.education] = max(q.wants[need.education], weight)
			}
			if need.passOn {
				q.pass = max(q.pass, weight)
			}
		}
		if weight /= 2; weight < 0.2 {
			return
		}
	}
}

// topWords returns the words of theirs that weigh most, for a gap's brief.
func (q *query) topWords(limit int) []string {
	names := strings.ToLower(q.c.Contact + " " + q.c.Company)
	units := slices.Clone(q.units)
	slices.SortStableFunc(units, func(a, b unit) int { return cmp.Compare(b.weight, a.weight) })
	var found []string
	for _, u := range units {
		if len(found) == limit {
			break
		}
		if w := strings.ToLower(u.word); !strings.Contains(names, w) {
			found = append(found, w)
		}
	}
	return found
}
