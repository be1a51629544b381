package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/store"
)

// keepShown is how long what was passed over stays so once something has happened.
const keepShown = store.PassedLife

// suggested is what to give a contact, kept under its number: what was on the
// person's screen last, as long as it still fits and nothing has happened since;
// else chosen anew. A rep who was told of one item and asks for a draft means it.
func (b *Bot) suggested(ctx context.Context, r *chat.Request, c store.Contact) (store.Suggestion, error) {
	g, err := b.lastOrNew(ctx, r, c)
	if since, two := b.live.SplitSince(r.TeamID, coach.ReasonPrompt); err == nil && two && g.Shown == 0 && g.At.Before(since) {
		// it is read again now, and the figures of two versions count from their beginning
		g.ID, g.At = 0, b.cfg.Now()
	}
	if err == nil && g.ID == 0 {
		g.ID, err = b.store.AddSuggestion(ctx, r.TeamID, g)
	}
	if _, named := g.Now(); err == nil && !named && len(g.Picks) > 0 {
		err = b.noteGap(ctx, r, g) // what else fitted when it was passed over may be gone by now
	}
	return g, err
}

// lastOrNew is suggested without keeping what was chosen anew: its number is 0. It is
// what to give once the steps done are.
func (b *Bot) lastOrNew(ctx context.Context, r *chat.Request, c store.Contact, done ...int64) (store.Suggestion, error) {
	past, err := b.store.Past(ctx, r.TeamID, c.ID)
	if err != nil {
		return store.Suggestion{}, err
	}
	return b.lastOrNewTo(ctx, r, spoken{c, past}, done...)
}

// lastOrNewTo is [Bot.lastOrNew] to somebody who was read already.
func (b *Bot) lastOrNewTo(ctx context.Context, r *chat.Request, s spoken, done ...int64) (store.Suggestion, error) {
	ask, shelf, err := b.askingOf(ctx, r, s)
	if err != nil {
		return store.Suggestion{}, err
	}
	ask.Ledger.Steps = slices.DeleteFunc(slices.Clone(ask.Ledger.Steps), func(s store.Step) bool { return slices.Contains(done, s.ID) })
	mind := b.coach.For(r.TeamID)
	ask.Promises = mind.Promises(ask, shelf)
	g := mind.Suggest(ask, shelf)
	last, err := b.store.LastSuggestion(ctx, r.TeamID, r.PersonID, s.contact.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return g, nil
	case err != nil:
		return store.Suggestion{}, err
	case stillFits(mind, last, g, ask, shelf):
		return last, nil
	case passedOver(last, g) && !happened(last, ask):
		last.Candidates = g.Candidates // what else fits is told as it is now
		return last, nil               // it is not named again
	}
	if _, onScreen := last.Now(); onScreen && last.Shown > 0 && g.At.Sub(last.At) <= keepShown {
		// something has happened since; what was passed over then is not the answer to it
		ask.Passed = map[int64]bool{}
		for _, p := range last.Passed() {
			ask.Passed[p.ContentID] = true
		}
		g = mind.Suggest(ask, shelf)
	}
	return g, nil
}

// stillFits reports whether what a suggestion shows would be offered now as well:
// chosen by the same rules and told in the same words, with nothing noted, given
// or heard in between. No day that passes is a reason to name another.
func stillFits(mind *coach.Coach, last, now store.Suggestion, a coach.Ask, shelf coach.Shelf) bool {
	pick, ok := last.Now()
	if !ok || now.Silent != "" || last.Version != now.Version || last.Wording != now.Wording || last.Stage != now.Stage {
		return false
	}
	return !happened(last, a) && !mind.PromiseFirst(a, shelf, now, last) && mind.Holds(a, shelf, pick)
}

// passedOver reports whether all that a suggestion named was passed over, and that is all
// there is to say now: an item that would be named first and was not among it is named, and
// where nothing is to be given, for another reason than that nothing fits, that is told.
func passedOver(last, now store.Suggestion) bool {
	if len(last.Picks) == 0 || last.Shown < len(last.Picks) || last.Stage != now.Stage {
		return false
	}
	first, ok := now.Now()
	if !ok {
		return now.Gap != nil
	}
	return slices.ContainsFunc(last.Passed(), func(p store.Pick) bool { return p.ContentID == first.ContentID })
}

// happened reports whether anything was noted, given or heard since a suggestion. What was
// asked of them is no reason to give them something else.
func happened(last store.Suggestion, a coach.Ask) bool {
	since := func(at time.Time) bool { return at.After(last.At) }
	return slices.ContainsFunc(a.Recent, func(h store.Heard) bool { return h.ID != last.InteractionID && since(h.LoggedAt) && !coach.IsAsk(h) }) ||
		slices.ContainsFunc(a.Ledger.Shares, func(h store.Share) bool { return since(h.At) }) ||
		slices.ContainsFunc(a.Heard, func(h store.HeardOf) bool { return since(h.At) })
}
