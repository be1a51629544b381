package observe

import (
	"math"
	"strconv"
	"unicode/utf8"

	"cairn/bot/journey"
)

// feature is one thing that a note shows: its number, how much it weighs, and
// the token where it stands (-1 for what stands in no word).
type feature struct {
	id    uint32
	value float32
	token int32
}

// view is a kind of feature; each kind gets its own share of the whole, so
// that a long note's letters do not drown its words.
type view uint8

const (
	viewWord view = iota
	viewChar
	viewPlace // channel, direction, earlier signals
	viewCross // words with channel, direction or what they are to us
	viewCue
	views
)

// extractor turns notes into features. It is not safe for concurrent use; its
// buffers are used again from note to note.
type extractor struct {
	list  []feature
	share [views]float32
	hash  uint64
	cues  *Cues
	hits  []hit
	bare  bool // words alone: neither channel, direction nor what was before
}

var defaultShare = [views]float32{1.4, 0.9, 0.8, 0.7, 1}

const (
	fnvStart = 14695981039346656037
	fnvPrime = 1099511628211
)

func (x *extractor) text(s string) {
	h := x.hash
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	x.hash = (h ^ 0xff) * fnvPrime
}

func (x *extractor) add(tok int) {
	h := x.hash
	h ^= h >> 32
	x.list = append(x.list, feature{id: uint32(h), value: 1, token: int32(tok)})
}

func (x *extractor) emit(tok int, parts ...string) {
	x.hash = fnvStart
	for _, p := range parts {
		x.text(p)
	}
	x.add(tok)
}

// features lists all that the note shows. The list is valid until the next
// call.
func (x *extractor) features(d *document, n Note, c Context) []feature {
	x.list = x.list[:0]
	start := 0
	for v := view(0); v < views; v++ {
		switch v {
		case viewWord:
			x.words(d)
		case viewChar:
			x.chars(d)
		case viewPlace:
			if !x.bare {
				x.place(d, n, c)
			}
		case viewCross:
			if !x.bare {
				x.crossings(d, n, c)
			}
		case viewCue:
			x.cueHits(d, n, c)
		}
		x.weigh(start, x.share[v])
		start = len(x.list)
	}
	return x.list
}

// weigh gives the features from start on the length share together. One that comes
// twice is two of them here, and kept once in the end.
func (x *extractor) weigh(start int, share float32) {
	n := len(x.list) - start
	if n == 0 {
		return
	}
	w := share / float32(math.Sqrt(float64(n)))
	for i := start; i < len(x.list); i++ {
		x.list[i].value = w
	}
}

func (x *extractor) words(d *document) {
	prev, prev2 := "^", ""
	for i, t := range d.tokens {
		x.emit(i, "w", t.stem)
		if t.word != t.stem {
			x.emit(i, "r", t.word)
		}
		x.emit(i, "b", prev, t.stem)
		if prev2 != "" {
			x.emit(i, "t", prev2, prev, t.stem)
			x.emit(i, "s", prev2, t.stem)
		}
		if t.quoted && t.word[0] != '"' {
			x.emit(i, "q", t.stem)
		}
		prev2, prev = prev, t.stem
	}
	x.emit(-1, "b", prev, "$")
}

// chars lists the three to five letters in a row inside words, their borders
// counted as letters.
func (x *extractor) chars(d *document) {
	var runes []rune
	var buf [32]byte
	for i, t := range d.tokens {
		if len(t.word) < 3 || t.word[0] == '#' || t.word[0] == '@' {
			continue
		}
		runes = append(append(append(runes[:0], ' '), []rune(t.word)...), ' ')
		for n := 3; n <= 5; n++ {
			for j := 0; j+n <= len(runes); j++ {
				b := buf[:0]
				for _, r := range runes[j : j+n] {
					b = utf8.AppendRune(b, r)
				}
				h := uint64(fnvStart)
				for _, c := range b {
					h = (h ^ uint64(c)) * fnvPrime
				}
				h ^= h >> 32
				x.list = append(x.list, feature{id: uint32(h*31 + 7), value: 1, token: int32(i)})
			}
		}
	}
}

func (x *extractor) place(d *document, n Note, c Context) {
	x.emit(-1, "ch", n.way())
	x.emit(-1, "dir", n.side())
	x.emit(-1, "chdir", n.way(), n.side())
	x.emit(-1, "lang", d.lang)
	x.emit(-1, "len", bucket(len(d.tokens)))
	x.emit(-1, "notes", bucket(c.Notes))
	for _, s := range signals {
		if k := c.Seen[s]; k > 0 {
			x.emit(-1, "seen", string(s))
			if k > 1 {
				x.emit(-1, "seen2", string(s))
			}
		}
	}
	for i, t := range c.Last {
		if i == 2 {
			break
		}
		x.emit(-1, "lastdir", strconv.Itoa(i), string(t.Direction))
		for _, s := range t.Signals {
			x.emit(-1, "last", strconv.Itoa(i), string(s))
			if i == 0 {
				x.emit(-1, "lastch", string(s), n.way(), n.side())
			}
		}
		if len(t.Signals) == 0 {
			x.emit(-1, "last", strconv.Itoa(i), "none")
		}
	}
	x.emit(-1, "stand", standing(c))
	x.emit(-1, "standdir", standing(c), n.side())
}

// standing says in a word what they are to us: new, only written to, in touch,
// at work together, a customer; and whether the talk has stopped.
func standing(c Context) string {
	stop := ""
	if len(c.Last) > 0 {
		for _, s := range c.Last[0].Signals {
			switch s {
			case journey.WentQuiet, journey.Declined, journey.OptedOut, journey.Postponed:
				stop = "-stopped"
			}
		}
	}
	switch {
	case c.bought():
		return "customer" + stop
	case c.saw(journey.SharedNeeds, journey.WorkingSession, journey.SawItWork, journey.TrialRunning, journey.ProposalDiscussed, journey.VerbalYes):
		return "work" + stop
	case c.touched():
		return "touch" + stop
	case c.saw(journey.ReachedOut):
		return "tried" + stop
	}
	return "new" + stop
}

func (x *extractor) crossings(d *document, n Note, c Context) {
	stand := standing(c)
	for i, t := range d.tokens {
		x.emit(i, "xd", n.side(), t.stem)
		x.emit(i, "xs", stand, t.stem)
		x.emit(i, "xc", n.way(), t.stem)
	}
}

// near is how many words apart two families may stand to be counted as a pair.
const near = 7

// cueHits counts the families of words that the note shows, and pairs of them
// that stand near each other: "no" before "answer", "they" before "signed".
func (x *extractor) cueHits(d *document, n Note, c Context) {
	x.hits = x.cues.in(d)
	stand, last := standing(c), "-"
	if len(c.Last) > 0 && len(c.Last[0].Signals) > 0 {
		last = string(c.Last[0].Signals[0])
	}
	for i, h := range x.hits {
		family := x.cues.families[h.family]
		tok := int(h.first)
		x.emit(tok, "f", family)
		if !x.bare {
			x.emit(tok, "fd", family, n.side())
			x.emit(tok, "fs", family, stand)
			x.emit(tok, "fl", family, last)
		}
		if d.tokens[tok].quoted {
			x.emit(tok, "fq", family)
		}
		for _, o := range x.hits[i+1:] {
			if o.first-h.last > near {
				break
			}
			if o.family == h.family || o.first == h.first {
				continue
			}
			x.emit(tok, "fp", family, x.cues.families[o.family])
			if o.first-h.last <= 2 {
				x.emit(tok, "fn", family, x.cues.families[o.family])
			}
		}
	}
}

// names reports whether a family that speaks for s was hit in the last note.
func (x *extractor) names(s journey.Signal) bool {
	for _, h := range x.hits {
		if x.cues.signals[h.family] == s {
			return true
		}
	}
	return false
}

func bucket(n int) string {
	switch {
	case n < 4:
		return strconv.Itoa(n)
	case n < 8:
		return "4"
	case n < 16:
		return "8"
	case n < 32:
		return "16"
	}
	return "32"
}

func newExtractor(cues *Cues, shares [views]float32) *extractor {
	return &extractor{share: shares, cues: cues}
}
