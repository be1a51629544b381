package line

import (
	"sync"
	"time"
	"unicode/utf8"
)

// IsAway reports whether a step says no more than until when somebody is not there, or that
// they are again: "out of office until 7 December".
func IsAway(step string) bool {
	if !utf8.ValidString(step) {
		return false
	}
	r := newReading(step, time.Time{})
	for i := range r.toks {
		_, n := awayWords().at(r.toks, i)
		switch back := backAgain[r.toks[i].fold]; {
		case n == 0, back && i > 0 && backVerbs[r.toks[i-1].fold] && !isBe[r.toks[i-1].fold]: // "will get back in two weeks"
		case !back || n > 1 || i == 0 || beforeBack[r.toks[i-1].fold]:
			return true
		}
	}
	return false
}

// AwayUntil is the day up to which words that tell that somebody is away leave them so, where
// no "until" says it: the day on which we talk, "call on 2 April, she is on holiday"; else the
// last day to come that is named, or the end of so many weeks: "on holiday from 2 to 16 April",
// "on leave for two weeks", "away from 6 July for a week". Zero: they name none, or only the
// first one, or no more than a month or a season.
func (w *Words) AwayUntil(words string, now time.Time) (until time.Time) {
	if words = trim(words); blank(words) || !utf8.ValidString(words) {
		return until
	}
	l, _ := w.Read(words, now) // what could be read of it counts
	others := map[time.Time]bool{}
	for _, s := range l.Steps {
		switch {
		case s.Whose == Ours && s.Due.After(now) && talks(s.Text):
			if until.IsZero() || s.Due.Before(until) {
				until = s.Due
			}
		case !IsAway(s.Words): // what is to be done meanwhile
			others[s.Due] = true
		}
	}
	if !until.IsZero() {
		return until
	}
	r, from := w.reading(words, now), now
	for _, d := range r.days() {
		on, ok := d.on(now, ahead)
		switch {
		case !ok || d.tense == behind || d.vague || r.isOver(d) || !on.After(now) || others[on]:
		case r.startsAway(d):
			from = on
		case !r.isSince(d) && on.After(until):
			until = on
		}
	}
	for i := range r.toks {
		if count, unit := r.lasting(i, !from.Equal(now)); count > 0 {
			if on := afterSo(from, count, unit); on.After(until) {
				until = on
			}
		}
	}
	return until
}

// talks reports whether a step is to talk to them, and not only to do something meanwhile.
func talks(step string) bool {
	r := newReading(step, time.Time{})
	_, _, n := talkAgain().find(r.toks, 0, len(r.toks))
	return n > 0
}

// startsAway reports whether an absence begins on a day: behind a "from", but not where that
// tells when they are there again.
func (r *reading) startsAway(d day) bool {
	for k := r.clauseStart(d.from); k < r.clauseEnd(d.from); k++ {
		if thereAgain[r.toks[k].fold] {
			return false
		}
	}
	for k := d.from; k >= max(r.clauseStart(d.from), d.from-2); k-- { // "ab dem 6. Juli", "from Monday"
		if beginWords[r.toks[k].fold] {
			return true
		}
		if k < d.from && !dateArticles[r.toks[k].fold] {
			break
		}
	}
	return false
}

// lasting is for how long somebody is away by the words at token i: "for two weeks", or "two
// weeks" alone where a day says from when. count is 0 where they tell none.
func (r *reading) lasting(i int, from bool) (count int, unit relKind) {
	if forWords[r.toks[i].fold] {
		i++
	} else if !from {
		return 0, 0
	}
	if i+1 >= len(r.toks) {
		return 0, 0
	}
	count, n := r.count(i)
	if n == 0 || i+n >= len(r.toks) {
		return 0, 0
	}
	unit, m := unitWords().at(r.toks, i+n)
	if m == 0 {
		return 0, 0
	}
	return count, unit
}

// afterSo is the day so many days, weeks or months after t.
func afterSo(t time.Time, count int, unit relKind) time.Time {
	switch t = noon(t); unit {
	case relDays:
		return t.AddDate(0, 0, count)
	case relWeeks:
		return t.AddDate(0, 0, 7*count)
	}
	return t.AddDate(0, count, 0)
}

// backAgain are words of coming back that stand behind beforeBack only.
var (
	backAgain  = map[string]bool{"back": true, "zuruck": true, "terug": true}
	beforeBack = map[string]bool{"is": true, "s": true, "are": true, "re": true, "be": true, "she": true, "he": true, "they": true, "only": true, "comes": true, "come": true, "ist": true, "sind": true, "er": true, "sie": true, "erst": true, "wieder": true, "und": true, "and": true}
)

// isBe are forms of "be" among the words of coming back.
var isBe = map[string]bool{"is": true, "are": true, "be": true, "will": true}

var (
	// beginWords before a day, or within it, make it the first one.
	beginWords = WordSet(`from ab vom starting beginning as dal dall du des partir desde dende vanaf van`)
	// thereAgain beside such a day tell that they are there from then on.
	thereAgain = WordSet(`back again available reachable returns returning zuruck wieder erreichbar retour disponible joignable vuelve vuelta nuevo torna ritorno disponibile raggiungibile volta disponivel terug weer bereikbaar`)
	// talkAgain are words of talking to somebody.
	talkAgain = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`call|calling|callback|ring|phone|visit|meet|meeting|see her|see him|see them|demo|workshop|lunch|coffee|follow up|get back|come back|get in touch|catch up|talk|speak|try|try again|chase|contact|reach out|
			anruf|anrufen|rufe|ruf|telefonieren|telefonat|melden|melde|meld|nachfassen|wiedervorlage|besuch|besuchen|besuche|treffen|treffe|termin|sprechen|spreche|
			llamar|llamo|llamare|llamada|visita|visitar|reunion|hablar|hablo|contactar|seguimiento|appeler|appelle|appel|rappeler|rappelle|relancer|visite|rdv|rendez vous|reparler|contacter|
			chiamare|chiamo|chiamata|richiamo|richiamare|richiamero|incontro|riunione|sentire|risentire|ricontattare|ligar|ligo|ligarei|ligacao|reuniao|falar|contatar|
			bellen|bel|terugbellen|nabellen|bezoek|bezoeken|afspraak|opvolgen|spreken|contacteren`)
	})
)
