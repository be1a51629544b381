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
)

// trained is what `cairn train` wrote; see [Train].
//
//go:embed trained.bin.gz
var trained string

// format is the first word of a trained file; another means another layout.
const format = "cairn-reading-8"

// Layouts in which a team's own reading may still be kept: with all weights as they lie in
// memory, and before it with nothing put side by side.
const (
	formatUngrouped = "cairn-reading-7"
	formatPlain     = "cairn-reading-6"
)

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
	known  numbered
	each   quantised
	main   quantised
	shares [views]float32
	// calibration, limits and pairs: see [Train].
	calibration [][calibrators]float64
	limits      []float32 // for each signal, how sure the reading must be
	pairs       []uint8   // signals × signals: 1 where both were seen in one note
	hash        string
}

// coarse is a scale with eight binary places, a fifth of a per cent at most beside it: next to
// weights of so few steps more of them say nothing, and are half a megabyte of the binary.
func coarse(scale float32) float32 {
	const rest = 23 - 8
	return math.Float32frombits((math.Float32bits(scale) + 1<<(rest-1)) &^ (1<<rest - 1))
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
		q.scale[f] = coarse(top / steps)
		for j, w := range row {
			q.weights[f*k+j] = int8(math.Round(float64(w / q.scale[f])))
		}
	}
	return q
}

// scores adds up the rows of the features of a note. Four rows go at once, so that
// each sum is fetched and put back once for the four; it is added to in the same
// order as one by one, so that the result is the same to the last bit.
func (q *quantised) scores(ids []int32, values []float32, out []float32) {
	copy(out, q.bias)
	k := len(q.bias)
	row := func(i int) (float32, []int8) {
		id := int(ids[i])
		return values[i] * q.scale[id], q.weights[id*k:][:k]
	}
	i := 0
	for ; i+4 <= len(ids); i += 4 {
		v0, w0 := row(i)
		v1, w1 := row(i + 1)
		v2, w2 := row(i + 2)
		v3, w3 := row(i + 3)
		// said so that the inner loop checks no bounds
		sums, w1, w2, w3 := out[:len(w0)], w1[:len(w0)], w2[:len(w0)], w3[:len(w0)]
		for j, w := range w0 {
			sum := sums[j] + v0*float32(w)
			sum += v1 * float32(w1[j])
			sum += v2 * float32(w2[j])
			sums[j] = sum + v3*float32(w3[j])
		}
	}
	for ; i < len(ids); i++ {
		v, weights := row(i)
		sums := out[:len(weights)]
		for j, w := range weights {
			sums[j] += v * float32(w)
		}
	}
}

// numbered are the features met in training: a feature's number is the place of
// its id. The ids are hashes, spread evenly, so those that begin with the same
// 16 bits are few.
type numbered struct {
	ids    []uint32 // sorted
	starts []int32  // for each beginning, where its ids start; one more at the end
}

func numbers(sorted []uint32) numbered {
	v := numbered{ids: sorted, starts: make([]int32, 1<<16+1)}
	at := 0
	for begin := range v.starts {
		for at < len(sorted) && int(sorted[at]>>16) < begin {
			at++
		}
		v.starts[begin] = int32(at)
	}
	return v
}

// of returns the number of a feature, or -1 for one never seen in training.
func (v *numbered) of(id uint32) int32 {
	begin := id >> 16
	for i := v.starts[begin]; i < v.starts[begin+1]; i++ {
		if v.ids[i] == id {
			return i
		}
	}
	return -1
}

// WriteTo writes the trained file: the same weights give the same bytes. What is
// alike stands side by side, see [planes], and the weights, of which no run comes
// twice, in a part of their own whose bytes are only counted, those of the main model by
// what the other one has in their place, see [grouped]: a fifth less than all of it as it
// lies in memory.
func (w *Weights) WriteTo(out io.Writer) (int64, error) {
	var head, body, packed bytes.Buffer
	put := func(v any) { _ = binary.Write(&head, binary.LittleEndian, v) } // a Buffer takes all
	head.WriteString(format)
	put(uint32(len(w.known.ids)))
	put(uint32(len(w.each.bias)))
	gaps := make([]uint32, len(w.known.ids))
	before := uint32(0)
	for i, id := range w.known.ids {
		gaps[i], before = id-before, id
	}
	head.Write(planes(gaps))
	for _, q := range []*quantised{&w.each, &w.main} {
		put(q.bias)
		bits := make([]uint32, len(q.scale))
		for i, f := range q.scale {
			bits[i] = math.Float32bits(f)
		}
		head.Write(planes(bits))
	}
	_ = binary.Write(&body, binary.LittleEndian, w.each.weights)
	_ = binary.Write(&body, binary.LittleEndian, grouped(w.main.weights, w.each.weights))
	put(w.shares[:])
	put(w.calibration)
	put(w.limits)
	put(w.pairs)
	for _, part := range []struct {
		level int
		bytes []byte
	}{{gzip.BestCompression, head.Bytes()}, {gzip.HuffmanOnly, body.Bytes()}} {
		z, err := gzip.NewWriterLevel(&packed, part.level)
		if err != nil {
			return 0, err
		}
		if _, err := z.Write(part.bytes); err != nil {
			return 0, err
		}
		if err := z.Close(); err != nil {
			return 0, err
		}
	}
	return packed.WriteTo(out)
}

// placesBy tells of one weight after the other where it stands once all are put in the
// order of the values that by has in their places: the more alike two models are, the more
// alike are those that stand together then.
func placesBy(by []int8) (next func(i int) int) {
	var at [1 << 8]int
	for _, v := range by {
		at[uint8(v)]++
	}
	sum := 0
	for v, n := range at {
		at[v], sum = sum, sum+n
	}
	return func(i int) int {
		v := uint8(by[i])
		at[v]++
		return at[v] - 1
	}
}

// grouped puts weights in the order of [placesBy].
func grouped(weights, by []int8) []int8 {
	out, place := make([]int8, len(weights)), placesBy(by)
	for i, w := range weights {
		out[place(i)] = w
	}
	return out
}

// ungrouped puts them back.
func ungrouped(weights, by []int8) []int8 {
	out, place := make([]int8, len(weights)), placesBy(by)
	for i := range out {
		out[i] = weights[place(i)]
	}
	return out
}

// planes are the numbers' first bytes, then their second, and so on: of numbers that
// are alike in size the last ones are all but the same.
func planes(numbers []uint32) []byte {
	n := len(numbers)
	out := make([]byte, 4*n)
	for i, v := range numbers {
		out[i], out[n+i], out[2*n+i], out[3*n+i] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
	}
	return out
}

// whole puts numbers together again from their [planes].
func whole(planes []byte) []uint32 {
	n := len(planes) / 4
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(planes[i]) | uint32(planes[n+i])<<8 | uint32(planes[2*n+i])<<16 | uint32(planes[3*n+i])<<24
	}
	return out
}

// maxTrained bounds what a trained file may unpack to, in bytes.
const maxTrained = 128 << 20

// ReadWeights reads a trained file, also one of a layout before, as teams' own
// readings may still be kept; and refuses one of another layout or another list of
// signals.
func ReadWeights(packed []byte) (*Weights, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxTrained))
	if err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	layout := string(raw[:min(len(raw), len(format))])
	if layout != format && layout != formatUngrouped && layout != formatPlain {
		return nil, errors.New("read trained weights: the file was written by another version; train it anew with `cairn train`")
	}
	r := bytes.NewReader(raw[len(layout):])
	var head struct{ Features, Outputs uint32 }
	if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	if int(head.Outputs) != len(signals)+1 || head.Features > maxTrained/uint32(len(signals)) {
		return nil, fmt.Errorf("read trained weights: made for %d signals, there are %d; train anew with `cairn train`", int(head.Outputs)-1, len(signals))
	}
	n, k := int(head.Features), int(head.Outputs)
	w := &Weights{calibration: make([][calibrators]float64, k-1),
		limits: make([]float32, k-1), pairs: make([]uint8, (k-1)*(k-1))}
	for _, q := range []*quantised{&w.each, &w.main} {
		*q = quantised{bias: make([]float32, k), scale: make([]float32, n), weights: make([]int8, n*k)}
	}
	read := w.readParts
	if layout == formatPlain {
		read = w.readPlain
	}
	if err := read(r, n); err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	if layout == format {
		w.main.weights = ungrouped(w.main.weights, w.each.weights)
	}
	if r.Len() != 0 {
		return nil, fmt.Errorf("read trained weights: %d bytes too many", r.Len())
	}
	sum := sha256.Sum256(packed)
	w.hash = hex.EncodeToString(sum[:6])
	return w, nil
}

// readParts reads what [Weights.WriteTo] wrote of n features.
func (w *Weights) readParts(r *bytes.Reader, n int) error {
	numbersOf := func() ([]uint32, error) {
		bytes := make([]byte, 4*n)
		_, err := io.ReadFull(r, bytes)
		return whole(bytes), err
	}
	ids, err := numbersOf()
	if err != nil {
		return err
	}
	for i := 1; i < n; i++ {
		ids[i] += ids[i-1]
	}
	w.known = numbers(ids)
	for _, q := range []*quantised{&w.each, &w.main} {
		if err := binary.Read(r, binary.LittleEndian, q.bias); err != nil {
			return err
		}
		bits, err := numbersOf()
		if err != nil {
			return err
		}
		for i, b := range bits {
			q.scale[i] = math.Float32frombits(b)
		}
	}
	return readAll(r, w.shares[:], w.calibration, w.limits, w.pairs, w.each.weights, w.main.weights)
}

// readPlain reads the layout of [formatPlain].
func (w *Weights) readPlain(r *bytes.Reader, n int) error {
	ids := make([]uint32, n)
	if err := readAll(r, ids, w.each.bias, w.each.scale, w.each.weights, w.main.bias, w.main.scale, w.main.weights,
		w.shares[:], w.calibration, w.limits, w.pairs); err != nil {
		return err
	}
	w.known = numbers(ids)
	return nil
}

func readAll(r io.Reader, parts ...any) error {
	for _, p := range parts {
		if err := binary.Read(r, binary.LittleEndian, p); err != nil {
			return err
		}
	}
	return nil
}
