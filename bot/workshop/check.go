package workshop

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"

	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
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
			if wrong := unseenIn(file, files[file]); len(wrong) > 0 {
				found = append(found, wrong...)
				continue
			}
			cues[file], own[file] = files[file], files[file]
			continue
		}
		if _, wrong := k.Admit(file, files[file]); len(wrong) > 0 {
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
		return good, append(found, inFolder(problems("cues", err), own)...)
	}
	maps.Copy(good, own)
	return good, found
}

// inFolder tells what is wrong with cue files by those that people wrote. Where
// only a file of the binary suffers, since it names what theirs no longer have,
// that is told of theirs, once a reason.
func inFolder(found prompts.Problems, own Files) (told prompts.Problems) {
	var suffers prompts.Problems
	for _, p := range found {
		base := path.Base(p.File)
		switch _, theirs := own["cues/"+base]; {
		case theirs:
			p.File = "cues/" + base
			told = append(told, p)
		case p.File == "cues":
			told = append(told, p)
		default:
			p.File, p.Line, p.What = strings.Join(own.Names(), ", "), 0, p.What+", which "+base+" of the binary names"
			p.Hint = "keep the family, or change " + base + " too"
			suffers = append(suffers, p)
		}
	}
	if len(told) > 0 {
		return told
	}
	return once(suffers)
}

// once leaves out what was said of the same file already, whatever the line.
func once(found prompts.Problems) (kept prompts.Problems) {
	said := map[prompts.Problem]bool{}
	for _, p := range found {
		key := prompts.Problem{File: p.File, What: p.What}
		if !said[key] {
			said[key], kept = true, append(kept, p)
		}
	}
	return kept
}

// fewEnough is how many mistakes of one file are read at once.
const fewEnough = 5

// Brief is what is wrong in as few lines as tell it: the first mistakes of each
// file, since the others often follow from them, and how many more there are.
func Brief(found prompts.Problems) (told prompts.Problems) {
	count, kept := map[string]int{}, map[string]int{}
	found = once(found)
	for _, p := range found {
		count[p.File]++
	}
	for _, p := range found {
		switch kept[p.File]++; {
		case kept[p.File] <= fewEnough:
			told = append(told, p)
		case kept[p.File] == fewEnough+1:
			told = append(told, prompts.Problem{File: p.File, What: fmt.Sprintf("and %d more", count[p.File]-fewEnough), Hint: "mend the first: the others often follow from it"})
		}
	}
	return told
}

// Count is how many mistakes there are: one that is made again in the same file counts
// once, as it is told once.
func Count(found prompts.Problems) int { return len(once(found)) }

// CheckFolder tells everything that is wrong with a folder of prompts,
// journeys, cues and a library, with file, line and how to mend it, and how
// many files it read.
func (k *Kinds) CheckFolder(fsys fs.FS) (read int, found prompts.Problems, err error) {
	files, unread := readable(fsys)
	_, found = k.CheckAll(files)
	read, found = len(files), append(unread, found...)
	n, wrong, err := libraryFile(fsys, LibraryFile)
	if err != nil {
		return read, found, err
	}
	read, found = read+n, append(found, wrong...)
	wrong, err = misplaced(fsys)
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
