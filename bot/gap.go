package bot

import (
	"context"
	"errors"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/store"
)

// noteSpent notes the gap where nothing of a suggestion is left to be shown.
func (b *Bot) noteSpent(ctx context.Context, r *chat.Request, suggestion int64) error {
	g, err := b.store.Suggestion(ctx, r.TeamID, r.PersonID, suggestion)
	if err != nil {
		return err
	}
	if _, left := g.Now(); left {
		return nil
	}
	return b.noteGap(ctx, r, g)
}

// noteGap counts what the library lacks for a contact of whom a rep has passed
// over everything that fits: what was only not named is no gap.
func (b *Bot) noteGap(ctx context.Context, r *chat.Request, g store.Suggestion) error {
	if more, _ := moreFit(g); more > 0 {
		return nil
	}
	c, err := b.store.Contact(ctx, r.TeamID, g.ContactID)
	if err != nil {
		return err
	}
	ask, shelf, err := b.asking(ctx, r, c)
	if err != nil {
		return err
	}
	gap := b.coach.For(r.TeamID).Gap(ask, shelf)
	gap.Stage = g.Stage // of the moment at which it was asked
	return b.store.AddGap(ctx, r.TeamID, c.ID, *gap, b.cfg.Now())
}

// asking is a question for something to give a contact as they stand now.
func (b *Bot) asking(ctx context.Context, r *chat.Request, c store.Contact) (coach.Ask, coach.Shelf, error) {
	past, err := b.store.Past(ctx, r.TeamID, c.ID)
	if err != nil {
		return coach.Ask{}, coach.Shelf{}, err
	}
	return b.askingOf(ctx, r, spoken{c, past})
}

// askingOf is [Bot.asking] for somebody who was read already.
func (b *Bot) askingOf(ctx context.Context, r *chat.Request, s spoken) (coach.Ask, coach.Shelf, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return coach.Ask{}, shelf, err
	}
	c, past := s.contact, s.past
	var heard []store.HeardOf
	if c.Company.ID != 0 {
		heard, err = b.store.HeardAt(ctx, r.TeamID, c.Company.ID, r.PersonID)
	}
	if err != nil {
		return coach.Ask{}, shelf, err
	}
	passed, err := b.store.Passed(ctx, r.PersonID, c.ID, b.cfg.Now())
	return coach.Ask{Person: r.PersonID, Contact: c, Places: past.Places, Ledger: past.Ledger,
		Recent: past.Recent, Heard: heard, Waved: passed, Now: b.here(r), Seed: b.seed()}, shelf, err
}

// withGap looks up the gap behind a suggestion of which all was passed over.
func (b *Bot) withGap(ctx context.Context, r *chat.Request, g *store.Suggestion) error {
	if _, ok := g.Now(); ok || len(g.Picks) == 0 {
		return nil
	}
	gap, err := b.store.GapFor(ctx, r.TeamID, g.ContactID, g.Stage)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	g.Gap = &gap
	return err
}
