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
	d, ok := r.dueDay(start, start, end)
	if !ok {
		return s, 0
	}
	at := r.letBeAt(d, start, end)
	if at < 0 || r.leftBefore(at, start) {
		return s, 0
	}
	if d.tense == behind || d.from < at && d.to > at || !r.saysLimit(d, start) {
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

// letBeAt is the token where it is said to leave somebody, or the matter, be until a day;
// -1: nowhere.
func (r *reading) letBeAt(d day, start, end int) int {
	for i := start; i < end; i++ {
		if _, n := letBeWords().at(r.toks[:end], i); n > 0 {
			return i
		}
		if lassen[r.toks[i].fold] && r.inPeace(i+1, end) {
			return i
		}
		if _, n := leaveItWords().at(r.toks[:end], i); n > 0 && r.limitsFrom(d, i+n) && !r.saidOfThem(i, start) {
			return i
		}
	}
	return -1
}

// lassen are forms that need "in Ruhe" behind them: "lassen sie uns bis Freitag wissen" is
// what they do.
var lassen = map[string]bool{"lass": true, "lasse": true, "lassen": true, "lasst": true}

// mostBetween is how many words stand between "lassen" and "in Ruhe".
const mostBetween = 8

// inPeace reports whether "in Ruhe" or "in Frieden" follows, and nothing that is to be done at
// leisure: "lassen wir sie das bis Mai in Ruhe prüfen" leaves nobody alone.
func (r *reading) inPeace(from, end int) bool {
	for k := from; k+1 < min(from+mostBetween, end); k++ {
		switch r.toks[k].fold {
		case "sich", "mir", "dir":
			return false
		case "in":
			if peace := r.toks[k+1].fold; peace != "ruhe" && peace != "frieden" {
				continue
			}
			if k+2 >= end || r.toks[k+2].kind == breaks || behindPeace[r.toks[k+2].fold] {
				return true
			}
			_, limit := limitWords().at(r.toks[:end], k+2)
			return limit > 0
		}
	}
	return false
}

// behindPeace go on after "in Ruhe" without telling what is done so.
var behindPeace = map[string]bool{"und": true, "aber": true, "weil": true, "denn": true, "da": true}

// limitsFrom reports whether nothing but the limit stands between token i and the day: "leave
// it until May", but not "leave it with legal until May".
func (r *reading) limitsFrom(d day, i int) bool {
	for i < d.from {
		if _, n := limitWords().at(r.toks, i); n > 0 {
			i += n
		} else if dateArticles[r.toks[i].fold] || onWords[r.toks[i].fold] {
			i++
		} else {
			return false
		}
	}
	return i < d.to
}

// saidOfThem reports whether what stands at token i is their act: "they leave it until May",
// "she'll leave it".
func (r *reading) saidOfThem(i, start int) bool {
	for k := max(start, i-2); k < i; k++ {
		if _, n := theySubject().at(r.toks[:i], k); n > 0 {
			return true
		}
	}
	return false
}

// leaveItWords leave the matter be where the day follows at once.
var leaveItWords = sync.OnceValue(func() *lexicon[struct{}] { return set(`leave it|leave this|leave that`) })

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
	return set(`leave alone|leave _ alone|leave _ be|leave _ in peace|leave in peace|leave _ to it|leave it at that|leave it there|leave _ _ alone|leave _ _ be|leaving _ alone|leaving _ be|leaving _ in peace|let _ be|let _ rest|let be|let _ breathe|letting _ be|letting _ rest|
		be left alone|be left in peace|be left be|hands off|keep off|stay off|backing off|radio silence|give _ space|give _ a rest|give _ a break|give _ some space|giving _ space|
		don't bother|do not bother|not to bother|don't disturb|do not disturb|not to disturb|don't chase|do not chase|not to chase|don't nudge|don't approach|do not approach|don't contact|do not contact|not to contact|no contact|
		in ruhe lassen|in ruhe gelassen|in frieden lassen|ruhe geben|ruhen lassen|nicht storen|nicht kontaktieren|nicht ansprechen|nicht behelligen|nicht anschreiben|nicht nachhaken|
		dejar en paz|dejarla en paz|dejarlo en paz|dejarle en paz|dejarles en paz|dejarlos en paz|dejemosla en paz|dejarla tranquila|dejarlo tranquilo|dejarle tranquilo|no molestar|no molestarla|no molestarlo|no molestarle|no contactar|no insistir|
		laisser tranquille|laisse tranquille|la laisser tranquille|le laisser tranquille|en paix|ne pas deranger|ne pas relancer|ne pas recontacter|
		deixar em paz|deixa la em paz|deixa lo em paz|nao incomodar|nao contactar|nao insistir|lasciare in pace|lasciarla in pace|lasciarlo in pace|lascio in pace|non disturbare|non contattare|
		met rust laten|met rust|niet storen|niet lastigvallen|niet benaderen`)
})
