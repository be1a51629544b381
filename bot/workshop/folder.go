package workshop

import (
	"fmt"
	"io/fs"
	"os"
	"strings"

	"cairn/prompts"
)

// folder is the files below all versions: those that travel with the binary,
// with the good ones of a folder in front. A file that turns bad leaves its last
// good text in force.
type folder struct {
	embedded Files
	kinds    *Kinds
	dir      string // empty: none
	stamp    string // of the folder as it was last read
	own      Files  // the folder's last good texts
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
	texts, err := ReadFiles(os.DirFS(f.dir))
	if err != nil {
		return true, prompts.Problems{{File: f.dir, What: err.Error()}}
	}
	own, found := f.kinds.CheckAll(texts)
	for file := range texts {
		if before, ok := f.own[file]; ok && own[file] == "" {
			own[file] = before
		}
	}
	f.own = own
	return true, found
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
			info, err := e.Info()
			if err != nil {
				continue // gone between the listing and now: the next look sees it
			}
			if _, ok := KindOf(strings.TrimPrefix(dir+"/"+e.Name(), "./")); ok {
				fmt.Fprintf(&b, "%s/%s %d %d\n", dir, e.Name(), info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return b.String(), nil
}
