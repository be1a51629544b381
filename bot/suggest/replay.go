package suggest

import (
	"math"

	"cairn/bot/wilson"
)

// Logged is one suggestion of the recorded log with what came of it.
type Logged struct {
	Stage      string
	Candidates []Candidate // as recorded, with the propensities of then
	Shown      int64       // the first pick
	Reward     float64     // 1 if it was answered or followed by a move up within 14 days, else 0
}

// Policy is a way of choosing that is to be judged on the log of another: the
// probability with which it would have shown l.Shown first.
type Policy func(l Logged) float64

// Estimate is what a policy would have earned a suggestion.
type Estimate struct {
	Value     float64 `json:"value"` // self-normalised, between 0 and 1
	Low       float64 `json:"low"`   // 95 % interval, by the delta method; Wilson's where all or none helped
	High      float64 `json:"high"`
	Rows      int     `json:"rows"`      // suggestions used
	Skipped   int     `json:"skipped"`   // without a usable propensity
	Effective float64 `json:"effective"` // rows of the policy's own that would tell as much
	// Covered is the mean weight. Its expectation is the share of the policy's
	// choices that the log could have made: well below 1, the estimate speaks
	// only of the choices that both could make.
	Covered float64 `json:"covered"`
}

// Replay judges a policy on a log by self-normalised inverse propensity
// scoring (SNIPS): each row counts as much as the policy would have made that
// choice more often than the log's own did. It needs the propensities that
// were recorded when the choice was made, which [Library.Suggest] gives.
func Replay(rows []Logged, p Policy) Estimate {
	var e Estimate
	var sum, squares, earned float64
	weights := make([]float64, len(rows))
	for i, row := range rows {
		logged := row.propensity()
		if logged <= 0 || logged > 1+1e-9 {
			e.Skipped++
			continue
		}
		e.Rows++
		w := p(row) / logged
		weights[i] = w
		sum += w
		squares += w * w
		earned += w * row.Reward
	}
	if sum == 0 {
		e.High = 1
		return e
	}
	e.Value = earned / sum
	e.Effective = sum * sum / squares
	e.Covered = sum / float64(e.Rows)
	var spread float64
	for i, row := range rows {
		d := weights[i] * (row.Reward - e.Value)
		spread += d * d
	}
	if spread == 0 { // all or none: the delta method would be sure of that
		e.Low, e.High = wilson.Of(e.Value, e.Effective, wilson.NineteenInTwenty)
		return e
	}
	half := 1.96 * math.Sqrt(spread) / sum
	e.Low, e.High = max(0, e.Value-half), min(1, e.Value+half)
	return e
}

func (l Logged) propensity() float64 {
	for _, c := range l.Candidates {
		if c.Item == l.Shown {
			return c.Propensity
		}
	}
	return 0
}

// AsLogged is the policy that made the log: its value is the mean reward.
func AsLogged(l Logged) float64 { return l.propensity() }

// AnyPossible chooses evenly among the candidates that the log could choose.
func AnyPossible(l Logged) float64 {
	n := 0
	for _, c := range l.Candidates {
		if c.Propensity > 0 {
			n++
		}
	}
	if l.propensity() == 0 {
		return 0
	}
	return 1 / float64(n)
}

// ByFit always chooses the candidate that fits best, whatever is known of it;
// the first of equals.
func ByFit(l Logged) float64 {
	return first(l, func(c Candidate) float64 { return c.Score })
}

// ByExpectation always chooses the candidate that is expected to help most.
func ByExpectation(l Logged) float64 {
	return first(l, func(c Candidate) float64 { return c.Mean })
}

func first(l Logged, of func(Candidate) float64) float64 {
	best := math.Inf(-1)
	var item int64
	for _, c := range l.Candidates {
		if v := of(c); c.Propensity > 0 && v > best {
			best, item = v, c.Item
		}
	}
	if item == l.Shown {
		return 1
	}
	return 0
}
