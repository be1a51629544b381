package workshop

import "strings"

// maxDiff bounds the lines of either text that are compared one by one, once what
// both begin and end with is off: a table of this size is what it costs.
const maxDiff = 2000

// Line is a line of a difference.
type Line struct {
	Sign byte // '-' only in the first text, '+' only in the second, ' ' in both
	Text string
}

// Lines tells what differs between two texts, with one line of what is the same
// around each change and "…" where more was left out. No lines: they are equal.
func Lines(was, is string) []Line {
	all := compared(split(was), split(is))
	near := make([]bool, len(all))
	changed := false
	for i, l := range all {
		if l.Sign == ' ' {
			continue
		}
		changed = true
		for j := max(0, i-1); j <= min(len(all)-1, i+1); j++ {
			near[j] = true
		}
	}
	if !changed {
		return nil
	}
	var out []Line
	for i, l := range all {
		switch {
		case near[i]:
			out = append(out, l)
		case len(out) == 0 || out[len(out)-1].Text != "…":
			out = append(out, Line{' ', "…"})
		}
	}
	return out
}

func split(s string) []string {
	return strings.Split(strings.TrimRight(s, "\n"), "\n")
}

// compared aligns what stands between the lines that both texts begin and end
// with. Of more than can be compared, all is told as taken out and put in: a
// difference is never passed over.
func compared(a, b []string) []Line {
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out := signed(' ', a[:head])
	was, is := a[head:len(a)-tail], b[head:len(b)-tail]
	if max(len(was), len(is)) > maxDiff {
		out = append(append(out, signed('-', was)...), signed('+', is)...)
	} else {
		out = append(out, align(was, is)...)
	}
	return append(out, signed(' ', a[len(a)-tail:])...)
}

func signed(sign byte, lines []string) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = Line{sign, l}
	}
	return out
}

// align finds the longest run of common lines, in their order.
func align(a, b []string) []Line {
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	var out []Line
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, Line{' ', a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && long[i+1][j] >= long[i][j+1]:
			out = append(out, Line{'-', a[i]})
			i++
		default:
			out = append(out, Line{'+', b[j]})
			j++
		}
	}
	return out
}
