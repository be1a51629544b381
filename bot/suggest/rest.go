package suggest

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// How long somebody is let be after what we did, or after a note said so.
const (
	// WaitForAnswer is how long they have to answer what they were given: five
	// working days.
	WaitForAnswer = 7 * 24 * time.Hour
	// waitQuiet is how long after the last of several tries without an answer.
	waitQuiet = 14 * 24 * time.Hour
	// LetBe is how long a wish of the rep's own to let them be holds where no
	// day was named, and awayFor how long somebody is away.
	LetBe   = 30 * 24 * time.Hour
	awayFor = 60 * 24 * time.Hour
)

// rest is why a note says that nothing is to be sent to somebody.
type rest string

const (
	restDouble rest = "double"      // the record is another's twin
	restHanded rest = "handed_over" // a colleague looks after them
	restGone   rest = "gone"        // they work there no more, or live no more
	restLetBe  rest = "let_be"      // the rep lets them be for a while
	restAway   rest = "away"        // they are away for a time
	restBounce rest = "unmailed"    // what is sent to them does not arrive
	restOthers rest = "not_ours"    // what they spoke of is nothing that we have to do with
	restAsked  rest = "asked"       // they asked that nothing be sent, mostly until a day
	restBusy   rest = "busy"        // their mind is on other things
	restWrong  rest = "wrong_one"   // others than they see to what we sell

	restLegal  rest = "legal"       // their lawyers and ours are at it
	restCrisis rest = "crisis"      // an accident, an attack, an insolvency, a site that closes
	restSelf   rest = "no_customer" // they sell to us, look for work with us, or are a rival's
	restGrief  rest = "grief"       // somebody died
	restTender rest = "tender"      // a tender runs in which we bid
	restOwed   rest = "owed"        // something promised is not there yet

	// These do not silence by themselves, they narrow what may be given.
	restPapers  rest = "papers"     // an invoice, a form, a number is asked for, which no item is
	restOnly    rest = "only"       // one thing is asked for, and nothing else
	restEnglish rest = "no_english" // what is in English is of no use to them
)

// restBook holds what notes say, by what follows from it.
type restBook map[rest]sayings

func rests() []rest {
	return []rest{restDouble, restHanded, restGone, restLetBe, restAway, restOthers, restAsked, restBusy, restWrong,
		restLegal, restGrief, restCrisis, restSelf, restTender, restOwed, restPapers, restOnly, restEnglish}
}

// waiting says that what was done last is ours, and that they have had too
// little time to answer; nil where it is their turn no more.
func waiting(c *Case) *Silence {
	who := orThey(c.Contact)
	if !c.StepDue.IsZero() && !isBefore(c.Now, c.StepDue) {
		return nil // they said that they would have moved by now
	}
	if until := c.GaveAt.Add(WaitForAnswer); !c.GaveAt.IsZero() && c.Now.Before(until) {
		return &Silence{Why: SilentWaiting, Until: until, Say: "Given on " + dayOf(c.GaveAt) + ", no answer yet: give " + who + " time until " + dayOf(until)}
	}
	if len(c.Notes) == 0 {
		return nil
	}
	n := c.Notes[0]
	if until := n.At.Add(waitQuiet); n.Direction == journey.Out && slices.Contains(n.Signals, journey.WentQuiet) && c.Now.Before(until) {
		return &Silence{Why: SilentWaiting, Until: until, Say: "Several tries had no answer, the last on " + dayOf(n.At) + ": let " + who + " be until " + dayOf(until)}
	}
	return nil
}

// resting says that a note tells to send nothing now: until the day that it
// names, or for a while. What they did since ends it.
func (g *Guide) resting(c *Case) *Silence {
	who := orThey(c.Contact)
	for _, n := range c.Notes[:min(len(c.Notes), MaxNotes)] {
		why, until, ok := g.restOf(n, c.Words)
		switch {
		case ok && (until.IsZero() || c.Now.Before(until)):
			return restSilence(why, who, until)
		case ok || n.Direction != journey.Out || len(n.Signals) > 0:
			return nil // it is over, or something happened since
		}
	}
	return nil
}

// gone says that the latest word of where they are is that they are there no more:
// truer than a no of theirs from before.
func (g *Guide) gone(c *Case) *Silence {
	if len(c.Notes) > 0 && c.Notes[0].Departure == Left {
		return restSilence(restGone, orThey(c.Contact), time.Time{})
	}
	return nil
}

func restSilence(why rest, who string, until time.Time) *Silence {
	s, back := &Silence{Why: SilentResting, Until: until}, "they get in touch"
	if who != "them" {
		back = getsInTouch(who)
	}
	switch why {
	case restDouble:
		s.Say = "Your note says that this is a double entry: give to the one who is kept"
	case restHanded:
		s.Say = "Your note says that a colleague looks after " + who + " now: nothing from you unless they come back to you"
	case restLetBe:
		s.Say = "Your note says to let " + who + " be: nothing until " + dayOf(until) + " unless " + back
	case restOthers:
		s.Say = "Your note says that what they spoke of is nothing of yours: nothing to give on that"
	case restAsked:
		s.Say = "Your note says that " + who + " asked for nothing now: nothing until " + dayOf(until) + " unless " + back
	case restBusy:
		s.Say = "Your note says that " + who + " has other things to see to: nothing until " + dayOf(until) + " unless " + back
	case restWrong:
		s.Say = "Your note says that others than " + who + " see to this: find out who does; nothing to give here"
	case restLegal:
		s.Say = "Your note says that the lawyers are at it: let them finish; nothing until " + dayOf(until) + " unless " + back
	case restGrief:
		s.Say = "Your note tells of a death: a kind word of your own, and nothing to give until " + dayOf(until)
	case restCrisis:
		s.Say = "Your note tells of hard days at theirs: ask how they are, and nothing to give until " + dayOf(until)
	case restSelf:
		s.Say = "Your note says that " + who + " is no customer: nothing to give"
	case restTender:
		s.Say = "Your note says that a tender runs in which you bid: nothing outside its rules until " + dayOf(until)
	case restOwed:
		s.Say = "Your note says that something is still owed to " + who + ": that first, before anything of the library"
	case restGone:
		s.Say = "Your note says that " + who + " is there no more: nothing to give; what is next is for whoever came after"
	case restBounce:
		s.Say = "Your note says that nothing reaches " + who + ": find the address or number that holds first"
	default:
		s.Say = "Your note says that " + who + " is away: nothing until " + dayOf(until)
	}
	return s
}

// restOf reads from a note that nothing is to be sent, and until when; a zero
// until means for good. Whose words a note may hold for it to count: see counts. To be
// left until a day counts always: it is the step of the note's own, and what they asked
// for is for that day.
func (g *Guide) restOf(n Note, w *line.Words) (why rest, until time.Time, ok bool) {
	switch n.Departure {
	case Left:
		return restGone, time.Time{}, true
	case Unmailed:
		return restBounce, time.Time{}, true
	case Absent:
		if restAway.counts(n) {
			return restAway, untilDay(restAway, n, w), true
		}
	}
	text := clip(n.Text, maxText)
	ws := words(text)
	said := noTrade(folded(ws), text, ws)
	if g.rests[restOthers].said(said) {
		return restOthers, n.At.Add(LetBe), true
	}
	day, leftBe := w.LetBe(text, n.At)
	if leftBe && !day.IsZero() {
		return restLetBe, time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, n.At.Location()), true
	}
	for _, why := range [...]rest{restAsked, restDouble, restHanded, restGone, restLetBe, restAway, restWrong, restBusy, restLegal, restGrief, restCrisis, restSelf, restTender, restOwed} {
		if why.counts(n) && (g.rests[why].said(said) || why == restLetBe && leftBe) && !(why == restAway && g.wasAway(said)) {
			return why, untilDay(why, n, w), true
		}
	}
	return "", until, false
}

// Unlists is why a note keeps its contact off the lists of those who wait or may be asked.
type Unlists uint8

// The reasons.
const (
	UnlistsNot   Unlists = iota // it does not
	UnlistsLetBe                // they are to be left alone, and no day is named
	UnlistsGone                 // they are there no more
)

// Unlists reads from a note whether it keeps its contact off the lists; w are a team's own
// words, nil: those of the binary. A day that it names is a step, which the lists heed by itself.
func (l *Library) Unlists(n Note, w *line.Words) Unlists {
	why, _, ok := l.guide.restOf(n, w)
	switch {
	case !ok:
	case why == restGone:
		return UnlistsGone
	case why == restLetBe || why == restAsked:
		if day, _ := w.LetBe(clip(n.Text, maxText), n.At); day.IsZero() && dayNamed(n, restLetBe).IsZero() {
			return UnlistsLetBe
		}
	}
	return UnlistsNot
}

// counts reports whether a note can tell to rest for that reason. What they ask
// or tell outweighs most of it: then the words may be about anything.
func (why rest) counts(n Note) bool {
	theirs := theyActed(n)
	switch why {
	case restAsked:
		return !slices.Contains(n.Signals, journey.AskedForMore)
	case restAway, restGone:
		return !theirs
	case restLegal, restTender, restOwed, restGrief, restCrisis, restSelf:
		return !slices.ContainsFunc(n.Signals, func(s journey.Signal) bool {
			return s == journey.AskedForMore || s == journey.SharedNeeds || s == journey.BroughtOthers
		})
	case restLetBe: // a note of which nothing is known but that counts, whoever spoke
		return n.Direction == journey.Out && !theirs || len(n.Signals) == 0
	case restBusy, restWrong:
		return n.Direction != journey.Out && slices.Contains(n.Signals, journey.Replied) && !theirs
	}
	return n.Direction == journey.Out && !theirs
}

// theyActed reports whether a note shows more of theirs than an answer: whoever
// called, they agreed to a meeting, told a need, said no.
func theyActed(n Note) bool {
	return slices.ContainsFunc(n.Signals, func(s journey.Signal) bool {
		return s.Who() != journey.Us && s != journey.Replied && s != journey.WentQuiet
	})
}

// Answers reports whether signals show that something came back from them, be it no more
// than an answer: whatever the way that the note was sent.
func Answers(signals []journey.Signal) bool {
	return slices.ContainsFunc(signals, func(s journey.Signal) bool { return s.Who() != journey.Us && s != journey.WentQuiet })
}

// folded returns words as they are compared.
func folded(ws []word) []string {
	said := make([]string, len(ws))
	for i, w := range ws {
		said[i] = w.folded
	}
	return said
}

// untilWords come before a day on which a rest ends, or somebody is back.
var untilWords = []string{"until", "till", "til", "back", "returns", "before", "bis", "ab", "zuruck", "jusqu", "jusque", "retour", "hasta", "vuelve", "fino", "torna", "ate", "volta", "tot", "terug", "avant", "antes", "prima"}

// wasAway reports whether a note tells that somebody was away, and of no day until which they
// are: "she was on leave last week".
func (g *Guide) wasAway(said []string) bool {
	was := false
	for i, w := range said {
		if slices.Contains(untilWords, w) {
			return false
		}
		was = was || wasWords[w] && g.rests[restAway].said(said[i+1:min(len(said), i+1+reachAway)])
	}
	return was
}

// reachAway is how many words behind a "was" still tell of the absence.
const reachAway = 6

var wasWords = wordSet("was were had war waren hatte estaba estuvo était étaient estava esteve era stata stato gewesen geweest")

// untilDay is the day that a note names for the end of a rest, else that on which one for that
// reason is over; zero: it is for good.
func untilDay(why rest, n Note, w *line.Words) time.Time {
	if day := dayNamed(n, why); !day.IsZero() {
		return day
	}
	switch why {
	case restLetBe, restAsked, restBusy, restLegal, restGrief, restCrisis, restTender, restOwed:
		return n.At.Add(LetBe)
	case restAway:
		latest := n.At.Add(awayFor)
		if day := w.AwayUntil(clip(n.Text, maxText), n.At); !day.IsZero() && day.Before(latest) {
			return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, n.At.Location())
		}
		return latest
	}
	return time.Time{}
}

// dayNamed is the day after its own that a note names for the end of a rest for that reason;
// zero: none. "Im Urlaub ab 6. Juli" tells of the first day, but "ab 6. Juli wieder da".
func dayNamed(n Note, why rest) time.Time {
	text := clip(n.Text, maxText)
	ws := words(text)
	for i, w := range ws {
		if !slices.Contains(untilWords, w.folded) || i+1 == len(ws) ||
			why == restAway && w.folded == "ab" && !saysThere(text, ws) {
			continue
		}
		for _, from := range [...]int{w.end, w.start} { // "bis März" is a day, "März" none
			after := text[from:ws[min(i+5, len(ws)-1)].end]
			if day, err := line.ParseWhen(after, n.At); err == nil && day.After(n.At) {
				return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, n.At.Location())
			}
		}
	}
	return time.Time{}
}

// saysThere reports whether a text says that somebody is there again.
func saysThere(text string, ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool {
		return thereWords[w.folded] || w.folded == "da" && endsClause(text[w.end:]) // and not "da Schulferien"
	})
}

// endsClause reports whether a mark begins what follows a word, or nothing does.
func endsClause(rest string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// thereWords say by themselves that somebody is there again.
var thereWords = wordSet("wieder zurück erreichbar verfügbar")

// getsInTouch is that somebody comes back of their own accord.
func getsInTouch(contact string) string {
	if contact == "" {
		return "they get in touch"
	}
	return contact + " gets in touch"
}

func orThey(contact string) string {
	if contact == "" {
		return "them"
	}
	return contact
}

// dayOf is a day as it stands in a sentence.
func dayOf(t time.Time) string { return strings.TrimSpace(t.Format("Monday 2 January")) }
