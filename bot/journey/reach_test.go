package journey_test

import (
	"cmp"
	"slices"
	"testing"

	"cairn/bot/journey"

	"pgregory.net/rapid"
)

// On every model, in every history and for every stage: what is kept leads there and no more
// could be kept, or what is said to be missing leads there, or nothing does.
func TestReachProperties(t *testing.T) {
	all := models(t)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]*journey.Model(all)).Draw(t, "model")
		others := drawNotes(t)
		note := journey.Note{ID: rapid.Int64().Draw(t, "id"), At: monday.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "day")),
			Signals: rapid.SliceOfNDistinct(rapid.SampledFrom(journey.Signals()), 0, 7, rapid.ID).Draw(t, "shows")}
		stage := rapid.SampledFrom(m.Stages()).Draw(t, "stage").Name
		with := func(signals []journey.Signal) string {
			n := note
			n.Signals = signals
			return standing(m, append(slices.Clone(others), n))
		}
		r := m.Reach(others, note, stage)
		if r.As != with(note.Signals) || r.Without != standing(m, others) {
			t.Fatalf("as it is they stand at %q, without it at %q: %+v", with(note.Signals), standing(m, others), r)
		}
		most := -1
		for part := range parts(note.Signals) {
			if with(part) == stage {
				most = max(most, len(part))
			}
		}
		subset := !slices.ContainsFunc(r.Keep, func(s journey.Signal) bool { return !slices.Contains(note.Signals, s) })
		switch {
		case !subset || r.There != (most >= 0):
			t.Fatalf("the most that leads there is %d: %+v", most, r)
		case r.There && (len(r.Keep) != most || with(r.Keep) != stage || r.Missing != nil):
			t.Fatalf("the most that leads there is %d: %+v", most, r)
		case r.There:
			return
		}
		for _, s := range r.Missing {
			if slices.Contains(note.Signals, s) || with([]journey.Signal{s}) != stage && with(append([]journey.Signal{s}, note.Signals...)) != stage {
				t.Fatalf("%s does not lead to %s: %+v", s, stage, r)
			}
		}
		for _, s := range journey.Signals() {
			if r.Missing == nil && with([]journey.Signal{s}) == stage {
				t.Fatalf("%s would lead to %s, and is not told: %+v", s, stage, r)
			}
		}
		if alone := standing(m, []journey.Note{{At: monday, Signals: r.Keep}}); m.Rank(alone) > m.Rank(stage) {
			t.Fatalf("by itself, what is kept leads past %s: %+v", stage, r)
		}
	})
}

func standing(m *journey.Model, notes []journey.Note) string {
	slices.SortStableFunc(notes, func(a, b journey.Note) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	s, _ := m.Fold(m.Start(), notes...)
	return s.Stage
}

func parts(signals []journey.Signal) func(func([]journey.Signal) bool) {
	return func(yield func([]journey.Signal) bool) {
		for take := range 1 << len(signals) {
			var part []journey.Signal
			for i, s := range signals {
				if take&(1<<i) != 0 {
					part = append(part, s)
				}
			}
			if !yield(part) {
				return
			}
		}
	}
}

// What a rep chooses and ticks, and what is made of it.
func TestReach(t *testing.T) {
	bought := journey.Note{ID: 1, At: monday, Signals: []journey.Signal{journey.Revenue}}
	upsell := journey.Note{ID: 2, At: monday.AddDate(0, 0, 1), Signals: []journey.Signal{journey.UpsellInterest}}
	demo := journey.Note{ID: 1, At: monday, Signals: []journey.Signal{journey.SawItWork}}
	type signals = []journey.Signal
	for _, c := range []struct {
		name    string
		others  []journey.Note
		shows   signals
		stage   string
		there   bool
		keep    signals
		missing journey.Signal
	}{
		{"a proof is as good as a sale", nil, signals{journey.ValueStory}, "exchange", true, signals{journey.ValueStory}, ""},
		{"an interest before any exchange", nil, signals{journey.UpsellInterest}, "engagement", true, signals{journey.UpsellInterest}, ""},
		{"no to the addition", []journey.Note{bought, upsell}, signals{journey.Declined}, "exchange", true, signals{journey.Declined}, ""},
		{"up by taking off what leads away", nil, signals{journey.SharedNeeds, journey.Postponed}, "engagement", true, signals{journey.SharedNeeds}, ""},
		{"up by taking off an interest", nil, signals{journey.Revenue, journey.UpsellInterest}, "exchange", true, signals{journey.Revenue}, ""},
		{"down past a proof", nil, signals{journey.AgreedMeeting, journey.Adopted}, "permission", true, signals{journey.AgreedMeeting}, ""},
		{"others hold them", []journey.Note{demo}, signals{journey.AskedForMore, journey.SharedNeeds}, "permission", false, signals{journey.AskedForMore}, journey.Postponed},
		{"nothing shows it", nil, signals{journey.AskedForMore}, "exchange", false, signals{journey.AskedForMore}, journey.Installed},
	} {
		r := model(t, "aipee").Reach(c.others, journey.Note{ID: 9, At: monday.AddDate(0, 0, 9), Signals: c.shows}, c.stage)
		if r.There != c.there || !slices.Equal(r.Keep, c.keep) || c.missing != "" && !slices.Contains(r.Missing, c.missing) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

// Whatever is ticked, the answer comes at once.
func TestReachOfEverything(t *testing.T) {
	for _, m := range models(t) {
		for _, stage := range m.Stages() {
			r := m.Reach(nil, journey.Note{ID: 1, At: monday, Signals: journey.Signals()}, stage.Name)
			if s, _ := m.Fold(m.Start(), journey.Note{ID: 1, At: monday, Signals: r.Keep}); r.There && s.Stage != stage.Name {
				t.Errorf("%s, %s: %+v leads to %s", m.Name(), stage.Name, r, s.Stage)
			}
		}
	}
}
