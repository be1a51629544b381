package line

// Two steps told in one breath are two: "he'll send specs by 12/12 and I owe him the sheet
// tomorrow" is theirs on the 12th and ours tomorrow.

// stepSpan is the part of the clause of token i in which a step stands: from where the other
// side's act ends to where it begins.
func (r *reading) stepSpan(i int) (start, end int) {
	start, end = r.clauseStart(i), r.clauseEnd(i)
	for k := start + 1; k < end; k++ {
		n := r.turnsAt(start, k, end)
		switch {
		case n == 0:
		case k+n <= i:
			start = k + n
		case k > i:
			return start, k
		}
	}
	return start, end
}

// turnsAt is how many tokens from k on are an "and" behind which the other side's step begins,
// named by who does it; 0: none.
func (r *reading) turnsAt(start, k, end int) int {
	_, n := ands().at(r.toks[:end], k)
	if n == 0 || k+n >= end {
		return 0
	}
	_, they := theySubject().at(r.toks[:end], k+n)
	if they == 0 && !r.weSay(k+n) {
		return 0
	}
	whose, step := stepWords().at(r.toks[:end], k+n)
	if step == 0 || whose == "" {
		return 0
	}
	for i := start; i < k; i++ {
		if before, m := stepWords().at(r.toks[:k], i); m > 0 {
			if before != whose {
				return n
			}
			return 0
		}
	}
	return 0
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

// firstDue is the first of the steps with a day, else the first; nil of none.
func firstDue(steps []Step) (first *Step) {
	for i := range steps {
		if first == nil || first.Due.IsZero() && !steps[i].Due.IsZero() {
			first = &steps[i]
		}
	}
	return first
}
