package line

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Start is a possible name at the start of a text without a colon.
type Start struct {
	Name string // the first words
	Rest string // what follows, trimmed
	// More is set where what follows at once may be the rest of a name: "Dana Smith
	// called" is perhaps about another Dana than the one who is known.
	More bool
}

// Starts lists the beginnings of a text that may be a name, longest first, up
// to four words behind titles and never past a comma or the end of a sentence. The caller
// looks each up among the names it knows; with a hit, Rest is the note.
func Starts(text string) []Start {
	text = cutMark(trim(Unescape(text)))
	var out []Start
	most := 4 + titlesOf(strings.Fields(text))
	for i, words := 0, 0; i < len(text) && words < most; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if next := i + n; next == len(text) || boundary(text[next:]) {
			if name := tidy(text[:next]); name != "" && !boundary(text[i:]) {
				rest := strings.TrimLeft(text[next:], " ,;:-–—\t\n\u00a0")
				apart := strings.ContainsAny(text[next:len(text)-len(rest)], ",;:-–—\n")
				words++
				out = append(out, Start{name, rest, !apart && mayBeName(rest) && (words == 1 || !strings.ContainsFunc(rest, unicode.IsSpace))})
			}
		}
		if strings.ContainsRune(",;:!?\n", r) {
			break
		}
		i += n
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// mayBeName reports whether a text begins with a word that may be somebody's name: a
// capital, and none of the words with which people go on to tell what happened.
func mayBeName(text string) bool {
	r := newReading(text, time.Time{})
	if len(r.toks) == 0 || r.toks[0].kind != word || !r.toks[0].upper {
		return false
	}
	if w := text[:r.toks[0].to]; len(w) > 1 && len(w) <= 4 && w == strings.ToUpper(w) { // IT, CFO
		return false
	}
	if _, isDay := r.dayAt(0); isDay {
		return false
	}
	if r.isVerbNamed() {
		return true
	}
	if _, n := howWords().at(r.toks, 0); n > 0 {
		return false
	}
	if _, n := stepWords().at(r.toks, 0); n > 0 {
		return false
	}
	for _, told := range [...]*lexicon[struct{}]{talkWords(), pastTalks(), weSubject(), theySubject(), theyAct(), askers(), leadWords(), againWords(), laterWords(), imperatives(), planWords()} {
		if _, n := told.at(r.toks, 0); n > 0 {
			return false
		}
	}
	_, n := pastActs().at(r.toks, 0)
	return n == 0
}

// isVerbNamed reports whether the first word is a name that is a verb as well: another verb follows,
// or a comma, "Amir Said called", "Amir Said, wants a demo".
func (r *reading) isVerbNamed() bool {
	if !verbNames[r.toks[0].fold] || len(r.toks) < 2 || r.toks[1].upper {
		return false
	}
	for _, told := range [...]*lexicon[struct{}]{pastTalks(), theyAct(), deeds()} {
		if _, n := told.at(r.toks, 1); n > 0 {
			return true
		}
	}
	return r.mark(1) == ','
}

// verbNames are the verbs of which a note tells that are names too.
var verbNames = WordSet("said will")
