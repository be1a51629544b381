package line

import (
	"strings"
	"time"
)

// steps reads what is still to be done, by whom and by when. Days are counted
// from the day of the talk: "by Friday" in a note on last Tuesday's call is
// the Friday after that Tuesday.
func (r *reading) steps(l *Line) {
	for i := 0; i < len(r.toks); {
		s, next := r.stepAt(i, l.At)
		if next == 0 {
			i++
			continue
		}
		if s.Text != "" {
			l.Steps = append(l.Steps, s)
		}
		i = next
	}
	l.Step = firstDue(l.Steps)
}

// stepAt reads a step whose opening words start at token i, or the clause of
// an appointment that starts there; next is 0 where there is none.
func (r *reading) stepAt(i int, base time.Time) (s Step, next int) {
	start, end := r.stepSpan(i)
	if i == start {
		if s, next := r.letBe(start, end, base); next > 0 {
			return s, next
		}
	}
	for _, ours := range [...]func(i, start, end int, base time.Time) (Step, int){r.demand, r.grace, r.owed, r.pledged} {
		if s, next := ours(i, start, end, base); next > 0 {
			return s, next
		}
	}
	if _, n := stepWords().at(r.toks, i); n == 0 {
		return r.unopened(i, start, end, base)
	}
	return r.opened(i, start, end, base)
}

// unopened is stepAt where no words of a step stand at token i: what somebody does is told, or what
// is to be at the start of a clause.
func (r *reading) unopened(i, start, end int, base time.Time) (s Step, next int) {
	if s, next := r.present(i, start, end, base); next > 0 {
		return s, next
	}
	if i != start {
		return r.advice(i, start, end, base)
	}
	for _, clause := range [...]func(start, end int, base time.Time) (Step, int){r.toOneself, r.comeback, r.away} {
		if s, next := clause(start, end, base); next > 0 {
			return s, next
		}
	}
	return r.appointment(start, end, base)
}

// opened is stepAt where words of a step stand at token i.
func (r *reading) opened(i, start, end int, base time.Time) (s Step, next int) {
	whose, n := stepWords().at(r.toks, i)
	if r.isDenied(i, n, start, end) {
		return s, end
	}
	if strings.HasSuffix(r.note[r.toks[i+n-1].at:r.toks[i+n-1].to], "ó") {
		return s, 0 // "nos mandó": they did
	}
	from := r.subjectStart(start, i)
	if _, n := noAnswer().at(r.toks[:i], from); n > 0 && from+n == i { // "no answer will call again"
		from = i
	}
	if whose == "" {
		whose = r.whose(from, i, i+n, end)
	}
	if _, k := promised().at(r.toks, i); k > 0 {
		whose = r.promisedBy(i, start)
		end = r.promiseEnd(end)
	}
	whose = r.turnedBy(whose, i, n, start, end)
	d, found := r.dueDay(start, from, end)
	if !found && whose == Ours {
		d, found = r.dayBefore(start, end)
	}
	if r.isAsked(i, start, whose == Ours, found) || whose == Theirs && found && r.isYearAway(d) && r.mayBe(i, start) {
		return s, end
	}
	if !found {
		if s, ok := r.atHour(min(from, i), i+n, end, whose, base); ok {
			return s, end
		}
	}
	if !found && !r.isDoing(i, n, end) {
		return s, 0
	}
	from = min(from, dayStart(d, found, start, from))
	if what := r.promisedWhat(i+n, start, end); what >= 0 {
		from = what
	}
	s = r.step(from, end, d, found, whose, base)
	if _, at, k := awayWords().find(r.toks, i+n, end); whose == Theirs && found && k > 0 && !backAgain[r.toks[at].fold] {
		s.Text = s.Words // "she will go on holiday" alone says too little
	}
	return s, end
}

// turnedBy is whose the step of the n words at token i is, where what stands around them gives it
// to the other side.
func (r *reading) turnedBy(whose Whose, i, n, start, end int) Whose {
	if r.toks[i].fold == "promised" {
		switch {
		case whose == Ours && r.promisedUs(i, i+n, start, end):
			whose = Theirs // "promised to introduce me to her brother"
		case whose == Theirs && i+n+1 < end && r.toks[i+n].fold == "to" && isThem[r.toks[i+n+1].fold]:
			whose = Ours // "promised to get back to him"
		}
	}
	if needing[r.toks[i].fold] && r.theirAct(i) {
		whose = Theirs // "they need to send the list"
	}
	if r.toks[i].quoted {
		whose = turned(whose)
	}
	return whose
}

// needing begin words of what must be done, which are ours where nobody is named.
var needing = map[string]bool{"need": true, "have": true, "must": true}

// isDenied reports a step that is not to be: "will not", "don't call again",
// "asked us to stop".
func (r *reading) isDenied(i, n, start, end int) bool {
	for _, k := range [...]int{i + n, i - 1, i - 2} {
		if k < start || k >= end {
			continue
		}
		if _, isDay := r.dayAt(k); isDay { // "no próximo trimestre"
			continue
		}
		if _, m := denials().at(r.toks, k); m > 0 && !(k < i && r.saysNoAnswer(k, i)) {
			return true
		}
	}
	return i > start && r.toks[i-1].fold == "t" || r.isStopping(i+n, end)
}

// saysNoAnswer reports whether the "no" at token k only tells that nothing came back, before a
// step that begins at token i: "no answer will call again".
func (r *reading) saysNoAnswer(k, i int) bool {
	_, n := noAnswer().at(r.toks[:i], k)
	return n > 1
}

// isStopping reports whether what is to be done at token k is to stop, and neither a thing of that
// name nor a visit: "asked us to stop all mail", but "promised her stop data", "will stop by".
func (r *reading) isStopping(k, end int) bool {
	switch {
	case k >= end || r.toks[k].fold != "stop":
		return false
	case k+1 == end:
		return true
	case r.visitsBy(k + 1):
		return false
	}
	return strings.HasSuffix(r.toks[k+1].fold, "ing") || !r.toks[k-1].upper && beforeVerb[r.toks[k-1].fold]
}

// beforeVerb stand before what somebody does, and before no thing.
var beforeVerb = WordSet("to will ll shall please must")

// isDoing reports whether a step without a day is something that somebody
// will do, rather than a wish or a guess: "she'll think about it" waits for
// nobody's act.
func (r *reading) isDoing(i, n, end int) bool {
	if r.toks[i].quoted {
		return false
	}
	switch r.toks[i].fold {
	case "will", "ll", "i", "we", "she", "he", "they", "is", "are", "going", "gonna", "to", "plans", "intends", "needs", "has", "promises", "asked", "wants", "voy", "vamos", "va", "vou", "vai", "vao", "je", "nous", "ich", "wir", "ik", "zij", "ze", "hij", "elle", "il", "ils", "ela", "ele", "eles", "sie", "er", "tengo", "tenemos", "tenho", "temos", "devo", "dobbiamo", "wird", "werden", "vont", "zal", "zullen", "gaat":
		for k := i; k < min(i+n+2, end); k++ {
			if _, m := ourDoing().at(r.toks, k); m > 0 {
				return true
			}
			if _, m := theirDoing().at(r.toks, k); m > 0 {
				return true
			}
		}
		return r.endsInAct(i, end)
	case "follow", "call", "ring":
		return i == r.clauseStart(i)
	}
	return i+n < end || n > 1
}

// endsInAct reports whether a German or Dutch plan that opens at token i ends in what
// is done: "sie wird die IT fragen".
func (r *reading) endsInAct(i, end int) bool {
	switch r.toks[i].fold {
	case "wird", "werden", "sie", "er", "ich", "wir", "zal", "zullen", "gaat", "zij", "ze", "hij", "ik":
	default:
		return false
	}
	if r.toks[end-1].kind != word {
		return false
	}
	_, theirs := theirDoing().at(r.toks[:end], end-1)
	_, ours := ourDoing().at(r.toks[:end], end-1)
	return theirs+ours > 0
}

// turned gives a quoted step to the other side: their "I'll ask" is theirs.
func turned(w Whose) Whose {
	if w == Ours {
		return Theirs
	}
	return Ours
}

// subjectStart takes in the one or two words before an opening "will" that
// say who: "her boss will sign".
func (r *reading) subjectStart(start, i int) int {
	for k := i; k > start; k-- {
		if _, n := joints().at(r.toks, k-1); n > 0 {
			return k
		}
		if i-k >= 3 {
			return i
		}
	}
	if i-start > 3 {
		return i
	}
	return start
}

// whose decides an opening "will": who stands before it, else what is to be
// done. Reps leave out themselves and the contact alike.
func (r *reading) whose(from, i, after, end int) Whose {
	for k := from; k < i; k++ {
		if _, n := weSubject().at(r.toks, k); n > 0 || r.isHandedIn(k, after, end) {
			return Ours
		}
		if r.toks[k].kind == word {
			if _, n := pastActs().at(r.toks, k); n == 0 {
				return Theirs
			}
		}
	}
	if after >= end {
		return Theirs
	}
	if _, n := ourDoing().at(r.toks, after); n > 0 {
		for k := after + n; k < end && k < after+n+4; k++ {
			if _, m := toUs().at(r.toks, k); m > 0 {
				return Theirs
			}
		}
		return Ours
	}
	return Theirs
}

// isHandedIn reports whether token k is a thing of ours that is to be with them: "our offer
// has to be in". What follows stands at token after.
func (r *reading) isHandedIn(k, after, end int) bool {
	if _, n := fromUs().at(r.toks[:end], k); n == 0 || after+1 >= end || r.toks[after].fold != "be" {
		return false
	}
	switch r.toks[after+1].fold {
	case "in", "there", "with", "sent", "submitted", "delivered", "out":
		return true
	}
	return false
}

// appointment reads a clause without a verb for it: "demo on 2 December",
// "12 March visit confirmed".
func (r *reading) appointment(start, end int, base time.Time) (s Step, to int) {
	d, found := r.dueDay(start, start, end)
	if !found || r.toks[start].quoted {
		return s, 0
	}
	_, _, n := appointments().find(r.toks, start, end)
	opens := r.opening.set && d.from == r.opening.day.from
	if opens { // "mail on 5 December"; its act or its day may stand before a break: "call, 5 December"
		n, start, end = 1, 0, max(end, r.opening.to)
	}
	next := r.isNextTalk(d)
	if next {
		n = 1
	} else if d.isWeekdayAlone() && r.ranBehind(end) {
		return s, 0 // "call Thursday, no answer"
	}
	agreed := n == 0 && r.agreedOn(d, start, end)
	if agreed || n == 0 && (r.standsBefore(d, start, end) || r.nowOn(d, start, end) || r.movedTo(d, start, end) || r.arrangedFor(d, start, end)) {
		n = 1
	}
	if n == 0 && (d.tense == ahead || r.isLimit(d)) {
		_, _, n = theirAppointments().find(r.toks, start, end)
	}
	if n == 0 || d.tense == either && !r.isLimit(d) && !r.plans[d.from] {
		_, _, past := pastActs().find(r.toks, start, end)
		if n == 0 || past > 0 {
			return s, 0
		}
	}
	for _, words := range [...]*lexicon[struct{}]{wishes(), askedOf()} {
		if _, _, w := words.find(r.toks, start, end); w > 0 {
			return s, 0 // "they want a pilot in May": a wish, and nobody's step yet
		}
	}
	for i := start; i < end; i++ {
		if _, n := stepWords().at(r.toks, i); n > 0 {
			return s, 0 // the opening words will say it better
		}
		if _, not := denials().at(r.toks, i); r.demanded(i, start, end) || i > start && (saysDone[r.toks[i-1].fold] || cannot[r.toks[i-1].fold]) && (not > 0 || r.toks[i].fold == "t") || r.isAfter(d, start, end) {
			return s, 0 // "did not call before Friday"
		}
		if s, next := r.grace(i, start, end, base); next > 0 {
			return s, next
		}
	}
	whose := Ours
	if _, _, k := theirAppointments().find(r.toks, start, end); k > 0 && !(opens && r.opening.sure) || opens && r.opening.deal {
		whose = Theirs
	}
	s = r.movedStep(start, end, d, whose, base)
	s.Opening, s.Guessed = opens, next || opens && !(r.opening.sure && r.isBare()) && r.opening.day.isWeekdayAlone()
	if agreed {
		s.Text = s.Words // "fixed" alone says too little
	}
	return s, end
}
