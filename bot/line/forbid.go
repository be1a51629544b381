package line

import (
	"strings"
	"sync"
)

// What they do not want before a day: "do not call before 15 January", "asked not to be
// called until March", "nicht vor dem 15. Januar anrufen". It is no step of anybody; to
// come back then is one.

// forbids reports whether token i begins that they are not to be sought out. Which day ends
// it, the caller reads.
func (r *reading) forbids(i, start, end int) bool {
	if i >= end { // a mark
		return false
	}
	_, not := denials().at(r.toks[:end], i)
	if not == 0 && r.toks[i].fold != "t" && r.toks[i].fold != "kein" && r.toks[i].fold != "keine" {
		return false
	}
	if i > start && saysDone[r.toks[i-1].fold] {
		return false // "did not call before Friday"
	}
	at := r.soughtOut(i+max(not, 1), end)
	if at < 0 || r.tellsOfCalls(i, at, start, end) {
		return false
	}
	for k := start; k < i; k++ {
		if _, they := theySubject().at(r.toks[:i], k); they > 0 && r.toks[at-1].fold != "be" {
			_, _, wish := wishOf().find(r.toks, k, at)
			return wish > 0 // "they do not call before May" tells of them
		}
	}
	return true
}

// tellsOfCalls reports whether the "not" at token i only tells what somebody cannot do or did
// not, or what did not come of them: "I can't call before Friday", "Kim never called back", "no
// mail from her". The word for seeking out is token at.
func (r *reading) tellsOfCalls(i, at, start, end int) bool {
	act := r.toks[at].fold
	if at+2 < end && fromThem[r.toks[at+1].fold] && (themWords[r.toks[at+2].fold] || r.toks[at+2].upper) {
		return true
	}
	if _, _, wish := wishOf().find(r.toks, start, at); wish > 0 || r.toks[at-1].fold == "be" || r.toks[at-1].fold == "get" {
		return false
	}
	before := ""
	if i > start {
		before = r.toks[i-1].fold
	}
	switch not := r.toks[i].fold; {
	case cannot[before], before == "will" && not == "not":
		return true
	default:
		return strings.HasSuffix(act, "ed") || !noneOf[not] && manyCalls[act]
	}
}

// soughtOut is the token behind token k, in the clause up to end, that says how somebody is
// sought out, with nothing but days and small words before it; -1: none is.
func (r *reading) soughtOut(k, end int) int {
	for k < end {
		if d, ok := r.dayAt(k); ok {
			k = d.to
			continue
		}
		if _, n := contactActs().at(r.toks[:end], k); n > 0 {
			return k
		}
		_, limit := limitWords().at(r.toks[:end], k)
		_, small := beforeContact().at(r.toks[:end], k)
		if limit+small == 0 {
			return -1
		}
		k += max(limit, small)
	}
	return -1
}

var (
	// saysDone before a "not" tell what was not done.
	saysDone = map[string]bool{"did": true, "didn": true, "has": true, "hasn": true, "have": true, "haven": true, "had": true, "hadn": true, "could": true, "couldn": true, "was": true, "wasn": true, "were": true, "hat": true, "habe": true, "haben": true, "wurde": true}
	// cannot tell, before one, what somebody is not able to do, will not or does not do at all.
	cannot = map[string]bool{"can": true, "won": true, "does": true, "doesn": true}
	// fromThem before themWords, or a name, tell that it is they who did not call.
	fromThem = map[string]bool{"from": true, "von": true, "van": true}
	// manyCalls are none of ours but behind noneOf.
	noneOf    = map[string]bool{"no": true, "keine": true, "keinerlei": true, "geen": true}
	manyCalls = map[string]bool{"calls": true, "mails": true, "emails": true, "visits": true}
	// wishOf tell that what follows is what they would have of us.
	wishOf = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`asked|asks|want|wants|wanted|would like|prefers|prefer|said|says|told|begged|mochte|mochten|will nicht|wollen nicht|will keine|wollen keine|bat|bittet|sagt|sagte|quiere|quieren|pide|pidio|prefiere|veut|veulent|demande|prefere|quer|querem|pede|pediu|vuole|vogliono|chiede|preferisce|wil|willen|vraagt|vroeg`)
	})
	// contactActs are how somebody is sought out, in whatever form.
	contactActs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`call|calls|called|calling|ring|rung|phone|phoned|mail|mails|mailed|email|emails|emailed|write|text|contact|contacted|bother|bothered|disturb|disturbed|visit|visits|visited|approach|approached|chase|chased|get in touch|reach out|try|pester|
			anrufen|angerufen|anrufe|anruf|rufen|melden|kontaktieren|kontaktiert|schreiben|mailen|storen|gestort|ansprechen|angesprochen|besuchen|nachfassen|nachhaken|
			llamar|llamarla|llamarle|llamarlo|llamarles|llamadas|contactar|contactarla|contactarlo|escribir|molestar|appeler|appelez|rappeler|contacter|relancer|ecrire|deranger|appels|d appels|
			ligar|contatar|incomodar|ligacoes|chiamare|chiamarla|chiamarlo|contattare|contattarla|scrivere|disturbare|chiamate|bellen|gebeld|terugbellen|contacteren|storen|benaderen|opvolgen`)
	})
	// beforeContact may stand between the "not" and such a word.
	beforeContact = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`to|be|want|wants|wish|wishes|us|me|her|him|them|please|any|more|again|get|bitte|wieder|mehr|noch|sie|ihn|ihr|ihm|uns|mich|gern|dem|den|zu|werden|que|la|le|lo|les|nos|me|mas|plus|nous|m|l|a|o|di|meer|weer|haar|hem|de|el`)
	})
)
