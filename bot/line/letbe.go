package line

import (
	"sync"
	"time"
)

// letBe reads a clause that says until when to leave them be: "let her be until March",
// "bis Februar in Ruhe lassen", "she asked to be left alone until the 12th". That we come
// back then is a step of ours; before it nobody waits for us. next is 0 where the clause
// says nothing of it, or names no day.
func (r *reading) letBe(start, end int, base time.Time) (s Step, next int) {
	if start >= end || r.toks[start].quoted {
		return s, 0
	}
	_, at, n := letBeWords().find(r.toks, start, end)
	if n == 0 || r.leftBefore(at, start) {
		return s, 0
	}
	d, ok := r.dueDay(start, start, end)
	if !ok || d.tense == behind || d.from < at && d.to > at || !r.saysLimit(d, start) {
		return s, 0
	}
	from := start
	for from+1 < end {
		_, lead := leadWords().at(r.toks[:end], from)
		if lead == 0 || from+lead >= end {
			break
		}
		from += lead
	}
	s = r.step(from, end, d, true, Ours, base)
	s.Text, s.Until = s.Words, true
	return s, end
}

// leftBefore reports whether we did so, or somebody does not: "I left her alone until May",
// "won't let it rest until May".
func (r *reading) leftBefore(at, start int) bool {
	if r.toks[at].fold == "left" || r.isDeniedBefore(at-2, start) {
		return true
	}
	return at > start && r.toks[at-1].fold == "t"
}

// letBeWords say to leave somebody, or the matter, be.
var letBeWords = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`leave alone|leave _ alone|leave _ be|leave _ in peace|leave in peace|leave _ to it|leave it|leave this|leave _ _ alone|leave _ _ be|leaving _ alone|leaving _ be|leaving _ in peace|let _ be|let _ rest|let be|let _ breathe|letting _ be|letting _ rest|
		be left alone|be left in peace|be left be|hands off|keep off|stay off|backing off|radio silence|give _ space|give _ a rest|give _ a break|give _ some space|giving _ space|
		don't bother|do not bother|not to bother|don't disturb|do not disturb|not to disturb|don't chase|do not chase|not to chase|don't nudge|don't approach|do not approach|don't contact|do not contact|not to contact|no contact|
		in ruhe lassen|in ruhe gelassen|in frieden lassen|lass sie|lass ihn|lasse sie|lasse ihn|lassen sie|lassen ihn|lassen wir sie|lassen wir ihn|ruhe geben|ruhen lassen|nicht storen|nicht kontaktieren|nicht ansprechen|nicht behelligen|nicht anschreiben|nicht nachhaken|
		dejar en paz|dejarla en paz|dejarlo en paz|dejarle en paz|dejarles en paz|dejarlos en paz|dejemosla en paz|dejarla tranquila|dejarlo tranquilo|dejarle tranquilo|no molestar|no molestarla|no molestarlo|no molestarle|no contactar|no insistir|
		laisser tranquille|laisse tranquille|la laisser tranquille|le laisser tranquille|en paix|ne pas deranger|ne pas relancer|ne pas recontacter|
		deixar em paz|deixa la em paz|deixa lo em paz|nao incomodar|nao contactar|nao insistir|lasciare in pace|lasciarla in pace|lasciarlo in pace|lascio in pace|non disturbare|non contattare|
		met rust laten|met rust|niet storen|niet lastigvallen|niet benaderen`)
})
