package store_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

const libraryFile = "library/library.csv"

// drafted saves a draft of the library that was begun at its present state.
func drafted(t *testing.T, st *store.Store, text string) store.PromptLabels {
	t.Helper()
	l, err := st.PromptLabels(t.Context(), "T1", libraryFile)
	if err != nil {
		t.Fatal(err)
	}
	state, err := st.KeepState(t.Context(), "T1", libraryFile, "state of "+text, "U1", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	v, l, err := st.SaveDraft(t.Context(), "T1", store.PromptDraft{File: libraryFile, Text: text, AuthorID: "U1", Parent: state.Number, SeenLive: l.Live, SeenDraft: l.Draft})
	if err != nil || v.Base != state.Number {
		t.Fatalf("%+v of state %d: %v", v, state.Number, err)
	}
	return l
}

func publish(l store.PromptLabels, edits ...store.ContentEdit) store.PromptChange {
	return store.PromptChange{Kind: store.PromptPublish, Seen: l, Next: store.PromptLabels{Live: l.Draft}, PersonID: "U1", Reason: "set", At: time.Now(), Edits: edits}
}

func library(t *testing.T, st *store.Store) []store.Content {
	t.Helper()
	all, _, err := st.Library(t.Context(), "T1")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A state is kept once however many look at it, and a draft, and what is made of
// that draft, go back to it.
func TestKeepState(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	numbers := make([]int, 20)
	var all sync.WaitGroup
	for i := range numbers {
		all.Go(func() {
			for {
				v, err := st.KeepState(ctx, "T1", libraryFile, "a,b", "U1", time.Now())
				if numbers[i] = v.Number; !errors.Is(err, store.ErrUnavailable) {
					return
				}
			}
		})
	}
	all.Wait()
	for _, n := range numbers {
		if n != 1 {
			t.Fatalf("one state is kept as %v", numbers)
		}
	}
	v, l, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: libraryFile, Text: "a,b,c", Parent: 1})
	if err != nil || v.Base != 1 {
		t.Fatal(v, err)
	}
	if v, l, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: libraryFile, Text: "a,b,c,d", Parent: v.Number, SeenDraft: l.Draft}); err != nil || v.Base != 1 {
		t.Fatal(v, err)
	}
	if _, err := st.MovePrompt(ctx, "T1", libraryFile, publish(l)); err != nil {
		t.Fatal(err)
	}
	// the same text once more, after something was published, is another state
	if v, err := st.KeepState(ctx, "T1", libraryFile, "a,b", "U1", time.Now()); err != nil || v.Number != 4 || v.Base != 4 {
		t.Errorf("%+v %v", v, err)
	}
}

// A set of changes is done whole, or where one item is another by now not at all:
// no item, no label, no line of a log.
func TestEditsAllOrNone(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	st, _ := stocked(t, 3, now)
	all := library(t, st)
	changed, retired := all[0], all[1]
	changed.Title, retired.Retired = "Item one", true
	edits := []store.ContentEdit{{After: changed, Seen: all[0].Sum()}, {After: retired, Seen: all[1].Sum()}, {After: item(4)}}
	l := drafted(t, st, "set")
	byForm := all[1]
	byForm.Title = "by form"
	if _, err := st.EditContent(ctx, "T1", "U2", byForm, all[1].Sum(), now); err != nil {
		t.Fatal(err)
	}
	if _, err := st.MovePrompt(ctx, "T1", libraryFile, publish(l, edits...)); !errors.Is(err, store.ErrItemMoved) {
		t.Fatalf("an item was changed by a form: %v", err)
	}
	if now := library(t, st); len(now) != 3 || now[0].Title != "Item 1" || now[1].Title != "by form" {
		t.Errorf("half of it was done: %+v", now)
	}
	if stands, err := st.PromptLabels(ctx, "T1", libraryFile); err != nil || stands.Live != 0 || stands.Draft != l.Draft {
		t.Errorf("the label moved: %+v %v", stands, err)
	}
	edits[1].Seen = library(t, st)[1].Sum()
	edits[1].After.Title = "by form"
	if _, err := st.MovePrompt(ctx, "T1", libraryFile, publish(l, append(edits, store.ContentEdit{After: item(3)})...)); !errors.Is(err, store.ErrItemMoved) {
		t.Fatalf("a new item stands there already: %v", err)
	}
	if _, err := st.MovePrompt(ctx, "T1", libraryFile, publish(l, edits...)); err != nil {
		t.Fatal(err)
	}
	if now := library(t, st); len(now) != 3 || now[0].Title != "Item one" || now[2].Title != "Item 4" {
		t.Errorf("after publishing: %+v", now)
	}
	since, err := st.MovedSince(ctx, "T1", libraryFile, 0)
	if err != nil || len(since) != 3 || since[0].What != store.ContentChanged || since[1].What != store.ContentRetired || since[2].What != store.ContentAdded || since[0].Move == 0 {
		t.Errorf("the log of the move: %+v %v", since, err)
	}
	if since, err = st.MovedSince(ctx, "T1", libraryFile, l.Draft); err != nil || len(since) != 0 {
		t.Errorf("since it was published: %+v %v", since, err)
	}
	if _, err = st.MovedSince(ctx, "T1", libraryFile, 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a state that never was published: %v", err)
	}
	if since, err = st.MovedSince(ctx, "T2", libraryFile, 0); err != nil || len(since) != 0 {
		t.Errorf("another team's: %+v %v", since, err)
	}
}

// Of fifty who publish one draft at once one does, and its changes are done once.
func TestPublishAtOnce(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	if err := st.SetTeam(ctx, "T1", "One"); err != nil {
		t.Fatal(err)
	}
	l := drafted(t, st, "set")
	var took, told atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for {
				switch _, err := st.MovePrompt(ctx, "T1", libraryFile, publish(l, store.ContentEdit{After: item(1)}, store.ContentEdit{After: item(2)})); {
				case errors.Is(err, store.ErrUnavailable):
					continue
				case err == nil:
					took.Add(1)
				case errors.Is(err, store.ErrMoved):
					told.Add(1)
				default:
					t.Error(err)
				}
				return
			}
		})
	}
	all.Wait()
	log, err := st.ContentLog(ctx, "T1", 100)
	if err != nil || took.Load() != 1 || told.Load() != 49 || len(log) != 2 || len(library(t, st)) != 2 {
		t.Errorf("%d took, %d told, %d changes, %v", took.Load(), told.Load(), len(log), err)
	}
}

// Twenty-five forms and twenty-five publications, each adding a word of its own to
// one of five items and looking again when told: not one word is lost.
func TestFormsAndPublicationsLoseNothing(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	st, _ := stocked(t, 5, now)
	again := func(err error) bool {
		return errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrMoved) || errors.Is(err, store.ErrItemMoved)
	}
	var turn sync.Mutex // of drafts: one file has one
	var all sync.WaitGroup
	for i := range 25 {
		word := func(c store.Content, w string) store.Content {
			c.Topics = append(append([]string{}, c.Topics...), w)
			return c
		}
		all.Go(func() {
			for {
				items, _, err := st.Library(ctx, "T1")
				if err == nil {
					_, err = st.EditContent(ctx, "T1", "U1", word(items[i%5], fmt.Sprint("form ", i)), items[i%5].Sum(), now)
				}
				if !again(err) {
					if err != nil {
						t.Error(err)
					}
					return
				}
			}
		})
		all.Go(func() {
			turn.Lock()
			defer turn.Unlock()
			for {
				items, _, err := st.Library(ctx, "T1")
				if err != nil {
					continue
				}
				l, err := st.PromptLabels(ctx, "T1", libraryFile)
				if err == nil {
					_, l, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: libraryFile, Text: fmt.Sprint(i), SeenLive: l.Live, SeenDraft: l.Draft})
				}
				if err == nil { // a word for two items, both or none
					a, b := items[i%5], items[(i+1)%5]
					_, err = st.MovePrompt(ctx, "T1", libraryFile, publish(l,
						store.ContentEdit{After: word(a, fmt.Sprint("set ", i)), Seen: a.Sum()}, store.ContentEdit{After: word(b, fmt.Sprint("set ", i)), Seen: b.Sum()}))
				}
				if !again(err) {
					if err != nil {
						t.Error(err)
					}
					return
				}
			}
		})
	}
	all.Wait()
	words := map[string]int{}
	for _, c := range library(t, st) {
		for _, w := range c.Topics {
			words[w]++
		}
	}
	for i := range 25 {
		if words[fmt.Sprint("form ", i)] != 1 || words[fmt.Sprint("set ", i)] != 2 {
			t.Errorf("of %d: %d by a form, %d by a publication", i, words[fmt.Sprint("form ", i)], words[fmt.Sprint("set ", i)])
		}
	}
	if log, err := st.ContentLog(ctx, "T1", 200); err != nil || len(log) != 5+25+50 {
		t.Errorf("%d changes are told, %v", len(log), err)
	}
}
