// Command make writes the table of [cairn/bot/suggest/meaning] from a file of
// word vectors in GloVe's form, a word and its numbers a line, the most
// frequent first:
//
//	go run ./bot/suggest/meaning/make -vectors glove.txt -dictionary words.txt -out bot/suggest/meaning/table.bin.gz
//
// The dictionary, a lower case word a line, keeps names out. Words of one stem
// become one, weighed by how frequent they are; what all words have in common is
// taken away, and of the rest the directions that tell most are kept.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/kljensen/snowball/english"

	"cairn/bot/suggest/meaning"
)

func main() {
	log.SetFlags(0)
	vectors := flag.String("vectors", "", "word vectors, the most frequent word first")
	dictionary := flag.String("dictionary", "", "words to keep")
	out := flag.String("out", "", "the table")
	most := flag.Int("words", 16000, "stems to keep")
	common := flag.Int("common", 1, "directions to take away that all words share")
	flag.Parse()
	if err := run(*vectors, *dictionary, *out, *most, *common); err != nil {
		log.Fatal(err)
	}
}

// word is a stem with its vector.
type word struct {
	stem   string
	vector []float64
	weight float64
}

func run(vectors, dictionary, out string, most, common int) error {
	keep, err := read(dictionary)
	if err != nil {
		return err
	}
	words, err := gather(vectors, keep, most)
	if err != nil {
		return err
	}
	center(words)
	directions := principal(words, meaning.Dimensions+common)[common:]
	slices.SortFunc(words, func(a, b *word) int { return strings.Compare(a.stem, b.stem) })
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(table(words, directions)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, packed.Bytes(), 0o644)
}

func read(file string) (map[string]bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("dictionary: %w", err)
	}
	keep := map[string]bool{}
	for w := range strings.FieldsSeq(string(text)) {
		keep[w] = true
	}
	return keep, nil
}

// gather reads the vectors of words of the dictionary, those of one stem as one.
func gather(file string, keep map[string]bool, most int) ([]*word, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("vectors: %w", err)
	}
	defer f.Close()
	known := map[string]*word{}
	var all []*word
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for rank := 1; lines.Scan(); rank++ {
		name, rest, _ := strings.Cut(lines.Text(), " ")
		if !keep[name] || len(name) < 3 {
			continue
		}
		stem := english.Stem(name, false)
		w := known[stem]
		if w == nil {
			if len(all) == most {
				continue
			}
			w = &word{stem: stem}
			known[stem], all = w, append(all, w)
		}
		weight := 1 / float64(rank)
		for i, number := range strings.Fields(rest) {
			x, err := strconv.ParseFloat(number, 64)
			if err != nil {
				return nil, fmt.Errorf("vectors, line %d: %w", rank, err)
			}
			if i == len(w.vector) {
				w.vector = append(w.vector, 0)
			}
			w.vector[i] += weight * x
		}
		w.weight += weight
	}
	for _, w := range all {
		for i := range w.vector {
			w.vector[i] /= w.weight
		}
	}
	return all, lines.Err()
}

// center takes the mean of all from each.
func center(words []*word) {
	mean := make([]float64, len(words[0].vector))
	for _, w := range words {
		for i, x := range w.vector {
			mean[i] += x / float64(len(words))
		}
	}
	for _, w := range words {
		for i := range w.vector {
			w.vector[i] -= mean[i]
		}
	}
}

// principal returns the n directions in which the words differ most, by power
// iteration with those found before taken away.
func principal(words []*word, n int) [][]float64 {
	size := len(words[0].vector)
	covariance := make([][]float64, size)
	for i := range covariance {
		covariance[i] = make([]float64, size)
		for _, w := range words {
			for j, x := range w.vector {
				covariance[i][j] += w.vector[i] * x
			}
		}
	}
	var found [][]float64
	for k := range n {
		v := make([]float64, size)
		for i := range v {
			v[i] = 1 / float64(1+(i+k)%7)
		}
		for range 2000 {
			next := make([]float64, size)
			for i := range next {
				next[i] = dot(covariance[i], v)
			}
			for _, f := range found {
				along := dot(next, f)
				for i := range next {
					next[i] -= along * f[i]
				}
			}
			length := math.Sqrt(dot(next, next))
			for i := range next {
				v[i] = next[i] / length
			}
		}
		found = append(found, v)
	}
	return found
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// table lays the words out as [meaning] reads them: their number, where each
// ends, the words themselves, the vectors.
func table(words []*word, directions [][]float64) []byte {
	text := []byte{}
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(words)))
	for _, w := range words {
		text = append(text, w.stem...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(text)))
	}
	out = append(out, text...)
	for _, w := range words {
		v := make([]float64, len(directions))
		for i, d := range directions {
			v[i] = dot(w.vector, d)
		}
		length := math.Sqrt(dot(v, v))
		for _, x := range v {
			out = append(out, byte(int8(max(-127, min(127, math.Round(meaning.Unit*x/length))))))
		}
	}
	return out
}
