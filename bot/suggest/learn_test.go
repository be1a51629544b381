package suggest_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// world is a made-up market in which it is known how good each item is.
type world struct {
	items  []suggest.Item
	effect map[int64]float64 // chance that a share helps where the subject is theirs
	people []person
}

type person struct {
	stage, subject string
	shared         map[int64]bool
}

// offSubject is the share of an item's effect that is left where the subject
// is another one than theirs.
const offSubject = 0.4

var subjects = []string{"downtime", "audit", "energy", "accident"}

func newWorld(r *rand.Rand) *world {
	w := &world{effect: map[int64]float64{}}
	stages := []string{"attention", "interaction", "permission", "engagement", "exchange"}
	for i := range 80 {
		id := int64(i + 1)
		subject := subjects[i%len(subjects)]
		w.items = append(w.items, suggest.Item{
			ID: id, Title: fmt.Sprintf("%s number %d", subject, id), Canonical: fmt.Sprintf("https://x.example/%d", id),
			Kind: "guide", Stages: []string{stages[i/4%len(stages)]}, Topics: []string{subject}, Language: "en",
		})
		// Most content does little, some does much: an effect of 0.05 to 0.75.
		e := r.Float64()
		w.effect[id] = 0.05 + 0.7*e*e
	}
	for i := range 500 {
		w.people = append(w.people, person{stages[r.IntN(len(stages))], subjects[i%len(subjects)], map[int64]bool{}})
	}
	return w
}

// helps says whether giving the item helps, by its true effect.
func (w *world) helps(r *rand.Rand, p person, it suggest.Item) bool {
	chance := w.effect[it.ID]
	if it.Topics[0] != p.subject {
		chance *= offSubject
	}
	return r.Float64() < chance
}

// run gives 2,000 suggestions to the people of a world and returns how many
// helped, with the log.
func (w *world) run(t *testing.T, r *rand.Rand, choose func(p *person, seed uint64, tally suggest.Tally) (suggest.Item, []suggest.Candidate)) (helped int, log []suggest.Logged) {
	t.Helper()
	counts := map[suggest.ContentStage]suggest.Count{}
	kinds := map[int64]string{}
	for _, it := range w.items {
		kinds[it.ID] = it.Kind
	}
	for n := range 2_000 {
		p := &w.people[n%len(w.people)]
		it, candidates := choose(p, uint64(n), suggest.NewTally(counts, kinds))
		if p.shared[it.ID] {
			t.Fatalf("suggestion %d repeats item %d", n, it.ID)
		}
		p.shared[it.ID] = true
		key := suggest.ContentStage{Content: it.ID, Stage: p.stage}
		c := counts[key]
		c.Shown, c.Shared = c.Shown+1, c.Shared+1
		reward := 0.0
		if w.helps(r, *p, it) {
			helped++
			reward = 1
			c.Helped, c.Answered = c.Helped+1, c.Answered+1
		}
		counts[key] = c
		log = append(log, suggest.Logged{Stage: p.stage, Candidates: candidates, Shown: it.ID, Reward: reward})
	}
	return helped, log
}

func (w *world) reset() {
	for i := range w.people {
		w.people[i].shared = map[int64]bool{}
	}
}

func (p *person) ask(seed uint64) suggest.Case {
	at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	// Somebody passed over something just now: whether to give anything at all is not the question here.
	return suggest.Case{Now: at, Stage: p.stage, Language: "en", SharedIDs: p.shared, Passed: map[int64]bool{-1: true}, Seed: seed, Notes: []suggest.Note{{
		At: at, Channel: journey.Phone, Direction: journey.BothWay, Text: "talked about " + p.subject}}}
}

// Learning what helps must beat choosing by stage alone by a quarter, and
// choosing by fit alone, over 2,000 suggestions in worlds with known effects,
// and nothing may ever be suggested twice to anybody.
func TestLearningBeatsStageOnly(t *testing.T) {
	var learnt, fit, stage int
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 42))
		w := newWorld(r)
		l := suggest.NewLibrary(guide(t), w.items)
		first := func(s suggest.Suggestion) (suggest.Item, []suggest.Candidate) {
			if len(s.Picks) == 0 {
				t.Fatalf("nothing suggested: %+v", s.Silent)
			}
			return s.Picks[0].Item, s.Candidates
		}
		n, log := w.run(t, r, func(p *person, seed uint64, tally suggest.Tally) (suggest.Item, []suggest.Candidate) {
			return first(l.Suggest(p.ask(seed), tally))
		})
		learnt += n
		// What the log tells of itself by replay is what happened.
		if e := suggest.Replay(log, suggest.AsLogged); e.Skipped > 0 || int(e.Value*2000+0.5) != n {
			t.Errorf("replay of the log on itself: %+v, happened %d", e, n)
		}
		w.reset()
		n, _ = w.run(t, r, func(p *person, seed uint64, _ suggest.Tally) (suggest.Item, []suggest.Candidate) {
			return first(l.Suggest(p.ask(seed), suggest.Tally{}))
		})
		fit += n
		w.reset()
		n, _ = w.run(t, r, func(p *person, _ uint64, _ suggest.Tally) (suggest.Item, []suggest.Candidate) {
			var open []suggest.Item
			for _, it := range w.items {
				if it.Stages[0] == p.stage && !p.shared[it.ID] {
					open = append(open, it)
				}
			}
			return open[r.IntN(len(open))], nil
		})
		stage += n
	}
	t.Logf("helped in 10,000: learning %d, fit alone %d, stage alone %d", learnt, fit, stage)
	if float64(learnt) < 1.25*float64(stage) {
		t.Errorf("learning %d, stage alone %d: less than a quarter more", learnt, stage)
	}
	if float64(learnt) < 1.05*float64(fit) {
		t.Errorf("learning %d, fit alone %d: learning adds nothing", learnt, fit)
	}
}
