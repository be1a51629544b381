package suggest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"cairn/bot/journey"
	"cairn/bot/wilson"
)

// Report is how well suggestions met labelled states. The figures are those of
// [Library.Best]: what is expected to help most, without exploring and without
// history.
type Report struct {
	Cairn     Figures            `json:"cairn"`
	Baselines map[string]Figures `json:"baselines"` // random, popularity, stage_only, telling_words
	Slices    map[string]Figures `json:"slices"`    // by stage, and where something had been shared before

	// ExploringHit1 is the chance that the first pick is acceptable when the
	// first pick is drawn by its propensity, as it is in use.
	ExploringHit1 float64 `json:"exploring_hit1"`
	// Missed and Unwanted name the states to look at: nothing acceptable among
	// three, and something given where nothing should be.
	Missed   []string `json:"missed"`
	Unwanted []string `json:"unwanted"`
	// Named are, by state, the titles of what was suggested, the first pick first.
	Named map[string][]string `json:"-"`
}

// Figures are means over states. Hits and nDCG are over the states in which
// something should be suggested.
type Figures struct {
	States   int        `json:"states"`
	Hit1     float64    `json:"hit1"`
	Hit1CI   [2]float64 `json:"hit1_interval"` // Wilson, 95 %
	Hit3     float64    `json:"hit3"`
	Hit3CI   [2]float64 `json:"hit3_interval"`
	NDCG3    float64    `json:"ndcg3"`    // gains 3, 2, 1, 1, … in the order of acceptable
	Coverage float64    `json:"coverage"` // share of the items in date that were among some state's three
	Repeats  int        `json:"repeats"`  // suggestions of what had been shared: must be 0
	Quiet    int        `json:"quiet_states"`
	Silent   float64    `json:"silent"`   // share of quiet states in which nothing was suggested
	Withheld float64    `json:"withheld"` // share of the other states in which nothing was suggested
}

// tallyOf adds up what one way of choosing did.
type tallyOf struct {
	hit1, hit3, ndcg float64
	states, quiet    float64
	silent, withheld float64
	repeats          int
	seen             map[int64]bool
}

// EvalSuggest judges suggestions from l on labelled states on the day of at,
// against simple ways of choosing among items in date that had not been shared:
// random, popularity (how often shared in the other states), stage only, and
// telling words (see [evaluation.telling]), which says how hard a set is. m is the
// default journey. Acceptable items that the library lacks are an error; all states with one
// are told, joined.
func EvalSuggest(l *Library, m *journey.Model, states []LabelledState, at time.Time) (Report, error) {
	ev := &evaluation{l: l, at: at, cairn: newTally(), slices: map[string]*tallyOf{}, named: map[string][]string{}}
	if err := ev.prepare(m, states); err != nil {
		return Report{}, err
	}
	exploring, wanted := 0.0, 0
	for i := range ev.states {
		s := &ev.states[i]
		out := l.Best(s.c, Tally{})
		var got []int64
		for _, p := range out.Picks {
			got = append(got, p.Item.ID)
			ev.named[s.id] = append(ev.named[s.id], p.Item.Title)
		}
		ev.count(s, got)
		if len(s.acceptable) == 0 {
			continue
		}
		wanted++
		for _, cand := range l.Suggest(s.c, Tally{}).Candidates {
			if slices.Contains(s.acceptable, cand.Item) {
				exploring += cand.Propensity
			}
		}
	}
	r := Report{Cairn: ev.figures(ev.cairn, 1), Slices: map[string]Figures{}, Missed: ev.missed, Unwanted: ev.unwanted, Named: ev.named}
	if wanted > 0 {
		r.ExploringHit1 = exploring / float64(wanted)
	}
	for name, t := range ev.slices {
		r.Slices[name] = ev.figures(t, 1)
	}
	r.Baselines = ev.baselines()
	return r, nil
}

type evaluation struct {
	l                *Library
	at               time.Time
	states           []evalState
	popular          map[int64]int
	cairn            *tallyOf
	slices           map[string]*tallyOf
	missed, unwanted []string
	named            map[string][]string
}

type evalState struct {
	id         string
	c          Case
	acceptable []int64
	shared     map[int64]bool
}

func newTally() *tallyOf { return &tallyOf{seen: map[int64]bool{}} }

func (ev *evaluation) prepare(m *journey.Model, states []LabelledState) error {
	byURL := map[string]int64{}
	for _, e := range ev.l.entries {
		byURL[e.item.Canonical] = e.item.ID
	}
	ev.popular = map[int64]int{}
	var bad []error
	for _, s := range states {
		es, err := ev.state(m, s, byURL)
		if err != nil {
			if s.Where != "" {
				err = fmt.Errorf("%s: %w", s.Where, err)
			}
			bad = append(bad, err)
			continue
		}
		ev.states = append(ev.states, es)
	}
	return errors.Join(bad...)
}

// state makes one state ready to be judged.
func (ev *evaluation) state(m *journey.Model, s LabelledState, byURL map[string]int64) (evalState, error) {
	c, err := s.Case(m, ev.at)
	if err != nil {
		return evalState{}, fmt.Errorf("state %q: %w", s.ID, err)
	}
	es := evalState{id: s.ID, c: c, shared: map[int64]bool{}}
	right, err := s.Right()
	if err != nil {
		return evalState{}, fmt.Errorf("state %q: %w", s.ID, err)
	}
	for _, canonical := range right {
		id, ok := byURL[canonical]
		if !ok {
			return evalState{}, fmt.Errorf("state %q: acceptable %s is not in the library", s.ID, canonical)
		}
		es.acceptable = append(es.acceptable, id)
	}
	for url := range c.SharedURLs {
		if id, ok := byURL[url]; ok {
			es.shared[id] = true
			ev.popular[id]++
		}
	}
	return es, nil
}

func (ev *evaluation) count(s *evalState, got []int64) {
	ev.cairn.add(s, got)
	names := []string{"stage " + s.c.Stage, "nothing shared before"}
	if len(s.shared) > 0 {
		names[1] = "something shared before"
	}
	for _, name := range names {
		if ev.slices[name] == nil {
			ev.slices[name] = newTally()
		}
		ev.slices[name].add(s, got)
	}
	switch {
	case len(s.acceptable) == 0 && len(got) > 0:
		ev.unwanted = append(ev.unwanted, s.id)
	case len(s.acceptable) > 0 && !slices.ContainsFunc(got, func(id int64) bool { return slices.Contains(s.acceptable, id) }):
		ev.missed = append(ev.missed, s.id)
	}
}

// add counts the first three of got for one state.
func (t *tallyOf) add(s *evalState, got []int64) {
	got = got[:min(len(got), MaxPicks)]
	for _, id := range got {
		t.seen[id] = true
		if s.shared[id] {
			t.repeats++
		}
	}
	if len(s.acceptable) == 0 {
		t.quiet++
		if len(got) == 0 {
			t.silent++
		}
		return
	}
	t.states++
	if len(got) == 0 {
		t.withheld++
	}
	dcg, hit := 0.0, false
	for rank, id := range got {
		place := slices.Index(s.acceptable, id)
		if place < 0 {
			continue
		}
		hit = true
		if rank == 0 {
			t.hit1++
		}
		dcg += gain(place) / math.Log2(float64(rank)+2)
	}
	if hit {
		t.hit3++
	}
	ideal := 0.0
	for place := range min(MaxPicks, len(s.acceptable)) {
		ideal += gain(place) / math.Log2(float64(place)+2)
	}
	t.ndcg += dcg / ideal
}

func gain(place int) float64 { return float64(max(1, 3-place)) }

// figures turns sums over runs into means.
func (ev *evaluation) figures(t *tallyOf, runs int) Figures {
	open := 0
	for _, e := range ev.l.entries {
		if !e.item.Expired(ev.at) {
			open++
		}
	}
	f := Figures{
		States: int(t.states) / runs, Quiet: int(t.quiet) / runs, Repeats: t.repeats,
		Hit1: share(t.hit1, t.states), Hit3: share(t.hit3, t.states), NDCG3: share(t.ndcg, t.states),
		Coverage: share(float64(len(t.seen)), float64(open)),
		Silent:   share(t.silent, t.quiet), Withheld: share(t.withheld, t.states),
	}
	f.Hit1CI = interval(f.Hit1, t.states/float64(runs))
	f.Hit3CI = interval(f.Hit3, t.states/float64(runs))
	return f
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// interval is the 95 % interval of a share p seen in n trials.
func interval(p, n float64) [2]float64 {
	low, high := wilson.Of(p, n, wilson.NineteenInTwenty)
	return [2]float64{low, high}
}
