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
