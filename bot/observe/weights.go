package observe

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// trained is what `cairn train` wrote; see [Train].
//
//go:embed trained.bin.gz
var trained string

// format is the first word of a trained file; another means another layout.
const format = "cairn-reading-6"

// steps is how many values a weight may have on either side of nought. More of
// them make the file larger and no figure better.
const steps = 15

// quantised is a linear model whose weights were rounded, feature by feature.
type quantised struct {
	bias    []float32
	scale   []float32 // a feature
	weights []int8    // feature × outputs
}

// Weights is a trained reading.
type Weights struct {
	ids    []uint32 // sorted; a feature's number is its place
	each   quantised
	main   quantised
	shares [views]float32
	// calibration, limits and pairs: see [Train].
	calibration [][calibrators]float64
	limits      []float32 // for each signal, how sure the reading must be
	pairs       []uint8   // signals × signals: 1 where both were seen in one note
	hash        string
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
		q.scale[f] = top / steps
		for j, w := range row {
			q.weights[f*k+j] = int8(math.Round(float64(w / q.scale[f])))
		}
	}
	return q
}

func (q *quantised) scores(ids []int32, values []float32, out []float32) {
	copy(out, q.bias)
	k := len(q.bias)
	for i, id := range ids {
		v := values[i] * q.scale[id]
		for j, w := range q.weights[int(id)*k : int(id)*k+k] {
			out[j] += v * float32(w)
		}
	}
}

// number returns the place of a feature, or -1 for one never seen in training.
// Ids are hashes, spread evenly: a feature stands near where its id says, and
// the search begins there, with strides that double until they span it.
func (w *Weights) number(id uint32) int32 {
	n := len(w.ids)
	low := int(uint64(id) * uint64(n) >> 32)
	high := low
	for step := 16; low > 0 && w.ids[low] > id; step *= 2 {
		high, low = low+1, max(0, low-step)
	}
	for step := 16; high < n && w.ids[high] < id; step *= 2 {
		low, high = high, min(n, high+step)
	}
	if i, ok := slices.BinarySearch(w.ids[low:min(n, high+1)], id); ok {
		return int32(low + i)
	}
	return -1
}

// WriteTo writes the trained file: the same weights give the same bytes.
func (w *Weights) WriteTo(out io.Writer) (int64, error) {
	var raw bytes.Buffer
	raw.WriteString(format)
	put := func(v any) { _ = binary.Write(&raw, binary.LittleEndian, v) } // a Buffer takes all
	put(uint32(len(w.ids)))
	put(uint32(len(w.each.bias)))
	put(w.ids)
	for _, q := range []*quantised{&w.each, &w.main} {
		put(q.bias)
		put(q.scale)
		put(q.weights)
	}
	put(w.shares[:])
	put(w.calibration)
	put(w.limits)
	put(w.pairs)
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := z.Write(raw.Bytes()); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	return packed.WriteTo(out)
}

// maxTrained bounds what a trained file may unpack to, in bytes.
const maxTrained = 128 << 20

// ReadWeights reads a trained file, and refuses one of another layout or
// another list of signals.
func ReadWeights(packed []byte) (*Weights, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxTrained))
	if err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	rest, ok := bytes.CutPrefix(raw, []byte(format))
	if !ok {
		return nil, errors.New("read trained weights: the file was written by another version; train it anew with `cairn train`")
	}
	r := bytes.NewReader(rest)
	var head struct{ Features, Outputs uint32 }
	if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	if int(head.Outputs) != len(signals)+1 || head.Features > maxTrained/uint32(len(signals)) {
		return nil, fmt.Errorf("read trained weights: made for %d signals, there are %d; train anew with `cairn train`", int(head.Outputs)-1, len(signals))
	}
	n, k := int(head.Features), int(head.Outputs)
	w := &Weights{ids: make([]uint32, n), calibration: make([][calibrators]float64, k-1),
		limits: make([]float32, k-1), pairs: make([]uint8, (k-1)*(k-1))}
	parts := []any{w.ids}
	for _, q := range []*quantised{&w.each, &w.main} {
		*q = quantised{bias: make([]float32, k), scale: make([]float32, n), weights: make([]int8, n*k)}
		parts = append(parts, q.bias, q.scale, q.weights)
	}
	for _, p := range append(parts, w.shares[:], w.calibration, w.limits, w.pairs) {
		if err := binary.Read(r, binary.LittleEndian, p); err != nil {
			return nil, fmt.Errorf("read trained weights: %w", err)
		}
	}
	if r.Len() != 0 {
		return nil, fmt.Errorf("read trained weights: %d bytes too many", r.Len())
	}
	sum := sha256.Sum256(packed)
	w.hash = hex.EncodeToString(sum[:6])
	return w, nil
}
