package observe

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"reflect"
	"testing"
)

// What is written is read again to the last bit, and so is the layout before,
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

	var before bytes.Buffer
	z := gzip.NewWriter(&before)
	z.Write([]byte(formatBefore))
	for _, part := range []any{uint32(len(w.known.ids)), uint32(len(w.each.bias)), w.known.ids, w.each.bias, w.each.scale, w.each.weights,
		w.main.bias, w.main.scale, w.main.weights, w.shares[:], w.calibration, w.limits, w.pairs} {
		if err := binary.Write(z, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := ReadWeights(before.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	old.hash = w.hash // of the file, not of what is in it
	if !reflect.DeepEqual(old, w) {
		t.Error("the layout before is read otherwise")
	}
}
