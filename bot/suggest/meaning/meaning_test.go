package meaning

import (
	"math"
	"testing"
)

func TestNear(t *testing.T) {
	for _, c := range [][3]string{ // the second is nearer to the first than the third
		{"invoic", "payment", "tulip"},
		{"tulip", "rose", "invoic"},
		{"funer", "burial", "softwar"},
		{"nurs", "hospit", "concret"},
	} {
		a, ok := Of(c[0])
		b, found := Of(c[1])
		far, known := Of(c[2])
		if !ok || !found || !known {
			t.Fatalf("%v: %t %t %t", c, ok, found, known)
		}
		if near, least := Near(&a, &b), Near(&a, &far); near < least+0.2 {
			t.Errorf("%v: %.2f and %.2f", c, near, least)
		}
		if self := Near(&a, &a); math.Abs(float64(self)-1) > 0.05 {
			t.Errorf("%s to itself: %.2f", c[0], self)
		}
	}
	for _, w := range []string{"", "zzz", "aaaa", "strasbourgish"} {
		if _, ok := Of(w); ok {
			t.Errorf("%q is known", w)
		}
	}
}

// Every word is found where it stands, so they are in order.
func TestTable(t *testing.T) {
	all := unpacked()
	n := all.size()
	for place := range n {
		if at, ok := all.find(string(all.word(place, n)), n); !ok || at != place {
			t.Fatalf("word %d, %q: found at %d, %t", place, all.word(place, n), at, ok)
		}
	}
	if want := 4 + 4*n + all.end(n-1) + n*Dimensions; len(all) != want {
		t.Errorf("%d bytes, want %d", len(all), want)
	}
}

func TestSum(t *testing.T) {
	var s, other Sum
	if _, ok := s.Vector(); ok {
		t.Error("nothing has a direction")
	}
	rose, _ := Of("rose")
	tulip, _ := Of("tulip")
	s.Add(&rose, 1)
	other.Add(&tulip, 1)
	s.Plus(&other, 1)
	both, _ := s.Vector()
	if apart := Near(&rose, &tulip); Near(&both, &rose) <= apart || Near(&both, &tulip) <= apart {
		t.Errorf("what both mean is no nearer to each than they to each other: %.2f", apart)
	}
}
