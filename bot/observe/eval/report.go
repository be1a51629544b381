package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"cairn/bot/journey"
)

// Figure is precision, recall and their harmonic mean; Support is how often it
// holds by the labels.
type Figure struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Support   int     `json:"support"`
}

// Interval holds 95 of 100 resamplings of the contacts.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Places are shares of contacts that stand where the labels put them after the
// last note.
type Places struct {
	Stage        float64 `json:"stage"`
	Status       float64 `json:"status"`
	Orbit        float64 `json:"orbit"`
	Phase        float64 `json:"phase"`
	Lipee        float64 `json:"lipee"`
	Cycle        float64 `json:"cycle"`
	Exchanged    float64 `json:"exchanged"`
	Influence    float64 `json:"influence"`
	DoNotContact Figure  `json:"do_not_contact"`
}

// Part is the figures of one author, slice or language.
type Part struct {
	Contacts int     `json:"contacts"`
	Notes    int     `json:"notes"`
	MicroF1  float64 `json:"micro_f1"`
	MacroF1  float64 `json:"macro_f1"`
	Stage    float64 `json:"stage"`
	Status   float64 `json:"status"`
	Orbit    float64 `json:"orbit"`
}

// Bin is the findings of about one confidence.
type Bin struct {
	Sure  float64 `json:"sure"`  // what was said, on average
	Right float64 `json:"right"` // what came true
	Count int     `json:"count"`
}

// Calibration says whether "90 % sure" is right nine times in ten.
type Calibration struct {
	ECE   float64 `json:"ece"`
	Brier float64 `json:"brier"`
	Bins  []Bin   `json:"bins"`
}

// Report is all figures of one exam.
type Report struct {
	Name     string  `json:"name"`
	Contacts int     `json:"contacts"`
	Notes    int     `json:"notes"`
	MicroF1  float64 `json:"micro_f1"`
	MacroF1  float64 `json:"macro_f1"` // over the signals that occur in the labels
	Exact    float64 `json:"exact"`    // share of notes read without any mistake
	Places
	FalseMoves  float64             `json:"false_moves"`  // share of notes that moved a place wrongly
	MissedMoves float64             `json:"missed_moves"` // share of notes that should have moved one
	Signals     map[string]Figure   `json:"signals"`
	Intervals   map[string]Interval `json:"intervals"`
	Authors     map[string]Part     `json:"authors"`
	Slices      map[string]Part     `json:"slices"`
	Languages   map[string]Part     `json:"languages"`
	Calibration Calibration         `json:"calibration"`
	Baselines   []Baseline          `json:"baselines,omitempty"`
}

// Baseline is the short form of another reading's exam on the same histories.
type Baseline struct {
	Name    string  `json:"name"`
	MicroF1 float64 `json:"micro_f1"`
	MacroF1 float64 `json:"macro_f1"`
	Places
}

// Baseline returns the short form of r.
func (r *Report) Baseline() Baseline {
	return Baseline{Name: r.Name, MicroF1: r.MicroF1, MacroF1: r.MacroF1, Places: r.Places}
}

// counts are hits, false findings and misses.
type counts struct{ hit, wrong, missed int }

func (c counts) figure() Figure {
	return Figure{Precision: ratio(c.hit, c.hit+c.wrong), Recall: ratio(c.hit, c.hit+c.missed), F1: ratio(2*c.hit, 2*c.hit+c.wrong+c.missed), Support: c.hit + c.missed}
}

// ratio is a/b; 1 where there was nothing to get right or wrong.
func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// sums are the outcomes of some contacts, added up.
type sums struct {
	contacts, notes, exact                                               int
	stage, status, orbit, phase, lipee, cycle, kinds, influence, falsely int
	missed                                                               int
	dnc                                                                  counts
	signals                                                              []counts
}

func (s *sums) note(n *noteOutcome) {
	if s.signals == nil {
		s.signals = make([]counts, len(journey.Signals()))
	}
	s.notes++
	s.exact += one(slices.Equal(n.gold, n.read))
	s.falsely += one(n.falseMove)
	s.missed += one(n.missedMove)
	for _, g := range n.gold {
		if slices.Contains(n.read, g) {
			s.signals[g].hit++
		} else {
			s.signals[g].missed++
		}
	}
	for _, r := range n.read {
		if !slices.Contains(n.gold, r) {
			s.signals[r].wrong++
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *sums) add(o *outcome) {
	s.contacts++
	s.stage += one(o.stage)
	s.status += one(o.status)
	s.orbit += one(o.orbit)
	s.phase += one(o.phase)
	s.lipee += one(o.lipee)
	s.cycle += one(o.cycle)
	s.kinds += one(o.kinds)
	s.influence += one(o.influence)
	s.dnc.hit += one(o.dnc && o.dncGold)
	s.dnc.wrong += one(o.dnc && !o.dncGold)
	s.dnc.missed += one(!o.dnc && o.dncGold)
	for i := range o.notes {
		s.note(&o.notes[i])
	}
}

func (s *sums) f1() (micro, macro float64) {
	var all counts
	signals := 0
	for _, c := range s.signals {
		all.hit += c.hit
		all.wrong += c.wrong
		all.missed += c.missed
		if c.hit+c.missed > 0 {
			signals++
			macro += c.figure().F1
		}
	}
	if signals > 0 {
		macro /= float64(signals)
	}
	return all.figure().F1, macro
}

func (s *sums) places() Places {
	of := func(n int) float64 { return ratio(n, s.contacts) }
	return Places{Stage: of(s.stage), Status: of(s.status), Orbit: of(s.orbit), Phase: of(s.phase), Lipee: of(s.lipee), Cycle: of(s.cycle),
		Exchanged: of(s.kinds), Influence: of(s.influence), DoNotContact: s.dnc.figure()}
}

func (s *sums) part() Part {
	micro, macro := s.f1()
	p := s.places()
	return Part{Contacts: s.contacts, Notes: s.notes, MicroF1: micro, MacroF1: macro, Stage: p.Stage, Status: p.Status, Orbit: p.Orbit}
}

// Report adds the outcomes up. Resamplings is how often the contacts are drawn
// anew for the intervals (0: none are given); seed fixes the draws.
func (x *Exam) Report(resamplings int, seed uint64) Report {
	var all sums
	for i := range x.outcomes {
		all.add(&x.outcomes[i])
	}
	r := Report{Name: x.name, Contacts: all.contacts, Notes: all.notes, Exact: ratio(all.exact, all.notes), Places: all.places(),
		FalseMoves: ratio(all.falsely, all.notes), MissedMoves: ratio(all.missed, all.notes), Signals: map[string]Figure{}}
	r.MicroF1, r.MacroF1 = all.f1()
	for i, c := range all.signals {
		r.Signals[string(journey.Signals()[i])] = c.figure()
	}
	r.Authors = x.parts(func(o *outcome) string { return o.author })
	r.Slices = x.parts(func(o *outcome) string { return o.slice })
	r.Languages = x.parts(func(o *outcome) string { return o.language })
	r.Calibration = calibrate(x.judged)
	r.Intervals = x.intervals(resamplings, seed)
	return r
}

func (x *Exam) parts(key func(*outcome) string) map[string]Part {
	groups := map[string]*sums{}
	for i := range x.outcomes {
		o := &x.outcomes[i]
		k := key(o)
		if k == "" {
			continue
		}
		if groups[k] == nil {
			groups[k] = &sums{}
		}
		groups[k].add(o)
	}
	out := map[string]Part{}
	for k, s := range groups {
		out[k] = s.part()
	}
	return out
}

func (x *Exam) intervals(resamplings int, seed uint64) map[string]Interval {
	if resamplings == 0 || len(x.outcomes) == 0 {
		return nil
	}
	rng := rand.New(rand.NewPCG(seed, 5))
	draws := map[string][]float64{}
	for range resamplings {
		var s sums
		for range x.outcomes {
			s.add(&x.outcomes[rng.IntN(len(x.outcomes))])
		}
		micro, macro := s.f1()
		p := s.places()
		for k, v := range map[string]float64{"micro_f1": micro, "macro_f1": macro, "stage": p.Stage, "status": p.Status, "orbit": p.Orbit,
			"phase": p.Phase, "do_not_contact.recall": p.DoNotContact.Recall, "do_not_contact.precision": p.DoNotContact.Precision} {
			draws[k] = append(draws[k], v)
		}
	}
	out := map[string]Interval{}
	for k, list := range draws {
		sort.Float64s(list)
		out[k] = Interval{Low: list[len(list)*25/1000], High: list[len(list)*975/1000]}
	}
	return out
}

// calibrate sorts the findings into tenths of confidence.
func calibrate(list []judged) Calibration {
	var c Calibration
	if len(list) == 0 {
		return c
	}
	type bin struct {
		sure         float64
		right, count int
	}
	var bins [10]bin
	for _, j := range list {
		b := &bins[min(int(j.sure*10), 9)]
		b.sure += float64(j.sure)
		b.count++
		b.right += one(j.right)
		d := float64(j.sure) - float64(one(j.right))
		c.Brier += d * d / float64(len(list))
	}
	for _, b := range bins {
		if b.count == 0 {
			continue
		}
		n := float64(b.count)
		c.Bins = append(c.Bins, Bin{Sure: b.sure / n, Right: float64(b.right) / n, Count: b.count})
		c.ECE += math.Abs(b.sure-float64(b.right)) / float64(len(list))
	}
	return c
}
