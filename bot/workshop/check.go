package workshop

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/prompts/strict"
)

// CheckAll reads all files of a folder as they would be used together, and
// returns those that are good. Cue files are good together or not at all: they
// share one space of names.
func (k *Kinds) CheckAll(files Files) (good Files, found prompts.Problems) {
	good = Files{}
	cues := maps.Clone(k.cues)
	own := Files{}
	for _, file := range files.Names() {
		if kind, _ := KindOf(file); kind == Cues {
			cues[file], own[file] = files[file], files[file]
			continue
		}
		if _, wrong := k.Check(file, files[file]); len(wrong) > 0 {
			found = append(found, wrong...)
			continue
		}
		good[file] = files[file]
	}
	if len(own) == 0 {
		return good, found
	}
	all := memory{}
	for file, text := range cues {
		all[path.Base(file)] = text
	}
	if _, err := observe.LoadCues(all); err != nil {
		for _, p := range problems("cues", err) {
			if p.Line > 0 {
				p.File = "cues/" + path.Base(p.File)
			}
			found = append(found, p)
		}
		return good, found
	}
	maps.Copy(good, own)
	return good, found
}

// CheckFolder tells everything that is wrong with a folder of prompts,
// journeys, cues and a library, with file, line and how to mend it, and how
// many files it read.
func (k *Kinds) CheckFolder(fsys fs.FS) (read int, found prompts.Problems, err error) {
	files, err := ReadFiles(fsys)
	if err != nil {
		return 0, nil, err
	}
	_, found = k.CheckAll(files)
	read = len(files)
	n, wrong, err := libraryFile(fsys, LibraryFile)
	if err != nil {
		return read, found, err
	}
	read, found = read+n, append(found, wrong...)
	wrong, err = misplaced(fsys, files)
	return read, append(found, wrong...), err
}

// CheckShipped is CheckFolder for what travels with the binary, whose library
// lies in a room of its own.
func (k *Kinds) CheckShipped() (read int, found prompts.Problems, err error) {
	files, err := Shipped()
	if err != nil {
		return 0, nil, err
	}
	_, found = k.CheckAll(files)
	n, wrong, err := libraryFile(library.Files, path.Base(LibraryFile))
	return len(files) + n, append(found, wrong...), err
}

// libraryFile checks the library of a folder, where there is one at.
func libraryFile(fsys fs.FS, at string) (int, prompts.Problems, error) {
	f, err := fsys.Open(at)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read %s: %w", LibraryFile, err)
	}
	defer f.Close()
	_, wrong := suggest.ParseCSV(f)
	return 1, csvProblems(LibraryFile, wrong), nil
}

// misplaced tells files that look as if they were to be read and are not.
func misplaced(fsys fs.FS, known Files) (found prompts.Problems, err error) {
	err = fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || known[file] != "" || strings.HasPrefix(file, "library/") {
			return err
		}
		switch ext := path.Ext(file); {
		case ext == ".yml":
			found = append(found, strict.Problem{File: file, What: "files are read with the ending .yaml only", Hint: "call it " + strings.TrimSuffix(file, ext) + ".yaml"})
		case slices.Contains([]string{prompts.Ext, ".yaml"}, ext):
			found = append(found, strict.Problem{File: file, What: "nothing reads a file here", Hint: "prompts stand at the top, journeys in journeys/, cues in cues/"})
		}
		return nil
	})
	return found, err
}
