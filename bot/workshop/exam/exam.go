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
	Judged  bool             `json:"judged"` // false: the exam was not ended, and Lines say why
	Lines   []string         `json:"lines"`  // the figures, a sentence each, not escaped
	Changed []Change         `json:"changed,omitempty"`
	More    int              `json:"more,omitempty"` // changed cases beyond those in Changed
}

// Change is a case that comes out otherwise. Its words are of the shipped
// exam, never of a team's own notes.
type Change struct {
	Case   string `json:"case"` // what was read, or who was placed
	Right  string `json:"right"`
	Live   string `json:"live"`
	Draft  string `json:"draft"`
	Better bool   `json:"better"`
}

// most is how many changed cases are kept.
const most = 12

// keep sorts the cases that got worse before those that got better, and keeps
// the first of them.
func (o *Outcome) keep(all []Change) {
	slices.SortStableFunc(all, func(a, b Change) int {
		switch {
		case a.Better == b.Better:
			return 0
		case b.Better:
			return -1
		}
		return 1
	})
	o.Changed, o.More = all[:min(most, len(all))], max(0, len(all)-most)
}

// weigh gives the verdict of cases that turned right and cases that turned
// wrong, and says so.
func (o *Outcome) weigh(right, wrong int, what string) {
	o.Verdict = workshop.Same
	switch {
	case wrong > right:
		o.Verdict = workshop.Worse
	case right > wrong:
		o.Verdict = workshop.Better
	}
	line := fmt.Sprintf("Of the %s, %d became right with the draft and %d wrong.", what, right, wrong)
	if right != wrong && chance(right, wrong) > 0.05 {
		line += " So few that chance alone may do it."
	}
	o.Lines = append(o.Lines, line)
}

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

// compare tells what two readings made of the same set.
func compare(set []observe.History, live, draft sitting) Outcome {
	o := Outcome{Judged: true}
	l, d := &live.report, &draft.report
	o.Lines = append(o.Lines,
		fmt.Sprintf("Signals (F1, 100 is perfect): %s live, %s in the draft; with rare signals counted like common ones %s and %s.", hundred(l.MicroF1), hundred(d.MicroF1), hundred(l.MacroF1), hundred(d.MacroF1)),
		fmt.Sprintf("Stage after the last note right: %s %% of the contacts live, %s %% in the draft. Orbit: %s %% and %s %%. Phase: %s %% and %s %%.",
			hundred(l.Stage), hundred(d.Stage), hundred(l.Orbit), hundred(d.Orbit), hundred(l.Phase), hundred(d.Phase)))
	right, wrong, missed := 0, 0, 0
	var changed []Change
	at := 0
	for i := range set {
		for j, gold := range set[i].Gold.Signals {
			was, is, want := live.read[at], draft.read[at], sorted(gold)
			at++
			if slices.Equal(was, is) {
				continue
			}
			wasRight, isRight := slices.Equal(was, want), slices.Equal(is, want)
			right, wrong = right+number(isRight && !wasRight), wrong+number(wasRight && !isRight)
			if slices.Contains(want, journey.OptedOut) && slices.Contains(was, journey.OptedOut) && !slices.Contains(is, journey.OptedOut) {
				missed++
			}
			changed = append(changed, Change{Case: caseOf(&set[i], j), Right: words(want), Live: words(was), Draft: words(is), Better: nearer(want, is, was)})
		}
	}
	o.Lines = append(o.Lines, fmt.Sprintf("%d of %d notes are read otherwise.", len(changed), at))
	o.weigh(right, wrong, "notes")
	if missed > 0 {
		o.Verdict = workshop.Worse
		o.Lines = append(o.Lines, fmt.Sprintf("A wish to be left alone is missed in %s where it was found before.", notes(missed)))
	}
	o.keep(changed)
	return o
}

// nearer reports whether a misses the labels by less than b.
func nearer(want, a, b []journey.Signal) bool { return off(want, a) < off(want, b) }

func off(want, got []journey.Signal) int {
	n := 0
	for _, s := range want {
		n += number(!slices.Contains(got, s))
	}
	for _, s := range got {
		n += number(!slices.Contains(want, s))
	}
	return n
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
