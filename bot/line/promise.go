package line

import "time"

// What is to come, told as what somebody does, as what somebody promised, or as a
// note to oneself.

// present reads an act in the present tense at token i that a day to come makes a
// step: "she sends the plan by Tuesday", "board meets on 9 December". next is 0
// where there is none.
func (r *reading) present(i, start, end int, base time.Time) (s Step, next int) {
	if r.toks[i].quoted || r.toks[i].kind != word {
		return s, 0
	}
	from := r.subjectStart(start, i)
	subject := false
	if i > start {
		_, we := weSubject().at(r.toks[:i], i-1)
		_, they := theySubject().at(r.toks[:i], i-1)
		if subject = we+they > 0; subject {
			from = i - 1
		}
	}
	_, n := presentActs().at(r.toks, i)
	if subject && n == 0 {
		_, n = bareActs().at(r.toks, i)
	}
	future, isOurs := r.isFuture(i)
	if n == 0 && future {
		n = 1
	}
	if n == 0 || i > start && r.toks[i-1].kind != word || i+n < end && isIt(r.toks[i+n].fold) || r.asksOf(start, end) || r.isDenied(i, n, start, end) {
		return s, 0
	}
	d, found := r.dueDay(start, from, end)
	if !found || d.tense == either && d.after == 0 && !r.isLimit(d) && !r.plans[d.from] && !subject && !future && i > start+1 {
		return s, 0
	}
	if r.isYearAway(d) && r.mayBe(i, start) {
		return s, end
	}
	whose := Theirs
	if future && isOurs {
		whose = Ours
	}
	for k := from; k < i; k++ {
		if _, n := weSubject().at(r.toks, k); n > 0 {
			whose = Ours
		}
	}
	return r.step(min(from, dayStart(d, found, start, from)), end, d, true, whose, base), end
}

// isIt reports "calls it", "gibt es": no act of anybody.
func isIt(fold string) bool { return fold == "it" || fold == "es" || fold == "that" }

// asksOf reports whether the clause tells what they want of us.
func (r *reading) asksOf(start, end int) bool {
	for k := start; k < end; k++ {
		if _, n := askedOf().at(r.toks, k); n > 0 {
			return true
		}
		if _, n := stepWords().at(r.toks, k); n > 0 { // these words say it better
			return true
		}
	}
	return false
}

// promisedBy says who promised: to us is theirs.
func (r *reading) promisedBy(i, start int) Whose {
	for k := max(start, i-4); k < i; k++ {
		switch r.toks[k].fold {
		case "mir", "uns", "me", "nos", "mi", "ci", "mij", "ons", "m":
			return Theirs
		}
	}
	return Ours
}

// promisedUs reports whether what was promised at token i, by words up to token k, is done
// for us, and nobody of ours is named as promising it.
func (r *reading) promisedUs(i, k, start, end int) bool {
	if i > start && r.weSay(i-1) {
		return false
	}
	for ; k < min(end, i+6) && r.toks[k].fold != "from"; k++ { // "a quote from me"
		if r.toks[k].fold == "me" || r.toks[k].fold == "us" {
			return true
		}
	}
	return false
}

// pledged reads at token i, where a clause begins, that a thing was promised for a day, without
// who promised: "promised the price list by Friday" is ours, "promised payment by Friday" theirs.
// An answer they may have promised as well.
func (r *reading) pledged(i, start, end int, base time.Time) (s Step, next int) {
	if i != start || i >= end || r.toks[i].fold != "promised" || r.toks[i].quoted {
		return s, 0
	}
	d, found := r.dueDay(start, i+1, end)
	if _, n := stepWords().at(r.toks[:end], i); n > 0 || !found {
		return s, 0
	}
	if r.pledgesTheirs(i+1, min(end, d.from)) {
		return r.step(start, end, d, true, Theirs, base), end
	}
	if _, _, theirs := theirAppointments().find(r.toks, i, end); theirs > 0 {
		return s, 0
	}
	for k := i + 1; k < end && k < d.from; k++ {
		if _, n := fromUs().at(r.toks[:end], k); n > 0 || r.isWantedThing(k) {
			return r.step(start, end, d, true, Ours, base), end
		}
	}
	return s, 0
}

// pledgesTheirs reports whether the thing that is promised from token i on, and before end, is
// theirs to bring: "the signed offer", "payment", "their decision". What is promised to them is
// not ("him an order"), nor is what a thing of ours is about ("a quote for the order").
func (r *reading) pledgesTheirs(i, end int) bool {
	if i+1 < end && themWords[r.toks[i].fold] && someOf[r.toks[i+1].fold] {
		return false
	}
	to := i
	for to < end && r.toks[to].kind != breaks && !thingEnds[r.toks[to].fold] {
		to++
	}
	for k := i; k < to; k++ {
		_, theirs := theirThings().at(r.toks[:to], k)
		_, money := theirMoney().at(r.toks[:to], k)
		if f := r.toks[k].fold; (f == "budget" || f == "feedback") && ourPapers[r.toks[to-1].fold] {
			return false // "a budget quote", "the feedback form"
		}
		if theirs > 0 || money > 0 && k+money == to || theirOwn[r.toks[k].fold] && k == i {
			return true
		}
	}
	return false
}

// ourPapers are what we write, whatever it is about.
var ourPapers = WordSet("quote quotation estimate form forms")

// someOf stand between whom something is promised to and the thing.
var someOf = WordSet("the a an some our my")

// thingEnds stand behind a thing, before the next one, what it is for or when it comes.
var thingEnds = WordSet("and or for of on about after with within from to by until till before at in as if once when")

// theirOwn stand before a thing of theirs; "her" does so as well as before what she is given.
var theirOwn = WordSet("their his")

// promiseEnd takes in the clause behind a comma that says what was promised:
// "versprochen, die Liste bis Freitag zu mailen".
func (r *reading) promiseEnd(end int) int {
	if end+1 >= len(r.toks) || r.toks[end].kind != breaks || r.note[r.toks[end].at] != ',' {
		return end
	}
	far := r.clauseEnd(end + 1)
	for k := end + 1; k < far; k++ {
		if r.toks[k].fold == "zu" || r.toks[k].fold == "te" {
			return far
		}
	}
	return end
}

// advice reads what they told us to do behind a "but" or an "and": "said no for now but
// come back in February". The step is ours.
func (r *reading) advice(i, start, end int, base time.Time) (s Step, next int) {
	if i <= start || i >= end || r.toks[i].quoted {
		return s, 0
	}
	_, but := butWords().at(r.toks[:i], i-1)
	_, and := ands().at(r.toks[:i], i-1)
	if but+and == 0 || r.orderedAt(i) == 0 {
		return s, 0
	}
	d, found := r.dueDay(i, i, end)
	if !found || d.from < i {
		return s, 0
	}
	return r.asTold(r.step(i, end, d, true, Ours, base), i, i), end
}

// asTold is a step of which token at begins what they told us, from token start on: "call
// me again" is to be done by us, and says so only with who said it. The step begins at at.
func (r *reading) asTold(s Step, at, start int) Step {
	if r.callsUs(at) == 0 {
		return s
	}
	if s.Told = at == start; s.Told {
		return s
	}
	said := r.note[r.toks[start].at:r.toks[at].at]
	s.Text, s.Words = said+s.Text, said+s.Words
	return s
}

// callsUs is how many words at token i tell us to do something for who says so: "call me
// again"; 0: none.
func (r *reading) callsUs(i int) int {
	if i >= len(r.toks) {
		return 0
	}
	_, n := imperatives().at(r.toks, i)
	for k := i; k < i+n; k++ {
		if isUs[r.toks[k].fold] {
			return n
		}
	}
	return 0
}

var isUs = map[string]bool{"me": true, "us": true}

// dayBefore is the day of the clause before token start, where the clause that begins
// there takes it up: "a rival until 30 June, we may call again then".
func (r *reading) dayBefore(start, end int) (day, bool) {
	if start < 2 || r.toks[start-1].kind != breaks {
		return day{}, false
	}
	if !r.endsInThen(end) {
		return day{}, false
	}
	before := r.clauseStart(start - 1)
	return r.dueDay(before, before, start-1)
}

// endsInThen reports whether the clause that ends at token end takes up a day before it:
// "try us then", "call me after that".
func (r *reading) endsInThen(end int) bool {
	for n := 1; n <= 2 && end-n >= 0; n++ {
		if _, k := thenWords().at(r.toks[:end], end-n); k == n {
			return true
		}
	}
	return false
}

// toOneself reads a clause without a subject that says what to do and when, or
// takes up the day before it: "said try again on 15 January", "contract until May,
// then ask again", "soll nächste Woche nochmal anrufen". The step is ours. What they
// tell us to do for them needs no day: "call me again".
func (r *reading) toOneself(start, end int, base time.Time) (s Step, next int) {
	if start >= end || r.toks[start].quoted {
		return s, 0
	}
	at, then := start, false
	if _, n := saidWords().at(r.toks[:end], start); n > 0 && start+n < end {
		at = start + n
	} else if _, n := thenWords().at(r.toks[:end], start); n > 0 && start+n < end {
		at, then = start+n, true
	}
	act := r.orderedAt(at)
	_, last := infinitives().at(r.toks[:end], end-1)
	should := r.toks[at].fold == "soll" && last > 0
	if act == 0 && !should && !(then && last > 0 && end-at <= 3) {
		return s, 0
	}
	d, found := r.dueDay(at, at, end)
	if !found && then && start > 0 {
		before := r.clauseStart(start - 1)
		if d, found = r.dueDay(before, before, start-1); found && r.toks[start-1].kind == breaks {
			s = r.step(at, end, d, true, Ours, base)
			return s, end
		}
	}
	if !found {
		d, found = r.dayBefore(start, end)
	}
	if found && d.isWeekdayAlone() && r.ranBehind(end) {
		return s, 0 // "mail him Friday, no reply"
	}
	if !found && (r.callsUs(at) == 0 || r.isDenied(at, r.callsUs(at), start, end)) {
		return s, 0
	}
	return r.asTold(r.step(at, end, d, found, Ours, base), at, start), end
}
