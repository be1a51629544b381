package observe

import (
	"slices"

	"cairn/bot/journey"
)

// The guards that tell what a note says from what it only sounds like: anger that had
// passed in the same breath, a complaint of somebody else's, a threat that is no end
// yet, a date that is settled and no bill, a job that somebody runs and no trial.
const (
	guardThreat  = "threat"  // they may leave, and have not: a complaint: "threatens to cancel"
	guardEased   = "eased"   // anger had passed in the same breath: "then laughed about it"
	guardClients = "clients" // their customers complain, to them
	guardDated   = "dated"   // a day was settled: "settled the date"
	guardCareer  = "career"  // where they worked before: "used to be at Bosch"
)

// eased reports whether the anger at the tokens at was over before its sentence was:
// "was annoyed at first, then laughed about it". Anger behind that is anger again.
func (w *weighing) eased(at span) bool {
	around := w.wholeSentence(at.start)
	for _, h := range w.guards {
		first, last := int(h.first), int(h.last)
		if w.cues.guards.families[h.family] == guardEased && first > at.end && last < around.end && !w.mayNotBe(span{first, last}, w.segmentAt(first)) {
			return !w.any(guardUpset, span{last + 1, around.end}) && !w.any(guardThreat, span{at.end + 1, around.end})
		}
	}
	return false
}

// angry reports whether the note tells of anger that had not passed.
func (w *weighing) angry() bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		name := w.cues.guards.families[h.family]
		return name == guardThreat || name == guardUpset && !w.eased(span{int(h.first), int(h.last)})
	})
}

// noComplaint takes from found the complaint that is none: the anger of which the note
// tells had passed when it was told, or it is their customers who complain, to them.
// What their customers complain of is what they need; who laughed spoke with us.
func (w *weighing) noComplaint(found []Finding) (list []said, rest []Finding) {
	says, at := journey.Signal(""), 0
	for _, h := range w.guards {
		first := int(h.first)
		g := w.segmentAt(first)
		switch w.cues.guards.families[h.family] {
		case guardUpset:
			if w.eased(span{first, int(h.last)}) && !w.angry() {
				says, at = journey.Replied, first
			}
		case guardClients:
			named := slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool { return weOurselves[t.plain] })
			if !named && !w.angry() && !w.mayNotBe(span{first, int(h.last)}, g) {
				says, at = journey.SharedNeeds, first
			}
		}
	}
	if says == "" {
		return nil, found
	}
	dealt := w.any(guardDeed, span{0, len(w.d.tokens)}) // else the invoice that they were cross about is no order
	rest = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
		return f.Signal == journey.Complained || sales[signalNumber[f.Signal]] && !dealt
	})
	if says == journey.SharedNeeds || len(rest) == 0 {
		list = append(list, said{says, w.d.tokens[at].clause})
	}
	return list, rest
}

// threatens reports whether they who are said to at the tokens at threaten us.
func (w *weighing) threatens(at, g span) bool {
	if w.mayNotBe(at, g) || !w.byThem(g.start, at.start, besideState) {
		return false
	}
	gone := slices.ContainsFunc(w.own, func(h hit) bool { // "cancelled, threatened to leave before"
		return w.cues.signals[h.family] == journey.Declined && (int(h.last) < at.start || int(h.first) > at.end)
	})
	return !gone && !slices.ContainsFunc(w.d.tokens[at.end+1:g.end], func(t token) bool { return outsiders[t.plain] })
}

// runs reports whether the sentence at g tells what somebody runs or leads, and no
// trial: "now runs maintenance here".
func (w *weighing) runs(g span) bool {
	for i := g.start; i < g.end; i++ {
		if leading[w.d.tokens[i].plain] {
			s := w.segmentAt(i)
			return w.byThem(s.start, i, besideState) && !slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool { return onTrial[t.plain] })
		}
	}
	return false
}

var (
	// weOurselves are words for us, and not for what we sell.
	weOurselves = wordsOf("us our ours we my me uns unser unsere unserem unseren unserer unseres nous notre nos nosotros nuestro nuestra nuestros nuestras nosso nossa nossos nossas noi nostro nostra nostri nostre ons onze")
	// leading are what somebody does who has charge of something, accents off.
	leading = wordsOf("runs run leads lead heads manages leitet fuhrt verantwortet dirige gere gerencia gestisce gestiona leidt")
	// onTrial are words for what is tried, live or in use.
	onTrial = wordsOf("trial trials pilot pilots test tests live testphase essai pilote prueba piloto prova proef")
)
