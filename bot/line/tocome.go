package line

import (
	"slices"
	"strings"
	"sync"
)

// Span is a part of a note, in bytes.
type Span struct{ From, To int }

// Happened is a note without what it tells of a talk to come ([Line.ToCome]): blanks stand
// there, so that every other word stays where it is. Of a note that is a plan and nothing else
// nothing is left.
func Happened(note string, toCome []Span) string {
	if len(toCome) == 0 {
		return note
	}
	rest := []byte(note)
	for _, s := range toCome {
		copy(rest[s.From:s.To], strings.Repeat(" ", s.To-s.From))
	}
	return string(rest)
}

// TookPlace has the line tell of a talk that took place, whatever its words: the person said how
// or when. The plan with which it opens is no step then.
func (l *Line) TookPlace() {
	l.Plan, l.ToCome = false, nil
	l.Steps = slices.DeleteFunc(l.Steps, func(s Step) bool { return s.Opening })
	l.Step = firstDue(l.Steps)
}

// partsToCome are those of a note that opens with what is to come which tell of that alone: its
// opening, and the clauses in which nothing else stands. plan is whether there is nothing but
// them. Where it is told that the day was agreed, the opening is what they agreed to: nothing
// is to come then.
func (r *reading) partsToCome() (spans []Span, plan bool) {
	o := r.opening
	if !o.set {
		return nil, false
	}
	spans, plan = append(spans, r.span(0, o.to)), true
	for i := o.to; i < len(r.toks); {
		to, all := r.passesTo(i, max(r.clauseEnd(i), i+1))
		switch {
		case !all:
			plan = false
			for k := i; k < to; k++ {
				if r.saysArranged(k) {
					return nil, false
				}
			}
		case r.toks[i].kind != breaks:
			spans = append(spans, r.span(i, to))
		}
		i = to
	}
	return spans, plan
}

func (r *reading) span(from, to int) Span { return Span{r.toks[from].at, r.toks[to-1].to} }

// passesTo is where the clause that ends at token end is passed by, and whether all of it from
// token i on belongs to a plan.
func (r *reading) passesTo(i, end int) (to int, all bool) {
	for i < end {
		n := r.passes(i)
		if n == 0 {
			return end, false
		}
		i += n
	}
	return i, true
}

// isBare reports whether nothing but its opening and other plans stands in the note. What is
// not known to be one of their words may tell what took place, and is for the reading to say.
func (r *reading) isBare() bool {
	_, plan := r.partsToCome()
	return plan
}

// matter is how many tokens from i on say what a talk to come is about, or what is to be done
// in it or for it, to the end of their clause: "about the audit", "re pricing", "bring the
// checklist", "Angebot durchgehen". 0: they do not, or tell what took place. What stands behind
// a colon may be anything: "call Friday: cancelled the contract".
func (r *reading) matter(i int) int {
	start, end := r.clauseStart(i), r.clauseEnd(i)
	subject, order := r.subjectAt(i, end), r.orderAt(i, end)
	if subject == 0 && !(i == start && (order > 0 || i > r.opening.to && r.endsInOrder(i, end))) || r.denies(i, end) {
		return 0
	}
	k := i + max(subject, order)
	for ; k < end; k++ {
		if _, but := butWords().at(r.toks, k); but > 0 {
			break
		}
		if r.toks[k].quoted || r.saysArranged(k) || r.tells(k) || r.isPastTalk(k) || isClause(r.toks[k].fold) || tooWords[r.toks[k].fold] {
			return 0
		}
	}
	return k - i
}

// subjectAt is how many words at token i stand before what a talk is about, or for. In a clause
// of its own much else may open with a "for": "for now no", "zu teuer", "over budget".
func (r *reading) subjectAt(i, end int) int {
	if _, n := matterJoints().at(r.toks[:end], i); n > 0 {
		return n
	}
	_, n := forJoints().at(r.toks[:end], i)
	if n > 0 && r.opening.to > 0 && r.toks[i].clause != r.toks[r.opening.to-1].clause && !r.articleAt(i+n, end) {
		return 0
	}
	return n
}

// orderAt is how many words at token i say what is to be done. Of those that are things or tell
// what one is like as well, a thing must follow: "offer a discount", but not "offer rejected".
func (r *reading) orderAt(i, end int) int {
	if _, n := orders().at(r.toks[:end], i); n > 0 {
		return n
	}
	_, n := thingOrders().at(r.toks[:end], i)
	if n > 0 && !r.articleAt(i+n, end) && !(i+n < end && r.isReceiver(i+n)) && !r.onlyOurs(i+n, end) && !(i+n < end && r.toks[i+n].fold == "of") {
		return 0
	}
	return n
}

// onlyOurs reports whether tokens [k:end) name nothing but what a customer has from us: "prices
// and references".
func (r *reading) onlyOurs(k, end int) bool {
	from := k
	for k < end {
		_, ours := fromUs().at(r.toks[:end], k)
		_, and := ands().at(r.toks[:end], k)
		if ours+and == 0 {
			return false
		}
		k += max(ours, and)
	}
	return k > from
}

// articleAt reports whether token k is an article, or another word that opens a thing.
func (r *reading) articleAt(k, end int) bool {
	if k >= end {
		return false
	}
	_, n := openers().at(r.toks[:end], k)
	return n > 0
}

// endsInOrder reports whether a clause ends in what is to be done, as German has it.
func (r *reading) endsInOrder(i, end int) bool {
	_, n := closingOrders().at(r.toks[:end], end-1)
	return n > 0 && end-i > 1 && !r.denies(i, end)
}

// denies reports whether something is denied from token i to end.
func (r *reading) denies(i, end int) bool {
	for ; i < end; i++ {
		if _, no := endsIntent().at(r.toks[:end], i); no > 0 {
			return true
		}
	}
	return false
}

// isClause reports whether a word makes a clause of what follows, in which something may be told.
func isClause(word string) bool {
	switch word {
	case "that", "which", "who", "because", "since", "dass", "weil", "que", "qui", "che", "dat", "omdat":
		return true
	}
	return false
}

var (
	// tooWords tell what they think of it.
	tooWords = map[string]bool{"too": true, "trop": true, "troppo": true, "demasiado": true, "demais": true}
	// matterJoints stand before what a talk is about, or for.
	matterJoints = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`about|regarding|concerning|re|on the subject of|uber|wegen|betreffend|bzgl|bezuglich|sobre|acerca de|au sujet de|au sujet du|au sujet des|concernant|a propos de|a propos du|riguardo|riguardo a|in merito a|sul|sulla|wegens`)
	})
	// forJoints do so too, and open much else.
	forJoints = sync.OnceValue(func() *lexicon[struct{}] { return set(`over|for|due to|zu|zum|zur|fur|para|por|pour|per|voor`) })
	// orders say at the start of a clause what is to be done, to whoever reads it.
	orders = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`bring|prepare|send|discuss|explain|ask about|ask for|ask whether|ask if|ask her|ask him|ask them|go through|go over|walk through|talk through|talk about|take along|have ready|get ready|agenda|topic|topics|subject|purpose|
			thema|themen|betreff|llevar|preparar|mostrar|revisar|hablar de|apporter|preparer|montrer|discuter|parler de|levar|falar de|portare|preparare|mostrare|parlare di|meenemen|bespreken`)
	})
	thingOrders = sync.OnceValue(func() *lexicon[struct{}] { return set(`show|review|present|mention|offer|check`) })
	// closingOrders say the same at its end.
	closingOrders = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`besprechen|durchgehen|durchsprechen|vorbereiten|mitbringen|mitnehmen|zeigen|vorstellen|klaren|abstimmen|vorlegen|ansprechen|erklaren|prufen|bespreken|doornemen|voorbereiden|meenemen|laten zien|toelichten`)
	})
)
