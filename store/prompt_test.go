package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

const reasonFile = "suggest-reason.prompt"

// Fifty editors save at once, each having begun at the same draft: one is
// first, every other is told, and no words are lost.
func TestConcurrentEdits(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	const editors = 50
	errs := make([]error, editors)
	var wg sync.WaitGroup
	for i := range editors {
		wg.Go(func() {
			for { // a pool with few connections refuses some at once: that is told, and tried again
				_, _, errs[i] = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: fmt.Sprintf("text of editor %d", i), AuthorID: fmt.Sprint("U", i)})
				if !errors.Is(errs[i], store.ErrUnavailable) {
					return
				}
			}
		})
	}
	wg.Wait()
	first := 0
	for i, err := range errs {
		switch {
		case err == nil:
			first++
		case !errors.Is(err, store.ErrMoved):
			t.Errorf("editor %d: %v", i, err)
		}
	}
	if first != 1 {
		t.Errorf("%d editors were first, want 1", first)
	}
	numbers := make([]int, editors)
	for i := range numbers {
		numbers[i] = i + 1
	}
	kept, err := st.PromptVersions(ctx, "T1", reasonFile, numbers)
	if err != nil || len(kept) != editors {
		t.Fatalf("%d versions are kept, %v; want %d", len(kept), err, editors)
	}
	texts := map[string]bool{}
	for _, v := range kept {
		texts[v.Text] = true
	}
	if len(texts) != editors {
		t.Errorf("%d different texts, want %d", len(texts), editors)
	}
	log, err := st.PromptLog(ctx, "T1", reasonFile, 100)
	if err != nil || len(log) != 1 {
		t.Errorf("the log has %d moves, %v; want 1", len(log), err)
	}
}

// Fifty editors who look again after each refusal all get their edit in, one
// after the other, and the chain of parents misses none.
func TestConcurrentEditsInTurn(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	const editors = 50
	var wg sync.WaitGroup
	for i := range editors {
		wg.Go(func() {
			for {
				l, err := st.PromptLabels(ctx, "T1", reasonFile)
				if err == nil {
					_, _, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: fmt.Sprint(i), AuthorID: fmt.Sprint("U", i),
						Parent: l.Draft, SeenLive: l.Live, SeenDraft: l.Draft})
				}
				switch {
				case err == nil:
					return
				case !errors.Is(err, store.ErrMoved) && !errors.Is(err, store.ErrUnavailable):
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	l, err := st.PromptLabels(ctx, "T1", reasonFile)
	if err != nil {
		t.Fatal(err)
	}
	labelled := 0
	for n := l.Draft; n != 0; labelled++ {
		v, err := st.PromptVersion(ctx, "T1", reasonFile, n)
		if err != nil {
			t.Fatal(err)
		}
		n = v.Parent
	}
	if labelled != editors {
		t.Errorf("%d edits stand on each other, want %d", labelled, editors)
	}
}

func TestMovePrompt(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	v, l, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: "one", AuthorID: "U1", Reason: "shorter"})
	if err != nil || v.Number != 1 || l.Draft != 1 || l.Live != 0 {
		t.Fatalf("%+v %+v %v", v, l, err)
	}
	next := store.PromptLabels{Live: 1}
	publish := store.PromptChange{Kind: store.PromptPublish, Seen: l, Next: next, PersonID: "U1", Reason: "shorter", At: time.Unix(100, 0)}
	now, err := st.MovePrompt(ctx, "T1", reasonFile, publish)
	if err != nil || now.Live != 1 || now.Draft != 0 {
		t.Fatalf("%+v %v", now, err)
	}
	if stands, err := st.MovePrompt(ctx, "T1", reasonFile, publish); !errors.Is(err, store.ErrMoved) || stands.Live != 1 {
		t.Errorf("published twice: %+v %v", stands, err)
	}
	if _, err := st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: store.PromptPublish, Seen: now, Next: store.PromptLabels{Live: 9}}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a version that does not exist: %v", err)
	}
	if other, err := st.PromptLabels(ctx, "T2", reasonFile); err != nil || other.Live != 0 {
		t.Errorf("another team sees %+v, %v", other, err)
	}
	if _, err := st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: store.PromptRollback, Seen: now, PersonID: "U2", At: time.Unix(200, 0)}); err != nil {
		t.Fatal(err)
	}
	was, err := st.PromptWasLive(ctx, "T1", reasonFile, 5)
	if err != nil || len(was) != 2 || was[0].To != 0 || was[1].To != 1 {
		t.Errorf("was live: %+v %v", was, err)
	}
	for _, sql := range []string{`update prompt_versions set text = 'changed'`, `update prompt_moves set reason = 'changed'`} {
		if _, err := st.Pool().Exec(ctx, sql); err == nil || !strings.Contains(err.Error(), "never changed") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// A replica hears of a move by the notification: its polling is set to an hour.
func TestWatchPrompts(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	seen := make(chan int, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		st.WatchPrompts(ctx, time.Hour, func(ctx context.Context) {
			state, err := st.PromptState(ctx, time.Now())
			if err == nil {
				seen <- len(state.Labels)
			}
		})
	}()
	if n := <-seen; n != 0 {
		t.Fatalf("%d labels before any edit", n)
	}
	if _, _, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: "one", AuthorID: "U1"}); err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-seen:
		if n != 1 {
			t.Errorf("%d labels after the edit", n)
		}
	case <-ctx.Done():
		t.Error("the move was never heard of")
	}
	stop()
	<-done
}

func TestPromptUsed(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, now := t.Context(), time.Now()
	for range 3 {
		if err := st.UsePrompt(ctx, "T1", store.PromptUse{Version: "draft-message@2", Engine: "built-in", Made: "draft", PersonID: "U1", At: now}); err != nil {
			t.Fatal(err)
		}
	}
	used, err := st.PromptUsed(ctx, "T1", now.Add(-time.Hour))
	if err != nil || used["draft-message@2"] != 3 || len(used) != 1 {
		t.Errorf("%v %v", used, err)
	}
	if _, err := st.WordingScores(ctx, "T1", []string{"suggest-reason"}, now.Add(-time.Hour)); err != nil {
		t.Error(err)
	}
}
