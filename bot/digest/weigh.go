package digest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/bot/wilson"
	"cairn/store"
)

func (f *Figures) weighMoves(ctx context.Context, w store.Weighing, c store.Scope) error {
	moves, err := w.Moves(ctx, c)
	if err != nil {
		return err
	}
	in, out := map[string]store.Tally{}, map[string]store.Tally{}
	for _, m := range moves {
		if m.All {
			f.Moves[m.Kind] = sum(m.Tally)
			continue
		}
		if m.From == m.To {
			continue
		}
		switch m.Kind { // a customer who wants more starts a new climb, and went back from nothing
		case "up", "skipped":
			in[m.To] = add(in[m.To], m.Tally)
		case "back":
			out[m.From] = add(out[m.From], m.Tally)
		}
	}
	up, skipped, back := f.Moves["up"], f.Moves["skipped"], f.Moves["back"]
	forward, backward := []*Sum{&up, &skipped}, []*Sum{&back}
	for i := range f.Stands {
		s := &f.Stands[i]
		s.In, s.Out = sum(in[s.Stage]), sum(out[s.Stage])
		forward, backward = append(forward, &s.In), append(backward, &s.Out)
	}
	withhold(forward...)
	withhold(backward...)
	f.Moves["up"], f.Moves["skipped"], f.Moves["back"] = up, skipped, back
	return nil
}

// add sums tallies whose reps may be the same people: no more than the larger
// number is sure to stand behind both.
func add(a, b store.Tally) store.Tally {
	return store.Tally{N: a.N + b.N, Reps: max(a.Reps, b.Reps)}
}

func (f *Figures) weighStands(ctx context.Context, w store.Weighing, c store.Scope) error {
	all, err := w.Stand(ctx, c)
	if err != nil {
		return err
	}
	for _, t := range all {
		s := f.stand(t.Stage)
		if s == nil {
			continue
		}
		switch t.Status {
		case "quiet":
			s.Quiet = sum(t.Tally)
		case "left":
			s.Left = sum(t.Tally)
		default:
			s.Here = sum(t.Tally)
		}
	}
	return nil
}

// weighLibrary weighs what was given of the library, and what was not.
func (f *Figures) weighLibrary(ctx context.Context, w store.Weighing, c store.Scope) error {
	library, err := w.Items(ctx, c)
	if err != nil {
		return err
	}
	if err := f.weighItems(ctx, w, c, library); err != nil {
		return err
	}
	return f.weighUse(ctx, w, c, library)
}

func (f *Figures) weighItems(ctx context.Context, w store.Weighing, c store.Scope, library []store.Item) error {
	given, err := w.Given(ctx, c)
	if err != nil {
		return err
	}
	shown, err := w.Shown(ctx, c)
	if err != nil {
		return err
	}
	byID := map[int64]*Item{}
	for _, it := range library {
		byID[it.ID] = &Item{ID: it.ID, Title: it.Title}
	}
	for _, g := range given {
		it := byID[g.ContentID]
		if it == nil {
			continue // retired since
		}
		if g.All {
			it.Given, it.Answered, it.Moved, it.Passed = sum(g.Tally), g.Answered, g.Moved, g.Passed
		} else {
			it.At = append(it.At, Cell{Stage: g.Stage, Given: sum(g.Tally), Moved: g.Moved})
		}
	}
	for _, s := range shown {
		if it := byID[s.ContentID]; it != nil {
			it.Shown = sum(s.Tally)
		}
	}
	for _, it := range byID {
		it.keep()
		if it.Given.N > 0 || it.Given.Hidden || it.Shown.N > 0 || it.Shown.Hidden {
			f.Items = append(f.Items, *it)
		}
	}
	// what helped most of those it was given to, cautiously for small numbers
	slices.SortStableFunc(f.Items, func(a, b Item) int {
		la, _ := wilson.Interval(a.Answered+a.Moved, 2*a.Given.N, wilson.FourInFive)
		lb, _ := wilson.Interval(b.Answered+b.Moved, 2*b.Given.N, wilson.FourInFive)
		return cmp.Or(cmp.Compare(lb, la), cmp.Compare(b.Given.N, a.Given.N), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// weighUse finds the items that nobody was given in twelve weeks, and the line
// of that share. It is about the library, so no rep stands behind it.
func (f *Figures) weighUse(ctx context.Context, w store.Weighing, c store.Scope, library []store.Item) error {
	uses, err := w.Uses(ctx, c, c.To.Add(-2*lookBack))
	if err != nil {
		return err
	}
	used := map[int64]map[int]bool{}
	for _, u := range uses {
		if used[u.ContentID] == nil {
			used[u.ContentID] = map[int]bool{}
		}
		used[u.ContentID][u.Week] = true
	}
	for back := LineWeeks - 1; back >= 0; back-- {
		share := Share{Of: len(library)}
		for _, it := range library {
			is := false
			for k := back; k < back+LineWeeks; k++ {
				is = is || used[it.ID][k]
			}
			if !is {
				share.N++
				if back == 0 {
					f.UnusedIDs = append(f.UnusedIDs, it.ID)
				}
			}
		}
		f.Line = append(f.Line, Week12{Ended: c.To.AddDate(0, 0, -7*back), Unused: share})
	}
	f.Unused = f.Line[len(f.Line)-1].Unused
	return nil
}

func (f *Figures) weighWaiting(ctx context.Context, w store.Weighing, c store.Scope) error {
	followed, err := w.Followed(ctx, c)
	if err != nil {
		return err
	}
	for _, t := range followed {
		share := Share{N: t.Unfollowed, Of: t.N}
		if t.N > 0 && t.Reps < Quorum {
			share = Share{Hidden: true}
		}
		if t.Week < 0 {
			f.Unfollowed = share
		} else if i := len(f.Line) - 1 - t.Week; i >= 0 && i < len(f.Line) {
			f.Line[i].Unfollowed = share
		}
	}
	waiting, err := w.Waiting(ctx, c)
	if err != nil {
		return err
	}
	waits := []*Sum{&f.Waiting}
	at := make([]Stand, len(waiting))
	for i, t := range waiting {
		if t.Status == "all" {
			f.Waiting = sum(t.Tally)
			continue
		}
		at[i] = Stand{Stage: t.Stage, Title: f.title(t.Stage), Here: sum(t.Tally)}
		waits = append(waits, &at[i].Here)
	}
	withhold(waits...)
	for _, s := range at {
		if s.Here.N > 0 {
			f.WaitingAt = append(f.WaitingAt, s)
		}
	}
	slices.SortStableFunc(f.WaitingAt, func(a, b Stand) int { return cmp.Or(cmp.Compare(b.Here.N, a.Here.N), cmp.Compare(a.Title, b.Title)) })
	return nil
}

// readyAt are the stages of the first journey at which an ask can be earned.
var readyAt = []string{"engagement", "exchange"}

func (f *Figures) weighReturns(ctx context.Context, w store.Weighing, c store.Scope) error {
	exchanges, err := w.Exchanges(ctx, c)
	if err != nil {
		return err
	}
	f.Kinds = map[string]Sum{}
	for _, t := range exchanges {
		if t.Kind == "" {
			f.Exchanges = sum(t.Tally)
		} else {
			f.Kinds[t.Kind] = sum(t.Tally)
		}
	}
	for _, s := range f.Kinds {
		if s.Hidden { // what is missing could be told from the rest
			f.Kinds = nil
			break
		}
	}
	ready, err := w.Ready(ctx, c, journey.Default, readyAt)
	f.Ready = sum(ready)
	if err != nil {
		return err
	}
	f.Thanks, err = w.Passers(ctx, c)
	return err
}

func (f *Figures) weighGaps(ctx context.Context, w store.Weighing, c store.Scope) error {
	gaps, err := w.Gaps(ctx, c)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if s := sum(g.Tally); s.N > 0 {
			f.Gaps = append(f.Gaps, Gap{Stage: g.Stage, Title: f.title(g.Stage), Industry: g.Industry, Sum: s})
		}
	}
	return nil
}

// freeze puts what earlier digests said into the line: a correction made since
// does not rewrite it.
func (f *Figures) freeze(earlier []Figures) {
	for _, e := range earlier {
		for i := range f.Line {
			if d := f.Line[i].Ended.Sub(e.To); d > -12*time.Hour && d < 12*time.Hour && e.Version == figuresVersion {
				f.Line[i].Unused = e.Unused
				if n := len(e.Line); n > 0 {
					f.Line[i].Unfollowed = e.Line[n-1].Unfollowed
				}
			}
		}
	}
}

// ReadyAt is where an ask can be earned: the journey, and its stages.
func ReadyAt() (name string, stages []string) { return journey.Default, slices.Clone(readyAt) }
