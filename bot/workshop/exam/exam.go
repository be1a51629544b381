package exam

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/workshop"
)

// Outcome is how a draft did beside what is live. It is kept as JSON.
type Outcome struct {
	Verdict workshop.Verdict `json:"verdict"`
	// Few is of a verdict of the same: more cases turned one way than the other, so few
	// that chance alone may do it.
	Few    bool     `json:"few,omitempty"`
	Judged bool     `json:"judged"` // false: the exam was not ended, and Lines say why
	Lines  []string `json:"lines"`  // the figures, a sentence each, not escaped
	// Labelled says that of each case it is known what is right: what turned became right
	// or wrong, and what did not was wrong with both.
	Labelled bool `json:"labelled,omitempty"`
	// Unshown names what was changed and is shown by no case, so that nothing is judged of it.
	Unshown []string `json:"unshown,omitempty"`
	Changed []Change `json:"changed,omitempty"` // those that miss a wish, those that turned worse, those that turned better, the others
	More    int      `json:"more,omitempty"`    // changed cases beyond those in Changed
	Missed  int      `json:"missed,omitempty"`  // how many turned so, kept or not
	Worse   int      `json:"worse,omitempty"`
	Better  int      `json:"better,omitempty"`
}

// Method names how exams judge, and what they keep: what was judged by another is judged
// anew.
const Method = "4"

// Turn says what a draft does to a case.
type Turn string

const (
	ToWorse  Turn = "worse"  // right before and wrong now, or worth less
	ToBetter Turn = "better" // wrong before and right now, or worth more
	Neither  Turn = ""       // other than before, and worth as much
	// ToMissed is wrong before, but for a wish to be left alone, and wrong now without it.
	ToMissed Turn = "missed"
)

// turnOf tells what became of a case that was right, or not.
func turnOf(was, is bool) Turn {
	switch {
	case was && !is:
		return ToWorse
	case is && !was:
		return ToBetter
	}
	return Neither
}

// Change is a case that comes out otherwise. Its words are of the shipped
// exam, never of a team's own notes.
type Change struct {
	Case  string `json:"case"` // what was read, or who was placed
	Right string `json:"right"`
	Live  string `json:"live"`
	Draft string `json:"draft"`
	Turn  Turn   `json:"turn,omitempty"`

	decides bool // the verdict rests on it alone
}

// most is how many changed cases are kept: more than anybody reads, and some tens of kB.
const most = 200

// place is where a case stands among those that changed.
func (c Change) place() int {
	switch {
	case c.Turn == ToMissed: // decides too
		return 0
	case c.Turn == ToWorse && c.decides:
		return 1
	case c.Turn == ToWorse:
		return 2
	case c.Turn == ToBetter:
		return 3
	}
	return 4
}

// keep counts the cases that changed, puts first those that miss a wish, then those that
// got worse, of these what decides the verdict, then those that got better, and keeps the
// first of them.
func (o *Outcome) keep(all []Change) {
	slices.SortStableFunc(all, func(a, b Change) int { return a.place() - b.place() })
	o.Missed, o.Worse, o.Better = turned(all, ToMissed), turned(all, ToWorse), turned(all, ToBetter)
	o.Changed, o.More = all[:min(most, len(all))], max(0, len(all)-most)
}

// turned counts the cases that turned so.
func turned(all []Change, t Turn) int {
	n := 0
	for _, c := range all {
		n += number(c.Turn == t)
	}
	return n
}

// weigh gives the verdict of cases that turned right and cases that turned wrong, and
// says so. More right ones than chance alone may make are needed for better; one more
// wrong one is worse, so that somebody looks at it.
func (o *Outcome) weigh(right, wrong int, what string) {
	few := right != wrong && chance(right, wrong) > byChance
	o.Verdict, o.Few = workshop.Same, few && right > wrong
	switch {
	case wrong > right:
		o.Verdict = workshop.Worse
	case right > wrong && !few:
		o.Verdict = workshop.Better
	}
	line := fmt.Sprintf("Of the %s, %d became right with the draft and %d wrong.", what, right, wrong)
	if few {
		line += " So few that chance alone may do it."
	}
	o.Lines = append(o.Lines, line)
}

// join weighs cases of another sort too: the worse of two verdicts holds, and one that is
// better goes before none.
func (o *Outcome) join(right, wrong int, what string) {
	before := *o
	o.weigh(right, wrong, what)
	switch {
	case before.Verdict == workshop.Worse, before.Verdict == workshop.Better && o.Verdict == workshop.Same:
		o.Verdict, o.Few = before.Verdict, before.Few
	case o.Verdict == workshop.Same:
		o.Few = o.Few || before.Few
	}
}

// byChance is how likely a split has to be by chance alone for nobody to conclude
// anything from it.
const byChance = 0.05

// chance is how likely a split at least as uneven as this is where both sides
// are as likely as each other: the two-sided sign test.
func chance(a, b int) float64 {
	n, low := a+b, min(a, b)
	total := 0.0
	for k := 0; k <= low; k++ {
		total += math.Exp(logChoose(n, k) - float64(n)*math.Ln2)
	}
	return min(1, 2*total)
}

func logChoose(n, k int) float64 {
	all, _ := math.Lgamma(float64(n + 1))
	some, _ := math.Lgamma(float64(k + 1))
	rest, _ := math.Lgamma(float64(n - k + 1))
	return all - some - rest
}

// sitting is what one reading made of a set.
type sitting struct {
	report eval.Report
	read   [][]journey.Signal // note by note, over all contacts
}

// sit has a reading read a set.
func sit(name string, models journey.Models, set []observe.History, read eval.Reading) (sitting, error) {
	var s sitting
	x, err := eval.NewExam(name, models)
	if err != nil {
		return s, err
	}
	for i := range set {
		x.Add(&set[i], func(n observe.Note, c observe.Context) []observe.Finding {
			found := read(n, c)
			s.read = append(s.read, signalsOf(found))
			return found
		})
	}
	s.report = x.Report(0, 0)
	return s, nil
}

func signalsOf(found []observe.Finding) []journey.Signal {
	list := []journey.Signal{}
	for _, f := range found {
		if !slices.Contains(list, f.Signal) {
			list = append(list, f.Signal)
		}
	}
	slices.Sort(list)
	return list
}

// compare tells what two readings made of the same set, and which notes they read otherwise.
func compare(set []observe.History, live, draft sitting) (Outcome, []Change) {
	o := Outcome{Judged: true, Labelled: true}
	l, d := &live.report, &draft.report
	o.Lines = append(o.Lines,
		fmt.Sprintf("Signals (F1, 100 is perfect): %s live, %s in the draft; with rare signals counted like common ones %s and %s.", hundred(l.MicroF1), hundred(d.MicroF1), hundred(l.MacroF1), hundred(d.MacroF1)),
		fmt.Sprintf("Stage after the last note right: %s %% of the contacts live, %s %% in the draft. Orbit: %s %% and %s %%. Phase: %s %% and %s %%.",
			hundred(l.Stage), hundred(d.Stage), hundred(l.Orbit), hundred(d.Orbit), hundred(l.Phase), hundred(d.Phase)))
	missed := 0
	var changed []Change
	at := 0
	for i := range set {
		for j, gold := range set[i].Gold.Signals {
			was, is, want := live.read[at], draft.read[at], sorted(gold)
			at++
			if slices.Equal(was, is) {
				continue
			}
			c := Change{Case: caseOf(&set[i], j), Right: words(want), Live: words(was), Draft: words(is), Turn: turnOf(slices.Equal(was, want), slices.Equal(is, want))}
			if slices.Contains(want, journey.OptedOut) && slices.Contains(was, journey.OptedOut) && !slices.Contains(is, journey.OptedOut) {
				missed++
				c.decides = true
				if c.Turn == Neither {
					c.Turn = ToMissed
				}
			}
			changed = append(changed, c)
		}
	}
	o.Lines = append(o.Lines, fmt.Sprintf("%d of %d notes are read otherwise.", len(changed), at))
	o.weigh(turned(changed, ToBetter), turned(changed, ToWorse), "notes")
	if missed > 0 {
		o.Verdict, o.Few = workshop.Worse, false
		o.Lines = append(o.Lines, fmt.Sprintf("A wish to be left alone is missed in %s where it was found before.", notes(missed)))
	}
	return o, changed
}

// caseOf tells a note of the shipped exam; of a team's own it tells no word.
func caseOf(h *observe.History, i int) string {
	if h.Slice == ownSlice {
		return "A note of your team's; its words are its writer's"
	}
	return h.Interactions[i].Note
}

func sorted(list []journey.Signal) []journey.Signal {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

func words(list []journey.Signal) string {
	if len(list) == 0 {
		return "nothing"
	}
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = strings.ReplaceAll(string(s), "_", " ")
	}
	return strings.Join(all, ", ")
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// hundred tells a share or an F1 in hundredths, with one place.
func hundred(x float64) string { return fmt.Sprintf("%.1f", 100*x) }

func notes(n int) string {
	if n == 1 {
		return "1 note"
	}
	return fmt.Sprintf("%d notes", n)
}
