package workshop

import (
	"cmp"
	"fmt"
	"slices"

	"cairn/bot/wilson"
	"cairn/prompts"
)

// Verdict is how a draft does beside what is live.
type Verdict string

const (
	Better Verdict = "better"
	Same   Verdict = "same"
	Worse  Verdict = "worse"
)

// Figures are sums over the cases.
type Figures struct {
	Cases   int
	Faults  int // cases with at least one
	Longest int // characters
	Typical int // characters, the mean
	You, We int
}

// Change is a case that reads otherwise.
type Change struct{ Live, Draft Result }

// Comparison is a draft beside what is live, on the same cases.
type Comparison struct {
	Verdict     Verdict
	Why         []string // what is otherwise, a sentence each
	Live, Draft Figures
	Changed     []Change
	Dropped     []string // inputs that the live text tells and the draft does not, in words
	Unguarded   bool     // of a prompt for a model: it no longer tells, in the same words, that what people typed is data
}

// muchLonger is how much longer a text may get before that alone is worse:
// people read these lines between two calls.
const muchLonger = 1.25

// littleLess is which share of its words of address a text may turn from the reader
// without being worse for that: one "you" of twenty says nothing.
const littleLess = 0.1

// Compare weighs a draft against what is live, by what came of the same cases in the
// same order. A wording that no longer tells what the live one told is worse: nothing
// here can say that it is not missed; so is a prompt for a model without the words that
// keep it from doing what a note says, since no case here tries whether it would.
func Compare(live, draft *prompts.Prompt, cases []Case, was, is []Result) Comparison {
	c := Comparison{Verdict: Same, Live: sum(was), Draft: sum(is), Dropped: dropped(live, draft, cases), Unguarded: unguarded(was, is)}
	for i := range is {
		if is[i].Text != was[i].Text || len(is[i].Faults) != len(was[i].Faults) {
			c.Changed = append(c.Changed, Change{was[i], is[i]})
		}
	}
	better, worse := false, c.Unguarded || len(c.Dropped) > 0 && !live.NeedsModel()
	say := func(good bool, format string, args ...any) {
		better, worse = better || good, worse || !good
		c.Why = append(c.Why, fmt.Sprintf(format, args...))
	}
	if c.Draft.Faults != c.Live.Faults {
		say(c.Draft.Faults < c.Live.Faults, "it has %s with a fault, %d before", manyCases(c.Draft.Faults), c.Live.Faults)
	}
	// to count words is no judgement: more of us is a warning, more of them is no merit
	if l, d := c.Live.You-c.Live.We, c.Draft.You-c.Draft.We; l != d {
		worse = worse || float64(l-d) > littleLess*float64(c.Live.You+c.Live.We)
		c.Why = append(c.Why, fmt.Sprintf("it speaks %s than before: “you” and “your” %d times, %d before; “we”, “I”, “me”, “our” and the like %d, %d before. These words alone were counted",
			tilt(c.Live, c.Draft), c.Draft.You, c.Live.You, c.Draft.We, c.Live.We))
	}
	if float64(c.Draft.Typical) > muchLonger*float64(c.Live.Typical) {
		say(false, "it is much longer: %d characters on average, %d before", c.Draft.Typical, c.Live.Typical)
	}
	for _, was := range live.Inputs {
		if is, ok := inputOf(draft, was.Name); ok && is.Max > 0 && (was.Max == 0 || is.Max < was.Max) {
			say(false, "it cuts %s after %d characters%s", cmp.Or(is.About, is.Name), is.Max, before(was.Max))
		}
	}
	switch {
	case worse:
		c.Verdict = Worse
	case better:
		c.Verdict = Better
	}
	return c
}

func inputOf(p *prompts.Prompt, name string) (prompts.Input, bool) {
	i := slices.IndexFunc(p.Inputs, func(in prompts.Input) bool { return in.Name == name })
	if i < 0 {
		return prompts.Input{}, false
	}
	return p.Inputs[i], true
}

// before tells after how many characters an input was cut until now; 0: never.
func before(most int) string {
	if most == 0 {
		return ", not at all before"
	}
	return fmt.Sprintf(", %d before", most)
}

// tilt says how a draft speaks otherwise of the reader and of us.
func tilt(live, draft Figures) string {
	switch better := draft.You-draft.We > live.You-live.We; {
	case better && draft.You > live.You:
		return "more of the reader"
	case better:
		return "less of us"
	case draft.We > live.We:
		return "more of us"
	}
	return "less of the reader"
}

func manyCases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}

func sum(results []Result) Figures {
	f := Figures{Cases: len(results)}
	total := 0
	for _, r := range results {
		if len(r.Faults) > 0 {
			f.Faults++
		}
		f.Longest = max(f.Longest, r.Length)
		f.You += r.You
		f.We += r.We
		total += r.Length
	}
	if f.Cases > 0 {
		f.Typical = total / f.Cases
	}
	return f
}

// WithInterval tells a count with the 95 % interval of its share: "5 (20–80 %)".
func WithInterval(n, of int) string {
	low, high := wilson.Interval(n, of, wilson.NineteenInTwenty)
	return fmt.Sprintf("%d (%.0f–%.0f %%)", n, 100*low, 100*high)
}
