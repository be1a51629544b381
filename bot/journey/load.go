package journey

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"cairn/prompts/strict"
)

// Default is the model that is shown first.
const Default = "aipee"

// Models are the journeys a team works with.
type Models []*Model

// ErrNone is returned where a folder holds no journey at all.
var ErrNone = errors.New("no journey was found: there must be at least one *.yaml")

// LoadAll reads every *.yaml file at the top of fsys, in the order of their
// names with the default model first. All problems of all files are returned
// together as [strict.Problems]; so is a name that two files share, or that
// differs from its file's.
func LoadAll(fsys fs.FS) (Models, error) {
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list journeys: %w", err)
	}
	var models Models
	var problems strict.Problems
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("read journey: %w", err)
		}
		m, err := Parse(file, data)
		var found strict.Problems
		switch {
		case errors.As(err, &found):
			problems = append(problems, found...)
		case err != nil:
			return nil, err
		case m.name+".yaml" != path.Base(file):
			problems = append(problems, strict.Problem{File: file, Line: 1,
				What: fmt.Sprintf("the model is called %q and its file is not", m.name),
				Hint: fmt.Sprintf("call the file %s.yaml", m.name)})
		default:
			models = append(models, m)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if len(models) == 0 {
		return nil, ErrNone
	}
	models.sort()
	return models, nil
}

// With returns the models with those of own in front: a model of the same name
// is replaced, others are added.
func (ms Models) With(own Models) Models {
	all := slices.Clone(own)
	for _, m := range ms {
		if _, replaced := own.Get(m.name); !replaced {
			all = append(all, m)
		}
	}
	all.sort()
	return all
}

// sort orders by name, the default first.
func (ms Models) sort() {
	slices.SortFunc(ms, func(a, b *Model) int {
		switch {
		case a.name == b.name:
			return 0
		case a.name == Default:
			return -1
		case b.name == Default:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
}

// Get returns the model of that name.
func (ms Models) Get(name string) (*Model, bool) {
	for _, m := range ms {
		if m.name == name {
			return m, true
		}
	}
	return nil, false
}

// Names lists the models' names, the default first.
func (ms Models) Names() []string {
	names := make([]string, len(ms))
	for i, m := range ms {
		names[i] = m.name
	}
	return names
}
