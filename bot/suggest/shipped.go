package suggest

import (
	"archive/zip"
	_ "embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// packed are the labelled sets of testdata that travel with the binary, a quarter of
// their size: shipped_test.go names them, writes this file, and fails where it is
// older than the folder.
//
//go:embed labelled.zip
var packed string

// LabelledSet is a library with states in which somebody said what should be
// given, and the day on which it is.
type LabelledSet struct {
	Name   string
	Items  []Item // numbered from 1
	States []LabelledState
	Day    time.Time
}

// LabelledFiles are the files of [LabelledSets], below testdata.
func LabelledFiles() fs.FS {
	r, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		panic(fmt.Sprintf("the binary's own labelled sets: %v", err)) // a test opens them
	}
	return r
}

// LabelledSets are those that travel with the binary, each with a library of
// its own.
func LabelledSets() ([]LabelledSet, error) {
	files := LabelledFiles()
	entries, err := fs.ReadDir(files, "testdata")
	if err != nil {
		return nil, fmt.Errorf("labelled sets: %w", err)
	}
	var all []LabelledSet
	for _, e := range entries {
		name, ok := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".csv"), "library-")
		if !ok {
			continue
		}
		set := LabelledSet{Name: name, Day: time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC)}
		f, err := files.Open("testdata/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("labelled sets: %w", err)
		}
		items, problems := ParseCSV(f)
		if len(problems) > 0 {
			return nil, fmt.Errorf("labelled sets, %s: line %d: %s", e.Name(), problems[0].Line, problems[0].What)
		}
		for i := range items {
			items[i].ID = int64(i + 1)
		}
		states, err := files.Open("testdata/states-" + name + ".jsonl")
		if err != nil {
			return nil, fmt.Errorf("labelled sets: %w", err)
		}
		if set.States, err = ReadStates(states); err != nil {
			return nil, fmt.Errorf("labelled sets, %s: %w", name, err)
		}
		set.Items = items
		all = append(all, set)
	}
	slices.SortStableFunc(all, func(a, b LabelledSet) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// SampleStates are labelled states of the library that goes with the binary, on
// the day on which they stand.
func SampleStates() ([]LabelledState, time.Time, error) {
	f, err := LabelledFiles().Open("testdata/states-sample.jsonl")
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("sample states: %w", err)
	}
	states, err := ReadStates(f)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("sample states: %w", err)
	}
	return states, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), nil
}
