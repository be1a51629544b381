package suggest

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"cairn/bot/suggest/meaning"
)

// Library is an index over the items of one team. It is built once, never
// changed, and may be used by any number of goroutines; build a new one when
// the content changes (under a second for 100,000 items).
type Library struct {
	guide   *Guide
	model   *model
	entries []entry
	byID    map[int64]int32
	byURL   map[string]int32
	served  map[string]bool // families and stems of industries that some item is made for
	terms   map[string]int32
	// Per term: where it stands, newest items first, and how telling it is.
	postings [][]posting
	idf      []float32
	// stage lists, per stage, the items made for it or for any.
	stage   [len(stageNames)][]int32
	usual   string // the language that most items are in
	near    nearWords
	scratch sync.Pool // *scratch, sized for this library
}

// entry is an item made ready for matching.
type entry struct {
	item       Item
	stages     uint8 // bit per stage; 0: any
	terms      []termWeight
	tongue     string // the language that it is in; empty: not known
	readers    string // the language that it takes to be given it; empty: for everybody
	roles      audience
	industries audience
	kind       []string       // stems of the kind
	purposes   uint32         // bit per purpose
	words      []termWeight   // its terms that are words or ideas, weighed by rarity, in ascending order
	about      meaning.Vector // what it is about
	mass       float64        // sum of their weights
	general    float64        // how far its topics are those of items on other subjects too, 0 to 1
}

type termWeight struct {
	term   int32
	weight float32
}

type posting struct {
	entry  int32
	weight float32
}

// How much a word counts by where it stands, and a loose match against an
// exact one. Chosen on the development states, see [EvalSuggest].
const (
	inTopics = 1.0
	inTitle  = 0.8
	inGives  = 0.6
	inURL    = 0.4
	inKind   = 0.4

	asIdea   = 0.35
	asPrefix = 0.45
	asPart   = 0.5
	asPerson = 0.4
)

// NewLibrary indexes the items. Retired items are left out. The slice is not
// kept, the items' own slices are: do not change them afterwards.
func NewLibrary(g *Guide, items []Item) *Library {
	l := &Library{guide: g, model: &fitted, byID: make(map[int64]int32, len(items)),
		byURL: make(map[string]int32, len(items)), served: map[string]bool{}, terms: map[string]int32{}}
	l.entries = make([]entry, 0, len(items))
	for _, it := range items {
		if !it.Retired {
			l.entries = append(l.entries, entry{item: it})
		}
	}
	// Newest first, so that a bounded walk along a common word meets fresh items.
	slices.SortFunc(l.entries, func(a, b entry) int { return cmp.Compare(b.item.ID, a.item.ID) })
	l.tongues()
	b := newBuilder(l)
	for i := range l.entries {
		b.entry(int32(i))
	}
	l.idf = make([]float32, len(l.postings))
	for t, at := range l.postings {
		l.idf[t] = rarity(len(at), len(l.entries))
	}
	for i := range l.entries {
		l.weighWords(&l.entries[i])
		l.tell(&l.entries[i], b)
	}
	l.generalise()
	l.scratch.New = func() any { return newScratch(len(l.entries), len(l.postings)) }
	return l
}

// Len returns how many items can be suggested at all.
func (l *Library) Len() int { return len(l.entries) }

// Item returns the item of that id, if the library has it.
func (l *Library) Item(id int64) (Item, bool) {
	i, ok := l.byID[id]
	if !ok {
		return Item{}, false
	}
	return l.entries[i].item, true
}

// rarity is inverse document frequency, scaled so that a word of one item is
// worth 1 in a library of any size and one that all share still leastRare: even
// where every item is about audits, being about audits is to the point.
func rarity(df, n int) float32 {
	idf := func(df float64) float64 { return math.Log(1 + (float64(n)-df+0.5)/(df+0.5)) }
	return float32(leastRare + (1-leastRare)*idf(float64(df))/idf(1))
}

// tell works out what an entry is about.
func (l *Library) tell(e *entry, b *builder) {
	var sum meaning.Sum
	for _, t := range e.words {
		if v, ok := b.meanings[t.term]; ok {
			sum.Add(&v, t.weight)
		}
	}
	e.about, _ = sum.Vector()
}

const leastRare = 0.15

// weighWords weighs the entry's words by how telling they are in this library.
func (l *Library) weighWords(e *entry) {
	for i := range e.words {
		e.words[i].weight *= l.idf[e.words[i].term]
		e.mass += float64(e.words[i].weight)
	}
}
