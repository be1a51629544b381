package line

import "strings"

// What is said of a thing that was given, beyond the words that name it: which of
// several it is, which one "it" means, and what came back on it.

// isPlanItself are words for a plan that may name the thing itself: "pilot plan".
var isPlanItself = map[string]bool{"plan": true, "plans": true}

// forms are how a thing is sent rather than what it is: "calculator link".
var forms = map[string]bool{"link": true, "links": true, "pdf": true, "file": true, "url": true, "copy": true}

// withoutForm is the end of a thing of tokens [from:to) without the form behind it.
func (r *reading) withoutForm(from, to int) int {
	for to-1 > from && forms[r.toks[to-1].fold] {
		to--
	}
	return to
}

// pronouns stand for a thing that was named before.
var pronouns = map[string]bool{"it": true, "them": true, "that": true, "this": true, "those": true, "these": true, "ihn": true, "sie": true, "es": true}

// meantBefore tells what "it" stands for behind a verb of giving: what the same note
// says they wished to have. ok is false where token k is no such word, or the note
// names nothing that it can mean.
func (r *reading) meantBefore(verb, k, end int) (m Mention, ok bool) {
	if k >= end || !pronouns[r.toks[k].fold] {
		return m, false
	}
	if k+1 < end && !r.closes(k+1, k) {
		if _, n := receivers().at(r.toks, k+1); n == 0 {
			return m, false // "that calculator"
		}
	}
	for clause := r.toks[verb].clause - 1; clause >= max(0, r.toks[verb].clause-2); clause-- {
		first, last := r.first[clause], r.end[clause]
		_, at, n := wishedFor().find(r.toks, first, last)
		if n == 0 {
			continue
		}
		from := r.skip(openers(), at+n, last)
		to := from
		for to < last && !r.closesThing(to, from) {
			to++
		}
		if from < to && r.isContent(from, r.withoutForm(from, to)) {
			return Mention{Words: span(r.note, r.toks, from, k+1), Object: span(r.note, r.toks, from, to)}, true
		}
	}
	return m, false
}

// closesThing is closes within words that tell of a wish, which is no plan.
func (r *reading) closesThing(k, start int) bool {
	if d, ok := r.dayAt(k); ok && d.to > k {
		return true
	}
	if _, n := ands().at(r.toks, k); n > 0 {
		return true
	}
	_, n := closers().at(r.toks, k)
	return n > 0 && k > start
}

// listed reads the things behind a comma, "pilot plan, business case and hosting
// facts": an enumeration that is closed by an "and". to is the end of the first.
func (r *reading) listed(verb, to int) (out []Mention) {
	if isPlus[r.mark(to)] {
		return r.added(verb, to)
	}
	var parts [][2]int
	for k := to; r.mark(k) == ','; {
		from := k + 1
		if from >= len(r.toks) || r.toks[from].kind == breaks {
			return nil
		}
		end := r.clauseEnd(from)
		if end-from > 9 {
			return nil
		}
		and := from
		for ; and < end; and++ {
			if _, n := ands().at(r.toks, and); n > 0 {
				break
			}
		}
		if !r.onlyNames(from, and) {
			return nil
		}
		parts = append(parts, [2]int{from, and})
		if and == end {
			k = end
			continue
		}
		if !r.onlyNames(and+1, end) {
			return nil
		}
		for _, p := range append(parts, [2]int{and + 1, end}) {
			from := r.skip(openers(), p[0], p[1])
			if !r.isTalkAt(p[1]-1) && r.isContent(from, r.withoutForm(from, p[1])) {
				out = append(out, Mention{Words: span(r.note, r.toks, verb, p[1]), Object: span(r.note, r.toks, from, p[1])})
			}
		}
		return out
	}
	return nil
}

// isTalkAt reports whether the word at token k, the last of a thing, tells of a talk.
func (r *reading) isTalkAt(k int) bool {
	_, talk := appointments().at(r.toks[:k+1], k)
	return talk > 0 || r.toks[k].fold == "talk"
}

// isPlus are marks that add one thing to another: "sent calculator + checklist".
var isPlus = map[byte]bool{'+': true, '/': true}

// added reads the things behind such marks, the first of which is token k: each stands
// by itself, up to what is no thing.
func (r *reading) added(verb, k int) (out []Mention) {
	for isPlus[r.mark(k)] && k+1 < len(r.toks) && r.toks[k+1].kind != breaks {
		from := r.skip(openers(), k+1, r.clauseEnd(k+1))
		to := from
		for to < r.clauseEnd(from) && !r.closes(to, from) {
			to++
		}
		if from >= to || !r.onlyNames(from, to) || r.isTalkAt(to-1) || !r.isContent(from, r.withoutForm(from, to)) {
			return out
		}
		out = append(out, Mention{Words: span(r.note, r.toks, verb, to), Object: span(r.note, r.toks, from, to)})
		k = to
	}
	return out
}

// onlyNames reports whether tokens [from:to) can name a thing: some words, of which
// none tells what anybody does, and no day.
func (r *reading) onlyNames(from, to int) bool {
	if from >= to || to-from > 5 {
		return false
	}
	for k := from; k < to; k++ {
		if r.toks[k].kind != word && r.toks[k].fold != "-" || r.inDay(k) || r.plans[k] && !isPlanItself[r.toks[k].fold] {
			return false
		}
		for _, acts := range [...]*lexicon[struct{}]{talkWords(), pastActs(), theyAct(), weAct(), theySubject(), pastTalks(), bothActs(), joints(), butWords(), aboutWords()} {
			if _, n := acts.at(r.toks[:to], k); n > 0 {
				return false
			}
		}
		if _, n := stepWords().at(r.toks[:to], k); n > 0 {
			return false
		}
		if _, n := howWords().at(r.toks[:to], k); n > 0 {
			return false
		}
	}
	return true
}

// cameBack reports whether the note goes on, behind something given, with what they
// said to it or did with it: "sent the checklist. He replied that it helped".
func (r *reading) cameBack(gives []Mention) bool {
	if len(gives) == 0 {
		return false
	}
	after := strings.Index(r.note, gives[0].Words) + len(gives[0].Words)
	for i := range r.toks {
		t := r.toks[i]
		if t.at < after || t.quoted || r.plans[i] || t.kind != word {
			continue
		}
		_, they := theySubject().at(r.toks, i)
		if they == 0 && i > r.clauseStart(i) {
			continue
		}
		k := i + they
		if k >= len(r.toks) || r.toks[k].clause != t.clause || r.plans[k] {
			continue
		}
		if _, n := answerWords().at(r.toks, k); n > 0 {
			return true
		}
		if _, n := theirAnswers().at(r.toks, k); n > 0 && they > 0 {
			return true
		}
	}
	return false
}
