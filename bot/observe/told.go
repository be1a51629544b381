package observe

import (
	"hash/maphash"
	"slices"
	"sync"
)

// glance is what is asked of a note again and again: how many bytes at its start tell
// of what happened, and which of [departures] it tells.
type glance struct {
	told      int32
	departure uint8
}

// remembered is how many notes' glances a reader keeps, in places of a few: the latest of
// some thousand contacts. At sixteen bytes each that is 512 KB for every reader, a team's
// own and those of exams and drafts too.
const (
	remembered = 1 << 15
	placeOf    = 4
)

// glances remembers notes that were read: a contact's latest ones are asked about with
// each line about them, and never change. It keeps no words, and is safe for
// concurrent use.
type glances struct {
	seed maphash.Seed
	mu   sync.Mutex
	kept [][placeOf]remembrance // each place newest first
}

// remembrance is of the note whose text and names come to sum: two different ones do
// so once in 2^64.
type remembrance struct {
	sum uint64
	glance
}

func newGlances() *glances {
	return &glances{seed: maphash.MakeSeed(), kept: make([][placeOf]remembrance, remembered/placeOf)}
}

func (g *glances) sum(n Note) uint64 {
	var h maphash.Hash
	h.SetSeed(g.seed)
	for _, name := range n.Names {
		h.WriteString(name)
		h.WriteByte(0)
	}
	h.WriteString(n.Text)
	return h.Sum64()
}

func (g *glances) find(sum uint64) (glance, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, known := range g.place(sum) {
		if known.sum == sum {
			return known.glance, true
		}
	}
	return glance{}, false
}

func (g *glances) keep(sum uint64, seen glance) {
	g.mu.Lock()
	defer g.mu.Unlock()
	place := g.place(sum)
	last := placeOf - 1 // what gives way: what was known of this note, else the oldest
	for i, known := range place {
		if known.sum == sum {
			last = i
		}
	}
	copy(place[1:last+1], place[:last])
	place[0] = remembrance{sum, seen}
}

func (g *glances) place(sum uint64) *[placeOf]remembrance {
	return &g.kept[sum%uint64(len(g.kept))]
}

// glance is what a note shows at a glance.
func (r *Reader) glance(n Note) glance {
	sum := r.glances.sum(n)
	if seen, ok := r.glances.find(sum); ok && int(seen.told) <= len(n.Text) {
		return seen
	}
	w, _ := r.look(n)
	return r.remember(sum, &w)
}

// remember keeps what w shows at a glance.
func (r *Reader) remember(sum uint64, w *weighing) glance {
	seen := glance{int32(w.told), uint8(slices.Index(departures[:], departureOf(w.away)))}
	r.glances.keep(sum, seen)
	return seen
}

// look cuts a note, and takes from it what does not tell of anything that happened;
// rest is as [Cues.hush] has it.
func (r *Reader) look(n Note) (w weighing, rest *document) {
	d := parse(n.Text, n.Names)
	all := len(d.tokens)
	rest = r.cues.hush(d, n.Text)
	w = r.weigh(d, n)
	switch {
	case len(d.tokens) == all && all < maxTokens:
		w.told = len(clip(n.Text, maxRead))
	case len(d.tokens) > 0:
		w.told = d.tokens[len(d.tokens)-1].end
	}
	w.away = w.departing()
	return w, rest
}

// Told returns how many bytes at the start of a note tell of what happened.
// What follows gives orders to a machine or is markup, or stands behind what is
// looked at: no reading is shown it (but for a wish to be left alone, which the
// built-in one takes from a sentence that gives no order), no model, no
// suggestion and no draft. It reads the note under the same names as [Reader.Read], and so finds the same
// end. The note's text and names are all that count.
func (r *Reader) Told(n Note) int { return int(r.glance(n).told) }
