package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// What renewed by itself is a repeat order and nothing signed anew: "renewed for another year
// without us asking". See [Reader.with]. What will do so is none yet, and what binds them to others
// is none of ours.

// byItself reports whether segment g tells of a renewal that nobody had to ask for.
func (w *weighing) byItself(g span) bool {
	return slices.ContainsFunc(w.tokens(g), func(t token) bool { return renews[t.plain] }) && w.says(g, unasked) && !w.renewsInTime(g) && !w.boundToOthers(g) &&
		!w.any(guardHoped, g) && !slices.ContainsFunc(w.tokens(g), func(t token) bool { return noWords[t.plain] && !lacking[t.plain] }) && !w.any(guardRival, w.wholeSentence(g.start)) && !w.stranger(g.start, g.end-1)
}

// noRenewal reports whether all that segment g tells is of a renewal to come, or with others.
func (w *weighing) noRenewal(g span) bool {
	return w.renewsInTime(g) || w.boundToOthers(g) && slices.ContainsFunc(w.tokens(g), func(t token) bool { return renews[t.plain] })
}

// renewsInTime reports whether segment g says that a contract renews by itself, and not that it did:
// "verlängert sich automatisch bis 2027".
func (w *weighing) renewsInTime(g span) bool {
	if !w.says(g, unasked) {
		return false
	}
	has, does := false, false
	for i := g.start; i < g.end; i++ {
		t := w.d.tokens[i].plain
		has = has || haveDone[t]
		does = does || renewing[t] || t == "verlangert" && slices.ContainsFunc(w.tokens(g), func(t token) bool { return t.plain == "sich" })
	}
	return does && !has
}

// boundToOthers reports whether segment g speaks of a contract of theirs with somebody who is named or
// is an outsider, and not with us: "a 10% discount" is nobody, and who "renewed the contract with Dana"
// did so beside her.
func (w *weighing) boundToOthers(g span) bool {
	for i := g.start; i+2 < g.end; i++ {
		t := w.d.tokens[i].plain
		if !contracts[t] && !strings.HasSuffix(t, "vertrag") || !sellerOf[w.d.tokens[i+1].plain] || ofUs[w.d.tokens[i+2].plain] {
			continue
		}
		theirs := i > g.start && own[w.d.tokens[i-1].plain]
		if theirs && slices.ContainsFunc(w.tokens(span{i + 2, min(g.end, i+2+opening)}), func(t token) bool { return outsiders[t.plain] }) {
			return true
		}
		if w.capital(i+2) && !w.ordinary(i+2) && (theirs || w.d.lang != "de" && !w.renewedBefore(i, g)) {
			return true // of a German noun nobody can tell by its capital whether it is a name
		}
	}
	return false
}

// contractOfTheirs reports whether segment g speaks of a contract as theirs: "their contract".
func (w *weighing) contractOfTheirs(g span) bool {
	for i := g.start; i+1 < g.end; i++ {
		if t := w.d.tokens[i+1].plain; own[w.d.tokens[i].plain] && (contracts[t] || strings.HasSuffix(t, "vertrag")) {
			return true
		}
	}
	return false
}

// renewedBefore reports whether token i is what somebody renewed: "renewed the contract".
func (w *weighing) renewedBefore(i int, g span) bool {
	i--
	for i > g.start && articles[w.d.tokens[i].plain] {
		i--
	}
	return i >= g.start && renews[w.d.tokens[i].plain]
}

// onlyRepeated puts the repeat order in the place of a sale, where all that was sold renewed by
// itself. Of somebody who never bought of us, as c knows, it is no order where no sale was read and
// the words do not name us; and a contract of theirs, without a word of us, is none of ours.
func (w *weighing) onlyRepeated(c Context, list []said, found []Finding) ([]said, []Finding) {
	for _, g := range w.d.segments() {
		if !w.byItself(g) {
			continue
		}
		clause := w.d.tokens[g.start].clause
		q := w.d.clauses[clause]
		isSale := func(s journey.Signal) bool { return s == journey.Revenue }
		outright, read := len(list), len(found)
		list = slices.DeleteFunc(list, func(o said) bool { return o.clause == clause && isSale(o.signal) })
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return isSale(f.Signal) && f.Start >= q.start && f.Start < q.end })
		sold, ours := len(list) < outright || len(found) < read, slices.ContainsFunc(w.tokens(g), func(t token) bool { return weOurselves[t.plain] })
		if !c.bought() && !ours && w.contractOfTheirs(g) {
			list = slices.DeleteFunc(list, func(o said) bool { return o.clause == clause && o.signal == journey.RepeatOrder })
			found = slices.DeleteFunc(found, func(f Finding) bool {
				return f.Signal == journey.RepeatOrder && f.Start >= q.start && f.Start < q.end
			})
			continue
		}
		if (sold || ours || c.bought()) && !slices.ContainsFunc(list, func(o said) bool { return o.signal == journey.RepeatOrder }) {
			list = append(list, said{journey.RepeatOrder, clause})
		}
	}
	return list, found
}

// renewing are words for what renews, and haveDone those by which it did, accents off.
var (
	renewing = wordsOf("renews renueva renuevan renouvelle renova rinnova verlengt wird werden wordt")
	haveDone = wordsOf("has have had was hat haben hatte wurde wurden ist worden ha han fue ont est foi stato stata heeft is werd")
)

// lacking are the denials in what nobody had to ask for, accents off.
var lacking = wordsOf("without ohne sin sans senza sem zonder")

// unasked are words for what nobody had to ask for, accents off.
var unasked = turnsOf("without us asking, w / o us asking, without asking, without being asked, without a reminder, by itself, by themselves, automatically, unprompted, of its own accord, of their own accord, " +
	"von selbst, von allein, automatisch, ohne dass wir, ohne nachfrage, por si solo, por si mismo, automaticamente, sin que se lo, sin pedirselo, tout seul, automatiquement, tacitement, sans qu'on, sozinho, da solo, senza che, vanzelf, ongevraagd, zonder dat we")
