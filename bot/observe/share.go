package observe

import (
	"encoding/binary"
	"errors"
	"math"
)

// share lets features have one row of weights whose rows are the same in both models. They
// are those that stood in the same notes, as a word and the two that it always begins: no
// training can tell them apart. One feature in five is such a one.
func (w *Weights) share() {
	if w.rows != nil {
		return
	}
	k := len(w.each.bias)
	rows := make([]int32, len(w.known.ids))
	var each, main quantised
	each.bias, main.bias = w.each.bias, w.main.bias
	known := map[string]int32{}
	key := make([]byte, 0, 2*(4+k))
	for f := range rows {
		key = w.each.appendRow(key[:0], f)
		key = w.main.appendRow(key, f)
		row, again := known[string(key)]
		if !again {
			row = int32(len(known))
			known[string(key)] = row
			each.take(&w.each, f)
			main.take(&w.main, f)
		}
		rows[f] = row
	}
	w.rows, w.each, w.main = rows, each, main
}

// appendRow appends what makes a row.
func (q *quantised) appendRow(key []byte, row int) []byte {
	key = binary.LittleEndian.AppendUint32(key, math.Float32bits(q.scale[row]))
	for _, w := range q.row(row) {
		key = append(key, byte(w))
	}
	return key
}

// take appends a row of another model.
func (q *quantised) take(from *quantised, row int) {
	q.scale, q.weights = append(q.scale, from.scale[row]), append(q.weights, from.row(row)...)
}

func (q *quantised) row(row int) []int8 {
	k := len(q.bias)
	return q.weights[row*k:][:k]
}

// repeated lists the features that have the row of one before them, and which: the others
// have the next row each.
func repeated(rows []int32) (features, same []uint32) {
	own := int32(0)
	for f, row := range rows {
		if row == own {
			own++
			continue
		}
		features, same = append(features, uint32(f)), append(same, uint32(row))
	}
	return features, same
}

// rowsOf is the row of each of n features, of which [repeated] lists some.
func rowsOf(n int, features, same []uint32) ([]int32, error) {
	rows := make([]int32, n)
	own := int32(0)
	for f := range rows {
		if len(features) == 0 || int(features[0]) != f {
			rows[f] = own
			own++
			continue
		}
		if same[0] >= uint32(own) {
			return nil, errors.New("a feature has the row of one that comes after it")
		}
		rows[f], features, same = int32(same[0]), features[1:], same[1:]
	}
	if len(features) > 0 {
		return nil, errors.New("rows for features that there are not")
	}
	return rows, nil
}
