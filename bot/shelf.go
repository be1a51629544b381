package bot

import (
	"context"
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
	own   func(team string) Guide // a team's own wordlore; nil, or answering nil: guide holds

	mu      sync.Mutex
	guides  map[string]Guide // that the shelf was made with
	teams   map[string]coach.Shelf
	rows    map[string][]store.Content // that the shelf was made of
	tallies map[string][]store.Tallied // as last learnt
}

func newShelves(st *store.Store, guide Guide) *shelves {
	return &shelves{store: st, guide: guide, teams: make(map[string]coach.Shelf),
		guides: make(map[string]Guide), rows: make(map[string][]store.Content), tallies: make(map[string][]store.Tallied)}
}

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
// one, and has load read it where it is not at hand.
func (s *shelves) get(ctx context.Context, team string, version int64, load loader) (coach.Shelf, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	guide := s.guideOf(team)
	shelf, ok := s.teams[team]
	items, at := s.rows[team], shelf.Version
	switch {
	case !ok || shelf.Version < version:
		var err error
		if items, at, err = load(ctx); err != nil {
			return coach.Shelf{}, err
		}
	case s.guides[team] == guide:
		return shelf, nil
	}
	shelf = coach.Shelf{Library: suggest.NewLibrary(guide, coach.Items(items)), Tally: coach.Tally(s.tallies[team], items), Version: at}
	s.teams[team], s.rows[team], s.guides[team] = shelf, items, guide
	return shelf, nil
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
	items, at, err := s.store.Library(ctx, team)
	if err != nil {
		return coach.Shelf{}, err
	}
	return s.get(ctx, team, t.ContentVersion, func(context.Context) ([]store.Content, int64, error) { return items, at, nil })
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
