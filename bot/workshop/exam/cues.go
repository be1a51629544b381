package exam

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
)

// trained are weights that were trained on all but the authors who are read;
// `cairn train --exam` writes them. To train them here would take both cores
// from whoever waits for an answer.
//
//go:embed trained.bin.gz
var trained []byte

// Bench is what cue files are judged with.
type Bench struct {
	Set    []observe.History // labelled contacts, and those whose readings the team put right
	Lines  []eval.Line
	Reader *observe.Reader // in use, whose weights read the lines: no training had them
	Models journey.Models
}

// Cues judges cue files: the same weights read set with the live and with the
// draft cues. The weights are those that [Labelled]'s rest gives with the
// shipped cues, as those of the binary were made. Few notes of a set turn on a guard, so
// lines are read as well that do: more of them wrong is worse, whatever the notes say.
// Where no case becomes right or wrong by what was changed in a family, nothing judges that.
func Cues(live, draft *observe.Cues, b Bench) (Outcome, error) {
	w, err := observe.ReadWeights(trained)
	if err != nil {
		return Outcome{}, fmt.Errorf("exam of cues: %w", err)
	}
	was, err := sit("live", b.Models, b.Set, observe.NewReader(w, live).Read)
	if err != nil {
		return Outcome{}, err
	}
	is, err := sit("draft", b.Models, b.Set, observe.NewReader(w, draft).Read)
	if err != nil {
		return Outcome{}, err
	}
	o, changed := compare(b.Set, was, is)
	o.Lines = append([]string{sourceLine(b.Set, "of three authors whom these weights were trained without")}, o.Lines...)
	wasTyped := readLines(b.Lines, b.Reader.WithCues(live))
	other, lines := compareLines(b.Lines, wasTyped, readLines(b.Lines, b.Reader.WithCues(draft)))
	o.Lines = append(o.Lines, fmt.Sprintf("Read besides, by the weights in use: %d lines as people type them, of which it is known what each must be read as or must not. Read otherwise: %d.", len(b.Lines), other))
	o.join(turned(lines, ToBetter), turned(lines, ToWorse), "lines")
	all := append(lines, changed...)
	switch families := live.Differ(draft); {
	case len(families) > mostAlone:
		o.Unshown = []string{fmt.Sprintf("%d families, more than are tried by themselves", len(families))}
	case len(families) == 1 && turned(all, Neither) == len(all): // what was turned is its doing
		o.Unshown = named(families)
	case len(families) > 1:
		o.Unshown = named(slices.DeleteFunc(families, func(f observe.Family) bool {
			with := live.With(draft, f)
			return showsIn(b.Lines, wasTyped, b.Reader.WithCues(with)) || showsInNotes(b.Set, was.read, observe.NewReader(w, with))
		}))
	}
	if len(o.Unshown) > 0 {
		o.Lines = append(o.Lines, fmt.Sprintf("*No case shows what was changed in %s*: by that alone none became right or wrong, as far as was tried. So nothing here judges it, and a second person looks. A reading that somebody puts right is a case of the next test.", strings.Join(o.Unshown, ", ")))
	}
	o.keep(all)
	return o, nil
}

// mostAlone is of how many families each is tried by itself: that takes up to a second each.
const mostAlone = 30

// readLines are the signals that a reading sees in lines.
func readLines(lines []eval.Line, r *observe.Reader) [][]journey.Signal {
	all := make([][]journey.Signal, len(lines))
	for i := range lines {
		all[i] = signalsOf(r.Read(lines[i].Note, lines[i].Known))
	}
	return all
}

// compareLines tells how many lines are read otherwise, and of which that is better,
// worse, or wrong both times.
func compareLines(lines []eval.Line, was, is [][]journey.Signal) (other int, changed []Change) {
	for i := range lines {
		l := &lines[i]
		if slices.Equal(was[i], is[i]) {
			continue
		}
		other++
		wasRight, isRight := l.Holds(was[i]), l.Holds(is[i])
		if wasRight && isRight {
			continue
		}
		changed = append(changed, Change{Case: fmt.Sprintf("%s (of %s)", l.Note.Text, l.Of), Right: l.Right, Live: words(was[i]), Draft: words(is[i]), Turn: turnOf(wasRight, isRight)})
	}
	return other, changed
}

// named tells families as people know them.
func named(families []observe.Family) (names []string) {
	for _, f := range families {
		name := "“" + f.Name + "”"
		if f.Guard {
			name = "the guard " + name
		}
		names = append(names, name)
	}
	return names
}

// showsIn reports whether one of lines is right or wrong by another reading where it was not.
func showsIn(lines []eval.Line, typed [][]journey.Signal, r *observe.Reader) bool {
	for i := range lines {
		l := &lines[i]
		if l.Holds(typed[i]) != l.Holds(signalsOf(r.Read(l.Note, l.Known))) {
			return true
		}
	}
	return false
}

// inOrder are the signals as they were found: what is read next hangs on their order.
func inOrder(found []observe.Finding) (signals []journey.Signal) {
	for _, f := range found {
		signals = append(signals, f.Signal)
	}
	return signals
}

// showsInNotes reports the same of a set of labelled notes: each is read in the context of
// what was read before.
func showsInNotes(set []observe.History, was [][]journey.Signal, r *observe.Reader) bool {
	at := 0
	for i := range set {
		var c observe.Context
		for j, gold := range set[i].Gold.Signals {
			n, right := set[i].Note(j), sorted(gold)
			found := r.Read(n, c)
			if slices.Equal(was[at], right) != slices.Equal(signalsOf(found), right) {
				return true
			}
			at++
			c = c.After(inOrder(found), n.Channel, n.Direction)
		}
	}
	return false
}
