package prompts

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/prompts/strict"
)

const defaultMax = 4000

var inputName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Parse reads a prompt. name is the file's name; its ending is not part of
// the prompt's name. All mistakes are told at once, as [Problems].
func Parse(name string, data []byte) (*Prompt, error) {
	f := &file{name: name}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as some editors begin a file
	if len(data) > MaxSource {
		f.fail(0, fmt.Sprintf("at most %d are read", MaxSource), "the file has %d bytes", len(data))
		return nil, f.problems
	}
	if !utf8.Valid(data) {
		f.fail(0, "save it as UTF-8", "the file is not UTF-8 text")
		return nil, f.problems
	}
	source := strings.ReplaceAll(string(data), "\r\n", "\n")
	p := &Prompt{Name: strings.TrimSuffix(name, Ext), source: source}
	head, body, line := f.divide(source)
	if len(f.problems) > 0 {
		return nil, f.problems
	}
	f.head(p, head)
	parts := f.parts(body, line)
	if len(f.problems) > 0 {
		return nil, f.problems
	}
	for name, one := range parts {
		p.lines[name] = one.line - 1
	}
	f.fit(p, parts)
	f.compile(p, parts)
	if len(f.problems) == 0 {
		f.tryExamples(p)
	}
	if len(f.problems) > 0 {
		return nil, f.problems
	}
	return p, nil
}

// file gathers the problems of one file.
type file struct {
	name     string
	problems Problems
}

func (f *file) fail(line int, hint, format string, args ...any) {
	p := Problem{File: f.name, Line: line, What: fmt.Sprintf(format, args...), Hint: hint}
	if !slices.Contains(f.problems, p) { // the same twice in a line tells no more
		f.problems = append(f.problems, p)
	}
}

// divide parts the head from the body; line is the body's first.
func (f *file) divide(source string) (head, body string, line int) {
	const dashes = "---\n"
	if strings.TrimSpace(source) == "" {
		f.fail(1, "take it away, and the original is used; or begin it with a line ---, the head, and a line ---", "the file is empty")
		return "", "", 0
	}
	rest, ok := strings.CutPrefix(source, dashes)
	if !ok {
		f.fail(1, "begin the file with a line ---, the head, and a line ---", "the head is missing")
		return "", "", 0
	}
	head, body, ok = strings.Cut("\n"+rest, "\n"+dashes)
	if !ok {
		f.fail(1, "end the head with a line ---", "the head does not end")
		return "", "", 0
	}
	head = strings.TrimPrefix(head, "\n")
	return head, body, strings.Count(head, "\n") + 4 - emptyHead(head)
}

// emptyHead is 1 for a head without a line: both rows of dashes then follow
// each other.
func emptyHead(head string) int {
	if head == "" {
		return 1
	}
	return 0
}

func (f *file) head(p *Prompt, text string) {
	doc := strict.ReadAt(f.name, 1, []byte(text))
	top := doc.Root().Fields("title", "owner", "purpose", "output", "model", "longest", "inputs")
	if doc.Root().Present() {
		p.Title, p.Owner, p.Purpose = top.Need("title").Text(), top.Need("owner").Text(), top.Need("purpose").Text()
		p.Output = Output(top.Need("output").OneOf("output", string(Reading), string(Choice), string(Wording)))
	}
	p.lines = map[string]int{}
	for _, key := range []string{"output", "model", "longest"} {
		if v := top.Get(key); v.Present() {
			p.lines[key] = v.Line()
		}
	}
	p.Longest = int(top.Get("longest").Number(0, 1, 3000))
	if m := top.Get("model"); m.Present() {
		settings := m.Fields("temperature", "max_tokens")
		p.Model.Temperature = settings.Get("temperature").Number(0, 0, 2)
		p.Model.MaxTokens = int(settings.Need("max_tokens").Number(0, 1, 16000))
	}
	for _, v := range top.Get("inputs").List() {
		p.Inputs = append(p.Inputs, input(v, p.Inputs))
	}
	f.problems = append(f.problems, doc.Problems()...)
}

// input reads one input; before are the ones that stand above it.
func input(v strict.Value, before []Input) Input {
	f := v.Fields("name", "kind", "about", "fields", "max", "needed", "example")
	in := Input{Line: v.Line(), Name: f.Need("name").Text(), About: f.Need("about").Text(), Max: defaultMax,
		Kind:   Kind(f.Need("kind").OneOf("kind", string(Data), string(Fixed), string(Number), string(Flag), string(List))),
		Needed: f.Get("needed").OneOf("answer", "true", "false") == "true"}
	if v := f.Get("needed"); v.Present() && !in.Needed {
		in.NotNeeded = v.Line()
	}
	if in.Name != "" && !inputName.MatchString(in.Name) {
		f.Get("name").Fail("use small letters, digits and _", "%q is no name of an input", in.Name)
	}
	for _, field := range f.Get("fields").List() {
		in.Fields = append(in.Fields, field.Text())
		if !inputName.MatchString(field.Text()) {
			field.Fail("use small letters, digits and _", "%q is no name of a field", field.Text())
		}
	}
	for _, other := range before {
		for _, name := range append([]string{in.Name}, in.Fields...) {
			if name == other.Name && name != "" || slices.Contains(other.Fields, in.Name) {
				f.Get("name").Fail("each has a name of its own", "the name %q is taken", name)
			}
		}
	}
	switch {
	case in.Kind == List && len(in.Fields) == 0:
		f.Need("fields")
	case in.Kind != List && len(in.Fields) > 0:
		f.Get("fields").Fail("remove them, or write kind: list", "only a list has fields")
	case slices.Contains(in.Fields, in.Name):
		f.Get("fields").Fail("each has a name of its own", "a field is called like its list")
	}
	if max := f.Get("max"); max.Present() {
		in.Max = int(max.Number(defaultMax, 1, 40000))
		if in.Kind != Data {
			max.Fail("remove it", "only data has a max")
		}
	}
	if in.Example = example(in, f.Get("example")); !f.Get("example").Present() {
		f.Need("example") // "" and [] are examples, nothing at all is none
	}
	return in
}

// example reads the example in the shape in which code gives the input.
func example(in Input, v strict.Value) any {
	switch in.Kind {
	case Number:
		return v.Number(0, -1e15, 1e15)
	case Flag:
		return v.OneOf("answer", "true", "false") == "true"
	case List:
		var rows []Row
		for _, each := range v.List() {
			f, row := each.Fields(in.Fields...), Row{}
			for _, field := range in.Fields {
				row[field] = f.Get(field).Text()
			}
			rows = append(rows, row)
		}
		return rows
	case Data:
		return v.Any()
	}
	return v.Text()
}

// part is the text under one heading and the line where it begins.
type part struct {
	text string
	line int
}

// parts splits the body at its headings. This is done before anything is put
// into it, so nothing that people typed can ever be a heading.
func (f *file) parts(body string, line int) map[string]part {
	parts := map[string]part{}
	name, from, text := "", 0, []string{}
	known := []string{partSystem, partUser, partText}
	finish := func() {
		if name != "" {
			parts[name] = part{text: strings.TrimRight(strings.Join(text, "\n"), " \t\n") + "\n", line: from}
		}
	}
	for i, row := range strings.Split(body, "\n") {
		heading, ok := strings.CutPrefix(row, "## ")
		heading = strings.TrimSpace(heading)
		switch {
		case !ok && name == "" && strings.TrimSpace(row) != "":
			f.fail(line+i, "begin with ## System and ## User, or with ## Text", "this stands before the first part")
			return nil
		case !ok:
			text = append(text, row)
			continue
		case !slices.Contains(known, heading):
			f.fail(line+i, strict.Hint(heading, known)+"; inside a part use ###", "there is no part %q", heading)
			continue
		case parts[heading].line != 0 || name == heading:
			f.fail(line+i, "keep one of the two", "the part %s comes twice", heading)
			continue
		}
		finish()
		name, from, text = heading, line+i+1, nil
	}
	finish()
	for _, name := range known {
		if p, ok := parts[name]; ok && strings.TrimSpace(p.text) == "" {
			f.fail(p.line-1, "", "the part %s is empty", name)
		}
	}
	return parts
}

// fit checks that the parts and the head belong together.
func (f *file) fit(p *Prompt, parts map[string]part) {
	_, system := parts[partSystem]
	_, user := parts[partUser]
	_, text := parts[partText]
	switch {
	case text && (system || user):
		f.fail(parts[partText].line-1, "make two files of it", "a file has either the part Text or the parts System and User")
	case !text && !(system && user):
		f.fail(1, "a prompt for a model has ## System and ## User, a wording ## Text", "a part is missing")
	case text && p.Output != Wording:
		f.fail(p.lineOr("output"), "write output: wording", "the part Text gives a wording, not a %s", p.Output)
	case text && p.Model != (Settings{}):
		f.fail(p.lineOr("model"), "remove the key model", "no model reads the part Text")
	case text && p.Longest == 0:
		f.fail(1, "add the key longest: the characters it may have at most", "a wording needs a limit")
	case !text && p.Longest != 0:
		f.fail(p.lineOr("longest"), "remove the key longest; use max_tokens", "only the part Text has a longest")
	case !text && p.Model.MaxTokens == 0:
		f.fail(1, "add model: {temperature: 0, max_tokens: 500}", "a prompt for a model needs its settings")
	}
}

// tryExamples renders with the examples, so that what is wrong is told to the
// editor and not met by a rep.
func (f *file) tryExamples(p *Prompt) {
	var err error
	if p.NeedsModel() {
		_, _, err = p.Render(p.Examples())
	} else {
		err = p.tryText()
	}
	if err != nil {
		hint := "look at the examples in the head"
		var long tooLong
		if errors.As(err, &long) {
			hint = "shorten the text"
		}
		f.fail(1, hint, "with its examples it cannot be used: %v", err)
	}
}

// tooLong says that a wording has no room for itself.
type tooLong string

func (t tooLong) Error() string { return string(t) }

// tryText renders a wording with its examples, uncut: what must be cut already
// there is too long for its place.
func (p *Prompt) tryText() error {
	ready, err := p.prepare(p.Examples(), asText)
	if err != nil {
		return err
	}
	text, err := p.fill(partText, ready)
	if err != nil {
		return err
	}
	if n := utf8.RuneCountInString(text); n > p.Longest {
		return tooLong(fmt.Sprintf("it has %d characters, and longest is %d", n, p.Longest))
	}
	if text == "" {
		return errors.New("it is empty")
	}
	return p.tryFlags()
}

// tryFlags tells where a wording has no room for what it says by itself once
// another flag is set: code that says a line a flag would be refused there.
func (p *Prompt) tryFlags() error {
	for _, in := range p.Inputs {
		if in.Kind != Flag {
			continue
		}
		vars := p.Examples()
		for _, other := range p.Inputs {
			if other.Kind == Flag {
				vars[other.Name] = other.Name == in.Name
			}
		}
		if _, err := p.RenderPlain(vars); err != nil {
			return fmt.Errorf("with %s alone: %w", in.Name, err)
		}
	}
	return nil
}
