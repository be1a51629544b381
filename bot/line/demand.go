package line

import (
	"strings"
	"sync"
	"time"
)

// What they want of us by a day is our step on that day: a reminder on the day after
// theirs would come too late.

// demand reads at token i what they want or need of us by a day: "he needs our answer
// by Thursday", "will ein Angebot bis Donnerstag". next is 0 where there is none.
func (r *reading) demand(i, start, end int, base time.Time) (s Step, next int) {
	if !r.demanded(i, start, end) {
		return s, 0
	}
	_, n := demandWords().at(r.toks[:end], i)
	if r.isDenied(i, n, start, end) {
		return s, end
	}
	d, _ := r.deadline(i+n, start, end)
	from := r.subjectStart(start, i)
	s = r.step(min(from, dayStart(d, true, start, from)), end, d, true, Ours, base)
	s.wanted = true
	return s, end
}

// demanded reports whether at token i they want, or do not want, something of us by a
// day.
func (r *reading) demanded(i, start, end int) bool {
	if i >= end || r.toks[i].quoted {
		return false
	}
	_, n := demandWords().at(r.toks[:end], i)
	if n == 0 || i+n >= end {
		return false
	}
	for k := max(start, i-reach); k < i; k++ {
		if _, we := weSubject().at(r.toks, k); we > 0 {
			return false
		}
	}
	if pastAsked[r.toks[i].fold] && !r.theirAct(i) {
		if _, _, k := theirAppointments().find(r.toks, i, end); k > 0 {
			return false // "asked for an answer by Friday": we did
		}
	}
	d, ok := r.deadline(i+n, start, end)
	return ok && (r.toks[i].fold != "will" || r.isGermanWill(i, d)) && r.isOfUs(i, i+n, end, d.vague)
}

// pastAsked begin words of asking that may be ours as well.
var pastAsked = map[string]bool{"asked": true, "bat": true, "fragte": true, "pidio": true, "pediu": true, "ha": true, "vroeg": true}

// isGermanWill reports whether the "will" at token i, with day d, is no English one.
func (r *reading) isGermanWill(i int, d day) bool {
	for k := max(r.clauseStart(i), d.from-1); k <= d.from; k++ {
		switch r.toks[k].fold {
		case "bis", "vor", "spatestens", "noch":
			return true
		}
	}
	if i+1 < len(r.toks) && d.from < i && (r.toks[i+1].fold == "er" || r.toks[i+1].fold == "sie") {
		return true // "am Freitag will er das Angebot haben"
	}
	return i > 0 && (r.toks[i-1].fold == "er" || r.toks[i-1].fold == "sie")
}

// deadline is the day by which something is to be done that is spoken of behind
// token from; today is one.
func (r *reading) deadline(from, start, end int) (day, bool) {
	days := r.days()
	for _, d := range days[r.dayFrom(start):] {
		if d.from >= end {
			break
		}
		before := d.from < from // "bis Montag möchte sie ein Angebot"
		if before && (d.to > from || d.vague || onWords[r.toks[d.from].fold] && !r.endsInGetting(end)) || d.from == r.talkDay-1 || r.isSince(d) || r.isOver(d) {
			continue
		}
		if v, n := dayWords().at(r.toks, d.from); n > 0 && v.n >= 0 && ((v.kind == relDays || v.kind == relDayEnd) && d.to >= end || v.kind == relWeekend || v.kind == relWeeks || v.kind == relInWeek) {
			return d, true
		}
		if d.tense != behind && (r.hasLimit(d, start) || d.after > 0) {
			return d, true
		}
	}
	return day{}, false
}

// endsInGetting reports whether the clause that ends at token end closes with what they want to
// have or know, as in German and Dutch.
func (r *reading) endsInGetting(end int) bool {
	_, n := gettingLast().at(r.toks[:end], end-1)
	return n > 0
}

// hasLimit reports whether a word before the day, or within it, says that it is the last
// one: unlike [reading.isLimit] no start is.
func (r *reading) hasLimit(d day, start int) bool {
	return r.saysLimit(d, start) || !d.vague && d.tense != behind && (d.from > start && forWords[r.toks[d.from-1].fold] || onWords[r.toks[d.from].fold])
}

// saysLimit reports whether a word of a limit does.
func (r *reading) saysLimit(d day, start int) bool {
	for k := max(start, d.from-3); k < d.to; k++ {
		if _, n := limitWords().at(r.toks, k); n > 0 && k+n >= d.from {
			return true
		}
	}
	return false
}

// forWords before a day make it a limit, and onWords within it, but not a month: "a
// pilot for May" starts then.
var (
	forWords = map[string]bool{"for": true, "fur": true, "pour": true, "para": true, "per": true}
	onWords  = map[string]bool{"on": true, "am": true, "op": true}
)

// isOfUs reports whether what is wanted behind token verb, comes from us: a thing
// of ours or one that they are given, and nothing that they do themselves.
// Of a month or a season (vague) only what is surely of ours is: "wants it under five by
// October" is a goal of theirs.
func (r *reading) isOfUs(verb, from, end int, vague bool) bool {
	if _, n := getting().at(r.toks[:end], from); n > 0 { // "wants to have it by Friday"
		return !vague && !(r.toks[from+n-1].fold == "get" && !r.opensThing(from+n, end))
	}
	if r.toks[from].fold == "to" || r.toks[from].fold == "te" || r.isRomanInfinitive(verb, from) {
		return false
	}
	theirs := func(k int) bool {
		_, a := theirDoing().at(r.toks[:end], k)
		_, b := theirAppointments().at(r.toks[:end], k)
		return a > 0 && b == 0
	}
	if last := end - 1; last > from && r.toks[last].kind == word && !r.inDay(last) { // "will bis Freitag die IT fragen"
		if _, n := gettingLast().at(r.toks[:end], last); n > 0 {
			return true
		}
		if _, n := infinitives().at(r.toks[:end], last); n > 0 || theirs(last) || r.isInfinitive(verb, last) {
			return false
		}
	}
	wanted := false
	for k := from; k < end; k++ {
		if r.inDay(k) || r.toks[k].kind == breaks {
			continue
		}
		if _, n := fromUs().at(r.toks[:end], k); n > 0 || r.toks[k].fold == "back" { // "needs the form back"
			return true
		}
		if r.toks[k].fold == "to" {
			return false
		}
		if _, n := openers().at(r.toks[:end], k); n > 0 || k == from && pronouns[r.toks[k].fold] || r.isWantedThing(k) {
			wanted = true
		}
	}
	_, needs := needWords().at(r.toks, verb)
	return wanted && needs == 0 && !vague // what they need they may have from others
}

// isWantedThing reports whether token k is such a thing, and what is wanted of it is not that it
// be less or more: "wants numbers down by Friday".
func (r *reading) isWantedThing(k int) bool {
	_, n := wantedThings().at(r.toks, k)
	return n > 0 && !(k+n < len(r.toks) && upOrDown[r.toks[k+n].fold])
}

var upOrDown = map[string]bool{"down": true, "up": true, "under": true, "below": true, "above": true, "over": true, "fixed": true, "done": true, "improved": true, "lower": true, "better": true}

// opensThing reports whether a thing is named at token k.
func (r *reading) opensThing(k, end int) bool {
	if k >= end {
		return false
	}
	_, a := openers().at(r.toks[:end], k)
	_, b := fromUs().at(r.toks[:end], k)
	return a+b > 0 || pronouns[r.toks[k].fold]
}

// isRomanInfinitive reports whether a French, Spanish, Portuguese or Italian wish is
// about what they do themselves: "veut décider avant le 30 juin".
func (r *reading) isRomanInfinitive(verb, k int) bool {
	switch r.toks[verb].fold {
	case "veut", "veulent", "quiere", "quieren", "quer", "querem", "vuole", "vogliono", "souhaite", "souhaitent":
	default:
		return false
	}
	w := r.toks[k].fold
	for _, end := range [...]string{"er", "ir", "re", "ar"} {
		if len(w) > 4 && !r.toks[k].upper && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// isInfinitive reports whether a German or Dutch clause that opens with a "will" at
// token verb ends with what they do themselves.
func (r *reading) isInfinitive(verb, last int) bool {
	switch r.toks[verb].fold {
	case "will", "wollen", "mochte", "mochten", "wil", "willen":
	default:
		return false
	}
	w := r.toks[last]
	return !w.upper && len(w.fold) > 4 && (w.fold[len(w.fold)-2:] == "en" || w.fold[len(w.fold)-2:] == "rn")
}

// agreedOn reports whether the clause tells which day was agreed, and no more than its
// hour: "we agreed on Thursday 10am".
func (r *reading) agreedOn(d day, start, end int) bool {
	if d.tense == behind || d.vague || d.from == start {
		return false
	}
	_, n := agreedWords().at(r.toks[:end], d.from-1)
	if n == 0 {
		return false
	}
	if d.to >= end || r.toks[d.to].kind == number {
		return true
	}
	_, clock := clockWords().at(r.toks[:end], d.to)
	return clock > 0
}

// away reads a clause that says until when they cannot be reached: "back on 4 January",
// "out of office until Monday". That they are there again is their step.
func (r *reading) away(start, end int, base time.Time) (s Step, next int) {
	if r.toks[start].quoted {
		return s, 0
	}
	_, at, n := awayWords().find(r.toks, start, end)
	if n == 0 {
		return s, 0
	}
	if at > start && backAgain[r.toks[at].fold] && !beforeBack[r.toks[at-1].fold] {
		return s, 0 // "needs the form back by Friday"
	}
	for k := max(start, at-reach); k < at; k++ {
		_, we := weSubject().at(r.toks, k)
		_, past := pastActs().at(r.toks, k)
		if we+past > 0 || backAgain[r.toks[at].fold] && backVerbs[r.toks[k].fold] && !isBe[r.toks[k].fold] {
			return s, 0
		}
	}
	d, ok := r.dueDay(start, at, end)
	if !ok || !(backAgain[r.toks[at].fold] && (d.from == at+n || d.from == at+n-1 || d.after > 0 || n > 1 && at == start && d.vague)) && !r.saysLimit(d, start) {
		return s, 0
	}
	s = r.step(start, end, d, true, Theirs, base)
	s.Text = s.Words // "back" alone says too little
	return s, end
}

var (
	// demandWords say that they want something of us.
	demandWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`wants|want|needs|need|would like|expects|expect|requires|require|insists on|asks for|asks us for|asked for|asked us for|bat um|fragte nach|a demande|pidio|pediu|ha chiesto|vroeg om|
			will|wollen|mochte|mochten|braucht|brauchen|benotigt|erwartet|erwarten|verlangt|bittet um|hatte gern|hatten gern|
			veut|veulent|il lui faut|il leur faut|il faut|souhaite|souhaitent|attend|a besoin de|
			quiere|quieren|necesita|necesitan|espera|pide|piden|quer|querem|precisa de|precisam de|pede|vuole|vogliono|ha bisogno di|serve|chiede|wil|willen|wenst|verwacht|heeft nodig`)
	})
	// needWords are those of them that do not say from whom.
	needWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`needs|need|requires|require|expects|expect|asked for|asked us for|bat um|fragte nach|a demande|pidio|pediu|ha chiesto|vroeg om|braucht|brauchen|benotigt|erwartet|erwarten|attend|il faut|necesita|necesitan|espera|precisa de|precisam de|ha bisogno di|verwacht|heeft nodig`)
	})
	// fromUs are things that a customer has from who sells to them.
	fromUs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`our|from us|from me|quote|quotation|offer|proposal|contract|answer|answers|reply|price|prices|pricing|price list|draft agreement|samples|sample|tender|bid|business case|case study|case studies|reference|references|brochure|brochures|datasheet|data sheet|checklist|slides|presentation|white paper|whitepaper|unterlagen|referenzen|broschure|datenblatt|fallstudie|
			unser|unsere|unseren|von uns|von mir|angebot|kostenvoranschlag|vertrag|antwort|preis|preise|preisliste|muster|bescheid|ruckmeldung|
			notre|nos|devis|offre|contrat|reponse|prix|tarifs|nuestra|nuestro|oferta|presupuesto|contrato|respuesta|precios|nossa|nosso|proposta|orcamento|resposta|precos|nostra|nostro|preventivo|offerta|contratto|risposta|prezzi|ons|onze|offerte|contract|antwoord|prijzen`)
	})
	// wantedThings are things that who wants them by a day has from us, though no article says so:
	// "wants numbers by Friday".
	wantedThings = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`numbers|figures|example|examples|calc|calculation|roi|roi sheet|sheet|deck|one pager|info|infos|details|specs|ref|refs|demo|pilot plan|estimate|
			zahlen|beispiel|beispiele|infos|daten|chiffres|exemple|exemples|donnees|cifras|numeros|ejemplo|ejemplos|datos|exemplo|exemplos|dados|numeri|cifre|esempio|esempi|dati|cijfers|voorbeeld|voorbeelden|gegevens`)
	})
	// getting behind such a word is had from us.
	getting = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`to have|to get|to see|to know|to receive|to hear|savoir|recevoir|avoir|saber|tener|recibir|ter|receber|sapere|avere|ricevere`)
	})
	gettingLast = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`haben|bekommen|erhalten|sehen|wissen|erfahren|horen|hebben|krijgen|zien|weten`)
	})
	// limitWords make a day the last one.
	limitWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`by|until|till|til|before|no later than|not later than|deadline|due|latest|bis|bis zum|vor|vor dem|spatestens|hasta|hasta el|antes del|antes de|avant|avant le|d'ici|jusqu'au|jusqu'a|ate|fino a|fino al|tot|entro|entro il|prima di|tegen|voor|uiterlijk`)
	})
	// agreedWords before a day tell that it was agreed.
	agreedWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`agreed|fixed|settled|vereinbart|ausgemacht|verabredet|convenu|quedamos|geeinigt|festgelegt|acordamos|combinamos|concordato|afgesproken`)
	})
	// awayWords say that somebody is not there, or is again.
	awayWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`back on|back in|back from|back at work|back after|back|out of office|out of the office|ooo|on holiday|on holidays|on vacation|on leave|on paternity|on maternity|on parental|maternity leave|paternity leave|parental leave|sick leave|sabbatical|away|travelling|traveling|on the road|on a trip|on a business trip|abroad|
			zuruck|wieder da|auf reisen|auf dienstreise|verreist|unterwegs|wieder im buro|im urlaub|in urlaub|elternzeit|mutterschutz|krankgeschrieben|abwesend|de retour|en conge|en voyage|en deplacement|en vacances|absent|absente|de vuelta|de viaje|de vacaciones|de baja|em viagem|de volta|de ferias|di ritorno|in viaggio|in trasferta|in ferie|in congedo|in maternita|in malattia|em licenca|de licenca|licenca|excedencia|op reis|terug|ouderschapsverlof|zwangerschapsverlof|op vakantie|met verlof`)
	})
)
