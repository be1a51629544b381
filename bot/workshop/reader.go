package workshop

import (
	"crypto/sha256"
	"fmt"
	"path"

	"cairn/bot/observe"
)

// readerOf returns a reading with the cue files in texts; nil where they are
// those of the binary, whose reading the caller has.
func (l *Live) readerOf(texts Files) *observe.Reader {
	own := memory{}
	same, sum := true, sha256.New()
	for _, file := range texts.Names() {
		if kind, _ := KindOf(file); kind == Cues {
			own[path.Base(file)] = texts[file]
			same = same && l.folder.embedded[file] == texts[file]
			fmt.Fprintf(sum, "%s %d\n%s", file, len(texts[file]), texts[file])
		}
	}
	if same || len(own) == 0 {
		return nil
	}
	key := string(sum.Sum(nil))
	if r, ok := l.reader[key]; ok {
		return r
	}
	r, err := observe.New(own)
	if err != nil {
		l.log.Error("the cue files do not go together; those of the binary are used", "what", err)
		l.reader[key] = nil // told once
		return nil
	}
	l.reader[key] = r
	return r
}

// teamReader is the reading with the cue files that a team has published.
func (l *Live) teamReader(base layer, tv *teamView) *observe.Reader {
	texts := Files{}
	own := false
	for file, text := range base.texts {
		if kind, _ := KindOf(file); kind != Cues {
			continue
		}
		texts[file] = text
		if labels := tv.labels[file]; labels.Live > 0 {
			texts[file], own = l.cues[pieceKey{labels.TeamID, file, labels.Live}], true
		}
	}
	if !own {
		return nil
	}
	return l.readerOf(texts)
}

// Reader is the built-in reading with the team's cue files; nil where they are
// those of the binary.
func (l *Live) Reader(team string) *observe.Reader {
	v := l.view.Load()
	if tv := v.teams[team]; tv != nil && tv.reader != nil {
		return tv.reader
	}
	return v.base.reader
}

// CueTexts are the cue files in force for a team.
func (l *Live) CueTexts(team string) Files {
	v := l.view.Load()
	l.mu.Lock()
	defer l.mu.Unlock()
	texts := Files{}
	for file, text := range v.base.texts {
		if kind, _ := KindOf(file); kind != Cues {
			continue
		}
		texts[file] = text
		if tv := v.teams[team]; tv != nil && tv.labels[file].Live > 0 {
			texts[file] = l.cues[pieceKey{team, file, tv.labels[file].Live}]
		}
	}
	return texts
}
