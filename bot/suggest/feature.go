package suggest

import (
	"cmp"
	"slices"
)

// weight says what each feature adds at full strength, before the sum is
// divided by perfect. Fitted on the development states (testdata/states-*)
// by conditional logit: the acceptable items against all others and silence,
// held towards a hand-set start; checked on the set left out.
func (f FeatureName) weight() float64 {
	switch f {
	case FeatureTopic:
		return 0.36
	case FeatureTheme:
		return 0.34
	case FeatureLatest:
		return 0.34
	case FeatureNeed:
		return 0.14
	case FeatureNext:
		return 0.22
	case FeatureKind:
		return 0.02
	case FeatureFollows:
		return 0.03
	case FeatureBeside:
		return -0.22
	case FeatureAnswered:
		return -0.10
	case FeatureStage:
		return 0.35
	case FeatureRole:
		return 0.09
	case FeatureIndustry:
		return 0.12
	case FeatureOutside:
		return -0.23
	case FeatureTeaches:
		return 0.05
	case FeatureEarly:
		return -0.05
	case FeatureLight:
		return 0.16
	case FeaturePassOn:
		return 0.06
	case FeatureLanguage:
		return 0.16
	case FeatureOverdue:
		return -0.08
	case FeatureRefused:
		return -0.15
	}
	return 0
}

// perfect is what an item reaches that has every feature in its favour; the
// fit is the share of it.
const perfect = 2.2

// The least fits that are offered, in the fits' own measure: below them silence
// was the better answer on the development states.
const (
	// MinFit is the least fit where they told us something in particular: an
	// answer that is beside the point is worse than none.
	MinFit = 0.575 / perfect
	// openFit is the least where they asked for nothing and told no need.
	openFit = 0.535 / perfect
	// thinFit is the least where the notes hold fewer than enoughTold telling
	// words, so that nothing can be beside the point.
	thinFit    = 0.405 / perfect
	enoughTold = 3
)

func (q *query) least() float64 {
	switch {
	case q.told < enoughTold && !q.outside:
		return thinFit
	case q.specific == 0:
		return openFit
	}
	return MinFit
}

// leastMet is how much of what they spoke of an item must be about to be given
// at all.
func (q *query) leastMet() float64 {
	if q.only {
		return onSubject
	}
	return 0
}

// halfway is the matched weight at which topic, theme and latest are 1/2.
const halfway = 1.0

// score weighs one entry by all features.
func (l *Library) score(q *query, s *scratch, i int32) scored {
	e := &l.entries[i]
	out := scored{entry: i, features: make([]Feature, 0, 12)}
	add := func(name FeatureName, value float64, words ...string) {
		if value != 0 {
			weight := value * name.weight() / perfect
			out.features = append(out.features, Feature{name, value, weight, words})
			out.fit += weight
		}
	}
	m := l.meet(q, s, e)
	met := saturate(m.exact + m.loose)
	out.met = met
	if met < s.answered {
		add(FeatureAnswered, s.answered-met)
	}
	add(FeatureBeside, q.specific*max(0, 1-met/onSubject))
	add(FeatureTopic, saturate(m.exact), m.words...)
	add(FeatureTheme, saturate(m.loose), m.words...)
	add(FeatureLatest, saturate(m.latest))
	need, next, kind := q.answers(e)
	add(FeatureNeed, need, q.says...)
	add(FeatureNext, next, q.says...)
	add(FeatureKind, kind)
	add(FeatureFollows, l.mostLike(q.had, e))
	add(FeatureStage, q.stageFit(e.stages))
	add(FeatureRole, q.role.meets(e.roles))
	add(FeatureIndustry, q.industry.meets(e.industries))
	if q.outside && e.industries.anyone {
		add(FeatureOutside, 1)
	}
	if e.item.Education != "" {
		add(FeatureTeaches, q.wants[e.item.Education])
	}
	if e.item.Education == Tool && q.early() {
		add(FeatureEarly, 1)
	}
	if e.item.PassOn {
		add(FeaturePassOn, q.pass)
		if e.stages == 0 || e.stages&0b11 != 0 {
			add(FeatureLight, q.light)
		}
	}
	if e.item.Language != "" && e.item.Language == q.lang.own && q.lang.own != usualLanguage {
		add(FeatureLanguage, 1)
	}
	if e.item.Overdue(q.now) {
		add(FeatureOverdue, 1)
	}
	add(FeatureRefused, l.likeRefused(q, e))
	out.fit = min(1, max(0, out.fit))
	return out
}

// early reports whether it is too early to teach the use of what we sell.
func (q *query) early() bool {
	return q.stage < len(stageNames)-1 && q.c.Cycle == "" && !q.ahead
}

// usualLanguage is the language that most content is in: an item in it tells
// nothing, one in another language of theirs was made for few.
const usualLanguage = "en"

func saturate(x float32) float64 { return float64(x / (x + halfway)) }

// onSubject is the meeting from which an item is in no way beside the point.
const onSubject = 0.45

// meetings is how what they spoke of meets an entry.
type meetings struct {
	exact, loose, latest float32
	words                []string // theirs, the most telling first, at most three
}

// meet says how much of what they spoke of the entry is about. A word of
// theirs counts once, and so does a word of the item: saying price, cost and
// budget is saying one thing.
func (l *Library) meet(q *query, s *scratch, e *entry) meetings {
	clear(s.unit)
	for _, t := range e.terms {
		var best unitWeight
		for _, u := range s.byTerm[t.term] {
			if w := u.weight * t.weight; w > best.weight {
				best = unitWeight{u.unit, w, u.exact}
			}
		}
		if best.weight > 0 && best.weight > s.unit[best.unit].weight {
			s.unit[best.unit] = meeting{best.weight, best.exact}
		}
	}
	var m meetings
	top := s.top[:0]
	for i, u := range s.unit {
		if u.weight == 0 {
			continue
		}
		top = append(top, unitWeight{int32(i), u.weight, u.exact})
		if u.exact {
			m.exact += u.weight
		} else {
			m.loose += u.weight
		}
		if q.units[i].note == 0 {
			m.latest += u.weight
		}
	}
	slices.SortFunc(top, func(a, b unitWeight) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.unit, b.unit))
	})
	for _, u := range top[:min(3, len(top))] {
		m.words = append(m.words, q.units[u.unit].word)
	}
	s.top = top
	return m
}

// answers says how well the entry's subject and kind answer what their signals
// call for, 0 to 1 each.
func (q *query) answers(e *entry) (need, next, kind float64) {
	for _, k := range e.kind {
		kind = max(kind, q.kinds[k])
	}
	for _, t := range e.terms {
		if w := q.need[t.term]; w > 0 {
			need = max(need, w*float64(t.weight))
			next = max(next, q.next[t.term]*float64(t.weight))
		}
	}
	return need, next, kind
}

// Stage fit: made for this stage, for any, for a neighbouring one. An item for
// the next stage helps more than one for the stage behind.
const (
	fitStage  = 1.0
	fitAny    = 0.7
	fitAhead  = 0.4
	fitBehind = 0.3
	fitBefore = 0.1 // made to win those who have bought
	fitHeavy  = 0.6 // factor where a light touch is called for and this is none
)

func (q *query) stageFit(mask uint8) float64 {
	fit := stageFit(mask, q.stage)
	switch {
	case q.light == 0:
	case mask&0b11 != 0:
		fit = fitStage
	default:
		fit *= fitHeavy
	}
	if q.ahead && mask&(1<<(q.stage+1)) != 0 {
		fit = fitStage
	}
	return fit
}

func stageFit(mask uint8, stage int) float64 {
	switch {
	case mask == 0:
		return fitAny
	case mask&(1<<stage) != 0:
		return fitStage
	case mask&(1<<(stage+1)) != 0:
		return fitAhead
	case stage == len(stageNames)-1 && mask&(1<<(stage-1)) != 0:
		return fitBefore
	case stage > 0 && mask&(1<<(stage-1)) != 0:
		return fitBehind
	}
	return 0
}

// open reports whether the entry may be given to the contact of the query at
// all, leaving aside what was given before.
func (e *entry) open(q *query) bool {
	return !e.item.Expired(q.now) && q.speaks(e.item.Language) && q.stageFit(e.stages) > 0 && q.industry.meets(e.industries) > meetsNot
}

// had reports whether the contact has been given the entry, ever.
func (e *entry) had(c *Case) bool {
	return c.SharedIDs[e.item.ID] || e.item.Canonical != "" && c.SharedURLs[e.item.Canonical]
}

// withheld reports whether the contact has had it, or it is not to be shown now.
func (e *entry) withheld(q *query) bool {
	c := q.c
	if e.had(c) || c.Passed[e.item.ID] || c.Shown[e.item.ID].rests(c.Now) {
		return true
	}
	r, refused := c.Refused[e.item.ID]
	return refused && (r.Reason != NotNow || c.Now.Before(r.At.Add(NotNowRest)))
}

// mostLike says how like the entry is to the one among others that it is most
// like, 0 to 1.
func (l *Library) mostLike(others []int32, e *entry) float64 {
	most := 0.0
	for _, i := range others {
		most = max(most, likeness(e, &l.entries[i]))
	}
	return most
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

// likeness is the weight of the words that two entries have in common, as a
// share of the lighter one's, 0 to 1.
func likeness(a, b *entry) float64 {
	if a.mass == 0 || b.mass == 0 {
		return 0
	}
	i, j, both := 0, 0, 0.0
	for i < len(a.words) && j < len(b.words) {
		switch x, y := a.words[i], b.words[j]; {
		case x.term < y.term:
			i++
		case x.term > y.term:
			j++
		default:
			both += float64(min(x.weight, y.weight))
			i, j = i+1, j+1
		}
	}
	return min(1, both/min(a.mass, b.mass))
}
