package strict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Value is a place in a document. An absent value reads as empty without a
// complaint, so optional keys need no care.
type Value struct {
	doc  *Doc
	node *yaml.Node
	line int // of the mapping that lacks it, for absent values
}

// Present reports whether the value stands in the document; `key:` with
// nothing behind it does not.
func (v Value) Present() bool {
	return v.node != nil && !(v.node.Kind == yaml.ScalarNode && v.node.Tag == "!!null")
}

// Line is the line of the value in the file, or that of the group of keys
// that lacks it.
func (v Value) Line() int {
	if v.at() == 0 {
		return 0
	}
	return v.at() + v.doc.offset
}

// at is Line counted from the start of the document.
func (v Value) at() int {
	if v.node == nil {
		return v.line
	}
	return v.node.Line
}

// Fail reports a problem at this value.
func (v Value) Fail(hint, format string, args ...any) {
	v.doc.add(v.at(), fmt.Sprintf(format, args...), hint)
}

// Text reads a single value as text.
func (v Value) Text() string {
	if !v.Present() {
		return ""
	}
	if v.node.Kind != yaml.ScalarNode {
		v.Fail("write one piece of text", "a list or a group of keys stands where text should stand")
		return ""
	}
	return v.node.Value
}

// Any reads whatever stands there: text, a number, true or false, a list
// ([]any) or a group of keys (map[string]any); nil where nothing does.
func (v Value) Any() any {
	if !v.Present() {
		return nil
	}
	switch v.node.Kind {
	case yaml.SequenceNode:
		all := []any{}
		for _, each := range v.List() {
			all = append(all, each.Any())
		}
		return all
	case yaml.MappingNode:
		f, all := v.Open(), map[string]any{}
		for _, key := range f.Keys() {
			all[key] = f.Get(key).Any()
		}
		return all
	}
	var plain any
	if v.node.Tag == "!!str" || v.node.Decode(&plain) != nil {
		return v.node.Value
	}
	switch plain.(type) {
	case bool, int, float64:
		return plain
	}
	return v.node.Value // a date, say, is text here
}

// Number reads a decimal number from lowest to highest; def where absent.
func (v Value) Number(def, lowest, highest float64) float64 {
	if !v.Present() {
		return def
	}
	n, err := strconv.ParseFloat(v.Text(), 64)
	if err != nil || !(n >= lowest && n <= highest) {
		v.Fail(fmt.Sprintf("write a number from %v to %v", lowest, highest), "%q does not fit here", v.node.Value)
		return def
	}
	return n
}

// OneOf reads text that must be one of the words; "" where absent or wrong.
func (v Value) OneOf(what string, words ...string) string {
	if !v.Present() {
		return ""
	}
	text := v.Text()
	if !slices.Contains(words, text) {
		v.Fail(Hint(text, words), "there is no %s %q", what, text)
		return ""
	}
	return text
}

// List reads a list; nil where absent.
func (v Value) List() []Value {
	if !v.Present() {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		v.Fail("write a list: [one, two], or a line with a dash for each", "this should be a list")
		return nil
	}
	all := make([]Value, len(v.node.Content))
	for i, n := range v.node.Content {
		all[i] = Value{doc: v.doc, node: n}
	}
	return all
}

// Words reads a list of which each member is one of words and none comes
// twice.
func (v Value) Words(what string, words ...string) []string {
	var all []string
	for _, each := range v.List() {
		word := each.OneOf(what, words...)
		switch {
		case word == "":
			if !each.Present() {
				each.Fail("", "an empty %s", what)
			}
		case slices.Contains(all, word):
			each.Fail("remove one", "%s %q is named twice", what, word)
		default:
			all = append(all, word)
		}
	}
	return all
}

// Fields is a group of keys.
type Fields struct {
	doc  *Doc
	line int
	keys []string
	at   map[string]Value
	// meant are known keys that an unknown one is a slip of: they are not missing too
	meant map[string]bool
}

// Fields reads a group of keys and reports every key that is not among
// known, and every key that comes twice.
func (v Value) Fields(known ...string) Fields {
	f := v.Open()
	for _, key := range f.keys {
		if !slices.Contains(known, key) {
			v.doc.add(f.at[key].line, fmt.Sprintf("there is no key %q here", key), Hint(key, known))
			f.meant[Nearest(key, known)] = true
		}
	}
	return f
}

// Open reads a group of keys that the writer names freely.
func (v Value) Open() Fields {
	f := Fields{doc: v.doc, line: v.at(), at: map[string]Value{}, meant: map[string]bool{}}
	if !v.Present() {
		return f
	}
	if v.node.Kind != yaml.MappingNode {
		v.Fail("write `key: value` lines", "a group of keys should stand here")
		return f
	}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key, value := v.node.Content[i], v.node.Content[i+1]
		switch _, twice := f.at[key.Value]; {
		case key.Kind != yaml.ScalarNode:
			v.doc.add(key.Line, "a key must be a word", "")
		case twice:
			v.doc.add(key.Line, fmt.Sprintf("the key %q comes twice", key.Value), "keep one of the two")
		default:
			f.keys = append(f.keys, key.Value)
			f.at[key.Value] = Value{doc: v.doc, node: value, line: key.Line}
		}
	}
	return f
}

// Keys are the keys as written, in order.
func (f Fields) Keys() []string { return f.keys }

// Get returns the value of a key, absent where the key is.
func (f Fields) Get(key string) Value {
	v, ok := f.at[key]
	if !ok {
		return Value{doc: f.doc, line: f.line}
	}
	return v
}

// Need is Get for a key that must be there and say something.
func (f Fields) Need(key string) Value {
	v := f.Get(key)
	if f.doc.root == nil {
		return Value{doc: f.doc, line: f.line} // nothing could be read, which is told already
	}
	empty := v.node != nil && v.node.Kind == yaml.ScalarNode && strings.TrimSpace(v.node.Value) == ""
	switch {
	case v.node == nil && f.meant[key]:
		return Value{doc: f.doc, line: f.line}
	case !v.Present() || empty:
		v.doc.add(max(f.line, v.line), fmt.Sprintf("the key %q is missing or empty", key), "")
		return Value{doc: f.doc, line: f.line}
	}
	return v
}

// mostKnown is how long a list of known words may be, in bytes: all signals fit.
const mostKnown = 600

// Hint names the known word nearest to what was written, or lists the known
// words where none is near.
func Hint(written string, known []string) string {
	if near := Nearest(written, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	all := strings.Join(known, ", ")
	if all == "" || len(all) > mostKnown {
		return ""
	}
	return "known here: " + all
}

// Nearest returns the known word that is a slip of the fingers away from
// written, or "" where none is near enough to be meant.
func Nearest(written string, known []string) string {
	best, bestAt := "", min(1+len(written)/3, len(written)-1)
	for _, word := range known {
		if len(word) > 64 || len(written) > 64 {
			continue
		}
		if d := distance(strings.ToLower(written), strings.ToLower(word)); d <= bestAt && (best == "" || d < bestAt) {
			best, bestAt = word, d
		}
	}
	return best
}

// distance is the number of bytes to insert, drop or change to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}
