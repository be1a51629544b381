package observe

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"cairn/bot/journey"
)

// Engine says who read a note.
type Engine string

// The engines. A person's word stands above both others.
const (
	BuiltIn Engine = "built-in"
	Model   Engine = "model"
	Person  Engine = "person"
)

// Finding is a signal that a note shows, and the words that it rests on.
type Finding struct {
	Signal     journey.Signal `json:"signal"`
	Quote      string         `json:"quote"`      // word for word from the note: the clause that decided
	Start      int            `json:"start"`      // where Quote begins in the note, in bytes
	Confidence float64        `json:"confidence"` // 0 to 1: how often such a finding is right
}

// Reader is the built-in reading. It is safe for concurrent use.
type Reader struct {
	weights *Weights
	cues    *Cues
	desks   sync.Pool
	glances *glances
}

// desk is what one reading at a time works on.
type desk struct {
	extractor *extractor
	ids       []int32
	values    []float32
	tokens    []int32
	each      []float32
	main      []float32
	sure      []float32
	alone     []float32 // see sentences
	bare      []float32 // see wordsAlone
	offered   int       // features that the note has, met in training or not
	named     []bool    // signals that a cue family speaks for
	unsaid    []bool    // exchanges of which a short note has no word, see unspoken
}

// New returns the reading with the weights that travel with the binary and the
// cue files of cues (*.yaml at its root). A fault in a cue file is an error
// that names the file and the line.
func New(cues fs.FS) (*Reader, error) {
	type loaded struct {
		cues *Cues
		err  error
	}
	meanwhile := make(chan loaded, 1)
	go func() {
		c, err := LoadCues(cues)
		meanwhile <- loaded{c, err}
	}()
	weights, err := ReadWeights([]byte(trained))
	release(trained)
	if err != nil {
		return nil, err
	}
	l := <-meanwhile
	if l.err != nil {
		return nil, l.err
	}
	return NewReader(weights, l.cues), nil
}

// NewWith is [New] with other weights: a team's own.
func NewWith(weights *Weights, files fs.FS) (*Reader, error) {
	cues, err := LoadCues(files)
	if err != nil {
		return nil, err
	}
	return NewReader(weights, cues), nil
}

// NewReader is [NewWith] for cues that are loaded already.
func NewReader(weights *Weights, cues *Cues) *Reader {
	r := &Reader{weights: weights, cues: cues, glances: newGlances()}
	r.desks.New = func() any { return newDesk(weights, cues) }
	return r
}

func newDesk(w *Weights, cues *Cues) *desk {
	k := len(signals) + 1
	return &desk{extractor: newExtractor(cues, w.shares), each: make([]float32, k), main: make([]float32, k), sure: make([]float32, k), named: make([]bool, k), unsaid: make([]bool, k), alone: make([]float32, k), bare: make([]float32, k)}
}

// Version names weights and cues: the same version reads the same note, in the
// same context, in the same way.
func (r *Reader) Version() string { return fmt.Sprintf("built-in-%s-%s", r.weights.hash, r.cues.hash) }

// Read returns the signals that the note shows to somebody who knows c, in the
// order of the journey; none where it shows nothing. It is a pure function of
// its arguments and the reader's version.
func (r *Reader) Read(n Note, c Context) []Finding {
	w, rest := r.look(n)
	r.remember(r.glances.sum(n), &w) // who reads a note asks the rest of it next
	if kept := w.corrected(); kept != w.d {
		w = r.weigh(kept, n)
		w.away = w.departing()
	}
	d := w.d
	var found []Finding
	if len(d.tokens) > 0 && len(d.clauses) > 0 && !r.cues.bare(d) {
		found = r.with(r.staying(&w, c), d, n, c)
	}
	if !slices.ContainsFunc(found, optsOut) {
		found = append(found, r.leave(rest, n, c)...)
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return signalNumber[a.Signal] - signalNumber[b.Signal] })
	return found
}

func optsOut(f Finding) bool { return f.Signal == journey.OptedOut }

// leave finds a wish to be left alone in what is otherwise not used of a note:
// nobody is to be written to because somebody wrote like a machine beside it.
// Words of the cues must say so.
func (r *Reader) leave(rest *document, n Note, c Context) []Finding {
	if !slices.ContainsFunc(r.cues.in(rest), func(h hit) bool { return r.cues.signals[h.family] == journey.OptedOut }) {
		return nil
	}
	found := r.weighed(rest, n, c)
	return slices.DeleteFunc(found, func(f Finding) bool { return !optsOut(f) })
}

// weighed is what the weights read, and what the guards let stand of it.
func (r *Reader) weighed(d *document, n Note, c Context) []Finding {
	k := r.desks.Get().(*desk)
	defer r.desks.Put(k)
	found, held, drop := r.read(k, d, n, c)
	if len(found) == 1 && found[0].Signal == journey.Replied && r.openEnds(d, n, &drop) {
		if more, _, _ := r.read(k, d.without(drop), n, c); len(more) > 0 {
			return more // what they will ask or decide is less than what they told
		}
		return found
	}
	if len(held) == 0 && (len(found) > 0 || !r.ourActs(d, n, &drop)) {
		return found
	}
	// What a guard held back, or an act of ours, was perhaps the loudest: the rest
	// is read afresh.
	rest := d.without(drop)
	if len(rest.tokens) == 0 || r.cues.bare(rest) || onlyHow(rest) {
		return found
	}
	more, _, _ := r.read(k, rest, n, c)
	gone := r.gone(d)
	for _, f := range more {
		s := signalNumber[f.Signal]
		if !(gone && leaves[s]) && !slices.ContainsFunc(found, func(g Finding) bool { return g.Signal == f.Signal }) &&
			!slices.ContainsFunc(held, func(h int) bool { return h == s || sales[h] && sales[s] }) {
			found = append(found, f)
		}
	}
	return found
}

// gone reports whether a short note tells that they left their company.
func (r *Reader) gone(d *document) bool {
	return len(d.tokens) < shortNote && slices.ContainsFunc(r.cues.guardsIn(d), func(h hit) bool { return r.cues.guards.families[h.family] == guardGone })
}

// read is one reading of d. held are the signals that a guard held back, and
// drop marks the tokens that spoke for them.
func (r *Reader) read(k *desk, d *document, n Note, c Context) (found []Finding, held []int, drop []bool) {
	k.score(r.weights, d, n, c)
	if k.strange() {
		return nil, nil, nil
	}
	drop = make([]bool, len(d.tokens))
	wordless := d.wordless()
	for _, s := range k.decide(r.weights) {
		if wordless && !(fallbacks[s] && !n.unsaid()) && !r.cues.tells(d, s) {
			continue
		}
		if len(d.tokens) < fewWords && !r.carried(k, d, s) {
			continue
		}
		if signals[s] == journey.Declined && !k.named[s] && k.sure[s] < leftSure {
			continue
		}
		if r.guess(k, d, s) {
			continue
		}
		clause := r.standing(k, d, n, s, drop)
		if clause < 0 {
			held = append(held, s)
			continue
		}
		q := d.clauses[clause]
		found = append(found, Finding{Signal: signals[s], Quote: n.Text[q.start:q.end], Start: q.start, Confidence: float64(k.sure[s])})
	}
	return found, held, drop
}

// score fills in the scores of each signal against all others together, and
// the chances of each to be the main one, of the whole note and of its
// sentences.
func (k *desk) score(w *Weights, d *document, n Note, c Context) {
	k.sentences(w, d, n, c)
	k.wordsAlone(w, d, n, c)
	list := k.extractor.features(d, n, c)
	clear(k.named)
	for _, h := range k.extractor.hits {
		if s := k.extractor.cues.signals[h.family]; s != "" {
			k.named[signalNumber[s]] = true
		}
	}
	k.unspoken(d, c)
	k.offered = len(list)
	k.ids, k.values, k.tokens = w.kept(list, k.ids[:0], k.values[:0], k.tokens[:0])
	w.each.scores(k.ids, k.values, k.each)
	w.main.scores(k.ids, k.values, k.sure)
	softmax(k.sure, k.main)
	for s, chance := range k.main {
		k.alone[s] = max(k.alone[s], chance)
	}
}

// What is not enough to go by. Of the 7,699 labelled notes one is strange, and
// the limit for few words takes one finding: both are for what sales notes are
// not.
const (
	strangeShare = 0.5  // of a note's features that the training never met, and no cue speaks: another language, or no words
	fewWords     = 6    // a note this short says little
	fewSure      = 0.6  // and must be surer, unless a cue names the signal
	bareWords    = 3    // of no more than these
	fewBare      = 0.35 // the words alone must say so, whatever is known of the contact,
	fewNamed     = 0.7  // or it must be as good as sure beside a cue
	leftSure     = 0.35 // who is said to have left without a cue's saying so is surer, too
)

// strange reports whether a note is mostly made of what the training never met.
func (k *desk) strange() bool {
	for _, named := range k.named {
		if named {
			return false
		}
	}
	return float64(len(k.ids)) < strangeShare*float64(k.offered)
}

// signs are what the calibration is told of signal s.
func (k *desk) signs(s int) [calibrators]float64 { return signs(k.each, k.main, k.alone, k.named, s) }

const (
	leastSure = 0.2 // what the surest signal needs to be told at all
	pairSure  = 0.8 // what a signal needs beside one that it was never seen with
)

// decide says how sure each signal is, and picks: the surest, unless the note
// rather says nothing, and those beside it that are sure enough for what a
// mistake about them costs. A wish to be left alone that is sure enough goes
// before the surest.
func (k *desk) decide(w *Weights) []int {
	nothing := len(k.each) - 1
	best, barred := 0, float32(0)
	for s := range nothing {
		x := k.signs(s)
		k.sure[s] = sigmoid(float32(dot(&w.calibration[s], &x)))
		if k.unsaid[s] && k.sure[s] < unsaidSure {
			barred = max(barred, k.sure[s])
			k.sure[s] = 0
		}
		if k.sure[s] > k.sure[best] {
			best = s
		}
	}
	leave := signalNumber[journey.OptedOut]
	alone := k.sure[leave] > w.limits[leave] || k.named[leave] && k.sure[leave] > leaveNamedLimit
	if alone {
		best = leave
	}
	none := (sigmoid(k.each[nothing]) + k.main[nothing]) / 2
	var list []int
	for s := range nothing {
		enough := k.sure[s] > w.limits[s] && (s == best || w.pairs[best*nothing+s] == 1 || k.sure[s] > pairSure)
		if enough || s == best && (alone || k.sure[s] > none && k.sure[s] > leastSure && k.sure[s] > barred) {
			list = append(list, s)
		}
	}
	return list
}

// evidence returns the clause that did most for signal s.
func (r *Reader) evidence(k *desk, d *document, s int) int {
	gain := make([]float32, len(d.clauses))
	for t, g := range r.gains(k, d, s) {
		gain[d.tokens[t].clause] += g
	}
	best := d.tokens[0].clause
	for _, t := range d.tokens { // a clause that is not read has no token
		if gain[t.clause] > gain[best] {
			best = t.clause
		}
	}
	return best
}

// gains says what each token of d, scored last, did for signal s.
func (r *Reader) gains(k *desk, d *document, s int) []float32 {
	gain := make([]float32, len(d.tokens))
	outputs := len(k.sure)
	for i, id := range k.ids {
		t := k.tokens[i]
		if t < 0 {
			continue
		}
		e, m := &r.weights.each, &r.weights.main
		at := int(id)*outputs + s
		gain[t] += k.values[i] * (e.scale[id]*float32(e.weights[at]) + m.scale[id]*float32(m.weights[at]))
	}
	return gain
}
