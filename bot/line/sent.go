package line

import (
	"sync"
	"time"
	"unicode/utf8"
)

// Further ways to tell that something was given: it is not named, a list of it follows,
// they have it, they thank for it.

// sentIt tells of something given at the verb at token i that the note does not name.
func (r *reading) sentIt(g giving, i, n int) (m Mention) {
	end, start := r.clauseEnd(i), r.clauseStart(i)
	named := false // by a word before the verb
	for k := start; k < i; k++ {
		named = named || itBefore[r.toks[k].fold]
	}
	if r.theirAct(i) || !named && g == objectAfter && r.somebodyElse(i) {
		return m
	}
	k := i + n
	for k < end {
		_, small := receivers().at(r.toks[:end], k)
		if small == 0 || pronouns[r.toks[k].fold] && (r.toks[k].fold != "them" || k+1 < end && r.toks[k+1].fold == "to") {
			break
		}
		k += small
	}
	if g != objectBefore && k < end && pronouns[r.toks[k].fold] {
		if k+1 < end && !r.closesThing(k+1, k) && !r.isReceiver(k+1) && !isDoneWith[r.toks[k+1].fold] {
			return m // "sent that calculator"
		}
		return Mention{Words: span(r.note, r.toks, i, k+1), Object: r.toks[k].fold}
	}
	if k < end && !r.inDay(k) {
		if _, n := ands().at(r.toks, k); n == 0 {
			return m // something else was sent
		}
	}
	for k := start; k < i; k++ { // "je l'ai envoyé", "habe es ihm geschickt"
		if itBefore[r.toks[k].fold] {
			return Mention{Words: span(r.note, r.toks, start, i+n), Object: r.toks[k].fold}
		}
		_, we := weSubject().at(r.toks, k)
		_, small := beforeGiving().at(r.toks, k)
		if we+small == 0 && !r.isReceiver(k) && !r.inDay(k) {
			return m
		}
	}
	if isTalk[r.toks[i].fold] {
		return m // "emailed her": a talk
	}
	return Mention{Words: span(r.note, r.toks, start, i+n)}
}

func (r *reading) isReceiver(k int) bool {
	_, n := receivers().at(r.toks, k)
	return n > 0
}

var (
	// itBefore stand for the thing before the verb, where a language puts them.
	itBefore = map[string]bool{"l": true, "la": true, "lo": true, "es": true, "ihn": true, "het": true, "das": true}
	// isDoneWith may follow "sent it" and is no thing.
	isDoneWith = map[string]bool{"off": true, "just": true, "this": true, "right": true, "straight": true, "now": true, "on": true}
	// isTalk are verbs of giving that tell of a talk where nothing was given.
	isTalk = map[string]bool{"emailed": true, "mailed": true, "texted": true, "whatsapped": true, "gemailt": true, "gemaild": true, "posted": true, "gave": true, "passei": true, "transmis": true}
)

// thatWeSent reads what is told of as sent by us before: "thanks for the talk video I
// sent". The verb is of tokens [i:k).
func (r *reading) thatWeSent(i, k, end int) (m Mention, ok bool) {
	start := r.clauseStart(i)
	if i-1 <= start {
		return m, false
	}
	if _, n := weSubject().at(r.toks[:i], i-1); n == 0 {
		return m, false
	}
	k = r.skip(receivers(), k, end)
	if k < end && !r.closesThing(k, k-1) && !r.isReceiver(k) {
		return m, false // "he said I sent the guide"
	}
	to := i - 1
	if r.toks[to-1].fold == "that" || r.toks[to-1].fold == "which" {
		to--
	}
	for from := to - 1; from > start && to-from <= 7; from-- {
		if r.toks[from].kind == breaks || r.inDay(from) {
			return m, false
		}
		if _, n := openers().at(r.toks[:to], from-1); n == 1 && from < to && r.onlyNames(from, to) && r.isContent(from, r.withoutForm(from, to)) {
			return Mention{Words: span(r.note, r.toks, from, k), Object: span(r.note, r.toks, from, to)}, true
		}
	}
	return m, false
}

// following reads the things of a list behind a colon: "sent the following: bearings
// article, downtime calculator". The verb is token i, what follows it starts at k.
func (r *reading) following(i, k int) (out []Mention) {
	end := r.clauseEnd(i)
	for k < end {
		_, a := receivers().at(r.toks[:end], k)
		_, b := openers().at(r.toks[:end], k)
		if n := max(a, b); n > 0 {
			k += n
			continue
		}
		if !listHeads[r.toks[k].fold] {
			return nil
		}
		k++
	}
	if k != end || r.mark(k) != ':' {
		return nil
	}
	for again := true; again; {
		from := k + 1
		if from >= len(r.toks) || r.toks[from].kind == breaks {
			return out
		}
		to := from
		for ; to < r.clauseEnd(from); to++ {
			if _, n := ands().at(r.toks, to); n > 0 {
				break
			}
		}
		first := r.skip(openers(), from, to)
		if first >= to || !r.onlyNames(first, to) || !r.isContent(first, r.withoutForm(first, to)) {
			return out
		}
		out = append(out, Mention{Words: span(r.note, r.toks, first, to), Object: span(r.note, r.toks, first, to)})
		again, k = to < r.clauseEnd(from) || r.mark(to) == ',' || r.mark(to) == ';', to
	}
	return out
}

// listHeads may stand before the colon of a list.
var listHeads = map[string]bool{"following": true, "these": true, "items": true, "things": true, "two": true, "three": true, "both": true, "links": true, "folgendes": true, "folgende": true, "zwei": true, "drei": true, "sachen": true, "suivant": true, "siguiente": true, "seguinte": true, "seguente": true, "volgende": true}

// theyGot reads at token i what they are said to have got: "sie hat den Prüfkalender
// bekommen", "a reçu le guide", "she got our checklist". n is 0 where there is none.
func (r *reading) theyGot(i int) (m Mention, n int) {
	start, end := r.clauseStart(i), r.clauseEnd(i)
	if i >= end || r.toks[i].quoted {
		return m, 0
	}
	has, n := gotWords().at(r.toks[:end], i)
	if n == 0 {
		return m, 0
	}
	for k := start; k < end; k++ { // from others, or to us
		_, we := weSubject().at(r.toks[:end], k)
		if we > 0 || notFromUs[r.toks[k].fold] && !(k+1 < end && fromUsToo[r.toks[k+1].fold]) {
			return m, 0
		}
	}
	if has == objectBefore {
		m, ok := r.gotBefore(start, i, i+n)
		if !ok {
			return m, 0
		}
		return m, n
	}
	they := 0
	if i > start {
		_, they = theySubject().at(r.toks[:i], i-1)
	}
	if they == 0 && has != needsThem {
		return m, 0
	}
	if has == objectAfter && (i+n >= end || r.toks[i+n].fold != "our" && r.toks[i+n].fold != "my") { // "they got a minor on water"
		return m, 0
	}
	k := r.skip(openers(), i+n, end)
	to := k
	for to < end && !r.closesThing(to, k) {
		to++
	}
	if k == i+n || to <= k || !r.isContent(k, r.withoutForm(k, to)) {
		return m, 0
	}
	return Mention{Words: span(r.note, r.toks, i, to), Object: span(r.note, r.toks, k, to)}, to - i
}

// gotBefore is the thing between "hat" and "bekommen", of tokens [verb:to).
func (r *reading) gotBefore(start, verb, to int) (m Mention, ok bool) {
	for k := start; k < verb; k++ {
		if f := r.toks[k].fold; f != "hat" && f != "haben" && f != "heeft" && f != "hebben" {
			continue
		}
		from := r.skip(openers(), k+1, verb)
		if from > k+1 && from < verb && r.isContent(from, r.withoutForm(from, verb)) {
			return Mention{Words: span(r.note, r.toks, from, to), Object: span(r.note, r.toks, from, verb)}, true
		}
	}
	return m, false
}

var (
	notFromUs = map[string]bool{"from": true, "von": true, "van": true, "mir": true, "uns": true, "me": true, "us": true}
	fromUsToo = map[string]bool{"me": true, "us": true, "mir": true, "uns": true, "mij": true, "ons": true}
	// gotWords tell that they have what we gave; needsThem: without saying who.
	gotWords = sync.OnceValue(func() *lexicon[giving] {
		return newLexicon([]row[giving]{
			{objectAfter, `got|has got|received|has received|have received`},
			{needsThem, `a recu|a bien recu|ont recu|ha recibido|recibio|recebeu|ha ricevuto`},
			{objectBefore, `bekommen|erhalten|gekregen|ontvangen`},
		})
	})
	// promiseWords tell of a promise.
	promiseWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`promised|versprochen|zugesagt|prometi|le prometi|promis|promesso|beloofd`)
	})
	// promisedGiving are verbs by which something is promised to be given.
	promisedGiving = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`send|send over|mail|email|forward|share|give|hand|drop|post|text|bring|get|pass on|owe|
			schicke|schicken|sende|senden|zusende|zusenden|maile|mailen|gebe|geben|bringe|mitbringen|weiterleiten|teilen|
			envoie|enverrai|envoyer|transmets|transmettre|donne|donner|partage|envio|enviare|enviar|mando|mandare|mandar|paso|pasare|enviarei|mandarei|invio|inviero|inviare|mandero|stuur|sturen|mail|deel|geef|geven`)
	})
)

// Promised tells what a step of ours is to give: the "calculator" of "I'll send her the
// calculator". ok is false where it is no promise to give; thing is empty where what
// is promised is nothing to read or to work with, as a quote is.
func Promised(step string) (thing string, ok bool) {
	if !utf8.ValidString(step) {
		return "", false
	}
	r := newReading(step, time.Time{})
	for i := range r.toks {
		_, n := promisedGiving().at(r.toks, i)
		if n == 0 {
			continue
		}
		end := r.clauseEnd(i)
		from, to := r.thingBehind(i+n, end)
		if from >= end { // "werde ihm die Checkliste schicken"
			from, to = r.skipToThing(r.clauseStart(i), i), i
		}
		if from < to && r.isContent(from, r.withoutForm(from, to)) {
			return span(r.note, r.toks, from, to), true
		}
		return "", true
	}
	if thing, ok := r.promisedThing(); ok {
		return thing, true
	}
	return r.demandedThing()
}

// Demanded reports whether a step of ours is what they want of us, "needs business case",
// and nobody's promise.
func Demanded(step string) bool {
	if !utf8.ValidString(step) {
		return false
	}
	r := newReading(step, time.Time{})
	if _, ok := r.promisedThing(); ok {
		return false
	}
	for i := range r.toks {
		if _, n := promisedGiving().at(r.toks, i); n > 0 {
			return false
		}
	}
	_, ok := r.demandedThing()
	return ok
}

// demandedThing is the thing of a step of ours that says what they want of us: "needs
// business case". What they want to do, and what is nothing to read, is none.
func (r *reading) demandedThing() (thing string, ok bool) {
	for i := range r.toks {
		end := r.clauseEnd(i)
		if i >= end {
			continue
		}
		_, n := demandWords().at(r.toks[:end], i)
		if n == 0 {
			continue
		}
		from, to := r.thingBehind(i+n, end)
		if from >= to || r.toks[from].fold == "to" || pronouns[r.toks[from].fold] || !r.isContent(from, r.withoutForm(from, to)) {
			return "", false
		}
		if _, act := theirDoing().at(r.toks[:end], from); act > 0 {
			return "", false
		}
		return span(r.note, r.toks, from, to), true
	}
	return "", false
}

// promisedThing is the thing of a promise that does not say that it will be sent:
// "promised her the ROI sheet", "ihr die Checkliste versprochen".
func (r *reading) promisedThing() (thing string, ok bool) {
	for i := range r.toks {
		_, n := promiseWords().at(r.toks, i)
		if n == 0 {
			continue
		}
		end := r.clauseEnd(i)
		from, to := r.thingBehind(i+n, end)
		for to > from+1 && r.dueWordsBefore(to) == 1 { // "the checklist for Friday"
			to--
		}
		if from >= end {
			from, to = r.skipToThing(r.clauseStart(i), i), i
		}
		if from < to && r.toks[from].fold != "to" && r.toks[from].fold != "de" && r.isContent(from, r.withoutForm(from, to)) {
			return span(r.note, r.toks, from, to), true
		}
		return "", false
	}
	return "", false
}

// thingBehind is where the thing stands that is named from token k on, at most up to end.
func (r *reading) thingBehind(k, end int) (from, to int) {
	from = r.skipToThing(k, end)
	for to = from; to < end && !r.closesThing(to, from); {
		to++
	}
	return from, to
}

// skipToThing passes over who gets it, when, and the article before it.
func (r *reading) skipToThing(k, end int) int {
	for k < end {
		n := 0
		if d, ok := r.dayAt(k); ok {
			n = d.to - k
		} else if _, s := stepWords().at(r.toks[:end], k); s > 0 {
			n = s
		}
		for _, small := range [...]*lexicon[struct{}]{receivers(), openers(), dueWords(), weSubject(), planWords()} {
			if _, s := small.at(r.toks[:end], k); s > n && !isPlanItself[r.toks[k].fold] {
				n = s
			}
		}
		if n == 0 {
			return k
		}
		k += n
	}
	return end
}
