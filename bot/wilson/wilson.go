// Package wilson says how much a few cases allow to be said of a share.
package wilson

import "math"

// Sure is how sure an interval is, as the quantile of the normal distribution.
type Sure float64

const (
	// FourInFive intervals of this kind in five hold the true share (80 %): enough to
	// choose what is shown first.
	FourInFive Sure = 1.2816
	// NineteenInTwenty hold it (95 %): what is told as an interval to people who decide.
	NineteenInTwenty Sure = 1.96
)

// Interval is Wilson's interval of a share of which k of n were seen, from 0 to 1. Of no
// case nothing is known: it is 0 to 1.
func Interval(k, n int, sure Sure) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	return Of(float64(k)/float64(n), float64(n), sure)
}

// Of is [Interval] for a share p of n cases, which may be weighted; 0 to 1 for none.
func Of(p, n float64, sure Sure) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	z := float64(sure)
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, centre-half), min(1, centre+half)
}
