package line

import (
	"strings"
	"time"
)

// step builds the step of tokens [from:end), its day left out of the text
// where it stands at the end.
func (r *reading) step(from, end int, d day, found bool, whose Whose, base time.Time) Step {
	s := Step{Whose: whose, Words: span(r.note, r.toks, from, end)}
	s.Text = s.Words
	if !found {
		return s
	}
	if _, ok := d.on(base, ahead); !ok { // a day that nobody can tell: its words stay
		return s
	}
	d = r.sinceFirst(d, from)
	due, ok := d.on(base, ahead)
	if !ok {
		return s
	}
	if s.Due = due; d.to >= end && d.from > from && !d.year { // "call in 2031": nobody typed a day
		if cut := r.beforeDay(from, d); cut > from {
			s.Text = span(r.note, r.toks, from, cut)
		}
	}
	s.Text = strings.TrimRight(strings.TrimSpace(s.Text), ",;:")
	return s
}

// beforeDay is the end of a step of tokens from on without its day d, which closes it, and
// without the small words before that.
func (r *reading) beforeDay(from int, d day) int {
	cut := d.from
	if r.visitsBy(cut) {
		cut++
	}
	for cut > from && !r.visitsBy(cut-1) {
		n := r.dueWordsBefore(cut)
		if _, what := appointments().at(r.toks[:cut], cut-1); what > 0 && cut-1 > from {
			break // "bid deadline"
		}
		if _, k := imperatives().at(r.toks[:cut], max(cut-2, from)); k == 2 {
			break // "check in"
		}
		if n == 0 && beforeDue[r.toks[cut-1].fold] && !(cut-2 >= from && r.toks[cut-2].fold == "be") { // "has to be in"
			n = 1
		}
		if n == 0 || cut-n < from {
			break
		}
		cut -= n
	}
	return cut
}

// beforeDue are small words that stand between an act and its day, and say nothing
// once the day is gone: "ask again at year end".
var beforeDue = map[string]bool{"at": true, "the": true, "in": true, "on": true, "around": true, "about": true, "le": true, "el": true, "il": true, "gegen": true, "au": true, "al": true, "ao": true, "auf": true, "naar": true, "zum": true, "am": true, "im": true}

// visitsBy reports whether the "by" at token k is of a visit, and no limit: "will drop by Friday".
func (r *reading) visitsBy(k int) bool {
	return k > 0 && r.toks[k].fold == "by" && visitVerbs[r.toks[k-1].fold]
}

var visitVerbs = WordSet("stop drop swing pop come pass")
