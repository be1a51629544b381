// Package strict reads YAML that people edit so that every mistake is told
// with its file, its line, what is wrong and how to mend it.
//
// A document is read into [Value]s. Each reading method reports what it does
// not like to the document's [Doc.Problems] and returns a zero value, so a
// caller reads everything first and asks for [Doc.Err] once: people see all
// their mistakes at one time. Unknown and doubled keys are mistakes, as are
// anchors and aliases, more than one document in a file, and text where a
// list should stand.
package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// MaxBytes is the largest document read. What people edit by hand is far
// smaller; the limit keeps a wrong file from being parsed at all.
const MaxBytes = 1 << 20

// Problem is one mistake in a file that people edit. Line counts from 1; it
// is 0 where the mistake has no line (a file that is missing, say).
type Problem struct {
	File string
	Line int
	What string // what is wrong, as a sentence part without a full stop
	Hint string // how to mend it; may be empty
}

// Error gives the problem as `file:line: what (hint)`.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		b.WriteString(":" + strconv.Itoa(p.Line))
	}
	b.WriteString(": " + p.What)
	if p.Hint != "" {
		b.WriteString(" (" + p.Hint + ")")
	}
	return b.String()
}

// Problems are mistakes in the order in which they were found. As an error it
// gives one mistake a line.
type Problems []Problem

// Error implements error.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Doc is one document under reading.
type Doc struct {
	file     string
	offset   int
	root     *yaml.Node
	problems Problems
}

// Read parses data. The document can always be read from; where the YAML
// itself is broken, Err tells it and every value is absent.
func Read(file string, data []byte) *Doc { return ReadAt(file, 0, data) }

// ReadAt is Read for a document that stands inside a larger file: offset
// lines of that file come before it.
func ReadAt(file string, offset int, data []byte) *Doc {
	d := &Doc{file: file, offset: offset}
	if len(data) > MaxBytes {
		d.add(0, fmt.Sprintf("the file has %d bytes", len(data)), fmt.Sprintf("at most %d are read", MaxBytes))
		return d
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as some editors begin a file
	if !utf8.Valid(data) {
		d.add(0, "the file is not UTF-8 text", "save it as UTF-8")
		return d
	}
	loader, err := yaml.NewLoader(strings.NewReader(string(data)))
	if err != nil {
		d.broken(err)
		return d
	}
	var node, more yaml.Node
	switch err := loader.Load(&node); {
	case errors.Is(err, io.EOF):
		d.add(0, "the file is empty", "")
		return d
	case err != nil:
		d.broken(err)
		return d
	}
	if err := loader.Load(&more); err == nil {
		d.add(more.Line, "a second document begins", "one file holds one document; remove the line ---")
		return d
	} else if !errors.Is(err, io.EOF) {
		d.broken(err)
		return d
	}
	if d.plain(&node, 0) && d.seen(&node, string(data)) {
		d.root = &node
		if node.Kind == yaml.DocumentNode && len(node.Content) == 1 {
			d.root = node.Content[0]
		}
	}
	return d
}

var yamlLine = regexp.MustCompile(`\b(?:L|line )(\d+)(?:\.C\d+)?(?:-L\d+(?:\.C\d+)?)?:? *`)

// broken reports what the YAML parser said, with its line moved to where it
// belongs.
func (d *Doc) broken(err error) {
	what, line := err.Error(), 0
	if m := yamlLine.FindStringSubmatchIndex(what); m != nil {
		line, _ = strconv.Atoi(what[m[2]:m[3]])
		what = what[m[1]:] // what comes before it is the parser's own trade
	}
	d.add(line, "this is not YAML: "+strings.Join(strings.Fields(what), " "), "look at the indentation, colons and quotes of this line and the one above")
}

// plain refuses anchors, aliases and endless nesting: they make small files
// huge, and nobody who edits wording needs them.
func (d *Doc) plain(n *yaml.Node, depth int) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.add(n.Line, "anchors and aliases (& and *) are not read here", "write the text out, or put it in quotes")
		return false
	case depth > 32:
		d.add(n.Line, "this is nested too deeply", "")
		return false
	}
	for _, c := range n.Content {
		if !d.plain(c, depth+1) {
			return false
		}
	}
	return true
}

// seen refuses characters that nobody sees where they are written as an escape
// ("\0", "\u202E"). Those that stand in the file itself are [UnseenIn]'s to tell.
func (d *Doc) seen(n *yaml.Node, source string) bool {
	if n.Kind == yaml.ScalarNode {
		at := strings.IndexFunc(n.Value, func(r rune) bool { return Unseen(r) && !strings.ContainsRune(source, r) })
		if at >= 0 {
			d.add(n.Line, fmt.Sprintf("a character that nobody sees is written here (U+%04X)", []rune(n.Value[at:])[0]), "take it out")
			return false
		}
	}
	for _, c := range n.Content {
		if !d.seen(c, source) {
			return false
		}
	}
	return true
}

func (d *Doc) add(line int, what, hint string) {
	if line > 0 {
		line += d.offset
	}
	d.problems = append(d.problems, Problem{File: d.file, Line: line, What: what, Hint: hint})
}

// Root is the document's outermost value.
func (d *Doc) Root() Value { return Value{doc: d, node: d.root} }

// Problems returns what was found so far.
func (d *Doc) Problems() Problems { return d.problems }

// Err returns all problems found so far as one error of type [Problems], or
// nil.
func (d *Doc) Err() error {
	if len(d.problems) == 0 {
		return nil
	}
	return d.problems
}
