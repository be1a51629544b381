package observe

import "cairn/bot/journey"

// Part is a part of the built-in reading, to be judged alone.
type Part int

// The parts.
const (
	CuesAlone  Part = iota // the signals of the cue families, by their number
	WordsAlone             // the linear model without the cue families
)

// Part returns the reading that has only that part of r.
func (r *Reader) Part(p Part) func(Note, Context) []Finding {
	if p == CuesAlone {
		return r.readCues
	}
	words := *r.weights
	words.shares[viewCue] = 0
	return NewReader(&words, r.cues).Read
}

// readCues tells the signal whose families the note names most often; of
// equals the one that is named first.
func (r *Reader) readCues(n Note, _ Context) []Finding {
	d := parse(n.Text, n.Names)
	count := map[journey.Signal]int{}
	var best journey.Signal
	var at int32
	hits := r.cues.in(d)
	for _, h := range hits {
		if s := r.cues.signals[h.family]; s != "" {
			count[s]++
		}
	}
	for _, h := range hits {
		if s := r.cues.signals[h.family]; count[s] > count[best] {
			best, at = s, h.first
		}
	}
	if best == "" {
		return nil
	}
	q := d.clauses[d.tokens[at].clause]
	return []Finding{{Signal: best, Quote: n.Text[q.start:q.end], Start: q.start, Confidence: float64(count[best]) / float64(len(hits))}}
}
