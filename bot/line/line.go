package line

import (
	"strings"
	"time"
	"unicode/utf8"

	"cairn/bot/journey"
)

// Line is what was read in one typed line. Every *Words field is a substring
// of Note, empty where nothing was read.
type Line struct {
	Who      Who
	HasColon bool // a colon divided Who from Note; without it Who is empty and the caller looks at [Starts]

	// Note is what stands after the first colon, word for word, with white
	// space trimmed at its ends; the whole text where there is no colon.
	Note string

	// At is when it took place, in now's zone: now itself where no day was
	// said or it was today, else noon of that day (so that no change of zones
	// moves it), and then AtDay is true.
	At      time.Time
	AtDay   bool
	AtWords string

	// Ahead is a day to come of which the note says how it went ("meeting on 24 December
	// 2031 went well"): it is neither At nor a step's. Zero: there is none.
	Ahead time.Time

	// ToCome are the parts of the note that tell of a talk to come and of nothing else, in
	// their order: all of "call on 5 December about the audit", of which nothing is read as
	// what took place; see [Happened].
	ToCome []Span
	// Plan tells that nothing else stands in the note.
	Plan bool

	Channel      journey.Channel // journey.Other where no word says how
	ChannelWords string
	Direction    journey.Direction

	// Steps are all next steps in the order of the note. Step is the one worth
	// a reminder: the first with a day, else the first; nil where there is none.
	Steps []Step
	Step  *Step

	Gives []Mention // what the note says was given to them
	// SentIt tells that something was given which the note does not name: "sent it
	// today". Its Object is the word that stands for it, empty where none does ("sent!").
	SentIt Mention
	Asks   []Mention // what the note says we asked them for
}

// Whose says who is to take a step.
type Whose string

const (
	Theirs Whose = "them"
	Ours   Whose = "us"
)

// Step is something still to be done.
type Step struct {
	Text  string    // the act, without its day where that stands at the end
	Due   time.Time // noon of the day in now's zone; zero where none was said
	Whose Whose
	Words string // the note's own words, its day included
	Told  bool   // Text is what they told us to do, as they said it: "call me again"
	Until bool   // Text says to leave them be until Due: the step is to come back then

	// Opening tells that the step is the plan with which the note opens; Guessed that only a
	// weekday says when it is to be, which may have been: "visit on Friday".
	Opening, Guessed bool

	wanted bool // it is what they want of us by a day
}

// Wanted reports whether the step is ours because they want something by a day.
func (s Step) Wanted() bool { return s.wanted }

// Mention is a thing named in a note.
type Mention struct {
	Words  string // all of it: "sent her the checklist"
	Object string // the thing: "checklist"
	Kind   string // asks only: "referral", "recommendation" or "revenue"; empty: another
	Some   bool   // given only: "a checklist", which the note does not say
}

// Parse reads one line as typed after /log. The text may carry Slack's
// escapes ([Unescape] is applied); now is the present moment in the person's
// own zone.
//
// The error, if any, is a *Problem, and the Line then holds what could be
// read, so that a modal can open with it. A text without a colon is no error:
// HasColon is false, the whole text is the note, and the caller decides
// whether a known name stands at its start.
func (w *Words) Parse(text string, now time.Time) (Line, error) {
	calls := mentions.MatchString(text)
	text = Unescape(text)
	if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		return Line{At: now, Channel: journey.Other, Direction: journey.BothWay}, badTextProblem()
	}
	if blank(text) {
		return Line{At: now, Channel: journey.Other, Direction: journey.BothWay}, emptyProblem()
	}
	who, note, found := splitWho(text)
	if !found {
		l, err := w.Read(trim(text), now)
		if err == nil && nameOnly(l) {
			l.Who, l.Note = ParseWho(text), ""
			return l, nameOnlyProblem(l.Who.Raw)
		}
		return l, err
	}
	l := Line{Note: note, At: now, Channel: journey.Other, Direction: journey.BothWay}
	var err error
	if !blank(note) {
		l, err = w.Read(note, now)
	}
	l.HasColon, l.Who = true, ParseWho(who)
	switch {
	case calls, l.Who.isMention():
		l.Who = Who{}
		return l, mentionProblem(tidy(who))
	case l.Who.Name == "" && l.Who.Email == "":
		return l, noWhoProblem()
	case blank(note):
		return l, nameOnlyProblem(l.Who.Raw)
	}
	return l, err
}

// Read reads how, when, which way and what next in a note that stands by
// itself, as typed (no Slack escapes): from the modal, a message shortcut, or
// after a known name. Who stays empty.
func (w *Words) Read(note string, now time.Time) (Line, error) {
	note = trim(note)
	l := Line{Note: note, At: now, Channel: journey.Other, Direction: journey.BothWay}
	switch n := utf8.RuneCountInString(note); {
	case strings.ContainsRune(note, 0) || !utf8.ValidString(note):
		return l, badTextProblem()
	case blank(note):
		return l, emptyProblem()
	case n > MaxChars:
		return l, tooLongProblem(n)
	}
	r := w.reading(note, now)
	err := r.when(&l)
	l.ToCome, l.Plan = r.partsToCome()
	r.steps(&l)
	r.mentions(&l)
	r.how(&l)
	return l, err
}

// reading is a note with what several readers need of it.
type reading struct {
	words      *Words
	note       string
	now        time.Time
	toks       []token
	first      []int  // per clause: its first token
	end        []int  // per clause: the token after its last, the closing break not counted
	plans      []bool // per token: stands after a word that says planned or denied, within its clause
	found      []day  // by days, once they were asked for
	looked     bool
	turnsFound []turn // by turns, once they were asked for
	turned     bool
	talkDay    int // 1 + the first token of the day taken for the talk; 0 where none was
	aside      int // the same of a day to come of which is said how it went
	opening    opening
	next       []day // of talks to come behind one that is told
	asked      int   // by askedFrom, once it was asked for
}

// newReading is a reading for its grammar alone: of a name, a day or what a step is about, in
// which nobody's words are looked for.
func newReading(note string, now time.Time) *reading { return Shipped().reading(note, now) }

func (w *Words) reading(note string, now time.Time) *reading {
	r := &reading{words: w.orShipped(), note: note, now: now, toks: tokenize(note)}
	r.markClauses()
	r.markPlans()
	r.markOpening()
	r.markNextTalks()
	return r
}

func (r *reading) markClauses() {
	for i, t := range r.toks {
		if t.clause == len(r.first) {
			r.first, r.end = append(r.first, i), append(r.end, i)
		}
		if t.kind != breaks {
			r.end[t.clause] = i + 1
		}
	}
}

// clauseStart is the first token of the clause in which token i stands.
func (r *reading) clauseStart(i int) int { return r.first[r.toks[i].clause] }

// clauseEnd is the token after the last one of the clause of token i, its
// closing break not counted.
func (r *reading) clauseEnd(i int) int { return max(r.end[r.toks[i].clause], i) }

// trim takes white space off the ends. Zero-width characters stay: the note
// is kept as typed.
func trim(s string) string { return strings.TrimSpace(s) }

// blank reports whether nothing in s can be seen.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isSpaceOrInvisible(r) }) < 0
}
