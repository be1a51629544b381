package workshop

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"cairn/store"
)

// readFolder logs what is wrong with a folder that has changed, each mistake
// once for as long as it stands.
func (l *Live) readFolder() (changed bool) {
	changed, found := l.folder.read()
	if !changed {
		return false
	}
	l.told = false
	found = Brief(found)
	l.wrong.Store(&found)
	before := l.logged
	l.logged = make(map[string]bool, len(found))
	for _, p := range found {
		l.logged[p.Error()] = true
		if before[p.Error()] {
			continue
		}
		l.log.Error("a file of CAIRN_PROMPTS_DIR is not used as it is", "file", p.File, "line", p.Line, "what", p.What, "mend", p.Hint)
	}
	if len(found) == 0 {
		l.log.Info("read CAIRN_PROMPTS_DIR", "files", len(l.folder.own))
	}
	return true
}

// recall puts the last good texts of broken files into force that were so before this
// process began. Where the database does not answer, the next look does it. What is
// used in the place of each is logged once.
func (l *Live) recall(ctx context.Context) (changed bool) {
	if l.folder.recalled {
		return false
	}
	if bare := l.folder.bare(); len(bare) > 0 {
		kept, err := l.src.LastPromptFiles(ctx, l.team, bare)
		if err != nil {
			l.log.Warn("prompts: the last good texts of broken files are not known; the binary's are used until the database answers", "files", bare, "error", err)
			return false
		}
		changed = l.folder.recall(kept)
	}
	l.folder.recalled = true
	before := l.instead
	l.instead = make(map[string]string, len(l.folder.wrong))
	for _, file := range slices.Sorted(maps.Keys(l.folder.wrong)) {
		used := "the file's last good text"
		if l.folder.own[file] == "" {
			used = "the file that travels with the binary"
		}
		if l.instead[file] = used; before[file] == used {
			continue
		}
		l.log.Warn("prompts: used in the place of a broken file of CAIRN_PROMPTS_DIR", "file", file, "used", used)
	}
	return changed
}

// tellFolder keeps in the log which files of the folder are in force. Where it cannot,
// the files are used all the same, and the next look tells it.
func (l *Live) tellFolder(ctx context.Context) {
	if l.told || !l.folder.recalled || l.folder.unread { // of a folder that cannot be read nothing is known
		return
	}
	var files []store.PromptFile
	for file, text := range l.folder.own {
		files = append(files, store.PromptFile{File: file, Hash: hashOf(text), Text: text, WrittenAt: l.folder.written[file], Wrong: l.folder.wrong[file]})
	}
	for _, file := range l.folder.bare() {
		files = append(files, store.PromptFile{File: file, Wrong: l.folder.wrong[file]})
	}
	if err := l.src.KeepPromptFiles(ctx, l.team, files, l.now()); err != nil {
		l.log.Warn("prompts: the log was not told of the files of CAIRN_PROMPTS_DIR; it is told later", "error", err)
		return
	}
	l.told = true
}

// hashOf is the SHA-256 of a text, in hexadecimal.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
