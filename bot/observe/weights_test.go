package observe

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"testing"
)

// What is written is read again to the last bit, and so are the layouts before,
// in which a team's own reading may still be kept.
func TestWeightsAreReadAsWritten(t *testing.T) {
	w, err := ReadWeights([]byte(trained))
	if err != nil {
		t.Fatal(err)
	}
	var now bytes.Buffer
	if _, err := w.WriteTo(&now); err != nil {
		t.Fatal(err)
	}
	if now.String() != trained {
		t.Errorf("the trained file's %d bytes are written as %d others", len(trained), now.Len())
	}

	written := func(layout string, parts ...any) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		for _, part := range append([]any{[]byte(layout), uint32(len(w.known.ids)), uint32(len(w.each.bias))}, parts...) {
			if err := binary.Write(z, binary.LittleEndian, part); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	gaps := slices.Clone(w.known.ids)
	for i := len(gaps) - 1; i > 0; i-- {
		gaps[i] -= gaps[i-1]
	}
	bits := func(scale []float32) []uint32 {
		out := make([]uint32, len(scale))
		for i, f := range scale {
			out[i] = math.Float32bits(f)
		}
		return out
	}
	for layout, file := range map[string][]byte{
		formatPlain: written(formatPlain, w.known.ids, w.each.bias, w.each.scale, w.each.weights,
			w.main.bias, w.main.scale, w.main.weights, w.shares[:], w.calibration, w.limits, w.pairs),
		formatUngrouped: written(formatUngrouped, planes(gaps), w.each.bias, planes(bits(w.each.scale)), w.main.bias, planes(bits(w.main.scale)),
			w.shares[:], w.calibration, w.limits, w.pairs, w.each.weights, w.main.weights),
	} {
		old, err := ReadWeights(file)
		if err != nil {
			t.Fatal(layout, err)
		}
		old.hash = w.hash // of the file, not of what is in it
		if !reflect.DeepEqual(old, w) {
			t.Errorf("%s is read otherwise", layout)
		}
	}
}
