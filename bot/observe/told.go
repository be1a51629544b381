package observe

import (
	"hash/maphash"
	"sync"
)

// remembered is how many notes' ends a reader keeps, at sixteen bytes each.
const remembered = 4096

// ends remembers where notes end to tell of what happened, or another small number
// about each: a contact's latest notes are asked about with each line about them, and
// never change. It keeps no words, and is safe for concurrent use.
type ends struct {
	seed maphash.Seed
	mu   sync.Mutex
	kept []end
}

// end is of the note whose text and names come to sum: two different ones do so
// once in 2^64.
type end struct {
	sum  uint64
	told int
}

func newEnds() *ends { return &ends{seed: maphash.MakeSeed(), kept: make([]end, remembered)} }

func (e *ends) of(n Note, find func(Note) int) int {
	var h maphash.Hash
	h.SetSeed(e.seed)
	for _, name := range n.Names {
		h.WriteString(name)
		h.WriteByte(0)
	}
	h.WriteString(n.Text)
	sum := h.Sum64()
	e.mu.Lock()
	known := e.kept[sum%remembered]
	e.mu.Unlock()
	if known.sum == sum && known.told <= len(n.Text) {
		return known.told
	}
	told := find(n)
	e.mu.Lock()
	e.kept[sum%remembered] = end{sum, told}
	e.mu.Unlock()
	return told
}

// Told returns how many bytes at the start of a note tell of what happened.
// What follows gives orders to a machine or is markup, or stands behind what is
// looked at: no reading is shown it (but for a wish to be left alone, which the
// built-in one takes from a sentence that gives no order), no model, no
// suggestion and no draft. It reads the note under the same names as [Reader.Read], and so finds the same
// end. The note's text and names are all that count.
func (r *Reader) Told(n Note) int { return r.ends.of(n, r.told) }

func (r *Reader) told(n Note) int {
	text := clip(n.Text, maxRead)
	d := &document{}
	d.scan(text, nameParts(n.Names))
	for i := range d.tokens {
		d.tokens[i].plain = plain(d.tokens[i].word)
	}
	all := len(d.tokens)
	r.cues.hush(d, text)
	switch {
	case len(d.tokens) == all && all < maxTokens:
		return len(text)
	case len(d.tokens) == 0:
		return 0
	}
	return d.tokens[len(d.tokens)-1].end
}
