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
	"cairn/store"
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
	wrong    map[string]string    // what is wrong with each file that cannot be used as it lies there
	recalled bool                 // what was kept of those without a good text was asked for
	unread   bool                 // it could not be read at the last look
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
	if f.unread = err != nil; f.unread {
		return true, prompts.Problems{{File: f.dir, What: fmt.Sprintf("the folder cannot be read: %v", err), Hint: "set CAIRN_PROMPTS_DIR to a folder that I may read; until then I go on with what I have"}}
	}
	texts, unread := readable(os.DirFS(f.dir))
	own, found := f.kinds.CheckAll(texts)
	good := maps.Clone(own)
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
	f.own, f.written, f.recalled = own, written, false
	found = append(unread, found...)
	f.wrong = wrongOf(there, good, found)
	wrong, err := misplaced(os.DirFS(f.dir))
	if err != nil {
		wrong = prompts.Problems{{File: f.dir, What: fmt.Sprintf("not all of the folder can be looked through: %v", err), Hint: "let me read what is in it"}}
	}
	return true, append(found, wrong...)
}

// wrongOf tells, of each file that is there and not good, in a line what is wrong with
// it. A cue file may suffer from another one.
func wrongOf(there []string, good Files, found prompts.Problems) map[string]string {
	wrong := map[string]string{}
	for _, file := range there {
		if _, ok := KindOf(file); !ok || good[file] != "" {
			continue
		}
		wrong[file] = "another cue file is broken, and they are used together"
		at := slices.IndexFunc(found, func(p prompts.Problem) bool { return p.File == file })
		if at < 0 {
			continue
		}
		if wrong[file] = found[at].What; found[at].Line > 0 {
			wrong[file] = fmt.Sprintf("line %d: %s", found[at].Line, found[at].What)
		}
	}
	return wrong
}

// bare are the broken files of which no good text is known.
func (f *folder) bare() []string {
	var files []string
	for file := range f.wrong {
		if f.own[file] == "" {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

// recall puts texts that were in force once in the place of broken files; those that
// are good by this binary, cues together. It reports whether any was.
func (f *folder) recall(kept []store.PromptFile) bool {
	all, when := maps.Clone(f.own), map[string]time.Time{}
	for _, k := range kept {
		if _, broken := f.wrong[k.File]; broken && f.own[k.File] == "" {
			all[k.File], when[k.File] = k.Text, k.WrittenAt
		}
	}
	good, _ := f.kinds.CheckAll(all)
	found := false
	for file, at := range when {
		if good[file] != "" {
			f.own[file], f.written[file], found = good[file], at, true
		}
	}
	return found
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
