package observe

import (
	"math"
	"slices"

	"cairn/bot/journey"
)

// A calibration turns a reading's scores into how sure it may be: for each
// signal a weight for each of seven things that the scores say. It is fitted on
// notes of authors that the weights were not trained on, so "80 % sure" is
// right eight times in ten for voices never met.
const calibrators = 7

// signs are the seven for signal s: a constant, the score of s against the others
// together, the chance that s is the main signal, how far s stands before the
// best other, the chance that the note says nothing, whether a cue family that
// speaks for s is named, and the best chance of s in a sentence alone.
func signs(each, main, alone []float32, named []bool, s int) [calibrators]float64 {
	nothing := len(each) - 1
	other := float32(math.Inf(-1))
	for j, e := range each[:nothing] {
		if j != s {
			other = max(other, e)
		}
	}
	cue := 0.0
	if named[s] {
		cue = 1
	}
	return [calibrators]float64{1, float64(each[s]), logit(float64(main[s])), float64(each[s] - other), logit(float64(main[nothing])) / 3, cue, logit(float64(alone[s]))}
}

func logit(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}

func dot(w, x *[calibrators]float64) (z float64) {
	for i := range w {
		z += w[i] * x[i]
	}
	return z
}

// scored is a note whose author the weights did not know.
type scored struct {
	each, main []float32
	alone      []float32
	named      []bool // a signal: by a cue family
	gold       []bool // a signal
}

// calibrate fits one calibration for all signals together, then one for each,
// drawn to the common one because many signals have few notes.
func calibrate(notes []scored) (w [][calibrators]float64, limits []float32) {
	all := make([]int, len(signals))
	for i := range all {
		all[i] = i
	}
	common := newton(notes, all, [calibrators]float64{0, 0.5, 0.5}, 1)
	w = make([][calibrators]float64, len(signals))
	limits = make([]float32, len(signals))
	for s := range signals {
		w[s] = newton(notes, []int{s}, common, 5)
		limits[s] = limit(notes, s, &w[s])
	}
	return w, limits
}

// newton minimises the log loss of the signals' calibration, with a pull of
// strength towards prior.
func newton(notes []scored, list []int, prior [calibrators]float64, strength float64) [calibrators]float64 {
	w := prior
	for range 25 {
		var grad [calibrators]float64
		var hess [calibrators][calibrators]float64
		for i := range grad {
			grad[i] = strength * (w[i] - prior[i])
			hess[i][i] = strength
		}
		for _, s := range list {
			for i := range notes {
				n := &notes[i]
				x := signs(n.each, n.main, n.alone, n.named, s)
				z := dot(&w, &x)
				if z < -12 && !n.gold[s] {
					continue // right beyond doubt
				}
				p := 1 / (1 + math.Exp(-z))
				miss := p
				if n.gold[s] {
					miss--
				}
				for a := range x {
					grad[a] += miss * x[a]
					for b := range x {
						hess[a][b] += p * (1 - p) * x[a] * x[b]
					}
				}
			}
		}
		step := solve(hess, grad)
		var longest float64
		for i := range w {
			d := max(min(step[i], 1), -1)
			w[i] -= d
			longest = max(longest, math.Abs(d))
		}
		if longest < 1e-3 {
			break
		}
	}
	return w
}

// solve returns a⁻¹ b for a positive definite a.
func solve(a [calibrators][calibrators]float64, b [calibrators]float64) (x [calibrators]float64) {
	const n = calibrators
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x
}

// What mistakes cost decides the limits. Most signals: the limit that gives the
// best F1, drawn half-way to commonLimit, as few notes tell it. opted_out: to
// write to somebody who asked to be left alone is the worst mistake there is,
// so one chance in seven is enough, and where a cue family names the wish, one
// in thirty. The two were chosen on authors left out, for recall 0.95 at a
// precision above 0.85.
const (
	commonLimit     = 0.45
	leaveLimit      = 0.15
	leaveNamedLimit = 0.03
)

// limit is how sure signal s must be to be told.
func limit(notes []scored, s int, w *[calibrators]float64) float32 {
	if signals[s] == journey.OptedOut {
		return leaveLimit
	}
	type judged struct {
		p    float64
		gold bool
	}
	list := make([]judged, len(notes))
	total := 0
	for i := range notes {
		x := signs(notes[i].each, notes[i].main, notes[i].alone, notes[i].named, s)
		list[i] = judged{1 / (1 + math.Exp(-dot(w, &x))), notes[i].gold[s]}
		if list[i].gold {
			total++
		}
	}
	slices.SortStableFunc(list, func(a, b judged) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return 0
	})
	hits, best, at := 0, 0.0, commonLimit
	for i, j := range list {
		if j.gold {
			hits++
		}
		if f := 2 * float64(hits) / float64(total+i+1); f > best {
			best, at = f, j.p
		}
	}
	return float32((at + commonLimit) / 2)
}
