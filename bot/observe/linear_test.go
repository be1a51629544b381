package observe

import (
	"slices"
	"testing"
)

// Lines that say neither how nor from whom teach what is theirs alone: every weight
// that another example moves, and every bias, is as it is without them.
func TestTypedExamplesCostTheOthersNothing(t *testing.T) {
	said := []example{
		{ids: []int32{0, 1}, values: []float32{1, 1}, gold: []int{0}},
		{ids: []int32{1, 2}, values: []float32{1, 0.5}, gold: []int{1}},
		{ids: []int32{0, 2}, values: []float32{0.5, 1}},
	}
	typed := []example{
		{ids: []int32{0, 3}, values: []float32{1, 1}, gold: []int{1}, typed: true},
		{ids: []int32{2, 3}, values: []float32{1, 1}, gold: []int{1}, typed: true},
	}
	o := trainOptions{epochs: 20, rate: 0.1, decay: 1e-5, seed: 1}
	const features, outputs = 4, 3
	alone := fit(said, features, outputs, o)
	both := fit(slices.Concat(said, typed), features, outputs, o)
	if !slices.Equal(alone.weights[:3*outputs], both.weights[:3*outputs]) || !slices.Equal(alone.bias, both.bias) {
		t.Errorf("typed lines moved what others have: %v %v, without them %v %v", both.weights[:3*outputs], both.bias, alone.weights[:3*outputs], alone.bias)
	}
	if own := both.weights[3*outputs:]; own[1] <= 0 {
		t.Errorf("typed lines taught nothing: %v", own)
	}
}
