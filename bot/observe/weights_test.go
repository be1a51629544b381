package observe

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"testing"

	"cairn/prompts"
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
	each, main := unshared(w, &w.each), unshared(w, &w.main)
	bits := func(scale []float32) []uint32 {
		out := make([]uint32, len(scale))
		for i, f := range scale {
			out[i] = math.Float32bits(f)
		}
		return out
	}
	grouped := make([]int8, len(main.weights))
	byOther(make([]uint8, len(w.rows)), len(main.bias), each.weights).order(func(row int, places []int32) {
		for j, at := range places {
			grouped[at] = main.weights[row*len(places)+j]
		}
	})
	parts := func(mainWeights []int8) []any {
		return []any{planes(gaps(w.known.ids)), each.bias, planes(bits(each.scale)), main.bias, planes(bits(main.scale)),
			w.shares[:], w.calibration, w.limits, w.pairs, each.weights, mainWeights}
	}
	cues, err := LoadCues(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	n := Note{Text: "Jane asked for pricing. She wants a call next Tuesday, and told a colleague of us."}
	for layout, file := range map[string][]byte{
		formatPlain: written(formatPlain, w.known.ids, each.bias, each.scale, each.weights,
			main.bias, main.scale, main.weights, w.shares[:], w.calibration, w.limits, w.pairs),
		formatUngrouped: written(formatUngrouped, parts(main.weights)...),
		formatRepeated:  written(formatRepeated, parts(grouped)...),
	} {
		old, err := ReadWeights(file)
		if err != nil {
			t.Fatal(layout, err)
		}
		want, got := NewReader(w, cues).Read(n, Context{}), NewReader(old, cues).Read(n, Context{})
		if len(want) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s reads %v, with rows shared %v", layout, got, want)
		}
		old.share()
		old.hash = w.hash // of the file, not of what is in it
		if !reflect.DeepEqual(old, w) {
			t.Errorf("%s is read otherwise", layout)
		}
	}
}

// unshared is a model with a row for each feature.
func unshared(w *Weights, q *quantised) quantised {
	out := quantised{bias: q.bias}
	for _, row := range w.rows {
		out.take(q, int(row))
	}
	return out
}

// Which row is whose is taken from no file that says it of features that there are not, of
// one twice, or that has a row which no feature before has.
func TestRowsAreWhole(t *testing.T) {
	rows := []int32{0, 1, 0, 2, 1, 1}
	again, same := repeated(rows)
	if got, err := rowsOf(len(rows), again, same); err != nil || !slices.Equal(got, rows) {
		t.Errorf("%v are read as %v: %v", rows, got, err)
	}
	for _, c := range []struct{ again, same []uint32 }{
		{[]uint32{2, 9}, []uint32{0, 0}},
		{[]uint32{2, 2}, []uint32{0, 0}},
		{[]uint32{0}, []uint32{0}},
		{[]uint32{2}, []uint32{2}},
	} {
		if rows, err := rowsOf(6, c.again, c.same); err == nil {
			t.Errorf("%v with the rows %v are taken: %v", c.again, c.same, rows)
		}
	}
}
