package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// A line of drafts is followed to the file, to a version that was live, or as far as it
// may be, in one look.
func TestPromptLineage(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, now := t.Context(), time.Now()
	var l store.PromptLabels
	for i, parent := range []int{0, 1, 2, 1, 4} {
		var err error
		if _, l, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: fmt.Sprint("text ", i), AuthorID: "U1", Parent: parent, SeenDraft: l.Draft, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		number, most int
		ends         []int
		want         string
	}{
		{5, 200, nil, "5←4 4←1 1←0 "},
		{3, 200, []int{0, 1}, "3←2 2←1 "},
		{5, 2, nil, "5←4 4←1 "},
		{1, 200, []int{0}, "1←0 "},
	} {
		line, err := st.PromptLineage(ctx, "T1", reasonFile, tt.number, tt.ends, tt.most)
		got := ""
		for _, v := range line {
			got += fmt.Sprintf("%d←%d ", v.Number, v.Parent)
		}
		if err != nil || got != tt.want || line[0].At.Unix() != now.Unix() {
			t.Errorf("%d up to %v: %s %v, want %s", tt.number, tt.ends, got, err, tt.want)
		}
	}
	if _, err := st.PromptLineage(ctx, "T1", reasonFile, 6, nil, 200); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a version that is not there: %v", err)
	}
}

// A file of the folder is another since a time where its text is, not where it only was.
func TestPromptFileSince(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, begun := t.Context(), time.Now().Add(-time.Hour).Truncate(time.Second)
	at := func(minutes int) time.Time { return begun.Add(time.Duration(minutes) * time.Minute) }
	if f, changed, err := st.PromptFileSince(ctx, "T1", reasonFile, begun); err != nil || changed || f.Hash != "" {
		t.Errorf("of no file: %+v %v %v", f, changed, err)
	}
	for _, kept := range []struct {
		minute      int
		hash, wrong string
	}{{1, "aa", ""}, {2, "bb", ""}, {3, "aa", ""}, {4, "aa", "it is broken"}} {
		if err := st.KeepPromptFiles(ctx, "T1", []store.PromptFile{{File: reasonFile, Hash: kept.hash, Wrong: kept.wrong}}, at(kept.minute)); err != nil {
			t.Fatal(err)
		}
	}
	for minute, want := range map[int]bool{0: true, 1: false, 2: true, 3: false, 4: false} {
		f, changed, err := st.PromptFileSince(ctx, "T1", reasonFile, at(minute))
		if err != nil || changed != want || f.Hash != "aa" || !f.At.Equal(at(4)) {
			t.Errorf("since minute %d: %+v %v %v, want %v", minute, f, changed, err, want)
		}
	}
}

// The end of a trial is told by what the database has of it, run out or not.
func TestEndTrial(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, now := t.Context(), time.Now()
	if _, _, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: "one", AuthorID: "U1", At: now}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		until time.Duration
		ran   bool
	}{{time.Hour, true}, {-time.Second, false}} {
		if err := st.TryPrompt(ctx, store.PromptTrial{TeamID: "T1", File: reasonFile, PersonID: "U1", Number: 1, Until: now.Add(tt.until)}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []bool{tt.ran, false} { // the second finds none
			if ran, err := st.EndTrial(ctx, "T1", reasonFile, "U1", now); err != nil || ran != want {
				t.Errorf("until %v: ended %v %v, want %v", tt.until, ran, err, want)
			}
		}
	}
}
