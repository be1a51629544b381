package observe

import (
	"errors"
	"slices"
	"sync"

	"cairn/bot/journey"
)

// Recipe says how weights are trained. The figures that recipes gave are in the
// package's doc.
type Recipe struct {
	Epochs int
	Rate   float64 // first step of AdaGrad
	Decay  float64 // pull of a weight towards nought, each time it is met
	Seen   int     // a feature must stand in that many notes
	Groups int     // of authors, for the calibration
	Seed   uint64
	Shares [5]float32 // words, letters, earlier signals, crossings, cues
}

// DefaultRecipe is the best that was found.
func DefaultRecipe() Recipe {
	return Recipe{Epochs: 14, Rate: 0.08, Decay: 1e-5, Seen: 2, Groups: 3, Seed: 1, Shares: defaultShare}
}

// Train makes weights from labelled histories. The same histories in the same
// order, cues and recipe give the same weights, to the byte.
//
// The calibration is fitted on scores that weights gave to authors whom they
// did not know: the authors are dealt into groups, and each group is read with
// weights trained on the others.
func Train(histories []History, cues *Cues, recipe Recipe) (*Weights, error) {
	if len(histories) == 0 {
		return nil, errors.New("train: no histories")
	}
	var notes []scored
	groups := deal(histories, recipe.Groups)
	for _, held := range groups {
		var rest []History
		for i := range histories {
			if !slices.Contains(held, i) {
				rest = append(rest, histories[i])
			}
		}
		if len(rest) == 0 {
			return nil, errors.New("train: at least two contacts are needed")
		}
		notes = append(notes, score(fitWeights(rest, cues, recipe), cues, histories, held)...)
	}
	w := fitWeights(histories, cues, recipe)
	w.calibration, w.limits = calibrate(notes)
	w.pairs = pairs(histories)
	w.share()
	return w, nil
}

// deal puts the histories of one author into one of n groups; the histories of
// a single author go round.
func deal(histories []History, n int) [][]int {
	var authors []string
	for i := range histories {
		if !slices.Contains(authors, histories[i].Author) {
			authors = append(authors, histories[i].Author)
		}
	}
	slices.Sort(authors)
	groups := make([][]int, max(n, 2))
	for i := range histories {
		g := i
		if len(authors) >= len(groups) {
			g = slices.Index(authors, histories[i].Author)
		}
		g %= len(groups)
		groups[g] = append(groups[g], i)
	}
	return slices.DeleteFunc(groups, func(g []int) bool { return len(g) == 0 })
}

// fitWeights trains both ways of looking at the outputs.
func fitWeights(histories []History, cues *Cues, recipe Recipe) *Weights {
	x := newExtractor(cues, recipe.Shares)
	w := &Weights{shares: recipe.Shares, known: numbers(vocabulary(x, histories, recipe.Seen))}
	examples := encode(x, w, histories)
	o := trainOptions{epochs: recipe.Epochs, rate: recipe.Rate, decay: recipe.Decay, seed: recipe.Seed}
	var both sync.WaitGroup
	both.Go(func() { w.each = quantise(fit(examples, len(w.known.ids), len(signals)+1, o)) })
	soft := o
	soft.soft = true
	both.Go(func() { w.main = quantise(fit(examples, len(w.known.ids), len(signals)+1, soft)) })
	both.Wait()
	return w
}

// score reads the held histories, each note in the context of what was read
// before it.
func score(w *Weights, cues *Cues, histories []History, held []int) []scored {
	k := newDesk(w, cues)
	var notes []scored
	for _, at := range held {
		h := &histories[at]
		var c Context
		for i := range h.Interactions {
			n := h.Note(i)
			k.score(w, parse(n.Text, n.Names), n, c)
			s := scored{each: slices.Clone(k.each), main: slices.Clone(k.main), alone: slices.Clone(k.alone), named: slices.Clone(k.named), gold: make([]bool, len(signals))}
			for _, g := range h.Gold.Signals[i] {
				s.gold[signalNumber[g]] = true
			}
			notes = append(notes, s)
			c = c.After(likeliest(k.main), n.Channel, n.Direction)
		}
	}
	return notes
}

// likeliest is the reading before there is a calibration.
func likeliest(main []float32) []journey.Signal {
	var list []journey.Signal
	best := slices.Max(main)
	for i, s := range signals {
		if main[i] == best || main[i] > 0.3 {
			list = append(list, s)
		}
	}
	return list
}

// pairs says which signals were ever seen in one note.
func pairs(histories []History) []uint8 {
	n := len(signals)
	seen := make([]uint8, n*n)
	for i := range histories {
		for _, list := range histories[i].Gold.Signals {
			for _, a := range list {
				for _, b := range list {
					seen[signalNumber[a]*n+signalNumber[b]] = 1
				}
			}
		}
	}
	return seen
}

// walk calls do for each note, oldest first within a contact, with the context
// that the labels of the notes before it give.
func walk(histories []History, do func(n Note, d *document, c Context, gold []journey.Signal)) {
	for i := range histories {
		h := &histories[i]
		var c Context
		for j := range h.Interactions {
			n, gold := h.Note(j), h.Gold.Signals[j]
			do(n, parse(n.Text, n.Names), c, gold)
			c = c.After(gold, n.Channel, n.Direction)
		}
	}
}

// vocabulary lists the features that stand in enough notes, sorted.
func vocabulary(x *extractor, histories []History, enough int) []uint32 {
	type seen struct{ notes, last int }
	count := map[uint32]seen{}
	note := 0
	walk(histories, func(n Note, d *document, c Context, _ []journey.Signal) {
		note++
		for _, n := range [...]Note{n, n.typed()} {
			for _, f := range x.features(d, n, c) {
				if s := count[f.id]; s.last != note {
					count[f.id] = seen{s.notes + 1, note}
				}
			}
		}
	})
	var ids []uint32
	for id, s := range count {
		if s.notes >= enough {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// encode turns the notes into examples, each once more as a line that says neither
// how it came nor from whom: most are typed so. A note that says neither itself
// teaches the words too, as if it had nothing to say of that. Notes that ask to be left alone, or
// sound so, are trained on twice, the second time by their words alone: such a
// wish is one in any channel, from anybody, however seldom it came that way.
func encode(x *extractor, w *Weights, histories []History) []example {
	var examples []example
	walk(histories, func(n Note, d *document, c Context, gold []journey.Signal) {
		add := func(n Note, typed bool) {
			e := example{typed: typed}
			e.ids, e.values, _ = w.kept(x.features(d, n, c), nil, nil, nil)
			for _, s := range gold {
				e.gold = append(e.gold, signalNumber[s])
			}
			examples = append(examples, e)
		}
		add(n.typed(), true)
		if n.unsaid() {
			for range unsaidCopies - 1 {
				add(n, true)
			}
			n.Channel, n.Direction = "", ""
		}
		add(n, false)
		if slices.Contains(gold, journey.OptedOut) || x.names(journey.OptedOut) {
			x.bare = true
			for range bareCopies {
				add(n, false)
			}
			x.bare = false
		}
	})
	return examples
}

const (
	bareCopies   = 2
	unsaidCopies = 3 // of those that were typed so, one in fifteen: among the others made so
)

// kept keeps the features that were seen in training, each once and in the
// order of their numbers, and says which row of weights each has and in which token it
// stands.
func (w *Weights) kept(list []feature, ids []int32, values []float32, tokens []int32) ([]int32, []float32, []int32) {
	order := make([]uint64, 0, len(list)) // by number, and of equals the first first
	for i, f := range list {
		if n := w.known.of(f.id); n >= 0 {
			order = append(order, uint64(n)<<32|uint64(i))
		}
	}
	slices.Sort(order)
	for i, o := range order {
		if i > 0 && order[i-1]>>32 == o>>32 {
			continue
		}
		f := &list[uint32(o)]
		row := int32(o >> 32)
		if w.rows != nil {
			row = w.rows[row]
		}
		ids, values, tokens = append(ids, row), append(values, f.value), append(tokens, f.token)
	}
	return ids, values, tokens
}
