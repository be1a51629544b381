package line

import "sort"

// Two steps told in one breath are two: "he'll send specs by 12/12 and I owe him the sheet
// tomorrow" is theirs on the 12th and ours tomorrow.

// turn is an "and", of tokens [from:to), behind which the other side's step begins.
type turn struct{ from, to int }

// stepSpan is the part of the clause of token i in which a step stands: from where the other
// side's act ends to where it begins.
func (r *reading) stepSpan(i int) (start, end int) {
	start, end = r.clauseStart(i), r.clauseEnd(i)
	turns := r.turns()
	k := sort.Search(len(turns), func(k int) bool { return turns[k].to > i })
	if k > 0 && turns[k-1].to > start {
		start = turns[k-1].to
	}
	if k < len(turns) && turns[k].from <= i {
		k++
	}
	if k < len(turns) && turns[k].from < end {
		end = turns[k].from
	}
	return start, end
}

// turns lists them, in order. Each token is asked where its step begins and ends, and a clause may
// be as long as a note: they are found in one pass.
func (r *reading) turns() []turn {
	if r.turned {
		return r.turnsFound
	}
	r.turned = true
	for clause, start := range r.first {
		end := r.end[clause]
		told, whose := start, Whose("") // whose the first step since the last turn is, sought up to there
		for k := start + 1; k < end; k++ {
			n, next := r.turnAt(k, end)
			if n == 0 {
				continue
			}
			for ; whose == "" && told < k; told++ {
				whose = r.stepOf(told, k)
			}
			if whose != "" && whose != next {
				r.turnsFound = append(r.turnsFound, turn{k, k + n})
				told, whose = k+n, ""
			}
		}
	}
	return r.turnsFound
}

// stepOf is whose step, or nobody's in particular, token i begins in tokens up to end; "": it begins none.
func (r *reading) stepOf(i, end int) Whose {
	whose, n := stepWords().at(r.toks[:end], i)
	if n > 0 && whose == "" {
		return unsaid
	}
	return whose
}

// unsaid is whose step is that only who stands before it tells.
const unsaid Whose = "either"

// turnAt is how many tokens from k on are an "and" behind which somebody's step begins, named by
// who does it, and whose it is; 0: none.
func (r *reading) turnAt(k, end int) (n int, whose Whose) {
	_, n = ands().at(r.toks[:end], k)
	if n == 0 || k+n >= end {
		return 0, ""
	}
	_, they := theySubject().at(r.toks[:end], k+n)
	if they == 0 && !r.weSay(k+n) {
		return 0, ""
	}
	if whose, _ = stepWords().at(r.toks[:end], k+n); whose == "" {
		return 0, ""
	}
	return n, whose
}

// promisedWhat is the token at which the thing is named that a promise at token k takes up by a
// small word alone, in the clause before: "they want a ref from a dairy, I promised one for
// Thursday"; -1: there is none.
func (r *reading) promisedWhat(k, start, end int) int {
	if k >= end || !standIns[r.toks[k].fold] || start < 2 || r.toks[start-1].kind != breaks || r.note[r.toks[start-1].at] != ',' {
		return -1
	}
	if _, day := r.dayAt(k + 1); k+1 < end && !day && r.dueWordsBefore(k+2) == 0 {
		return -1 // "promised one of the guides"
	}
	for i := r.clauseStart(start - 1); i < start-1; i++ {
		if _, n := demandWords().at(r.toks[:start], i); n > 0 && i+n < start-1 && r.toks[i+n].fold != "to" {
			return i + n
		}
	}
	return -1
}

// standIns stand for a thing that was named before.
var standIns = map[string]bool{"one": true, "it": true, "that": true, "them": true, "some": true, "both": true, "eins": true, "eine": true, "einen": true, "uno": true, "una": true, "een": true}
