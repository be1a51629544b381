// Package meaning tells how near words are in meaning: "wine" and "stains",
// "tarmac" and "heat".
//
// Its table holds the stems of the most frequent English words with a vector
// each, made by [cairn/bot/suggest/meaning/make] of the GloVe vectors of
// Pennington, Socher and Manning (6B tokens of Wikipedia and Gigaword, 100
// dimensions; https://nlp.stanford.edu/projects/glove/), which are in the public
// domain (PDDL 1.0). It is unpacked when it is first asked for, and read where it lies.
package meaning

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"io"
	"math"
	"sync"
)

// Dimensions is how many numbers a vector has.
const Dimensions = 40

// Unit is the length of a word's vector: near enough what rounding leaves.
const Unit = 200

//go:embed table.bin.gz
var packed []byte

// table is how many words there are, where each ends, the words in their order, and
// their vectors.
type table []byte

var unpacked = sync.OnceValue(func() table {
	t := make(table, binary.LittleEndian.Uint32(packed[len(packed)-4:])) // where gzip keeps the length
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		_, err = io.ReadFull(z, t)
	}
	if err != nil {
		panic("meaning: " + err.Error()) // it is embedded
	}
	return t
})

// Vector is a direction of meaning. That of a word is Unit long.
type Vector [Dimensions]int8

// Of returns the vector of an English stem.
func Of(stem string) (v Vector, ok bool) {
	t := unpacked()
	n := t.size()
	low, ok := t.find(stem, n)
	if !ok {
		return v, false
	}
	at := 4 + 4*n + t.end(n-1) + low*Dimensions
	for i := range v {
		v[i] = int8(t[at+i])
	}
	return v, true
}

// find returns the place of a word among n.
func (t table) find(stem string, n int) (place int, ok bool) {
	low, high := 0, n
	for low < high {
		mid := (low + high) / 2
		if string(t.word(mid, n)) < stem {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, low < n && string(t.word(low, n)) == stem
}

func (t table) size() int { return int(t.number(0)) }

func (t table) number(at int) uint32 { return binary.LittleEndian.Uint32(t[at:]) }

// end is where the word at a place ends.
func (t table) end(place int) int { return int(t.number(4 + 4*place)) }

func (t table) word(place, n int) []byte {
	from := 0
	if place > 0 {
		from = t.end(place - 1)
	}
	return t[4+4*n+from : 4+4*n+t.end(place)]
}

// Near is the cosine of two vectors, each Unit long.
func Near(a, b *Vector) float32 {
	sum := int32(0)
	for i := range a {
		sum += int32(a[i]) * int32(b[i])
	}
	return float32(sum) / (Unit * Unit)
}

// Signs are the signs of a vector's numbers, a bit each: near vectors have most
// of them in common.
func (v *Vector) Signs() (signs uint64) {
	for i, x := range v {
		if x < 0 {
			signs |= 1 << i
		}
	}
	return signs
}

// Sum gathers what several words mean together.
type Sum [Dimensions]float32

// Add adds a word's vector, so much.
func (s *Sum) Add(v *Vector, weight float32) {
	for i := range s {
		s[i] += weight * float32(v[i])
	}
}

// Plus adds another sum, so much.
func (s *Sum) Plus(other *Sum, weight float32) {
	for i := range s {
		s[i] += weight * other[i]
	}
}

// Vector returns the direction of the sum; false if there is none.
func (s *Sum) Vector() (v Vector, ok bool) {
	square := 0.0
	for _, x := range s {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return v, false
	}
	scale := Unit / math.Sqrt(square)
	for i, x := range s {
		v[i] = int8(max(-127, min(127, math.Round(float64(x)*scale))))
	}
	return v, true
}
