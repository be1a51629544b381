package suggest

import (
	"cmp"
	"slices"
)

// Weights of the features, and the fit below which an item is not offered.
// Chosen on the development states, see [EvalSuggest]; the fit is the weighted
// sum over the sum that a perfect item would reach.
const (
	weighTopic    = 1.0
	weighNeed     = 0.3
	weighStage    = 0.4
	weighRole     = 0.2
	weighIndustry = 0.35
	weighTeaches  = 0.15
	weighPassOn   = 0.05
	weighLanguage = 0.1
	weighOverdue  = -0.25
	weighRefused  = -0.3

	perfect = weighTopic + weighNeed + weighStage + weighRole + weighIndustry + weighTeaches + weighPassOn + weighLanguage

	topicHalf = 1.0 // matched weight at which the topic feature reaches one half

	// MinFit is the least fit that is offered.
	MinFit = 0.30
)

// Bounds of one suggestion's work, whatever the size of the library. A word
// that stands in more than perTerm items tells little; its newest suffice.
const (
	perTerm   = 1024
	perQuery  = 6144
	perStage  = 256
	maxScored = 256
)

// scratch is the working memory of one suggestion, reused.
type scratch struct {
	sum     []float32 // per entry
	touched []int32
	byTerm  [][]unitWeight // per term: the units that meet it
	used    []int32
	unit    []float32 // per unit: the best meeting with the item in hand
}

type unitWeight struct {
	unit   int32
	weight float32
}

func newScratch(entries, terms int) *scratch {
	return &scratch{sum: make([]float32, entries), byTerm: make([][]unitWeight, terms)}
}

func (s *scratch) reset() {
	for _, i := range s.touched {
		s.sum[i] = 0
	}
	for _, t := range s.used {
		s.byTerm[t] = s.byTerm[t][:0]
	}
	s.touched, s.used = s.touched[:0], s.used[:0]
}

// scored is an entry with its fit.
type scored struct {
	entry    int32
	fit      float64
	features []Feature
}

// search returns the entries that pass the filters with fit of at least
// MinFit, best first, and how many more would have if not given before.
func (l *Library) search(q *query) (fits []scored, given int) {
	s := l.scratch.Get().(*scratch)
	defer func() { s.reset(); l.scratch.Put(s) }()
	l.gather(q, s)
	for i, u := range q.units {
		for _, t := range u.terms {
			if len(s.byTerm[t.term]) == 0 {
				s.used = append(s.used, t.term)
			}
			s.byTerm[t.term] = append(s.byTerm[t.term], unitWeight{int32(i), t.weight * u.weight})
		}
	}
	s.unit = slices.Grow(s.unit[:0], len(q.units))[:len(q.units)]
	slices.SortFunc(s.touched, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.sum[b], s.sum[a]), cmp.Compare(a, b))
	})
	for _, i := range s.touched[:min(len(s.touched), maxScored)] {
		e := &l.entries[i]
		found := l.score(q, s, i)
		switch {
		case found.fit < MinFit:
		case e.given(q):
			given++
		default:
			fits = append(fits, found)
		}
	}
	slices.SortFunc(fits, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.entry, b.entry))
	})
	return fits, given
}

// gather touches the entries worth scoring: those with words of theirs, the
// rarest words first, those for their industry, of the kinds called for, and
// the newest of the stage.
func (l *Library) gather(q *query, s *scratch) {
	budget := perQuery
	for _, t := range l.rarestFirst(q) {
		budget -= l.walk(q, s, t.term, t.weight, min(budget, perTerm))
	}
	for _, t := range q.gather {
		budget -= l.walk(q, s, t, 0.5*l.idf[t], min(budget, perTerm))
	}
	for n, i := range l.stage[q.stage] {
		if n == perStage {
			break
		}
		l.touch(q, s, i, 0.2)
	}
}

// rarestFirst returns the query's terms, each once at its greatest weight.
func (l *Library) rarestFirst(q *query) []termWeight {
	var all []termWeight
	for _, u := range q.units {
		for _, t := range u.terms {
			all = append(all, termWeight{t.term, t.weight * u.weight})
		}
	}
	for t, w := range q.need {
		all = append(all, termWeight{t, float32(0.3*w) * l.idf[t]})
	}
	slices.SortFunc(all, func(a, b termWeight) int {
		return cmp.Or(cmp.Compare(len(l.postings[a.term]), len(l.postings[b.term])),
			cmp.Compare(a.term, b.term), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(all, func(a, b termWeight) bool { return a.term == b.term })
}

func (l *Library) walk(q *query, s *scratch, term int32, weight float32, limit int) int {
	at := l.postings[term]
	at = at[:min(len(at), max(0, limit))]
	for _, p := range at {
		l.touch(q, s, p.entry, weight*p.weight)
	}
	return len(at)
}

func (l *Library) touch(q *query, s *scratch, i int32, weight float32) {
	if s.sum[i] == 0 {
		if !l.entries[i].open(q) {
			return
		}
		s.touched = append(s.touched, i)
		s.sum[i] = 1e-6
	}
	s.sum[i] += weight
}

// score weighs one entry by all features.
func (l *Library) score(q *query, s *scratch, i int32) scored {
	e := &l.entries[i]
	out := scored{entry: i, features: make([]Feature, 0, 10)}
	add := func(name FeatureName, weight float64, words ...string) {
		if weight > 0.005 || weight < -0.005 {
			out.features = append(out.features, Feature{name, weight / perfect, words})
			out.fit += weight / perfect
		}
	}
	topic, spoken := l.topic(q, s, e)
	add(FeatureTopic, weighTopic*topic, spoken...)
	add(FeatureNeed, weighNeed*q.needs(e), q.says...)
	add(FeatureStage, weighStage*stageFit(e.stages, q.stage))
	add(FeatureRole, weighRole*q.role.meets(e.roles), e.item.Roles...)
	add(FeatureIndustry, weighIndustry*q.industry.meets(e.industries), e.item.Industries...)
	name, teaches := q.teaches(e.item.Education)
	add(name, weighTeaches*teaches)
	if e.item.PassOn {
		add(FeaturePassOn, weighPassOn*q.pass)
	}
	if e.item.Language != "" && e.item.Language == q.lang.own {
		add(FeatureLanguage, weighLanguage)
	}
	if e.item.Overdue(q.now) {
		add(FeatureOverdue, weighOverdue)
	}
	add(FeatureRefused, weighRefused*l.likeRefused(q, e))
	out.fit = min(1, max(0, out.fit))
	return out
}

// topic says how much of what they spoke of the entry is about, 0 to 1, and in
// which words, most telling first. A word of theirs counts once, and so does a
// word of the item: saying price, cost and budget is saying one thing.
func (l *Library) topic(q *query, s *scratch, e *entry) (float64, []string) {
	clear(s.unit)
	for _, t := range e.terms {
		var best unitWeight
		for _, u := range s.byTerm[t.term] {
			if w := u.weight * t.weight; w > best.weight {
				best = unitWeight{u.unit, w}
			}
		}
		if best.weight > 0 && best.weight > s.unit[best.unit] {
			s.unit[best.unit] = best.weight
		}
	}
	var sum float32
	var top []unitWeight
	for i, w := range s.unit {
		if w > 0 {
			sum += w
			top = append(top, unitWeight{int32(i), w})
		}
	}
	slices.SortFunc(top, func(a, b unitWeight) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.unit, b.unit))
	})
	spoken := make([]string, 0, 3)
	for _, u := range top[:min(3, len(top))] {
		spoken = append(spoken, q.units[u.unit].word)
	}
	return float64(sum / (sum + topicHalf)), spoken
}

// needs says how well the entry answers what their signals call for, 0 to 1.
func (q *query) needs(e *entry) float64 {
	var kind, idea float64
	for _, k := range e.kind {
		kind = max(kind, q.kinds[k])
	}
	for _, t := range e.terms {
		if w := q.need[t.term]; w > 0 {
			idea = max(idea, w*float64(t.weight))
		}
	}
	return 0.5*kind + 0.5*idea
}

// teaches says which kind of education counts: results before the exchange,
// either after it, the tool only for those who have it.
func (q *query) teaches(e Education) (FeatureName, float64) {
	last := len(stageNames) - 1
	switch {
	case e == Tool && q.stage < last:
		return FeatureTool, -0.6
	case e == Tool:
		return FeatureTool, 0.5 + 0.5*q.wants[Tool]
	case e == Results && q.stage < last:
		return FeatureResults, 1
	case e == Results:
		return FeatureResults, 0.5
	}
	return FeatureResults, 0.4
}

// likeRefused says how like the entry is to what was refused as not for them.
func (l *Library) likeRefused(q *query, e *entry) float64 {
	most := 0.0
	for id, r := range q.c.Refused {
		if i, ok := l.byID[id]; ok && r.Reason == NotForThem {
			most = max(most, likeness(e, &l.entries[i]))
		}
	}
	return most
}

// likeness is the share of words that two entries have in common, 0 to 1.
func likeness(a, b *entry) float64 {
	if len(a.sorted) == 0 || len(b.sorted) == 0 {
		return 0
	}
	i, j, both := 0, 0, 0
	for i < len(a.sorted) && j < len(b.sorted) {
		switch {
		case a.sorted[i] < b.sorted[j]:
			i++
		case a.sorted[i] > b.sorted[j]:
			j++
		default:
			i, j, both = i+1, j+1, both+1
		}
	}
	return float64(both) / float64(min(len(a.sorted), len(b.sorted)))
}
