package observe

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
)

// format is the first word of a trained file; another means another layout.
const format = "cairn-reading-9"

// Layouts in which a team's own reading may still be kept: with a row for each feature,
// before it with all weights as they lie in memory, and before that with nothing put side
// by side.
const (
	formatRepeated  = "cairn-reading-8"
	formatUngrouped = "cairn-reading-7"
	formatPlain     = "cairn-reading-6"
)

// WriteTo writes the trained file: the same weights give the same bytes. A row that
// several features have is written once, see [Weights.share]; what is alike stands side by
// side, see [planes]; and the weights, of which no run comes twice, in a part of their own
// whose bytes are only counted, see [grouping]: less than half of what lies in memory.
func (w *Weights) WriteTo(out io.Writer) (int64, error) {
	shared := *w
	shared.share()
	var packed bytes.Buffer
	if err := shared.writeHead(&packed); err != nil {
		return 0, err
	}
	if err := shared.writeBody(&packed); err != nil {
		return 0, err
	}
	return packed.WriteTo(out)
}

func (w *Weights) writeHead(out io.Writer) error {
	var head bytes.Buffer
	put := func(v any) { _ = binary.Write(&head, binary.LittleEndian, v) } // a Buffer takes all
	head.WriteString(format)
	put(uint32(len(w.known.ids)))
	put(uint32(len(w.each.bias)))
	put(uint32(len(w.each.scale)))
	head.Write(planes(gaps(w.known.ids)))
	again, rows := repeated(w.rows)
	head.Write(planes(gaps(again)))
	head.Write(planes(rows))
	for _, q := range []*quantised{&w.each, &w.main} {
		put(q.bias)
		turned := make([]uint32, len(q.scale))
		for i, f := range q.scale {
			turned[i] = bits.RotateLeft32(math.Float32bits(f), scaleTurn)
		}
		head.Write(planes(turned))
	}
	put(w.shares[:])
	put(w.calibration)
	put(w.limits)
	put(w.pairs)
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := head.WriteTo(z); err != nil {
		return err
	}
	return z.Close()
}

func (w *Weights) writeBody(out io.Writer) error {
	z, err := gzip.NewWriterLevel(out, gzip.HuffmanOnly)
	if err != nil {
		return err
	}
	k := len(w.each.bias)
	kinds := kindsOf(w.each.weights, w.main.weights, k)
	if _, err := z.Write(kinds); err != nil {
		return err
	}
	if err := z.Flush(); err != nil {
		return err
	}
	if err := byOutput(kinds, k).write(z, w.each.weights); err != nil {
		return err
	}
	if err := byOther(kinds, k, w.each.weights).write(z, w.main.weights); err != nil {
		return err
	}
	return z.Close()
}

// scaleTurn is by how many bits a scale is turned, such that its binary places, see [coarse], are
// one byte and its exponent the next.
const scaleTurn = 17

// gaps are how far each of sorted numbers lies from the one before.
func gaps(sorted []uint32) []uint32 {
	out, before := make([]uint32, len(sorted)), uint32(0)
	for i, v := range sorted {
		out[i], before = v-before, v
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
	w, err := readWeights(packed)
	if err != nil {
		return nil, fmt.Errorf("read trained weights: %w", err)
	}
	sum := sha256.Sum256(packed)
	w.hash = hex.EncodeToString(sum[:6])
	return w, nil
}

func readWeights(packed []byte) (*Weights, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	layout := make([]byte, len(format))
	if _, err := io.ReadFull(z, layout); err != nil {
		return nil, err
	}
	read, known := map[string]func(*Weights, partReader, int, int) error{
		format: (*Weights).readShared, formatRepeated: (*Weights).readRepeated,
		formatUngrouped: (*Weights).readUngrouped, formatPlain: (*Weights).readPlain,
	}[string(layout)]
	if !known {
		return nil, errors.New("the file was written by another version; train it anew with `cairn train`")
	}
	var head struct{ Features, Outputs uint32 }
	if err := binary.Read(z, binary.LittleEndian, &head); err != nil {
		return nil, err
	}
	if int(head.Outputs) != len(signals)+1 || head.Features > maxTrained/uint32(len(signals)) {
		return nil, fmt.Errorf("made for %d signals, there are %d; train anew with `cairn train`", int(head.Outputs)-1, len(signals))
	}
	w := &Weights{}
	if err := read(w, partReader{z}, int(head.Features), int(head.Outputs)); err != nil {
		return nil, err
	}
	if more, err := io.Copy(io.Discard, io.LimitReader(z, maxTrained)); err != nil || more > 0 {
		return nil, cmp.Or(err, fmt.Errorf("%d bytes too many", more))
	}
	return w, nil
}

// partReader reads the parts of a trained file one after the other.
type partReader struct{ io.Reader }

func (r partReader) bytes(n int) ([]byte, error) {
	out := make([]byte, n)
	_, err := io.ReadFull(r, out)
	return out, err
}

// numbers reads n numbers that were written as [planes].
func (r partReader) numbers(n int) ([]uint32, error) {
	b, err := r.bytes(4 * n)
	return whole(b), err
}

// sorted reads numbers that were written as [planes] of their [gaps].
func (r partReader) sorted(n int) ([]uint32, error) {
	list, err := r.numbers(n)
	for i := 1; i < n; i++ {
		list[i] += list[i-1]
	}
	return list, err
}

func (r partReader) all(parts ...any) error {
	for _, p := range parts {
		if err := binary.Read(r, binary.LittleEndian, p); err != nil {
			return err
		}
	}
	return nil
}

// known reads which n features there are.
func (r partReader) known(w *Weights, n int) error {
	ids, err := r.sorted(n)
	if err != nil {
		return err
	}
	w.known = numbers(ids)
	return nil
}

// rest reads what there is one of, whatever the features.
func (r partReader) rest(w *Weights) error {
	return r.all(w.shares[:], w.calibration, w.limits, w.pairs)
}

// scales reads the biases and scales of both models, of which each scale was turned.
func (r partReader) scales(w *Weights, turn int) error {
	for _, q := range []*quantised{&w.each, &w.main} {
		if err := r.all(q.bias); err != nil {
			return err
		}
		turned, err := r.numbers(len(q.scale))
		if err != nil {
			return err
		}
		for i, b := range turned {
			q.scale[i] = math.Float32frombits(bits.RotateLeft32(b, -turn))
		}
	}
	return nil
}

// readShared reads what [Weights.WriteTo] wrote of n features.
func (w *Weights) readShared(r partReader, n, k int) error {
	var own uint32
	if err := r.all(&own); err != nil {
		return err
	}
	m := int(own)
	if m > n {
		return fmt.Errorf("%d rows for %d features", m, n)
	}
	if err := r.known(w, n); err != nil {
		return err
	}
	again, err := r.sorted(n - m)
	if err != nil {
		return err
	}
	rows, err := r.numbers(n - m)
	if err != nil {
		return err
	}
	if w.rows, err = rowsOf(n, again, rows); err != nil {
		return err
	}
	w.room(m, k)
	if err := r.scales(w, scaleTurn); err != nil {
		return err
	}
	if err := r.rest(w); err != nil {
		return err
	}
	kinds, err := r.bytes(m)
	if err != nil {
		return err
	}
	packed, err := r.bytes(m * k)
	if err != nil {
		return err
	}
	byOutput(kinds, k).read(packed, w.each.weights)
	if _, err := io.ReadFull(r, packed); err != nil {
		return err
	}
	byOther(kinds, k, w.each.weights).read(packed, w.main.weights)
	return nil
}

// readRepeated reads the layout of [formatRepeated].
func (w *Weights) readRepeated(r partReader, n, k int) error {
	if err := w.readUngrouped(r, n, k); err != nil {
		return err
	}
	packed := make([]byte, n*k)
	for i, v := range w.main.weights {
		packed[i] = byte(v)
	}
	byOther(make([]uint8, n), k, w.each.weights).read(packed, w.main.weights)
	return nil
}

// readUngrouped reads the layout of [formatUngrouped].
func (w *Weights) readUngrouped(r partReader, n, k int) error {
	w.room(n, k)
	if err := r.known(w, n); err != nil {
		return err
	}
	if err := r.scales(w, 0); err != nil {
		return err
	}
	if err := r.rest(w); err != nil {
		return err
	}
	return r.all(w.each.weights, w.main.weights)
}

// readPlain reads the layout of [formatPlain].
func (w *Weights) readPlain(r partReader, n, k int) error {
	w.room(n, k)
	ids := make([]uint32, n)
	if err := r.all(ids, w.each.bias, w.each.scale, w.each.weights, w.main.bias, w.main.scale, w.main.weights); err != nil {
		return err
	}
	w.known = numbers(ids)
	return r.rest(w)
}

// room makes room for m rows of k outputs.
func (w *Weights) room(m, k int) {
	for _, q := range []*quantised{&w.each, &w.main} {
		*q = quantised{bias: make([]float32, k), scale: make([]float32, m), weights: make([]int8, m*k)}
	}
	w.calibration, w.limits, w.pairs = make([][calibrators]float64, k-1), make([]float32, k-1), make([]uint8, (k-1)*(k-1))
}
