package line

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"cairn/bot/journey"
)

// What some type before a name, or behind it, is when the talk was: "Tues call Ron Peck: …",
// "Ella Frost 3pm call: …", "12.11. Ella Frost, Frost Inc: …". It is nobody's name.

// Amid is somebody amid words that say when the talk was, and perhaps how.
type Amid struct {
	Who     Who
	Words   string    // those beside the name
	Day     time.Time // noon of the day that they name; zero: it is none, or today
	Ahead   bool      // it is a day to come, or may be one: they tell of a plan
	Channel journey.Channel
	Sure    bool // or else all of it may be a name: "Sunday Times"
	Full    Who  // who it may be as well, with the day before it as a first name: "call Thu Nguyen"
}

// Amid reads words of when and how beside the name; ok is false where there are none.
func (w Who) Amid(now time.Time) (a Amid, ok bool) {
	r := newReading(w.Raw, now)
	lead, from := r.timed(0, len(r.toks), true)
	if _, n := shortDays().at(r.toks, 0); from == len(r.toks) && n > 0 { // "Sam 3pm call"
		lead, from = sayings{}, 0
	}
	name, trail, to := r.timedBehind(from)
	first := to == from+1 && from > 0 && r.toks[from-1].upper && firstDays[r.toks[from-1].fold]
	if before, end := r.timed(0, max(from-1, 0), true); first && before.day && end == from-1 { // "yesterday Thu Nguyen"
		lead, from, first = before, from-1, false
	}
	if from == len(r.toks) || to == from || lead.n > 0 && !lead.tells() || lead.n+trail.n == 0 {
		return Amid{}, false
	}
	start := r.toks[from].at
	kept, told := tidy(w.Raw[start:]), []string{strings.TrimSpace(w.Raw[:start])}
	if trail.n > 0 {
		end := r.toks[name-1].to
		kept = tidy(strings.TrimRight(w.Raw[start:r.toks[to].at], " ") + w.Raw[end:])
		told = append(told, w.Raw[r.toks[to].at:end])
	}
	who := ParseWho(kept)
	if who.Name == "" {
		return Amid{}, false
	}
	upper := r.toks[from].upper
	a = Amid{Who: who, Words: strings.TrimSpace(strings.Join(told, " ")), Channel: journey.Other}
	for _, s := range [...]sayings{trail, lead} {
		if s.channel != "" {
			a.Channel = s.channel
		}
		if s.day {
			a.Day, a.Ahead = s.on(now)
		}
	}
	relative := (lead.relative || trail.relative) && (lead.isSmall() || trail.isSmall() || isPerson(who.Name) && !isFirm(who.Name, who.Company))
	dated := (lead.dated || trail.dated) && (lead.how || lead.whom || trail.how || isPerson(who.Name)) // and not "24/7 Fitness"
	a.Sure = relative || dated || lead.hour || trail.hour || lead.tells() && (lead.whom || lead.how && lead.day) ||
		upper && (lead.isSmall() && lead.tells() || trail.isSmall())
	if first {
		a.Sure, a.Full = false, ParseWho(w.Raw[r.toks[from-1].at:start]+kept)
	}
	return a, true
}

// timedBehind reads such words behind a name that begins at token from: the name's words end at
// token to, and all of them at token name.
func (r *reading) timedBehind(from int) (name int, trail sayings, to int) {
	name = from
	for name < len(r.toks) && r.toks[name].kind != breaks && !r.isOfCompany(name) {
		name++
	}
	for i := from + 1; i < name; i++ {
		if s, end := r.timed(i, name, false); end == name {
			return name, s, i
		}
	}
	return name, trail, name
}

// sayings are what words beside a name say of when and how.
type sayings struct {
	n                    int // of words that say either
	day, relative, dated bool
	hour, how, whom      bool
	channel              journey.Channel
	which                day
	small, capital       bool // a word of them begins with a small letter, or a capital
}

// tells reports whether they say when: how alone is [Who.Behind]'s.
func (s sayings) tells() bool { return s.day || s.hour }

// on is the day that they name, zero where it is none that lies behind; ahead tells that it
// is to come, or comes sooner than it was.
func (s sayings) on(now time.Time) (at time.Time, ahead bool) {
	if s.which.on == nil {
		return at, false
	}
	at, ok := s.which.on(now, behind)
	lately := s.which.swaps && at.After(now.AddDate(0, -lately, 0)) // 12/11 in November
	if s.which.tense > either || s.which.tense == either && sooner(s.which, now) && !lately || ok && daysApart(now, at) > 0 {
		return time.Time{}, true
	}
	if !ok || daysApart(now, at) == 0 {
		return time.Time{}, false
	}
	return at, false
}

func (s sayings) isSmall() bool { return s.small && !s.capital }

// timed reads words that say when and how from token i on; to is behind the last of them. Before
// a name small words may stand among them, and whom it was with; behind it none does.
func (r *reading) timed(i, end int, before bool) (s sayings, to int) {
	for i < end {
		n := r.says(&s, i, end)
		switch {
		case n > 0:
			s.n++
			s.small, s.capital = s.small || r.toks[i].kind == word && !r.toks[i].upper, s.capital || r.toks[i].upper
		case before && s.n > 0 && r.toks[i].kind == breaks && (r.mark(i) == '.' || r.mark(i) == ','):
			n = 1
		case r.toks[i].upper && (s.n > 0 || r.toks[i].fold != "am"): // Uma, An
		case before && s.n > 0:
			if _, n = toWhom().at(r.toks[:end], i); r.toks[i].fold == "w" || s.how && atWhose[r.toks[i].fold] {
				n = 1
			}
			if s.whom = s.whom || n > 0; n == 0 {
				_, n = fillers().at(r.toks[:end], i)
			}
		case before:
			_, n = fillers().at(r.toks[:end], i)
		}
		if n == 0 {
			return s, i
		}
		i += n
	}
	return s, i
}

// says reads one word of when or how at token i, and how many tokens it takes.
func (r *reading) says(s *sayings, i, end int) int {
	t := r.toks[i]
	if t.kind == breaks {
		return 0
	}
	if _, _, to := r.hourAt(i, end); to > 0 && to <= end {
		s.hour = s.hour || !strings.HasSuffix(t.fold, "h") // "24h Fitness"
		s.day = true
		return to - i
	}
	if beforeHour[t.fold] && i+1 < end {
		if _, _, to := r.hourAt(i+1, end); to > 0 && to <= end {
			s.hour = true
			return to - i
		}
	}
	if d, ok := r.dayBeside(i, end); ok {
		v, n := dayWords().at(r.toks[:end], i)
		s.day, s.which, s.relative = true, d, s.relative || n > 0 && v.kind == relDays && v.tense == behind
		s.dated = s.dated || !d.vague && strings.ContainsFunc(span(r.note, r.toks, i, d.to), unicode.IsDigit)
		return d.to - i
	}
	if _, n := partsOfDay().at(r.toks[:end], i); n > 0 && s.day {
		return n
	}
	m, n := howWords().at(r.toks[:end], i)
	if n == 0 || !namedAfter[m.channel] {
		_, n = shortHow().at(r.toks[:end], i)
	}
	if s.how = s.how || n > 0; n > 0 {
		s.channel = m.channel
	}
	return n
}

// dayBeside reads a day at token i, of which the short names of weekdays may stand alone too: they
// are somebody's only where nothing else tells ("Sat Singh", and "Mi 14 Uhr").
func (r *reading) dayBeside(i, end int) (day, bool) {
	if d, ok := r.readDay(i); ok && d.to <= end && !d.year {
		return d, true
	}
	w, n := shortDays().at(r.toks[:end], i)
	if n == 1 && smallDays[r.toks[i].fold] && !r.toks[i].upper && r.besideName(i, end) { // "call wed Ella Frost"
		return day{from: i, to: i + 1, on: weekdayResolver(w, false)}, true
	}
	if n != 1 || !r.toks[i].upper || i+1 >= end {
		return day{}, false
	}
	if _, _, to := r.hourAt(i+1, end); len(r.toks[i].fold) == 2 && to == 0 {
		return day{}, false
	}
	return day{from: i, to: i + 1, on: weekdayResolver(w, false)}, true
}

// besideName reports whether a name that begins with a capital stands beside token i.
func (r *reading) besideName(i, end int) bool {
	if i+1 < end {
		return r.toks[i+1].upper
	}
	return i > 0 && r.toks[i-1].upper
}

// atWhose stand between how and at whose place: "gestern Besuch bei Frau Peck".
var atWhose = WordSet(`bei beim chez presso bij`)

// shortHow are short ways to say how, beside a day.
var shortHow = sync.OnceValue(func() *lexicon[struct{}] { return set(`tel|telco|telko|mtg|demo|termin|rdv|afspraak`) })

// partsOfDay stand behind a day: "Tues morning".
var partsOfDay = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`morning|afternoon|evening|noon|am|pm|early|late|vormittag|nachmittag|mittag|abend|fruh|morgen|matin|apres midi|soir|manana|por la manana|tarde|por la tarde|noche|mattina|pomeriggio|sera|manha|de manha|a tarde|noite|ochtend|middag|avond`)
})
