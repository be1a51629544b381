package workshop

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/store"
)

// Follow is how often every replica looks for moves and changed files, beside
// being told of moves: within five seconds all have followed.
const Follow = 2 * time.Second

// TrialTime is how long somebody's draft is live for them alone.
const TrialTime = time.Hour

// Source is where versions and labels come from.
type Source interface {
	PromptState(ctx context.Context, now time.Time) (store.PromptState, error)
	PromptVersions(ctx context.Context, team, file string, numbers []int) ([]store.PromptVersion, error)
	PromptLiveBefore(ctx context.Context, team, file string) ([]int, error)
	KeepPromptFiles(ctx context.Context, team string, files []store.PromptFile, at time.Time) error
	LastPromptFiles(ctx context.Context, team string, files []string) ([]store.PromptFile, error)
	PromptFileHashes(ctx context.Context, team string) (map[string]string, error)
}

// Use is a prompt that applies, and what to record beside what it made.
type Use struct {
	Prompt *prompts.Prompt
	// Version is the prompt's name and number, "suggest-reason@3"; of version 0
	// it carries the text's hash too: "suggest-reason@0-1a2b3c4d".
	Version string
	Number  int
	Why     Why
}

// Why says why a version applies.
type Why string

const (
	IsLive  Why = "live"
	IsTrial Why = "trial" // the person tries the draft
	IsOther Why = "other" // the contact is among the share of the second live version
)

// Live knows which version of each file is in force. It is safe for concurrent
// use, and answers from memory.
type Live struct {
	team  string // whose log is told of the folder
	src   Source
	kinds *Kinds
	now   func() time.Time
	log   *slog.Logger
	view  atomic.Pointer[view]
	wrong atomic.Pointer[prompts.Problems] // with the folder, as it was last read

	mu      sync.Mutex // one look at a time
	folder  folder
	told    bool // the log knows the folder as it stands
	others  others
	logged  map[string]bool            // what is wrong with the folder now, each told once
	instead map[string]string          // what is used in the place of its broken files, told once
	pieces  map[pieceKey]Piece         // every version met, compiled; they never change
	cues    map[pieceKey]string        // of cue files, which are read together, the texts
	reader  map[string]*observe.Reader // by what their cue files hold
	bad     map[pieceKey]bool          // versions that this binary cannot use, told once
	before  map[pieceKey]int           // of a live version that cannot be used, the last one that was live and can be
}

// view is everything at one moment. It does not change.
type view struct {
	base  layer
	teams map[string]*teamView
}

// layer is the files below all versions.
type layer struct {
	reader   *observe.Reader // nil: the cue files are those of the binary
	texts    Files
	own      map[string]time.Time // when each file of the folder that is in force was written
	broken   map[string]bool      // of the folder, as they lie there; those that are not own are replaced by the binary's
	prompts  prompts.Set
	journeys journey.Models
	guide    *suggest.Guide // nil: there is no such file
}

// Unusable is a version that should be in force and that this binary cannot use.
type Unusable struct {
	File   string
	Number int
	Used   int // the version that is used instead; 0: the file
}

type teamView struct {
	unusable []Unusable
	labels   map[string]store.PromptLabels
	pieces   map[string]map[int]Piece // by file and number: those with a label or on trial
	trials   map[trialKey]store.PromptTrial
	books    journey.Models
	reader   *observe.Reader // nil: the base's
}

type trialKey struct{ file, person string }

type pieceKey struct {
	team, file string
	number     int
}

// New returns what is in force by the files alone; [Live.Look] and [Live.Run]
// add what stands in the database. dir may be empty. What is wrong with its
// files is logged, a line a mistake, and is no error: the coach runs on with
// what travels with the binary. What comes, changes and goes there is kept in the log
// of team's workshop.
func New(embedded Files, dir, team string, src Source, now func() time.Time, log *slog.Logger) (*Live, error) {
	kinds, err := NewKinds(embedded)
	if err != nil {
		return nil, fmt.Errorf("the files that travel with the binary: %w", err)
	}
	l := &Live{team: team, src: src, kinds: kinds, now: now, log: log, folder: folder{embedded: embedded, kinds: kinds, dir: dir},
		pieces: map[pieceKey]Piece{}, cues: map[pieceKey]string{}, reader: map[string]*observe.Reader{}, bad: map[pieceKey]bool{}, before: map[pieceKey]int{}}
	l.readFolder()
	l.view.Store(&view{base: l.layer()})
	return l, nil
}

// Kinds checks texts as they are checked here.
func (l *Live) Kinds() *Kinds { return l.kinds }

// Wrong is what is wrong with the files of the folder, as this replica last read
// them; the last good text of each, or that of the binary, is used meanwhile.
func (l *Live) Wrong() prompts.Problems {
	if found := l.wrong.Load(); found != nil {
		return *found
	}
	return nil
}

// Unusable lists the versions of a team that should be in force, for everybody or for a
// share of the contacts, and cannot be used here.
func (l *Live) Unusable(team string) []Unusable {
	if tv := l.view.Load().teams[team]; tv != nil {
		return tv.unusable
	}
	return nil
}

// Folder is the folder whose files stand in front of the binary's; empty: none.
func (l *Live) Folder() string { return l.folder.dir }

// layer compiles the files in force. All were checked before, cues together.
func (l *Live) layer() layer {
	b := layer{texts: l.folder.texts(), own: maps.Clone(l.folder.written), broken: map[string]bool{}, prompts: prompts.Set{}}
	for file := range l.folder.wrong {
		b.broken[file] = true
	}
	for _, file := range b.texts.Names() {
		if kind, _ := KindOf(file); kind == Cues {
			continue
		}
		piece, found := l.kinds.Check(file, b.texts[file])
		switch {
		case len(found) > 0:
			l.log.Error("a file is not used", "file", file, "what", found.Error())
		case piece.Prompt != nil:
			b.prompts[piece.Prompt.Name] = piece.Prompt
		case piece.Journey != nil:
			b.journeys = append(b.journeys, piece.Journey)
		case piece.Guide != nil:
			b.guide = piece.Guide
		}
	}
	b.journeys = journey.Models(nil).With(b.journeys) // in the house's order
	b.reader = l.readerOf(b.texts)
	return b
}

// Run keeps up with the database and the folder until ctx ends. watch calls
// back after each move, and at least every so often; see [store.Store.WatchPrompts].
func (l *Live) Run(ctx context.Context, watch func(ctx context.Context, every time.Duration, look func(context.Context))) {
	away := false // told once, not at every look
	watch(ctx, Follow, func(ctx context.Context) {
		err := l.Look(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil && !away:
			l.log.Warn("prompts: the last good versions stay", "error", err)
		case err == nil && away:
			l.log.Info("prompts: followed again")
		}
		away = err != nil
	})
}

// Look reads what stands now. With an error, what was in force stays.
func (l *Live) Look(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.view.Load()
	base := was.base
	ctx, cancel := context.WithTimeout(ctx, store.CommandTimeout)
	defer cancel()
	changed := l.readFolder()
	if l.recall(ctx) || changed {
		base = l.layer()
		l.view.Store(&view{base: base, teams: was.teams})
	}
	state, err := l.src.PromptState(ctx, l.now())
	if err != nil {
		return err
	}
	if err := l.fetch(ctx, state); err != nil {
		return err
	}
	if err := l.lookBack(ctx, was, state); err != nil {
		return err
	}
	next := &view{base: base, teams: map[string]*teamView{}}
	for _, labels := range state.Labels {
		l.label(next, was, labels)
	}
	for _, t := range state.Trials {
		if tv := next.teams[t.TeamID]; tv != nil {
			if piece, ok := l.pieces[pieceKey{t.TeamID, t.File, t.Number}]; ok {
				tv.put(t.File, t.Number, piece)
				tv.trials[trialKey{t.File, t.PersonID}] = t
			}
		}
	}
	for _, tv := range next.teams {
		tv.bind(base.journeys)
		tv.reader = l.teamReader(base, tv)
	}
	l.view.Store(next)
	l.tellFolder(ctx)
	l.lookAtOthers(ctx)
	return nil
}

// fetch compiles the versions that are wanted and not yet known.
func (l *Live) fetch(ctx context.Context, state store.PromptState) error {
	type file struct{ team, file string }
	missing := map[file][]int{}
	want := func(team, name string, numbers ...int) {
		if kind, _ := KindOf(name); kind.FromRows() {
			return
		}
		for _, n := range numbers {
			key := pieceKey{team, name, n}
			if _, ok := l.pieces[key]; n > 0 && !ok && !l.bad[key] {
				missing[file{team, name}] = append(missing[file{team, name}], n)
			}
		}
	}
	for _, s := range state.Labels {
		want(s.TeamID, s.File, s.Live, s.Draft, s.Other)
	}
	for _, t := range state.Trials {
		want(t.TeamID, t.File, t.Number)
	}
	for f, numbers := range missing {
		versions, err := l.src.PromptVersions(ctx, f.team, f.file, numbers)
		if err != nil {
			return err
		}
		for _, v := range versions {
			l.keep(pieceKey{f.team, f.file, v.Number}, v.Text)
		}
	}
	return nil
}

func (l *Live) keep(key pieceKey, text string) {
	piece, found := l.kinds.Check(key.file, text)
	if len(found) > 0 {
		l.bad[key] = true
		l.log.Error("a version cannot be used by this binary; the last good one is", "team", key.team, "file", key.file, "version", key.number, "what", found.Error())
		return
	}
	l.pieces[key] = piece
	if kind, _ := KindOf(key.file); kind == Cues {
		l.cues[key] = text
	}
}

// label puts the labels of one file into next. A live version that this binary
// cannot use leaves the one in force that was before, here or by the log.
func (l *Live) label(next, was *view, labels store.PromptLabels) {
	tv := next.teams[labels.TeamID]
	if tv == nil {
		tv = &teamView{labels: map[string]store.PromptLabels{}, pieces: map[string]map[int]Piece{}, trials: map[trialKey]store.PromptTrial{}}
		next.teams[labels.TeamID] = tv
	}
	if kind, _ := KindOf(labels.File); kind.FromRows() {
		tv.labels[labels.File] = labels
		return
	}
	usable := func(n int) bool {
		piece, ok := l.pieces[pieceKey{labels.TeamID, labels.File, n}]
		if ok {
			tv.put(labels.File, n, piece)
		}
		return ok
	}
	if live := labels.Live; live > 0 && !usable(live) {
		labels.Live = 0
		before := l.before[pieceKey{labels.TeamID, labels.File, live}]
		if was := was.teams[labels.TeamID]; was != nil && was.labels[labels.File].Live > 0 {
			before = was.labels[labels.File].Live
		}
		if usable(before) {
			labels.Live = before
		}
		tv.unusable = append(tv.unusable, Unusable{labels.File, live, labels.Live})
	}
	if labels.Other > 0 && !usable(labels.Other) {
		tv.unusable = append(tv.unusable, Unusable{labels.File, labels.Other, labels.Live})
		labels.Other, labels.Share = 0, 0
	}
	if labels.Draft > 0 {
		usable(labels.Draft)
	}
	tv.labels[labels.File] = labels
}

func (tv *teamView) put(file string, number int, piece Piece) {
	if tv.pieces[file] == nil {
		tv.pieces[file] = map[int]Piece{}
	}
	tv.pieces[file][number] = piece
}

// bind puts the team's published journeys in front of the files'.
func (tv *teamView) bind(base journey.Models) {
	var own journey.Models
	for file, labels := range tv.labels {
		if m := tv.pieces[file][labels.Live].Journey; m != nil && labels.Live > 0 {
			own = append(own, m)
		}
	}
	tv.books = base.With(own)
}
