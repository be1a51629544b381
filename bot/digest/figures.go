package digest

import (
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

// withhold keeps what is withheld from being told by the rest: of figures that
// add up, a sum among them, one alone could be worked out from the others, so
// the smallest of those goes as well. Where it is the sum, there was one part.
func withhold(figures ...*Sum) {
	var least *Sum
	hidden := 0
	for _, s := range figures {
		switch {
		case s.Hidden:
			hidden++
		case s.N > 0 && (least == nil || s.N < least.N):
			least = s
		}
	}
	if hidden == 1 && least != nil {
		*least = Sum{Hidden: true}
	}
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

// Item is what an item of the library did in twelve weeks.
type Item struct {
	ID       int64  `json:"id"`
	Title    string `json:"title"`
	Shown    Sum    `json:"shown"`
	Given    Sum    `json:"given"`
	Answered int    `json:"answered"` // of Given; 0 where that is hidden
	Moved    int    `json:"moved"`
	Passed   int    `json:"passed"` // something of ours on, in the weeks after
	At       []Cell `json:"at,omitempty"`
}

// keep withholds what may not be told of an item, and what would tell it.
func (it *Item) keep() {
	given := []*Sum{&it.Given}
	for i := range it.At {
		given = append(given, &it.At[i].Given)
	}
	withhold(given...)
	if it.Given.Hidden {
		it.Answered, it.Moved, it.Passed = 0, 0, 0
	}
	for i := range it.At {
		if it.At[i].Given.Hidden {
			it.At[i].Moved = 0
		}
	}
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
	Stands    []Stand        `json:"stands"` // highest stage first
	Items     []Item         `json:"items,omitempty"`
	Unused    Share          `json:"unused"`
	UnusedIDs []int64        `json:"unused_ids,omitempty"`
	Waiting   Sum            `json:"waiting"`
	WaitingAt []Stand        `json:"waiting_at,omitempty"`
	// Unfollowed is the share of leaves and questions that nothing of ours followed in time.
	Unfollowed Share          `json:"unfollowed"`
	Line       []Week12       `json:"line,omitempty"`
	Exchanges  Sum            `json:"exchanges"`
	Kinds      map[string]Sum `json:"kinds,omitempty"` // only where every one may be shown
	Ready      Sum            `json:"ready"`
	Gaps       []Gap          `json:"gaps,omitempty"`
	Thanks     []string       `json:"thanks,omitempty"`
	Thing      Thing          `json:"thing"`
	About      []string       `json:"about"` // the reps, by Slack's id

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
	for _, step := range []func(context.Context, store.Weighing, store.Scope) error{f.weighMoves, f.weighStands, f.weighLibrary, f.weighWaiting, f.weighReturns, f.weighGaps} {
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
