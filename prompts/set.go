package prompts

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
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
