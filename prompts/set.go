package prompts

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"cairn/prompts/strict"
)

// Set is the prompts that are in force, by name.
type Set map[string]*Prompt

// LoadAll reads every *.prompt at the top of fsys. It returns those that are
// good also where others are not; then the error is [Problems] with all
// mistakes of all files.
func LoadAll(fsys fs.FS) (Set, error) {
	set := Set{}
	var problems Problems
	files, err := fs.Glob(fsys, "*"+Ext)
	if err != nil {
		return nil, fmt.Errorf("list prompts: %w", err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			problems = append(problems, Problem{File: file, What: fmt.Sprintf("it cannot be read: %v", err)})
			continue
		}
		p, err := Parse(file, data)
		var found Problems
		switch {
		case errors.As(err, &found):
			problems = append(problems, found...)
		case err != nil:
			problems = append(problems, Problem{File: file, What: err.Error()})
		default:
			set[p.Name] = p
		}
	}
	if len(problems) > 0 {
		return set, problems
	}
	return set, nil
}

// Get returns the prompt of that name.
func (s Set) Get(name string) (*Prompt, bool) {
	p, ok := s[name]
	return p, ok
}

// Names lists the prompts by name.
func (s Set) Names() []string {
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Over returns a set with the prompts of s in front of those of defaults. A
// prompt that cannot stand for its default, or that has none and so is used by
// nobody, is left out and told.
func (s Set) Over(defaults Set) (Set, Problems) {
	result := make(Set, len(defaults))
	for name, p := range defaults {
		result[name] = p
	}
	var problems Problems
	for _, name := range s.Names() {
		p := s[name]
		def, ok := defaults[name]
		if !ok {
			problems = append(problems, Problem{File: name + Ext, Line: 1,
				What: fmt.Sprintf("nothing uses a prompt called %q", name), Hint: strict.Hint(name, defaults.Names())})
			continue
		}
		if found := p.StandsFor(def); len(found) > 0 {
			problems = append(problems, found...)
			continue
		}
		result[name] = p
	}
	return result, problems
}

// Check tells what is wrong with the files of fsys: with every prompt, also
// whether it can stand for its default, and with every YAML file as such. What
// journeys, cues and the library mean is checked where they are read.
func Check(fsys fs.FS) []Problem {
	set, err := LoadAll(fsys)
	var problems Problems
	if err != nil && !errors.As(err, &problems) {
		problems = Problems{{What: err.Error()}}
	}
	defaults, err := LoadAll(Default())
	if err != nil {
		return append(problems, Problem{File: "the defaults", What: err.Error()})
	}
	_, found := set.Over(defaults)
	problems = append(problems, found...)
	err = fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			problems = append(problems, Problem{File: file, What: fmt.Sprintf("it cannot be read: %v", err)})
		case entry.IsDir():
		case path.Ext(file) == ".yml":
			problems = append(problems, Problem{File: file, What: "files are read with the ending .yaml only", Hint: "call it " + strings.TrimSuffix(file, ".yml") + ".yaml"})
		case path.Ext(file) == ".yaml":
			data, err := fs.ReadFile(fsys, file)
			if err != nil {
				problems = append(problems, Problem{File: file, What: fmt.Sprintf("it cannot be read: %v", err)})
				return nil
			}
			problems = append(problems, strict.Read(file, data).Problems()...)
		}
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{What: err.Error()})
	}
	return problems
}
