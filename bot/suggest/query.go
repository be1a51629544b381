package suggest

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/bot/journey"
	"cairn/bot/suggest/meaning"
)

// query is a case made ready for matching.
type query struct {
	c       *Case
	now     time.Time
	stage   int
	light   float64           // how much a light touch is called for: they are quiet, or not now
	weights [features]float64 // what each feature adds in their situation
	called  [purposes]float64 // how much each purpose is called for
	// justBought: the latest that they did was to buy. What helps them to pass us on
	// is then an ask in disguise.
	justBought bool
	ahead      bool // what comes after the next stage's door is called for: they said yes
	lang       language
	role       listener
	industry   listener
	outside    bool    // nothing in the library is made for their industry
	spent      float64 // how much less than the best of that the best of the rest fits, of those who have had much
	had        []int32 // entries given before, newest first, at most maxHad

	said   []word // words of the latest note
	hinted hinted // what they hint at

	texts []string // of the notes that are read, then of what was heard
	heard int      // texts from here on were heard, not said to us

	spoken []spoken // telling words that they said to us, known to the library or not, for a gap's brief
	told   int      // telling words in their notes, known to the library or not
	// specific is how much they spoke of something in particular in the latest
	// note: 1 if it is a need or a request in telling words.
	specific float64
	stray    float64 // how much an item may be about what they spoke of by chance
	subject  float32 // telling words of the latest note, and how much of them
	known    float32 // is the subject of anything in the library
	only     bool    // they asked for one thing, and for nothing else
	units    []unit  // words of theirs, with what they match
	kinds    map[string]float64
	need     map[int32]float64     // idea terms that their signals call for
	next     map[int32]float64     // of these, what comes next whatever else they spoke of
	says     []string              // the needs in words, latest first
	wants    map[Education]float64 // which education their signals call for
	pass     float64               // how much it counts that an item may be passed on
	latest   meaning.Vector        // what the latest note is about
	thread   meaning.Vector        // what all of them are about
	gather   []int32               // terms that lead to items without being words of theirs
}

// maxHad bounds the items given before that are read for what interests them.
const maxHad = 24

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

func (l *Library) newQuery(c *Case) *query {
	q := &query{c: c, now: c.Now, stage: max(0, stageIndex(c.Stage)), kinds: map[string]float64{},
		need: map[int32]float64{}, next: map[int32]float64{}, wants: map[Education]float64{}}
	notes := c.Notes[:min(len(c.Notes), MaxNotes)]
	q.lang = newLanguage(c.Language, notes, c.Title+" "+c.Company)
	q.role.self = l.guide.audience(l.guide.roles, []string{c.Title})
	q.industry.self = l.guide.audience(l.guide.industries, []string{c.Industry})
	q.industry.alone = slices.ContainsFunc(q.industry.self.stems, func(s string) bool { return l.served[s] })
	q.outside = !q.industry.self.anyone && !slices.ContainsFunc(q.industry.self.keys(), func(k string) bool { return l.served[k] })
	q.mood(notes)
	last := latestSignals(notes)
	q.justBought = slices.Contains(last, journey.Revenue) && !slices.ContainsFunc(last, passesOn)
	q.called, q.weights = l.model.called(last), l.model.weightsFor(q, last)
	var latest, thread meaning.Sum
	l.given(q)
	q.heard = max(1, len(notes)) // without a note, an empty one was the latest
	index := map[string]int{}
	var older []word
	if len(notes) == 0 || !wishes(notes[0].Signals) {
		q.stray = byChance
	}
	for k, n := range notes {
		text := clip(n.Text, maxText)
		q.texts = append(q.texts, text)
		var ws []word
		if k == 0 { // the newest note's are kept
			ws = words(text)
		} else {
			older = wordsInto(older[:0], text)
			ws = older
		}
		if k < roleNotes {
			q.role.named = append(q.role.named, l.guide.named(text, ws)...)
			if k == 0 {
				q.role.brought = l.guide.bringing(text, ws)
			}
		}
		l.read(q, index, k, text, ws, noteWeight(k, n.Direction))
		about := l.mean(q, ws)
		thread.Plus(&about, noteWeight(k, n.Direction))
		if k == 0 {
			latest = about
		}
		if k == 0 && q.told >= enoughTold && wishes(n.Signals) {
			q.specific = 1
		}
		said := folded(ws)
		if k == 0 {
			q.said, q.hinted = ws, l.guide.hints.in(noTrade(noAnger(daysAhead(said, wishes(n.Signals))), text, ws))
		}
		q.only = q.only || k == 0 && wishes(n.Signals) && (l.guide.rests[restOnly].said(said) || l.guide.rests[restPapers].said(said))
		if k < roleNotes {
			wanted, none := l.guide.tongue(text, ws, k == 0 && wishes(n.Signals))
			q.lang.wanted = cmp.Or(q.lang.wanted, wanted)
			q.lang.noEnglish = q.lang.noEnglish || none
		}
		q.lang.noEnglish = q.lang.noEnglish || l.guide.rests[restEnglish].said(said)
	}
	q.latest, _ = latest.Vector()
	q.thread, _ = thread.Vector()
	l.overhear(q, index)
	l.needs(q, notes)
	l.lead(q)
	return q
}

// overhear reads what was heard of their company. It helps to choose; only
// what they told us themselves decides what is beside the point.
func (l *Library) overhear(q *query, index map[string]int) {
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
		l.read(q, index, len(q.texts)-1, text, words(text), heardFactor*noteWeight(k, journey.In))
	}
	q.told = told
}

// byOthers reports whether one of the texts is not what they told us: it was
// heard of their company, or seen of them in public.
func (q *query) byOthers(text int) bool {
	return text >= q.heard || slices.Contains(q.c.Notes[text].Signals, journey.HeardThem)
}

// wishes reports whether a note tells of a need or a request.
func wishes(signals []journey.Signal) bool {
	return slices.ContainsFunc(signals, func(s journey.Signal) bool {
		return s == journey.AskedForMore || s == journey.SharedNeeds || s == journey.WorkingSession
	})
}

// mood reads from status and latest signals whether a light touch is called
// for, and whether they are past the door of the next stage.
func (q *query) mood(notes []Note) {
	if q.c.Status == StatusQuiet || q.c.Status == StatusLeft {
		q.light = 1
	}
	for _, n := range notes {
		if len(n.Signals) == 0 {
			continue
		}
		if slices.Contains(n.Signals, journey.Postponed) {
			q.light = 1
		}
		q.ahead = slices.Contains(n.Signals, journey.VerbalYes)
		return
	}
}

// given resolves what the contact has had to entries.
func (l *Library) given(q *query) {
	for id, yes := range q.c.SharedIDs {
		if i, ok := l.byID[id]; ok && yes {
			q.had = append(q.had, i)
		}
	}
	for url, yes := range q.c.SharedURLs {
		if i, ok := l.byURL[url]; ok && yes {
			q.had = append(q.had, i)
		}
	}
	slices.Sort(q.had)
	q.had = slices.Compact(q.had)
	q.had = q.had[:min(len(q.had), maxHad)]
}

// lead collects the terms by which items are found without words of theirs:
// their industry and the kinds that are called for.
func (l *Library) lead(q *query) {
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
func (l *Library) read(q *query, index map[string]int, k int, text string, ws []word, weight float32) {
	last := ""
	for _, w := range ws {
		s := l.guide.stems.Of(w.folded)
		pair := last + " " + s
		last = s
		if l.guide.stop[s] && len(l.guide.ideas[pair]) == 0 && !l.has(s) {
			continue
		}
		i, seen := index[s]
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
			index[s] = len(q.units)
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
					if need.strong {
						q.next[t] = max(q.next[t], w*weight)
					}
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
