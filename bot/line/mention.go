package line

import "strings"

const quoteMarks = `"“”„«» `

// mentions reads what was given and what was asked.
func (r *reading) mentions(l *Line) {
	asked := 0         // the token after the last ask
	var lost []Mention // what was sent and did not come to them
	for i := 0; i < len(r.toks); i++ {
		if r.toks[i].quoted || r.plannedBefore(i) {
			continue
		}
		if g, n := giveWords().at(r.toks, i); n > 0 {
			gives := r.gives(g, i, n)
			it := r.sentIt(g, i, n)
			switch {
			case (len(gives) > 0 || it.Words != "") && r.missed(i):
				lost = append(lost, gives...)
			case len(gives) == 0 && it.Object != "" && len(lost) > 0 && r.sentAnew(i):
				l.Gives, lost = append(l.Gives, lost...), nil
			case len(gives) == 0 && l.SentIt.Words == "":
				l.SentIt = it
			default:
				l.Gives = append(l.Gives, gives...)
			}
			i += n - 1
			continue
		}
		if m, n := r.theyGot(i); n > 0 {
			l.Gives = append(l.Gives, m)
			i += n - 1
			continue
		}
		if m, next := r.ask(i, asked); next > 0 {
			l.Asks = append(l.Asks, m)
			asked, i = next, next-1
		}
	}
}

// theirAct reports whether somebody of theirs is named as acting before token
// i in its clause.
func (r *reading) theirAct(i int) bool {
	for k := max(r.clauseStart(i), i-reach); k < i; k++ {
		if _, n := weSubject().at(r.toks, k); n > 0 {
			return false
		}
		switch r.toks[k].fold {
		case "she", "he", "they", "sie", "er", "ella", "elle", "il", "ils", "ela", "ele", "lei", "lui", "zij", "ze", "hij", "who":
			return true
		}
	}
	return false
}

func (r *reading) gives(g giving, i, n int) []Mention {
	end := r.clauseEnd(i)
	if m, ok := r.thatWeSent(i, i+n, end); ok {
		return []Mention{m}
	}
	if r.theirAct(i) {
		return nil
	}
	k := i + n
	if out := r.following(i, k); len(out) > 0 {
		return out
	}
	if g == objectBefore || r.isPassive(i, k, end) {
		return r.objectBefore(i, n)
	}
	if r.somebodyElse(i) || k >= end && !r.quoteAt(k) {
		return nil
	}
	if _, m := toUsWords().at(r.toks, k); m > 0 {
		return nil
	}
	switch g {
	case needsThem:
		switch r.toks[k].fold {
		case "her", "him", "them":
			k++
		default:
			if !r.givenTo(k, end) {
				return nil
			}
		}
	case leftThere, shownThem, throughWith:
		return r.handed(g, i, k, end)
	}
	return r.objects(i, k, end)
}

// isPassive reports "checklist sent", "lista enviada con …": a participle
// with nothing behind it that could be the thing.
func (r *reading) isPassive(i, k, end int) bool {
	switch r.toks[i].fold {
	case "sent", "shared", "forwarded", "emailed", "mailed", "enviado", "enviada", "mandado", "mandada", "envoye", "envoyee", "inviato", "inviata", "mandato", "mandata":
	default:
		return false
	}
	if i == r.clauseStart(i) || r.quoteAt(k) {
		return false
	}
	if k >= end {
		return true
	}
	if _, ok := r.dayAt(k); ok {
		return true
	}
	_, person := receivers().at(r.toks, k)
	_, closed := closers().at(r.toks, k)
	return closed > 0 && person == 0
}

// quoteAt reports whether a quotation opens at token k: a title.
func (r *reading) quoteAt(k int) bool {
	return k+1 < len(r.toks) && r.toks[k].kind == breaks && r.toks[k+1].quoted
}

// quoteEnd is the token after the closing mark of the quotation that opens at
// token k.
func (r *reading) quoteEnd(k int) int {
	for k++; k < len(r.toks) && (r.toks[k].quoted || r.toks[k].kind != breaks); k++ {
	}
	return min(k+1, len(r.toks))
}

// somebodyElse reports whether a word that is neither us nor a small one
// stands before the verb: "her committee sent questions".
func (r *reading) somebodyElse(i int) bool {
	if r.ourPeopleAct(i) {
		return false
	}
	for k := i - 1; k >= max(r.clauseStart(i), i-reach); k-- {
		if _, n := joints().at(r.toks[:i], k); n > 0 {
			return false
		}
		if _, n := weSubject().at(r.toks[:i], k); n > 0 {
			return false
		}
		if _, n := beforeGiving().at(r.toks[:i], k); n > 0 {
			continue
		}
		if _, n := howWords().at(r.toks[:i], k); n > 0 {
			continue
		}
		if r.inDay(k) || r.toks[k].kind != word {
			continue
		}
		return true
	}
	return false
}

// ourPeopleAct reports whether somebody of ours is named as acting before the verb at
// token i: "my colleague Ben sent her the plan", "marketing sent it".
func (r *reading) ourPeopleAct(i int) bool {
	_, at, n := ourPeople().find(r.toks, r.clauseStart(i), i)
	if n == 0 || at > r.clauseStart(i) && (notOurs[r.toks[at-1].fold] || n == 1 && !oursBefore[r.toks[at-1].fold]) {
		return false // "head of marketing", "Dana from marketing"
	}
	for k := at + n; k < i; k++ {
		_, small := beforeGiving().at(r.toks[:i], k)
		if small == 0 && !r.toks[k].upper && !r.inDay(k) {
			return false
		}
	}
	return true
}

// notOurs before people of a house make them theirs: "her marketing".
var notOurs = map[string]bool{"her": true, "his": true, "their": true, "its": true, "the": true, "s": true, "a": true}

// oursBefore may stand before a department that has no other word for ours with it.
var oursBefore = map[string]bool{"and": true, "then": true, "und": true, "ons": true, "onze": true}

func (r *reading) inDay(k int) bool {
	i := r.dayFrom(k + 1)
	return i > 0 && k < r.days()[i-1].to
}

// onward reports whether the thing went from them to their own people:
// "shared our guide with her team".
func (r *reading) onward(verb, k, end int) bool {
	switch r.toks[verb].fold {
	case "shared", "forwarded", "passed", "comparti", "compartilhei", "condiviso", "partage":
	default:
		return false
	}
	if k+1 >= end {
		return false
	}
	switch r.toks[k+1].fold {
	case "her", "his", "their", "whole", "all":
		return k+2 < end // "with her team", not "with her"
	case "the":
		return k+2 < end && r.toks[k+2].fold == "whole"
	}
	return false
}

// objects reads the things from token k on: up to a closing word, "and the …"
// opening another one.
func (r *reading) objects(verb, k, end int) []Mention {
	var out []Mention
	from := verb
	for k < end {
		k = r.skipReceiver(k, end)
		if m, ok := r.meantBefore(verb, k, end); ok {
			return append(out, m)
		}
		k = r.skip(openers(), k, end)
		start := k
		for k < end && !r.closes(k, start) {
			k++
		}
		if k == end && r.quoteAt(k) { // the title in quotes
			start, k = k, r.quoteEnd(k)
			end = max(end, k)
		}
		if start < k && r.isContent(start, r.withoutForm(start, k)) && !r.onward(verb, k, end) {
			out = append(out, Mention{Words: span(r.note, r.toks, from, k), Object: strings.Trim(span(r.note, r.toks, start, k), quoteMarks), Some: r.isSome(verb, start)})
		}
		if k >= end {
			return append(out, r.listed(verb, k)...)
		}
		_, n := ands().at(r.toks, k)
		if _, place := placeWords().at(r.toks, k); place > 0 || n == 0 || k+n >= end { // "en recepción"
			break
		}
		if _, m := openers().at(r.toks, k+n); m == 0 && !r.onlyNames(k+n, end) {
			break
		}
		k += n
		from = k
	}
	return out
}

// isSome reports whether the thing at token start, given at verb, is one of its kind, and the
// note does not say which: "a checklist", but not the Portuguese "enviei a checklist".
func (r *reading) isSome(verb, start int) bool {
	if start == 0 || r.toks[start-1].clause != r.toks[start].clause {
		return false
	}
	article := r.toks[start-1].fold
	return someWords[article] && !(article == "a" && strings.HasSuffix(r.toks[verb].fold, "ei"))
}

// someWords are articles before what was not spoken of yet.
var someWords = map[string]bool{"a": true, "an": true, "some": true, "another": true, "ein": true, "eine": true, "einen": true, "un": true, "una": true, "une": true, "um": true, "uma": true, "uno": true, "een": true}

// skipReceiver passes over who got it: "her", "Gareth" before an article.
func (r *reading) skipReceiver(k, end int) int {
	k = r.skip(receivers(), k, end)
	for n := 1; n <= 2 && k+n < end && r.toks[k+n-1].upper; n++ {
		if _, m := openers().at(r.toks, k+n); m > 0 {
			return k + n
		}
	}
	return k
}

func (r *reading) skip(words *lexicon[struct{}], k, end int) int {
	for k < end {
		_, n := words.at(r.toks[:end], k)
		if n == 0 || k+n >= end {
			return k
		}
		k += n
	}
	return k
}

// closes reports whether token k is no longer part of the thing.
func (r *reading) closes(k, start int) bool {
	if d, ok := r.dayAt(k); ok && d.to > k {
		return true
	}
	if r.plans[k] && !(k > start && isPlanItself[r.toks[k].fold]) {
		return true
	}
	if _, n := ands().at(r.toks, k); n > 0 {
		return true
	}
	if _, n := stepWords().at(r.toks, k); n > 0 {
		return true
	}
	if _, n := behindVerb().at(r.toks, k); n > 0 && k > start && k+n >= r.clauseEnd(k) {
		return true
	}
	if k == start {
		return false
	}
	_, n := closers().at(r.toks, k)
	_, place := placeWords().at(r.toks, k)
	return n+place > 0
}

func (r *reading) isContent(from, to int) bool {
	if r.toks[to-1].kind == number && to-from == 1 {
		return false
	}
	if _, n := notContent().at(r.toks[:to], from); n > 0 {
		return false
	}
	if to-2 >= from && r.toks[to-2].fold == "-" { // ROI-Rechnung is no Rechnung
		return true
	}
	_, n := notContent().at(r.toks[:to], to-1)
	return n == 0
}

// objectBefore reads "Checkliste geschickt": the thing stands before the verb.
func (r *reading) objectBefore(i, n int) []Mention {
	start := max(r.clauseStart(i), i-reach)
	for k := start; k < i; k++ {
		switch r.toks[k].fold {
		case "mir", "uns", "mij", "ons":
			return nil
		}
	}
	k := start
	for again := true; again; {
		again = false
		if d, ok := r.dayAt(k); ok && d.to < i {
			k, again = d.to, true
			continue
		}
		for _, words := range [...]*lexicon[struct{}]{ands(), receivers(), openers()} {
			if next := r.skip(words, k, i); next > k {
				k, again = next, true
			}
		}
	}
	if k >= i || i-k > 7 {
		return nil
	}
	var out []Mention
	for k < i { // "Kalender und Leitfaden geschickt" are two
		to := k
		for to < i {
			if _, n := ands().at(r.toks, to); n > 0 {
				break
			}
			to++
		}
		last := to
		for last > k && isBeen[r.toks[last-1].fold] { // "the guide was sent"
			last--
		}
		last = r.beforePlace(k, last)
		if last > k && r.isContent(k, last) && r.namesThing(k, last) {
			out = append(out, Mention{Words: span(r.note, r.toks, k, i+n), Object: span(r.note, r.toks, k, last), Some: r.isSome(i, k)})
		}
		k = r.skip(openers(), to+1, i)
	}
	return out
}

// isBeen are words between a thing and "sent".
var isBeen = map[string]bool{"was": true, "were": true, "is": true, "are": true, "been": true, "has": true, "have": true, "got": true, "a": true, "ete": true, "est": true, "ausgedruckt": true, "gedruckt": true, "kopiert": true, "geprint": true}

// namesThing reports whether any of tokens [from:to) is more than a small word: "es
// ihm" names nothing.
func (r *reading) namesThing(from, to int) bool {
	for k := from; k < to; k++ {
		small := pronouns[r.toks[k].fold] || itBefore[r.toks[k].fold] || r.inDay(k)
		for _, words := range [...]*lexicon[struct{}]{receivers(), openers(), weSubject(), beforeGiving()} {
			_, n := words.at(r.toks[:to], k)
			small = small || n > 0
		}
		if !small {
			return true
		}
	}
	return false
}
