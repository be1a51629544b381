package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"cairn/bot/journey"
)

// WriteTable writes the report for people.
func WriteTable(w io.Writer, r *Report) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "%s: %d contacts, %d notes\n\n", r.Name, r.Contacts, r.Notes)
	r.heads(t)
	fmt.Fprintf(t, "\nsignal\tprecision\trecall\tF1\tnotes\n")
	for _, s := range journey.Signals() {
		f := r.Signals[string(s)]
		fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%.3f\t%d\n", s, f.Precision, f.Recall, f.F1, f.Support)
	}
	parts(t, "author", r.Authors)
	parts(t, "slice", r.Slices)
	parts(t, "language", r.Languages)
	fmt.Fprintf(t, "\nhow sure\tright\tfindings\n")
	for _, b := range r.Calibration.Bins {
		fmt.Fprintf(t, "%.2f\t%.2f\t%d\n", b.Sure, b.Right, b.Count)
	}
	if len(r.Baselines) > 0 {
		fmt.Fprintf(t, "\nbeside it\tmicro-F1\tmacro-F1\tstage\tstatus\torbit\tdo-not-contact recall\n")
		for _, b := range r.Baselines {
			fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\n", b.Name, b.MicroF1, b.MacroF1, b.Stage, b.Status, b.Orbit, b.DoNotContact.Recall)
		}
	}
	return t.Flush()
}

func (r *Report) heads(w io.Writer) {
	fmt.Fprintf(w, "figure\tvalue\t95 of 100 resamplings\n")
	for _, f := range []struct {
		name  string
		value float64
	}{
		{"micro_f1", r.MicroF1}, {"macro_f1", r.MacroF1}, {"stage", r.Stage}, {"status", r.Status}, {"orbit", r.Orbit}, {"phase", r.Phase},
		{"do_not_contact.recall", r.DoNotContact.Recall}, {"do_not_contact.precision", r.DoNotContact.Precision},
		{"lipee", r.Lipee}, {"cycle", r.Cycle}, {"exchanged", r.Exchanged}, {"influence", r.Influence},
		{"notes without a mistake", r.Exact}, {"notes that moved a place wrongly", r.FalseMoves}, {"notes that should have moved one", r.MissedMoves},
		{"calibration error (ECE)", r.Calibration.ECE}, {"Brier score", r.Calibration.Brier},
	} {
		fmt.Fprintf(w, "%s\t%.3f", f.name, f.value)
		if i, ok := r.Intervals[f.name]; ok {
			fmt.Fprintf(w, "\t%.3f to %.3f", i.Low, i.High)
		}
		fmt.Fprintln(w)
	}
}

func parts(w io.Writer, what string, list map[string]Part) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\tmicro-F1\tmacro-F1\tstage\tstatus\torbit\tcontacts\n", what)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		p := list[name]
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%d\n", name, p.MicroF1, p.MacroF1, p.Stage, p.Status, p.Orbit, p.Contacts)
	}
}
