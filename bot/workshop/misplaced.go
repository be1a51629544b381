package workshop

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"cairn/prompts"
	"cairn/prompts/strict"
)

// eachFile visits the files of a folder, but for those whose name, or a folder's above
// them, begins with a dot: there a mounted configuration keeps its versions, and
// editors and version control their own.
func eachFile(fsys fs.FS, see func(file string)) error {
	return fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case file != "." && strings.HasPrefix(path.Base(file), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir():
			see(file)
		}
		return nil
	})
}

// misplaced tells files that look as if they were to be read and are not.
func misplaced(fsys fs.FS) (found prompts.Problems, err error) {
	err = eachFile(fsys, func(file string) {
		if _, inPlace := KindOf(file); inPlace || strings.HasPrefix(file, "library/") {
			return
		}
		small := strings.ToLower(file)
		bare := strings.TrimSuffix(small, ".txt")
		say := func(what, call string) {
			found = append(found, strict.Problem{File: file, What: what, Hint: "call it " + call})
		}
		switch ext := path.Ext(small); {
		case ext == ".yml":
			say("files are read with the ending .yaml only", strings.TrimSuffix(small, ext)+".yaml")
		case bare != small && isRead(path.Ext(bare)):
			say("files are read with the ending .prompt or .yaml only", bare)
		case !isRead(ext):
		case small != file:
			say("names are read in small letters only", small)
		default:
			found = append(found, strict.Problem{File: file, What: "nothing reads a file here", Hint: "prompts stand at the top, journeys in journeys/, cues in cues/"})
		}
	})
	return found, err
}

// isRead reports whether files with an ending are read at all.
func isRead(ext string) bool { return slices.Contains([]string{prompts.Ext, ".yaml"}, ext) }

// Ignored lists the files of a folder that nothing reads and that do not look as if
// they should be read.
func Ignored(fsys fs.FS) (files []string, err error) {
	wrong, err := misplaced(fsys)
	if err != nil {
		return nil, err
	}
	err = eachFile(fsys, func(file string) {
		_, known := KindOf(file)
		told := slices.ContainsFunc(wrong, func(p prompts.Problem) bool { return p.File == file })
		if !known && !told {
			files = append(files, file)
		}
	})
	return files, err
}
