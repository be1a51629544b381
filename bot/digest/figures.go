package digest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/store"
)

// Quorum is how many reps must stand behind a figure for it to be shown.
const Quorum = 3

// Looks back: content takes time to work, and a share of a few is no share.
const (
	lookBack  = 12 * 7 * 24 * time.Hour
	LineWeeks = 12
)

// Sum is a figure, and how many reps stand behind it. A sum that may not be
// shown is frozen without its number, so that nothing can open it later.
type Sum struct {
	N      int  `json:"n"`
	Reps   int  `json:"reps"`
	Hidden bool `json:"hidden,omitempty"`
}

// Shown reports whether the number may be said: enough reps stand behind it,
// or it is nought.
func (s Sum) Shown() bool { return !s.Hidden }

// sum keeps a tally to the quorum.
func sum(t store.Tally) Sum {
	if t.N > 0 && t.Reps < Quorum {
		return Sum{Hidden: true}
	}
	return Sum{N: t.N, Reps: t.Reps}
}

// Share is N of Of.
type Share struct {
	N      int  `json:"n"`
	Of     int  `json:"of"`
	Hidden bool `json:"hidden,omitempty"`
}

// Percent is the share in whole per cents; ok is false where there is none.
func (s Share) Percent() (int, bool) {
	if s.Of == 0 || s.Hidden {
		return 0, false
	}
	return (200*s.N + s.Of) / (2 * s.Of), true
}

// Stand is how many contacts stand at a stage now.
type Stand struct {
	Stage string `json:"stage"` // name on the journey; "" outside of rings
	Title string `json:"title"`
	Here  Sum    `json:"here"`
	Quiet Sum    `json:"quiet"`
	Left  Sum    `json:"left"`
	In    Sum    `json:"in"`  // came up to it in the week
	Out   Sum    `json:"out"` // went back from it
}

// Path is how many contacts went from one stage to another in the week.
type Path struct {
	From string `json:"from"`
	To   string `json:"to"`
	Sum  Sum    `json:"sum"`
}

// Item is what an item of the library did in twelve weeks.
type Item struct {
	ID       int64  `json:"id"`
	Title    string `json:"title"`
	Shown    Sum    `json:"shown"`
	Given    Sum    `json:"given"`
	Answered int    `json:"answered"` // of Given; 0 where that is hidden
	Moved    int    `json:"moved"`
	Passed   int    `json:"passed"`
	At       []Cell `json:"at,omitempty"`
}

// Cell is what an item did at a stage.
type Cell struct {
	Stage string `json:"stage"`
	Given Sum    `json:"given"`
	Moved int    `json:"moved"`
}

// Gap is where people stand and the library has nothing for them.
type Gap struct {
	Stage    string `json:"stage"`
	Title    string `json:"title"`
	Industry string `json:"industry,omitempty"`
	Sum      Sum    `json:"sum"`
}

// Week12 is one of the weeks of the alignment meter's line.
type Week12 struct {
	Ended      time.Time `json:"ended"`
	Unused     Share     `json:"unused"`
	Unfollowed Share     `json:"unfollowed"`
}

// Figures are a digest's, as they were when it was made.
type Figures struct {
	Version   int            `json:"version"`
	Journey   string         `json:"journey"`
	From      time.Time      `json:"from"`
	To        time.Time      `json:"to"`
	Reps      int            `json:"reps"` // whose week it is
	Moves     map[string]Sum `json:"moves"`
	Paths     []Path         `json:"paths,omitempty"`
	Stands    []Stand        `json:"stands"` // highest stage first
	Items     []Item         `json:"items,omitempty"`
	Unused    Share          `json:"unused"`
	UnusedIDs []int64        `json:"unused_ids,omitempty"`
	Waiting   Sum            `json:"waiting"`
	WaitingAt []Stand        `json:"waiting_at,omitempty"`
	Followed  Share          `json:"unfollowed"` // never followed up, of all
	Line      []Week12       `json:"line,omitempty"`
	Exchanges Sum            `json:"exchanges"`
	Kinds     map[string]Sum `json:"kinds,omitempty"` // only where every one may be shown
	Ready     Sum            `json:"ready"`
	Gaps      []Gap          `json:"gaps,omitempty"`
	Thanks    []string       `json:"thanks,omitempty"`
	Thing     Thing          `json:"thing"`
	About     []string       `json:"about"` // the reps, by Slack's id

	titles map[string]string // of the stages of the first journey, which content is made for
}

// figuresVersion counts up when a frozen figure would mean something else.
const figuresVersion = 1

// Scope is what a digest of these reps, made for at, looks at.
func (w Weekly) Scope(team, journey string, reps []string, at time.Time) store.Scope {
	return store.Scope{Team: team, Journey: journey, Reps: reps, From: w.Before(at), To: at, Since: at.Add(-lookBack)}
}

// Weigh reads the figures of a scope on a journey. earlier are the channel's
// last digests as they were frozen, newest first: what they said stands.
func Weigh(ctx context.Context, w store.Weighing, c store.Scope, models journey.Models, earlier []Figures) (Figures, error) {
	f, err := blank(c, models)
	if err != nil {
		return f, err
	}
	for _, step := range []func(context.Context, store.Weighing, store.Scope) error{f.weighMoves, f.weighStands, f.weighItems, f.weighUse, f.weighWaiting, f.weighReturns, f.weighGaps} {
		if err := step(ctx, w, c); err != nil {
			return f, fmt.Errorf("weigh a digest: %w", err)
		}
	}
	f.freeze(earlier)
	f.Thing = Choose(f)
	return f, nil
}

// Pyramid reads only where people stand and how they moved.
func Pyramid(ctx context.Context, w store.Weighing, c store.Scope, models journey.Models) (Figures, error) {
	f, err := blank(c, models)
	if err != nil {
		return f, err
	}
	if err := f.weighMoves(ctx, w, c); err != nil {
		return f, fmt.Errorf("weigh a pyramid: %w", err)
	}
	if err := f.weighStands(ctx, w, c); err != nil {
		return f, fmt.Errorf("weigh a pyramid: %w", err)
	}
	return f, nil
}

// blank is what is known before anything is read.
func blank(c store.Scope, models journey.Models) (Figures, error) {
	f := Figures{Version: figuresVersion, Journey: c.Journey, From: c.From, To: c.To, Reps: len(c.Reps), About: c.Reps,
		Moves: map[string]Sum{}, titles: map[string]string{}}
	model, ok := models.Get(c.Journey)
	if !ok {
		return f, fmt.Errorf("weigh a digest: no journey %q", c.Journey)
	}
	if first, ok := models.Get(journey.Default); ok {
		for _, s := range first.Stages() {
			f.titles[s.Name] = s.Title
		}
	}
	stages := slices.Clone(model.Stages())
	slices.Reverse(stages)
	for _, s := range stages {
		f.Stands = append(f.Stands, Stand{Stage: s.Name, Title: s.Title})
	}
	return f, nil
}

func (f *Figures) stand(stage string) *Stand {
	for i := range f.Stands {
		if f.Stands[i].Stage == stage {
			return &f.Stands[i]
		}
	}
	return nil
}

func (f *Figures) title(stage string) string {
	if s := f.stand(stage); s != nil {
		return s.Title
	}
	if t := f.titles[stage]; t != "" {
		return t
	}
	return "outside"
}

func (f *Figures) rank(stage string) int {
	for i, s := range f.Stands {
		if s.Stage == stage {
			return len(f.Stands) - i
		}
	}
	return 0
}

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
		f.Paths = append(f.Paths, Path{m.From, m.To, sum(m.Tally)})
		switch m.Kind { // a customer who wants more starts a new climb, and went back from nothing
		case "up", "skipped":
			in[m.To] = add(in[m.To], m.Tally)
		case "back":
			out[m.From] = add(out[m.From], m.Tally)
		}
	}
	for i := range f.Stands {
		s := &f.Stands[i]
		s.In, s.Out = sum(in[s.Stage]), sum(out[s.Stage])
	}
	slices.SortFunc(f.Paths, func(a, b Path) int {
		return cmp.Or(cmp.Compare(f.rank(b.From), f.rank(a.From)), cmp.Compare(f.rank(b.To), f.rank(a.To)))
	})
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

func (f *Figures) weighItems(ctx context.Context, w store.Weighing, c store.Scope) error {
	library, err := w.Items(ctx, c)
	if err != nil {
		return err
	}
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
		s := sum(g.Tally)
		switch {
		case !g.All:
			cell := Cell{Stage: g.Stage, Given: s}
			if s.Shown() {
				cell.Moved = g.Moved
			}
			it.At = append(it.At, cell)
		case s.Shown():
			it.Given, it.Answered, it.Moved, it.Passed = s, g.Answered, g.Moved, g.Passed
		default:
			it.Given = s
		}
	}
	for _, s := range shown {
		if it := byID[s.ContentID]; it != nil {
			it.Shown = sum(s.Tally)
		}
	}
	for _, it := range byID {
		if it.Given.N > 0 || it.Given.Hidden || it.Shown.N > 0 || it.Shown.Hidden {
			f.Items = append(f.Items, *it)
		}
	}
	// what helped most of those it was given to, cautiously for small numbers
	slices.SortFunc(f.Items, func(a, b Item) int {
		la, _ := Interval(a.Answered+a.Moved, 2*a.Given.N)
		lb, _ := Interval(b.Answered+b.Moved, 2*b.Given.N)
		return cmp.Or(cmp.Compare(lb, la), cmp.Compare(b.Given.N, a.Given.N), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// weighUse finds the items that nobody was given in twelve weeks, and the line
// of that share. It is about the library, so no rep stands behind it.
func (f *Figures) weighUse(ctx context.Context, w store.Weighing, c store.Scope) error {
	library, err := w.Items(ctx, c)
	if err != nil {
		return err
	}
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
			f.Followed = share
		} else if i := len(f.Line) - 1 - t.Week; i >= 0 && i < len(f.Line) {
			f.Line[i].Unfollowed = share
		}
	}
	waiting, err := w.Waiting(ctx, c)
	if err != nil {
		return err
	}
	for _, t := range waiting {
		if t.Status == "all" {
			f.Waiting = sum(t.Tally)
		} else if s := sum(t.Tally); s.N > 0 {
			f.WaitingAt = append(f.WaitingAt, Stand{Stage: t.Stage, Title: f.title(t.Stage), Here: s})
		}
	}
	slices.SortFunc(f.WaitingAt, func(a, b Stand) int { return cmp.Or(cmp.Compare(b.Here.N, a.Here.N), cmp.Compare(a.Title, b.Title)) })
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
