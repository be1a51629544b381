package observe

import (
	_ "embed"
	"math"
)

// trained is what `cairn train` wrote; see [Train].
//
//go:embed trained.bin.gz
var trained string

// steps is how many values a weight may have on either side of nought. More of
// them make the file larger and no figure better.
const steps = 15

// quantised is a linear model whose weights were rounded, row by row: a row is a feature's.
type quantised struct {
	bias    []float32
	scale   []float32 // a row
	weights []int8    // row × outputs
}

// Weights is a trained reading.
type Weights struct {
	known  numbered
	rows   []int32 // which row of each and main is a feature's; nil where each has its own, see share
	each   quantised
	main   quantised
	shares [views]float32
	// calibration, limits and pairs: see [Train].
	calibration [][calibrators]float64
	limits      []float32 // for each signal, how sure the reading must be
	pairs       []uint8   // signals × signals: 1 where both were seen in one note
	hash        string
}

// coarse is a scale with eight binary places, a fifth of a per cent at most beside it: next to
// weights of so few steps more of them say nothing, and are half a megabyte of the binary.
func coarse(scale float32) float32 {
	const rest = 23 - 8
	return math.Float32frombits((math.Float32bits(scale) + 1<<(rest-1)) &^ (1<<rest - 1))
}

func quantise(m *linear) quantised {
	k := m.outputs
	q := quantised{bias: m.bias, scale: make([]float32, len(m.weights)/k), weights: make([]int8, len(m.weights))}
	for f := range q.scale {
		row := m.weights[f*k : f*k+k]
		var top float32
		for _, w := range row {
			top = max(top, w, -w)
		}
		if top == 0 {
			continue
		}
		q.scale[f] = coarse(top / steps)
		for j, w := range row {
			q.weights[f*k+j] = int8(math.Round(float64(w / q.scale[f])))
		}
	}
	return q
}

// scores adds up the rows of the features of a note. Four rows go at once, so that
// each sum is fetched and put back once for the four; it is added to in the same
// order as one by one, so that the result is the same to the last bit.
func (q *quantised) scores(ids []int32, values []float32, out []float32) {
	copy(out, q.bias)
	k := len(q.bias)
	row := func(i int) (float32, []int8) {
		id := int(ids[i])
		return values[i] * q.scale[id], q.weights[id*k:][:k]
	}
	i := 0
	for ; i+4 <= len(ids); i += 4 {
		v0, w0 := row(i)
		v1, w1 := row(i + 1)
		v2, w2 := row(i + 2)
		v3, w3 := row(i + 3)
		// said so that the inner loop checks no bounds
		sums, w1, w2, w3 := out[:len(w0)], w1[:len(w0)], w2[:len(w0)], w3[:len(w0)]
		for j, w := range w0 {
			sum := sums[j] + v0*float32(w)
			sum += v1 * float32(w1[j])
			sum += v2 * float32(w2[j])
			sums[j] = sum + v3*float32(w3[j])
		}
	}
	for ; i < len(ids); i++ {
		v, weights := row(i)
		sums := out[:len(weights)]
		for j, w := range weights {
			sums[j] += v * float32(w)
		}
	}
}

// numbered are the features met in training: a feature's number is the place of
// its id. The ids are hashes, spread evenly, so those that begin with the same
// 16 bits are few.
type numbered struct {
	ids    []uint32 // sorted
	starts []int32  // for each beginning, where its ids start; one more at the end
}

func numbers(sorted []uint32) numbered {
	v := numbered{ids: sorted, starts: make([]int32, 1<<16+1)}
	at := 0
	for begin := range v.starts {
		for at < len(sorted) && int(sorted[at]>>16) < begin {
			at++
		}
		v.starts[begin] = int32(at)
	}
	return v
}

// of returns the number of a feature, or -1 for one never seen in training.
func (v *numbered) of(id uint32) int32 {
	begin := id >> 16
	for i := v.starts[begin]; i < v.starts[begin+1]; i++ {
		if v.ids[i] == id {
			return i
		}
	}
	return -1
}
