package suggest

// manySubjects marks a word or an idea that items on several subjects have.
const manySubjects = -1

// generalise works out how general the subject of each entry is: by how many of its
// topics' words it is tied to what is about something else. Of an item on vacuum pumps
// nobody is helped who has not spoken of any, however many such items there are; one on
// planning may help anybody. An item's first topic is its subject.
func (l *Library) generalise() {
	subjects, numbers := map[int32]int32{}, map[string]int32{}
	for i := range l.entries {
		e := &l.entries[i]
		if len(e.item.Topics) == 0 {
			continue
		}
		first := fold(e.item.Topics[0])
		subject, known := numbers[first]
		if !known {
			subject = int32(len(numbers))
			numbers[first] = subject
		}
		l.topicTerms(e, func(terms []int32) {
			for _, t := range terms {
				if other, met := subjects[t]; met && other != subject {
					subjects[t] = manySubjects
				} else if !met {
					subjects[t] = subject
				}
			}
		})
	}
	for i := range l.entries {
		e, shared, all := &l.entries[i], 0, 0
		l.topicTerms(e, func(terms []int32) {
			all++
			for _, t := range terms {
				if subjects[t] == manySubjects {
					shared++
					return
				}
			}
		})
		e.general = 1
		if all > 0 {
			e.general = float64(shared) / float64(all)
		}
	}
}

// topicTerms yields the word and the ideas of each telling word of an entry's topics.
func (l *Library) topicTerms(e *entry, yield func(terms []int32)) {
	var terms []int32
	for _, topic := range e.item.Topics {
		for _, w := range words(topic) {
			s := l.guide.stems.Of(w.folded)
			if l.guide.stop[s] || isLittle(w.folded) {
				continue
			}
			terms = terms[:0]
			if t, ok := l.terms[s]; ok {
				terms = append(terms, t)
			}
			for _, idea := range l.guide.ideas[s] {
				if t, ok := l.terms["~"+idea]; ok {
					terms = append(terms, t)
				}
			}
			yield(terms)
		}
	}
}

// narrowly is how much of its topics' words an item on a subject of its own has in common
// with others at most.
const narrowly = 0.5

// byChance is how much of a note that tells of no wish an item may be about by chance:
// “accepted my invitation” is no talk of acceptance.
const byChance = 0.1

// astray reports whether an item that they spoke nothing of is for few, while nothing says
// that a contact of whom neither trade nor title is known is one of those: it is on a
// subject of its own, made for an industry, or for where they do not stand.
func (q *query) astray(e *entry) bool {
	return q.industry.self.anyone && q.role.self.anyone &&
		(e.general <= narrowly || !e.industries.anyone || e.stages != 0 && e.stages&(1<<q.stage) == 0)
}
