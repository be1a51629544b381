package suggest

import (
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest/meaning"
)

// query is a case made ready for matching.
type query struct {
	c       *Case
	now     time.Time
	stage   int               // at which something must suit them: where they stand, but see referrer
	light   float64           // how much a light touch is called for: they are quiet, or not now
	weights [features]float64 // what each feature adds in their situation
	called  [purposes]float64 // how much each purpose is called for
	// justBought: the latest that they did was to buy. What helps them to pass us on
	// is then an ask in disguise.
	justBought bool
	// referrer: they brought us somebody, and nothing shows that they ever bought: no
	// customer, though they stand where customers do. What suits them is what did before.
	referrer bool
	starting bool // they bought for the first time just now, and spoke of nothing else: a good start comes first
	ahead    bool // what comes after the next stage's door is called for: they said yes
	lang     language
	role     listener
	industry listener
	outside  bool    // nothing in the library is made for their industry
	spent    float64 // how much less than the best of that the best of the rest fits, of those who have had much
	had      []int32 // entries given before, newest first, at most maxHad
	reply    reply   // which of these is most about what they spoke of last

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
	says     []calling             // the needs of the latest note with any, in words
	wants    map[Education]float64 // which education their signals call for
	pass     float64               // how much it counts that an item may be passed on
	latest   meaning.Vector        // what the latest note is about
	thread   meaning.Vector        // what all of them are about
	gather   []int32               // terms that lead to items without being words of theirs
}

// maxHad bounds the items given before that are read for what interests them.
const maxHad = 24

func (l *Library) newQuery(c *Case) *query {
	q := &query{c: c, now: c.Now, stage: c.stands(), kinds: map[string]float64{},
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
	q.referrer = c.Bought == 0 && shows(notes, func(s journey.Signal) bool { return s == journey.Referral }) && !shows(notes, Uses)
	if before := stageIndex(c.Before); q.referrer && before >= 0 {
		q.stage = before
	}
	q.called, q.weights = l.model.called(last), l.model.weightsFor(q, last)
	if len(notes) == 0 || !wishes(notes[0].Signals) {
		q.stray = byChance
	}
	l.given(q)
	q.heard = max(1, len(notes)) // without a note, an empty one was the latest
	l.listen(q, notes)
	q.starting = q.justBought && c.Bought < 2 && c.Cycle == "" && q.specific == 0 && boughtOnce(notes)
	l.needs(q, notes)
	l.lead(q)
	return q
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
			if s == journey.Referral && q.referrer {
				continue // what it calls for, more of what they have, is for those who have it
			}
			if weight == 1 && (s != journey.AskedForMore || q.askedForItem(l.guide)) {
				q.says = append(q.says, calling{need.say, l.ideaTerms(need), l.model.purposes[s]})
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
