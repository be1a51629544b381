package observe

// How far a turn of speech reaches: its statement, from comma to comma, or its sentence.

// segments cuts finer than clauses: also at each comma and at "and", since a
// denial reaches no further.
func (d *document) segments() []span {
	if d.pieces == nil {
		d.pieces = d.segment()
	}
	return d.pieces
}

func (d *document) segment() []span {
	list := make([]span, 0, len(d.clauses)+4)
	begin := 0
	for i := range d.tokens {
		open := i > begin && (d.joins(i) || d.tokens[i].clause != d.tokens[i-1].clause)
		if open {
			list = append(list, span{begin, i})
			begin = i
		}
		switch d.tokens[i].word {
		case ",", "(", ")", "+", "&", ";", ".", "!", "?", ":", "→":
			list = append(list, span{begin, i + 1})
			begin = i + 1
		}
	}
	if begin < len(d.tokens) {
		list = append(list, span{begin, len(d.tokens)})
	}
	return list
}

// joins reports whether token i opens a statement of its own. French and Spanish "en" is "in", and
// an "e-mail" is one word.
func (d *document) joins(i int) bool {
	w := d.tokens[i].word
	if w == "e" && i+1 < len(d.tokens) && (d.tokens[i+1].word == "mail" || d.tokens[i+1].word == "mails") {
		return false
	}
	return joining[w] && (w != "en" || d.lang != "fr" && d.lang != "es")
}

// joining words open a statement of its own beside the one before.
var joining = map[string]bool{"and": true, "und": true, "et": true, "e": true, "y": true, "en": true, "ed": true}

// segmentAt is the segment in which token i stands.
func (w *weighing) segmentAt(i int) span {
	for _, g := range w.d.segments() {
		if g.start <= i && i < g.end {
			return g
		}
	}
	return span{i, i + 1}
}

// tokens are those of a span; none where it ends before it starts, as behind a turn of
// speech that goes on over the end of its segment.
func (w *weighing) tokens(s span) []token {
	if s.start >= s.end {
		return nil
	}
	return w.d.tokens[s.start:s.end]
}

// breath is where what token i stands in ends: at the next mark, whatever "because" is between.
func (w *weighing) breath(i int) int {
	for i < len(w.d.tokens) && !closing[w.d.tokens[i].word] {
		i++
	}
	return i
}

// wholeSentence is what stands around token i between two full stops.
func (w *weighing) wholeSentence(i int) span {
	s := span{i, i + 1}
	for s.start > 0 && !endOfSentence(w.d.tokens[s.start-1].word) {
		s.start--
	}
	for s.end < len(w.d.tokens) && !endOfSentence(w.d.tokens[s.end].word) {
		s.end++
	}
	return s
}

// sentence is the segment of the turn at token i, as far as the next full stop.
func (w *weighing) sentence(i int) span {
	s := span{i, i + 1}
	for s.start > 0 && !endOfSentence(w.d.tokens[s.start-1].word) && w.d.tokens[s.start-1].word != "," && !joining[w.d.tokens[s.start-1].word] {
		s.start--
	}
	for s.end < len(w.d.tokens) && !endOfSentence(w.d.tokens[s.end].word) {
		s.end++
	}
	return s
}
