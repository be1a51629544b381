package suggest

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/bot/journey"
	"cairn/bot/suggest/meaning"
)

// unit is one word of the notes and the terms that it meets.
type unit struct {
	word   string // as it stood where it weighed most
	start  int    // where, in the note's text
	note   int    // which of the texts; 0 is the newest note
	weight float32
	exact  bool // the first of the terms is the very word
	terms  []termWeight
	near   []termWeight // met by meaning alone
}

// Notes weigh less the older they are, and less if we did the talking.
const (
	ageFactor  = 0.85 // per note back
	leastAge   = 0.15
	oursFactor = 0.6
	// heardFactor: what was heard of their company is about them, and not by
	// them. HeardKept is how long it tells of anything.
	heardFactor = 0.6
	HeardKept   = 180 * 24 * time.Hour
	MaxHeard    = 5
	manyTimes   = 0.25 // what each further mention adds
	maxUnit     = 1.5
	maxText     = 2000 // bytes of one note
	maxUnits    = 400
	tellsMuch   = 0.5 // telling of a word that counts as having been told something
	roleNotes   = 3   // recent notes in which a named role counts
)

// reading is one pass over the texts of a case: what they told us, then what was heard of
// them. It leaves in the query the words that meet the library, and what else the texts say.
type reading struct {
	l      *Library
	q      *query
	index  map[string]int // by stem: which of the units
	older  []word         // of one note that is not the newest, at a time
	latest meaning.Sum    // what the newest note is about
	thread meaning.Sum    // what all of them are about
}

// listen reads the notes, and what was heard of their company.
func (l *Library) listen(q *query, notes []Note) {
	r := reading{l: l, q: q, index: map[string]int{}}
	for k, n := range notes {
		r.note(k, n)
	}
	q.latest, _ = r.latest.Vector()
	q.thread, _ = r.thread.Vector()
	r.overhear()
}

// note reads note k, the newest being 0.
func (r *reading) note(k int, n Note) {
	l, q := r.l, r.q
	text := clip(n.Text, maxText)
	q.texts = append(q.texts, text)
	var ws []word
	if k == 0 { // the newest note's are kept
		ws = words(text)
	} else {
		r.older = wordsInto(r.older[:0], text)
		ws = r.older
	}
	if k < roleNotes {
		q.role.named = append(q.role.named, l.guide.named(text, ws)...)
	}
	var about meaning.Sum
	if !q.referrer || !ofAnother(n) {
		r.meet(k, text, ws, noteWeight(k, n.Direction))
		about = l.mean(q, ws)
		r.thread.Plus(&about, noteWeight(k, n.Direction))
	}
	said := folded(ws)
	if k == 0 {
		r.latest = about
		r.newest(n, text, ws, said)
	}
	if k < roleNotes {
		wanted, none, too := l.guide.tongue(text, ws, k == 0 && wishes(n.Signals))
		q.lang.wanted = cmp.Or(q.lang.wanted, wanted)
		q.lang.noEnglish, q.lang.english = q.lang.noEnglish || none, q.lang.english || too
	}
	q.lang.noEnglish = q.lang.noEnglish || l.guide.rests[restEnglish].said(said) && !l.guide.ofSome(text, ws)
}

// ofAnother reports whether a note tells of somebody whom they introduced, and of nothing else:
// that the other works with pumps is no concern of theirs. A customer's says that they pass
// us on, and words of it lead to what helps them to.
func ofAnother(n Note) bool {
	return len(n.Signals) == 1 && n.Signals[0] == journey.Referral
}

// newest reads what only the newest note can tell: whom they brought, what they hint at,
// and whether they asked for something in particular, or for one thing alone.
func (r *reading) newest(n Note, text string, ws []word, said []string) {
	l, q := r.l, r.q
	asks := wishes(n.Signals)
	q.role.brought = l.guide.bringing(text, ws)
	if q.told >= enoughTold && asks {
		q.specific = 1
	}
	q.said, q.hinted = ws, l.guide.hints.in(noTrade(noAnger(daysAhead(said, asks)), text, ws))
	q.only = asks && (l.guide.rests[restOnly].said(said) || l.guide.rests[restPapers].said(said))
}

// overhear reads what was heard of their company. It helps to choose; only
// what they told us themselves decides what is beside the point.
func (r *reading) overhear() {
	q := r.q
	if len(q.texts) == 0 {
		q.texts = append(q.texts, "")
	}
	told := q.told
	for k, h := range q.c.Heard[:min(len(q.c.Heard), MaxHeard)] {
		if q.now.Sub(h.At) > HeardKept {
			continue
		}
		q.texts = append(q.texts, clip(h.Text, maxText))
		text := q.texts[len(q.texts)-1]
		r.meet(len(q.texts)-1, text, words(text), heardFactor*noteWeight(k, journey.In))
	}
	q.told = told
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

// meet adds the words of text k that the library knows anything about.
func (r *reading) meet(k int, text string, ws []word, weight float32) {
	l, q := r.l, r.q
	last := ""
	for _, w := range ws {
		s := l.guide.stems.Of(w.folded)
		pair := last + " " + s
		last = s
		if l.guide.stop[s] && len(l.guide.ideas[pair]) == 0 && !l.has(s) {
			continue
		}
		i, seen := r.index[s]
		tells := !seen && l.tellable(q, w, s, text)
		if tells && !q.byOthers(k) && l.guide.quotable(text[w.start:w.end]) { // a brief is read by people who may not know what was heard
			q.spoken = append(q.spoken, spoken{strings.ToLower(text[w.start:w.end]), s, weight * l.telling(s)})
		}
		if l.guide.telling(s) > tellsMuch {
			q.told++
		}
		if !seen {
			terms := l.match(s, pair, q.lang.compounds())
			near := l.nearTo(q, s)
			if tells && k == 0 {
				q.weigh(terms, l.telling(s))
			}
			if len(terms)+len(near) == 0 || len(q.units) >= maxUnits {
				continue
			}
			r.index[s] = len(q.units)
			q.units = append(q.units, unit{text[w.start:w.end], w.start, k, weight * l.telling(s), l.has(s), terms, near})
			continue
		}
		u := &q.units[i]
		u.weight = min(maxUnit, u.weight+manyTimes*weight*l.telling(s))
	}
}

// telling says how much a word tells of a subject; that somebody is a director
// or an electrician, or that a thing is a template or an article, is no subject.
func (l *Library) telling(s string) float32 {
	t := l.guide.telling(s)
	if l.guide.ranks[s] || (l.guide.forms[s] || len(l.guide.roles[s]) > 0) && len(l.guide.ideas[s]) == 0 {
		t *= asPerson
	}
	return t
}

// match returns the terms of the library that a stem meets, exact and loose,
// each weighed with how telling it is in this library. In languages that write
// compounds as one word, a part that is an idea of the guide counts too.
func (l *Library) match(s, pair string, compounds bool) []termWeight {
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
	if compounds && len(terms) == 0 {
		for _, part := range parts(s) {
			add(part, asPart)
			for _, idea := range l.guide.ideas[part] {
				add("~"+idea, asPart)
			}
		}
	}
	return terms
}

// nearTo returns the terms of the library that are near a stem in meaning.
func (l *Library) nearTo(q *query, s string) []termWeight {
	if l.telling(s) < nearTelling || isLittle(s) {
		return nil
	}
	return l.near.of(l.guide, s, q.english())
}

// nearTelling is how telling a word must be to be met by meaning.
const nearTelling = 0.35

func (q *query) english() bool { return q.lang.own == "" || q.lang.own == UsualLanguage }

// mean is what the words of a note mean together.
func (l *Library) mean(q *query, ws []word) (sum meaning.Sum) {
	for _, w := range ws {
		s := l.guide.stems.Of(w.folded)
		if l.guide.stop[s] || isLittle(w.folded) {
			continue
		}
		if v, ok := l.guide.vector(s, q.english()); ok {
			sum.Add(&v, l.telling(s))
		}
	}
	return sum
}

func (l *Library) has(term string) bool { _, ok := l.terms[term]; return ok }
