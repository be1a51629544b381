package suggest

import (
	"cmp"
	"slices"
)

// Bounds of one suggestion's work, whatever the size of the library. A word
// that stands in more than perTerm items tells little; its newest suffice.
const (
	perTerm   = 512
	perQuery  = 3072
	perStage  = 128
	maxScored = 128
)

// scratch is the working memory of one suggestion, reused.
type scratch struct {
	sum     []float32 // per entry
	touched []int32
	byTerm  [][]unitWeight // per term: the units that meet it
	used    []int32
	// answered is how well the best of what they have had meets what they spoke of.
	answered float64
	unit     []meeting // per unit: the best meeting with the item in hand
	replied  []meeting // per unit: that of the reply; none: there is no reply
	shown    []shown   // per entry that is scored
}

type unitWeight struct {
	unit   int32
	weight float32
	how    means
}

// means is how a word of theirs meets one of an item.
type means uint8

const (
	byIdea    means = iota // an idea or a like beginning
	byWord                 // the very word
	byMeaning              // near in meaning alone
)

type meeting struct {
	weight float32
	how    means
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
	entry  int32
	fit    float64
	raw    float64 // the sum that the fit is made of
	latest float64 // how much of what they spoke of last it is about
	beside float64 // how far it is beside what they spoke of in particular
	met    float64 // how much of what they spoke of it is about, 0 to 1
	yields bool    // it is no first pick while another fits them half as well
	shown  *shown
}

// borrow takes the working memory of one suggestion.
func (l *Library) borrow() *scratch { return l.scratch.Get().(*scratch) }

// giveBack returns it; what search found with it is void from then on.
func (l *Library) giveBack(s *scratch) {
	s.reset()
	l.scratch.Put(s)
}

// search returns the entries that pass the filters and fit well enough, best
// first, and how many more would have if not given before.
func (l *Library) search(q *query, s *scratch) (fits []scored, given int) {
	l.gather(q, s)
	l.prime(q, s)
	slices.SortFunc(s.touched, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.sum[b], s.sum[a]), cmp.Compare(a, b))
	})
	best := 0.0 // of what they have had
	touched := s.touched[:min(len(s.touched), maxScored)]
	s.shown = slices.Grow(s.shown[:0], len(touched))[:len(touched)]
	clear(s.shown)
	fits = make([]scored, 0, len(touched))
	for n, i := range touched {
		e := &l.entries[i]
		found := l.score(q, s, i, &s.shown[n])
		if e.had(q.c) {
			best = max(best, found.fit)
		}
		switch {
		case found.met < q.leastMet() || e.closed(q):
		case e.withheld(q):
			if found.fit >= MinFit {
				given++
			}
		default:
			fits = append(fits, found)
		}
	}
	slices.SortFunc(fits, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.entry, b.entry))
	})
	if len(q.had) >= muchGiven && len(fits) > 0 && best > 0 {
		q.spent = max(0, 1-fits[0].fit/best)
	}
	return fits, given
}

// Who has had muchGiven items or more may have had what there is for them, if
// nothing left fits nearly as well as the best of those.
const muchGiven = 3

// prime notes which terms the words of theirs meet.
func (l *Library) prime(q *query, s *scratch) {
	note := func(t termWeight, u unitWeight) {
		if len(s.byTerm[t.term]) == 0 {
			s.used = append(s.used, t.term)
		}
		s.byTerm[t.term] = append(s.byTerm[t.term], u)
	}
	for i, u := range q.units {
		for k, t := range u.terms {
			how := byIdea
			if k == 0 && u.exact {
				how = byWord
			}
			note(t, unitWeight{int32(i), t.weight * u.weight, how})
		}
		for _, t := range u.near {
			note(t, unitWeight{int32(i), t.weight * l.idf[t.term] * u.weight, byMeaning})
		}
	}
	s.unit = slices.Grow(s.unit[:0], len(q.units))[:len(q.units)]
	s.answered = 0
	l.reply(q, s)
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
		for _, t := range u.near {
			all = append(all, termWeight{t.term, 0.5 * t.weight * l.idf[t.term] * u.weight})
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
		if !l.entries[i].open(q, l.usual) {
			return
		}
		s.touched = append(s.touched, i)
		s.sum[i] = 1e-6
	}
	s.sum[i] += weight
}
