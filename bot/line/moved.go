package line

import (
	"strings"
	"sync"
	"time"
)

// An appointment of which the note says more than its day: that it was moved, and from
// which, or that it stands.

// isGivenUp reports whether day d is the one that does not count any more, where another
// stands in its clause [start:end): "moved from Thursday to Monday", "Monday instead of
// Thursday".
func (r *reading) isGivenUp(d day, start, end int) bool {
	instead, from := false, false
	for k := max(start, d.from-2); k <= d.from; k++ {
		_, n := insteadWords().at(r.toks[:end], k)
		instead = instead || n > 0 && (k+n == d.from || k+n == d.from+1)
		from = from || k >= d.from-1 && fromWords[r.toks[k].fold]
	}
	if !instead && !from {
		return false
	}
	other, later := false, false
	for _, o := range r.days()[r.dayFrom(start):] {
		if o.from >= end {
			break
		}
		other, later = other || o.from != d.from, later || o.from >= d.to
	}
	if instead {
		return other
	}
	_, _, moved := arranged().find(r.toks, start, end)
	if moved == 0 {
		_, _, moved = movedWords().find(r.toks, start, end)
	}
	return later && moved > 0
}

// nowOn reports whether clause [start:end) only says that an appointment of which the clause
// before it speaks is on day d now: "visit's off, now Friday week".
func (r *reading) nowOn(d day, start, end int) bool {
	if start < 2 || !nowWords[r.toks[start].fold] || d.from > start+2 || d.from == start || r.toks[start-1].kind != breaks {
		return false
	}
	_, _, n := appointments().find(r.toks, r.clauseStart(start-1), start-1)
	return n > 0
}

// movedTo reports whether the clause says that something was moved to day d.
func (r *reading) movedTo(d day, start, end int) bool {
	onto := false
	for k := max(start, d.from-1); k <= d.from; k++ {
		onto = onto || ontoDay[r.toks[k].fold]
	}
	if !onto {
		return false
	}
	_, at, n := movedWords().find(r.toks, start, end)
	return n > 0 && (at < d.from || at >= d.to)
}

// arrangedFor reports whether the clause says of day d that something was arranged for it:
// "confirmed for Mon 7 Dec 11am", "auf Dienstag den 15. geeinigt".
func (r *reading) arrangedFor(d day, start, end int) bool {
	if d.vague || d.tense == behind || d.from == start {
		return false
	}
	_, after := agreedWords().at(r.toks[:end], end-1)
	_, at, n := arranged().find(r.toks, start, d.from)
	before := r.toks[d.from-1].fold
	onDay := forWords[before] || ontoDay[before] || onWords[r.toks[d.from].fold]
	return onDay && (after > 0 && end-1 >= d.to || n > 0 && at+n >= d.from-1 && !r.isDeniedBefore(at, start))
}

// movedStep is step for an appointment in clause [start:end). What stands in the clause
// before is its own where this one says nothing but the day: "Termin steht, Donnerstag um
// 14 Uhr", "postponed the call, new date 5 January".
func (r *reading) movedStep(start, end int, d day, whose Whose, base time.Time) Step {
	from := start
	if _, n := newDay().at(r.toks[:end], start); (n > 0 || r.nowOn(d, start, end) || r.isDayAlone(d, start, end)) && start > 1 && r.toks[start-1].kind == breaks {
		from = r.clauseStart(start - 1)
	}
	what, at := "", -1
	if from == start {
		if what, at = r.movedWhat(start, d); what != "" {
			from = at
		}
	}
	s := r.step(from, end, d, true, whose, base)
	switch _, short := shortDays().at(r.toks[:end], start); {
	case what != "":
		s.Text = what
		return s
	case nowWords[r.toks[start].fold]:
		s.Text = s.Words // "visit's off, now Friday week"
	case from < start && short > 0 && d.from == start+1 && d.to >= end: // "Termin: Mi 16.12."
		s.Text = strings.TrimRight(span(r.note, r.toks, from, start), ",;: ")
	}
	if _, _, thing := appointments().find(r.toks, start, end); thing == 0 && whose == Ours && (!strings.Contains(s.Text, " ") || r.onlyMoved(start, d)) {
		s.Text = s.Words // "pushed" alone says too little
	}
	for _, o := range r.days()[r.dayFrom(start):] {
		if o.from < d.from && (r.isGivenUp(o, start, end) || r.isFirstOf(o, d)) {
			s.Text = s.Words // cut at the day, it would name the one that was given up
		}
	}
	return s
}

// movedWhat is what is on day d, with its first token, where clause [start:…) tells no more of it than
// that it was moved and the clause before closes with it: "asked for a demo, moved to Friday".
// Empty: neither tells.
func (r *reading) movedWhat(start int, d day) (what string, at int) {
	if start < 2 || r.mark(start-1) != ',' || !r.onlyMoved(start, d) {
		return "", -1
	}
	first, last := r.clauseStart(start-1), start-1
	for at = first; at < last; at++ {
		v, n := prefixWords().at(r.toks[:last], at)
		if _, m := appointments().at(r.toks[:last], at); m > 0 || n > 0 && arrangeable[v.channel] {
			break
		}
	}
	for k := at + 1; k < last; k++ {
		if r.passes(k) == 0 || r.isPastTalk(k) {
			return "", -1
		}
	}
	return span(r.note, r.toks, at, last), at
}

// onlyMoved reports whether nothing stands between tokens start and d but that somebody moved
// something to that day.
func (r *reading) onlyMoved(start int, d day) bool {
	k := start
	if _, n := theySubject().at(r.toks[:d.from], k); n > 0 {
		k += n
	}
	_, n := movedWords().at(r.toks[:d.from], k)
	if k+n < d.from && ontoDay[r.toks[k+n].fold] {
		n++
	}
	return n > 0 && k+n >= d.from
}

// standsBefore reports whether clause [start:end) is nothing but day d, of an appointment
// of which the clause before it says that it stands.
func (r *reading) standsBefore(d day, start, end int) bool {
	if start < 2 || d.vague || !r.isDayAlone(d, start, end) || r.toks[start-1].kind != breaks {
		return false
	}
	first, last := r.clauseStart(start-1), start-1
	if _, at, n := appointments().find(r.toks, first, last); n > 0 && at+n == last && last-first <= 3 && r.note[r.toks[last].at] == ':' {
		return true // "next call: Thursday 10 December"
	}
	if k := r.dayFrom(first); r.days()[k].from < last {
		return false
	}
	for _, words := range [...]*lexicon[struct{}]{arranged(), agreedWords()} {
		if _, at, n := words.find(r.toks, first, last); n > 0 && !r.isDeniedBefore(at, first) {
			return true
		}
	}
	_, at, n := standing().find(r.toks, first, last)
	_, _, what := appointments().find(r.toks, first, last)
	return n > 0 && what > 0 && !r.isDeniedBefore(at, first)
}

// isDeniedBefore reports whether a word that denies stands in the clause before token i.
func (r *reading) isDeniedBefore(i, start int) bool {
	_, _, n := denials().find(r.toks, start, min(i+2, len(r.toks)))
	return n > 0
}

// isDayAlone reports whether clause [start:end) has nothing but day d and an hour.
func (r *reading) isDayAlone(d day, start, end int) bool {
	if _, short := shortDays().at(r.toks[:end], start); d.from != start && !(short > 0 && d.from == start+1) {
		return false
	}
	for k := d.to; k < end; k++ {
		_, clock := clockWords().at(r.toks[:end], k)
		if clock == 0 && r.toks[k].kind != number && !hourWords[r.toks[k].fold] {
			return false
		}
	}
	return true
}

// isFirstOf reports whether day o is the first of some of which d is the last: "trial from
// Monday to Thursday".
func (r *reading) isFirstOf(o, d day) bool {
	return o.from > 0 && fromWords[r.toks[o.from-1].fold] || fromWords[r.toks[o.from].fold] && d.from-o.to <= 1
}

// sinceFirst is the first of the days of a month of which d is the last, of words from token
// from on: "trial from 7 to 11 December". Else it is d.
func (r *reading) sinceFirst(d day, from int) day {
	j := d.from
	if j > from && rangeWords[r.toks[j-1].fold] {
		j--
	}
	if j-2 < from || j == d.from && !rangeWords[r.toks[j].fold] || !fromWords[r.toks[j-2].fold] {
		return d
	}
	first, ok := ordinal(r.toks[j-1].fold)
	if !ok {
		return d
	}
	last := d.on
	d.from, d.on = j-2, func(base time.Time, t tense) (time.Time, bool) {
		on, ok := last(base, t)
		if !ok || first >= on.Day() {
			return on, ok
		}
		return on.AddDate(0, 0, first-on.Day()), true
	}
	return d
}

// rangeWords stand between the first and the last of some days.
var rangeWords = map[string]bool{"to": true, "till": true, "until": true, "bis": true, "al": true, "au": true, "ao": true, "a": true, "tot": true}

var (
	fromWords = map[string]bool{"from": true, "von": true, "vom": true, "de": true, "del": true, "desde": true, "du": true, "da": true, "dal": true, "van": true}
	ontoDay   = map[string]bool{"to": true, "till": true, "until": true, "auf": true, "a": true, "al": true, "au": true, "ao": true, "para": true, "naar": true, "op": true, "onto": true}
	nowWords  = map[string]bool{"now": true, "jetzt": true, "nun": true, "ahora": true, "maintenant": true, "agora": true, "ora": true, "adesso": true, "nu": true}
	hourWords = map[string]bool{"uhr": true, "h": true, "am": true, "pm": true, "o": true, "clock": true, "noon": true, "mittags": true, "heures": true, "horas": true, "ore": true, "uur": true, "in": true, "the": true}
	// insteadWords stand before the day that is given up.
	insteadWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`instead of|rather than|not|not on|statt|anstatt|statt am|nicht|nicht am|en lugar del|en lugar de|en vez del|en vez de|no el|au lieu de|au lieu du|pas|em vez de|invece di|invece del|non|in plaats van|niet`)
	})
	movedWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`moved|moves|cambiamos|movimos|pasamos|aplazamos|adiamos|mudamos|passamos|spostiamo|verzetten|verschieben|verlegen|on decale|on deplace|on reporte|a reporte|rescheduled|resched|postponed|pushed|pushed back|brought forward|bumped|shifted|verschoben|verlegt|vorverlegt|vorgezogen|aplazada|aplazado|cambiada|cambiado|pasada|pasado|movida|decale|decalee|reporte|reportee|deplace|deplacee|avance|avancee|adiada|adiado|remarcada|remarcado|passada|spostato|spostata|rinviato|rinviata|anticipato|anticipata|verplaatst|verzet|verschoven`)
	})
	// standing says of an appointment that it is sure.
	standing = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`stands|is set|is on|is firm|set|steht|steht fest|passt|fest|es firme|en pie|fijada|fijado|cerrada|fixe|fixee|tient|calee|cale|de pe|certa|certo|marcada|fissata|fissato|confermata|staat|staat vast|vast`)
	})
	// newDay opens a clause that names the day of what the one before it speaks of.
	newDay = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`due back|new date|new day|new time|new slot|now on|neuer termin|neues datum|neuer tag|jetzt am|nun am|nueva fecha|ahora el|nouvelle date|nouveau creneau|maintenant le|nova data|agora no dia|nuova data|nuovo appuntamento|ora il|nieuwe datum|nieuwe afspraak|nu op`)
	})
)
