package suggest

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"cairn/bot/suggest/meaning"
)

// How words are met by meaning where they share nothing else.
const (
	nearLeast = 0.5  // cosine from which a word of the library is met at all
	nearFrom  = 0.3  // cosine that counts nothing; 1 counts fully
	nearMost  = 6    // words of the library that one word of theirs meets by meaning
	nearBits  = 19   // signs in which the vectors of near words may differ
	nearTerms = 4096 // words of a library that are compared; in a larger one, those of its newest items
	nearKept  = 1024 // words of notes whose near ones are remembered
)

// nearWords finds the words of a library that are near a word in meaning. Its
// vectors lie side by side, with their signs before them: most are told apart by
// those alone.
type nearWords struct {
	terms   []int32
	vectors []meaning.Vector
	signs   []uint64

	mu    sync.RWMutex
	known map[string][]termWeight
}

func (n *nearWords) add(term int32, v meaning.Vector) {
	if len(n.terms) < nearTerms {
		n.terms, n.vectors, n.signs = append(n.terms, term), append(n.vectors, v), append(n.signs, v.Signs())
	}
}

// of returns the terms that are near a stem, the nearest first, each with how
// near it is: 0 to 1.
func (n *nearWords) of(g *Guide, stem string, english bool) []termWeight {
	if english {
		n.mu.RLock()
		found, ok := n.known[stem]
		n.mu.RUnlock()
		if ok {
			return found
		}
	}
	v, ok := g.vector(stem, english)
	if !ok {
		return nil
	}
	found := n.search(&v)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = map[string][]termWeight{}
	}
	if english && len(n.known) < nearKept {
		n.known[strings.Clone(stem)] = found
	}
	return found
}

func (n *nearWords) search(v *meaning.Vector) (found []termWeight) {
	signs := v.Signs()
	for i := range n.signs {
		if bits.OnesCount64(n.signs[i]^signs) > nearBits {
			continue
		}
		if near := meaning.Near(v, &n.vectors[i]); near >= nearLeast {
			found = append(found, termWeight{n.terms[i], (near - nearFrom) / (1 - nearFrom)})
		}
	}
	slices.SortFunc(found, func(a, b termWeight) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.term, b.term))
	})
	return slices.Clip(slices.Clone(found[:min(len(found), nearMost)]))
}

// vector returns what a stem means. Words of other languages than English mean
// what the idea does that they stand for.
func (g *Guide) vector(stem string, english bool) (meaning.Vector, bool) {
	if english {
		if v, ok := meaning.Of(stem); ok {
			return v, true
		}
	}
	var sum meaning.Sum
	for _, idea := range g.ideas[stem] {
		if v, ok := g.meanings[idea]; ok {
			sum.Add(&v, 1)
		}
	}
	return sum.Vector()
}

// mean works out what each idea means: its English words together.
func (g *Guide) mean() {
	sums := map[string]*meaning.Sum{}
	for _, stem := range slices.Sorted(maps.Keys(g.ideas)) {
		v, ok := meaning.Of(stem)
		for _, idea := range g.ideas[stem] {
			if !ok {
				continue
			}
			if sums[idea] == nil {
				sums[idea] = new(meaning.Sum)
			}
			sums[idea].Add(&v, 1)
		}
	}
	g.meanings = map[string]meaning.Vector{}
	for idea, sum := range sums {
		if v, ok := sum.Vector(); ok {
			g.meanings[idea] = v
		}
	}
}
