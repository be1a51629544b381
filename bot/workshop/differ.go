package workshop

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Part is a piece of a line of a difference.
type Part struct {
	Sign byte // '-' only in the first text, '+' only in the second, ' ' in both
	Text string
}

// Parted is a line of a difference in its pieces. Of a line that was changed the
// pieces of both texts stand in one; a line that only one of the texts has is one piece.
type Parted struct {
	Sign  byte // '-' or '+': a line of one text alone; '~': changed; ' ': in both, or "…"
	Parts []Part
}

const (
	// alike is from which share of common words on two lines are one that was changed,
	// and within from which share of the shorter's words, where it has a few.
	alike, within = 0.4, 0.7
	fewWords      = 4
	// mostPaired bounds the pairs of lines that are tried beside each other.
	mostPaired = 400
	// mostWords bounds the words of a line that are compared one by one, once what
	// both begin and end with is off.
	mostWords = 800
	// aroundWord is how many characters of what is the same stay beside a change.
	aroundWord = 40
	// leastLeftOut is how many characters are worth an ellipsis.
	leastLeftOut = 12
	// longSame is from how many characters on a line that is the same is cut: a cue file
	// has lines of thousands.
	longSame = 300
)

// Differ tells what differs between two texts word by word: the lines of [Lines],
// where a line that was changed shows the words that were, with a few around them.
// No lines: they are equal.
func Differ(was, is string) []Parted {
	lines := Lines(was, is)
	var out []Parted
	for i := 0; i < len(lines); {
		from := i
		for i < len(lines) && lines[i].Sign == '-' {
			i++
		}
		gone := lines[from:i]
		from = i
		for i < len(lines) && lines[i].Sign == '+' {
			i++
		}
		come := lines[from:i]
		if len(gone)+len(come) == 0 {
			out = append(out, Parted{' ', []Part{{' ', brief(lines[i].Text)}}})
			i++
			continue
		}
		out = append(out, paired(gone, come)...)
	}
	return out
}

// paired puts each line that went beside the first one after the last pair that came
// in its place; of very many lines only that in the same place is looked at.
func paired(gone, come []Line) []Parted {
	var out []Parted
	alone := func(lines []Line) {
		for _, l := range lines {
			out = append(out, Parted{l.Sign, []Part{{l.Sign, l.Text}}})
		}
	}
	next := 0
	for k, l := range gone {
		from, to := next, len(come)
		if len(gone)*len(come) > mostPaired {
			from = max(next, min(k, to))
			to = min(from+1, to)
		}
		at := slices.IndexFunc(come[from:to], func(c Line) bool { return isChanged(l.Text, c.Text) })
		if at < 0 {
			alone([]Line{l})
			continue
		}
		alone(come[next : from+at])
		out = append(out, Parted{'~', besides(changedParts(l.Text, come[from+at].Text))})
		next = from + at + 1
	}
	alone(come[next:])
	return out
}

// aWord is what is compared: a word, a tag of a template, the blanks between, a sign.
var aWord = regexp.MustCompile(`\{\{[^{}]*\}\}|[\p{L}\p{M}\p{N}_'’]+|\s+|.`)

// isChanged reports whether one line is what became of another: they have many words in
// common, in whatever order, or the shorter has few that the longer has not.
func isChanged(was, is string) bool {
	a, b := wordsOf(was), wordsOf(is)
	left := map[string]int{}
	for _, w := range a {
		left[w]++
	}
	common := 0
	for _, w := range b {
		if left[w] > 0 {
			left[w]--
			common++
		}
	}
	short := min(len(a), len(b))
	return float64(2*common) >= alike*float64(len(a)+len(b)) || short >= fewWords && float64(common) >= within*float64(short)
}

// wordsOf are the words of a line without the blanks between.
func wordsOf(line string) []string {
	return slices.DeleteFunc(aWord.FindAllString(line, -1), isBlank)
}

// changedParts are the pieces of one line and of what it became.
func changedParts(was, is string) []Part {
	a, b := aWord.FindAllString(was, -1), aWord.FindAllString(is, -1)
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var middle []Line
	if gone, come := a[head:len(a)-tail], b[head:len(b)-tail]; max(len(gone), len(come)) > mostWords {
		middle = append(signed('-', gone), signed('+', come)...)
	} else {
		middle = align(gone, come)
	}
	all := append(signed(' ', a[:head]), middle...)
	all = append(all, signed(' ', a[len(a)-tail:])...)
	var parts []Part
	for i := 0; i < len(all); {
		if all[i].Sign == ' ' {
			from := i
			for i < len(all) && all[i].Sign == ' ' {
				i++
			}
			parts = append(parts, Part{' ', joinedText(all[from:i], ' ')})
			continue
		}
		from := i
		for i < len(all) && (all[i].Sign != ' ' || bridge(all, i)) {
			i++
		}
		for _, sign := range []byte{'-', '+'} {
			if text := joinedText(all[from:i], sign); text != "" {
				parts = append(parts, Part{sign, text})
			}
		}
	}
	return parts
}

// bridge reports whether what is the same at i is one word at most between two changes:
// told as part of both, they are read in one go.
func bridge(all []Line, i int) bool {
	words := 0
	for ; i < len(all) && all[i].Sign == ' '; i++ {
		if strings.ContainsFunc(all[i].Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			words++
		}
	}
	return i < len(all) && words <= 1
}

// joinedText is what one of two texts has of a run of words.
func joinedText(run []Line, sign byte) string {
	var b strings.Builder
	for _, w := range run {
		if w.Sign == sign || w.Sign == ' ' {
			b.WriteString(w.Text)
		}
	}
	return b.String()
}

// besides cuts what is the same to what stands next to a change.
func besides(parts []Part) []Part {
	for i, p := range parts {
		if p.Sign != ' ' {
			continue
		}
		start, end := "", "" // what stands after the change before, and before the one after
		if i > 0 {
			start = firstWords(p.Text)
		}
		if i < len(parts)-1 {
			end = lastWords(p.Text)
		}
		if utf8.RuneCountInString(start+end)+leastLeftOut < utf8.RuneCountInString(p.Text) {
			parts[i].Text = start + "…" + end
		}
	}
	return parts
}

// brief is a line of what is the same beside a change: how it begins.
func brief(text string) string {
	if utf8.RuneCountInString(text) > longSame {
		return firstWords(text) + "…"
	}
	return text
}

// firstWords are whole words that a text begins with, lastWords those it ends with, of
// [aroundWord] characters at most, and up to a blank where there is one.
func firstWords(text string) string {
	words := withinReach(aWord.FindAllString(text, -1))
	for i := len(words) - 1; i > 0; i-- {
		if isBlank(words[i]) {
			return strings.Join(words[:i+1], "")
		}
	}
	return strings.Join(words, "")
}

func lastWords(text string) string {
	words := aWord.FindAllString(text, -1)
	slices.Reverse(words)
	words = withinReach(words)
	slices.Reverse(words)
	for i := 0; i < len(words)-1; i++ {
		if isBlank(words[i]) {
			return strings.Join(words[i:], "")
		}
	}
	return strings.Join(words, "")
}

// withinReach are the first of words that have [aroundWord] characters at most.
func withinReach(words []string) []string {
	n := 0
	for i, w := range words {
		if n += utf8.RuneCountInString(w); n > aroundWord {
			return words[:i]
		}
	}
	return words
}

func isBlank(word string) bool { return strings.TrimSpace(word) == "" }
