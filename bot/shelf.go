package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"cairn/bot/coach"
	"cairn/bot/suggest"
	"cairn/store"
)

// Guide is what the suggestions know of needs, roles and synonyms.
type Guide = *suggest.Guide

// shelves keeps each team's library ready to choose from. A change of the
// library counts its version up, so a stale one is noticed at the next line.
type shelves struct {
	store *store.Store
	guide Guide
	log   *slog.Logger
	own   func(team string) Guide // a team's own wordlore; nil, or answering nil: guide holds

	mu      sync.Mutex
	guides  map[string]Guide // that the shelf was made with
	teams   map[string]coach.Shelf
	rows    map[string][]store.Content // that the shelf was made of
	tallies map[string][]store.Tallied // as last learnt
	filling map[string]chan struct{}   // large libraries that are being read
}

func newShelves(st *store.Store, guide Guide, log *slog.Logger) *shelves {
	return &shelves{store: st, guide: guide, log: log, filling: make(map[string]chan struct{}), teams: make(map[string]coach.Shelf),
		guides: make(map[string]Guide), rows: make(map[string][]store.Content), tallies: make(map[string][]store.Tallied)}
}

// errUnread: a large library is still being read.
var errUnread = fmt.Errorf("%w: the library is still being read", store.ErrUnavailable)

// loader reads a team's library and its version.
type loader func(ctx context.Context) ([]store.Content, int64, error)

// guideOf is the wordlore by which a team's content is matched.
func (s *shelves) guideOf(team string) Guide {
	if s.own != nil {
		if own := s.own(team); own != nil {
			return own
		}
	}
	return s.guide
}

// get returns the team's shelf at the given version of its library or a later
// one, and has load read it where it is not at hand. One that is too large to be
// read at once is read beside whoever asks; see [shelves.beside].
func (s *shelves) get(ctx context.Context, team string, version int64, load loader) (coach.Shelf, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	guide := s.guideOf(team)
	shelf, ok := s.teams[team]
	items, at := s.rows[team], shelf.Version
	stale := !ok || at < version
	var err error
	switch {
	case !stale && s.guides[team] == guide:
		return shelf, nil
	case len(items) > store.AtOnce:
		err = store.ErrLarge
	case stale:
		items, at, err = load(ctx)
	}
	if errors.Is(err, store.ErrLarge) {
		s.mu.Unlock()
		defer s.mu.Lock()
		return s.beside(ctx, team), nil
	}
	if err != nil {
		return coach.Shelf{}, err
	}
	shelf = coach.Shelf{Library: suggest.NewLibrary(guide, coach.Items(items)), Tally: coach.Tally(s.tallies[team], items), Version: at}
	s.teams[team], s.rows[team], s.guides[team] = shelf, items, guide
	return shelf, nil
}

const (
	// besidePatience is how long a command waits for a large library.
	besidePatience = 700 * time.Millisecond
	// besideTimeout bounds the reading of one.
	besideTimeout = 40 * time.Second
)

// beside has a large library read, waits for it a moment, and returns what is at
// hand then: the shelf as it was before, or one of which nothing can be said. A line
// is recorded whether or not the library has been read.
func (s *shelves) beside(ctx context.Context, team string) coach.Shelf {
	wait := time.NewTimer(besidePatience)
	defer wait.Stop()
	select {
	case <-s.fill(team):
	case <-wait.C:
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if shelf, ok := s.teams[team]; ok {
		return shelf
	}
	return coach.Shelf{Library: suggest.NewLibrary(s.guideOf(team), nil), Version: -1, Unread: true}
}

// fill reads a team's library by itself, once at a time; the channel is closed at
// the end. The lock is not held meanwhile: making a shelf of it takes a second too.
func (s *shelves) fill(team string) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if done, going := s.filling[team]; going {
		return done
	}
	done := make(chan struct{})
	s.filling[team] = done
	go func() {
		defer close(done)
		ctx, cancel := context.WithTimeout(context.Background(), besideTimeout)
		defer cancel()
		guide := s.guideOf(team)
		items, at, err := s.store.LargeLibrary(ctx, team)
		var shelf coach.Shelf
		if err == nil {
			shelf = coach.Shelf{Library: suggest.NewLibrary(guide, coach.Items(items)), Version: at}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.filling, team)
		if err != nil {
			s.log.Warn("a large library could not be read; the next command tries again", "team", team, "error", err)
			return
		}
		shelf.Tally = coach.Tally(s.tallies[team], items)
		s.teams[team], s.rows[team], s.guides[team] = shelf, items, guide
	}()
	return done
}

// learn takes in what became of the team's content by now. It is done beside
// the commands, so that none of them waits for it.
func (s *shelves) learn(ctx context.Context, team string, now time.Time) error {
	tallied, err := s.store.Tally(ctx, team, now)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tallies[team] = tallied
	if shelf, ok := s.teams[team]; ok {
		shelf.Tally = coach.Tally(tallied, s.rows[team])
		s.teams[team] = shelf
	}
	return nil
}

// now returns the team's shelf as the library stands, outside any transaction. A
// library that has changed is read before the lock is taken: whoever waits for the
// lock within a transaction holds a connection, and were there none left to read
// with, all would wait for each other.
func (s *shelves) now(ctx context.Context, team string) (coach.Shelf, error) {
	t, err := s.store.Team(ctx, team)
	if err != nil {
		return coach.Shelf{}, err
	}
	if s.have(team) >= t.ContentVersion {
		return s.get(ctx, team, t.ContentVersion, nil)
	}
	items, at, err := s.store.SmallLibrary(ctx, team)
	if errors.Is(err, store.ErrLarge) {
		if shelf := s.beside(ctx, team); !shelf.Unread {
			return shelf, nil
		}
		return coach.Shelf{}, errUnread
	}
	if err != nil {
		return coach.Shelf{}, err
	}
	return s.get(ctx, team, t.ContentVersion, func(context.Context) ([]store.Content, int64, error) { return items, at, nil })
}

// within is get for a decision about a line, within its transaction: where other lines
// wait for it too, a shelf that is not at hand is [store.ErrApart].
func (s *shelves) within(ctx context.Context, team string, k store.Known) (coach.Shelf, error) {
	if k.Library == nil && !s.ready(team, k.Team.ContentVersion) {
		return coach.Shelf{}, store.ErrApart
	}
	return s.get(ctx, team, k.Team.ContentVersion, k.Library)
}

// ready reports whether get has nothing to do but to hand the shelf out.
func (s *shelves) ready(team string, version int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	shelf, ok := s.teams[team]
	return ok && shelf.Version >= version && s.guides[team] == s.guideOf(team)
}

// have is the version of the team's shelf at hand; -1: none.
func (s *shelves) have(team string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if shelf, ok := s.teams[team]; ok {
		return shelf.Version
	}
	return -1
}
