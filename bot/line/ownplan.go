package line

import (
	"sync"
	"time"
)

// A note that opens with what to do with them, and a day to come for it, is a plan of ours,
// whoever else is told of behind it: "call him fri re contract", "llamarla el viernes",
// "sie am Freitag anrufen".

// betweenOrder is how many words may say what is to be done between its act and its day.
const betweenOrder = 6

// ordered reads a plan of ours at the start of the note.
func (r *reading) ordered() (o opening, ok bool) {
	if o, ok = r.orderedAtEnd(); ok {
		return o, ok
	}
	end := r.clauseEnd(0)
	at, sure := r.orderTo(end)
	if at == 0 {
		return o, false
	}
	for i := at; i < min(end, at+betweenOrder); i++ {
		if d, found := r.readDay(i); found {
			if d.tense == behind || d.to > end || !sure && i > at {
				return o, false
			}
			if !sure && d.isWeekdayAlone() && !r.isSubject(d.to, end) {
				return o, false // "call Anna Friday"
			}
			return opening{day: d, to: d.to, both: true, sure: sure}, true
		}
		_, we := weSubject().at(r.toks[:end], i)
		_, but := butWords().at(r.toks[:end], i)
		if we+but > 0 || r.toks[i].quoted || r.tells(i) || r.isPastTalk(i) || r.saysArranged(i) || isClause(r.toks[i].fold) {
			return o, false
		}
	}
	return o, false
}

// isSubject reports whether nothing follows at token i, or what a talk is to be about.
func (r *reading) isSubject(i, end int) bool { return i >= end || r.subjectAt(i, end) > 0 }

// orderTo is the token behind what to do and with whom, where the note opens with it; 0: it does
// not. It is sure where it can be nothing else: "call Anna" may be a call with her.
func (r *reading) orderTo(end int) (to int, sure bool) {
	if _, n := ownOrders().at(r.toks[:end], 0); n > 0 {
		return n, true
	}
	noun, verb := orderVerbs[r.toks[0].fold]
	if !verb || end < 2 {
		return 0, false
	}
	if themWords[r.toks[1].fold] {
		return 2, true
	}
	for to = 1; to < min(end, 4) && r.toks[to].upper && r.toks[to].kind == word; to++ {
		if _, day := r.readDay(to); day {
			break
		}
	}
	if to == 1 {
		return 0, false
	}
	return to, !noun
}

// orderedAtEnd reads the same where the act closes it, as in German and Dutch: "ihn Freitag
// anrufen wegen Angebot".
func (r *reading) orderedAtEnd() (o opening, ok bool) {
	end, i := r.clauseEnd(0), 0
	if objectsFirst[r.toks[0].fold] && end > 1 {
		i = 1
	}
	d, found := r.readDay(i)
	if !found || d.tense == behind || d.to >= end {
		return o, false
	}
	_, n := infinitives().at(r.toks[:end], d.to)
	if n == 0 || r.toks[d.to].upper || r.toks[d.to].fold == "zu" || !r.isSubject(d.to+n, end) {
		return o, false
	}
	return opening{day: d, to: d.to + n, both: true, sure: true}, true
}

// isOrderBefore reports whether the note opens with what to do with them, and token j stands at
// once behind: a day in figures or in three letters is one there.
func (r *reading) isOrderBefore(j int) bool {
	if j != 2 || r.toks[1].kind != word {
		return false
	}
	_, verb := orderVerbs[r.toks[0].fold]
	return verb && themWords[r.toks[1].fold]
}

// isForUs reports whether token j stands behind what is to be done for us: "ring me wed".
func (r *reading) isForUs(j int) bool { return j > 1 && isUs[r.toks[j-1].fold] }

var (
	// orderVerbs say what to do with somebody who is named behind them; true are those that are a
	// talk as well, where a name follows.
	orderVerbs = map[string]bool{"call": true, "mail": true, "email": true, "text": true, "visit": true, "phone": true, "message": true, "chase": false, "ring": false, "ping": false,
		"nudge": false, "remind": false, "meet": false, "see": false, "send": false, "invite": false, "ask": false, "show": false}
	// ownOrders are the same in one word, or with whom before the act.
	ownOrders = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`llamar|llamarla|llamarle|llamarlo|llamarles|volver a llamar|volver a llamarla|volver a llamarle|volver a llamarlo|escribirle|visitarla|visitarlo|mandarle|enviarle|
			rappeler|la rappeler|le rappeler|les rappeler|relancer|la relancer|le relancer|appeler|l'appeler|lui envoyer|lui ecrire|lui telephoner|
			ligar|ligar para ela|ligar para ele|ligar lhe|ligar - lhe|ligar de novo|enviar lhe|enviar - lhe|
			richiamare|richiamarla|richiamarlo|chiamare|chiamarla|chiamarlo|ricontattarla|ricontattarlo|mandarle|mandargli|inviarle|inviargli`)
	})
)

// isSure reports whether a plan of ours, whose day may as well have been, is still to come: nothing
// tells at once how it went, "call him fri, no answer".
func (r *reading) isSure(o opening, now time.Time) bool {
	if !o.sure || r.ranBehind(r.clauseEnd(o.to-1)) {
		return false
	}
	next, ok := o.day.on(now, ahead)
	return ok && o.day.isWeekdayAlone() && daysApart(now, next) > 0
}
