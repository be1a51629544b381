package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Source is a file of labelled histories.
type Source struct {
	Name string // told in errors, and the author's name in the report
	Open func() (io.ReadCloser, error)
}

// Sources lists the *.jsonl files at the top of dir, by name.
func Sources(dir fs.FS) ([]Source, error) {
	names, err := fs.Glob(dir, "*.jsonl")
	if err != nil {
		return nil, fmt.Errorf("list histories: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("list histories: there is no *.jsonl")
	}
	var list []Source
	for _, name := range names {
		list = append(list, Source{Name: path.Base(name), Open: func() (io.ReadCloser, error) { return dir.Open(name) }})
	}
	return list, nil
}

// each hands the histories of all sources to yield, one at a time.
func each(sources []Source, yield func(observe.History) error) error {
	for _, s := range sources {
		if err := eachOf(s, yield); err != nil {
			return err
		}
	}
	return nil
}

func eachOf(s Source, yield func(observe.History) error) error {
	r, err := s.Open()
	if err != nil {
		return fmt.Errorf("open histories: %w", err)
	}
	defer r.Close()
	return observe.ReadHistories(s.Name, r, yield)
}

// Load reads all histories of sources into memory: for training.
func Load(sources []Source) ([]observe.History, error) {
	var list []observe.History
	err := each(sources, func(h observe.History) error {
		list = append(list, h)
		return nil
	})
	return list, err
}

// Options say how a report is made.
type Options struct {
	Resamplings int    // for the intervals; 0: none
	Seed        uint64 // of the resamplings
}

// Run judges reading on sources, contact by contact, beside the readings of
// baselines: name → reading.
func Run(name string, sources []Source, models journey.Models, reading Reading, baselines map[string]Reading, o Options) (Report, error) {
	names := []string{}
	for b := range baselines {
		names = append(names, b)
	}
	slices.Sort(names)
	main, err := NewExam(name, models)
	if err != nil {
		return Report{}, err
	}
	others := make([]*Exam, len(names))
	for i, b := range names {
		if others[i], err = NewExam(b, models); err != nil {
			return Report{}, err
		}
	}
	err = each(sources, func(h observe.History) error {
		main.Add(&h, reading)
		for i, b := range names {
			others[i].Add(&h, baselines[b])
		}
		return nil
	})
	if err != nil {
		return Report{}, err
	}
	report := main.Report(o.Resamplings, o.Seed)
	for _, x := range others {
		r := x.Report(0, 0)
		report.Baselines = append(report.Baselines, r.Baseline())
	}
	return report, nil
}

// Baselines are the readings that the built-in one must beat: always the
// commonest signal, cues alone (the names of the families that stand for a
// signal), and the words alone without cues.
func Baselines(r *observe.Reader) map[string]Reading {
	return map[string]Reading{
		"always the commonest": func(n observe.Note, _ observe.Context) []observe.Finding {
			return []observe.Finding{{Signal: journey.Revenue, Quote: n.Text, Confidence: 0.08}}
		},
		"cues alone":   r.Part(observe.CuesAlone),
		"linear alone": r.Part(observe.WordsAlone),
	}
}

// Fold is one author left out: the weights never saw that author's notes.
type Fold struct {
	Author string
	Report Report
}

// LeaveOneOut judges what training gives on authors that it does not know: for
// each source in turn it trains on all others and reads that one. Done, where
// it is not nil, is told of each author as soon as it is judged. It takes about
// a minute of one core an author.
func LeaveOneOut(sources []Source, models journey.Models, cues *observe.Cues, recipe observe.Recipe, o Options, done func(Fold)) (Report, error) {
	all, err := NewExam("built-in, each author left out in turn", models)
	if err != nil {
		return Report{}, err
	}
	histories, err := Load(sources)
	if err != nil {
		return Report{}, err
	}
	for _, s := range sources {
		author := observe.Author(s.Name)
		var rest []observe.History
		for _, h := range histories {
			if h.Author != author {
				rest = append(rest, h)
			}
		}
		w, err := observe.Train(rest, cues, recipe)
		if err != nil {
			return Report{}, fmt.Errorf("leave out %s: %w", author, err)
		}
		r := observe.NewReader(w, cues)
		one, err := NewExam(author, models)
		if err != nil {
			return Report{}, err
		}
		for i := range histories {
			if histories[i].Author == author {
				one.Add(&histories[i], r.Read)
			}
		}
		all.outcomes = append(all.outcomes, one.outcomes...)
		all.judged = append(all.judged, one.judged...)
		if done != nil {
			done(Fold{Author: author, Report: one.Report(0, 0)})
		}
	}
	return all.Report(o.Resamplings, o.Seed), nil
}

// WriteJSON writes the report for machines.
func WriteJSON(w io.Writer, r *Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
