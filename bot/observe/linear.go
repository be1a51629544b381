package observe

import (
	"math"
	"math/rand/v2"
)

// example is a note's features, numbered densely, with the signals that hold.
type example struct {
	ids    []int32
	values []float32
	gold   []int // numbers of signals; empty: nothing holds
	typed  bool  // of a line that says neither how nor from whom: see fit
}

// linear is one weight a feature and output: the signals, and last "nothing".
// Outputs are trained in two ways at once: each against all others (which of
// them hold, any number) and all against each other (which one is it mainly).
type linear struct {
	outputs int
	weights []float32 // feature × outputs
	bias    []float32
}

func (m *linear) scores(ids []int32, values []float32, out []float32) {
	copy(out, m.bias)
	k := m.outputs
	for i, id := range ids {
		if id < 0 {
			continue
		}
		v := values[i]
		row := m.weights[int(id)*k : int(id)*k+k]
		for j, w := range row {
			out[j] += v * w
		}
	}
}

// trainOptions say how long and how hard a linear model is trained.
type trainOptions struct {
	epochs int
	rate   float64
	decay  float64 // pull of weights towards nought, an example
	seed   uint64
	soft   bool // all against each other instead of each against all
}

// fit trains on examples by AdaGrad in a shuffled order that seed fixes. Examples
// that are typed come last, and move no weight but those of features that no other
// example has: so they cost the others nothing.
func fit(examples []example, features, outputs int, o trainOptions) *linear {
	m := &linear{outputs: outputs, weights: make([]float32, features*outputs), bias: make([]float32, outputs)}
	sum := make([]float32, len(m.weights))
	biasSum := make([]float32, outputs)
	scores := make([]float32, outputs)
	grad := make([]float32, outputs)
	rng := rand.New(rand.NewPCG(o.seed, 17))
	said, typed := parted(examples)
	closed := make([]bool, features) // no typed example moves them
	for _, n := range said {
		for _, id := range examples[n].ids {
			closed[id] = true
		}
	}
	live := make([]int, 0, outputs)
	rate, decay := float32(o.rate), float32(o.decay)
	for _, order := range [...][]int{said, typed} {
		for range o.epochs {
			rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, n := range order {
				e := &examples[n]
				m.scores(e.ids, e.values, scores)
				gradient(scores, e.gold, grad, o.soft)
				for j, g := range grad {
					if e.typed {
						break
					}
					biasSum[j] += g * g
					m.bias[j] -= rate * g / (float32(math.Sqrt(float64(biasSum[j]))) + 1e-6) * 0.3
				}
				live = live[:0]
				for j, g := range grad {
					if g > minGradient || g < -minGradient {
						live = append(live, j)
					}
				}
				for i, id := range e.ids {
					if !e.typed || !closed[id] {
						m.step(int(id), e.values[i], grad, live, sum, rate, decay)
					}
				}
			}
		}
	}
	return m
}

// parted lists the examples that are not typed, and those that are.
func parted(examples []example) (said, typed []int) {
	for i := range examples {
		if examples[i].typed {
			typed = append(typed, i)
		} else {
			said = append(said, i)
		}
	}
	return said, typed
}

// minGradient: outputs that are right by this much are left alone, which
// halves the time and changes no figure.
const minGradient = 0.004

func (m *linear) step(id int, v float32, grad []float32, live []int, sum []float32, rate, decay float32) {
	k := m.outputs
	row, acc := m.weights[id*k:id*k+k], sum[id*k:id*k+k]
	for _, j := range live {
		g := grad[j]*v + decay*row[j]
		acc[j] += g * g
		row[j] -= rate * g / (sqrt32(acc[j]) + 1e-4)
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// gradient of the loss by the scores.
func gradient(scores []float32, gold []int, grad []float32, soft bool) {
	if soft {
		softmax(scores, grad)
		if len(gold) == 0 {
			grad[len(grad)-1]--
		}
		for _, g := range gold {
			grad[g] -= 1 / float32(len(gold))
		}
		return
	}
	for j, s := range scores {
		grad[j] = sigmoid(s)
	}
	if len(gold) == 0 {
		grad[len(grad)-1]--
	}
	for _, g := range gold {
		grad[g]--
	}
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

func softmax(scores, out []float32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	var sum float32
	for i, s := range scores {
		out[i] = float32(math.Exp(float64(s - top)))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
}
