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
	out := Suggestion{Seed: c.Seed, Stage: stageNames[c.stands()]}
	kept := l.promised(&c)
	if out.Silent = l.holdBut(&c, kept); out.Silent != nil {
		return out
	}
	q, s := l.newQuery(&c), l.borrow()
	defer l.giveBack(s)
	fits, opts, silent := l.offer(q, s, &out, kept, t)
	if out.Silent = silent; silent != nil {
		return out
	}
	picks := pick(opts, c.Seed, explore && kept < 0)
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
	kept := l.promised(&c)
	if l.holdBut(&c, kept) != nil {
		return Pick{}, false
	}
	q, s := l.newQuery(&c), l.borrow()
	defer l.giveBack(s)
	out := Suggestion{Stage: stageNames[c.stands()]}
	fits, opts, silent := l.offer(q, s, &out, kept, t)
	if silent != nil {
		return Pick{}, false
	}
	for i := range opts {
		if opts[i].e.item.ID == item {
			return l.newPick(q, s, &opts[i], fits, t), true
		}
	}
	return Pick{}, false
}

// offer is what may be given, as it fits and as options, or why nothing: kept, an entry
// that was promised, is the first of them and breaks any silence but that of
// [Library.holdBut]; -1: none. It counts in out what matched.
func (l *Library) offer(q *query, s *scratch, out *Suggestion, kept int32, t Tally) (fits []scored, opts []option, silent *Silence) {
	fits, given := l.search(q, s)
	out.Matched = len(fits)
	silent = l.quietly(q, s, fits, given)
	if kept < 0 && silent != nil {
		return nil, nil, silent
	}
	if silent == nil {
		fits = worthOffering(fits)
	} else {
		fits = nil // the promise stands, and nothing beside it
	}
	if kept < 0 {
		return fits, l.options(fits, out.Stage, q.lang.first(), t), nil
	}
	first := l.score(q, s, kept, new(shown))
	fits = slices.DeleteFunc(fits, func(f scored) bool { return f.entry == kept })
	opts = append(l.options([]scored{first}, out.Stage, "", t), l.options(fits, out.Stage, q.lang.first(), t)...)
	out.Matched = max(out.Matched, len(opts))
	return append([]scored{first}, fits...), opts[:min(len(opts), MaxCandidates)], nil
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
		Channel: t.channel(q.c, q.c.stands()),
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

// holdBut is [Library.hold] for one to whom kept, an entry, was promised: that it is
// their turn is no reason not to keep it. -1: nothing was.
func (l *Library) holdBut(c *Case, kept int32) *Silence {
	s := l.hold(c)
	if kept >= 0 && s != nil && s.Why == SilentWaiting {
		return nil
	}
	return s
}

// promised is the entry that was promised to the contact and may be given; -1: none.
func (l *Library) promised(c *Case) int32 {
	i, ok := l.byID[c.Promised]
	if !ok || c.Promised == 0 {
		return -1
	}
	e := &l.entries[i]
	_, refused := c.Refused[c.Promised]
	if e.item.Expired(c.Now) || e.had(c) || c.Passed[c.Promised] || refused {
		return -1
	}
	return i
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
