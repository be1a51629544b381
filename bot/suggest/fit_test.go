//go:build fit

package suggest

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"cairn/bot/journey"
)

// The weights of model.go are printed by
//
//	go test -tags fit ./bot/suggest -run Fit -guides DIR -v
//
// with how they do on each author's set when fitted on all the others. DIR, if
// given, holds a guide for each set (DIR/a/matching.yaml and common.txt, …) to
// fit with: as it stood before that set was read, from the history of
// prompts/library. Fitted with today's, the words shared with the sets that the
// guide was widened by would count for more than they do with anybody new.
var guides = flag.String("guides", "", "a folder with a guide for each set to fit with")

// silenceCounts is how much a state of silence counts against one of the others,
// which are four times as many.
const silenceCounts = 2

// start holds the weights set by hand before any were fitted: what the states
// tell nothing of stays near them.
var start = [features]float64{
	fTopic: 0.36, fTheme: 0.34, fLatest: 0.34, fNeed: 0.14, fNext: 0.22, fKind: 0.02, fFollows: 0.03, fBeside: -0.22,
	fAnswered: -0.10, fStage: 0.35, fRole: 0.09, fBrings: 0.25, fIndustry: 0.12, fOutside: -0.23, fTeaches: 0.05, fEarly: -0.05,
	fLight: 0.16, fPassOn: 0.06, fLanguage: 0.16, fOverdue: -0.08, fRefused: -0.15,
	fSequel: 0.16, fRepeats: -0.05, fSwitches: -0.10, fRetold: -0.33,
}

// fitSets are the sets that are learnt from, signSets those from which only the
// signs of silence are; see doc.go. One more is kept apart, to tell how it is with
// an author of whom nothing was seen.
var (
	fitSets  = []string{"a", "b", "c", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "sample"}
	signSets = []string{"t", "u", "v", "w", "x", "y", "z", "aa", "ba", "bb"}
)

// fitSet is one author's: states with what the choice sees of them.
type fitSet struct {
	name  string
	signs bool // of signSets
	l     *Library
	ev    *evaluation
	state []LabelledState
	rows  [][]fitRow // per state: its candidates
}

// fitRow is a candidate: its features by their weights' numbers, and what giving
// it is worth.
type fitRow struct {
	at   []int
	x    []float64
	gain float64
}

// The numbers of the weights: those of the features, what is added to those of
// some where they asked and where they are customers, and those of purposes by
// signal, which are fPurpose's.
const (
	atAsked    = int(features)
	atCustomer = 2 * int(features)
	atPurposes = 3 * int(features)
)

// differs are the features that may count for more or less by situation.
var differs = []feature{fTopic, fLatest, fThread, fStage}

func weightCount() int { return atPurposes + len(journey.Signals())*int(purposes) }

func loadFit(t *testing.T, guides string) (sets []*fitSet, m *journey.Model) {
	models, err := journey.LoadAll(os.DirFS("../../prompts/journeys"))
	if err != nil {
		t.Fatal(err)
	}
	m, _ = models.Get("aipee")
	now, err := LoadGuide(os.DirFS("../../prompts/library"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(fitSets, signSets) {
		library, day, dir := "testdata/library-"+name+".csv", time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC), "../../prompts/library"
		if name == "sample" {
			library, day = "../../prompts/library/library.csv", time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
		}
		if guides != "" {
			dir = guides + "/" + name
		}
		g, err := LoadGuide(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		if len(g.hints) == 0 { // older than they are
			g.hints, g.purposes, g.tongues = now.hints, now.purposes, now.tongues
		}
		items, states := readFit(t, library, "testdata/states-"+name+".jsonl")
		s := &fitSet{name: name, signs: slices.Contains(signSets, name), l: NewLibrary(g, items), state: states}
		own := fitted
		s.l.model = &own
		s.ev = &evaluation{l: s.l, at: day}
		if err := s.ev.prepare(m, states); err != nil {
			t.Fatal(err)
		}
		for i := range s.ev.states {
			s.rows = append(s.rows, s.candidates(&s.ev.states[i]))
		}
		sets = append(sets, s)
	}
	return sets, m
}

func readFit(t *testing.T, library, labelled string) ([]Item, []LabelledState) {
	f, err := os.Open(library)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, problems := ParseCSV(f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range items {
		items[i].ID = int64(i + 1)
	}
	s, err := os.Open(labelled)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	states, err := ReadStates(s)
	if err != nil {
		t.Fatal(err)
	}
	return items, states
}

func (s *fitSet) candidates(state *evalState) (rows []fitRow) {
	q := s.l.newQuery(&state.c)
	fits, _ := s.l.search(q, s.l.borrow())
	last := latestSignals(state.c.Notes)
	asked := slices.Contains(last, journey.AskedForMore)
	for _, f := range fits {
		r := fitRow{}
		add := func(at int, x float64) { r.at, r.x = append(r.at, at), append(r.x, x) }
		for at, value := range f.shown {
			ft := feature(at)
			if value == 0 || ft == fPurpose {
				continue
			}
			add(at, value)
			if !slices.Contains(differs, ft) {
				continue
			}
			if asked {
				add(atAsked+at, value)
			}
			if q.customer() {
				add(atCustomer+at, value)
			}
		}
		for _, signal := range last {
			for p := range purposes {
				if s.l.entries[f.entry].purposes&(1<<p) != 0 {
					add(atPurposes+slices.Index(journey.Signals(), signal)*int(purposes)+int(p), 1)
				}
			}
		}
		if at := slices.Index(state.acceptable, s.l.entries[f.entry].item.ID); at >= 0 {
			r.gain = gain(at)
		}
		rows = append(rows, r)
	}
	return rows
}

// adam goes down a slope.
type adam struct {
	mean, square []float64
	step         int
}

func (a *adam) down(w, slope []float64, rate float64) {
	a.step++
	if a.mean == nil {
		a.mean, a.square = make([]float64, len(w)), make([]float64, len(w))
	}
	for i, g := range slope {
		a.mean[i] = 0.9*a.mean[i] + 0.1*g
		a.square[i] = 0.99*a.square[i] + 0.01*g*g
		w[i] -= rate * a.mean[i] / (1 - math.Pow(0.9, float64(a.step))) / (math.Sqrt(a.square[i]/(1-math.Pow(0.99, float64(a.step)))) + 1e-6)
	}
}

// How hard weights are held where they start, and those of purposes at nothing.
const (
	hold         = 0.1
	holdPurposes = 0.15
)

// fitWeights is a conditional logit: of each state's candidates the acceptable
// ones, by their gains. Weights are held towards the start; what no set but one
// shows stays there.
func fitWeights(sets []*fitSet, skip int) model {
	w := make([]float64, weightCount())
	copy(w, start[:])
	begin := slices.Clone(w)
	var a adam
	slope := make([]float64, len(w))
	for range 300 {
		clear(slope)
		n := 0.0
		for k, set := range sets {
			for i, rows := range set.rows {
				if k != skip && !set.signs && len(set.ev.states[i].acceptable) > 0 && choiceSlope(rows, w, slope) {
					n++
				}
			}
		}
		for f := range w {
			held := hold
			if f >= atPurposes {
				held = holdPurposes
			}
			slope[f] = slope[f]/n + held*(w[f]-begin[f])
		}
		a.down(w, slope, 0.01)
	}
	return modelOf(w)
}

// modelOf puts weights by their numbers into a model without signs.
func modelOf(w []float64) (m model) {
	copy(m.weights[:], w)
	copy(m.asked[:], w[atAsked:])
	copy(m.customer[:], w[atCustomer:])
	m.weights[fPurpose] = 1
	m.purposes = map[journey.Signal][purposes]float64{}
	for i, s := range journey.Signals() {
		var row [purposes]float64
		copy(row[:], w[atPurposes+i*int(purposes):])
		m.purposes[s] = row
	}
	return m
}

// choiceSlope adds to the slope what one state tells; false if no candidate of
// it is acceptable.
func choiceSlope(rows []fitRow, w []float64, slope []float64) bool {
	const heat = 8
	gains, sum := 0.0, 0.0
	p := make([]float64, len(rows))
	for j, r := range rows {
		gains += r.gain
		for i, f := range r.at {
			p[j] += heat * w[f] * r.x[i]
		}
		p[j] = math.Exp(p[j])
		sum += p[j]
	}
	if gains == 0 {
		return false
	}
	for j, r := range rows {
		off := heat * (p[j]/sum - r.gain/gains)
		for i, f := range r.at {
			slope[f] += off * r.x[i]
		}
	}
	return true
}

// Hints of silence are held at what they mean: most stand in few states, and authors
// who leave their reasons unsaid would turn some of them round.
const (
	hintMeans = 1
	holdHints = 3
)

// fitSigns is a logistic regression: silence or not, of the states in which no
// rule has decided.
func fitSigns(sets []*fitSet, skip int, m model) (w [signs]float64) {
	rows := signRows(sets, skip, m)
	var a adam
	for range 400 {
		slope := make([]float64, signs)
		for _, r := range rows {
			z := 0.0
			for s := range w {
				z += w[s] * r.x[s]
			}
			off := r.count * (1/(1+math.Exp(-z)) - r.quiet)
			for s := range w {
				slope[s] += off * r.x[s]
			}
		}
		for s := signAlways + 1; s < signs; s++ {
			if s >= signHints && hint(s-signHints) < hintWishes {
				slope[s] += holdHints * (w[s] - hintMeans)
				continue
			}
			slope[s] += w[s] // held towards nothing
		}
		a.down(w[:], slope, 0.03)
	}
	return w
}

// signRow is a state: its signs, whether silence was right, how much it counts.
type signRow struct {
	x            [signs]float64
	quiet, count float64
}

func signRows(sets []*fitSet, skip int, m model) (rows []signRow) {
	for k, set := range sets {
		*set.l.model = m
		for i := range set.ev.states {
			c := &set.ev.states[i].c
			if k == skip || set.l.hold(c) != nil {
				continue
			}
			q := set.l.newQuery(c)
			fits, _ := set.l.search(q, set.l.borrow())
			if len(fits) == 0 {
				continue
			}
			r := signRow{x: q.signs(&fits[0], mostLatest(fits)), count: 1}
			if len(set.ev.states[i].acceptable) == 0 {
				r.quiet, r.count = 1, silenceCounts
			}
			rows = append(rows, r)
		}
	}
	return rows
}

func TestFit(t *testing.T) {
	sets, m := loadFit(t, *guides)
	today, _ := loadFit(t, "")
	var all Figures
	for k, set := range sets {
		l, own := today[k].l, fitWeights(sets, k)
		own.signs = fitSigns(sets, k, own)
		*l.model = own
		r, err := EvalSuggest(l, m, set.state, set.ev.at)
		if err != nil {
			t.Fatal(err)
		}
		f := r.Cairn
		fmt.Printf("%-7s hit@1 %.2f  hit@3 %.2f  nDCG@3 %.2f  silent %.2f of %d  withheld %.2f of %d  exploring %.2f\n",
			set.name, f.Hit1, f.Hit3, f.NDCG3, f.Silent, f.Quiet, f.Withheld, f.States, r.ExploringHit1)
		n, quiet := float64(f.States), float64(f.Quiet)
		all.Hit1, all.Hit3, all.NDCG3 = all.Hit1+n*f.Hit1, all.Hit3+n*f.Hit3, all.NDCG3+n*f.NDCG3
		all.Withheld, all.Silent = all.Withheld+n*f.Withheld, all.Silent+quiet*f.Silent
		all.States, all.Quiet = all.States+f.States, all.Quiet+f.Quiet
	}
	n, quiet := float64(all.States), float64(all.Quiet)
	fmt.Printf("%-7s hit@1 %.3f  hit@3 %.3f  nDCG@3 %.3f  silent %.3f of %d  withheld %.3f of %d\n",
		"all", all.Hit1/n, all.Hit3/n, all.NDCG3/n, all.Silent/quiet, all.Quiet, all.Withheld/n, all.States)
	own := fitWeights(sets, -1)
	own.signs = fitSigns(sets, -1, own)
	own.print()
}
