package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"cairn/prompts/strict"

	"github.com/cbroglie/mustache"
)

// Problem is one mistake in a file that people edit; see [strict.Problem].
type Problem = strict.Problem

// Problems are several; see [strict.Problems].
type Problems = strict.Problems

// Output says what code does with what a prompt gives.
type Output string

const (
	Reading Output = "reading" // signals with quotes, checked against a schema
	Choice  Output = "choice"  // one of the things offered, checked against them
	Wording Output = "wording" // text for people to read, escaped and checked
)

// Kind says where an input comes from, and so where it may stand.
type Kind string

const (
	Data   Kind = "data"   // what people typed
	Fixed  Kind = "fixed"  // words from code or from these files, one line
	Number Kind = "number" // an int or a float64
	Flag   Kind = "flag"   // a bool
	List   Kind = "list"   // rows of fixed words: []Row
)

// Row is one row of a list: a value for each of its fields.
type Row map[string]string

// Input is something that a prompt is given.
type Input struct {
	Name    string
	Kind    Kind
	About   string   // in one line, what it is
	Fields  []string // of a list
	Max     int      // of data: characters kept of each text in it
	Needed  bool     // the text must use it
	Example any      // as it is given to Render
	// NotNeeded is the line of the file that says needed: false; 0: none does.
	NotNeeded int
	Line      int // of the file, where it is declared
}

// Settings are for the model. MaxTokens limits the answer.
type Settings struct {
	Temperature float64
	MaxTokens   int
}

// Prompt is one file, read and compiled. It does not change after [Parse] and
// may be used from many goroutines.
type Prompt struct {
	Name    string // the file's name without .prompt
	Title   string
	Owner   string
	Purpose string
	Output  Output
	Model   Settings // zero for a wording without a model
	Longest int      // of a Text part, in characters; 0 where there is none
	Inputs  []Input

	source string
	parts  map[string]*mustache.Template
	uses   map[string]bool
	lines  map[string]int         // of the file: where a part's heading stands, and a key of the head
	within map[string][][]section // of each input, the sections around each of its tags
}

// lineOr is the line of a part or a key; 1 where the file has none.
func (p *Prompt) lineOr(name string) int { return max(1, p.lines[name]) }

// belongs is the part that an input belongs in.
func (p *Prompt) belongs(in Input) string {
	for _, part := range []string{partText, partUser} {
		if _, there := p.lines[part]; there && (part == partText || in.Kind == Data) {
			return part
		}
	}
	return partSystem
}

// The parts of a file.
const (
	partSystem = "System"
	partUser   = "User"
	partText   = "Text"
)

// Ext is the ending of prompt files.
const Ext = ".prompt"

// MaxSource is the length in bytes that a prompt file may have.
const MaxSource = 64 << 10

// NeedsModel reports whether p has the parts System and User; if not, it has
// the part Text.
func (p *Prompt) NeedsModel() bool { return p.parts[partSystem] != nil }

// Source is the file as it was read, with line ends made \n.
func (p *Prompt) Source() string { return p.source }

// Hash names this very text: the SHA-256 of Source in hexadecimal.
func (p *Prompt) Hash() string {
	sum := sha256.Sum256([]byte(p.source))
	return hex.EncodeToString(sum[:])
}

// Input returns the input of that name.
func (p *Prompt) Input(name string) (Input, bool) {
	for _, in := range p.Inputs {
		if in.Name == name {
			return in, true
		}
	}
	return Input{}, false
}

// Uses reports whether the text of p uses the input of that name.
func (p *Prompt) Uses(name string) bool { return p.uses[name] }

// Examples are the inputs' examples, as Render takes them.
func (p *Prompt) Examples() map[string]any {
	vars := make(map[string]any, len(p.Inputs))
	for _, in := range p.Inputs {
		vars[in.Name] = in.Example
	}
	return vars
}

// Undone tells where p says that the code does without an input which it was written to
// need: that changes nothing, so whoever wrote it would believe what is not so.
func (p *Prompt) Undone(def *Prompt) Problems {
	var found Problems
	for _, in := range p.Inputs {
		if given, ok := def.Input(in.Name); ok && given.Needed && in.NotNeeded > 0 {
			found = append(found, Problem{File: p.Name + Ext, Line: in.NotNeeded, What: fmt.Sprintf("the code needs %q, so it stays needed", in.Name), Hint: "write needed: true, or take the line away"})
		}
	}
	return found
}

// StandsFor tells what keeps p from being used in the place of def, which the
// code was written for: another output, an input that the code does not give,
// one that is given as another kind, one that is needed and left out, or
// parts that the code cannot render.
func (p *Prompt) StandsFor(def *Prompt) Problems {
	var found Problems
	say := func(line int, hint, format string, args ...any) {
		found = append(found, Problem{File: p.Name + Ext, Line: line, What: fmt.Sprintf(format, args...), Hint: hint})
	}
	if p.Output != def.Output {
		say(p.lineOr("output"), fmt.Sprintf("write output: %s", def.Output), "the output is %s", p.Output)
	}
	if p.NeedsModel() != def.NeedsModel() {
		say(1, "keep the parts of the file that it replaces", "the parts of the file are not those that are used here")
	}
	if p.Longest > def.Longest {
		say(p.lineOr("longest"), fmt.Sprintf("write longest: %d, or less", def.Longest), "longest is %d, and its place has %d characters", p.Longest, def.Longest)
	}
	var known []string
	for _, in := range def.Inputs {
		known = append(known, in.Name)
		if in.Needed && !p.Uses(in.Name) {
			say(p.lineOr(p.belongs(in)), whereTo(in), lacks, in.Name)
		}
	}
	for _, in := range p.Inputs {
		given, ok := def.Input(in.Name)
		switch {
		case !ok:
			say(in.Line, strict.Hint(in.Name, known), "there is no input %q to be had here", in.Name)
		case given.Kind != in.Kind:
			say(in.Line, fmt.Sprintf("write kind: %s", given.Kind), "the input %q is %s, not %s", in.Name, given.Kind, in.Kind)
		case in.Kind == List && strings.Join(given.Fields, " ") != strings.Join(in.Fields, " "):
			say(in.Line, fmt.Sprintf("write fields: [%s]", strings.Join(given.Fields, ", ")), "the list %q has other fields", in.Name)
		}
	}
	return found
}
