package coach

import (
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// What is quoted as the contact's is theirs: a note tells of both sides in the same
// breath ("asked about downtime, sent her the calculator, she will send her calendar"),
// so words count only where they are about no act of ours and about nothing that either
// side has still to do.

// commandNotes are how a note begins that one of our commands wrote: the words before a
// colon, or the whole note.
var commandNotes = words{"bought": true, "recommended us": true, "gave us a referral": true, "asked": true,
	"asked for revenue": true, "asked for an order": true, "asked for a referral": true, "asked for a recommendation": true, "asked for feedback": true}

// isOurs reports whether a piece tells of an act of the one who wrote the note.
func (p piece) isOurs(note, contact string) bool {
	if p.byUs() {
		return true
	}
	act := p.ourAct()
	if act < 0 || p.byThem(act) || p.wanted(act) || us[p.at(act+1)] { // "sent us their template"
		return false
	}
	return contact == "" || !strings.Contains(line.Key(note[p.from:p.words[act].from]), line.Key(contact))
}

// span is a stretch of a note.
type span struct{ from, to int }

func (s span) meets(from, to int) bool { return s.from < to && from < s.to }

// aside is what of a note is no concern of the contact's own: what we did, and the steps
// of both sides. What they want of us by a day is a concern.
type aside struct {
	by    *line.Words
	note  string
	at    time.Time
	acts  []span
	steps []span
	read  bool // the steps were: they cost most, and few words need them
}

func (c *Coach) asideOf(note string, at time.Time, contact string) *aside {
	if IsCommandNote(note) {
		return &aside{acts: []span{{0, len(note)}}, read: true}
	}
	a := &aside{by: c.Lines(), note: note, at: at}
	ours := false
	for _, p := range piecesOf(note) {
		ours = ours && p.continues() || p.isOurs(note, contact)
		if ours || p.toUs() {
			a.acts = append(a.acts, span{p.from, p.to})
		}
	}
	return a
}

// takes reports whether a stretch of the note is none of theirs, or part of it is.
func (a *aside) takes(from, to int) bool {
	meets := func(s span) bool { return s.meets(from, to) }
	return slices.ContainsFunc(a.acts, meets) || slices.ContainsFunc(a.stepsIn(), meets)
}

// stepsIn are the stretches of the note that are steps.
func (a *aside) stepsIn() []span {
	if a.read {
		return a.steps
	}
	a.read = true
	l, _ := a.by.Read(a.note, a.at) // of a note that cannot be read, no step was
	from := 0
	for _, s := range l.Steps {
		i := strings.Index(a.note[from:], s.Words)
		if i < 0 || s.Words == "" || s.Wanted() {
			continue
		}
		a.steps = append(a.steps, span{from + i, from + i + len(s.Words)})
		from += i
	}
	return a.steps
}

// IsCommandNote reports whether one of our commands wrote a note: its words are Cairn's.
func IsCommandNote(note string) bool {
	begins, _, _ := strings.Cut(note, ":")
	return commandNotes[begins] || strings.HasPrefix(note, "heard: ")
}

// isAsk reports whether a note is one of `/coach asked`: it tells what we asked for, and of no
// talk, so that nothing to give follows from it.
func isAsk(note string, signals []journey.Signal) bool {
	return strings.HasPrefix(note, "asked") && IsCommandNote(note) && !suggest.Answers(signals)
}

// IsAsk reports whether a note about a contact is one of `/coach asked`.
func IsAsk(h store.Heard) bool {
	return isAsk(h.Note, signalsOf([]store.Heard{h})[0].Signals)
}

// standsIn reports whether words stand in a note once at least where such is so.
func standsIn(note, words string, such func(from, to int) bool) bool {
	for from := 0; words != "" && from <= len(note)-len(words); {
		i := strings.Index(note[from:], words)
		if i < 0 {
			return false
		}
		i += from
		if such(i, i+len(words)) {
			return true
		}
		from = i + len(words)
	}
	return false
}

// fewWords are too few to be a concern, where the words around them are none.
const fewWords = 2

// NoneTheirs reports whether a stretch of a note tells of acts of ours and of steps, and
// of nothing else.
func (c *Coach) NoneTheirs(note string, at time.Time, from, to int, contact string) bool {
	all := c.asideOf(note, at, contact)
	no := slices.DeleteFunc(slices.Concat(all.acts, all.stepsIn()), func(s span) bool { return !s.meets(from, to) })
	if len(no) == 0 {
		return false
	}
	slices.SortStableFunc(no, func(a, b span) int { return a.from - b.from })
	left := 0
	for _, s := range no {
		left += len(strings.Fields(note[from:max(from, s.from)]))
		from = max(from, min(s.to, to))
	}
	return left+len(strings.Fields(note[from:to])) <= fewWords
}

// concerns tells of stretches of notes whether they are the contact's own concern. A
// note is read when it is first asked for: few are quoted.
func (c *Coach) concerns(notes []suggest.Note, contact string) func(note, from, to int) bool {
	read := make(map[int]*aside, 1)
	return func(note, from, to int) bool {
		no, done := read[note]
		if !done {
			no = c.asideOf(notes[note].Text, notes[note].At, contact)
			read[note] = no
		}
		return !no.takes(from, to)
	}
}
