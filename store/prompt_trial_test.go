package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// A trial goes on with its person's next draft, and ends with whatever moves, of
// whichever version it is; those that ended are told.
func TestTrialsEnd(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, now := t.Context(), time.Now()
	var l store.PromptLabels
	draft := func(text, author string) {
		t.Helper()
		var err error
		if _, l, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: text, AuthorID: author, SeenLive: l.Live, SeenDraft: l.Draft, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	try := func(person string, number int, until time.Time) {
		t.Helper()
		if err := st.TryPrompt(ctx, store.PromptTrial{TeamID: "T1", File: reasonFile, PersonID: person, Number: number, Until: until}); err != nil {
			t.Fatal(err)
		}
	}
	running := func() (all []string) {
		t.Helper()
		s, err := st.PromptState(ctx, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, tr := range s.Trials {
			all = append(all, fmt.Sprint(tr.PersonID, tr.Number))
		}
		slices.Sort(all)
		return all
	}
	move := func(c store.PromptChange) (ended []string) {
		t.Helper()
		c.Seen, c.At = l, now
		var err error
		if l, err = st.MovePrompt(ctx, "T1", reasonFile, c); err != nil {
			t.Fatal(err)
		}
		for _, tr := range l.Ended {
			ended = append(ended, fmt.Sprint(tr.PersonID, tr.Number))
		}
		return ended
	}
	soon := now.Add(time.Hour)
	draft("one", "U1")
	try("U1", 1, soon)
	try("U2", 1, soon)
	try("U3", 1, now.Add(-time.Second)) // over
	draft("two", "U1")
	if got := running(); !slices.Equal(got, []string{"U12", "U21"}) {
		t.Errorf("after the second draft: %v", got)
	}
	if ended := move(store.PromptChange{Kind: store.PromptRefused, Next: l, Asked: store.PromptAsk{Number: 2}}); len(ended) > 0 || len(running()) != 2 {
		t.Errorf("a refusal ended %v", ended)
	}
	if ended := move(store.PromptChange{Kind: store.PromptPublish, Next: store.PromptLabels{Live: 2}}); !slices.Equal(ended, []string{"U12", "U21"}) || len(running()) > 0 {
		t.Errorf("publishing ended %v, and left %v", ended, running())
	}
	draft("three", "U1")
	try("U2", 3, soon)
	if ended := move(store.PromptChange{Kind: store.PromptRollback, Next: store.PromptLabels{Draft: 3}}); !slices.Equal(ended, []string{"U23"}) || len(running()) > 0 {
		t.Errorf("a rollback ended %v, and left %v", ended, running())
	}
	try("U2", 3, soon)
	if ended := move(store.PromptChange{Kind: store.PromptDrop}); !slices.Equal(ended, []string{"U23"}) || len(running()) > 0 {
		t.Errorf("dropping ended %v, and left %v", ended, running())
	}
	live, all, err := st.PromptLogPart(ctx, "T1", store.PromptLogPart{File: reasonFile, Live: true, N: 5})
	if err != nil || all != 2 || len(live) != 2 || live[0].Kind != store.PromptRollback || live[1].Kind != store.PromptPublish {
		t.Errorf("went live: %+v of %d %v", live, all, err)
	}
	part, all, err := st.PromptLogPart(ctx, "T1", store.PromptLogPart{Skip: 5, N: 5})
	if err != nil || all != 7 || len(part) != 2 || part[0].To != 2 || part[1].To != 1 {
		t.Errorf("the oldest: %+v of %d %v", part, all, err)
	}
}
