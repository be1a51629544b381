package suggest

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// shuffles is how often the baselines that involve chance are run.
const shuffles = 50

// baselines runs the simple ways of choosing over the same states. Coverage of
// those that involve chance is over all their runs.
func (ev *evaluation) baselines() map[string]Figures {
	random, popular, stage := newTally(), newTally(), newTally()
	for run := range shuffles {
		r := rand.New(rand.NewPCG(uint64(run), 1))
		for i := range ev.states {
			s := &ev.states[i]
			var all, staged []int64
			for _, e := range ev.l.entries {
				if !ev.open(s, e) {
					continue
				}
				all = append(all, e.item.ID)
				if atStage(s, e) {
					staged = append(staged, e.item.ID)
				}
			}
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			r.Shuffle(len(staged), func(i, j int) { staged[i], staged[j] = staged[j], staged[i] })
			random.add(s, all)
			stage.add(s, staged)
			slices.SortStableFunc(all, func(a, b int64) int { return ev.popular[b] - ev.popular[a] })
			popular.add(s, all)
		}
	}
	return map[string]Figures{
		"random": ev.figures(random, shuffles), "popularity": ev.figures(popular, shuffles), "stage_only": ev.figures(stage, shuffles),
		"telling_words": ev.figures(ev.telling(), 1),
	}
}

// open reports whether an item may be given at all.
func (ev *evaluation) open(s *evalState, e entry) bool {
	return !e.item.Expired(ev.at) && !s.shared[e.item.ID]
}

func atStage(s *evalState, e entry) bool {
	k := stageIndex(s.c.Stage)
	return k >= 0 && stageFit(e.stages, k) >= fitAny
}

// telling chooses as a search would: of the items for the stage and not for
// another industry, those that share most with the notes, each stem weighed by
// how few items hold it. It is never silent.
func (ev *evaluation) telling() *tallyOf {
	g := ev.l.guide
	stems := make([]map[string]bool, len(ev.l.entries))
	holding := map[string]int{}
	for i, e := range ev.l.entries {
		stems[i] = map[string]bool{}
		for _, stem := range g.stemsOf(strings.Join(append([]string{e.item.Title, e.item.Gives, e.item.Kind}, e.item.Topics...), " ")) {
			if !stems[i][stem] && !g.stop[stem] {
				stems[i][stem] = true
				holding[stem]++
			}
		}
	}
	t := newTally()
	for n := range ev.states {
		s := &ev.states[n]
		said := map[string]bool{}
		for _, note := range s.c.Notes {
			for _, stem := range g.stemsOf(note.Text) {
				said[stem] = true
			}
		}
		var all []int64
		scores := map[int64]float64{}
		for i, e := range ev.l.entries {
			other := len(e.item.Industries) > 0 && !slices.ContainsFunc(e.item.Industries, func(name string) bool { return strings.EqualFold(name, s.c.Industry) })
			if !ev.open(s, e) || !atStage(s, e) || other {
				continue
			}
			all = append(all, e.item.ID)
			for stem := range stems[i] {
				if said[stem] {
					scores[e.item.ID] += math.Log(float64(len(ev.l.entries)) / float64(holding[stem]))
				}
			}
		}
		slices.SortStableFunc(all, func(a, b int64) int { return cmp.Compare(math.Round(scores[b]*1e9), math.Round(scores[a]*1e9)) })
		t.add(s, all)
	}
	return t
}
