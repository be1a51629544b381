package observe

import (
	"slices"

	"cairn/bot/journey"
)

// What renewed by itself is a repeat order and nothing signed anew: "renewed for another year
// without us asking". See [Reader.with].

// byItself reports whether segment g tells of a renewal that nobody had to ask for.
func (w *weighing) byItself(g span) bool {
	return slices.ContainsFunc(w.tokens(g), func(t token) bool { return renews[t.plain] }) && w.says(g, unasked) &&
		!w.any(guardHoped, g) && !slices.ContainsFunc(w.tokens(g), func(t token) bool { return noWords[t.plain] && !lacking[t.plain] }) && !w.any(guardRival, w.wholeSentence(g.start)) && !w.stranger(g.start, g.end-1)
}

// onlyRepeated puts the repeat order in the place of a sale, where all that was sold renewed by
// itself.
func (w *weighing) onlyRepeated(list []said, found []Finding) ([]said, []Finding) {
	for _, g := range w.d.segments() {
		if !w.byItself(g) {
			continue
		}
		clause := w.d.tokens[g.start].clause
		q := w.d.clauses[clause]
		isSale := func(s journey.Signal) bool { return s == journey.Revenue }
		list = slices.DeleteFunc(list, func(o said) bool { return o.clause == clause && isSale(o.signal) })
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return isSale(f.Signal) && f.Start >= q.start && f.Start < q.end })
		if !slices.ContainsFunc(list, func(o said) bool { return o.signal == journey.RepeatOrder }) {
			list = append(list, said{journey.RepeatOrder, clause})
		}
	}
	return list, found
}

// lacking are the denials in what nobody had to ask for, accents off.
var lacking = wordsOf("without ohne sin sans senza sem zonder")

// unasked are words for what nobody had to ask for, accents off.
var unasked = turnsOf("without us asking, w / o us asking, without asking, without being asked, without a reminder, by itself, by themselves, automatically, unprompted, of its own accord, of their own accord, " +
	"von selbst, von allein, automatisch, ohne dass wir, ohne nachfrage, por si solo, por si mismo, automaticamente, sin que se lo, sin pedirselo, tout seul, automatiquement, tacitement, sans qu'on, sozinho, da solo, senza che, vanzelf, ongevraagd, zonder dat we")
