package line

import "cairn/bot/journey"

// how reads the channel and the direction. A prefix ("call, …") wins; else
// the first strong phrase that is neither planned nor denied, else the first
// noun.
func (r *reading) how(l *Line) {
	found, at, n := r.prefix()
	if n == 0 {
		found, at, n = r.channelInText()
	}
	if l.Plan { // "visit tomorrow at their plant": no talk took place
		found, at, n = means{}, 0, 0
	}
	if n > 0 {
		l.Channel, l.ChannelWords = found.channel, span(r.note, r.toks, at, at+n)
	}
	l.Direction = r.direction(found, at, n)
	if n == 0 && (len(l.Asks) > 0 || l.Direction == journey.In && r.oursAlone(l)) {
		l.Direction = journey.Out
	}
	if l.Direction == journey.Out && !r.unanswered() && r.cameBack(l.Gives) {
		l.Direction = journey.BothWay
	}
	if found.channel == journey.Phone && l.Direction == journey.Out && !r.unanswered() {
		for _, s := range l.Steps {
			if s.Whose == Theirs || s.wanted { // they said what they will do, or want, so they were on the line
				l.Direction = journey.BothWay
			}
		}
	}
}

// oursAlone reports whether the note tells of nobody's act but ours: "gave him the
// guide", "I owe her a price".
func (r *reading) oursAlone(l *Line) bool {
	if len(r.toks) == 0 { // an apostrophe alone
		return false
	}
	if _, n := weSubject().at(r.toks, 0); n > 0 && len(l.Steps) == 1 && l.Step.Whose == Ours && r.clauseEnd(0) >= len(r.toks)-1 {
		return true // "I will send it": German "will" is a wish
	}
	return len(l.Gives) > 0 && r.firstAct() == ""
}

// prefix reads a first clause that is nothing but a channel, perhaps with a
// day: "call", "quick call yesterday", "mail in".
func (r *reading) prefix() (found means, at, n int) {
	if len(r.toks) == 0 {
		return found, 0, 0
	}
	end := r.clauseEnd(0)
	if end > 6 || end == 0 || end == len(r.toks) && end > 2 {
		return found, 0, 0
	}
	rest := 0
	for i := 0; i < end; {
		if d, ok := r.dayAt(i); ok {
			i = d.to
			continue
		}
		if v, k := prefixWords().at(r.toks[:end], i); k > 0 && n == 0 {
			found, at, n = v, i, k
			i += k
			continue
		}
		if _, k := fillers().at(r.toks[:end], i); k > 0 {
			i += k
			continue
		}
		rest++
		i++
	}
	if n == 0 || rest > 0 || r.onlyPlanned(at, end) {
		return means{}, 0, 0
	}
	return found, at, n
}

// onlyPlanned reports whether a prefix has a day that is still to come:
// "demo tomorrow, …" tells no demo.
func (r *reading) onlyPlanned(i, end int) bool {
	for _, d := range r.days()[r.dayFrom(i):] {
		if d.to > end {
			break
		}
		if d.tense == ahead {
			return true
		}
	}
	return r.plans[i]
}

// weakReach is how many words may stand before a noun that tells how: "had a
// good long call".
const weakReach = 4

func (r *reading) channelInText() (found means, at, n int) {
	for i := 0; i < len(r.toks); {
		v, k := howWords().at(r.toks, i)
		if k == 0 {
			i++
			continue
		}
		switch {
		case r.plans[i] || r.toks[i].quoted || v.weak && r.isArrangement(i) || r.subject(i) || r.theirMeeting(v, i, k) || r.aheadNear(i, k):
		case !v.weak:
			if e, at, n := r.eventBeside(v, i, k); n > 0 {
				return e, at, n
			}
			return v, i, k
		case n == 0 && i <= weakReach && r.toks[i].clause == 0:
			if found, at, n = r.eventBeside(v, i, k); n == 0 {
				found, at, n = v, i, k
			}
		}
		i += k
	}
	return found, at, n
}

// eventBeside finds the fair at which they were met: "met her at the booth".
func (r *reading) eventBeside(m means, i, n int) (means, int, int) {
	if m.channel == journey.Meeting || m.channel == journey.Chat {
		for k := i + n; k < min(r.clauseEnd(i), i+reach); k++ {
			if v, n := howWords().at(r.toks, k); n > 0 && v.channel == journey.Event && !v.weak && !r.plans[k] {
				return means{channel: journey.Event, direction: journey.BothWay}, k, n
			}
		}
	}
	return m, i, 0
}

// subject reports whether the words before token i make it what was talked
// about: "asked about the demo".
func (r *reading) subject(i int) bool {
	for back := 1; back <= 3 && i-back >= 0 && r.toks[i-back].clause == r.toks[i].clause; back++ {
		if _, n := aboutWords().at(r.toks, i-back); n > 0 {
			return true
		}
	}
	return false
}

// isArrangement reports whether the clause of token i tells of an appointment:
// "visit confirmed", "call moved".
func (r *reading) isArrangement(i int) bool {
	_, _, n := arranged().find(r.toks, i, min(r.clauseEnd(i), i+reach))
	return n > 0
}

// theirMeeting reports whether it was them who met or called somebody else:
// "she met the rival", "the board has met".
func (r *reading) theirMeeting(m means, i, n int) bool {
	if i == r.clauseStart(i) || m.weak {
		return false
	}
	switch r.toks[i-1].fold {
	case "has", "had", "d": // "the board has met", "he'd called Anke in"
		if i-1 == r.clauseStart(i) {
			return false
		}
		_, us := weSubject().at(r.toks[:i], i-2)
		return us == 0 && m.direction != journey.In
	}
	if m.channel != journey.Meeting {
		return false
	}
	if _, k := theySubject().at(r.toks[:i], i-1); k == 0 {
		return false
	}
	if i+n >= len(r.toks) || r.toks[i+n].clause != r.toks[i].clause {
		return false
	}
	_, us := usObject().at(r.toks, i+n)
	return us == 0 && r.toks[i+n].fold != "our" && r.toks[i+n].fold != "with"
}

// aheadNear reports whether a day to come follows at once: "call on Friday"
// after a colon is a plan when Friday is said to be the next one, and "demo
// tomorrow" always is.
func (r *reading) aheadNear(i, n int) bool {
	for k := i + n; k <= i+n+2 && k < r.clauseEnd(i); k++ {
		if d, ok := r.dayAt(k); ok && d.tense == ahead {
			return true
		}
	}
	return false
}

// direction says who addressed whom, from the phrase itself, from who is
// said to act beside it, and from whether anything came back.
func (r *reading) direction(m means, at, n int) journey.Direction {
	if n > 0 && (m.channel == journey.Meeting || m.direction == journey.BothWay) {
		return journey.BothWay
	}
	if r.unanswered() {
		return journey.Out
	}
	if d := r.besides(m, at, n); d != "" {
		return d
	}
	switch m.channel {
	case journey.Phone, journey.Event, journey.Chat:
		if m.direction != "" {
			return m.direction
		}
		return journey.BothWay
	}
	if m.direction != "" {
		return m.direction
	}
	if _, i, k := bothActs().find(r.toks, 0, len(r.toks)); n == 0 && k > 0 && !r.plans[i] && !r.toks[i].quoted && !r.aheadNear(i, k) {
		return journey.BothWay
	}
	if d := r.firstAct(); d != "" {
		return d
	}
	switch m.channel {
	case journey.Post:
		return journey.Out
	}
	return journey.In // most that is written down is what they did or said
}

func (r *reading) unanswered() bool {
	if _, at, n := noAnswer().find(r.toks, 0, len(r.toks)); n > 0 {
		return !r.toks[at].quoted && !r.weOwe(at)
	}
	for c, i := range r.first {
		if i+1 == r.end[c] && i > 0 {
			if _, n := nothingWords().at(r.toks, i); n > 0 && !r.toks[i].quoted {
				return true
			}
		}
	}
	return false
}

// weOwe reports whether it is us who do not answer: "your support never answers".
func (r *reading) weOwe(at int) bool {
	if notAnswered[r.toks[at].fold] && r.weHaveNot(at) {
		return true
	}
	for k := max(r.clauseStart(at), at-2); k < at; k++ {
		switch r.toks[k].fold {
		case "support", "hotline", "helpdesk", "our", "your", "unser", "unsere", "euer", "kundendienst", "soporte":
			return true
		}
	}
	return false
}

// notAnswered begin words for an answer that somebody did not give.
var notAnswered = map[string]bool{"not": true, "hasn": true, "didn": true, "did": true, "unanswered": true}

// weHaveNot reports whether the answer that was not given, told at token at, is ours: "they
// sent me questions, I have not answered".
func (r *reading) weHaveNot(at int) bool {
	for k := max(r.clauseStart(at), at-3); k < at; k++ {
		if _, n := weSubject().at(r.toks, k); n > 0 {
			return r.toks[at-1].kind == word && haveWords[r.toks[at-1].fold] || k == at-1
		}
	}
	if r.toks[at].fold == "unanswered" && theirMail[r.toks[r.clauseStart(at)].fold] {
		return true // "his mail is still unanswered"
	}
	if start := r.clauseStart(at); start == at && start > 1 {
		_, _, n := questions().find(r.toks, r.clauseStart(start-1), start)
		return n > 0 && !r.weAskedThem(r.clauseStart(start-1), start)
	}
	return false
}

// weAskedThem reports whether tokens [from:to) say that the questions are ours.
func (r *reading) weAskedThem(from, to int) bool {
	for k := from; k < to; k++ {
		if f := r.toks[k].fold; f == "us" || f == "me" || f == "uns" || f == "mir" {
			return false
		}
		if _, n := weSubject().at(r.toks, k); n > 0 || ourQuestions[r.toks[k].fold] {
			return true
		}
	}
	_, _, n := weAct().find(r.toks, from, to)
	_, _, they := theySubject().find(r.toks, from, to)
	return n > 0 && they == 0
}

var (
	haveWords    = map[string]bool{"have": true, "ve": true, "still": true, "had": true, "did": true, "just": true}
	theirMail    = map[string]bool{"his": true, "her": true, "their": true}
	ourQuestions = map[string]bool{"my": true, "our": true, "him": true, "them": true}
)

// besides reads the word before and after the phrase: "she called",
// "emailed me". A call of ours in which they then said something went both
// ways.
func (r *reading) besides(m means, at, n int) journey.Direction {
	if n == 0 {
		return ""
	}
	if at > 0 && at-1 >= r.clauseStart(at) && m.direction != journey.In {
		if _, k := theySubject().at(r.toks[:at], at-1); k > 0 {
			return journey.In
		}
	}
	if m.direction == journey.Out {
		for k := max(r.clauseStart(at), at-reach); k < at; k++ { // "hat mich angerufen"
			switch r.toks[k].fold {
			case "mich", "uns", "mir", "mij", "ons":
				return journey.In
			}
		}
	}
	if end := at + n; end < len(r.toks) && r.toks[end].clause == r.toks[at].clause && m.direction != journey.In {
		if _, k := usObject().at(r.toks, end); k > 0 {
			return journey.In
		}
	}
	if m.channel == journey.Phone && m.direction == journey.Out {
		if _, i, k := theyAct().find(r.toks, at+n, len(r.toks)); k > 0 && !r.plannedBefore(i) && r.toks[i].fold != "will" {
			return journey.BothWay
		}
		if _, _, k := theySubject().find(r.toks, at+n, len(r.toks)); k > 0 {
			return journey.BothWay
		}
	}
	return ""
}

// firstAct looks for whose act comes first in the note.
func (r *reading) firstAct() journey.Direction {
	_, we, w := weAct().find(r.toks, 0, len(r.toks))
	_, they, t := theyAct().find(r.toks, 0, len(r.toks))
	if s, i, k := theySubject().find(r.toks, 0, len(r.toks)); k > 0 && (t == 0 || i < they) {
		_, they, t = s, i, k
	}
	switch {
	case w > 0 && t > 0 && we <= they && r.answers(they):
		return journey.BothWay
	case w > 0 && (t == 0 || we <= they):
		return journey.Out
	case t > 0:
		return journey.In
	}
	return ""
}

// answers reports whether at token i, behind an act of ours, they said something:
// "sent him the checklist, he wants a quote".
func (r *reading) answers(i int) bool {
	for k := i; k < min(i+3, r.clauseEnd(i)); k++ {
		if _, n := theyAct().at(r.toks, k); n > 0 && !r.plannedBefore(i) && !r.toks[k].quoted && (r.toks[k].fold != "will" || k > i) {
			return true
		}
	}
	return false
}
