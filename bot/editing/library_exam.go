package editing

import (
	"context"
	"errors"
	"slices"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/bot/workshop/exam"
	"cairn/prompts/library"
	"cairn/store"
)

const (
	// examContacts is on how many of the team's contacts, as they stand, a library is
	// tried, and examAnswers on how many suggestions that somebody answered, of
	// examSince. Each takes some round trips; a job has minutes.
	examContacts = 200
	examAnswers  = 100
	examSince    = 180 * 24 * time.Hour
)

// judgeShelf tries the library as it is and as it would be on the team's own
// contacts and answers, and where the items that go with the binary are in use, on
// their labelled states.
func (d *Desk) judgeShelf(ctx context.Context, team string, p pair, models journey.Models) (exam.Outcome, error) {
	states, err := d.standingStates(ctx, team)
	if err != nil {
		return exam.Outcome{}, err
	}
	answered, err := d.answeredStates(ctx, team)
	if err != nil {
		return exam.Outcome{}, err
	}
	shipped, err := sampleStates(p.live.Shelf.Items, models)
	if err != nil {
		return exam.Outcome{}, err
	}
	return exam.Library(d.Guide(team), p.live.Shelf.Items, p.draft.Shelf.Items, p.shelf.merge.Changes, slices.Concat(states, answered, shipped)), nil
}

// askAbout is an ask about a contact as it stands.
func (d *Desk) askAbout(ctx context.Context, team string, contact int64, person string) (coach.Ask, error) {
	c, err := d.Store.Contact(ctx, team, contact)
	if err != nil {
		return coach.Ask{}, err
	}
	past, err := d.Store.Past(ctx, team, contact)
	return coach.Ask{Person: person, Contact: c, Places: past.Places, Ledger: past.Ledger, Recent: past.Recent, Now: d.Now(), Seed: uint64(contact)}, err
}

// standingStates are the contacts that were written about last, each as whoever
// wrote would be asked to give.
func (d *Desk) standingStates(ctx context.Context, team string) ([]exam.State, error) {
	latest, err := d.Store.LatestContacts(ctx, team, examContacts)
	if err != nil {
		return nil, err
	}
	var states []exam.State
	for _, c := range latest {
		ask, err := d.askAbout(ctx, team, c.ID, c.PersonID)
		if errors.Is(err, store.ErrNotFound) {
			continue // erased in the meantime
		}
		if err != nil {
			return nil, err
		}
		states = append(states, exam.State{Who: maskedName(c.Preview), Case: d.Coach.For(team).Case(ask)})
	}
	return states, nil
}

// answeredStates are the suggestions that somebody gave or refused, each at its
// moment: what was given was right, what was called not for them or not good wrong.
func (d *Desk) answeredStates(ctx context.Context, team string) ([]exam.State, error) {
	answers, err := d.Store.Answered(ctx, team, d.Now().Add(-examSince), examAnswers)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, g := range answers {
		ids = append(ids, slices.Concat(g.Given, g.Refused)...)
	}
	items, err := d.Store.ContentOf(ctx, team, ids)
	if err != nil {
		return nil, err
	}
	pages := func(ids []int64) (all []string) {
		for _, id := range ids {
			if c, ok := items[id]; ok {
				all = append(all, c.CanonicalURL)
			}
		}
		return all
	}
	var states []exam.State
	for _, g := range answers {
		ask, err := d.askAbout(ctx, team, g.ContactID, g.PersonID)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		history, err := d.Store.History(ctx, team, g.ContactID)
		if err != nil {
			return nil, err
		}
		own := d.Coach.For(team)
		if ask, err = own.AsOf(ask, history, g); err != nil {
			return nil, err
		}
		st := exam.State{Who: "A suggestion that was answered, " + g.At.Format("2 January"), Case: own.Case(ask), Right: pages(g.Given), Wrong: pages(g.Refused)}
		st.Known = len(st.Right) > 0
		states = append(states, st)
	}
	return states, nil
}

// sampleStates are the labelled states of the library that goes with the binary,
// where half of it or more is in use.
func sampleStates(items []suggest.Item, models journey.Models) ([]exam.State, error) {
	f, err := library.Files.Open("library.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	shipped, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		return nil, errors.New(problems[0].String())
	}
	have := map[string]bool{}
	for _, it := range items {
		have[it.Canonical] = true
	}
	used := 0
	for _, it := range shipped {
		if have[it.Canonical] {
			used++
		}
	}
	if 2*used < len(shipped) {
		return nil, nil
	}
	labelled, day, err := suggest.SampleStates()
	if err != nil {
		return nil, err
	}
	m, _ := models.Get(journey.Default) // it travels with the binary
	var states []exam.State
	for _, s := range labelled {
		st := exam.State{Known: true}
		if st.Case, err = s.Case(m, day); err != nil {
			return nil, err
		}
		if st.Right, err = s.Right(); err != nil {
			return nil, err
		}
		st.Who = "Sample library: " + exam.Moment(st.Case, m)
		states = append(states, st)
	}
	return states, nil
}
