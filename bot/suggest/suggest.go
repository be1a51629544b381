package suggest

import (
	"cmp"
	"math"
	"slices"

	"cairn/bot/journey"
)

// Suggest says what to give next to the contact of c. The first pick is drawn
// by c.Seed among items that may well be best, so that the team learns; the
// probabilities are in the candidates. It takes well under a millisecond for a
// library of any size and changes nothing.
func (l *Library) Suggest(c Case, t Tally) Suggestion { return l.suggest(c, t, true) }

// Best is Suggest without exploring: the first pick is what is expected to
// help most, with probability 1.
func (l *Library) Best(c Case, t Tally) Suggestion { return l.suggest(c, t, false) }

func (l *Library) suggest(c Case, t Tally, explore bool) Suggestion {
	out := Suggestion{Seed: c.Seed, Stage: stageNames[max(0, stageIndex(c.Stage))]}
	if out.Silent = l.hold(&c); out.Silent != nil {
		return out
	}
	q, s := l.newQuery(&c), l.borrow()
	defer l.giveBack(s)
	fits, given := l.search(q, s)
	out.Matched = len(fits)
	if out.Silent = l.quietly(q, fits, given); out.Silent != nil {
		return out
	}
	fits = worthOffering(fits)
	opts := l.options(fits, out.Stage, t)
	picks := pick(opts, c.Seed, explore)
	for _, o := range opts {
		out.Candidates = append(out.Candidates, Candidate{o.e.item.ID, o.fit, o.mean, o.first, o.among})
	}
	// as good as each is by itself: one that yields may be better than those it yields to
	slices.SortStableFunc(out.Candidates, func(a, b Candidate) int { return cmp.Compare(b.Mean, a.Mean) })
	for _, i := range picks {
		out.Picks = append(out.Picks, l.newPick(q, s, &opts[i], fits, t))
	}
	return out
}

// PickOf is the pick that an item is if it is the one shown to the contact of c,
// reason and all; false where it would not be offered to them now.
func (l *Library) PickOf(c Case, t Tally, item int64) (Pick, bool) {
	if l.hold(&c) != nil {
		return Pick{}, false
	}
	q, s := l.newQuery(&c), l.borrow()
	defer l.giveBack(s)
	fits, given := l.search(q, s)
	if l.quietly(q, fits, given) != nil {
		return Pick{}, false
	}
	fits = worthOffering(fits)
	opts := l.options(fits, stageNames[max(0, stageIndex(c.Stage))], t)
	for i := range opts {
		if opts[i].e.item.ID == item {
			return l.newPick(q, s, &opts[i], fits, t), true
		}
	}
	return Pick{}, false
}

// worthOffering leaves out what fits far worse than the best: fewer are better
// than one beside the point.
func worthOffering(fits []scored) []scored {
	least := max(MinFit, leastOfBest*fits[0].fit)
	n := 1
	for n < len(fits) && fits[n].fit >= least {
		n++
	}
	return fits[:n]
}

const leastOfBest = 0.4

func (l *Library) newPick(q *query, s *scratch, o *option, fits []scored, t Tally) Pick {
	features := l.features(q, s, &o.scored)
	if d := o.mean - min(1, o.belief.factor*usualRate); t.content[o.e.item.ID].Shared > 0 && d != 0 {
		features = append(features, Feature{Name: FeatureRecord, Weight: d})
	}
	slices.SortStableFunc(features, func(a, b Feature) int {
		return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight))
	})
	reason := newReason(l.guide, q, o.e, features, t.content[o.e.item.ID])
	reason.Tongue = l.foreign(q, o.e, fits)
	return Pick{
		Item: o.e.item, Score: o.fit, Propensity: o.first, Features: features, Seldom: o.seldom,
		Reason:  reason,
		Channel: t.channel(q.c, q.stage),
	}
}

// hold says why nothing must be given now, whatever the library has; nil if
// something may.
func (l *Library) hold(c *Case) *Silence {
	who := cmp.Or(c.Contact, "They")
	gone := l.guide.gone(c)
	switch {
	case gone != nil:
		return gone
	case c.DoNotContact:
		return &Silence{Why: SilentDoNotContact, Say: who + " asked not to be contacted: nothing to give unless " + getsInTouch(c.Contact)}
	case c.Status == StatusLeft && c.ReturnOn.IsZero():
		return &Silence{Why: SilentLeft, Say: who + " said no: nothing to give unless they come back or name a date"}
	case complaintOpen(c.Notes):
		return &Silence{Why: SilentComplaint, Say: "A complaint is open: put that right first, then log “settled, happy again”; content can wait"}
	case c.Status == StatusLeft:
		return nil // asked for is what to come back with on that day
	}
	if s := l.guide.resting(c); s != nil {
		return s
	}
	return waiting(c)
}

// ComplaintOpen reports whether the latest word of notes, newest first, is a complaint:
// something of ours must be put right first.
func ComplaintOpen(notes []Note) bool { return complaintOpen(notes) }

// complaintOpen reports whether the latest word on the matter is a complaint:
// nothing since, and nothing in the same breath, shows that they go on with us.
func complaintOpen(notes []Note) bool {
	for _, n := range notes[:min(len(notes), MaxNotes)] {
		if slices.ContainsFunc(n.Signals, journey.Signal.Calms) {
			return false
		}
		if slices.Contains(n.Signals, journey.Complained) {
			return true
		}
	}
	return false
}
