package workshop

import (
	"fmt"
	"hash/fnv"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/store"
)

// Prompt answers which version of a prompt applies for a person of a team and
// what is to be recorded beside what it makes. contact is 0 where it is about
// nobody in particular. ok is false only for a name that no code uses.
func (l *Live) Prompt(team, name, person string, contact int64) (use Use, ok bool) {
	v := l.view.Load()
	base, ok := v.base.prompts.Get(name)
	if !ok {
		return Use{}, false
	}
	file := name + prompts.Ext
	if tv := v.teams[team]; tv != nil {
		if t, trying := tv.trials[trialKey{file, person}]; trying && l.now().Before(t.Until) {
			return used(tv.pieces[file][t.Number].Prompt, t.Number, IsTrial), true
		}
		labels := tv.labels[file]
		if labels.Other > 0 && contact != 0 && Among(file, labels, contact) {
			return used(tv.pieces[file][labels.Other].Prompt, labels.Other, IsOther), true
		}
		if labels.Live > 0 {
			return used(tv.pieces[file][labels.Live].Prompt, labels.Live, IsLive), true
		}
	}
	return used(base, 0, IsLive), true
}

func used(p *prompts.Prompt, number int, why Why) Use {
	use := Use{Prompt: p, Version: VersionID(p, number), Number: number, Why: why}
	if why == IsTrial {
		use.Version += store.TrialMark
	}
	return use
}

// VersionID is what is recorded of a version; see [Use].
func VersionID(p *prompts.Prompt, number int) string {
	if number == 0 {
		return fmt.Sprintf("%s@0-%.8s", p.Name, p.Hash())
	}
	return fmt.Sprintf("%s@%d", p.Name, number)
}

// Among reports whether a contact gets the second live version. It is drawn
// from the two versions and the contact alone, so every replica answers the
// same, nothing has to be kept, and a contact's side never changes while the
// two stand against each other; a larger share only adds to it.
func Among(file string, labels store.PromptLabels, contact int64) bool {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %s %d %d %d", labels.TeamID, file, labels.Live, labels.Other, contact)
	sum := h.Sum64()
	sum ^= sum >> 33 // FNV's low digits alone are not even enough
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 33
	return sum%100 < uint64(labels.Share)
}

// Journeys are the journeys of a team, the default one first.
func (l *Live) Journeys(team string) journey.Models {
	v := l.view.Load()
	if tv := v.teams[team]; tv != nil {
		return tv.books
	}
	return v.base.journeys
}

// Guide is the wordlore by which a team's content is matched; nil where no file
// of it is known here.
func (l *Live) Guide(team string) *suggest.Guide {
	v := l.view.Load()
	if tv := v.teams[team]; tv != nil {
		if live := tv.labels[GuideFile].Live; live > 0 {
			return tv.pieces[GuideFile][live].Guide
		}
	}
	return v.base.guide
}

// Standing is a file as a team's editors see it.
type Standing struct {
	File   string
	Kind   Kind
	Labels store.PromptLabels
}

// Standing lists every file with its labels, as this replica knows them; also
// those whose live text comes from rows.
func (l *Live) Standing(team string) []Standing {
	v := l.view.Load()
	var all []Standing
	for _, file := range v.base.texts.With(LibraryFile, "").Names() {
		kind, _ := KindOf(file)
		s := Standing{File: file, Kind: kind, Labels: store.PromptLabels{TeamID: team, File: file}}
		if tv := v.teams[team]; tv != nil {
			if labels, ok := tv.labels[file]; ok {
				s.Labels = labels
			}
		}
		all = append(all, s)
	}
	return all
}

// Base is the text of a file's version 0, "" where there is no such file.
func (l *Live) Base(file string) string { return l.view.Load().base.texts[file] }

// HasOriginal reports whether a file travels with the binary.
func (l *Live) HasOriginal(file string) bool { return l.folder.embedded[file] != "" }

// BaseHash is the SHA-256, in hexadecimal, of the text of the file of the folder that is a
// file's version 0; empty where that is what travels with the binary.
func (l *Live) BaseHash(file string) string {
	base := l.view.Load().base
	if _, own := base.own[file]; !own {
		return ""
	}
	return hashOf(base.texts[file])
}

// SplitSince tells, of a prompt of which a team has two live versions, since when
// at least the labels stand as they do; ok is false where it has one.
func (l *Live) SplitSince(team, name string) (since time.Time, ok bool) {
	tv := l.view.Load().teams[team]
	if tv == nil {
		return time.Time{}, false
	}
	labels := tv.labels[name+prompts.Ext]
	return labels.MovedAt, labels.Other > 0
}

// Own tells when the file of the folder was written that is a file's version 0; ok
// is false where that is what travels with the binary.
func (l *Live) Own(file string) (written time.Time, ok bool) {
	written, ok = l.view.Load().base.own[file]
	return written, ok
}

// Meanwhile is what is used in the place of a broken file of the folder.
type Meanwhile string

const (
	LastGood Meanwhile = "last good" // the text that the file had before
	Original Meanwhile = "original"  // what travels with the binary
	Nothing  Meanwhile = "nothing"   // there is neither
)

// Broken tells of the files of the folder that cannot be used as they lie there what is
// used instead.
func (l *Live) Broken() map[string]Meanwhile {
	base := l.view.Load().base
	all := make(map[string]Meanwhile, len(base.broken))
	for file := range base.broken {
		_, own := base.own[file]
		switch {
		case own:
			all[file] = LastGood
		case base.texts[file] != "":
			all[file] = Original
		default:
			all[file] = Nothing
		}
	}
	return all
}

// Trying lists the files whose draft the person tries now.
func (l *Live) Trying(team, person string) []store.PromptTrial {
	var all []store.PromptTrial
	if tv := l.view.Load().teams[team]; tv != nil {
		for _, t := range tv.trials {
			if t.PersonID == person && l.now().Before(t.Until) {
				all = append(all, t)
			}
		}
	}
	return all
}
