package suggest

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// How history and chance enter. All rates are chances that a share is answered
// or followed by a move up within 14 days.
const (
	// PriorStrength is how many observations the fit counts for as prior.
	PriorStrength = 10
	usualRate     = 0.3  // taken for the team's rate until it has its own
	usualStrength = 20   // observations that usualRate counts for
	itemStrength  = 20   // observations by which an item's record at other stages is held back
	kindStrength  = 30   // the same for the record of its kind
	ignored       = 0.1  // what a showing that no rep took up counts as failure
	midFit        = 0.35 // fit at which the expected chance is the team's rate
	contention    = 0.85 // share of the best mean from which an item contends
	ownShare      = 0.9  // share of the best mean from which one in their own language comes first
	maxContenders = 8
	gridSize      = 128
	diversity     = 0.9 // λ of MMR: weight of the mean against likeness
	mmrReach      = 20  // options that the second pick is chosen from
	seldomShare   = 0.5 // shown less than this share of the average: seldom
	seldomLeast   = 0.5 // share of the best mean that a seldom shown item needs
)

// belief is what is expected of a candidate: a chance theta ~ Beta(a, b) for a
// customer whom it fits middling, times how well it fits this one. The fit
// stays a factor: a record tells how good an item is, not whether it is to the
// point here.
type belief struct {
	a, b, factor float64
}

func (b belief) mean() float64 { return min(1, b.factor*b.a/(b.a+b.b)) }

// believe combines fit and history: (item, stage) counts over a prior that
// backs off to the item at other stages, then to its kind, then to the team.
func (t Tally) believe(it *Item, stage string, fit float64) belief {
	rate := (float64(t.all.Helped) + usualRate*usualStrength) / (t.all.trials() + usualStrength)
	here := t.ByStage[ContentStage{it.ID, stage}]
	item := t.content[it.ID]
	prior := shrink(t.kind[it.Kind].minus(item), rate, kindStrength)
	prior = shrink(item.minus(here), prior, itemStrength)
	return belief{
		a:      PriorStrength*prior + float64(here.Helped),
		b:      PriorStrength*(1-prior) + max(0, here.trials()-float64(here.Helped)),
		factor: fit / midFit,
	}
}

func shrink(c Count, toward, strength float64) float64 {
	return (float64(c.Helped) + toward*strength) / (max(c.trials(), float64(c.Helped)) + strength)
}

// trials is how often the content had its chance with a contact.
func (c Count) trials() float64 {
	return float64(c.Shared) + ignored*float64(max(0, c.Shown-c.Shared))
}

// option is a candidate on its way to being picked.
type option struct {
	scored
	e      *entry
	belief belief
	mean   float64
	seldom bool
	first  float64 // probability of being the first pick
	among  float64
}

// options turns fits into at most MaxCandidates options, best mean first. own is the language
// of what comes first, empty: any.
func (l *Library) options(fits []scored, stage, own string, t Tally) []option {
	opts := make([]option, 0, len(fits))
	for _, f := range fits {
		e := &l.entries[f.entry]
		b := t.believe(&e.item, stage, f.fit)
		opts = append(opts, option{scored: f, e: e, belief: b, mean: b.mean()})
	}
	slices.SortStableFunc(opts, func(a, b option) int { return cmp.Compare(b.mean, a.mean) })
	yieldFirst(opts)
	ownFirst(opts, own)
	opts = opts[:min(len(opts), MaxCandidates)]
	shown := 0
	for i := range opts {
		shown += t.content[opts[i].e.item.ID].Shown
	}
	for i := range opts {
		opts[i].seldom = shown > 0 && float64(t.content[opts[i].e.item.ID].Shown) < seldomShare*float64(shown)/float64(len(opts))
	}
	return opts
}

// ownFirst puts what is in their own language, and about as good as the best, before that;
// whatever else there is stays in its order, and what is in another language is then no first
// pick. Without such an item nothing changes.
func ownFirst(opts []option, own string) {
	if len(opts) == 0 || own == "" {
		return
	}
	best := opts[0].mean
	first := func(o option) bool { return o.e.tongue == own && !o.yields && o.mean >= ownShare*best }
	if !slices.ContainsFunc(opts, first) {
		return
	}
	slices.SortStableFunc(opts, func(a, b option) int {
		return cmp.Compare(one(!first(a)), one(!first(b)))
	})
	for i := range opts {
		opts[i].yields = opts[i].yields || opts[i].e.tongue != "" && opts[i].e.tongue != own
	}
}

// yieldTo is the share of the best mean that another must have for one to yield to it.
const yieldTo = 0.5

// yieldFirst puts those that yield behind the best that does not, where that is good enough.
func yieldFirst(opts []option) {
	i := slices.IndexFunc(opts, func(o option) bool { return !o.yields })
	if i <= 0 || opts[i].mean < yieldTo*opts[0].mean {
		return
	}
	slices.SortStableFunc(opts, func(a, b option) int { return cmp.Compare(one(a.yields), one(b.yields)) })
}

// spread sets each option's probability of being the first pick. Without
// exploring, the best mean gets all of it.
func spread(opts []option, explore bool) {
	n := 0
	for n < len(opts) && n < maxContenders && opts[n].mean >= contention*opts[0].mean && opts[n].yields == opts[0].yields {
		n++
	}
	if n == 1 || !explore {
		opts[0].first = 1
		return
	}
	beliefs := make([]belief, n)
	for i := range beliefs {
		beliefs[i] = opts[i].belief
	}
	for i, p := range chanceOfBest(beliefs) {
		opts[i].first = p
	}
}

// chanceOfBest returns for each belief the probability that its draw is the
// largest of all: what Thompson sampling would choose by drawing, computed by
// integrating over a grid of gridSize steps. It sums to 1 exactly as far as
// floating point goes, being normalised at the end, and is itself the policy:
// the choice is drawn from it, so the grid's error biases nothing.
func chanceOfBest(beliefs []belief) []float64 {
	top := 0.0
	for _, b := range beliefs {
		top = max(top, b.factor)
	}
	density := make([][gridSize]float64, len(beliefs))
	for i, b := range beliefs {
		b.density(top, &density[i])
	}
	best := make([]float64, len(beliefs))
	below := make([]float64, len(beliefs)) // mass of each up to the middle of the step
	total := 0.0
	for k := range gridSize {
		for i := range beliefs {
			below[i] += density[i][k] / 2
		}
		for i := range beliefs {
			p := density[i][k]
			for j := range beliefs {
				if j != i {
					p *= below[j]
				}
			}
			best[i] += p
			total += p
		}
		for i := range beliefs {
			below[i] += density[i][k] / 2
		}
	}
	for i := range best {
		best[i] /= total
	}
	return best
}

// density fills the mass of factor × Beta(a, b) over gridSize equal steps from
// 0 to top.
func (b belief) density(top float64, into *[gridSize]float64) {
	most := math.Inf(-1)
	for k := range into {
		theta := (float64(k) + 0.5) / gridSize * top / b.factor
		into[k] = math.Inf(-1)
		if theta < 1 {
			into[k] = (b.a-1)*math.Log(theta) + (b.b-1)*math.Log1p(-theta)
			most = max(most, into[k])
		}
	}
	sum := 0.0
	for k := range into {
		into[k] = math.Exp(into[k] - most)
		sum += into[k]
	}
	for k := range into {
		into[k] /= sum
	}
}

// draw picks the first option by its probability.
func draw(opts []option, seed uint64) int {
	r := rand.New(rand.NewPCG(seed, 0x6361697261)).Float64()
	last := 0
	for i := range opts {
		if opts[i].first == 0 {
			continue
		}
		last = i
		if r -= opts[i].first; r < 0 {
			break
		}
	}
	return last
}

// picksAfter returns the picks that follow from the first one: the second by
// MMR, the third from the seldom shown if neither of the others is. Determined
// by its arguments.
func picksAfter(opts []option, first int) []int {
	picks := []int{first}
	for len(picks) < min(MaxPicks, len(opts)) {
		seldom := len(picks) == MaxPicks-1 && !slices.ContainsFunc(picks, func(i int) bool { return opts[i].seldom })
		next := mmr(opts, picks, seldom)
		if next < 0 {
			next = mmr(opts, picks, false)
		}
		picks = append(picks, next)
	}
	return picks
}

// mmr returns the option not picked yet with the best balance of mean against
// likeness to the picks; -1 if none qualifies.
func mmr(opts []option, picks []int, seldomOnly bool) int {
	best, found := math.Inf(-1), -1
	for i := range opts {
		if !seldomOnly && i >= mmrReach {
			break
		}
		if slices.Contains(picks, i) || seldomOnly && (!opts[i].seldom || opts[i].mean < seldomLeast*opts[0].mean) {
			continue
		}
		alike := 0.0
		for _, p := range picks {
			alike = max(alike, likeness(opts[i].e, opts[p].e))
		}
		if v := diversity*opts[i].mean/opts[0].mean - (1-diversity)*alike; v > best {
			best, found = v, i
		}
	}
	return found
}

// pick chooses, and sets every option's probabilities.
func pick(opts []option, seed uint64, explore bool) []int {
	spread(opts, explore)
	chosen := draw(opts, seed)
	var picks []int
	for i := range opts {
		if opts[i].first == 0 {
			continue
		}
		after := picksAfter(opts, i)
		for _, j := range after {
			opts[j].among += opts[i].first
		}
		if i == chosen {
			picks = after
		}
	}
	return picks
}
