package workshop

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"cairn/prompts"
)

// folder is the files below all versions: those that travel with the binary,
// with the good ones of a folder in front. A file that turns bad leaves its last
// good text in force.
type folder struct {
	embedded Files
	kinds    *Kinds
	dir      string               // empty: none
	stamp    string               // of the folder as it was last read
	own      Files                // the folder's last good texts
	written  map[string]time.Time // when each of them was written
}

// read looks whether the folder has changed since it was last read. If so it
// returns what is wrong with it; changed is true also when nothing is.
func (f *folder) read() (changed bool, found prompts.Problems) {
	if f.dir == "" {
		return false, nil
	}
	stamp, err := stampOf(os.DirFS(f.dir))
	if err != nil {
		stamp = "unreadable: " + err.Error()
	}
	if stamp == f.stamp {
		return false, nil
	}
	f.stamp = stamp
	if err != nil {
		return true, prompts.Problems{{File: f.dir, What: fmt.Sprintf("the folder cannot be read: %v", err), Hint: "set CAIRN_PROMPTS_DIR to a folder that I may read; until then I go on with what I have"}}
	}
	texts, unread := readable(os.DirFS(f.dir))
	own, found := f.kinds.CheckAll(texts)
	written := map[string]time.Time{}
	for file := range own {
		written[file] = writtenAt(os.DirFS(f.dir), file)
	}
	there := slices.Collect(maps.Keys(texts))
	for _, p := range unread {
		there = append(there, p.File)
	}
	for _, file := range there {
		if before, ok := f.own[file]; ok && own[file] == "" {
			own[file], written[file] = before, f.written[file]
		}
	}
	f.own, f.written = own, written
	found = append(unread, found...)
	wrong, err := misplaced(os.DirFS(f.dir))
	if err != nil {
		wrong = prompts.Problems{{File: f.dir, What: fmt.Sprintf("not all of the folder can be looked through: %v", err), Hint: "let me read what is in it"}}
	}
	return true, append(found, wrong...)
}

// writtenAt is when a file was written; of a link, what it leads to.
func writtenAt(fsys fs.FS, file string) time.Time {
	info, err := fs.Stat(fsys, file)
	if err != nil { // it went away in between: the next look finds it
		return time.Time{}
	}
	return info.ModTime()
}

// texts are the files in force.
func (f *folder) texts() Files {
	all := make(Files, len(f.embedded))
	for file, text := range f.embedded {
		all[file] = text
	}
	for file, text := range f.own {
		all[file] = text
	}
	return all
}

// stampOf changes whenever a file of a folder is added, removed or written.
func stampOf(fsys fs.FS) (string, error) {
	var b strings.Builder
	for _, dir := range []string{".", "journeys", "cues", "library"} {
		entries, err := fs.ReadDir(fsys, dir)
		if err != nil {
			if dir != "." && os.IsNotExist(err) {
				continue
			}
			return "", err
		}
		for _, e := range entries {
			file := strings.TrimPrefix(dir+"/"+e.Name(), "./")
			if strings.HasPrefix(e.Name(), ".") {
				continue
			}
			// of a link, what it leads to: a mounted configuration changes there
			info, err := fs.Stat(fsys, file)
			if err != nil {
				fmt.Fprintf(&b, "%s unreadable\n", file)
				continue
			}
			fmt.Fprintf(&b, "%s %d %d\n", file, info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String(), nil
}
