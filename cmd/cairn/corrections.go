package main

import (
	"errors"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/workshop/exam"
	"cairn/store"
)

// corrections writes the team's corrected contacts as labelled histories, names
// masked, and returns how many notes were corrected.
func corrections(e *env, team string, models journey.Models) (lines string, notes int, err error) {
	err = withTeam(e, team, func(st *store.Store, team string) error {
		var all strings.Builder
		err := st.Cases(e.ctx, team, 0, func(c store.Case) error {
			line, err := exam.Corrected(c, models)
			if err != nil {
				return err
			}
			notes += len(c.Corrected)
			all.Write(append(line, '\n'))
			return nil
		})
		lines = all.String()
		return err
	})
	return lines, notes, err
}

// withTeam opens the database that the bot uses, for one of its teams.
func withTeam(e *env, id string, do func(st *store.Store, team string) error) error {
	db, st, team, err := teamOf(e, id)
	if err != nil {
		return err
	}
	defer db.close()
	return do(st, team.ID)
}

// ownReader is the team's own reading where it has one.
func ownReader(e *env, team string, reader *observe.Reader) (*observe.Reader, error) {
	err := withTeam(e, team, func(st *store.Store, team string) error {
		r, err := st.TeamReading(e.ctx, team, "")
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		w, err := observe.ReadWeights(r.Weights)
		if err != nil {
			return err
		}
		reader = reader.With(w)
		return nil
	})
	return reader, err
}
