package line

import "strings"

// What was done, and the day beside it: one that is to come by its figures has been by the
// verb, "paid on 5 January" in November, or is a slip that has to be asked about.

// lately is how many months back a day in figures is the one meant of which the other order
// is still to come: "called 11/12".
const lately = 2

// doneBefore is the token that tells what was done right before a day, small words and things
// between them left out; -1 where none may stand there.
func (r *reading) doneBefore(d day) int {
	i := d.from - 1
	for i >= r.clauseStart(d.from) && besideDone[r.toks[i].fold] {
		i--
	}
	if i < r.clauseStart(d.from) || r.plans[i] || r.toks[i].quoted {
		return -1
	}
	return i
}

// claimsDone reports whether the note says of a month or a year to come, its year written
// out, that a talk or a deed has been in it: "met in 2027", "paid the invoice in March 2027".
func (r *reading) claimsDone(d day) bool {
	at, ok := d.on(r.now, ahead)
	if later := at.Year() > r.now.Year() || at.Year() == r.now.Year() && at.Month() > r.now.Month(); !ok || !later || !d.exact || r.plannedBefore(d.from) {
		return false
	}
	i := r.doneBefore(d)
	if i < 0 {
		return false
	}
	_, deed := deeds().at(r.toks[:i+1], i)
	return deed > 0 && !r.isPresent(i, d) || r.isPastTalk(i)
}

// isPresent reports whether the deed at token i, told with day d, is what somebody does, or a
// thing: the Spanish "pago" and the French "commande", which only an accent makes past, and the
// German "Kunde bezahlt im Mai 2027", which is as good as what was done.
func (r *reading) isPresent(i int, d day) bool {
	t := r.toks[i]
	if accentedDeeds[t.fold] {
		return !r.accented(i)
	}
	if !germanDeeds[t.fold] || i > d.from || !r.isToCome(d) { // behind its day it closes what was done
		return false
	}
	for k := r.clauseStart(i); k < i; k++ {
		if haveDone[r.toks[k].fold] {
			return false
		}
	}
	return d.vague || i > r.clauseStart(i)
}

// accented reports whether token i has an accent that its folded form lacks.
func (r *reading) accented(i int) bool { return r.toks[i].to-r.toks[i].at > len(r.toks[i].fold) }

// deedBeside reports whether it is told that they bought or paid on a day, right before it or
// behind it at once: "paid on 5 January", "am 5.1. bezahlt". What "is paid on 5 January" may
// well be to come.
func (r *reading) deedBeside(d day) bool {
	if i := r.doneBefore(d); i >= 0 && r.isDeed(i) && !r.isPresent(i, d) && !(i > r.clauseStart(i) && becomes[r.toks[i-1].fold]) {
		return true
	}
	return d.to < len(r.toks) && r.toks[d.to].clause == r.toks[d.from].clause && !r.plans[d.to] && r.isDeed(d.to) &&
		!(d.to+1 < len(r.toks) && becomes[r.toks[d.to+1].fold])
}

// isDeed reports whether a deed is told by token i alone. Without its accent a Roman one is a
// thing: "pago el 5 de enero".
func (r *reading) isDeed(i int) bool {
	_, n := deeds().at(r.toks[:i+1], i)
	return n > 0 && (!accentedDeeds[r.toks[i].fold] || r.accented(i))
}

// isToldAt reports whether a talk told in the past tense stands right before the figures at
// token j, and nothing behind that they could count: "called 11/12", "met her 11/12".
func (r *reading) isToldAt(j int) bool {
	if fold := r.toks[j].fold; r.toks[j].kind != number || fold == "24/7" || !strings.Contains(fold, "/") {
		return false
	}
	if end := r.clauseEnd(j); j+1 < end && !behindDay[r.toks[j+1].fold] {
		if _, about := aboutWords().at(r.toks[:end], j+1); about == 0 {
			return false
		}
	}
	i := r.doneBefore(day{from: j})
	if i < 0 {
		return false
	}
	for n := 1; n <= 3 && i+1-n >= r.clauseStart(j); n++ {
		if _, k := pastTalks().at(r.toks[:i+1], i+1-n); k == n {
			return true
		}
	}
	return false
}

var (
	// besideDone are small words and things between what was done and when.
	besideDone = map[string]bool{"her": true, "him": true, "them": true, "it": true, "the": true, "a": true, "all": true, "everything": true, "contract": true, "invoice": true,
		"order": true, "po": true, "quote": true, "offer": true, "den": true, "vertrag": true, "die": true, "rechnung": true, "sie": true, "ihn": true, "el": true, "la": true, "contrato": true, "factura": true,
		"le": true, "contrat": true, "facture": true, "o": true, "fatura": true, "il": true, "contratto": true, "fattura": true, "het": true, "de": true, "factuur": true}
	// becomes stand beside a deed that may be to come.
	becomes = map[string]bool{"is": true, "are": true, "be": true, "being": true, "get": true, "gets": true, "werden": true, "wird": true, "worden": true, "wordt": true}
	// accentedDeeds without their accent are a present or a thing, and germanDeeds are a present
	// too where none of haveDone stands before them.
	accentedDeeds = map[string]bool{"firmo": true, "compro": true, "pago": true, "signe": true, "commande": true, "achete": true, "paye": true, "regle": true}
	germanDeeds   = map[string]bool{"bestellt": true, "bezahlt": true, "verlangert": true}
	haveDone      = map[string]bool{"hat": true, "haben": true, "wurde": true, "wurden": true, "ist": true, "sind": true}
)
