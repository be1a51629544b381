package suggest

import (
	"slices"
	"strings"
)

// reply is what they have had on what they spoke of last. What they spoke of is then answered
// as far as this library goes: the words of the note lead back to the same few items, and
// what helps is the next one on that subject, of another kind.
type reply struct {
	entry *entry  // nil: they have had nothing
	on    float64 // how much of what they spoke of last it is about, 0 to 1
}

// reply finds it among what they have had.
func (l *Library) reply(q *query, s *scratch) {
	q.reply, s.replied = reply{}, s.replied[:0]
	best := 0.0
	for _, i := range q.had {
		m := l.meet(q, s, &l.entries[i])
		met, latest := saturate(m.exact+m.loose), saturate(m.latest)
		s.answered = max(s.answered, met)
		if q.reply.entry == nil || latest > q.reply.on || latest == q.reply.on && met > best {
			q.reply, best = reply{&l.entries[i], latest}, met
			s.replied = append(s.replied[:0], s.unit...)
		}
	}
}

// retold is how much of what the item in hand has of the words of the latest note the reply
// has too, 0 to 1: who asked about pumps and fans, and was given the one on fans, has not
// been answered on pumps.
func (s *scratch) retold(q *query) float64 {
	if len(s.replied) == 0 {
		return 0
	}
	again, all := float32(0), float32(0)
	for i, u := range s.unit {
		if u.how != byMeaning && q.units[i].note == 0 {
			all += u.weight
			again += min(u.weight, s.replied[i].weight)
		}
	}
	if all == 0 {
		return 0
	}
	return float64(again / all)
}

// How far an entry goes on from another.
const (
	sameSubject = 1.0 // the first topic of an item is its subject
	sameTopic   = 0.6
	// sequelAside is how much of what going on adds is left aside where it is asked whether
	// anything is to be given: it says more of which item than of whether any.
	sequelAside = 0.5
)

// goesOn says how far an entry is the next on the subject of the reply, 0 to 1.
func (r reply) goesOn(e *entry) float64 {
	theirs, its := r.entry.item.Topics, e.item.Topics
	shares := func(topic string) bool {
		return slices.ContainsFunc(theirs, func(other string) bool { return strings.EqualFold(topic, other) })
	}
	switch {
	case !slices.ContainsFunc(its, shares):
		return 0
	case strings.EqualFold(theirs[0], its[0]):
		return sameSubject
	}
	return sameTopic
}

// repeats reports whether an entry is of the very kind of the reply.
func (r reply) repeats(e *entry) bool {
	return len(e.kind) > 0 && slices.Equal(r.entry.kind, e.kind)
}

// foreign reports whether an entry is in another language than the reply, which they read.
func (r reply) foreign(e *entry) bool {
	return e.tongue != "" && r.entry.tongue != "" && e.tongue != r.entry.tongue
}
