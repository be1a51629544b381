package suggest

import (
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/prompts/strict"
)

// purpose is what an item is for, told by its kind and for some by its title or
// topics. What was learnt is which purposes a signal calls for.
type purpose uint8

const (
	forProof purpose = iota
	forSums
	forChecking
	forFilling
	forHowTo
	forReading
	forFigures
	forWatching
	forMeeting
	forPrice
	forSecurity
	forComparing
	forStart
	forTraining
	forReferral
	forStory
	forBrief
	forPlan
	purposes
)

// purposeNames are the keys of the guide.
var purposeNames = [purposes]string{
	"case", "calculator", "checklist", "template", "guide", "article", "research", "film", "meeting", "price", "security", "comparison",
	"start", "training", "referral", "story", "brief", "plan",
}

// purposeBook leads from stems to purposes, a bit each.
type purposeBook struct{ kinds, titles map[string]uint32 }

func newPurposeBook(families strict.Fields) purposeBook {
	book := purposeBook{map[string]uint32{}, map[string]uint32{}}
	for _, name := range families.Keys() {
		at := families.Get(name)
		p := slices.Index(purposeNames[:], name)
		if p < 0 {
			at.Fail("they are "+strings.Join(purposeNames[:], ", "), "there is no purpose %q", name)
			continue
		}
		f := at.Fields("kinds", "titles")
		for _, w := range f.Get("kinds").List() {
			book.kinds[stem(fold(w.Text()))] |= 1 << p
		}
		for _, w := range f.Get("titles").List() {
			book.titles[stem(fold(w.Text()))] |= 1 << p
		}
	}
	return book
}

// purposesOf tells what an item is for.
func (b *builder) purposesOf(e *entry) (mask uint32) {
	for _, k := range e.kind {
		mask |= b.l.guide.purposes.kinds[k]
	}
	mask |= b.titled(e.item.Title)
	for _, topic := range e.item.Topics {
		mask |= b.titled(topic)
	}
	return mask
}

func (b *builder) titled(text string) (mask uint32) {
	for _, w := range words(text) {
		mask |= b.l.guide.purposes.titles[b.spell(w.folded).stem]
	}
	return mask
}

// latestSignals are those of the newest note that shows any.
func latestSignals(notes []Note) []journey.Signal {
	for _, n := range notes {
		if len(n.Signals) > 0 {
			return n.Signals
		}
	}
	return nil
}

// called adds up how much each purpose is called for.
func (m *model) called(signals []journey.Signal) (by [purposes]float64) {
	for _, s := range signals {
		if row, ok := m.purposes[s]; ok {
			for p, w := range row {
				by[p] += w
			}
		}
	}
	return by
}

// serves says how much the purposes of an entry are called for.
func (q *query) serves(mask uint32) (sum float64) {
	for p, w := range q.called {
		if mask&(1<<p) != 0 {
			sum += w
		}
	}
	return sum
}

// passesOn reports whether a signal shows that they spoke well of us to others, or
// have cause to.
func passesOn(s journey.Signal) bool {
	return s == journey.Referral || s == journey.Recommendation || s == journey.ValueStory
}

// Uses reports whether a signal shows that they have what we sell, or had it.
func Uses(s journey.Signal) bool {
	switch s {
	case journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Installed, journey.Adopted, journey.ValueStory,
		journey.Recommendation:
		return true
	}
	return false
}

// shows reports whether one of the notes shows such a signal.
func shows(notes []Note, such func(journey.Signal) bool) bool {
	return slices.ContainsFunc(notes, func(n Note) bool { return slices.ContainsFunc(n.Signals, such) })
}

// boughtOnce reports whether one of the notes, and no more, shows that they have what we
// sell: what they bought is new to them.
func boughtOnce(notes []Note) bool {
	n := 0
	for _, note := range notes {
		n += int(one(slices.ContainsFunc(note.Signals, Uses)))
	}
	return n == 1
}

// calling is what one signal calls for, and how that is told.
type calling struct {
	say      string
	ideas    map[int32]float64 // idea terms → weight
	purposes [purposes]float64
}

// answeredBy says how well the subject of an entry answers it.
func (c calling) answeredBy(e *entry) (most float64) {
	for _, t := range e.terms {
		most = max(most, c.ideas[t.term]*float64(t.weight))
	}
	return most
}

// servedBy says how much it calls for what the entry is for.
func (c calling) servedBy(e *entry) (sum float64) {
	for p, w := range c.purposes {
		if e.purposes&(1<<p) != 0 {
			sum += w
		}
	}
	return sum
}

// saysFor tells the need that an entry meets by that measure most; empty: it meets none of
// those that are told.
func (q *query) saysFor(e *entry, by func(calling, *entry) float64) []string {
	say, most := "", 0.0
	for _, c := range q.says {
		if met := by(c, e); met > most {
			say, most = c.say, met
		}
	}
	if say == "" {
		return nil
	}
	return []string{say}
}

// ideaTerms are the terms of the library that a need's ideas are.
func (l *Library) ideaTerms(n need) map[int32]float64 {
	terms := map[int32]float64{}
	for idea, w := range n.ideas {
		if t, ok := l.terms["~"+idea]; ok {
			terms[t] = w
		}
	}
	return terms
}

// askedForItem reports whether the newest note asks for what an item may be: what is asked for
// is told in telling words, or is something to read or to work with. Who asked for a demo, or
// for a quote, did not ask for what is named to be given.
func (q *query) askedForItem(g *Guide) bool {
	return q.specific > 0 || slices.ContainsFunc(q.said, func(w word) bool { return g.forms[g.stems.Of(w.folded)] }) || IsMaterial(q.texts[0])
}
