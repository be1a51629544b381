package line

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ToldApart reports whether a note tells of some of the people whom its line names what it does
// not tell of all of them: "Bo signed, Ann wants no more emails". Somebody of them is then who
// acts in a clause. What is told of all of them together is told of each: "Ann and Bo signed".
func ToldApart(note string, each []Who) bool {
	if len(each) < 2 || !utf8.ValidString(note) {
		return false
	}
	r := newReading(note, time.Time{})
	names := make([][]string, len(each))
	for j, w := range each {
		names[j] = strings.Fields(Key(w.Name))
	}
	for i := 0; i < len(r.toks); i++ {
		named, to := r.peopleAt(i, names)
		if to == i {
			continue
		}
		if acts := i == r.clauseStart(i) || r.opensFor(i-1); acts && named < len(names) && (r.mark(to) == ':' || to < r.clauseEnd(to-1) && r.toks[to].kind == word && !besideName[r.toks[to].fold]) {
			return true
		}
		i = to - 1
	}
	return false
}

// opensFor reports whether behind token i somebody may be named who acts.
func (r *reading) opensFor(i int) bool {
	_, and := ands().at(r.toks[:i+1], i)
	_, but := butWords().at(r.toks[:i+1], i)
	_, lead := leadWords().at(r.toks[:i+1], i)
	_, title := titleWords().at(r.toks[:i+1], i)
	return and+but+lead+title > 0 || beforeActor[r.toks[i].fold] || isClause(r.toks[i].fold)
}

// peopleAt counts those of a line's people who are named one after the other from token i on,
// and where the last of their names ends: i where none is.
func (r *reading) peopleAt(i int, names [][]string) (named, to int) {
	seen := map[int]bool{}
	to = i
	for k := i; k < len(r.toks); {
		n := r.nameAt(k, names, seen)
		if k += n; n == 0 {
			break
		}
		to = k
		if _, and := ands().at(r.toks, k); and > 0 {
			k += and
		} else if len(names) > 2 && r.mark(k) == ',' { // of two, a comma parts what is told of each
			k++
			if _, and := ands().at(r.toks, k); and > 0 {
				k += and
			}
		}
	}
	return len(seen), to
}

// nameAt is how many tokens at k are the name of one of them, as typed: whoever may be called
// so is seen. A name that stands for something else as well is none with a small letter.
func (r *reading) nameAt(k int, names [][]string, seen map[int]bool) (n int) {
	for ; k < len(r.toks) && r.toks[k].kind == word && utf8.RuneCountInString(r.toks[k].fold) > 1; k, n = k+1, n+1 {
		known := false
		for j, parts := range names {
			if slices.Contains(parts, r.toks[k].fold) && (r.toks[k].upper || !r.sayable(k)) {
				seen[j], known = true, true
			}
		}
		if !known {
			break
		}
	}
	return n
}

// sayable reports whether a word means something by itself: "will", "may".
func (r *reading) sayable(k int) bool {
	for _, words := range [...]*lexicon[struct{}]{planWords(), talkWords(), imperatives(), fillers(), pastActs()} {
		if _, n := words.at(r.toks, k); n > 0 {
			return true
		}
	}
	_, month := monthWords().at(r.toks, k)
	return month > 0
}

var (
	// besideName go on with a name, or say only who or where somebody is.
	besideName = map[string]bool{"and": true, "or": true, "of": true, "from": true, "at": true, "with": true, "both": true, "und": true, "oder": true, "von": true, "aus": true, "bei": true,
		"y": true, "o": true, "e": true, "et": true, "ou": true, "en": true, "de": true, "da": true, "di": true, "del": true, "van": true, "chez": true}
	// beforeActor open what is told of somebody.
	beforeActor = map[string]bool{"while": true, "whereas": true, "though": true, "only": true, "wahrend": true, "nur": true, "mientras": true, "tandis": true, "seul": true, "enquanto": true, "mentre": true, "terwijl": true, "alleen": true}
)
