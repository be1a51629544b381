package observe

import (
	"compress/gzip"
	"math"
)

// grouping is the order in which weights are written: those of a kind of row stand together,
// and of these those that are alike in what else is known when they are read. Their values
// are alike then too, so that a code made for a group is shorter than one for all.
type grouping struct {
	kinds []uint8 // of the rows
	k     int     // weights a row
	by    []int8  // what else is known of the weights of a row,
	step  int     // and how far from there the next row's is: 0 where it is the same for all
}

// byOutput groups by the outputs that the weights are for.
func byOutput(kinds []uint8, k int) *grouping {
	by := make([]int8, k)
	for j := range by {
		by[j] = int8(j)
	}
	return &grouping{kinds, k, by, 0}
}

// byOther groups by what another model has in the same place.
func byOther(kinds []uint8, k int, other []int8) *grouping { return &grouping{kinds, k, other, k} }

// ends are where the groups end, one kind's after the other's.
func (g *grouping) ends() []counts {
	kinds := 0
	for _, kind := range g.kinds {
		kinds = max(kinds, int(kind)+1)
	}
	ends := make([]counts, kinds)
	for row, kind := range g.kinds {
		count := &ends[kind]
		for _, v := range g.by[row*g.step:][:g.k] {
			count[uint8(v)]++
		}
	}
	sum := int32(0)
	for i := range ends {
		for j, n := range ends[i] {
			sum += n
			ends[i][j] = sum
		}
	}
	return ends
}

// order calls do for each row with the places that its weights have in the file.
func (g *grouping) order(do func(row int, places []int32)) {
	next := g.ends() // a group is filled from its end on
	places := make([]int32, g.k)
	for row := len(g.kinds) - 1; row >= 0; row-- {
		left := &next[g.kinds[row]]
		by := g.by[row*g.step:][:len(places)]
		for j := len(by) - 1; j >= 0; j-- {
			v := uint8(by[j])
			left[v]--
			places[j] = left[v]
		}
		do(row, places)
	}
}

// read puts weights that were written in this order into out.
func (g *grouping) read(written []byte, out []int8) {
	g.order(func(row int, places []int32) {
		weights := out[row*g.k:][:len(places)]
		for j, at := range places {
			weights[j] = int8(written[at])
		}
	})
}

// write writes weights in this order: groups that follow one another have one code where two
// would take more room, with what it takes to write them down.
func (g *grouping) write(z *gzip.Writer, weights []int8) error {
	ordered := make([]byte, len(weights))
	g.order(func(row int, places []int32) {
		for j, at := range places {
			ordered[at] = byte(weights[row*g.k+j])
		}
	})
	var coded counts
	from, to := int32(0), int32(0)
	for _, ends := range g.ends() {
		for _, end := range ends {
			group := countsOf(ordered[to:end])
			both := coded.and(&group)
			if both.size() > coded.size()+group.size() {
				if _, err := z.Write(ordered[from:to]); err != nil {
					return err
				}
				if err := z.Flush(); err != nil { // the code ends here
					return err
				}
				from, both = to, group
			}
			coded, to = both, end
		}
	}
	_, err := z.Write(ordered[from:])
	return err
}

// counts are how often each value comes.
type counts [1 << 8]int32

func countsOf(values []byte) (c counts) {
	for _, v := range values {
		c[v]++
	}
	return c
}

func (c *counts) and(other *counts) (both counts) {
	for v := range both {
		both[v] = c[v] + other[v]
	}
	return both
}

// size is about how many bits the values take in a code that was made for them, with the code.
func (c *counts) size() float64 {
	const code, value = 100, 4
	size, sum := 0.0, 0.0
	for _, n := range c {
		if n > 0 {
			size += value - float64(float64(n)*math.Log2(float64(n))) // said so that every machine rounds alike
			sum += float64(n)
		}
	}
	if sum == 0 {
		return 0
	}
	return code + size + float64(sum*math.Log2(sum))
}

// How rows are sorted into kinds.
const (
	mostKinds  = 64
	rowsOfKind = 1600 // as many and a kind more is worth its codes, which are written too
	rounds     = 10   // of sorting: more of them make no file smaller by a hundredth
)

// kindsOf sorts the rows of two models into kinds such that the codes that fit a kind are
// short: by how large their weights are at first, and then, some times over, each into the
// kind whose codes are shortest for it.
func kindsOf(each, main []int8, k int) []uint8 {
	kinds := make([]uint8, len(each)/k)
	most := max(1, min(mostKinds, len(kinds)/rowsOfKind))
	for row := range kinds {
		sum := 0
		for j := range k {
			sum += max(int(each[row*k+j]), -int(each[row*k+j])) + max(int(main[row*k+j]), -int(main[row*k+j]))
		}
		kinds[row] = uint8(min(sum*most/(2*k*steps), most-1))
	}
	if most == 1 {
		return kinds
	}
	for range rounds {
		c := codesOf(kinds, most, each, main, k)
		for row := range kinds {
			kinds[row] = c.best(kinds[row], each[row*k:][:k], main[row*k:][:k])
		}
	}
	return kinds
}

// codes tell how long the codes of the kinds are, in 1/64 bits: of being of that kind, of a
// weight by its output, and of one by the other model's.
type codes struct {
	kind   []int32
	output [][]lengths
	other  [][values]lengths
}

// values is more than a weight has of them, see steps: one beside would share a length, and
// take no more than some room.
const values = 2 * (steps + 1)

// lengths are how often each value comes, and then how long its code is.
type lengths [values]int32

func (l *lengths) of(weight int8) *int32 { return &l[uint8(weight)%values] }

func codesOf(kinds []uint8, most int, each, main []int8, k int) *codes {
	c := &codes{make([]int32, most), make([][]lengths, most), make([][values]lengths, most)}
	for i := range c.output {
		c.output[i] = make([]lengths, k)
	}
	count := make([]int32, most)
	for row, kind := range kinds {
		count[kind]++
		output, other := c.output[kind], &c.other[kind]
		for j, e := range each[row*k:][:k] {
			*output[j].of(e)++
			*other[uint8(e)%values].of(main[row*k+j])++
		}
	}
	for kind := range most {
		c.kind[kind] = codeLength(count[kind], int32(len(kinds)))
		for j := range c.output[kind] {
			c.output[kind][j].code()
		}
		for e := range c.other[kind] {
			c.other[kind][e].code()
		}
	}
	return c
}

// code makes of how often values come how long their codes are.
func (l *lengths) code() {
	sum := int32(0)
	for _, n := range l {
		sum += n
	}
	for v, n := range l {
		l[v] = codeLength(n, sum)
	}
}

// codeLength is the length of the code of what comes n times of all, in 1/64 bits.
func codeLength(n, all int32) int32 {
	return int32(math.Round(-64 * math.Log2((float64(n)+0.02)/(float64(all)+0.64))))
}

// best is the kind whose codes are shortest for a row that is of one now.
func (c *codes) best(now uint8, each, main []int8) uint8 {
	best, least := now, c.length(int(now), each, main, math.MaxInt32)
	for kind := range c.kind {
		if length := c.length(kind, each, main, least); length < least {
			best, least = uint8(kind), length
		}
	}
	return best
}

// length is how long the codes of a kind are for a row, or more than enough.
func (c *codes) length(kind int, each, main []int8, enough int32) int32 {
	sum, output, other := c.kind[kind], c.output[kind], &c.other[kind]
	for j, e := range each {
		sum += *output[j].of(e) + *other[uint8(e)%values].of(main[j])
		if sum >= enough {
			break
		}
	}
	return sum
}
