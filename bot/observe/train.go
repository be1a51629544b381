package observe

import (
	"errors"
	"slices"

	"cairn/bot/journey"
)

// Recipe says how weights are trained. The figures that recipes gave are in the
// package's doc.
type Recipe struct {
	Epochs int
	Rate   float64 // first step of AdaGrad
	Decay  float64 // pull of a weight towards nought, each time it is met
	Seen   int     // a feature must stand in that many notes
	Limit  float64 // how sure a signal beside the surest must be
	Seed   uint64
	Shares [5]float32 // words, letters, earlier signals, crossings, cues
}

// DefaultRecipe is the best that was found.
func DefaultRecipe() Recipe {
	return Recipe{Epochs: 14, Rate: 0.08, Decay: 1e-5, Seen: 2, Limit: 0.3, Seed: 1, Shares: defaultShare}
}

// Train makes weights from labelled histories. The same histories in the same
// order and the same cues give the same weights, to the byte.
func Train(histories []History, cues *Cues, recipe Recipe) (*Weights, error) {
	if len(histories) == 0 {
		return nil, errors.New("train: no histories")
	}
	x := newExtractor(cues, recipe.Shares)
	w := &Weights{shares: recipe.Shares, ids: vocabulary(x, histories, recipe.Seen)}
	examples := encode(x, w, histories)
	o := trainOptions{epochs: recipe.Epochs, rate: recipe.Rate, decay: recipe.Decay, seed: recipe.Seed}
	outputs := len(signals) + 1
	w.each = quantise(fit(examples, len(w.ids), outputs, o))
	o.soft = true
	w.main = quantise(fit(examples, len(w.ids), outputs, o))
	w.limits = make([]float32, outputs)
	for i := range w.limits {
		w.limits[i] = float32(recipe.Limit)
	}
	return w, nil
}

// walk calls do for each note, oldest first within a contact, with the context
// that the labels of the notes before it give.
func walk(histories []History, do func(n Note, d *document, c Context, gold []journey.Signal)) {
	for i := range histories {
		h := &histories[i]
		var c Context
		for j := range h.Interactions {
			n := h.Note(j)
			do(n, parse(n.Text, n.Names), c, h.Gold.Signals[j])
			c = c.After(h.Gold.Signals[j], n.Channel, n.Direction)
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
		for _, f := range x.features(d, n, c) {
			if s := count[f.id]; s.last != note {
				count[f.id] = seen{s.notes + 1, note}
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

func encode(x *extractor, w *Weights, histories []History) []example {
	var examples []example
	walk(histories, func(n Note, d *document, c Context, gold []journey.Signal) {
		e := example{}
		e.ids, e.values, _ = w.known(x.features(d, n, c), nil, nil, nil)
		for _, s := range gold {
			e.gold = append(e.gold, signalNumber[s])
		}
		examples = append(examples, e)
	})
	return examples
}

// known keeps the features that were seen in training, each once, and says in
// which token each stands.
func (w *Weights) known(list []feature, ids []int32, values []float32, tokens []int32) ([]int32, []float32, []int32) {
	slices.SortStableFunc(list, func(a, b feature) int {
		switch {
		case a.id < b.id:
			return -1
		case a.id > b.id:
			return 1
		}
		return 0
	})
	for i, f := range list {
		if i > 0 && list[i-1].id == f.id {
			continue
		}
		if n := w.number(f.id); n >= 0 {
			ids, values, tokens = append(ids, n), append(values, f.value), append(tokens, f.token)
		}
	}
	return ids, values, tokens
}
