package store_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// What made a version live for its text's sake is found, not what brought it back; its
// exam too, whoever read and on whatever cases.
func TestWhatWasTold(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, now := t.Context(), time.Now()
	var l store.PromptLabels
	publish := func(text, told string) {
		t.Helper()
		var err error
		if _, l, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: text, AuthorID: "U1", SeenLive: l.Live, SeenDraft: l.Draft, At: now}); err != nil {
			t.Fatal(err)
		}
		if l, err = st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: store.PromptPublish, PersonID: "U1", Seen: l, Next: store.PromptLabels{Live: l.Draft}, At: now, Verdict: told}); err != nil {
			t.Fatal(err)
		}
	}
	publish("one", "worse")
	publish("two", "")
	var err error
	if l, err = st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: store.PromptRollback, PersonID: "U1", Seen: l, Next: store.PromptLabels{Live: 1}, At: now, Verdict: "better"}); err != nil {
		t.Fatal(err)
	}
	for number, told := range map[int]string{1: "worse", 2: ""} {
		if m, err := st.PromptPublished(ctx, "T1", reasonFile, number, ""); err != nil || m.From != number-1 || m.Kind != store.PromptPublish || m.Verdict != told {
			t.Errorf("version %d: %+v %v, want from %d and told %q", number, m, err, number-1, told)
		}
	}
	if m, err := st.PromptPublished(ctx, "T1", reasonFile, 0, ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the file was published: %+v %v", m, err)
	}
	if m, err := st.PromptPublished(ctx, "T2", reasonFile, 1, ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of another team: %+v %v", m, err)
	}
	key := store.PromptExam{File: reasonFile, Live: "a", Draft: "b", Engine: "small", Cases: "c", Judged: true, PersonID: "U1", At: now}
	for _, outcome := range []string{`{"verdict":"same"}`, `{"verdict":"worse"}`} {
		key.Outcome = json.RawMessage(outcome)
		if err := st.KeepPromptExam(ctx, "T1", key); err != nil {
			t.Fatal(err)
		}
	}
	key.Judged, key.Outcome = false, json.RawMessage(`{"verdict":"better"}`)
	if err := st.KeepPromptExam(ctx, "T1", key); err != nil {
		t.Fatal(err)
	}
	key.Engine, key.Cases = "large", "d"
	if got, err := st.LatestPromptExam(ctx, "T1", key); err != nil || got.Engine != "small" || string(got.Outcome) != `{"verdict": "worse"}` {
		t.Errorf("%+v %s %v", got, got.Outcome, err)
	}
	key.Live = "b"
	if got, err := st.LatestPromptExam(ctx, "T1", key); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of another pair: %+v %v", got, err)
	}
}
