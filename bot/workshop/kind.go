package workshop

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
)

// Kind is what a file is, and so how it is checked and used.
type Kind string

const (
	Prompt  Kind = "prompt"
	Journey Kind = "journey"
	Cues    Kind = "cues"
	// Guide is the wordlore by which content is matched to contacts.
	Guide Kind = "guide"
	// Library is the items that content is chosen from.
	Library Kind = "library"
)

// GuideFile and LibraryFile are each the one file of their kind.
const (
	GuideFile   = "library/" + suggest.GuideFile
	LibraryFile = "library/library.csv"
)

// FromRows reports whether what is live of a kind are rows that are also changed
// one by one, and no version. Of such a file a version is a text to be brought
// onto the rows, or a state of them that drafts are made from; its live label is
// what was published last, and nothing here is read to answer requests.
func (k Kind) FromRows() bool { return k == Library }

// KindOf tells the kind of a file by its name; ok is false for others.
func KindOf(file string) (kind Kind, ok bool) {
	dir, base := path.Split(file)
	switch {
	case dir == "" && strings.HasSuffix(base, prompts.Ext) && base != prompts.Ext:
		return Prompt, true
	case dir == "journeys/" && strings.HasSuffix(base, ".yaml"):
		return Journey, true
	case dir == "cues/" && strings.HasSuffix(base, ".yaml"):
		return Cues, true
	case file == GuideFile:
		return Guide, true
	case file == LibraryFile:
		return Library, true
	}
	return "", false
}

// Name is a file as people type it: its name without folder and ending.
func Name(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// Files are texts by file.
type Files map[string]string

// Names lists the files: prompts first, then journeys, cues, the guide, and the
// library.
func (f Files) Names() []string {
	names := make([]string, 0, len(f))
	for file := range f {
		names = append(names, file)
	}
	order := map[Kind]int{Prompt: 0, Journey: 1, Cues: 2, Guide: 3, Library: 4}
	slices.SortFunc(names, func(a, b string) int {
		ka, _ := KindOf(a)
		kb, _ := KindOf(b)
		if ka != kb {
			return order[ka] - order[kb]
		}
		return strings.Compare(a, b)
	})
	return names
}

// Shipped reads every file that travels with the binary.
func Shipped() (Files, error) {
	files, err := ReadFiles(prompts.Default())
	if err != nil {
		return nil, err
	}
	guide, err := fs.ReadFile(library.Files, suggest.GuideFile)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", GuideFile, err)
	}
	return files.With(GuideFile, string(guide)), nil
}

// ReadFiles reads every file in fsys of a kind that is used as it stands there. A
// library is not: it is taken in by an import. One that cannot be read is an error.
func ReadFiles(fsys fs.FS) (Files, error) {
	files, unread := readable(fsys)
	if len(unread) > 0 {
		return nil, unread
	}
	return files, nil
}

// readable is ReadFiles for a folder that people keep: a file that cannot be read
// (a link that leads nowhere, one without the right to read it) is told and left
// out, and the others are read.
func readable(fsys fs.FS) (files Files, unread prompts.Problems) {
	files = Files{}
	for _, pattern := range []string{"*" + prompts.Ext, "journeys/*.yaml", "cues/*.yaml", GuideFile} {
		names, err := fs.Glob(fsys, pattern)
		if err != nil {
			panic(err) // only for a pattern that is none
		}
		for _, name := range names {
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				unread = append(unread, cannotRead(fsys, name, err))
				continue
			}
			files[name] = clean(string(text))
		}
	}
	return files, unread
}

// clean takes off what editors of other systems put into a text and nobody sees:
// the mark of its encoding, and the second half of each line's end.
func clean(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
}

func cannotRead(fsys fs.FS, name string, err error) prompts.Problem {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err // without the path, which is said already
	}
	p := prompts.Problem{File: name, What: fmt.Sprintf("it cannot be read: %v", err), Hint: "let me read it, or take it away; the other files are used"}
	if info, linked := fs.Lstat(fsys, name); linked == nil && info.Mode()&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist) {
		p.What, p.Hint = "it is a link that leads nowhere", "mend the link, or take it away; the other files are used"
	}
	return p
}

// Piece is a text that was checked and is ready for use: exactly one of its
// fields is set, and none for cues, which are read together.
type Piece struct {
	Prompt  *prompts.Prompt
	Journey *journey.Model
	Guide   *suggest.Guide
	Shelf   *Shelf
}

// Kinds checks texts against the files that the code was written for.
type Kinds struct {
	defaults prompts.Set
	journeys journey.Models
	cues     Files
}

// NewKinds reads the files that travel with the binary. They are tested to be
// good, so an error here is a broken build.
func NewKinds(embedded Files) (*Kinds, error) {
	k := &Kinds{defaults: prompts.Set{}, cues: Files{}}
	for _, file := range embedded.Names() {
		text := embedded[file]
		switch kind, _ := KindOf(file); kind {
		case Prompt:
			p, err := prompts.Parse(file, []byte(text))
			if err != nil {
				return nil, err
			}
			k.defaults[p.Name] = p
		case Journey:
			m, err := journey.Parse(file, []byte(text))
			if err != nil {
				return nil, err
			}
			k.journeys = append(k.journeys, m)
		case Cues:
			k.cues[file] = text
		}
	}
	return k, nil
}

// Default is the prompt that the code was written for.
func (k *Kinds) Default(name string) (*prompts.Prompt, bool) { return k.defaults.Get(name) }

// Told is a default as an edit of it tells it: with the edit's title and purpose,
// and what it says of each input that both have and its example. The rest is the
// code's.
func Told(def, edit *prompts.Prompt) *prompts.Prompt {
	told := *def
	told.Title, told.Owner, told.Purpose = edit.Title, edit.Owner, edit.Purpose
	told.Inputs = slices.Clone(def.Inputs)
	for i, in := range told.Inputs {
		if own, ok := edit.Input(in.Name); ok {
			told.Inputs[i].About, told.Inputs[i].Example = own.About, own.Example
		}
	}
	return &told
}

// Check reads a text as the file that it is to stand for. With problems, the
// piece must not be used.
func (k *Kinds) Check(file, text string) (Piece, prompts.Problems) {
	kind, ok := KindOf(file)
	if !ok {
		return Piece{}, prompts.Problems{{File: file, What: "nothing reads a file of this name", Hint: "prompts end in .prompt, journeys are journeys/*.yaml, cues are cues/*.yaml, the guide is " + GuideFile + ", the library " + LibraryFile}}
	}
	switch kind {
	case Prompt:
		return k.prompt(file, text)
	case Journey:
		return k.journey(file, text)
	case Guide:
		return k.guide(file, text)
	case Library:
		return shelf(file, text)
	}
	return Piece{}, k.cue(file, text)
}

// guide reads the wordlore beside the counts of common words, which are the
// binary's.
func (k *Kinds) guide(file, text string) (Piece, prompts.Problems) {
	common, err := fs.ReadFile(library.Files, suggest.CommonFile)
	if err != nil {
		return Piece{}, problems(file, err)
	}
	g, err := suggest.LoadGuide(memory{suggest.GuideFile: text, suggest.CommonFile: string(common)})
	if err != nil {
		found := problems(file, err)
		for i := range found {
			found[i].File = file
		}
		return Piece{}, found
	}
	return Piece{Guide: g}, nil
}

func (k *Kinds) prompt(file, text string) (Piece, prompts.Problems) {
	p, err := prompts.Parse(file, []byte(text))
	if err != nil {
		return Piece{}, problems(file, err)
	}
	def, ok := k.defaults.Get(p.Name)
	if !ok {
		return Piece{}, prompts.Problems{{File: file, Line: 1, What: fmt.Sprintf("nothing uses a prompt called %q", p.Name), Hint: "the prompts are " + strings.Join(k.defaults.Names(), ", ")}}
	}
	if found := p.StandsFor(def); len(found) > 0 {
		return Piece{}, found
	}
	return Piece{Prompt: p}, nil
}

// journey also refuses a journey of the house that lost or renamed a stage:
// suggestions, digests and what people type are written for its stages.
func (k *Kinds) journey(file, text string) (Piece, prompts.Problems) {
	m, err := journey.Parse(file, []byte(text))
	if err != nil {
		return Piece{}, problems(file, err)
	}
	if m.Name() != Name(file) {
		return Piece{}, prompts.Problems{{File: file, Line: 1, What: fmt.Sprintf("the journey is called %q and its file is not", m.Name()), Hint: "write name: " + Name(file)}}
	}
	var found prompts.Problems
	if def, ok := k.journeys.Get(m.Name()); ok {
		for _, s := range def.Stages() {
			if _, kept := m.Stage(s.Name); !kept {
				found = append(found, prompts.Problem{File: file, Line: 1, What: fmt.Sprintf("the stage %q is gone", s.Name),
					Hint: "keep its name: content is filed by it; its title, signals and advice can change. Another set of stages is a journey of its own, in a file of its own"})
			}
		}
	}
	if len(found) > 0 {
		return Piece{}, found
	}
	return Piece{Journey: m}, nil
}

// With returns the files with one more, or another in the place of one.
func (f Files) With(file, text string) Files {
	all := maps.Clone(f)
	all[file] = text
	return all
}

// LoadCues reads the cue files among files, together.
func LoadCues(files Files) (*observe.Cues, error) {
	own := memory{}
	for file, text := range files {
		if kind, _ := KindOf(file); kind == Cues {
			own[path.Base(file)] = text
		}
	}
	return observe.LoadCues(own)
}

// cue checks a cue file among the others that travel with the binary: they
// share one space of names.
func (k *Kinds) cue(file, text string) prompts.Problems {
	all := memory{path.Base(file): text}
	for other, text := range k.cues {
		if other != file {
			all[path.Base(other)] = text
		}
	}
	if _, err := observe.LoadCues(all); err != nil {
		return problems(file, err)
	}
	return nil
}

// problems tells an error as problems of file.
func problems(file string, err error) prompts.Problems {
	var found prompts.Problems
	if errors.As(err, &found) {
		return found
	}
	return prompts.Problems{{File: file, What: err.Error()}}
}

// memory is a folder that holds texts by name: what a loader of files needs.
type memory map[string]string

// Open implements fs.FS; the loaders read by Glob and ReadFile.
func (m memory) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// Glob implements fs.GlobFS.
func (m memory) Glob(pattern string) ([]string, error) {
	var names []string
	for name := range m {
		if ok, err := path.Match(pattern, name); err != nil {
			return nil, err
		} else if ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// ReadFile implements fs.ReadFileFS.
func (m memory) ReadFile(name string) ([]byte, error) {
	text, ok := m[name]
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	return []byte(text), nil
}
