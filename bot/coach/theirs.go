package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"cairn/bot/line"
	"cairn/bot/suggest"
)

// What is quoted as the contact's is theirs: a note tells of both sides in the same
// breath ("asked about downtime, sent her the calculator, she will send her calendar"),
// so words count only where they are about no act of ours and about nothing that either
// side has still to do.

// commandNote is how a note begins that one of our commands wrote.
var commandNote = regexp.MustCompile(`^(?:bought|recommended us|gave us a referral|asked(?: for (?:revenue|a referral|a recommendation|feedback))?)(?::|$)|^heard: `)

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

// notTheirs are the stretches of a note that are no concern of the contact's own: what
// we did, and the steps of both sides. What they want of us by a day is a concern.
func notTheirs(note string, at time.Time, contact string) (all []span) {
	if IsCommandNote(note) {
		return []span{{0, len(note)}}
	}
	ours := false
	for _, p := range piecesOf(note) {
		ours = ours && p.continues() || p.isOurs(note, contact)
		if ours || p.toUs() {
			all = append(all, span{p.from, p.to})
		}
	}
	l, _ := line.Read(note, at) // of a note that cannot be read, no step was
	from := 0
	for _, s := range l.Steps {
		i := strings.Index(note[from:], s.Words)
		if i < 0 || s.Words == "" || s.Wanted() {
			continue
		}
		all = append(all, span{from + i, from + i + len(s.Words)})
		from += i
	}
	return all
}

// IsCommandNote reports whether one of our commands wrote a note: its words are Cairn's.
func IsCommandNote(note string) bool { return commandNote.MatchString(note) }

// TheirsIn reports whether words stand in a note, written on the day of at, as something
// of the contact's own, once at least.
func TheirsIn(note string, at time.Time, words, contact string) bool {
	no := notTheirs(note, at, contact)
	for from := 0; words != "" && from <= len(note)-len(words); {
		i := strings.Index(note[from:], words)
		if i < 0 {
			return false
		}
		i += from
		if !slices.ContainsFunc(no, func(s span) bool { return s.meets(i, i+len(words)) }) {
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
func NoneTheirs(note string, at time.Time, from, to int, contact string) bool {
	no := slices.DeleteFunc(notTheirs(note, at, contact), func(s span) bool { return !s.meets(from, to) })
	if len(no) == 0 {
		return false
	}
	slices.SortFunc(no, func(a, b span) int { return a.from - b.from })
	left := 0
	for _, s := range no {
		left += len(strings.Fields(note[from:max(from, s.from)]))
		from = max(from, min(s.to, to))
	}
	return left+len(strings.Fields(note[from:to])) <= fewWords
}

// concerns tells of stretches of notes whether they are the contact's own concern. A
// note is read when it is first asked for: few are quoted.
func concerns(notes []suggest.Note, contact string) func(note, from, to int) bool {
	read := make(map[int][]span, 1)
	return func(note, from, to int) bool {
		no, done := read[note]
		if !done {
			no = notTheirs(notes[note].Text, notes[note].At, contact)
			read[note] = no
		}
		return !slices.ContainsFunc(no, func(s span) bool { return s.meets(from, to) })
	}
}
