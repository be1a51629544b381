package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/mask"
	"cairn/store"
)

// Invented names in the place of the real ones: words of no language, so that
// nothing else in a note is taken for a name.
const (
	maskedPerson  = "Quendor"
	maskedCompany = "Zylantha"
)

// corrections writes the team's corrected contacts as labelled histories, names
// masked, and returns how many notes were corrected.
func corrections(e *env, team string, models journey.Models) (lines string, notes int, err error) {
	err = withTeam(e, team, func(st *store.Store, team string) error {
		var all strings.Builder
		err := st.Cases(e.ctx, team, func(c store.Case) error {
			line, err := labelled(c, models)
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

// entry is one interaction of a labelled history; see [observe.History].
type entry struct {
	At        string `json:"at"`
	Channel   string `json:"channel"`
	Direction string `json:"direction"`
	Note      string `json:"note"`
}

// labelled is a contact as a line of a histories file. The labels are the
// signals that hold: a person's for the notes that were corrected.
func labelled(c store.Case, models journey.Models) ([]byte, error) {
	names := mask.Names{People: append([]string{c.Contact.Name}, c.People...), Companies: append([]string{c.Contact.Company.Name}, c.Companies...)}
	entries, signals := []entry{}, [][]journey.Signal{}
	var notes []journey.Note
	for _, n := range c.Notes {
		masked := strings.NewReplacer("CONTACT_1", maskedPerson, "COMPANY_1", maskedCompany).Replace(mask.Of(n.Note, names).Masked)
		entries = append(entries, entry{At: n.At.UTC().Format(time.RFC3339), Channel: n.Channel, Direction: n.Direction, Note: masked})
		list := []journey.Signal{}
		for _, g := range n.Signals {
			list = append(list, journey.Signal(g.Signal))
		}
		signals = append(signals, list)
		notes = append(notes, journey.Note{ID: n.ID, At: n.At, Signals: list})
	}
	gold, err := places(models, notes)
	if err != nil {
		return nil, err
	}
	gold["signals"] = signals
	return json.Marshal(map[string]any{"id": fmt.Sprint(c.Contact.ID), "industry": c.Industry, "slice": "corrections",
		"contact":      map[string]string{"name": maskedPerson, "company": maskedCompany, "title": c.Contact.Title},
		"interactions": entries, "gold": gold})
}

// places folds labelled notes, as the labels of a history tell them.
func places(models journey.Models, notes []journey.Note) (map[string]any, error) {
	state := map[string]journey.State{}
	for _, name := range []string{"aipee", "orbits", "lifecycle"} {
		m, ok := models.Get(name)
		if !ok {
			return nil, fmt.Errorf("there is no journey %q", name)
		}
		s, _ := m.Fold(m.Start(), notes...)
		state[name] = s
	}
	a := state["aipee"]
	return map[string]any{
		"aipee": map[string]any{"stage": a.Stage, "status": a.Status, "do_not_contact": a.DoNotContact, "cycle": a.Cycle, "exchanged": a.Exchanged},
		"orbit": state["orbits"].Stage, "lifecycle": map[string]any{"phase": state["lifecycle"].Stage, "influence": state["lifecycle"].Influence},
	}, nil
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
